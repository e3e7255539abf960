"""A sitting of a reviewer: decisions on what waits, written down one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg import store
from kg.errors import InputError
from kg.ingest import checking, compiling, keeping, ledger, naming, queue, run
from kg.ingest.keeping import Kept
from kg.ingest.queue import Waiting
from kg.names import resolve
from kg.store import View
from kg.table import Table

_DONE = {
    "accept": "accepted", "reject": "rejected", "edit": "edited", "new entity": "named as new",
    "name": "named as known",
}  # fmt: skip


@dataclass(slots=True)
class Review:
    """One sitting. Each decision is on disk when its method returns.

    Attributes:
        home: The workspace.
        view: The graph.
        decided: All decisions so far.
        said: who, when, why: what every decision of the sitting records.
        made: Kind of decision → how many the sitting made.
    """

    home: Path
    view: View
    decided: ledger.Ledger
    said: Mapping[str, str]
    made: Counter[str] = field(default_factory=Counter)

    @classmethod
    def open(cls, home: Path, *, who: str = "", when: str = "", why: str = "") -> Review:
        """Open a workspace for review.

        Args:
            home: The workspace.
            who: Who decides.
            when: Day of the decisions.
            why: Why, where a decision does not say.

        Raises:
            KGError: If it has no store, or its decisions are broken.
        """
        decided = ledger.load(home / "review" / ledger.DECISIONS)
        said = {"who": who, "when": when, "why": why}
        return cls(home, store.open_view(home), decided, said)

    def waiting(self, document: str = "", relation: str = "", reason: str = "") -> list[Waiting]:
        """Return what nobody has decided, of a document or a relation, or by words of its reasons.

        Raises:
            UnknownNameError: If nothing waits of that document or relation.
        """
        left = [w for w in queue.read(self.home) if w.key not in self.decided.decisions]
        return queue.chosen(left, document=document, relation=relation, reason=reason)

    def table(self, waiting: Sequence[Waiting] | None = None) -> Table:
        """Return what waits as a table: key, statement, why it waits, and the words."""
        return queue.table(self.waiting() if waiting is None else waiting, self.home)

    def accept(self, key: str, why: str = "") -> None:
        """Accept a statement: it goes to the graph.

        Raises:
            UnknownNameError: If no statement has that key, or several begin so.
        """
        self._decide(key, "accept", why)

    def reject(self, key: str, why: str = "") -> None:
        """Reject a statement, also one that is in the graph: it never comes back from these words.

        Raises:
            UnknownNameError: If no statement has that key, or several begin so.
        """
        self._decide(key, "reject", why)

    def edit(self, key: str, changes: Mapping[str, str], why: str = "") -> None:
        """Accept a statement as changed.

        Args:
            key: Its key.
            changes: relation, subject, object, modality, date or another qualifier → new value.
            why: Why.

        Raises:
            KGError: If a change cannot be, or no statement has that key.
        """
        self.check(changes)
        self._decide(key, "edit", why, edit=dict(changes))

    def check(self, changes: Mapping[str, str]) -> None:
        """Refuse a change that cannot be.

        Raises:
            KGError: With the likely fix.
        """
        checking.edit(changes)
        for end in ("subject", "object"):
            name = changes.get(end, "")
            if name and name not in dict(self.decided.accepted()):
                resolve(self.view, name)

    def name(self, name: str, cls: str = "", identifier: str = "", release: str = "") -> None:
        """Accept a name: as a new entity of a class, or as a name of a known thing.

        Args:
            name: The name, as releases write it.
            cls: Class of the new entity; "" for a known one.
            identifier: Identifier; for a new entity "" makes one of the name.
            release: Where it was met.

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
        """Take the newest decision back and say which.

        Raises:
            InputError: If there is none.
        """
        entry = self.decided.undo()
        if not entry:
            raise InputError("no decision to undo")
        kind = str(entry["verdict"])
        if "name" in entry:
            kind = "new entity" if entry.get("type") else "name"
        mine = bool(self.made[kind])
        self.made[kind] -= mine
        self._save("" if mine else "undone")
        return f"{_DONE.get(kind, kind)} {entry.get('statement') or entry['name']}"

    def finish(self, progress: Callable[[str], None] = lambda _: None) -> compiling.Compiled:
        """Read again what a decision concerns, and write the source; `kg build` makes the store.

        Args:
            progress: Called with a short text at every release.
        """
        return run.again(self.view, self.home, progress=progress).compiled

    def summary(self) -> str:
        """Return what was decided, and how much waits, in one line."""
        shown = [f"{n} {_DONE.get(what, what)}" for what, n in sorted(self.made.items()) if n]
        said = ", ".join(shown) or "nothing decided"
        return f"{said}; {len(self.waiting())} statements wait"

    def kept(self, one: Waiting) -> Kept:
        """Return the release of a statement."""
        return keeping.read(keeping.place(self.home, one.candidate.release))

    def _decide(self, key: str, verdict: str, why: str, **more: object) -> None:
        waiting = self.waiting()
        waits = any(one.key.startswith(key.lower()) for one in waiting)
        one = queue.find(waiting if waits else list(queue.everything(self.home)), key)
        said = {**self.said, **({"why": why} if why else {})}
        self.decided.add("decision", queue.decision(one, self.kept(one), verdict, **more, **said))
        self._save(verdict)

    def _save(self, what: str) -> None:
        ledger.save(self.home / "review" / ledger.DECISIONS, self.decided)
        if what:
            self.made[what] += 1


__all__ = ["Review"]
