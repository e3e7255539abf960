"""A session of review: what is shown, what is asked, what is written down."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kg.errors import KGError
from kg.extract.gazetteer import Name
from kg.ingest import checking, naming, queue, run
from kg.ingest.drafts import slug
from kg.ingest.queue import Waiting
from kg.ingest.review import Review
from kg.namespaces import iri

_ANSWERS = {
    "a": "accept", "r": "reject", "e": "edit", "n": "new entity", "u": "undo", "s": "skip",
    "q": "quit",
}  # fmt: skip
_CHOICES = _ANSWERS | {choice.split()[0]: choice for choice in _ANSWERS.values()}
_HELP = """a  accept: it goes to the graph          a WHY, r WHY  say why, too
r  reject: it never comes back           e  edit, then accept
n  a name in it is a new entity, or another name of a known one
u  undo the newest decision              s  skip    q  quit; decisions are kept"""


_CHANGES = """a name and its new value, as in: relation leads · object JAXA · date 2031-06
a name alone takes the value away; an empty line accepts as changed; - changes nothing"""


class EndOfAnswers(Exception):  # noqa: N818 - no error: the answers are over
    """There is nothing more on stdin."""


@dataclass(slots=True)
class Session:
    """Asks a reviewer about one statement after the other.

    Attributes:
        review: The sitting.
    """

    review: Review
    _names: dict[str, list[Name]] = field(default_factory=dict)
    _console: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))

    def ask(self, waiting: Sequence[Waiting]) -> None:
        """Go through some statements."""
        if not waiting:
            self._console.print("nothing waits")
            return
        place, gone = 0, list[int]()
        try:
            while place < len(waiting):
                place = self._one(waiting, place, gone)
        except EndOfAnswers:
            self._console.print()
        except KeyboardInterrupt:
            self._print("\nwhat was decided is kept; kg review goes on from here")
            raise

    def _one(self, waiting: Sequence[Waiting], place: int, gone: list[int]) -> int:
        """Show a statement and follow one answer; return the place to go on from."""
        one = waiting[place]
        self._show(one, place + 1, len(waiting))
        letter, _, why = self._answer(self._question(one)).partition(" ")
        choice = _CHOICES.get(letter.lower(), "help")
        before = self.review.made.total()
        try:
            if choice == "accept" and one.unknown:
                self._ask_names(one)
            if choice == "accept":
                self.review.accept(one.key, why.strip())
            elif choice == "reject":
                self.review.reject(one.key, why.strip())
            elif choice == "edit":
                self._ask_changes(one)
            elif choice == "new entity":
                self._ask_names(one)
                return place
            elif choice == "undo":
                self._print(f"undone: {self.review.undo()}")
                return gone.pop() if gone else place
            elif choice == "quit":
                raise EndOfAnswers
            elif choice == "help":
                self._print(_HELP)
                return place
        except KGError as error:
            self._print(str(error), "red")
            return place
        if choice == "edit" and self.review.made.total() == before:
            return place
        if choice != "skip":
            gone.append(place)
        return place + 1

    def _question(self, one: Waiting) -> str:
        shown = [f"({k}){w[1:]}" for k, w in _ANSWERS.items() if k != "n" or one.unknown]
        return " ".join([*shown, "(?)"])

    def _ask_changes(self, one: Waiting) -> None:
        self._print(_CHANGES)
        changes: dict[str, str] = {}
        while line := self._answer("change"):
            if line == "-":
                self._print("nothing is changed")
                return
            name, _, value = line.replace("=", " ", 1).partition(" ")
            try:
                self.review.check({name: value.strip()})
            except KGError as error:
                self._print(str(error), "red")
                continue
            changes[name] = value.strip()
            as_changed = queue.edited(one, changes)
            self._print(f"{as_changed.text}: {_facts(as_changed)}")
        if changes:
            self.review.edit(one.key, changes)
            self._print("accepted as changed")

    def _ask_names(self, one: Waiting) -> None:
        if not one.unknown:
            self._print("every name in it is known")
        for mention in one.unknown:
            if mention.name in self.review.decided.entities:
                continue
            near = self._show_name(one, mention.name, mention.kind)
            guess = naming.guess(mention.name, mention.kind)
            options = f"class [{guess}]" + (", or a number from above" if near else "")
            said = self._answer(f"{options}, or - for none")
            if said == "-":
                continue
            if said.isdigit() and 0 < int(said) <= len(near):
                self.review.name(mention.name, "", near[int(said) - 1].slug, one.candidate.release)
                continue
            cls = said or guess
            checking.entity_class(cls)
            made = slug(mention.name)
            identifier = self._answer(f"id [{made}]") or made
            self.review.name(mention.name, cls, identifier, one.candidate.release)

    def _show_name(self, one: Waiting, name: str, kind: str) -> list[naming.Near]:
        found = list(naming.places(self.review.home, name))
        self._print(f"{name}: {len(found)} {'mention' if len(found) == 1 else 'mentions'}")
        for document, start, around in found[:5]:
            place = Text(f"{document}#char={start}: … {around} …", "dim")
            self._console.print(Padding(place, (0, 0, 0, 2)))
        near = naming.nearest(name, kind, self._known(one))
        for number, other in enumerate(near, 1):
            also = "" if other.name == other.label else f" ({other.label})"
            self._print(f"  {number}  like {other.name}{also}, {other.score} of 100: the same?")
        return near

    def _known(self, one: Waiting) -> list[Name]:
        language = self.review.kept(one).language
        if language not in self._names:
            self._names[language] = run.names(self.review.view, language, self.review.decided)
        return self._names[language]

    def _show(self, one: Waiting, number: int, count: int) -> None:
        kept = self.review.kept(one)
        said = kept.document
        self._console.print()
        self._console.rule(Text(f"{number} of {count}"), align="left", style="dim")
        publisher = said.get("publisher", "")
        label = self.review.view.label(iri(f"id:{publisher}")) if publisher else ""
        day = f"issued {said['issued']}" if said.get("issued") else "date of issue not stated"
        tier = f"tier {said.get('tier', 'unknown')}"
        by = label or said.get("publisherName", "publisher not stated")
        self._print(f"{queue.title(kept)} · {by} · {day} · {tier}", "dim")
        self._console.print(Text(one.text, style="bold"))
        self._print(_facts(one))
        named = [m.name for m in one.unknown if m.name in self.review.decided.entities]
        for reason in one.candidate.reasons:
            if not any(f"'{name}' is not in the graph" in reason for name in named):
                self._print(f"waits because {reason}", "yellow")
        for name in named:
            entity = self.review.decided.entities[name]
            self._print(f"{name} is now {entity.get('type') or 'a name of'} {entity['id']}")
        for start, end, ranges in queue.sentences(kept, one.candidate):
            self._console.print(Padding(_marked(kept.text, start, end, ranges), (0, 0, 0, 2)))

    def _answer(self, prompt: str) -> str:
        self._console.print(Text(f"{prompt}: "), end="")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EndOfAnswers
        if not sys.stdin.isatty():
            self._console.print(Text(line.strip()))
        return line.strip()

    def _print(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style))


def _marked(text: str, start: int, end: int, ranges: Sequence[tuple[int, int]]) -> Text:
    """A sentence in one run of text, the words that state something in brackets."""
    marked, here = Text(), start
    for first, last in ranges:
        marked.append(_run(text[here:first]))
        marked.append(f"[{_run(text[first:last])}]", "bold reverse")
        here = last
    marked.append(_run(text[here:end]))
    places = " ".join(f"#char={first},{last}" for first, last in ranges)
    return marked.append(f"  {places}", "dim")


def _run(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _facts(one: Waiting) -> str:
    made = one.candidate
    said = [made.modality]
    said += [f"{k} {v}" for k, v in sorted(made.qualifiers.items()) if k != "modality" and v]
    sure = f"pattern {made.pattern}, {made.confidence:.2f}"
    return f"{', '.join(said)} ({sure})"
