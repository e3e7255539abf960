"""A session of review: what is shown, what is asked, what is written down."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.text import Text

from kg import resources, store
from kg.cli._who import somebody
from kg.errors import InputError, KGError
from kg.extract.gazetteer import Name
from kg.ingest import checking, keeping, ledger, naming, queue, run
from kg.ingest.drafts import slug
from kg.ingest.keeping import Kept
from kg.ingest.queue import Waiting
from kg.names import resolve
from kg.namespaces import iri
from kg.store import View

_ANSWERS = {
    "a": "accept", "r": "reject", "e": "edit", "n": "new entity", "u": "undo", "s": "skip",
    "q": "quit",
}  # fmt: skip
_DONE = {
    "accept": "accepted", "reject": "rejected", "edit": "edited", "new entity": "named as new",
    "name": "named as known",
}  # fmt: skip
_HELP = """a  accept: it goes to the graph          a WHY, r WHY  say why, too
r  reject: it never comes back           e  edit, then accept
n  a name in it is a new entity, or another name of a known one
u  undo the newest decision              s  skip    q  quit; decisions are kept"""


class EndOfAnswers(Exception):  # noqa: N818 - no error: the answers are over
    """There is nothing more on stdin."""


@dataclass(slots=True)
class Session:
    """One sitting of a reviewer.

    Attributes:
        home: The workspace.
        view: The graph.
        decided: The decisions so far.
        said: who, when, why: what every decision of the sitting records.
        made: What was decided in this sitting.
        left: How many statements wait.
    """

    home: Path
    view: View
    decided: ledger.Ledger
    said: dict[str, str]
    made: Counter[str] = field(default_factory=Counter)
    left: int = 0
    _names: dict[str, list[Name]] = field(default_factory=dict)
    _console: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))

    @classmethod
    def open(cls, workspace: str | None, who: str, when: str, why: str) -> Session:
        """Open a workspace for review.

        Raises:
            KGError: If it has no store, or its decisions are broken.
        """
        home = resources.workspace(workspace)
        decided = ledger.load([home / "review" / ledger.DECISIONS])
        said = {"who": who or somebody(), "when": when, "why": why}
        return cls(home, store.open_view(home), decided, said)

    def decide(self, one: Waiting, verdict: str, why: str = "", **more: object) -> None:
        """Write a decision down."""
        said = {**self.said, **({"why": why} if why else {})}
        self.decided.add("decision", queue.decision(one, self._kept(one), verdict, **more, **said))
        self._save(verdict)

    def edit(self, one: Waiting, changes: dict[str, str]) -> None:
        """Accept a statement as changed.

        Raises:
            KGError: If a change cannot be.
        """
        self._checked(changes)
        self.decide(one, "edit", edit=changes)

    def name(self, name: str, cls: str, identifier: str, release: str = "") -> None:
        """Accept a name: as a new entity of a class, or as a name of a known thing.

        Raises:
            InputError: If it is in no release, or the class or the identifier cannot be.
        """
        if not any(naming.places(self.home, name)):
            fix = "write it as the release does; see kg review --list --reason name"
            raise InputError(f"no release names '{name}'", fix=fix)
        entry = naming.entry(self.view, name, cls, identifier, release=release, **self.said)
        self.decided.add("entity", entry)
        self._save("new entity" if cls else "name")

    def undo(self) -> str:
        """Take the newest decision back and return its name.

        Raises:
            InputError: If there is none.
        """
        entry = self.decided.undo()
        if not entry:
            raise InputError("no decision to undo")
        done = str(entry["verdict"])
        if "name" in entry:
            done = "new entity" if entry.get("type") else "name"
        back = done if self.made[done] else "undone"
        self._save(back)
        self.made[back] -= 2 if back == done else 0
        return str(entry.get("key") or entry["name"])

    def _save(self, what: str) -> None:
        ledger.save(self.home / "review" / ledger.DECISIONS, self.decided)
        self.made[what] += 1

    def summary(self) -> str:
        """Return what was decided, and how much waits, in one line."""
        shown = [f"{n} {_DONE.get(what, what)}" for what, n in sorted(self.made.items()) if n]
        waiting = queue.undecided(queue.read(self.home), self.decided)
        return f"{', '.join(shown) or 'nothing decided'}; {len(waiting)} statements wait"

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

    def _one(self, waiting: Sequence[Waiting], place: int, gone: list[int]) -> int:
        """Show a statement and follow one answer; return the place to go on from."""
        one = waiting[place]
        self._show(one, place + 1, len(waiting))
        letter, _, why = self._answer(self._question(one)).partition(" ")
        choice = _ANSWERS.get(letter[:1].lower(), "help")
        before = self.made.total()
        try:
            if choice == "accept" and one.unknown:
                self._ask_names(one)
            if choice in {"accept", "reject"}:
                self.decide(one, choice, why.strip())
            elif choice == "edit":
                self._ask_changes(one)
            elif choice == "new entity":
                self._ask_names(one)
                return place
            elif choice == "undo":
                self._print(f"undone: {self.undo()}")
                return gone.pop() if gone else place
            elif choice == "quit":
                raise EndOfAnswers
            elif choice == "help":
                self._print(_HELP)
                return place
        except KGError as error:
            self._print(str(error), "red")
            return place
        if choice == "edit" and self.made.total() == before:
            return place
        if choice != "skip":
            gone.append(place)
        return place + 1

    def _question(self, one: Waiting) -> str:
        shown = [f"({k}){w[1:]}" for k, w in _ANSWERS.items() if k != "n" or one.unknown]
        return " ".join([*shown, "(?)"])

    def _ask_changes(self, one: Waiting) -> None:
        self._print("what to change, as in: relation leads · date 2031 · topic; an empty line ends")
        changes: dict[str, str] = {}
        while line := self._answer("change"):
            name, _, value = line.replace("=", " ", 1).partition(" ")
            try:
                self._checked({name: value.strip()})
            except KGError as error:
                self._print(str(error), "red")
                continue
            changes[name] = value.strip()
            as_changed = queue.edited(one, changes)
            self._print(f"{as_changed.text}: {_facts(as_changed)}")
        if changes:
            self.edit(one, changes)

    def _checked(self, changes: dict[str, str]) -> None:
        checking.edit(changes)
        for end in ("subject", "object"):
            name = changes.get(end, "")
            if name and self.decided.entities.get(name, {}).get("verdict") != "accept":
                resolve(self.view, name)

    def _ask_names(self, one: Waiting) -> None:
        if not one.unknown:
            self._print("every name in it is known")
        for mention in one.unknown:
            if mention.name in self.decided.entities:
                continue
            near = self._show_name(one, mention.name, mention.kind)
            guess = naming.guess(mention.name, mention.kind)
            options = f"class [{guess}]" + (", or a number from above" if near else "")
            said = self._answer(f"{options}, or - for none")
            if said == "-":
                continue
            if said.isdigit() and 0 < int(said) <= len(near):
                self.name(mention.name, "", near[int(said) - 1].slug, one.candidate.release)
                continue
            cls = said or guess
            checking.entity_class(cls)
            made = slug(mention.name)
            identifier = self._answer(f"id [{made}]") or made
            self.name(mention.name, cls, identifier, one.candidate.release)

    def _show_name(self, one: Waiting, name: str, kind: str) -> list[naming.Near]:
        found = list(naming.places(self.home, name))
        self._print(f"{name}: {len(found)} {'mention' if len(found) == 1 else 'mentions'}")
        for document, start, around in found[:5]:
            self._print(f"  {document}#char={start}: … {around} …", "dim")
        near = naming.nearest(name, kind, self._known(one))
        for number, other in enumerate(near, 1):
            also = "" if other.name == other.label else f" ({other.label})"
            self._print(f"  {number}  like {other.name}{also}, {other.score} of 100: the same?")
        return near

    def _known(self, one: Waiting) -> list[Name]:
        language = str(self._kept(one).document.get("language", "en"))
        if language not in self._names:
            self._names[language] = run.names(self.view, language, self.decided)
        return self._names[language]

    def _kept(self, one: Waiting) -> Kept:
        return keeping.read(keeping.place(self.home, one.candidate.release))

    def _show(self, one: Waiting, number: int, count: int) -> None:
        kept = self._kept(one)
        said = kept.document
        self._console.print()
        self._console.rule(Text(f"{number} of {count}"), align="left", style="dim")
        publisher = said.get("publisher", "")
        label = self.view.label(iri(f"id:{publisher}")) if publisher else ""
        day = f"issued {said['issued']}" if said.get("issued") else "date of issue not stated"
        tier = f"tier {said.get('tier', 'unknown')}"
        by = label or said.get("publisherName", "publisher not stated")
        self._print(f"{queue.title(kept)} · {by} · {day} · {tier}", "dim")
        self._console.print(Text(one.text, style="bold"))
        self._print(_facts(one))
        for reason in one.candidate.reasons:
            self._print(f"waits because {reason}", "yellow")
        for before, words, after, start, end in queue.sentences(kept, one.candidate):
            place = Text(f"  #char={start},{end}", style="dim")
            marked = Text.assemble("  ", before, (f"[{words}]", "bold reverse"), after, place)
            self._console.print(marked)

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


def _facts(one: Waiting) -> str:
    made = one.candidate
    said = [made.modality]
    said += [f"{k} {v}" for k, v in sorted(made.qualifiers.items()) if k != "modality" and v]
    sure = f"pattern {made.pattern}, {made.confidence:.2f}"
    return f"{', '.join(said)} ({sure})"
