"""The offices that persons hold, as a sentence tells them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from kg.extract.gazetteer import finder
from kg.extract.marked import ANY, Marked, block
from kg.extract.spans import Mention
from kg.extract.words import Words

_LEAD = 20
"""Characters before an office in which "the former" stands."""
_PART = r"(?:[^\W\d_a-z][\w'’-]*\w|(?:[^\W\d_a-z]\.)+)"
NAME = (
    rf"{_PART}(?: (?:(?:de|van|von|der|den|la|bin|al|da|di|dos|du|el|ben) )*{_PART}){{1,3}}"
    rf"(?: (?:bin|bint|ibn|Al|El|al) {_PART}){{0,3}}\b"
)


@dataclass(frozen=True, slots=True)
class Office:
    """A person and a title.

    Attributes:
        person: The mention.
        title: The title as written.
        body: The organization, or None.
        state: The state, or None.
        head: True when the title makes the person the head of the whole body.
        start: Where the words begin in the release.
        end: Where they end.
        current: False where the words call it a past or a coming one.
        whole: False where the title may begin with the name before it.
    """

    person: Mention
    title: str
    body: Mention | None
    state: Mention | None
    head: bool
    start: int
    end: int
    current: bool = True
    whole: bool = True


_TITLE_FIRST = {
    "title-of-name", "title-of-close-name", "title-of-plain-name", "body-title-name",
}  # fmt: skip
_NO_BODIES: Mapping[int, Mention] = MappingProxyType({})
_LINE_ENDS = re.compile(r"(?:[ \t]*\r?\n){1,2}[ \t]*")
_CUT = re.compile(rf"(?<=[\w,{ANY}] )[A-Z][\w'-]*[a-z] $")
_NEXT = re.compile(rf", (?:[{block('Person')}]|[A-Z][\w'’-]+ [A-Z])")
"""A person right after a title, whose it may be too."""
INITIAL = re.compile(r"(?<![\w.])[A-Z]\. ")
_CAP = rf"(?:[A-Z][\w'&.-]*|[{ANY}])"
_PLAIN = r"[A-Z][\w'-]*(?: [A-Z][\w'-]*)*"


@lru_cache(maxsize=4)
def forms(words: Words, *, named: bool = False) -> Mapping[str, re.Pattern[str]]:
    """Return what tells who holds an office, by its name.

    Args:
        words: Words of the language.
        named: Whether the persons are names still, and no mentions yet.
    """
    parts = {name: f"[{block(kind)}]" for name, kind in _CLASSES.items()}
    parts |= {name: words.alternatives(name) for name in ("rank", "offices", "honorifics")}
    who = rf"(?P<name>{NAME})(?! [A-Z{block('Person')}])" if named else "(?P<person>{persons})"
    given = {
        "after_name": "", **words.turns.get("office", {}), **parts,
        "any": f"[{ANY}]", "cap": _CAP, "plain": _PLAIN,
        "who": "(?:(?:{honorifics}) )*" + who + "{after_name}", "body": "(?P<body>{agencies})",
        "place": f"(?P<body>[{block('Agency')}{block('Facility')}])",
        "state": f"(?P<state>[{block('State')}{block('Adjective')}])",
        "capital": f"[A-Z{block('Person')}]",
    }  # fmt: skip
    given["titled"] = "(?:{honorifics}) {who}" if named else "{who}"
    kinds = words.turns.get("offices", {})
    return {k: re.compile(words.turn("offices", k, given)) for k in kinds}


_CLASSES = {"persons": "Person", "agencies": "Agency", "days": "Date"}


def tells_office(marked: Marked, words: Words) -> bool:
    """Say whether a sentence has a word for an office.

    Args:
        marked: The sentence.
        words: Words of its language.
    """
    return bool(_office_words(words)(marked.text.casefold()))


@lru_cache(maxsize=4)
def _office_words(words: Words) -> Callable[[str], set[str]]:
    return finder(one.casefold() for one in words.lists.get("offices", ()))


def lines(all_marked: Iterable[Marked]) -> dict[int, Mention]:
    """Return the organizations that are alone in their line, by where they start."""
    alone = (m.mentions[m.text] for m in all_marked if m.text in m.mentions)
    return {m.start: m for m in alone if m.kind == "Agency" and m.slug}


def offices(
    marked: Marked, words: Words, issued: str = "", bodies: Mapping[int, Mention] = _NO_BODIES
) -> Iterator[Office]:
    """Yield who holds which office, as a sentence states it; persons are mentions by now.

    Args:
        marked: The sentence.
        words: Words of its language.
        issued: Day of issue, or "": what a sentence tells of years before is no office of today.
        bodies: From :func:`lines`, for signatures.
    """
    heads = {h.casefold() for h in words.lists.get("heads", ())}
    taken: list[tuple[int, int]] = []
    courtesy = re.compile(rf"(?<!\w)(?:{words.alternatives('honorifics')})(?: |$)")
    told = not words.form("retold").search(marked.text) and not _historical(marked, issued, words)
    yield from _signed(marked, words, bodies, heads)
    if not tells_office(marked, words):
        return
    held = _named_after(marked, words)
    another = _another(words)
    for kind, form in forms(words).items():
        for match in form.finditer(marked.text) if kind != "line-below" else ():
            if kind == "title-name" and _short(match, marked):
                continue
            if kind in _TITLE_FIRST and _before(match):
                continue
            if kind.startswith("name-") and match["person"] in held and another.match(
                marked.text, match.end()
            ):  # fmt: skip
                continue
            first, last = match.span("title")
            if courtesy.search(match["title"]) or _takes_in(match["title"], marked):
                continue
            if any(a < last and first < b for a, b in taken):
                continue
            found = _office(kind, match, marked, words, heads)
            if found:
                taken.append((first, last))
                now = told and _current(match, words)
                whole = kind != "title-name" or not _CUT.search(marked.text[:first])
                whole &= not words.form("two_offices").search(match["title"])
                whole &= kind != "name-long-title" or not _NEXT.match(marked.text, last)
                yield from (replace(o, current=now, whole=whole) for o in found)


def _named_after(marked: Marked, words: Words) -> set[str]:
    """The persons whose titles stand before them: "the Head of ASA, Ann Lee"."""
    form = forms(words).get("title-body-comma-name")
    found = form.finditer(marked.text) if form else ()
    listed = re.compile(rf"[{block('Person')}](?:,|;)? $")
    return {m["person"] for m in found if not listed.search(marked.text, 0, m.start())}


@lru_cache(maxsize=4)
def _another(words: Words) -> re.Pattern[str]:
    """The next person of a list, right after a title."""
    courtesy = rf"(?:(?:{words.alternatives('honorifics')}) )*"
    return re.compile(rf",? (?:and )?{courtesy}[{block('Person')}]")


def below(marked: Marked, words: Words) -> re.Match[str] | None:
    """Return the title in the line below a sentence: that of a signature, its name alone.

    Args:
        marked: The sentence.
        words: Words of its language.
    """
    end = marked.sentence.end
    line = forms(words)["line-below"].match(marked.release, end)
    return line if line and marked.sentence.zone != "title" else None


def _signed(
    marked: Marked, words: Words, bodies: Mapping[int, Mention], heads: set[str]
) -> Iterator[Office]:
    """The office of somebody who signs: name, title and perhaps the body, each in its line."""
    alone = re.fullmatch(rf"[\w. ]*([{block('Person')}])", marked.text)
    line = below(marked, words) if alone else None
    if alone and line:
        person, title = marked.mentions[alone[1]], _hyphened(line["title"])
        below_it = _LINE_ENDS.match(marked.release, line.end())
        body = bodies.get(below_it.end()) if below_it else None
        end = body.end if body else line.end("title")
        head = bool(body) and title.casefold() in heads
        yield Office(person, title, body, None, head, person.start, end, whole=bool(body))


def _hyphened(title: str) -> str:
    """A title with hyphens for dashes: "Director–General"."""
    return re.sub(r"(?<=\w)[–‑](?=\w)", "-", title)


def _takes_in(title: str, marked: Marked) -> bool:
    """Say whether a title runs over a person that the graph knows."""
    inside = (marked.mentions.get(char) for char in title)
    return any(m.kind == "Person" and m.slug for m in inside if m)


def _short(match: re.Match[str], marked: Marked) -> bool:
    """A title before a bare surname repeats what was said in full before."""
    return marked.mentions[match["person"]].method == "surname"


def _historical(marked: Marked, issued: str, words: Words) -> bool:
    """Say whether all days of a sentence lie in years before the one before its issue."""
    since = re.compile(words.part("since") + "$")
    years = [
        int(m.value[:4])
        for i, c in enumerate(marked.text)
        if (m := marked.mentions.get(c)) and m.kind == "Date" and m.value[:4].isdigit()
        and not since.search(marked.text, 0, i)
    ]  # fmt: skip
    return bool(issued and years) and max(years) < int(issued[:4]) - 1


def _current(match: re.Match[str], words: Words) -> bool:
    """Say whether the words leave it an office of today."""
    text, (start, end) = match.string, match.span()
    title = " ".join(filter(None, (match.groupdict().get("before"), match["title"])))
    term = re.compile(rf"{words.part('office_term')}[{block('Date')}]")
    return not (
        words.form("past_office").search(text, max(0, start - _LEAD), start)
        or words.form("past_title").match(title)
        or term.match(text, end)
    )


def _before(match: re.Match[str]) -> bool:
    """A title between two commas is that of the one before it: "Ann Lee, Head of Law, Bo Quill"."""
    text, first, last = match.string, match.start(), match.end("title")
    known = "body" in match.groupdict()
    before = re.search(rf"[{block('Person')}], $" if known else ", $", text[:first])
    return bool(before) and text.startswith(",", last)


def _office(
    kind: str, match: re.Match[str], marked: Marked, words: Words, heads: set[str]
) -> list[Office]:
    groups = match.groupdict()
    person = marked.mentions[groups["person"]]
    body = marked.mentions.get(groups.get("body") or "")
    state = marked.mentions.get(groups.get("state") or "")
    start, end = marked.range(*match.span())
    if kind == "who-chairs":
        title = words.turns["chairs"][groups["title"]]
        return [Office(person, title, body, None, True, start, end)]
    first, last = match.span("title")
    if kind in {"name-title", "name-state-title", "name-long-title"} and not body:
        of_body = re.search(words.part("of") + f"([{block('Agency')}])$", groups["title"])
        if of_body:
            body = marked.mentions[of_body[1]]
            last = first + of_body.start()
    title = _hyphened(re.sub(r"(?<=[a-z]{3})\.$", "", marked.words(first, last)))
    if groups.get("before"):
        title = f"{groups['before']} {title}"
    head = bool(body and body.kind == "Agency") and title.casefold() in heads
    parts = [p for p in words.form("and_office").split(title) if not INITIAL.search(p)]
    if not parts:
        return []
    if not words.form("office_tail").search(parts[0]):
        parts = [title]
    if len(parts) == 1 or person.start > start + len(title):
        return [Office(person, part, body, state, head, start, end) for part in parts]
    cut = marked.starts[first] + len(parts[0])
    own = words.form("office_tail").search(parts[0])
    last_head = bool(body and body.kind == "Agency") and parts[-1].casefold() in heads
    rest = [Office(person, p, body, state, last_head, person.start, end) for p in parts[1:]]
    return [Office(person, parts[0], None if own else body, state, head, start, cut), *rest]
