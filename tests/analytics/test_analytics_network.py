from __future__ import annotations

from collections.abc import Callable
from math import isclose

import pytest
from tiny_facts import agencies, entity, facts, missions, part

from kg.analytics import (
    brokers,
    centrality,
    clustering,
    communities,
    contributions,
    paths,
    resilience,
    ties,
)
from kg.analytics.communities import adjusted_mutual_information
from kg.errors import KGError, UnknownNameError
from kg.store import View
from kg.table import Table

Maker = Callable[[str], View]


def column(table: Table, name: str) -> list[str]:
    return [str(row[name]) for row in table.records()]


def pairs(*edges: str, period: str = "") -> list[dict[str, object]]:
    """One mission for each pair "ab": the mission is called m-ab."""
    more = {"period": period} if period else {}
    return [part(end * 2, f"m-{edge}", **more) for edge in edges for end in edge]


@pytest.fixture
def path_view(view_of: Maker) -> View:
    """A – B – C – D, A–B twice as strong, and E alone."""
    extra = [part("aa", "m-x"), part("bb", "m-x"), part("ee", "m-e")]
    things = [*agencies("aa", "bb", "cc", "dd", "ee")]
    things += missions("m-ab", "m-bc", "m-cd", "m-x", "m-e")
    return view_of(facts(things, [*pairs("ab", "bc", "cd"), *extra]))


def test_centrality_of_a_path(path_view: View) -> None:
    table = centrality.run(path_view)
    assert column(table, "actor") == ["BB", "CC", "AA", "DD", "EE"]
    assert column(table, "rank") == ["1=", "1=", "3=", "3=", "3="]
    assert column(table, "betweenness")[0] == f"{2 / 6:.6f}"
    weighted = centrality.run(path_view, by="weighted_degree")
    assert column(weighted, "actor")[0] == "BB"
    assert column(weighted, "weighted_degree") == ["3", "2", "2", "1", "0"]
    assert column(weighted, "rank") == ["1", "2=", "2=", "4", "5"]
    assert isclose(sum(map(float, column(table, "pagerank"))), 1, abs_tol=1e-5)
    assert any("n = 5, m = 3, components = 2" in note for note in table.notes)
    assert column(table, "document")[0] == "alpha"


def test_distance_prefers_strong_ties(view_of: Maker) -> None:
    """A–C is direct but weak; A–B–C has weight 3 on both edges, so B lies between."""
    edges = pairs("ac")
    edges += [part(e * 2, f"s{i}") for i in range(3) for e in "ab"]
    edges += [part(e * 2, f"t{i}") for i in range(3) for e in "bc"]
    names = ["m-ac", *(f"{x}{i}" for x in "st" for i in range(3))]
    view = view_of(facts([*agencies("aa", "bb", "cc"), *missions(*names)], edges))
    table = centrality.run(view)
    assert (table.records()[0]["actor"], table.records()[0]["betweenness"]) == ("BB", "1.000000")


def test_top_and_unknown_options(path_view: View) -> None:
    assert len(centrality.run(path_view, top="1").rows) == 2
    with pytest.raises(KGError, match="closeness"):
        centrality.run(path_view, by="closeness")
    with pytest.raises(KGError) as error:
        centrality.run(path_view, levle="state")
    assert "level" in error.value.fix
    for wrong in ({"top": "many"}, {"top": -1}, {"level": "planet"}, {"on": "9/7/2025"}):
        with pytest.raises(KGError) as error:
            centrality.run(path_view, **wrong)
        assert error.value.fix


@pytest.fixture
def two_blocs(view_of: Maker) -> View:
    edges = ["ab", "bc", "ac", "de", "ef", "df", "cd"]
    things = [*agencies(*(x * 2 for x in "abcdef")), *missions(*(f"m-{e}" for e in edges))]
    return view_of(facts(things, pairs(*edges)))


def test_communities_of_two_triangles(two_blocs: View) -> None:
    table = communities.run(two_blocs, seed=7)
    assert [row["members"] for row in table.records()] == [("AA", "BB", "CC"), ("DD", "EE", "FF")]
    assert column(table, "weight_inside") == ["3", "3"]
    assert column(table, "weight_across") == ["1", "1"]
    modularity = 6 / 7 - 2 * (7 / 14) ** 2
    notes = "\n".join(table.notes)
    assert f"modularity: {modularity:.6f}" in notes
    assert "stability over 20 seeds (7 to 26): 1.000000" in notes


def test_communities_without_edges(view_of: Maker) -> None:
    view = view_of(facts([*agencies("aa"), *missions("m1")], [part("aa", "m1")]))
    table = communities.run(view)
    assert len(table.rows) == 1
    assert any("not evaluable" in note for note in table.notes)


def test_adjusted_mutual_information() -> None:
    one = [1] * 6 + [2] * 6 + [3] * 5
    other = [1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 1, 3, 3, 3, 2, 2]
    assert isclose(adjusted_mutual_information(one, one), 1)
    assert isclose(adjusted_mutual_information(one, other), 0.27821, abs_tol=1e-5)
    assert isclose(adjusted_mutual_information([1, 1, 2, 2], [1, 2, 1, 2]), -0.5, abs_tol=1e-9)
    assert adjusted_mutual_information([0, 0, 0], [0, 1, 2]) == 0


def test_brokers_by_decade(view_of: Maker) -> None:
    edges = [
        *pairs("ab", "bc", period="1990/1995"),
        *pairs("cd", period="1994/200X"),
        *pairs("ad", period="199X/200X"),
        part("ee", "m-ab"),
    ]
    things = [*agencies("aa", "bb", "cc", "dd", "ee")]
    things += missions("m-ab", "m-bc", "m-cd", "m-ad")
    view = view_of(facts(things, edges))
    table = brokers.run(view, to_year=2009)
    first = [r for r in table.records() if r["window"] == "1990–1999"]
    assert {r["actor"] for r in first} == {"AA", "BB", "CC", "DD"}
    assert {r["rank"] for r in first} == {"1="}
    second = {r["actor"]: r for r in table.records() if r["window"] == "2000–2009"}
    assert set(second) == {"AA", "CC", "DD"}
    assert second["DD"]["betweenness"] == "1.000000"
    assert any("undated ties left out: 1" in n for n in table.notes)
    assert any("1990–1999: n = 4, m = 4" in n and "small" in n for n in table.notes)


def test_brokers_rank_range_hangs_on_uncertain_ties(view_of: Maker) -> None:
    edges = [
        *pairs("ab", "bc", period="1991/1993"),
        *pairs("cd", "de", period="198X/1990~"),
        *pairs("cf", period="198X/199X"),
    ]
    names = ["m-ab", "m-bc", "m-cd", "m-de", "m-cf"]
    view = view_of(facts([*agencies(*(x * 2 for x in "abcdef")), *missions(*names)], edges))
    table = brokers.run(view, from_year=1990, to_year=1999)
    ranks = {r["actor"]: (r["rank"], r["rank_range"]) for r in table.records()}
    assert ranks["CC"] == ("1", "1")
    assert ranks["BB"] == ("2=", "1 to 2")
    assert ranks["DD"] == ("2=", "2 to 3")
    assert any("with uncertain ties" in n for n in table.notes)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_paths(path_view: View, length: int) -> None:
    table = paths.run(path_view, source="aa", target="dd", length=length)
    if length < 3:
        assert not table.rows
        assert any(f"no path through at most {length} activities" in n for n in table.notes)
        return
    assert column(table, "hop") == [str(n) for n in range(1, 7)] * 2
    hops = [(r["from"], r["to"]) for r in table.records()[:6]]
    assert [a for a, _ in hops] == ["AA", "M-AB", "BB", "M-BC", "CC", "M-CD"]
    assert hops[-1][1] == "DD"
    row = table.records()[0]
    assert (row["role"], row["period"], row["document"]) == ("partner", "not stated", "alpha")
    assert table.columns[-4:] == ("modality", "document", "locator", "quote")


def test_paths_say_why_there_is_none(path_view: View) -> None:
    table = paths.run(path_view, source="AA", target="EE")
    assert not table.rows
    lonely = paths.run(path_view, source="AA", target="EE", roles="lead")
    assert any("no tie that the filter keeps" in n for n in lonely.notes)
    with pytest.raises(KGError, match="a path needs two ends"):
        paths.run(path_view, source="AA")
    with pytest.raises(UnknownNameError, match="nothing is called 'nobody'"):
        paths.run(path_view, source="AA", target="nobody")


def test_contributions(view_of: Maker) -> None:
    parts = [
        part("aa", "m1", role="lead"),
        part("bb", "m1", role="instrument-provider"),
        part("cc", "m1", role="customer"),
        part("bb", "m2", role="principal"),
        part("bb", "m2", role="supporter"),
        part("aa", "m2", role=""),
    ]
    view = view_of(facts([*agencies("aa", "bb", "cc"), *missions("m1", "m2")], parts))
    table = contributions.run(view)
    assert [row[:-1] for row in table.rows] == [
        ("AA", "1", "0", "0", "1", "0", "1", "1"),
        ("BB", "0", "1", "1", "0", "1", "0", "-1"),
    ]
    assert len(contributions.run(view, roles="all").rows) == 3


def test_resilience(path_view: View) -> None:
    table = resilience.run(path_view, actor="BB")
    rows = {r["measure"]: (r["before"], r["after"]) for r in table.records()}
    assert rows["reachable pairs of the others"] == ("3", "1")
    assert rows["joint activities"] == ("4", "1")
    assert rows["others without partner"] == ("1", "2")
    assert rows["lost: M-AB"] == ("2", "1")
    assert table.records()[-1]["document"] == "alpha"
    everyone = resilience.run(path_view)
    assert column(everyone, "actor") == ["BB", "CC", "AA", "DD", "EE"]
    assert column(everyone, "pairs_lost") == ["2", "2", "0", "0", "0"]
    one = resilience.run(path_view, actor="BB", activity="M-AB")
    rows = {r["measure"]: (r["before"], r["after"]) for r in one.records()}
    assert rows["reachable pairs of the others"] == ("3", "3")
    assert rows["joint activities"] == ("4", "3")
    with pytest.raises(KGError, match="'EE' has no tie"):
        resilience.run(path_view, actor="EE", activity="M-AB")


def test_ties_by_year_and_theme(view_of: Maker) -> None:
    things = [
        *agencies("aa", "bb", "cc"),
        entity("m1", "Mission", topic=["lunar", "science"]),
        entity("m2", "Mission"),
    ]
    parts = [
        part("aa", "m1", period="2027/2028"),
        part("bb", "m1", period="2026/.."),
        part("aa", "m2"),
        part("cc", "m2"),
        part("bb", "m2", period="2030/.."),
    ]
    view = view_of(facts(things, parts))
    rows = [row[:5] for row in ties.run(view, actor="AA").rows]
    assert rows == [
        ("AA – BB", "lunar exploration", "2027", "1", "0"),
        ("AA – BB", "lunar exploration", "2028", "1", "0"),
        ("AA – BB", "space science", "2027", "1", "0"),
        ("AA – BB", "space science", "2028", "1", "0"),
        ("AA – CC", "not stated", "not stated", "0", "1"),
    ]
    every = ties.run(view, theme="lunar")
    assert [row[:5] for row in every.rows] == [
        ("all pairs", "lunar exploration", "2027", "1", "0"),
        ("all pairs", "lunar exploration", "2028", "1", "0"),
    ]
    with pytest.raises(KGError, match="cooking"):
        ties.run(view, theme="cooking")
    with pytest.raises(KGError, match="a partner without actor"):
        ties.run(view, other="AA")


def test_open_end_is_certain_only_to_the_day_of_issue(view_of: Maker) -> None:
    parts = [part(a, "m1", period="2028/..") for a in ("aa", "bb")]
    view = view_of(facts([*agencies("aa", "bb"), *missions("m1")], parts))
    table = ties.run(view, to_year=2031)
    assert [row[2:5] for row in table.rows] == [
        ("2028", "1", "0"), ("2029", "1", "0"), ("2030", "1", "0"), ("2031", "0", "1"),
    ]  # fmt: skip


def test_clustering_measures() -> None:
    assert clustering.measures([{0, 1}, {0, 1}], 2) == (1.0, None)
    two, one = clustering.measures([{0, 1}, {1, 2}, {2, 0}], 3)
    assert (two, one) == (0.0, 1.0)
    assert clustering.measures([], 0) == (None, None)


def test_curveball_keeps_degrees() -> None:
    import random

    rows = [{0, 1, 2}, {2, 3}, {4}, {0, 4, 5}]
    before = sorted(x for row in rows for x in row)
    made = clustering.curveball(rows, random.Random(3))
    assert [len(r) for r in made] == [3, 2, 1, 3]
    assert sorted(x for row in made for x in row) == before
    assert made != rows


def test_shuffle_draws_as_the_standard_library_does() -> None:
    import random

    for size in (0, 1, 2, 3, 4, 7, 8, 9, 100, 1025):
        ours, theirs = list(range(size)), list(range(size))
        one, other = random.Random(size), random.Random(size)
        clustering.shuffle(ours, one)
        other.shuffle(theirs)
        assert ours == theirs
        assert one.random() == other.random()


def test_clustering_against_chance(view_of: Maker) -> None:
    """Two closed clubs that share all their missions cluster far above chance."""
    clubs = [("ab", "123"), ("cd", "456"), ("ef", "789")]
    parts = [part(a * 2, f"m{m}") for club, work in clubs for a in club for m in work]
    things = [*agencies(*(x * 2 for x in "abcdef")), *missions(*(f"m{i}" for i in range(1, 10)))]
    view = view_of(facts(things, parts))
    table = clustering.run(view, draws=100, seed=1)
    row = table.records()[0]
    assert row["observed"] == "1.000000"
    assert float(str(row["z"])) > 2
    assert float(str(row["p"])) < 0.05
    assert table == clustering.run(view, draws="100", seed="1")
    with pytest.raises(KGError, match="draws is 1"):
        clustering.run(view, draws=1)
