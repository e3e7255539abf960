"""Known then: later documents are invisible, and so is what only they make true."""

from datetime import date

import pyoxigraph as ox
import pytest

from kg import query
from kg.errors import UnknownNameError
from kg.namespaces import iri, sp
from kg.restrict import counted, restrict
from kg.store import ONTOLOGY, REGISTER

SEED = "csa-2025-07-09"
RELEASE_DAY = date(2025, 7, 9)
REALIZES = "SELECT ?a ?b { ?a sp:realizes ?b }"


@pytest.fixture(scope="module")
def then(full_view):
    return restrict(full_view, as_of=RELEASE_DAY)


@pytest.fixture(scope="module")
def only_seed(full_view):
    return restrict(full_view, documents=[SEED])


def test_without_a_restriction_it_is_the_same_view(full_view):
    assert restrict(full_view) is full_view


def test_later_documents_are_hidden(full_view, then):
    days = {d: last for d, (_, last) in full_view.documents.items()}
    assert set(then.documents) == {d for d, last in days.items() if last and last <= "2025-07-09"}
    assert iri(f"doc:{SEED}") in then.documents
    assert iri("doc:jaxa-2025-10-30") not in then.documents


def test_each_document_left_out_has_its_reason(full_view, then):
    reasons = then.left_out
    assert set(reasons) | set(then.documents) == set(full_view.documents)
    assert reasons[iri("doc:jaxa-2025-10-30")] == "issued 2025-10-30, after 2025-07-09"
    undated = [d for d, (_, last) in full_view.documents.items() if not last]
    assert undated
    assert {reasons[d] for d in undated} == {"day of issue not stated"}


def test_the_note_counts_what_is_left_out_and_says_why(full_view, then):
    note = counted(then)
    undated = sum(not last for _, last in full_view.documents.values())
    later = len(then.left_out) - undated
    assert note == (
        f"as of 2025-07-09; documents that count: {len(then.documents)}; left out: "
        f"{len(then.left_out)} ({undated} day of issue not stated, {later} issued after 2025-07-09)"
    )
    assert counted(full_view).endswith("; left out: 0")
    assert note in query.run(then, "q01", names_in=full_view).notes


def test_a_document_of_only_a_year_counts_from_the_end_of_that_year(full_view):
    vague = {d: b for d, b in full_view.documents.items() if b[0] and b[0] != b[1]}
    assert vague, "some document must have a vague day of issue"
    document, (first, last) = sorted(vague.items())[0]
    assert document not in restrict(full_view, as_of=date.fromisoformat(first)).documents
    assert document in restrict(full_view, as_of=date.fromisoformat(last)).documents


def test_the_day_itself_counts(full_view):
    assert iri(f"doc:{SEED}") in restrict(full_view, as_of=RELEASE_DAY).documents
    assert iri(f"doc:{SEED}") not in restrict(full_view, as_of=date(2025, 7, 8)).documents


def test_a_fulfilled_plan_is_not_fulfilled_before_it_happened(full_view, then):
    plan = iri("fact:planned-event.capture.htv-x._")
    assert (iri("fact:event.capture.htv-x1._"), plan) in full_view.rows(REALIZES)
    assert then.rows(REALIZES), "older plans were fulfilled by then"
    assert not any("htv-x" in b for _, b in then.rows(REALIZES))
    assert then.subjects(sp("ofFact"), plan), "the plan itself was known"


def test_shortcuts_are_derived_anew(full_view, only_seed):
    leads = "SELECT ?a { ?a sp:leads id:xrism }"
    assert only_seed.rows(leads) == [(iri("id:jaxa"),)]
    shortcut = "SELECT ?a ?b { ?a sp:participatesIn ?b }"
    assert set(only_seed.rows(shortcut)) < set(full_view.rows(shortcut))
    later = restrict(full_view, documents=["jaxa-2025-10-30"])
    assert later.rows(leads) == []


def test_conflicts_need_both_sides(full_view, only_seed):
    ask = "SELECT ?c { ?c a sp:Conflict }"
    assert full_view.rows(ask)
    assert only_seed.rows(ask) == []


def test_labels_and_the_ontology_are_still_there(full_view, only_seed):
    assert only_seed.label(iri("id:esa")) == full_view.label(iri("id:esa")) != "esa"
    assert only_seed.label(sp("Mission")) == "mission"
    assert {iri(ONTOLOGY), iri(REGISTER)} <= set(only_seed.graphs())


def test_named_graphs_are_carried(only_seed):
    """`GRAPH ?g` must not be empty in silence."""
    rows = only_seed.rows("SELECT DISTINCT ?g { GRAPH ?g { ?c sp:ofFact ?f } }")
    assert rows == [(iri(f"doc:{SEED}"),)]


def test_documents_that_nobody_asked_for_are_said_to_be_so(full_view, only_seed):
    assert set(only_seed.left_out) == set(full_view.documents) - {iri(f"doc:{SEED}")}
    assert set(only_seed.left_out.values()) == {"not asked for"}


def test_each_triple_is_there_once(then):
    merged = list(then.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    named = {q.triple for q in then.store if q.graph_name != ox.DefaultGraph()}
    assert {q.triple for q in merged} == named
    (count,) = then.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]
    assert int(count) == len(merged) == len(named)


def test_other_documents_are_not_described(only_seed):
    described = only_seed.rows("SELECT DISTINCT ?d { ?d a/rdfs:subClassOf* sp:Document }")
    assert described == [(iri(f"doc:{SEED}"),)]


def test_evidence_of_other_documents_is_not_shown(only_seed):
    rows = query.run(only_seed, "q22").rows
    assert rows == ()


@pytest.mark.parametrize("name", [SEED, f"doc:{SEED}", iri(f"doc:{SEED}")])
def test_a_document_by_any_of_its_names(full_view, name):
    assert list(restrict(full_view, documents=[name]).documents) == [iri(f"doc:{SEED}")]


@pytest.mark.parametrize("name", ["csa-2025-07-90", "doc:csa-2025-07-90"])
def test_an_unknown_document_is_an_error_with_a_suggestion(full_view, name):
    with pytest.raises(UnknownNameError, match="no document") as raised:
        restrict(full_view, documents=[name])
    assert f"did you mean '{SEED}'" in raised.value.fix
    assert raised.value.exit_code == 2


@pytest.mark.parametrize("name", ["", "id:csa", "http://[", "zz"])
def test_what_is_no_document_is_an_error_too(full_view, name):
    with pytest.raises(UnknownNameError) as raised:
        restrict(full_view, documents=[name])
    assert raised.value.fix


def test_before_the_first_document_nothing_is_known(full_view):
    empty = restrict(full_view, as_of=date(1900, 1, 1))
    assert empty.documents == {}
    assert query.run(empty, "q01", names_in=full_view).rows == ()


def test_a_restriction_of_a_restriction_keeps_both(full_view, then):
    both = restrict(then, documents=[SEED])
    assert list(both.documents) == [iri(f"doc:{SEED}")]
    assert both.as_of == RELEASE_DAY
    assert set(both.left_out) | set(both.documents) == set(full_view.documents)
    assert both.left_out[iri("doc:jaxa-2025-10-30")].startswith("issued 2025-10-30")
    with pytest.raises(UnknownNameError, match="no document 'jaxa-2025-10-30'"):
        restrict(then, documents=["jaxa-2025-10-30"])


def test_the_same_documents_are_merged_only_once(full_view):
    first = restrict(full_view, documents=[SEED])
    assert restrict(full_view, as_of=date(2100, 1, 1), documents=[SEED]).store is first.store
