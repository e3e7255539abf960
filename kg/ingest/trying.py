"""What patterns would find, before they go live: every hit in stored releases or given texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.extract import gate, patterns, pipeline, words
from kg.extract.gazetteer import Gazetteer
from kg.extract.patterns import Pattern
from kg.extract.spans import Candidate, Release
from kg.ingest import keeping, learning, limits, manifest, own, reading, run
from kg.ingest.describing import Register, describe
from kg.ingest.ledger import Ledger
from kg.store import View
from kg.table import NOT_STATED, Cell, Table

_COLUMNS = ("pattern", "statement", "modality", "would", "known", "place", "words")


def stored(workspace: Path, language: str) -> Iterator[tuple[Release, list[Candidate]]]:
    """Yield the kept releases of a language, with what is extracted from them today."""
    for kept in keeping.read_all(workspace):
        said = kept.document
        if kept.language == language:
            release = Release(
                kept.id, kept.text, str(said.get("publisher", "")), str(said.get("tier", "")),
                str(said.get("issued", "")), language,
            )  # fmt: skip
            yield release, list(kept.candidates)


def given(
    view: View, workspace: Path, paths: Sequence[Path], language: str, names: Gazetteer
) -> Iterator[tuple[Release, list[Candidate]]]:
    """Yield releases from files and folders, with what the shipped and own patterns find in them.

    Raises:
        KGError: If a file cannot be read.
    """
    register = Register.of(view, workspace)
    live = own.patterns_of(language, own.files(workspace, language))
    for item in manifest.items(paths, {"language": language}):
        got = reading.read(item.path, language=language)
        said = describe(view, item, got, names, register)
        release = Release(
            said["id"], got.text, said.get("publisher", ""), said["tier"], said.get("issued", ""),
            language,
        )  # fmt: skip
        yield release, pipeline.extract(release, names, live)


def table(
    chosen: Sequence[Pattern],
    texts: Iterable[tuple[Release, list[Candidate]]],
    names: Gazetteer,
    known: learning.Records,
) -> Table:
    """Return every hit of some patterns, with where it would go and whether it is known.

    Args:
        chosen: The patterns to try.
        texts: Releases with what is extracted from them today.
        names: Names of the graph.
        known: What decisions say of patterns.

    Raises:
        TimeLimitError: If a release takes too long.
    """
    ids, rows, count = {p.id for p in chosen}, list[tuple[str, ...]](), 0
    for release, today in texts:
        count += 1
        before = {_said(c) for c in today}
        with limits.limited(limits.RELEASE, f"reading {release.id}"):
            found = pipeline.extract(release, names, chosen)
        rows += [_row(learning.weighed(c, known), before) for c in found if c.pattern in ids]
    silent = sorted(ids - {row[0] for row in rows})
    notes = (f"without a hit: {', '.join(silent)}",) if silent else ()
    title = f"hits: {len(rows)}; patterns: {len(ids)}; releases: {count}"
    return Table(_COLUMNS, tuple(rows), title, notes)


def _said(one: Candidate) -> tuple[str, str, str, str]:
    return one.subject.name, one.relation, one.object.name, one.modality


def _row(one: Candidate, known: set[tuple[str, str, str, str]]) -> tuple[str, ...]:
    sure = one.confidence >= gate.THRESHOLD and not one.reasons
    first = one.evidence[0]
    return (
        one.pattern,
        f"{one.subject.name} | {one.relation} | {one.object.name}",
        one.modality,
        "go to the graph" if sure else "wait for review",
        "yes" if _said(one) in known else "no",
        f"{one.release}#char={first.start},{first.end}",
        first.quote,
    )


def listed(language: str, workspace: Path, decided: Ledger) -> Table:
    """Return the patterns of a language, with what people decided on what they found.

    Args:
        language: Tag of the language.
        workspace: The workspace, for the user's own patterns.
        decided: The decisions.

    Raises:
        InputError: If there are no patterns for the language, or a file is wrong.
    """
    words.load(language)
    chosen = own.patterns_of(language, own.files(workspace, language))
    known = learning.records(chosen, decided)
    rows = [_pattern_row(one, known[one.id], language) for one in chosen]
    rows += [_form_row(known[name]) for name in sorted(known.keys() - {p.id for p in chosen})]
    columns = (
        "pattern", "gives", "modality", "prior", "accepted", "rejected", "learnt", "from",
    )  # fmt: skip
    notes = (
        f"prior: what the pattern declares, weighed as {learning.WEIGHT} decisions; learnt: the "
        "mean after the decisions, by which the gate goes; rejected: or changed",
        *learning.fallen(known),
    )
    return Table(columns, tuple(rows), f"{len(rows)} patterns of language {language}", notes)


def _pattern_row(one: Pattern, record: learning.Record, language: str) -> tuple[Cell, ...]:
    shipped = Path(one.origin.file) in words.pattern_files(language)
    gives = tuple(" ".join(t).removeprefix("subject ").removesuffix(" object") for t in one.emits)
    home = "shipped" if shipped else "own"
    return (one.id, gives, one.modality, *_counts(record), home)


def _form_row(record: learning.Record) -> tuple[Cell, ...]:
    """What is read by the form of a release has no template."""
    return (record.pattern, NOT_STATED, NOT_STATED, *_counts(record), "form")


def _counts(record: learning.Record) -> tuple[str, ...]:
    right, wrong = str(record.right), str(record.wrong)
    return f"{record.declared:.2f}", right, wrong, f"{record.learnt:.2f}"


def gazetteer(view: View, language: str, decided: Ledger) -> Gazetteer:
    """Return the names that releases of a language are searched for."""
    return pipeline.gazetteer(run.names(view, language, decided), language)


def load(path: Path, language: str) -> tuple[Pattern, ...]:
    """Read a pattern file; one that is not shipped may use the kinds and verbs of the shipped one.

    Raises:
        InputError: With file and line, if it is wrong or has no pattern.
    """
    base = own.shipped(language)
    words.load(language)
    return patterns.load(path, None if path.resolve() == base.resolve() else base, language)
