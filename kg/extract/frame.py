"""What a release says by its form: who issued it when, what is short for what, who is what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract import dates, people
from kg.extract.gazetteer import Gazetteer
from kg.extract.layout import Sentence
from kg.extract.marked import Marked
from kg.extract.newnames import agrees
from kg.extract.spans import Candidate, Evidence, Mention, Release
from kg.extract.words import Words

PRECISION = {"issued": 0.97, "abbreviation": 0.95, "office": 0.93}
"""What is read by the form of a release → share of it that is right."""
_TEXT = "Text"
_LINE = (
    r"\s*(?P<whole>(?P<name>[^\n(]*?[^\n( ])(?: \([^)\n]*\))?)(?:{number}(?=\s|$)|[ \t]*(?=\n|$))"
)
"""A line that may be a name, and its abbreviation in brackets, or the number of a release."""
_TOP = 400
"""Characters in which a dateline stands."""
_BELOW = 1500
"""Characters in which a date stands alone in its line."""


def issue(release: Release, names: Gazetteer, words: Words) -> Iterator[Candidate]:
    """Yield who issued the release, from its dateline with its SOURCE line or heading.

    Where it is known to be of another day, the date is that of the page.
    """
    head = _dateline(release.text, words)
    if not head:
        return
    day = next((d.value for d in dates.find(release.text, *head.span(), "", words)), "")
    if release.issued and not day.startswith(release.issued):
        return
    found = list(names.find(release.text))
    top = (Evidence.of(release.text, *head.span()),)
    source = words.form("source").search(release.text)
    evidence: dict[Mention, tuple[Evidence, ...]] = {}
    if source:
        named = (m for m in found if source.start() <= m.start < source.end())
        evidence = {m: (*top, Evidence.of(release.text, *source.span())) for m in [*named][:1]}
    elif head.groupdict().get("alone"):
        below = _below(release.text, head.end(), found, words)
        evidence = {m: (Evidence.of(release.text, head.start(), m.end),) for m in below}
    if not evidence and release.publisher and head.groupdict().get("place"):
        own = (m for m in found if m.slug == release.publisher)
        evidence = dict.fromkeys([*own][:1], top)
    qualifiers = {"modality": "occurred", "date": day}
    if place := head.groupdict().get("place"):
        qualifiers["place"] = place.split(",")[0].title()
    doc = Mention(0, 1, "Document", f"doc:{release.id}", release.id)
    for issuer, quotes in evidence.items() if day else ():
        yield Candidate(
            release.id, "issued", issuer, doc, qualifiers, quotes, "issued", PRECISION["issued"]
        )


def _below(text: str, start: int, names: Iterable[Mention], words: Words) -> Iterator[Mention]:
    """Yield the issuers whose names fill the lines below a date, alone or with an abbreviation."""
    at = {m.start: m for m in names}
    form = re.compile(_LINE.replace("{number}", words.part("release_number")))
    while line := form.match(text, start):
        issuer = at.get(line.start("name"))
        if not issuer or issuer.end not in {line.end("name"), line.end("whole")}:
            return
        yield issuer
        start = line.end()


def _dateline(text: str, words: Words) -> re.Match[str] | None:
    """The line with place and date; else a date alone in its line, of which a page has its own.

    A day of the week with its date above all else is the day on which the page was shown.
    """
    line = re.compile(words.turn("dateline", "line"), re.MULTILINE)
    shown = re.compile(words.part("shown"))
    found = [m for m in line.finditer(text, 0, _BELOW) if not shown.match(text[: m.end()])]
    alone = [m for m in found if m.groupdict().get("alone")]
    top = [m for m in found if m.start() < _TOP]
    placed = (m for m in top if m not in alone)
    return next(placed, None) or next(iter(top), None) or next(iter(alone), None)


def day_of_issue(text: str, words: Words) -> str:
    """Return the day of the dateline as EDTF, or ""."""
    head = _dateline(text, words)
    if not head:
        return ""
    return next((d.value for d in dates.find(text, *head.span(), "", words)), "")


def abbreviations(
    release: Release, marked: Marked, names: Gazetteer, words: Words
) -> Iterator[Candidate]:
    """Yield `Full Name (ABC)` and `ABC (Full Name)`."""
    text = release.text
    for mention in marked.mentions.values():
        named = text[mention.start : mention.end]
        if mention.kind in {"Date", "Number", "Person", "Group", "Adjective"}:
            continue
        full = _FULL.fullmatch(named)
        turned = re.search(r"(?:^|[ ,])(?P<abc>[A-Z][A-Za-z0-9&-]{1,11}) \((?P<full>.+?)\)$", named)
        if full and mention.kind == "Agency" and not named.rstrip('”’"').endswith(")"):
            continue
        match = full or turned
        if match and (
            _short(mention, match["abc"])
            or agrees(match["full"], match["abc"])
            or _same(mention, match["abc"], names)
        ):
            start = mention.start + match.start("abc" if match is turned else "full")
            yield _abbreviation(release, mention, match["abc"], start, mention.end)
        elif full and mention.method == "proposal":
            yield _abbreviation(
                release, mention, full["abc"], mention.start, mention.end, _OTHER_LETTERS
            )
        elif not match:
            yield from _behind(release, mention, names)
    full_name = rf"((?:[A-Z][\w-]* (?:{words.part('inside_name')})*){{1,7}})\(([A-Z]{{2,8}})\)"
    for match in re.finditer(full_name, text[marked.sentence.start : marked.sentence.end]):
        bearers = names.by_text.get(match[2], ())
        start = marked.sentence.start + match.start()
        end = marked.sentence.start + match.end()
        inside = [
            m
            for m in marked.mentions.values()
            if m.start < end - len(match[2]) - 2 and start < m.end
        ]
        if len(bearers) == 1 and agrees(match[1], match[2]) and not inside:
            one = bearers[0]
            mention = Mention(start, end, one.kind, one.label, one.slug, "abbreviation")
            yield _abbreviation(release, mention, match[2], start, end)

    yield from _second(release, marked, names)
    yield from _turned(release, marked, names)


_FULL = re.compile(
    r"[“\"‘]?(?P<full>[^“\"‘].*?) "
    r"\((?P<abc>[A-Z][A-Za-z0-9&-]{1,11}|(?:[A-Z]\.){2,4})\)[”\"’]?(?: \w+)*"
)
_SECOND = re.compile(r" \((?:[^();]{3,80}; )?(?P<abc>[A-Z][\w&-]{1,9}|(?:[A-Z]\.){2,4})\)")


def _second(release: Release, marked: Marked, names: Gazetteer) -> Iterator[Candidate]:
    """A name in a bracket that the graph has for the same body or state.

    "Centro Alfa (Alpha Centre; ACA)", "Beta Space Agency (Betaspace)", "United States (U.S.)".
    """
    for mention in marked.mentions.values():
        match = _SECOND.match(release.text, mention.end)
        if match and mention.surface != match["abc"] and _same(mention, match["abc"], names):
            yield _abbreviation(release, mention, match["abc"], mention.start, match.end())


def _same(mention: Mention, word: str, names: Gazetteer) -> bool:
    """Say whether the graph has a word as a name of the same body or state, and of no other."""
    bearers = {b.slug for b in names.by_text.get(word, ())}
    return mention.kind in {"Agency", "State"} and bearers == {mention.slug} != {""}


_OTHER_LETTERS = ("its letters are not those of the name",)
_ABC_BEHIND = re.compile(r"(?:['’]s?)? \((?P<abc>[A-Z][A-Z0-9&-]{1,7})\)")
_NAMED = {"Agency", "Activity", "Object", "Facility", "Place"}


def _behind(release: Release, mention: Mention, names: Gazetteer) -> Iterator[Candidate]:
    """A bracket behind a name, or its possessive; a doubt where its letters are others.

    An abbreviation of another thing tells where the thing belongs: "Space Centre (ASA)".
    """
    match = _ABC_BEHIND.match(release.text, mention.end)
    if not match or mention.kind not in _NAMED or " " not in mention.surface:
        return
    bearers = {b.slug for b in names.by_text.get(match["abc"], ())}
    if bearers - {mention.slug}:
        return
    fits = bearers or agrees(mention.surface, match["abc"])
    doubts = () if fits else _OTHER_LETTERS
    yield _abbreviation(release, mention, match["abc"], mention.start, match.end(), doubts)


def _short(mention: Mention, word: str) -> bool:
    """Say whether a word can be the abbreviation of a known thing; "Harmony" is a second name."""
    return bool(mention.slug) and sum(letter.isupper() for letter in word) > 1


_TURNED = re.compile(
    r"\b(?P<abc>[A-Z][A-Za-z]{1,7}) "
    r"\((?P<full>[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|[a-z’']{1,4}\w*)){1,8})\)"
)


def _turned(release: Release, marked: Marked, names: Gazetteer) -> Iterator[Candidate]:
    """`ABC (Full Name)` where the graph knows the thing by its abbreviation alone."""
    part = marked.sentence
    for match in _TURNED.finditer(release.text, part.start, part.end):
        bearers = names.by_text.get(match["abc"], ())
        whole = any(m.end == match.end() for m in marked.mentions.values())
        if len(bearers) == 1 and agrees(match["full"], match["abc"]) and not whole:
            one = bearers[0]
            mention = Mention(*match.span(), one.kind, one.label, one.slug, "abbreviation")
            yield _abbreviation(release, mention, match["abc"], *match.span())


_ONE_OF_A_SERIES = re.compile(r"-(\d+)$")


def _abbreviation(
    release: Release,
    mention: Mention,
    abc: str,
    start: int,
    end: int,
    doubts: tuple[str, ...] = (),
) -> Candidate:
    evidence = (Evidence.of(release.text, start, end),)
    literal = Mention(end - 1 - len(abc), end - 1, _TEXT, abc, method="text")
    number = _ONE_OF_A_SERIES.search(abc)
    if number and mention.slug and not re.search(rf"\b{number[1]}\b", mention.name):
        doubts = (*doubts, "its number is not that of the name")
    return Candidate(
        release.id,
        "hasAbbreviation",
        mention,
        literal,
        {"modality": "ongoing"},
        evidence,
        "abbreviation",
        PRECISION["abbreviation"],
        doubts,
    )


def offices(release: Release, found: Iterable[people.Office], words: Words) -> Iterator[Candidate]:
    """Yield who heads what, and who holds which office.

    Args:
        release: The document.
        found: The offices of a sentence.
        words: Words of its language.
    """
    heads = {h.casefold(): h for h in words.lists.get("heads", ())}
    for office in found:
        qualifiers = {"modality": "ongoing"}
        if release.issued:
            qualifiers["asOf"] = release.issued
        evidence = (Evidence.of(release.text, office.start, office.end),)
        if office.head and office.body:
            qualifiers["role"] = heads.get(office.title.casefold(), office.title)
            relation, end = "headOf", office.body
        else:
            relation = "holdsOffice"
            title = office.title
            if office.state and words.form("envoy").fullmatch(title) and (
                office.state.kind == "Adjective" or words.form("envoy_alone").fullmatch(title)
            ):  # fmt: skip
                title = f"{release.text[office.state.start : office.state.end]} {title}"
            end = Mention(office.start, office.end, _TEXT, title, method="text")
            if office.body:
                qualifiers["of"] = office.body.name
            if office.state:
                qualifiers["country"] = office.state.name
        doubts = [] if office.current else ["an office of the past, or one to come"]
        if not office.whole:
            doubts.append("the words before may belong to the office")
        if not (office.body or office.state) and office.title.casefold() in heads:
            doubts.append("whose head it is the words do not say")
        yield Candidate(
            release.id,
            relation,
            office.person,
            end,
            qualifiers,
            evidence,
            "office",
            PRECISION["office"],
            tuple(doubts),
        )


__all__ = ["Sentence", "abbreviations", "day_of_issue", "issue", "offices"]
