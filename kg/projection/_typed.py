"""The fully typed graph: everything that the claims say, for pages and exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from kg import columns, period, vocab
from kg.namespaces import RDF_TYPE, sp
from kg.period import Answer
from kg.projection._filter import Filter
from kg.projection._network import describe_nodes, years
from kg.projection._ties import instances, issue_days
from kg.store import View

if TYPE_CHECKING:
    import networkx as nx

LINKS = ("agent", "object", "instrument", "destination", "place", "renews", "amends")
_GROUPS = (
    ("SpaceAgency", "agency"),
    ("State", "state"),
    ("Organization", "organization"),
    ("Person", "person"),
    ("UnnamedGroup", "group"),
    ("Activity", "activity"),
    ("SpaceObject", "object"),
    ("VehicleType", "object"),
    ("Agreement", "agreement"),
    ("CollaborationFramework", "agreement"),
    ("Post", "post"),
    ("Entity", "place"),
    ("PlannedEvent", "plan"),
    ("Intention", "plan"),
    ("Event", "event"),
)


def group(cls: str) -> str:
    """Return the group of a class, by which pages colour nodes.

    Args:
        cls: IRI of a class.
    """
    words = vocab.load()
    return next((name for top, name in _GROUPS if words.is_a(cls, top)), "other")


@dataclass(slots=True)
class _Fact:
    """The claims of one fact that the filter keeps."""

    claims: list[str] = field(default_factory=list)
    edtf: set[str] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)
    certain: bool = False

    def attributes(self) -> dict[str, Any]:
        spans = [years(e) for e in self.edtf]
        start = min((a for a, _ in spans if a), default=0)
        end = max(b for _, b in spans) if spans and all(b for _, b in spans) else 0
        found: dict[str, Any] = {
            "status": "/".join(sorted(self.statuses)),
            "edtf": " | ".join(sorted(self.edtf)),
            "certain": self.certain,
            "claims": sorted(self.claims),
        }
        return found | {k: v for k, v in (("start", start), ("end", end)) if v}


class _Reader:
    """Columns of the claims, read in bulk once."""

    def __init__(self, view: View, chosen: Filter) -> None:
        self.view, self.chosen = view, chosen
        self.facts, self.statuses = columns.single(view, "ofFact"), columns.single(view, "status")
        self._edtf = columns.single(view, "edtf")
        self._periods = {
            **columns.single(view, "period"),
            **columns.single(view, "onDate"),
            **columns.single(view, "plannedFor"),
        }
        self._issued = issue_days(view) if chosen.timed else {}
        self._kept = chosen.status_iris() if chosen.statuses else None

    def keep(self, claims: Iterable[str]) -> dict[str, _Fact]:
        """Group claims by fact, leaving out what the filter drops."""
        found: dict[str, _Fact] = defaultdict(_Fact)
        for claim in sorted(claims):
            status = self.statuses.get(claim, "")
            edtf = self._edtf.get(self._periods.get(claim, ""), "")
            answer = self._when(claim, edtf)
            if answer is Answer.NO or (self._kept is not None and status not in self._kept):
                continue
            fact = found[self.facts.get(claim, claim)]
            fact.claims.append(claim)
            fact.statuses.add(status.rsplit("/", 1)[-1])
            fact.edtf |= {edtf} - {""}
            fact.certain |= answer is Answer.YES
        return dict(sorted(found.items()))

    def _when(self, claim: str, edtf: str) -> Answer:
        if not (self.chosen.timed or self.chosen.dated_only):
            return Answer.YES
        day = self._issued.get(claim, "") if edtf.endswith("/..") else ""
        days = [date.fromisoformat(day)] if day else []
        return self.chosen.when(period.parse(edtf) if edtf else None, days)


def typed(
    view: View, chosen: Filter | None = None, *, around: str = "", depth: int = 1
) -> nx.MultiDiGraph:
    """Return the fully typed graph of a view.

    Args:
        view: The documents that count.
        chosen: Roles and classes for participations, statuses and time for everything. By
            default everything is kept: without explicit `roles` or `statuses` any counts. The
            level does not matter here.
        around: IRI of a thing: only what is near it, so that nothing else is looked up.
        depth: How many edges away from it, whatever their direction.

    Returns:
        Nodes are entities, events and plans (`label`, `cls`, `group`; events and plans also
        `status`, `edtf`, `start`, `end`, `claims`). Edges, one a fact and keyed by it: `kind`
        (participation, tenure, a type of relation, or how an entity belongs to an event),
        `label`, `status`, `edtf`, `certain`, `claims`, and `role`, `post`, `start`, `end` where
        stated. Events and plans are joined to what they concern, and events to the plans that
        they realise (`derived` true).
    """
    import networkx as nx

    reader = _Reader(view, chosen or Filter())
    edges = [*_participations(reader), *_tenures(reader), *_relations(reader)]
    happenings = dict(_happenings(reader))
    edges += _concerns(reader, happenings)
    if around:
        near = _near(edges, around, depth)
        edges = [edge for edge in edges if edge[0] in near and edge[1] in near]
        happenings = {node: said for node, said in happenings.items() if node in near}
    graph = nx.MultiDiGraph(kind="typed")
    _add_nodes(view, graph, edges, happenings)
    for source, target, key, said in sorted(edges, key=lambda e: e[:3]):
        graph.add_edge(source, target, key=key, **_attributes(said))
    return graph


def _near(edges: list[_Edge], centre: str, depth: int) -> set[str]:
    near = {centre}
    for _ in range(depth):
        near |= {end for edge in edges if near & {*edge[:2]} for end in edge[:2]}
    return near


_Said: TypeAlias = "tuple[dict[str, Any] | _Fact, ...]"
_Edge: TypeAlias = "tuple[str, str, str, _Said]"
_Happenings: TypeAlias = "dict[str, tuple[dict[str, Any], _Fact]]"


def _attributes(said: _Said) -> dict[str, Any]:
    """Put together what is said: later words replace earlier ones."""
    found: dict[str, Any] = {}
    for part in said:
        found |= part.attributes() if isinstance(part, _Fact) else part
    return found


def _participations(reader: _Reader) -> Iterator[_Edge]:
    view, chosen, words = reader.view, reader.chosen, vocab.load()
    actors, activities = columns.single(view, "participant"), columns.single(view, "inActivity")
    roles = columns.single(view, "role")
    wanted = chosen.role_iris() if chosen.roles else None
    classes = instances(view, chosen.class_iris()) if chosen.classes else None
    claims = [
        c
        for c in actors
        if (wanted is None or roles.get(c) in wanted)
        and (classes is None or activities[c] in classes)
    ]
    for key, fact in reader.keep(claims).items():
        claim = fact.claims[0]
        role = roles.get(claim, "")
        more = {"role": role.rsplit("/", 1)[-1]} if role else {}
        label = words.label(role) if role else "takes part in"
        said = {"kind": "participation", "label": label, **more}
        yield actors[claim], activities[claim], key, (said, fact)


def _tenures(reader: _Reader) -> Iterator[_Edge]:
    view = reader.view
    persons, posts = columns.single(view, "person"), columns.single(view, "post")
    homes = columns.single(view, "ofOrganization")
    for key, fact in reader.keep(persons).items():
        post = posts[fact.claims[0]]
        label = view.label(post)
        said = {"kind": "tenure", "label": label, "post": post}
        yield persons[fact.claims[0]], homes.get(post, post), key, (said, fact)


def _relations(reader: _Reader) -> Iterator[_Edge]:
    view, words = reader.view, vocab.load()
    subjects, objects = (
        columns.single(view, "relationSubject"),
        columns.single(view, "relationObject"),
    )
    types = columns.single(view, "relationType")
    for key, fact in reader.keep(subjects).items():
        claim = fact.claims[0]
        relation = types[claim]
        kind = relation.rsplit("#", 1)[-1]
        said = {"kind": kind, "label": words.label(relation)}
        yield subjects[claim], objects[claim], key, (said, fact)


def _happenings(reader: _Reader) -> Iterator[tuple[str, tuple[dict[str, Any], _Fact]]]:
    """Events and plans as nodes: fact → what is said of it."""
    words = vocab.load()
    kinds, names = columns.single(reader.view, "kind"), columns.single(reader.view, "eventName")
    for top in ("Event", "PlannedEvent", "Intention"):
        claims, of = instances(reader.view, words.subclasses(top)), group(sp(top))
        for key, fact in reader.keep(claims).items():
            claim = fact.claims[0]
            name = names.get(claim, "").replace("-", " ")
            label = words.label(kinds.get(claim, sp(top)))
            cls = kinds.get(claim, "").rsplit("#", 1)[-1] if top == "Event" else top
            named = label + (f": {name}" if name else "")
            yield key, ({"label": named, "cls": cls, "group": of}, fact)


def _concerns(reader: _Reader, happenings: _Happenings) -> Iterator[_Edge]:
    words = vocab.load()
    for name in LINKS:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        values = columns.several(reader.view, name)
        for node, (_, fact) in happenings.items():
            for claim in fact.claims:
                for value in values.get(claim, ()):
                    found[node, value].append(claim)
        for (node, value), claims in found.items():
            more = {"kind": name, "label": words.label(sp(name)), "claims": claims}
            yield node, value, f"{node}|{name}", (happenings[node][1], more)
    yield from _realized(reader, happenings)


def _realized(reader: _Reader, happenings: _Happenings) -> Iterator[_Edge]:
    label = vocab.load().label(sp("realizes"))
    for event, plan in realizations(reader.view):
        if event in happenings and plan in happenings:
            claims = sorted({*happenings[event][1].claims, *happenings[plan][1].claims})
            said = {"kind": "realizes", "label": label, "derived": True, "claims": claims}
            yield event, plan, f"{event}|realizes", (said,)


def realizations(view: View) -> list[tuple[str, str]]:
    """Return pairs of the fact that happened and the planned fact that it realises, sorted."""
    query = """SELECT ?happened ?fact ?plan { ?happened sp:realizes ?plan
        OPTIONAL { ?happened sp:ofFact ?fact } }"""
    return sorted({(fact or happened, plan) for happened, fact, plan in view.rows(query)})


def _add_nodes(view: View, graph: Any, edges: Iterable[_Edge], happenings: _Happenings) -> None:
    ends = {end for source, target, _, _ in edges for end in (source, target)}
    describe_nodes(view, graph, sorted(ends - set(happenings)))
    for node in graph:
        types = view.objects(node, RDF_TYPE)
        graph.nodes[node]["group"] = group(types[0]) if types else "other"
    for node in sorted(happenings):
        graph.add_node(node, **_attributes(happenings[node]))
