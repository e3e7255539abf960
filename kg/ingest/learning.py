"""How often a pattern is right, learnt from what reviewers decided.

What a pattern declares is the mean of a Beta prior of a fixed weight; each decision on what the
pattern found counts once. The decisions are the only input: the same file gives the same numbers.

Reference: the mean of a Beta distribution after a row of yes and no (Gelman et al., Bayesian Data
Analysis, 3rd edition, section 2.4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.extract import frame, gate, quotes, words
from kg.extract.patterns import Pattern
from kg.extract.spans import Candidate
from kg.ingest import own
from kg.ingest.ledger import Ledger

WEIGHT = 10
"""Decisions that the prior weighs as much as."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a pattern.

    Attributes:
        pattern: Its name.
        declared: Share of its findings that are right, as it declares: the prior mean.
        right: Findings that reviewers accepted as they were.
        wrong: Findings that they rejected or changed.
    """

    pattern: str
    declared: float
    right: int = 0
    wrong: int = 0

    @property
    def learnt(self) -> float:
        """The posterior mean."""
        return (WEIGHT * self.declared + self.right) / (WEIGHT + self.right + self.wrong)

    @property
    def fallen(self) -> bool:
        """Whether decisions took it under the gate."""
        return self.learnt < gate.THRESHOLD <= self.declared


Records = Mapping[str, Record]


def records(chosen: Iterable[Pattern], decided: Ledger) -> dict[str, Record]:
    """Return the record of each pattern, and of what is read by the form of a release.

    Args:
        chosen: Patterns.
        decided: The decisions.
    """
    counts = Counter((str(d.get("pattern", "")), d["verdict"]) for d in decided.decisions.values())
    declared = {**{p.id: p.precision for p in chosen}, **frame.PRECISION, **quotes.PRECISION}
    return {
        name: Record(
            name, mean, counts[name, "accept"], counts[name, "reject"] + counts[name, "edit"]
        )
        for name, mean in declared.items()
    }


def of(language: str, workspace: Path, decided: Ledger) -> dict[str, Record]:
    """Return the records of the patterns of a language that decisions speak of.

    Args:
        language: Tag of the language.
        workspace: The workspace, for the user's own patterns.
        decided: The decisions.

    Raises:
        InputError: If a pattern file of the user is wrong.
    """
    if not any(d.get("pattern") for d in decided.decisions.values()):
        return {}
    files = own.files(workspace, language)
    known = language in words.languages()
    chosen = own.patterns_of(language, files, checked=True) if known else ()
    found = records(chosen, decided)
    return {name: one for name, one in found.items() if one.right or one.wrong}


def weighed(one: Candidate, known: Records) -> Candidate:
    """Return a candidate with the confidence that decisions on its pattern leave it.

    Args:
        one: With the confidence that its pattern declares.
        known: The records.
    """
    record = known.get(one.pattern)
    if not record:
        return one
    confidence = round(one.confidence * record.learnt / record.declared, 3)
    if one.reasons:
        confidence = min(confidence, round(gate.THRESHOLD - 0.01, 3))
    reasons = one.reasons
    if confidence < gate.THRESHOLD <= one.confidence:
        tried = record.right + record.wrong
        reasons = (
            *reasons,
            f"the pattern {one.pattern} was right in {record.right} of {tried} decisions",
        )
    return replace(one, confidence=confidence, reasons=reasons)


def fallen(known: Records) -> Iterator[str]:
    """Yield a sentence for each pattern that decisions took under the gate, by name."""
    for name in sorted(known):
        one = known[name]
        if one.fallen:
            yield (
                f"{name} fell under the gate of {gate.THRESHOLD}: declared {one.declared:.2f}, "
                f"{one.right} accepted, {one.wrong} rejected, now {one.learnt:.2f}"
            )
