"""A correction in words, for an issue, and as the lines of the data, for a patch."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg import resources
from kg.errors import Origin, UnknownNameError
from kg.namespaces import curie
from kg.report.content import Correction, Proposal, Stated

_BLANK = "…"


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

    What stands before the first `---` line of a diff is a note that `git apply` passes over.

    Raises:
        UnknownNameError: If several claims give the property: each says what its own document says.
    """
    p = correction.proposal
    giving = [s for s in correction.stated if p.prop in s.fields]
    if p.value and len(giving) > 1:
        said = [f"\n  {curie(s.claim)}: {', '.join(s.fields[p.prop])}" for s in giving]
        message = f"{len(giving)} documents state '{p.prop}' of this fact"
        raise UnknownNameError(message, fix="give the claim that is wrong:" + "".join(said))
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
    before = Path(origin.file).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    after, number = list(before), origin.line - 1 + places[0]
    after[number] = given.sub(lambda m: m[1] + _scalar(proposal.value, m[2]), before[number])
    name = _relative(Path(origin.file))
    return list(difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm=""))


def _scalar(value: str, former: str) -> str:
    """Write a value as the former one was, and in quotes where YAML would take it for more."""
    quoted = former[:1] in {'"', "'"} or not re.fullmatch(r"[\w+./-][\w+./:-]*", value)
    return json.dumps(value, ensure_ascii=False) if quoted else value
