"""A correction, filled in as far as the store knows: for an issue, or as a patch of one line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import blame, edition, phrase, resources, sources, vocab
from kg.analytics import conflicts
from kg.errors import Origin, UnknownNameError
from kg.evidence import Support, supports
from kg.names import resolve
from kg.namespaces import RDF_TYPE, curie, iri, sp
from kg.store import View

_GENERATED = ("ofFact", "evidence")
_BLANK = "…"
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


def fact_of(view: View, name: str, prop: str = "") -> str:
    """Return the fact that a user means.

    Args:
        view: The whole store.
        name: IRI or CURIE of a fact or a claim, or the name of a thing.
        prop: With the name of a thing: only facts whose claims give this property.

    Raises:
        UnknownNameError: If no fact, or more than one, is meant; the message names them.
    """
    full = iri(name)
    if fact := _of(view, full):
        return fact
    if full.startswith((iri("fact:x")[:-1], iri("claim:x")[:-1])):
        raise UnknownNameError(f"no fact or claim '{name}'", fix="kg report NAME lists the facts")
    claims = phrase.about(view, resolve(view, name))
    given = [c for c in claims if not prop or view.objects(c, sp(prop))]
    facts = {view.value(c, sp("ofFact")): c for c in reversed(given)}
    if len(facts) == 1:
        return next(iter(facts))
    if not facts:
        raise UnknownNameError(f"no fact about '{name}' gives '{prop}'", fix="leave --property out")
    shown = [f"\n  {curie(f)}: {phrase.phrase(view, c)}" for f, c in sorted(facts.items())]
    more = [f"\n  … and {len(shown) - _MANY} more: kg show {name}"] if len(shown) > _MANY else []
    fix = "give one of these:" + "".join([*shown[:_MANY], *more])
    raise UnknownNameError(f"there are {len(shown)} facts about '{name}'", fix=fix)


def _of(view: View, full: str) -> str:
    try:
        types = view.types(full)
    except ValueError:  # what a user typed need not be an IRI
        return ""
    if sp("Fact") in types:
        return full
    return view.value(full, sp("ofFact"))


def compose(view: View, fact: str, proposal: Proposal) -> Correction:
    """Gather all that a correction of a fact needs.

    Args:
        view: The store.
        fact: IRI of the fact.
        proposal: What the user would put instead.

    Raises:
        VocabularyError: If the ontology has no such property.
        KGError: If a source that states the fact cannot be read any more.
    """
    if proposal.prop:
        vocab.load().property(proposal.prop)
    claims = view.subjects(sp("ofFact"), fact)
    support, places = supports(view, claims), _places(view, claims)
    stated = []
    for claim in claims:
        origin = places.get((claim, "", ""))
        lines = tuple(_entry(origin)) if origin else ()
        stated.append(Stated(claim, _fields(view, claim), support[claim], origin, lines))
    held = edition.held(view)
    return Correction(
        fact,
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


def markdown(correction: Correction) -> str:
    """Return a correction for an issue, with blanks where the user has to fill in."""
    c, p = correction, correction.proposal
    lines = [f"# Correction: {c.text}", "", f"- Fact: `{curie(c.fact)}`"]
    lines.append(f"- Version of the data: {c.version or 'not stated'}")
    lines += [f"- Contradiction on record: {said}" for said in c.contradictions]
    lines += ["", "## What is stated", ""]
    for stated in c.stated:
        lines += _claim(stated)
    lines += ["## What should be stated", ""]
    lines.append(f"- Property: {p.prop or _BLANK}")
    lines.append(f"- Value: {p.value or _BLANK}")
    lines.append(f"- Source, with its address: {p.source or _BLANK}")
    lines += [f"- Its words that say so: {_BLANK}", f"- Its date of issue: {_BLANK}", ""]
    lines.append(
        "A correction is one reviewed line in the file above and an entry in CHANGELOG.md."
    )
    return "\n".join(lines) + "\n"


def _claim(stated: Stated) -> Iterator[str]:
    yield f"### `{curie(stated.claim)}`"
    yield ""
    for name, values in stated.fields.items():
        yield f"- {name}: {', '.join(values)}"
    for e in stated.support.evidence:
        issued = f", {e.issued}" if e.issued else ""
        yield f"- Source ({e.tier or 'tier not stated'}): {e.title or e.document}, " + (
            f"{e.publisher or 'publisher not stated'}{issued}; `{e.document}{e.locator}`"
        )
        yield f"  - {e.words}"
        if e.url:
            yield f"  - {e.url}"
    yield f"- Stated in: {_place(stated)}"
    yield ""


def _place(stated: Stated) -> str:
    if stated.origin:
        return f"`{shown(stated.origin)}`"
    return "a row of a table that the data does not carry: write to its publisher as well"


def shown(origin: Origin) -> str:
    """Return a place as the repository knows it: path from its root, and line."""
    return f"{_relative(Path(origin.file))}:{origin.line}" if origin.line else origin.file


def _relative(path: Path) -> str:
    root = resources.root()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def patch(correction: Correction) -> str:
    """Return the lines that state a fact, or, where property and value are proposed, a diff.

    A diff changes the value in each place that gives the property; what stands before the first
    `---` line is a note that `git apply` passes over.
    """
    p = correction.proposal
    lines = [f"Correction: {correction.text} ({curie(correction.fact)})"]
    if p.source:
        lines.append(f"Source: {p.source}")
    diffs: list[str] = []
    for stated in correction.stated:
        if not stated.origin or not stated.lines:
            lines.append(f"{curie(stated.claim)}: {_place(stated)}")
            continue
        if p.prop and p.value and (found := _diff(stated.origin, stated.lines, p)):
            diffs += found
            continue
        lines += ["", f"# {shown(stated.origin)}", *stated.lines]
    return "\n".join([*lines, *([""] if diffs else []), *diffs]) + "\n"


def _diff(origin: Origin, entry: Sequence[str], proposal: Proposal) -> list[str]:
    given = re.compile(rf"^(\s*(?:- )?{re.escape(proposal.prop)}:\s+)(\S.*)$")
    places = [n for n, line in enumerate(entry) if given.match(line)]
    if not places:
        return []
    before = Path(origin.file).read_text(encoding="utf-8").split("\n")
    after, number = list(before), origin.line - 1 + places[0]
    after[number] = given.sub(lambda m: m[1] + _scalar(proposal.value, m[2]), before[number])
    name = _relative(Path(origin.file))
    return list(difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm=""))


def _scalar(value: str, former: str) -> str:
    """Write a value as the former one was, and in quotes where YAML would take it for more."""
    quoted = former[:1] in {'"', "'"} or not re.fullmatch(r"[\w+./-][\w+./:-]*", value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if quoted else value
