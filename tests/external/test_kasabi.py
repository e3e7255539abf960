"""The mapping of NASA's linked data of Kasabi, on invented triples and on the file at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from external_mapped import Mapped, mapped

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "kasabi_nasa"
BASE = "http://data.kasabi.com/dataset/nasa"
TRIPLES = """\
@prefix k: <http://data.kasabi.com/dataset/nasa/> .
@prefix s: <http://purl.org/net/schemas/space/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<BASE/mission/lumen-1> a s:Mission ; dc:title "Lumen 1" ;
  owl:sameAs <http://dbpedia.org/resource/Lumen_1> .
<BASE/person/ada> a foaf:Person ; foaf:name "Ada &#x0A;      Invented, Jr.", "Ada Invented, Jr." ;
  owl:sameAs <http://dbpedia.org/resource/Ada> .
<BASE/person/adausn> a foaf:Person ; foaf:name "Ada Invented, USN" ;
  owl:sameAs <http://dbpedia.org/resource/Ada> .
<BASE/person/bob> a foaf:Person ; foaf:name "Bob Invented" .
<BASE/spacecraft/2031-001A> a s:Spacecraft ; foaf:name "Lumen 1 craft" ; s:agency "United States" ;
  s:internationalDesignator "2031-001A" ; s:alternateName "99001", "Light" ;
  s:mission <BASE/mission/lumen-1> .
<BASE/spacecraft/2031-001B> a s:Spacecraft ; s:mission <BASE/mission/lumen-1> .
<BASE/launch/2031-001> a s:Launch ; s:launched "2031-01-02" ;
  s:spacecraft <BASE/spacecraft/2031-001A> ; s:launchsite <BASE/launchsite/lumenbase> .
<BASE/launchsite/lumenbase> a s:LaunchSite ; rdfs:label "Lumen Base" .
<BASE/mission/lumen-1/role/commander> a s:MissionRole ; rdfs:label "Lumen 1 Mission Commander" ;
  s:mission <BASE/mission/lumen-1> ; s:actor <BASE/person/adausn> ;
  s:role <BASE/roles/mission-commander> .
<BASE/mission/lumen-1/role/backup> a s:MissionRole ; s:mission <BASE/mission/lumen-1> ;
  s:actor <BASE/person/bob> ; s:role <BASE/roles/backup-mission-commander> .
<BASE/mission/lumen-1/role/capcom> a s:MissionRole ; s:mission <BASE/mission/lumen-1> ;
  s:actor <BASE/person/bob> ; s:role <BASE/roles/capsule-communicator> .
""".replace("BASE", BASE)


@pytest.fixture(scope="module")
def lumen(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    home = tmp_path_factory.mktemp("kasabi")
    path = home / "nasa.ttl"
    path.write_text(TRIPLES, encoding="utf-8")
    return mapped(home / "workspace", ("kasabi", path))


def one(found: list[str]) -> str:
    (only,) = found
    return only


def test_every_row_is_counted(lumen: Mapped) -> None:
    report = lumen.reports["kasabi"]
    assert report.refused == 0
    assert report.rows == report.mapped + sum(report.skipped.values()) == 10
    assert dict(report.skipped) == {
        "spacecraft without a name": 1,
        "back-up crew": 1,
        "capsule communicator": 1,
    }


def test_a_person_under_two_names_is_one(lumen: Mapped) -> None:
    ada = one(lumen.entity("dbpedia", "Ada"))
    assert lumen.entity("kasabi", "person/ada") == lumen.entity("kasabi", "person/adausn") == [ada]
    assert lumen.of(ada, "label") == ['"Ada Invented, Jr."@en']
    assert lumen.of(ada, "altLabel") == ['"Ada Invented, USN"@en']


def test_crew_craft_and_launch(lumen: Mapped) -> None:
    mission = one(lumen.entity("dbpedia", "Lumen_1"))
    ada, craft = one(lumen.entity("dbpedia", "Ada")), one(lumen.entity("cospar", "2031-001A"))
    assert lumen.participants(mission, "crew-member") == [ada]
    assert lumen.related(craft, "partOf") == [mission]
    assert lumen.of(craft, "altLabel") == ['"Light"@en']
    (launch,) = lumen.claims("Launch", object=craft)
    assert launch["onDate"] == ["2031-01-02"]
    assert lumen.of(launch["place"][0], "label") == ['"Lumen Base"@en']


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    if not SHARED.is_dir():
        pytest.skip(f"no data of Kasabi at {SHARED}")
    return mapped(tmp_path_factory.mktemp("shared"), ("kasabi", SHARED))


def test_apollo(shared: Mapped) -> None:
    report = shared.reports["kasabi"]
    assert (report.rows, report.mapped, report.refused) == (254, 136, 0)
    assert shared.entity("kasabi", "person/thomaspattenstafford") == ["thomas-stafford"]
    apollo = one(shared.entity("dbpedia", "Apollo_11"))
    assert len(shared.participants(apollo, "crew-member")) == 3
    assert not any("&#" in label for n in shared.nodes.values() for label in n.get("label", []))
