"""Names of the graph in a text, each with what stands beside it and names the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract import newnames
from kg.extract.gazetteer import Gazetteer, fold
from kg.extract.spans import Mention
from kg.extract.words import Words

_ALIKE = 4
"""Letters with which two forms of one name begin: Korea, Korean."""
_LEAD = 16
"""Characters of an abbreviation, a bracket and an article at most."""
_ABBREVIATED = re.compile(r"(?<![\w-])(?P<abc>[A-Z][A-Za-z]{1,8}) \((?:the )?$")
_REST = re.compile(r"(?: [A-Z][a-z]+){1,3}(?![\w-]| [A-Z])")
_OWNER = re.compile(r"['’]s? ")


def merged(text: str, names: Gazetteer, words: Words) -> list[Mention]:
    """Return the names of a text, one mention where both parts of `Full Name (ABC)` name a thing.

    Args:
        text: The release.
        names: Names of the graph.
        words: Words of its language.
    """
    out: list[Mention] = []
    for mention in names.find(text):
        last = out[-1] if out else None
        between = text[last.end : mention.start] if last else ""
        if last and _called(last, mention, text, between, words):
            out[-1] = replace(mention, start=last.start, end=mention.end + 1)
            continue
        bracketed = between in {" (", "("} and text[mention.end : mention.end + 1] == ")"
        if last and last.slug and bracketed and mention.slug in {last.slug, ""}:
            out[-1] = replace(last, end=mention.end + 1)
            continue
        if last and between == " " and last.slug and last.slug == mention.slug:
            out[-1] = replace(last, end=mention.end)
            continue
        if last and between == ", " and last.slug and last.slug == mention.slug:
            closed = text.startswith(", ", mention.end)
            out[-1] = replace(last, end=mention.end + closed)
            continue
        if last and between == " " and last.kind == "State" and mention.kind == "Agency":
            out[-1] = mention
            continue
        national = last and last.kind == "Adjective" and mention.kind == "Agency"
        if last and national and words.form("nation_to_agency").fullmatch(between):
            closed = between.endswith(", ") and text.startswith(", ", mention.end)
            out[-1] = replace(mention, start=last.start, end=mention.end + closed)
            continue
        out.append(mention)
    out = [_spelt_out(m, out, text, names, words) for m in out]
    out = [_of_state(_in_brackets(m, text), text, names) for m in out]
    out = [m for m in out if not any(o.start == m.start and m.end < o.end for o in out)]
    for i, mention in enumerate(out):
        match = newnames.ABC.match(text, mention.end)
        fits = match and newnames.agrees(text[mention.start : mention.end], match["abc"])
        if match and fits and mention.slug and not names.by_text.get(match["abc"]):
            out[i] = replace(mention, end=match.end())
    return out


def _ends_a_name(text: str, slug: str, names: Gazetteer) -> bool:
    """Say whether words are a name of a thing without its first word."""
    rest = (n.partition(" ")[2] for n, ones in names.by_text.items() if ones[0].slug == slug)
    return " " in text and fold(text) in rest


def _called(last: Mention, mention: Mention, text: str, between: str, words: Words) -> bool:
    """Say whether a bracket tells which body is meant: "Japanese Space Agency (NASDA)".

    The words before it name no body, or one that several states could have.
    """
    if mention.method != "abbreviation" or mention.kind != "Agency" or not mention.slug:
        return False
    if text[mention.end : mention.end + 1] != ")" or not between.endswith("("):
        return False
    named = text[last.start : mention.start - 2]
    nation = last.kind in {"State", "Adjective"} and between != " ("
    generic = words.form("generic").fullmatch(last.surface or last.name) and between == " ("
    if nation and newnames.agrees(named, mention.surface):
        return False
    return bool((nation and words.form("space_body").fullmatch(between[1:-2])) or generic)


def _spelt_out(
    mention: Mention, others: Sequence[Mention], text: str, names: Gazetteer, words: Words
) -> Mention:
    """Let the full name before a known abbreviation in brackets belong to it.

    A name may lack its first word where its owner is told: "ESA's Space Operations Centre (ESOC)".
    """
    if not mention.slug or text[mention.end : mention.end + 1] != ")":
        return mention
    full = words.form("full_name").search(text[: mention.start][-120:])
    if not full:
        return mention
    named = _OWNER.split(full[0])[-1]
    if named == full[0] or not _ends_a_name(named.removesuffix(" ("), mention.slug, names):
        rests = [full[0], *(full[0][m.end() :] for m in words.form("and").finditer(full[0]))]
        abc = text[mention.start : mention.end]
        named = next((r for r in rests if newnames.agrees(r, abc)), "")
        if not named:
            return mention
    start = mention.start - len(named)
    inside = [m for m in others if m.start < mention.start and start < m.end]
    if not all(m.start == start and _may_begin(m, mention, named, names) for m in inside):
        return mention
    return replace(mention, start=start, end=mention.end + 1)


def _may_begin(first: Mention, whole: Mention, named: str, names: Gazetteer) -> bool:
    """Say whether a name may only be the first word of a longer one.

    A nation is one where a known name of the thing begins alike: "Utopian Space Agency (UNSA)".
    """
    if first.kind in {"Activity", "Object"}:
        return True
    alike = named[:_ALIKE]
    return first.kind in {"State", "Adjective"} and any(
        text.startswith(alike) and " " in text
        for text, ones in names.by_text.items()
        if ones[0].slug == whole.slug
    )


def _in_brackets(mention: Mention, text: str) -> Mention:
    """Let an abbreviation before a known name in brackets belong to it: "ABC (the Full Name)"."""
    before = _ABBREVIATED.search(text[: mention.start][-_LEAD:])
    closed = text.startswith(")", mention.end)
    named = text[mention.start : mention.end]
    if not mention.slug or not before or not closed or not newnames.agrees(named, before["abc"]):
        return mention
    return replace(mention, start=mention.start - len(before[0]), end=mention.end + 1)


def _of_state(mention: Mention, text: str, names: Gazetteer) -> Mention:
    """Let what follows a state and its abbreviation belong to the name of a body.

    "United Kingdom (UK) Space Agency".
    """
    more = _REST.match(text, mention.end)
    if mention.kind not in {"State", "Adjective"} or not more or text[mention.end - 1] != ")":
        return mention
    bearers = names.by_text.get(fold(f"{text[mention.start :].split(' (')[0]}{more[0]}"), ())
    if len(bearers) != 1 or bearers[0].kind != "Agency":
        return mention
    one, end = bearers[0], more.end()
    return Mention(
        mention.start, end, one.kind, one.label, one.slug, one.method,
        surface=text[mention.start : end],
    )  # fmt: skip
