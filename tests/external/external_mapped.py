"""A build of the mappings of users' tables without a store, to be asked what rows became."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from io import StringIO
from pathlib import Path

from kg.model import Statement
from kg.namespaces import iri, sp
from kg.plan import Plan
from kg.sources import Report

RELATION = tuple(sp(n) for n in ("relationSubject", "relationType", "relationObject"))


def _short(term: str) -> str:
    return term[1:-1].replace("#", "/").rsplit("/", 1)[-1] if term.startswith("<") else term


@dataclass
class Mapped:
    """What external files became.

    Attributes:
        reports: Source → its account.
        nodes: Entity or claim, by the end of its IRI → property, by its local name → values.
        rejected: Lines of the list of rejected rows.
    """

    reports: dict[str, Report] = field(default_factory=dict)
    nodes: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    rejected: list[list[str]] = field(default_factory=list)

    def of(self, node: str, name: str) -> list[str]:
        """Return the values of a property of a node, sorted."""
        return sorted(self.nodes.get(node, {}).get(name, []))

    def claims(self, cls: str, **fields: str) -> list[dict[str, list[str]]]:
        """Return the claims of a class with these values."""
        return [n for n in self._of_class(cls) if all(v in n.get(k, []) for k, v in fields.items())]

    def _of_class(self, cls: str) -> Iterator[dict[str, list[str]]]:
        return (n for k, n in self.nodes.items() if cls in n.get("type", []) and "ofFact" in n)

    def participants(self, activity: str, role: str) -> list[str]:
        """Return who takes part in something in a role, sorted."""
        found = self.claims("Participation", inActivity=activity, role=role)
        return sorted({p for c in found for p in c["participant"]})

    def related(self, subject: str, relation: str) -> list[str]:
        """Return to what an entity has a relation, sorted."""
        found = self.claims("Relation", relationSubject=subject, relationType=relation)
        return sorted({o for c in found for o in c["relationObject"]})

    def entity(self, scheme: str, value: str) -> list[str]:
        """Return the entities that have an identifier; never more than one if all is well."""
        held = f"identifier:{scheme}={value}"
        return sorted(k for k, n in self.nodes.items() if held in n.get("identifiers", []))


Map = Callable[..., Mapped]


@cache
def _ours() -> tuple[list[Statement], bytes]:
    """What our own sources say, and what a build knows after them: read once for all tests."""
    plan = Plan.make(Path("no workspace"), (), ())
    said = list(plan.curated({}, lambda _: None))
    return said, pickle.dumps((plan.identity, plan.names, plan.times))


def _curated(plan: Plan, home: Path) -> Iterable[Statement]:
    if (home / "sources").exists() or (home / "identity").exists():
        return plan.curated({}, lambda _: None)
    said, known = _ours()
    identity, names, times = pickle.loads(known)
    for empty, full in ((plan.identity, identity), (plan.names, names)):
        for one in fields(full):
            setattr(empty, one.name, getattr(full, one.name))
    plan.times.update(times)
    return said


def mapped(home: Path, *added: tuple[str, Path]) -> Mapped:
    """Read the curated sources, then files of the user with the mappings of the product."""
    plan = Plan.make(home, (), added)
    made, ids, has = Mapped(), dict[str, str](), list[tuple[str, str]]()
    rejected = StringIO()
    things, identifiers = iri("id:"), iri("identifier:")
    for statements in (
        _curated(plan, home),
        plan.others(made.reports, lambda _: None, rejected),
    ):
        for statement in statements:
            subject = _short(f"<{statement.subject}>")
            if statement.subject.startswith(identifiers):
                found = dict(statement.properties)
                scheme = found[sp("scheme")].strip('"')
                ids[statement.subject] = f"{scheme}={found[sp('identifierValue')].strip(chr(34))}"
                continue
            if not statement.subject.startswith((things, iri("claim:"))):
                continue
            node = made.nodes.setdefault(subject, {})
            for predicate, term in statement.properties:
                if predicate == sp("identifier"):
                    has.append((subject, term[1:-1]))
                values = node.setdefault(_short(f"<{predicate}>"), [])
                if (value := _short(term)) not in values:
                    values.append(value)
    for subject, identifier in has:
        if identifier in ids:
            held = made.nodes[subject].setdefault("identifiers", [])
            held.append(f"identifier:{ids[identifier]}")
    made.rejected = [line.split("\t") for line in rejected.getvalue().splitlines()[1:]]
    return made
