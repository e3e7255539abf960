"""From what people type to one thing, or to a helpful refusal."""

import pyoxigraph as ox
import pytest

from kg.cli._common import hear_choices
from kg.errors import UnknownNameError
from kg.names import LOG, exists, resolve
from kg.namespaces import iri, sp
from kg.pages.names import Index


@pytest.mark.parametrize(
    "name",
    [
        "jaxa",
        "JAXA",
        "Jaxa",
        " JAXA ",
        "id:jaxa",
        "https://w3id.org/space-partnerships/id/jaxa",
        "Japan Aerospace Exploration Agency",
        "japan aerospace exploration agency",
        "宇宙航空研究開発機構",
    ],
)
def test_every_name_of_an_agency(full_view, name):
    assert resolve(full_view, name) == iri("id:jaxa")


@pytest.mark.parametrize("name", ["agence spatiale canadienne", "CSA"])
def test_french_names_and_abbreviations(full_view, name):
    assert resolve(full_view, name) == iri("id:csa")


def test_a_document_has_a_name_too(full_view):
    assert resolve(full_view, "csa-2025-07-09") == iri("doc:csa-2025-07-09")


def test_a_typing_error_is_answered_with_the_nearest(full_view):
    with pytest.raises(UnknownNameError, match="nothing is called 'jaxaa'") as raised:
        resolve(full_view, "jaxaa")
    assert "'jaxa'" in raised.value.fix
    assert raised.value.exit_code == 2


HOSTILE = [
    "", " ", ":", "::", "id:", "doc:", "http://", "http://[", "http://a:b", "x:y", "<x>", 'O"Neil',
    "a{b", "a>b", "a\\b", "a`b", "a^b", "a|b", "%", "id:%zz", "C:\\x", "a\x00b", "a\nb", "\u202ex",
    "x> } INSERT DATA { <urn:a> <urn:b> <urn:c> } #", "' OR 1=1", "宇", "é" * 5000, "_:b0", "?x",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_unknown_names(full_view, name):
    before = len(full_view.store)
    with pytest.raises(UnknownNameError) as raised:
        resolve(full_view, name)
    assert raised.value.fix
    assert len(full_view.store) == before


def test_only_things_of_the_class_count(full_view):
    actors = [sp("SpaceAgency"), sp("State")]
    assert resolve(full_view, "Japan", actors) == iri("id:japan")
    with pytest.raises(UnknownNameError, match="nothing is called"):
        resolve(full_view, "International Space Station", actors)


def test_a_name_of_two_things_is_refused_with_both(view_of):
    cite = "cite: [{document: alpha, quote: {length: '1', sha256: %s}, gist: g}]" % ("0" * 64)
    view = view_of(f"""
entities:
  - {{id: one, type: Mission, label: {{en: Same}}, {cite}}}
  - {{id: two, type: SpaceAgency, label: {{en: Same}}, {cite}}}
""")
    with pytest.raises(UnknownNameError, match="more than one thing") as raised:
        resolve(view, "same")
    assert "id:one" in raised.value.fix
    assert "id:two" in raised.value.fix
    assert resolve(view, "same", [sp("Mission")]) == iri("id:one")


_CITE = "cite: [{document: alpha, quote: {length: '1', sha256: %s}, gist: g}]" % ("0" * 64)


def test_a_label_or_an_abbreviation_goes_before_an_alias_and_it_is_said(view_of, caplog):
    view = view_of(f"""
entities:
  - {{id: one, type: Mission, label: {{en: Bear}}, {_CITE}}}
  - {{id: two, type: Mission, label: {{en: Wolf}}, alias: {{en: ['bear ', Cub]}}, {_CITE}}}
  - {{id: three, type: SpaceAgency, label: {{en: Agency}}, abbreviation: {{en: CUB}}, {_CITE}}}
""")
    with caplog.at_level("INFO", logger=LOG):
        assert resolve(view, " BEAR") == iri("id:one")
        assert resolve(view, "cub") == iri("id:three")
    assert caplog.messages == [
        "'BEAR' read as id:one; also called so: id:two",
        "'cub' read as id:three; also called so: id:two",
    ]


def test_what_a_curated_source_names_goes_before_a_label_in_a_table(view_of):
    view = view_of(f"""
entities:
  - {{id: row, type: Mission, label: {{en: Bear}}, {_CITE}}}
  - {{id: ours, type: Mission, label: {{en: Wolf}}, alias: {{en: [Bear]}}, {_CITE}}}
""")
    assert resolve(view, "bear") == iri("id:row")
    subject, topic = iri("source:facts"), ox.NamedNode(iri("id:ours"))
    view.store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(iri("dct:subject")), topic))
    assert resolve(view, "bear") == iri("id:ours")
    assert Index.of(view).find("bear")[0].thing == iri("id:ours")


def test_the_command_line_says_what_it_chose_on_stderr(view_of, capsys):
    view = view_of(f"""
entities:
  - {{id: one, type: Mission, label: {{en: Bear}}, {_CITE}}}
  - {{id: two, type: Mission, label: {{en: Wolf}}, alias: {{en: [Bear]}}, {_CITE}}}
""")
    hear_choices()
    resolve(view, "bear")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "'bear' read as id:one; also called so: id:two\n")


def test_what_has_a_name_alone_is_told_without_ado(full_view, caplog):
    with caplog.at_level("INFO", logger=LOG):
        resolve(full_view, "JAXA")
    assert caplog.messages == []


def test_blanks_around_a_name_and_within_do_not_matter(view_of):
    view = view_of(f"""
entities:
  - {{id: one, type: Mission, label: {{en: 'Polar  Bear '}}, {_CITE}}}
""")
    assert resolve(view, "\tpolar bear") == iri("id:one")
    assert resolve(view, "polar   bear ") == iri("id:one")


def test_letters_that_fold_into_two_are_found(view_of):
    view = view_of(
        f"entities:\n  - {{id: one, type: Mission, label: {{de: Eisstraße}}, {_CITE}}}\n"
    )
    assert resolve(view, "EISSTRASSE") == iri("id:one")


def test_exists(full_view):
    assert exists(full_view, iri("id:csa"))
    assert not exists(full_view, iri("id:nothing"))
    assert not exists(full_view, "no iri")
