"""The typed graph: all that the claims say, once, and what stands around one thing."""

from collections.abc import Callable
from datetime import date

import pytest
from tiny_facts import agencies, claim, entity, facts, iris, missions, part

from kg.errors import UnknownNameError
from kg.namespaces import iri
from kg.projection import Filter, neighbourhood, typed
from kg.store import View

Maker = Callable[[str], View]
(A,) = iris("aa")


def happenings() -> str:
    things = [
        *agencies("aa"), *missions("m1"), entity("pp", "Person"),
        entity("arm", "RoboticManipulator"), entity("ship", "Spacecraft"),
        entity("boss", "HeadPost", ofOrganization="aa"), entity("odd", "Post"),
    ]  # fmt: skip
    event = {"object": "ship", "instrument": "arm", "onDate": "2030-02-03"}
    return facts(
        things,
        [
            part("aa", "m1", role="customer"),
            part("aa", "m1", role="customer", document="beta"),
            claim("Tenure", person="pp", post="boss", period="2020/..", status="ongoing"),
            claim("Tenure", person="pp", post="odd", status="ongoing"),
            claim(
                "PlannedEvent",
                kind="Capture",
                object="ship",
                plannedFor="2030",
                announcedOn="2030-01-01",
            ),
            claim("Capture", document="beta", status="occurred", **event),
            claim("Relation", relationSubject="ship", relationType="partOf", relationObject="m1"),
        ],
    )


def test_typed_graph_has_everything_once(view_of: Maker) -> None:
    graph = typed(view_of(happenings()))
    kinds = sorted(d["kind"] for *_, d in graph.edges(data=True))
    assert kinds == [
        "instrument", "object", "object", "partOf", "participation", "realizes", "tenure", "tenure",
    ]  # fmt: skip
    [m1, pp, odd] = iris("m1", "pp", "odd")
    [(key, tie)] = graph[A][m1].items()
    assert key == iri("fact:participation.aa.m1.customer.ongoing")
    assert len(tie["claims"]) == 2
    assert tie["role"] == "customer"
    [post] = graph[pp][A].values()
    assert (post["label"], post["start"], post["post"]) == ("BOSS", 2020, iri("id:boss"))
    assert graph.has_edge(pp, odd)
    groups = {d["label"]: d["group"] for _, d in graph.nodes(data=True)}
    assert groups["AA"] == "agency"
    assert groups["ARM"] == "object"
    assert groups["ODD"] == "post"
    assert sorted(d["group"] for n, d in graph.nodes(data=True) if "fact/" in n) == [
        "event",
        "plan",
    ]
    plain = (str, int, float, bool, list)
    attributes = [d for _, d in graph.nodes(data=True)] + [d for *_, d in graph.edges(data=True)]
    assert all(isinstance(v, plain) for d in attributes for v in d.values())
    assert all(d["claims"] for *_, d in graph.edges(data=True))


def test_typed_graph_obeys_the_filter(view_of: Maker) -> None:
    view = view_of(happenings())
    held = typed(view, Filter(statuses=("occurred",)))
    assert {d["kind"] for *_, d in held.edges(data=True)} == {"instrument", "object"}
    early = typed(view, Filter(on=date(2019, 1, 1), dated_only=True))
    assert early.number_of_edges() == 0
    partners = typed(view, Filter(roles=("partner",)))
    assert "participation" not in {d["kind"] for *_, d in partners.edges(data=True)}


def test_neighbourhood(view_of: Maker) -> None:
    graph = typed(view_of(happenings()))
    [arm, ship, m1, pp] = iris("arm", "ship", "m1", "pp")
    near = neighbourhood(graph, arm, 1)
    assert near.number_of_nodes() == 2
    wider = neighbourhood(graph, arm, 2)
    assert ship in wider
    assert pp not in wider
    assert m1 in neighbourhood(graph, A, 1)
    assert wider.nodes[ship] == graph.nodes[ship]
    with pytest.raises(UnknownNameError, match="nobody"):
        neighbourhood(graph, iri("id:nobody"))


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_around_a_thing_is_the_part_of_all_that_is_near_it(full_view: View, depth: int) -> None:
    everything = typed(full_view)
    for centre in (iri("id:jaxa"), iri("id:hayabusa2")):
        near = neighbourhood(everything, centre, depth)
        alone = typed(full_view, around=centre, depth=depth)
        assert 3 < len(near) < len(everything)
        assert dict(alone.nodes(data=True)) == dict(near.nodes(data=True))
        assert {e[:3]: e[3] for e in alone.edges(keys=True, data=True)} == {
            e[:3]: e[3] for e in near.edges(keys=True, data=True)
        }
