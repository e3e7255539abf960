"""Patterns as data: read from TOML, each with examples and counter-examples."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import InputError, Origin, suggest
from kg.extract import signs, words
from kg.extract.marked import KINDS
from kg.extract.templates import Template, Verbs, compile_template
from kg.extract.words import Words

RELATIONS = frozenset({
    "issued", "quotedIn", "hasAbbreviation", "isA", "headOf", "holdsOffice", "memberOf",
    "participatesIn", "signatoryOf", "signedAgreementWith", "cooperatesWith", "sharesDataWith",
    "metWith", "visited", "attended", "hosted", "leads", "operates", "develops", "provides",
    "contributesTo", "launches", "launchDate", "captures", "berthsTo", "visits", "installedOn",
    "partOf", "crewOf", "trainsAt", "supportsParticipationIn", "studies", "hasPurpose",
    "hasCount", "startDate", "endDate", "locatedIn", "founded", "awardedContract", "engagedWith",
    "launchSite", "carries", "collidedWith", "succeeds",
})  # fmt: skip
SYMMETRIC = frozenset(
    ["cooperatesWith", "metWith", "sharesDataWith", "signedAgreementWith", "engagedWith"]
)
"""Relations that say the same read from either end."""
_REGEX = "correct it, or escape its signs with \\"
_TABLES = "write [[pattern]] with two brackets"
MODALITIES = ("occurred", "ongoing", "planned", "claimed")
_ORDER = re.compile(r"(?:[SO] ){0,2}\*(?: [SO]){0,2}|S& \*|\* S&")
_KEYS = {
    "id", "relation", "kinds", "text", "modality", "precision", "qualifiers", "also", "officers",
    "settled", "ends", "free", "parts", "named", "order", "only", "unless", "zone", "examples",
    "not_examples",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A pattern: what it looks for and what it gives.

    Attributes:
        id: Its name.
        emits: Triples of slot, relation, slot.
        templates: The ways of saying it.
        modality: What it gives where the verb does not tell.
        precision: Share of its matches that are right, above 0 and at most 1.
        qualifiers: Fixed qualifiers.
        officers: True where what persons do in office is done by their organizations.
        settled: True where "will" among the words says nothing of the relation itself.
        parts: True where a possessive may end the words: "X's part" is as good as "X".
        named: True where capitals alone make no end: it names two things side by side.
        slots: Slot → kinds of mentions that fit.
        order: Where the ends stand that the words do not name, S and O before or after their *:
            such a pattern only proposes; "" where the words name both.
        only: Regular expression that the words must have, or "".
        unless: Regular expression that the words must not have, or "".
        zone: Zone of the sentences that it reads, or "" for all.
        examples: What it must find: `say` and `gives`.
        counter: What it must not find.
        origin: File of the pattern.
        words: Words of its language.
    """

    id: str
    emits: tuple[tuple[str, str, str], ...]
    templates: tuple[Template, ...]
    modality: str
    precision: float
    qualifiers: Mapping[str, str]
    officers: bool
    settled: bool
    parts: bool
    named: bool
    slots: Mapping[str, frozenset[str]]
    order: str
    only: str
    unless: str
    zone: str
    examples: tuple[Mapping[str, Any], ...]
    counter: tuple[str, ...]
    origin: Origin
    words: Words


def load(path: Path, base: Path | None = None, language: str = "en") -> tuple[Pattern, ...]:
    """Read a file of patterns.

    Args:
        path: The file.
        base: A file whose kinds and verbs it may use too.
        language: Tag of its language.

    Raises:
        InputError: With file and pattern, if it is no TOML, names an unknown relation, kind or
            key, or has no example or no counter-example.
    """
    text, content = _parsed(path)
    shared = _parsed(base)[1] if base else {}
    kinds, verbs = (_lists(name, shared) | _lists(name, content) for name in ("kinds", "verbs"))
    named = {k: str(v) for each in (shared, content) for k, v in each.get("words", {}).items()}
    said = words.load(language)
    found: dict[str, Pattern] = {}
    if not isinstance(content.get("pattern", []), list):
        raise InputError("'pattern' is no list of tables", origin=Origin(str(path)), fix=_TABLES)
    for given in content.get("pattern", []):
        if not isinstance(given, Mapping):
            raise InputError("no pattern", origin=Origin(str(path)), fix=_TABLES)
        name = str(given.get("id", "?"))
        where = Origin(str(path), _line(text, name))
        try:
            if name in found:
                raise InputError("it stands twice", fix="give each pattern an id of its own")
            found[name] = _pattern(name, _spelt_out(given, named), kinds, verbs, said, where)
        except InputError as error:
            message = f"pattern '{name}': {error.message}"
            raise InputError(message, origin=where, fix=error.fix) from None
        except (AttributeError, TypeError, ValueError) as error:
            message = f"pattern '{name}': a value of the wrong form: {error}"
            raise InputError(message, origin=where, fix="copy one that is shipped") from None
    return tuple(found.values())


def _spelt_out(given: Mapping[str, Any], words: Mapping[str, str]) -> Mapping[str, Any]:
    """Put the words of `@name` into the templates."""

    def put(match: re.Match[str]) -> str:
        if match[1] not in words:
            fix = suggest(match[1], words) or "give it under [words]"
            raise InputError(f"unknown words '@{match[1]}'", fix=fix)
        return words[match[1]]

    after = words.get("prepositions", "").split() if given.get("free") else []
    return {
        **given,
        "after": after,
        "text": [re.sub(r"@([a-z]+)", put, t) for t in given.get("text", [])],
    }


def _parsed(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        where = Origin(str(path), int(line[1]) if line else 0)
        raise InputError(f"no pattern file: {error}", origin=where) from None


def _lists(name: str, content: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    given = content.get(name, {})
    return {k: tuple(v) for k, v in given.items()} if isinstance(given, Mapping) else {}


def _line(text: str, name: str) -> int:
    lines = text.splitlines()
    return next((n for n, x in enumerate(lines, 1) if f'id = "{name}"' in x), 0)


def _pattern(
    name: str,
    given: Mapping[str, Any],
    kinds: Mapping[str, tuple[str, ...]],
    verbs: Verbs,
    said: Words,
    where: Origin,
) -> Pattern:
    for key in given:
        if key not in _KEYS | {"after"}:
            raise InputError(f"unknown key '{key}'", fix=suggest(key, _KEYS))
    if not given.get("examples") or not given.get("not_examples"):
        fix = "add examples = [...] and not_examples = [...]"
        raise InputError("it has no example, or no counter-example", fix=fix)
    if not all(isinstance(e, Mapping) and "say" in e for e in given["examples"]):
        raise InputError("an example without say", fix='write { say = "…", gives = ["…"] }')
    modality = str(given.get("modality", "ongoing"))
    if modality not in MODALITIES:
        raise InputError(f"unknown modality '{modality}'", fix=suggest(modality, MODALITIES))
    precision = given.get("precision", 0.9)
    if not isinstance(precision, int | float) or not 0 < precision <= 1:
        raise InputError("precision is a number above 0 and at most 1")
    emits = [_emitted(f"subject {given.get('relation')} object")]
    emits += [_emitted(text) for text in given.get("also", [])]
    ends = bool(given.get("ends", False))
    order = _order(given)
    slots = {k: tuple(_kinds(k, v, kinds)) for k, v in given.get("kinds", {}).items()}
    return Pattern(
        id=name,
        emits=tuple(emits),
        templates=tuple(
            _with_ends(
                compile_template(t, slots, verbs, signs.of(said), ends=ends, after=given["after"]),
                slots,
                order,
            )
            for t in given.get("text", [])
        ),
        modality=modality,
        precision=float(precision),
        qualifiers=dict(given.get("qualifiers", {})),
        officers=bool(given.get("officers", False)),
        settled=bool(given.get("settled", False)),
        parts=bool(given.get("parts", False)),
        named=bool(given.get("named", False)),
        slots={k: frozenset(v) for k, v in slots.items()},
        order=order,
        only=_regex(given, "only"),
        unless=_regex(given, "unless"),
        zone=str(given.get("zone", "")),
        examples=tuple(given["examples"]),
        counter=tuple(given["not_examples"]),
        origin=where,
        words=said,
    )


def _with_ends(template: Template, slots: Mapping[str, tuple[str, ...]], order: str) -> Template:
    """A template that needs a mention for each end that its words do not name, too."""
    names = [n for n in ("subject", "object") if n[0].upper() in order and slots.get(n)]
    more = tuple(frozenset(slots[n]) | {"Group", "Unknown"} for n in names)
    return replace(template, needs=(*template.needs, *more))


def _order(given: Mapping[str, Any]) -> str:
    order = str(given.get("order", ""))
    if order and not _ORDER.fullmatch(order):
        fix = "S and O, before or after the words: S * O; or a list of both: S& *"
        raise InputError(f"no order of ends: '{order}'", fix=fix)
    return order


def _regex(given: Mapping[str, Any], key: str) -> str:
    text = str(given.get(key, ""))
    try:
        re.compile(text)
    except re.error as error:
        raise InputError(f"{key} is no regular expression: {error}", fix=_REGEX) from None
    return text


def _emitted(text: str) -> tuple[str, str, str]:
    parts = text.split()
    if len(parts) != 3:
        raise InputError(f"'{text}' is no 'slot relation slot'")
    if parts[1] not in RELATIONS:
        fix = suggest(parts[1], RELATIONS) or "see the closed list of relations"
        raise InputError(f"unknown relation '{parts[1]}'", fix=fix)
    return parts[0], parts[1], parts[2]


def _kinds(
    slot: str, names: str | Iterable[str], kinds: Mapping[str, tuple[str, ...]]
) -> Iterable[str]:
    for name in [names] if isinstance(names, str) else names:
        if name not in kinds and name not in KINDS:
            fix = suggest(name, [*KINDS, *kinds])
            raise InputError(f"unknown kind '{name}' of slot '{slot}'", fix=fix)
        yield from kinds.get(name, (name,))
