"""All mentions of a release: names of the graph, persons, dates, numbers, groups, new names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract import dates, fullnames, groups, newnames, persons, redefined, sites
from kg.extract.gazetteer import Gazetteer
from kg.extract.layout import Sentence
from kg.extract.marked import Marked, mark, quoted
from kg.extract.persons import joined
from kg.extract.spans import Mention, Release
from kg.extract.words import Words, either

_CITY = 40
"""Characters before a state in which a place of it stands."""
_HEADING = 110
"""Characters of a heading at most."""


def find(
    release: Release, parts: Sequence[Sentence], names: Gazetteer, words: Words
) -> list[tuple[Sentence, list[Mention]]]:
    """Return the sentences with their mentions, groups resolved to what stands before them.

    Args:
        release: The document.
        parts: Its sentences.
        names: Names of the graph.
        words: Words of its language.
    """
    known = redefined.apart(release.text, fullnames.merged(release.text, names, words), names)
    known = _nations(known, release, words)
    fresh: list[list[Mention]] = []
    split: list[list[Mention]] = []
    for part in parts:
        inside = [m for m in known if part.start <= m.start and m.end <= part.end]
        inside = joined(inside, sites.find(release.text, part, names, words))
        split.append(inside)
        fresh.append(list(newnames.find(release.text, part, inside, words)))
    defined = [m for m in known if _defines(m, release.text, names)]
    repeated = newnames.again(release.text, parts, [*(m for many in fresh for m in many), *defined])
    found: list[tuple[Sentence, list[Mention]]] = []
    bearers: dict[str, Mention] = {}
    for part, inside, new in zip(parts, split, fresh, strict=True):
        more = [m for m in repeated if part.start <= m.start and m.end <= part.end]
        inside = [m for m in inside if not _begins(m, inside, new, words)]
        inside = _ministries(joined(joined(inside, new), more), release.text, words)
        inside = joined(inside, _acronyms(release.text, part, inside, words))
        inside = joined(
            inside, dates.find(release.text, part.start, part.end, release.issued, words)
        )
        inside = [_grown(m, release.text, words) for m in inside]
        if part.zone != "title":
            owned = (_owning(m, inside, release.text, words) for m in inside)
            inside = [m for m in owned if m]
            inside = [m for m in inside if not _cut(m, inside, release.text, words)]
        inside = [m for m in inside if not _honoured(m, release.text, words)]
        if part.zone != "title":
            longer = words.form("longer")
            inside = [
                m for m in inside if m.kind != "Agency" or not longer.match(release.text, m.end)
            ]
        inside = persons.find(release.text, part, inside, words, bearers, names)
        inside = joined(
            inside, _short(release.text, part, [m for _, ms in found for m in ms], words)
        )
        inside = joined(inside, _bodies(release.text, part, words))
        inside = joined(inside, _cities(release.text, part, inside, words))
        earlier = [many for _, many in found]
        inside = joined(inside, groups.find(release, part, inside, earlier, words))
        inside = joined(inside, _numbers(release.text, part, words))
        found.append((part, inside))
    return found


def _begins(
    nation: Mention, known: Sequence[Mention], new: Sequence[Mention], words: Words
) -> bool:
    """Say whether a state or place is only a part of the name of a body.

    "Ghana Space Science Institute" begins with one, "Geoscience Australia" ends with one.
    """
    royal = tuple(f"{w} " for w in words.lists.get("before_state", ()))
    return nation.kind in {"State", "Adjective", "Place"} and any(
        body.kind == "Agency"
        and (
            (body.start == nation.start and nation.end < body.end)
            or (body.start < nation.start and nation.end == body.end)
            or (body.start < nation.start < body.end and body.name.startswith(royal))
        )
        and all(body.end <= m.start or m.end <= body.start for m in known if m is not nation)
        for body in new
    )


def _defines(mention: Mention, text: str, names: Gazetteer) -> bool:
    """Say whether a name of the graph stands here with an abbreviation that the graph lacks."""
    short = re.search(r"\((\w+)\)$", text[mention.start : mention.end])
    return bool(mention.slug and short and short[1] not in names.by_text)


def _ministries(mentions: list[Mention], text: str, words: Words) -> list[Mention]:
    """Make one name of "U.S." and "Department of State"."""
    out: list[Mention] = []
    for one in mentions:
        last = out[-1] if out else None
        ministry = one.method == "proposal" and one.name.split()[0] in words.first.get("Agency", ())
        nation = last and last.kind in {"State", "Adjective"} and last.end + 1 == one.start
        if last and nation and ministry:
            name = f"{text[last.start : last.end]} {one.name}"
            out[-1] = replace(one, start=last.start, name=name, surface=name)
        else:
            out.append(one)
    return out


def _acronyms(
    text: str, part: Sentence, known: Sequence[Mention], words: Words
) -> Iterator[Mention]:
    """An unknown abbreviation that stands in one list with an organization is one too."""
    starts = {m.start for m in known if m.kind == "Agency"}
    ends = {m.end for m in known if m.kind == "Agency"}
    for match in words.form("acronym").finditer(text, part.start, part.end):
        group = "after" if match["after"] else "before"
        start, end = match.span(group)
        listed = match.start() - 5 in ends if match["after"] else bool(starts & {end + 5, end + 9})
        if listed and match[group] not in words.lists.get("no_single", ()):
            yield Mention(
                start, end, "Agency", match[group], method="proposal", surface=match[group]
            )


def _bodies(text: str, part: Sentence, words: Words) -> Iterator[Mention]:
    """Bodies of the sky, and parts of states, that the graph need not know."""
    for listed in ("bodies", "regions"):
        for match in _listed(words, listed).finditer(text, part.start, part.end):
            name = match[0]
            yield Mention(*match.span(), "Place", name, method="proposal", surface=name)


def _short(
    text: str, part: Sentence, earlier: Sequence[Mention], words: Words
) -> Iterator[Mention]:
    """A word of a long name ("the Charter") where only one thing named before has it.

    Of a body the word counts after "the", and what the graph lacks counts too.
    """
    for match in _listed(words, "short_for").finditer(text, part.start, part.end):
        word = match[0].title()
        named = {m.slug: m for m in earlier if m.slug and word in m.name and m.name != word}
        if len(named) == 1:
            (one,) = named.values()
            yield replace(one, start=match.start(), end=match.end(), method="anaphora")
    for match in _listed(words, "short_bodies").finditer(text, part.start, part.end):
        named = {m.slug or m.name: m for m in earlier if match[0] in m.name.split()}
        article = words.form("lead").search(text, part.start, match.start())
        if len(named) == 1 and article:
            (one,) = named.values()
            method = "anaphora" if one.slug else one.method
            yield replace(one, start=match.start(), end=match.end(), method=method)


def _cities(text: str, part: Sentence, known: Sequence[Mention], words: Words) -> Iterator[Mention]:
    """Places that the graph lacks, told by the state or region after them: "Usingen, Germany"."""
    for nation in known:
        if nation.kind not in {"State", "Place"}:
            continue
        first = max(part.start, nation.start - _CITY)
        if found := words.form("city").search(text, first, nation.start):
            name, (start, end) = found["city"], found.span("city")
            kind = next((k for k, last in words.kinds.items() if name.split()[-1] in last), "Place")
            if kind == "Place" and name not in words.single("months", "weekdays", "no_single"):
                yield Mention(start, end, "Place", name, method="proposal", surface=name)


@lru_cache(maxsize=8)
def _listed(words: Words, name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words.alternatives(name)})(?![\w-]| [A-Z])")


def _cut(mention: Mention, others: Sequence[Mention], text: str, words: Words) -> bool:
    """Say whether a name is only the beginning of a longer one: "Artemis Student Challenges"."""
    if not mention.slug or mention.kind not in {"Activity", "Object", "Agreement", "Facility"}:
        return False
    more = re.match(r" ([A-Z][a-z]{2,}[\w-]*)", text[mention.end : mention.end + 40])
    if more and words.form("compound").fullmatch(more[1]):
        return False
    if more and more[1] in words.single("weekdays", "months", "short_months"):
        return False
    known = any(m.slug and m.start == mention.end + 1 for m in others)
    return bool(more and not known and not _headed(text, mention, words))


def _honoured(person: Mention, text: str, words: Words) -> bool:
    """Say whether a thing bears the name of a person: "Ann Lee Space Telescope"."""
    if person.kind != "Person":
        return False
    more = re.match(r"(?: [A-Z][a-z]+)? ([A-Z][a-z]+)\b", text[person.end : person.end + 40])
    return any(more[1] in last for last in words.kinds.values()) if more else False


def _owning(nation: Mention, others: Sequence[Mention], text: str, words: Words) -> Mention | None:
    """Let a state before another word in capitals say only where that is from: "Japan Day".

    A place there is only a part of a longer name: None.
    """
    more = re.match(r" ([A-Z][a-z]+)\b(?!,)", text[nation.end : nation.end + 24])
    if nation.kind not in {"State", "Place"} or not more or nation.surface.endswith("."):
        return nation
    known = any(m.start == nation.end + 1 for m in others)
    plain = more[1] in words.single("offices", "rank", "months", "short_months", "weekdays")
    if known or plain or _headed(text, nation, words):
        return nation
    return replace(nation, kind="Adjective") if nation.kind == "State" else None


def _headed(text: str, mention: Mention, words: Words) -> bool:
    """Say whether a title follows, or the line is a heading, in which all words have capitals."""
    if re.match(f" (?:{words.alternatives('offices')})\\b", text[mention.end :][:40]):
        return True
    line = text[text.rfind("\n", 0, mention.start) + 1 :].split("\n", 1)[0]
    ends = line.rstrip().endswith((".", "”", '"', ":"))
    return len(line) < _HEADING and not ends and "," not in line


def _nations(mentions: list[Mention], release: Release, words: Words) -> list[Mention]:
    """Let "Government of" belong to a state, and an adjective that is used as a name be one."""
    out: list[Mention] = []
    before, after = words.form("government"), words.form("state_follows")
    for mention in mentions:
        short = mention.surface in words.states.get(mention.slug, ())
        if mention.kind == "Adjective" and short and after.match(release.text, mention.end):
            mention = replace(mention, kind="State")
        if mention.kind == "Agency" and words.form("of_agency").match(release.text, mention.end):
            continue
        if mention.kind == "Agency" and words.form("generic").fullmatch(
            mention.surface or mention.name
        ):
            mention = replace(mention, method="ambiguous")
        if mention.kind == "State" and words.form("attributive").match(release.text, mention.end):
            mention = replace(mention, kind="Adjective")
        if mention.kind == "State":
            lead = re.search(f"(?:{before.pattern})+$", release.text[: mention.start][-60:])
            if lead:
                mention = replace(mention, start=mention.start - len(lead[0]))
        out.append(mention)
    return out


def _grown(mention: Mention, text: str, words: Words) -> Mention:
    """Let what says what a name is belong to it: "the Hera mission", "Astra GmbH"."""
    if mention.kind == "Agency" and (legal := words.form("legal").match(text, mention.end)):
        return replace(mention, end=legal.end())
    if mention.kind == "Place" and (base := words.form("base_of_place").match(text, mention.end)):
        return replace(mention, end=base.end(), surface=text[mention.start : base.end()])
    if mention.kind not in {"Activity", "Object", "Unknown"}:
        return mention
    start, end = quoted(text, mention)
    match = _nouns(words).match(text, end)
    if not match or (match[0] != match[0].lower() and not mention.slug):
        return mention
    hardware = match[0].split()[-1] in words.lists.get("hardware", ())
    kind = "Object" if hardware else mention.kind
    return replace(mention, start=start, end=match.end(), kind=kind)


@lru_cache(maxsize=4)
def _nouns(words: Words) -> re.Pattern[str]:
    nouns = words.lists.get("nouns", ())
    return re.compile(rf"(?: (?:{either([*nouns, *(n[:1].upper() + n[1:] for n in nouns)])}))+\b")


def _numbers(text: str, part: Sentence, words: Words) -> Iterator[Mention]:
    spelt = words.part("count").split("|")
    for match in _counts(words).finditer(text, part.start, part.end):
        digits = match["digits"]
        value = digits.replace(",", "") if digits else str(spelt.index(match["word"].lower()) + 1)
        yield Mention(match.start(), match.end(), "Number", match[0], method="number", value=value)


@lru_cache(maxsize=4)
def _counts(words: Words) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<word>{words.part('count')})|(?P<digits>\d{{1,3}}(?:,\d{{3}})*))"
        rf"(?:{words.part('count_end')})?\b(?![.:]\d|%|{words.part('no_count')})",
        re.IGNORECASE,
    )


__all__ = ["Marked", "find", "mark"]
