"""Names of the graph in a text, each with what stands beside it and names the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract import newnames
from kg.extract.gazetteer import Gazetteer, fold
from kg.extract.spans import Mention
from kg.extract.words import Words

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
        if not newnames.agrees(full[0], text[mention.start : mention.end]):
            return mention
        named = full[0]
    start = mention.start - len(named)
    begins = {"Activity", "Object"}
    if any(
        m.start < mention.start and start < m.end and not (m.kind in begins and m.start == start)
        for m in others
    ):
        return mention
    return replace(mention, start=start, end=mention.end + 1)
