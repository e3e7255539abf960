"""Who is a partner of whom: what counts as a tie, and how much it weighs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from tiny_facts import agencies, claim, entity, facts, iris, missions, part

from kg.errors import KGError, VocabularyError
from kg.period import Answer, parse
from kg.projection import Filter, actor_actor, ties, two_mode, typed, weights
from kg.projection._filter import overlap
from kg.store import View

Maker = Callable[[str], View]
A, B, C, D = iris("aa", "bb", "cc", "dd")


def edges(graph: nx.Graph) -> dict[tuple[str, str], int]:
    return {
        (u.rsplit("/", 1)[-1], v.rsplit("/", 1)[-1]): d["weight"]
        for u, v, d in graph.edges(data=True)
    }


def test_weight_counts_distinct_activities(view_of: Maker) -> None:
    view = view_of(
        facts(
            [*agencies("aa", "bb", "cc"), *missions("m1", "m2")],
            [
                part("aa", "m1"),
                part("aa", "m1", document="beta"),
                part("aa", "m1", role="lead"),
                part("bb", "m1"),
                part("bb", "m1", document="beta"),
                part("aa", "m2"),
                part("bb", "m2"),
                part("cc", "m2"),
            ],
        )
    )
    graph = actor_actor(view)
    assert edges(graph) == {("aa", "bb"): 2, ("aa", "cc"): 1, ("bb", "cc"): 1}
    edge = graph.edges[A, B]
    assert edge["distance"] == 0.5
    assert edge["activities"] == iris("m1", "m2")
    assert edge["roles"] == ["lead", "partner"]
    assert len(edge["claims"]) == 7
    assert (edge["certain"], edge["possible"]) == (2, 0)
    assert list(graph) == sorted(graph)
    assert graph.nodes[A] == {"label": "AA", "cls": "SpaceAgency"}


def test_state_and_its_agency_are_no_partners(view_of: Maker) -> None:
    states = [entity("canada", "State"), entity("japan", "State")]
    acts = [
        claim(
            "Relation",
            relationSubject=agency,
            relationType="actsFor",
            relationObject=state,
        )
        for agency, state in (("csa", "canada"), ("jaxa", "japan"))
    ]
    ties = [part(a, "iss") for a in ("csa", "canada", "jaxa", "japan")]
    view = view_of(facts([*agencies("csa", "jaxa"), *states, *missions("iss")], [*acts, *ties]))
    assert edges(actor_actor(view)) == {("csa", "jaxa"): 1}
    state = actor_actor(view, Filter(level="state"))
    assert edges(state) == {("canada", "japan"): 1}
    assert state.edges[iris("canada", "japan")]["via"] == iris("csa", "jaxa")
    assert len(state.edges[iris("canada", "japan")]["claims"]) == 4


def test_organisation_of_several_states_joins_none(view_of: Maker) -> None:
    acts = [
        claim("Relation", relationSubject="esa", relationType="actsFor", relationObject=state)
        for state in ("france", "italy")
    ]
    entities = [*agencies("esa"), entity("france", "State"), entity("italy", "State")]
    view = view_of(facts([*entities, *missions("m1")], [*acts, part("esa", "m1")]))
    graph = actor_actor(view, Filter(level="state"))
    assert graph.number_of_nodes() == 0
    assert any("left out: 1" in note for note in graph.graph["notes"])


@pytest.mark.parametrize(
    ("role", "counts"),
    [("owner", True), ("customer", False), ("launch-provider", False), ("", True)],
)
def test_roles_that_make_a_partner(view_of: Maker, role: str, counts: bool) -> None:
    ties = [part("aa", "m1", role="lead"), part("bb", "m1", role=role)]
    view = view_of(facts([*agencies("aa", "bb"), *missions("m1")], ties))
    graph = actor_actor(view)
    assert graph.number_of_edges() == counts
    assert edges(actor_actor(view, Filter(roles=("all",)))) == {("aa", "bb"): 1}
    stated = any("role not stated in 1" in note for note in graph.graph["notes"])
    assert stated == (role == "")


def test_narrower_roles_count(view_of: Maker) -> None:
    ties = [part("aa", "m1", role="lead"), part("bb", "m1", role="module-provider")]
    view = view_of(facts([*agencies("aa", "bb"), *missions("m1")], ties))
    assert edges(actor_actor(view, Filter(roles=("principal", "provider")))) == {("aa", "bb"): 1}
    assert not edges(actor_actor(view, Filter(roles=("partner",))))


@pytest.mark.parametrize("status", ["planned", "intended", "cancelled"])
def test_only_what_holds_counts(view_of: Maker, status: str) -> None:
    ties = [part("aa", "m1"), part("bb", "m1", status=status)]
    view = view_of(facts([*agencies("aa", "bb"), *missions("m1")], ties))
    assert not edges(actor_actor(view))
    assert edges(actor_actor(view, Filter(statuses=("ongoing", status)))) == {("aa", "bb"): 1}


def test_classes_include_subclasses(view_of: Maker) -> None:
    things = [*agencies("aa", "bb"), *missions("m1"), entity("deal", "Treaty")]
    ties = [part(a, m) for a in ("aa", "bb") for m in ("m1", "deal")]
    view = view_of(facts(things, ties))
    assert actor_actor(view, Filter(classes=("Agreement",))).edges[A, B]["activities"] == iris(
        "deal"
    )


def test_time(view_of: Maker) -> None:
    ties = [
        part("aa", "m1", period="198X/1995"),
        part("bb", "m1", period="1990/.."),
        part("cc", "m1"),
        part("dd", "m1", period="2001/2005"),
    ]
    view = view_of(facts([*agencies("aa", "bb", "cc", "dd"), *missions("m1")], ties))
    graph = actor_actor(view, Filter(from_year=1992, to_year=1993))
    assert edges(graph) == {("aa", "bb"): 1, ("aa", "cc"): 1, ("bb", "cc"): 1}
    assert (graph.edges[A, B]["certain"], graph.edges[A, B]["possible"]) == (1, 0)
    assert (graph.edges[A, C]["certain"], graph.edges[A, C]["possible"]) == (0, 1)
    dated = actor_actor(view, Filter(from_year=1992, to_year=1993, dated_only=True))
    assert edges(dated) == {("aa", "bb"): 1}
    on = actor_actor(view, Filter(on=date(1985, 6, 1), dated_only=True))
    assert list(on) == [A]
    assert actor_actor(view).edges[A, B]["first_year"] == 1990
    assert actor_actor(view).edges[A, B]["last_year"] == 1995


def test_undated_tie_yields_to_dated_ones(view_of: Maker) -> None:
    ties = [
        part("aa", "m1", role="partner"),
        part("aa", "m1", role="member", period="2000/.."),
        part("bb", "m1", period="1990/2020"),
    ]
    view = view_of(facts([*agencies("aa", "bb"), *missions("m1")], ties))
    assert not edges(actor_actor(view, Filter(from_year=1990, to_year=1999)))
    later = actor_actor(view, Filter(from_year=2010, to_year=2011))
    assert later.edges[A, B]["certain"] == 1


@pytest.mark.parametrize(
    ("edtf", "attested", "answer"),
    [
        ("2001/2003", "", Answer.YES),
        ("1990/2030", "", Answer.YES),
        ("1990/1995", "", Answer.NO),
        ("2011/..", "", Answer.NO),
        ("1990/..", "", Answer.POSSIBLE),
        ("1990/..", "2004-01-01", Answer.YES),
        ("/..", "2004-01-01", Answer.YES),
        ("/1999", "", Answer.NO),
        ("199X/200X", "", Answer.YES),
        ("198X/199X", "", Answer.NO),
        ("1995/20XX", "", Answer.YES),
        ("20XX/..", "", Answer.POSSIBLE),
        ("[..2005-01-01]", "", Answer.POSSIBLE),
        ("2005", "", Answer.YES),
    ],
)
def test_overlap(edtf: str, attested: str, answer: Answer) -> None:
    window = date(2000, 1, 1), date(2009, 12, 31)
    days = [date.fromisoformat(attested)] if attested else []
    assert overlap(parse(edtf), window, days) is answer


def test_weights_agree_with_the_graph(view_of: Maker) -> None:
    ties = [
        part(a, m, role=r)
        for a, m, r in (
            ("aa", "m1", "lead"), ("aa", "m1", "customer"), ("bb", "m1", "customer"),
            ("bb", "m2", "partner"), ("cc", "m1", ""), ("cc", "m2", "owner"), ("dd", "m3", "host"),
            ("aa", "m3", "attendee"), ("aa", "m2", "lead"),
        )
    ]  # fmt: skip
    planned = part("dd", "m1", status="planned")
    things = [*agencies("aa", "bb", "cc", "dd"), *missions("m1", "m2", "m3")]
    view = view_of(facts(things, [*ties, planned]))
    graph = actor_actor(view)
    for chosen in (Filter(), Filter(classes=("Mission",))):
        actors, matrix = weights(view, chosen)
        assert actors == list(graph) == [A, B, C, D]
        found = {
            (u, v): int(matrix[i, j])
            for i, u in enumerate(actors)
            for j, v in enumerate(actors)
            if i < j and matrix[i, j]
        }
        assert found == {(u, v): d["weight"] for u, v, d in graph.edges(data=True)}
    assert graph.edges[A, C]["weight"] == 2
    bare = actor_actor(view, detail=False)
    assert edges(bare) == edges(graph)
    assert dict(bare.nodes(data=True)) == dict(graph.nodes(data=True))
    assert bare.edges[A, C] == {"weight": 2, "distance": 0.5}


def test_windows_of_one_view_read_its_claims_once(
    view_of: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [
        part("aa", "m1", period="1990/1999"),
        part("aa", "m1", role="lead"),
        part("bb", "m1", period="1995/.."),
        part("bb", "m2"),
        part("cc", "m2", period="198X/199X"),
    ]
    view = view_of(facts([*agencies("aa", "bb", "cc"), *missions("m1", "m2")], parts))
    asked: list[str] = []
    monkeypatch.setattr(
        View, "select", lambda self, q, real=View.select: asked.append(q) or real(self, q)
    )
    windows = [
        Filter(from_year=y, to_year=y + 4, dated_only=dated)
        for y in range(1970, 2030, 5)
        for dated in (True, False)
    ]
    found = [ties(view, window) for window in windows]
    assert sum("sp:participant" in query for query in asked) == 1
    dated = [t for t in ties(view, Filter()) if t.edtf]
    for window, kept in zip(windows, found, strict=True):
        span = date(window.from_year or 1, 1, 1), date(window.to_year or 1, 12, 31)
        inside = [t for t in dated if overlap(parse(t.edtf), span, []) is not Answer.NO]
        assert [t[:6] for t in kept if t.edtf] == [t[:6] for t in inside]
        if window.dated_only:
            assert all(t.edtf for t in kept)
    by_window = dict(zip(windows, found, strict=True))
    early = by_window[Filter(from_year=1980, to_year=1984, dated_only=True)]
    assert [(t.actor, t.certain) for t in early] == [(C, False)]
    [m1] = iris("m1")
    only = ties(view, Filter(from_year=1995, to_year=1999), among=frozenset({m1}))
    assert {(t.actor, t.activity, t.role) for t in only} == {
        (A, m1, "partner"), (A, m1, "lead"), (B, m1, "partner"),
    }  # fmt: skip


def test_two_mode_without_detail_has_the_same_ends(view_of: Maker) -> None:
    parts = [part("aa", "m1", period="2001/2003"), part("bb", "m1"), part("bb", "m2")]
    view = view_of(facts([*agencies("aa", "bb"), *missions("m1", "m2")], parts))
    full, bare = two_mode(view), two_mode(view, detail=False)
    assert set(bare.edges) == set(full.edges)
    assert bare.graph == full.graph
    assert {n: d["bipartite"] for n, d in full.nodes(data=True)} == dict(bare.nodes("bipartite"))
    assert all(bare.edges[edge] == full.edges[edge] for edge in full.edges)


def test_two_mode(view_of: Maker) -> None:
    ties = [part("aa", "m1", period="2001/2003"), part("aa", "m1", role="lead", period="1999/..")]
    view = view_of(facts([*agencies("aa"), *missions("m1")], ties))
    graph = two_mode(view)
    [m1] = iris("m1")
    assert {n: d["bipartite"] for n, d in graph.nodes(data=True)} == {A: 0, m1: 1}
    edge = graph.edges[A, m1]
    assert edge["roles"] == ["lead", "partner"]
    assert edge["edtf"] == ["1999/..", "2001/2003"]
    assert edge["start"] == 1999
    assert "end" not in edge
    assert nx.is_bipartite(graph)


def test_empty_view(view_of: Maker) -> None:
    view = view_of(facts(agencies("aa"), []))
    for make in (actor_actor, two_mode):
        graph = make(view)
        assert graph.number_of_nodes() == 0
        assert "n = 0, m = 0, components = 0" in graph.graph["notes"]
    assert typed(view).number_of_nodes() == 0
    assert weights(view)[0] == []


@pytest.mark.parametrize(
    "wrong",
    [{"level": "agencies"}, {"from_year": 2000, "to_year": 1999}, {"from_year": 0}],
)
def test_filter_refuses(wrong: dict[str, int]) -> None:
    with pytest.raises(KGError) as error:
        Filter(**wrong)  # type: ignore[arg-type]
    assert error.value.fix


def test_unknown_words_are_refused(view_of: Maker) -> None:
    view = view_of(facts(agencies("aa"), []))
    for chosen in (
        Filter(roles=("leader",)),
        Filter(statuses=("done",)),
        Filter(classes=("Misson",)),
    ):
        with pytest.raises(VocabularyError) as error:
            actor_actor(view, chosen)
        assert error.value.fix


def test_order_of_statements_does_not_matter(view_of: Maker) -> None:
    ties = [part(a, m) for a in ("cc", "aa", "bb") for m in ("m2", "m1")]
    things = [*agencies("aa", "bb", "cc"), *missions("m1", "m2")]
    made = [actor_actor(view_of(facts(things, order))) for order in (ties, ties[::-1])]
    seen = [(list(g.nodes(data=True)), list(g.edges(data=True))) for g in made]
    assert seen[0] == seen[1]


SCRIPT = """
import json, sys
from pathlib import Path
from kg.projection import actor_actor, typed, two_mode
from kg.registry import load, names
from kg.store import open_view
from kg.table import to_json
view = open_view(Path(sys.argv[1]))
for make in (actor_actor, two_mode, typed):
    graph = make(view)
    print(json.dumps([list(graph.nodes(data=True)), list(graph.edges(data=True)), graph.graph]))
needs = {"timeline": {"entity": sys.argv[2]}, "clustering": {"draws": 20},
         "paths": {"source": sys.argv[2], "target": sys.argv[3]}}
for name in names("kg.analytics"):
    print(to_json(load("kg.analytics", name, "analysis").run(view, **needs.get(name, {}))))
"""


def test_same_bytes_whatever_the_hash_seed(seed_store: Path) -> None:
    seen = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", SCRIPT, str(seed_store), "CSA", "JAXA"]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, capture_output=True, env=env, check=True)
        seen.add(done.stdout)
    assert len(seen) == 1
    assert len(seen.pop()) > 10_000
