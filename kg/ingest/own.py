"""The user's own patterns: `patterns/<language>.toml` of the workspace, beside those shipped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.errors import InputError
from kg.extract import patterns, pipeline, trial, words
from kg.extract.patterns import Pattern
from kg.ingest import limits

FOLDER = "patterns"


def shipped(language: str) -> Path:
    """Return the first pattern file of a language that comes with the product."""
    return words.pattern_files(language)[0]


def files(workspace: Path, language: str) -> list[Path]:
    """Return the user's own pattern files for a language: one, or none."""
    path = workspace / FOLDER / f"{language}.toml"
    return [path] if path.is_file() else []


def patterns_of(
    language: str, own: Sequence[Path], *, checked: bool = False
) -> tuple[Pattern, ...]:
    """Return the patterns of a language: those shipped, then the user's own.

    Args:
        language: Tag of the language.
        own: Files; they may use the kinds and verbs of the shipped file.
        checked: True if the user's own have been tried on their examples already.

    Raises:
        InputError: If a file is wrong, a pattern has the name of another, misses its own example,
            finds its counter-example, or takes without end.
    """
    found = list(pipeline.load_patterns(language))
    for path in own:
        more = patterns.load(path, shipped(language), language)
        names = {p.id for p in found}
        for one in more:
            if one.id in names:
                fix = "give it an id of its own"
                raise InputError(f"pattern '{one.id}' is there already", origin=one.origin, fix=fix)
        for error in () if checked else check(more):
            raise error
        found += more
    return tuple(found)


def check(chosen: Sequence[Pattern]) -> list[InputError]:
    """Return what is wrong with some patterns: their examples, and how long they can take."""
    wrong: list[InputError] = []
    for one in chosen:
        try:
            what = f"pattern '{one.id}' may take without end"
            with limits.limited(limits.PATTERN, what, "fewer gaps and optional words"):
                wrong += trial.check([one])
                trial.strain(one)
        except limits.TimeLimitError as error:
            error.origin = one.origin
            wrong.append(error)
    return wrong
