"""Extractors of others: found by entry point, off by default, and never more than a proposal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

from kg.errors import InputError, suggest
from kg.extract import gate, layout, mentions, words
from kg.extract.gazetteer import Gazetteer
from kg.extract.patterns import MODALITIES, RELATIONS
from kg.extract.spans import Candidate, Mention, Release

GROUP = "kg.extractors"


@runtime_checkable
class Extractor(Protocol):
    """What a package offers under the entry point group `kg.extractors`.

    Attributes:
        name: Its name, as `kg ingest --extractor` takes it.
        version: Its version; another one reads the releases anew.
    """

    name: str
    version: str

    def extract(self, release: Release, mentions: Sequence[Mention]) -> Iterable[Candidate]:
        """Return what it reads in a release; each candidate quotes the words that say it."""


def load(names: Iterable[str]) -> tuple[Extractor, ...]:
    """Return installed extractors by name.

    Raises:
        InputError: If none has the name, or what it offers is no extractor.
    """
    found = {e.name: e for e in entry_points(group=GROUP)}
    made: list[Extractor] = []
    for name in names:
        if name not in found:
            known = ", ".join(sorted(found)) or "none"
            fix = suggest(name, found) or f"installed extractors: {known}"
            raise InputError(f"no extractor '{name}'", fix=fix)
        offered = found[name].load()
        one = offered() if isinstance(offered, type) else offered
        if not isinstance(one, Extractor):
            fix = "it needs name, version and extract(release, mentions)"
            raise InputError(f"'{name}' is no extractor", fix=fix)
        made.append(one)
    return tuple(made)


def propose(
    one: Extractor, release: Release, names: Gazetteer, dropped: Counter[str]
) -> Iterator[Candidate]:
    """Yield what an extractor reads, for review only, as far as its quotes are in the text.

    Args:
        one: The extractor.
        release: The document.
        names: Names of the graph.
        dropped: Filled with reason → number of candidates that are left out.

    Raises:
        InputError: If the extractor fails.
    """
    for given in _asked(one, release, names):
        reason = _wrong(given, release)
        if reason:
            dropped[f"{one.name}: {reason}"] += 1
            continue
        made = replace(
            given,
            release=release.id,
            subject=_known(given.subject, names),
            object=_known(given.object, names),
            pattern=f"{one.name} {one.version}",
        )
        judged = gate.judge(made, release)
        sure = min(judged.confidence, gate.THRESHOLD - 0.01)
        reason = f"read by the extractor {one.name}, not by a pattern"
        yield replace(judged, confidence=sure, reasons=(*judged.reasons, reason))


def _asked(one: Extractor, release: Release, names: Gazetteer) -> list[Candidate]:
    try:
        return list(one.extract(release, _mentions(release, names)))
    except Exception as error:  # code of others may raise anything
        fix = "leave --extractor out, or tell its author"
        message = f"the extractor {one.name} failed: {type(error).__name__}: {error}"
        raise InputError(message, fix=fix) from error


def _mentions(release: Release, names: Gazetteer) -> list[Mention]:
    said = words.load(release.language)
    parts = [s for s in layout.sentences(release.text, said) if s.zone != "contact"]
    return [m for _, found in mentions.find(release, parts, names, said) for m in found]


def _wrong(given: Candidate, release: Release) -> str:
    if given.relation not in RELATIONS:
        return "a relation that is not in the list"
    if given.modality not in MODALITIES:
        return "a modality that is not in the list"
    if not given.evidence:
        return "no quote"
    for quoted in given.evidence:
        inside = 0 <= quoted.start < quoted.end <= len(release.text)
        if not inside or release.text[quoted.start : quoted.end] != quoted.quote:
            return "a quote that is not in the text at its place"
    return ""


def _known(end: Mention, names: Gazetteer) -> Mention:
    """Only what the graph has keeps its identifier."""
    return end if end.slug in names.slugs or end.kind == "Document" else replace(end, slug="")
