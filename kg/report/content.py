"""What a correction needs: the fact, its claims with their evidence, and where they are stated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import blame, edition, phrase, resources, sources, vocab
from kg.analytics import conflicts
from kg.errors import Origin, UnknownNameError
from kg.evidence import Support, supports
from kg.names import exists, resolve
from kg.namespaces import RDF_TYPE, curie, iri, sp
from kg.store import View

_GENERATED = ("ofFact", "evidence")
_MANY = 12


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the user would put instead.

    Attributes:
        prop: Name of a property, such as "onDate", or "".
        value: Its value, or "".
        source: Address of the source that states it, or "".
    """

    prop: str = ""
    value: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim of the fact, and where the data states it.

    Attributes:
        claim: IRI of the claim.
        fields: Property → values, as a source would write them.
        support: Its evidence.
        origin: File and line, or None for a row of a table that the data does not carry.
        lines: The lines of the file that state it.
    """

    claim: str
    fields: dict[str, list[str]]
    support: Support
    origin: Origin | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact, what is stated of it, and what is proposed.

    Attributes:
        fact: IRI of the fact.
        text: The fact in one line.
        version: Version of the data, or "".
        stated: Its claims, sorted.
        contradictions: Every side of each contradiction among them.
        proposal: What the user would put instead.
    """

    fact: str
    text: str
    version: str
    stated: tuple[Stated, ...]
    contradictions: tuple[str, ...]
    proposal: Proposal


def claims_of(view: View, name: str, prop: str = "") -> list[str]:
    """Return the claims that a user means: one, or all of a fact.

    Args:
        view: The whole store.
        name: IRI or CURIE of a fact or a claim, or the name of a thing.
        prop: With the name of a thing: only facts whose claims give this property.

    Raises:
        UnknownNameError: If no fact, or more than one, is meant; the message names them.
        VocabularyError: If the ontology has no such property.
    """
    if prop:
        vocab.load().property(prop)
    full = iri(name)
    if full.startswith((iri("fact:x")[:-1], iri("claim:x")[:-1])):
        found = view.subjects(sp("ofFact"), full) if exists(view, full) else []
        if not found and not (exists(view, full) and view.value(full, sp("ofFact"))):
            raise UnknownNameError(f"no fact or claim '{name}'", fix="kg report NAME lists facts")
        return found or [full]
    claims = phrase.about(view, resolve(view, name))
    given = [c for c in claims if not prop or view.objects(c, sp(prop))]
    facts = {view.value(c, sp("ofFact")): c for c in reversed(given)}
    if len(facts) == 1:
        return view.subjects(sp("ofFact"), next(iter(facts)))
    if not facts:
        raise UnknownNameError(f"no fact about '{name}' gives '{prop}'", fix="leave --property out")
    listed = [f"\n  {curie(f)}: {phrase.phrase(view, c)}" for f, c in sorted(facts.items())]
    more = [f"\n  … and {len(listed) - _MANY} more"] if len(listed) > _MANY else []
    fix = "give one of these:" + "".join([*listed[:_MANY], *more])
    raise UnknownNameError(f"there are {len(listed)} facts about '{name}'", fix=fix)


def compose(view: View, claims: Sequence[str], proposal: Proposal) -> Correction:
    """Gather all that a correction of a fact needs.

    Args:
        view: The store.
        claims: IRIs of claims of one fact.
        proposal: What the user would put instead.

    Raises:
        KGError: If a source that states the fact cannot be read any more.
    """
    support, places = supports(view, claims), _places(view, claims)
    stated = []
    for claim in claims:
        origin = places.get((claim, "", ""))
        lines = tuple(_entry(origin)) if origin else ()
        stated.append(Stated(claim, _fields(view, claim), support[claim], origin, lines))
    held = edition.held(view)
    return Correction(
        view.value(claims[0], sp("ofFact")),
        phrase.phrase(view, claims[0]),
        held.version if held else "",
        tuple(stated),
        tuple(conflicts.sides(view, claims)),
        proposal,
    )


def _places(view: View, claims: Sequence[str]) -> dict[blame.Place, Origin]:
    """Find the claims in the sources; only those are read that name one of their documents."""
    names = {d for s in supports(view, claims).values() for e in s.evidence if (d := e.document)}
    home = view.home / "sources" if view.home else None
    folders = [resources.data_sources(), *([home] if home else [])]
    chosen = [s for s in sources.find(folders) if _names_one(s.folder, names)]
    return blame.locate(chosen, [(c, "", "") for c in claims])


def _names_one(folder: Path, names: set[str]) -> bool:
    texts = (p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.yaml")))
    wanted = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])")
    return bool(names) and any(wanted.search(text) for text in texts)


def _fields(view: View, claim: str) -> dict[str, list[str]]:
    """Return what a claim says, values as a source would write them."""
    home, found = sp(""), {}
    for predicate, values in sorted(view.described(claim).items()):
        name = predicate.removeprefix(home)
        if predicate != RDF_TYPE and name != predicate and name not in _GENERATED:
            found[name] = sorted(_written(view, v) for v in values)
    return found


def _written(view: View, value: str) -> str:
    if value.startswith(iri("period:x")[:-1]):
        return view.value(value, sp("edtf"))
    return curie(value).partition(":")[2] if value.startswith("https://w3id.org/") else value


def _entry(origin: Origin) -> Iterator[str]:
    """Yield the lines of an entry: from its own to the next that is not deeper."""
    path = Path(origin.file)
    if not origin.line or not path.is_file():
        return
    rest = path.read_text(encoding="utf-8").split("\n")[origin.line - 1 :]
    depth = len(rest[0]) - len(rest[0].lstrip())
    yield rest[0]
    for line in rest[1:]:
        inner = len(line) - len(line.lstrip())
        if not line.strip() or inner < depth or (inner == depth and line.lstrip()[0] in "-#"):
            return
        yield line
