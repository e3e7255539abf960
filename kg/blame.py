"""Problems that stop a build, each with the place in the sources that it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from kg import model, sources, vocab
from kg.errors import InputError, KGError, Origin, ValidationError
from kg.model import Statement
from kg.sources import Report, Source
from kg.validate import Problem

Place: TypeAlias = tuple[str, str, str]
"""A node, and the property and the value that are wrong ("" where not known)."""


def refuse(problems: Iterable[Problem], chosen: Sequence[Source]) -> None:
    """Stop the build if there is a violation among some problems.

    Raises:
        ValidationError: That tells them all, with their places.
    """
    broken = [p for p in problems if p.severity == "violation"]
    if not broken:
        return
    places = locate(chosen, [(p.node, p.path, p.value) for p in broken])
    errors: list[KGError] = []
    for problem in broken:
        name = problem.node.rsplit("/", 1)[-1]
        message = f"{problem.message} [{problem.rule}] ({name})"
        place = problem.node, problem.path, problem.value
        errors.append(ValidationError(message, origin=places.get(place)))
    raise together(errors, "problems that validation found", ValidationError)


def locate(chosen: Sequence[Source], wanted: Iterable[Place]) -> dict[Place, Origin]:
    """Run the loaders again to find where the sources speak of some nodes.

    Args:
        chosen: The sources of the build.
        wanted: What to look for; of several statements about a node the one counts that gives the
            property and the value, else the property, else the first.
    """
    found: dict[Place, tuple[int, Origin]] = {}
    by_node: dict[str, set[Place]] = defaultdict(set)
    for place in wanted:
        by_node[place[0]].add(place)
    words = vocab.load()
    for source in chosen:
        for statement in sources.load(source, words, Report()):
            for place in by_node.get(statement.subject, ()):
                fit = _fit(statement, place)
                if place not in found or fit > found[place][0]:
                    found[place] = fit, statement.origin
    return {place: origin for place, (_, origin) in found.items()}


def _fit(statement: Statement, place: Place) -> int:
    _, path, value = place
    terms = [term for predicate, term in statement.properties if predicate == path]
    literal = model.text(value)
    exact = any(t == f"<{value}>" or t.startswith(literal) for t in terms)
    return bool(terms) + (bool(value) and exact)


def together(
    errors: Sequence[KGError], what: str, kind: type[KGError] = InputError, most: int = 20
) -> KGError:
    """Return one error for several."""
    if len(errors) == 1:
        return errors[0]
    shown = [str(e) for e in errors[:most]]
    if len(errors) > most:
        shown.append(f"… and {len(errors) - most} more")
    return kind(f"{len(errors)} {what}:\n" + "\n".join(shown))
