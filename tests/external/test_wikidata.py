"""The mapping of Wikidata, on invented items and on the files at hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from external_mapped import Mapped, mapped

from kg import resources, sources, vocab
from kg.errors import InputError
from kg.identity import Identity
from kg.sources import Report, Source

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "wikidata"
AGENCY, CRAFT, PERSON, EXPEDITION = "Q990000001", "Q990000002", "Q990000003", "Q990000004"


def snak(value: str, kind: str = "item") -> dict[str, Any]:
    if kind == "item":
        data: dict[str, Any] = {"type": "wikibase-entityid", "value": {"id": value}}
    elif kind == "time":
        precision = 11 if "-00" not in value else 9
        calendar = "http://www.wikidata.org/entity/Q1985727"
        time = {"time": value, "precision": precision, "calendarmodel": calendar}
        data = {"type": "time", "value": time}
    elif kind == "text":
        data = {"type": "monolingualtext", "value": {"text": value, "language": "ja"}}
    else:
        data = {"type": "string", "value": value}
    return {"snaktype": "value", "datatype": kind, "datavalue": data}


def told(value: str, kind: str = "item", rank: str = "normal", **more: str) -> dict[str, Any]:
    return {
        "mainsnak": snak(value, kind),
        "rank": rank,
        "id": f"s${abs(hash((value, kind, rank)))}",
        "qualifiers": {p: [snak(v, "item" if v[0] == "Q" else "time")] for p, v in more.items()},
        "references": [{"snaks": {"P854": [snak("https://lumen.example/about", "url")]}}],
    }


def item(ident: str, label: str, **claims: list[dict[str, Any]]) -> dict[str, Any]:
    labels = {
        "en": {"language": "en", "value": label},
        "fr": {"language": "fr", "value": label + " fr"},
    }
    return {
        "id": ident,
        "type": "item",
        "modified": "2031-01-01T00:00:00Z",
        "labels": labels,
        "claims": claims,
    }


def day(value: str, rank: str = "normal") -> dict[str, Any]:
    return told(value, "time", rank)


ITEMS = [
    item(
        AGENCY,
        "Invented Space Agency",
        P31=[told("Q17505024")],
        P571=[day("+2001-02-03T00:00:00Z"), day("+1999-00-00T00:00:00Z", "deprecated")],
        P576=[day("+2040-00-00T00:00:00Z")],
        P17=[told("Q17")],
        P1037=[
            told(PERSON, P580="+2010-00-00T00:00:00Z", P582="+2015-00-00T00:00:00Z"),
            told(PERSON, P580="+2020-05-01T00:00:00Z"),
            told("Q999999999"),
        ],
        P1365=[told("Q23548")],
        P1448=[told("架空宇宙機関", "text")],
        P856=[told("https://isa.example/", "url")],
        P6782=[told("00invented0", "external-id")],
        P108=[told("Q5")],
    ),
    item(
        CRAFT,
        "Lumen 1",
        P31=[told("Q26540")],
        P247=[told("2030-001A", "external-id")],
        P377=[told("099001", "external-id")],
        P619=[told("+2030-01-02T00:00:00Z", "time")],
        P137=[told(AGENCY)],
        P176=[told(AGENCY, P580="+2020-00-00T00:00:00Z", P582="+2025-00-00T00:00:00Z")],
        P361=[told(EXPEDITION)],
    ),
    item(PERSON, "Ada Invented", P31=[told("Q5")], P463=[told(EXPEDITION), told("Q999999998")]),
    item(
        EXPEDITION, "Expedition 999", P31=[told("Q18201623")], P619=[day("+2035-01-01T00:00:00Z")]
    ),
    item("Q990000005", "A mountain", P31=[told("Q8502")], P571=[day("+2001-00-00T00:00:00Z")]),
]


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    home = tmp_path_factory.mktemp("wikidata")
    path = home / "dump.json"
    path.write_text("[\n" + ",\n".join(json.dumps(i) for i in ITEMS) + "\n]\n", encoding="utf-8")
    return mapped(home / "workspace", ("wikidata", path))


def name(ident: str) -> str:
    return f"wikidata-{ident.lower()}"


def test_every_row_is_counted(dump: Mapped) -> None:
    report = dump.reports["wikidata"]
    assert report.rows == 5 + sum(len(c) for i in ITEMS for c in i["claims"].values())
    assert report.rows == report.mapped + report.refused + sum(report.skipped.values())
    assert report.skipped["deprecated"] == 1
    assert report.refused == 0


def test_items_are_entities_by_their_class(dump: Mapped) -> None:
    assert dump.of(name(AGENCY), "type") == ["SpaceAgency"]
    assert dump.of(name(AGENCY), "label") == ['"Invented Space Agency"@en']
    assert '"架空宇宙機関"@ja' in dump.of(name(AGENCY), "altLabel")
    assert dump.of(name(AGENCY), "homepage") == [
        '"https://isa.example/"^^<http://www.w3.org/2001/XMLSchema#anyURI>'
    ]
    assert dump.entity("ror", "00invented0") == [name(AGENCY)]
    assert dump.entity("cospar", "2030-001A") == [name(CRAFT)]
    assert dump.entity("satcat", "99001") == [name(CRAFT)]
    assert name("Q990000005") not in dump.nodes


def test_an_item_that_is_known_is_that_entity(dump: Mapped) -> None:
    assert dump.related(name(AGENCY), "successorOf") == ["nasa"]
    assert dump.related(name(AGENCY), "locatedIn") == ["japan"]


def test_dates_of_an_organization(dump: Mapped) -> None:
    (founding,) = dump.claims("Founding", object=name(AGENCY))
    assert founding["onDate"] == ["2001-02-03"]
    assert founding["note"] == ['"Reference that Wikidata names: https://lumen.example/about"']
    assert dump.claims("Dissolution", object=name(AGENCY)) == []


def test_launched_and_still_to_be_launched(dump: Mapped) -> None:
    (launch,) = dump.claims("Launch", object=name(CRAFT))
    assert (launch["onDate"], launch["dateZone"]) == (["2030-01-02"], ['"+00:00"'])
    (plan,) = dump.claims("PlannedEvent", object=name(EXPEDITION))
    assert (plan["kind"], plan["plannedFor"]) == (["Launch"], ["2035-01-01"])


def test_roles_and_parts(dump: Mapped) -> None:
    assert dump.participants(name(CRAFT), "operator") == [name(AGENCY)]
    (made,) = dump.claims("Participation", inActivity=name(CRAFT), role="manufacturer")
    assert made["period"][0].startswith("2020")
    assert dump.related(name(CRAFT), "partOf") == [name(EXPEDITION)]
    assert dump.participants(name(EXPEDITION), "member") == [name(PERSON)]


def test_terms_of_a_head_with_a_post_of_its_own(dump: Mapped) -> None:
    tenures = dump.claims("Tenure", person=name(PERSON))
    assert sorted(t["status"][0] for t in tenures) == ["occurred", "ongoing"]
    (post,) = {t["post"][0] for t in tenures}
    assert dump.of(post, "ofOrganization") == [name(AGENCY)]
    assert dump.of(post, "label") == ['"Director or manager of Invented Space Agency"@en']


def test_nobody_acts_for_a_state_by_being_there(dump: Mapped) -> None:
    assert dump.claims("Relation", relationType="actsFor", relationSubject=name(AGENCY)) == []


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    if not SHARED.is_dir():
        pytest.skip(f"no files of Wikidata at {SHARED}")
    return mapped(tmp_path_factory.mktemp("shared"), ("wikidata", SHARED))


def test_all_files_at_hand_are_read(shared: Mapped) -> None:
    report = shared.reports["wikidata"]
    files = {a.file for a in report.files}
    assert {"astronauts.ttl", "astronauts.xml", "persons_organisations.csv", "Q23548.json"} <= files
    assert len(files) == 27
    for account in report.files:
        skipped = sum(account.skipped.values())
        assert account.rows == account.mapped + account.rejected + skipped, account
    assert report.refused == 0
    unread = {Path(path).name for path, _ in report.unread}
    assert unread == {"SOURCE.md", "query_agency.csv", "query_country.csv"}


def test_turtle_and_xml_of_the_same_triples_give_the_same(shared: Mapped) -> None:
    accounts = [
        (a.table, a.rows, a.mapped, dict(a.skipped))
        for name in ("astronauts.ttl", "astronauts.xml")
        for a in shared.reports["wikidata"].files
        if a.file == name
    ]
    assert accounts[:2] == accounts[2:]
    assert accounts[0][1] == 2914


def test_nasa_is_the_agency_that_the_register_knows(shared: Mapped) -> None:
    assert shared.entity("wikidata", "Q23548") == ["nasa"]
    assert shared.entity("ror", "027ka1x80") == ["nasa"]
    assert any(c["onDate"] == ["1958-07-29"] for c in shared.claims("Founding", object="nasa"))
    theirs = [n for k, n in shared.nodes.items() if ".wikidata-" in k and "Tenure" in n["type"]]
    assert [t["person"] for t in theirs] == [["bill-nelson"]]
    assert theirs[0]["period"][0].startswith("2021-05-03")


def loaded(path: Path) -> Report:
    """Read files with the mapping alone."""
    report = Report()
    source = Source.read(resources.external() / "wikidata", "wikidata", path)
    for _ in sources.load(replace(source, identity=Identity()), vocab.load(), report):
        pass
    return report


def test_a_file_of_which_nothing_can_be_used_is_an_error(tmp_path: Path) -> None:
    page = tmp_path / "Q1.json"
    page.write_text("<html><body>Too many requests</body></html>", encoding="utf-8")
    with pytest.raises(InputError, match="no table of 'wikidata' fits") as caught:
        loaded(page)
    assert str(caught.value.origin) == str(page)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no files"):
        loaded(tmp_path / "empty")


def test_beside_good_files_it_is_only_listed(tmp_path: Path) -> None:
    (tmp_path / "page.json").write_text("<html></html>", encoding="utf-8")
    (tmp_path / "good.json").write_text(json.dumps(ITEMS[2]), encoding="utf-8")
    (tmp_path / "cut.json").write_text(json.dumps(ITEMS)[:-40], encoding="utf-8")
    report = loaded(tmp_path)
    assert [Path(path).name for path, why in report.unread if why] == ["page.json"]
    assert {a.file for a in report.files} == {"good.json", "cut.json"}
    assert ["the file is cut off" in e.message for e in report.rejected] == [True]
