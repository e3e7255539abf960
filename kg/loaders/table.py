"""Rows of tables and of other records, mapped entirely in `source.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.errors import InputError, KGError, Origin
from kg.loaders import _mapping, _tables
from kg.loaders._conditions import Test, compile_one
from kg.loaders._entities import Part, Target
from kg.loaders._scope import Scope, State
from kg.loaders._sheet import BrokenError, Columns, Sheet
from kg.loaders._snapshots import document_of
from kg.loaders._source import Account, Report, Source
from kg.loaders._tables import Match, TableSpec
from kg.loaders._yaml import Block
from kg.loaders.facts import declared
from kg.model import Statement
from kg.namespaces import iri
from kg.vocab import Vocabulary

NOTHING = "nothing-applies"


def load(source: Source, vocab: Vocabulary, report: Report) -> Iterator[Statement]:
    """Yield the statements of every row of a source's files.

    Args:
        source: The source: `tables:`, each with the columns by which a file is recognised, its
            `format:`, `document:`, `skip:` and `rows:`; or one table, with `files:`.
        vocab: The ontology.
        report: Counts every row: in = mapped + skipped + rejected.

    Raises:
        InputError: If a file cannot be read, no table fits, or the mapping itself is wrong: an
            unknown class, property or key, or a column that is not there.
    """
    yield from declared(source.spec, source, vocab, report)
    tables = _tables.specs(source)
    found, unread = _tables.matches(source, tables)
    report.unread += unread
    for match, sheet in _tables.sheets(found):
        document, statement = _document(match, sheet, source, vocab)
        if statement:
            report.counts["documents"] += 1
            yield statement
        account = Account(match.path.name, match.table.name, document)
        report.files.append(account)
        yield from _File(match, sheet, source, vocab, report, account).statements()


def _document(
    match: Match, sheet: Sheet, source: Source, vocab: Vocabulary
) -> tuple[str, Statement | None]:
    given = match.table.block.get("document", "")
    if isinstance(given, Block):
        return document_of(match.path, given, sheet.comments, source, vocab)
    return match.table.block.text("document") or source.spec.text("document"), None


class _File:
    """One file while it is read."""

    def __init__(
        self,
        match: Match,
        sheet: Sheet,
        source: Source,
        vocab: Vocabulary,
        report: Report,
        account: Account,
    ) -> None:
        self._table: TableSpec = match.table
        self._sheet, self._report, self._account = sheet, report, account
        self._path, self._external = str(match.path), source.external
        self._identity = source.identity
        form = match.table.form
        columns: Columns = match.table.columns(sheet.header, match.path)
        scope = Scope(
            columns=columns,
            codes=source.spec.block("codes"),
            vocab=vocab,
            identity=source.identity,
            uncertain=form.text("uncertain"),
            names=set(),
            omitted=report.omit,
        )
        target = Target(account.document, source.external)
        self._parts: Sequence[Part] = _mapping.compile_rows(
            match.table.block.blocks("rows"), scope, target
        )
        self._skip: list[tuple[str, Test]] = [
            (b.text("name", "skip"), compile_one(b, scope, frozenset({"name", "why"})))
            for b in match.table.block.blocks("skip")
        ]
        self._nulls = set(form.texts("nulls")) | {""}
        self._ragged = form.text("ragged") == "true"
        self._width = len(sheet.header)
        self._claims, self._periods = iri("claim:"), iri("period:")
        self._repeated = (iri("evidence:"), iri("fact:"))
        self._dated: set[str] = set()

    def statements(self) -> Iterator[Statement]:
        """Yield the statements of all rows that fit."""
        report, account, identity = self._report, self._account, self._identity
        for number, line, locator, cells in self._sheet.rows:
            report.rows += 1
            account.rows += 1
            origin = Origin(self._path, line)
            try:
                state = State(self._cells(cells), number, line, locator)
                made = self._row(state, origin)
            except InputError as error:
                identity.rollback()
                self._reject(error, origin)
                continue
            identity.commit()
            if made is not None:
                yield from self._new(made)

    def _reject(self, error: KGError, origin: Origin) -> None:
        if isinstance(error, BrokenError) and not self._external:
            raise error
        if not (error.origin and error.origin.line and error.origin.file == self._path):
            error.origin = origin
        self._account.rejected += 1
        self._report.reject(error)

    def _cells(self, cells: list[str] | KGError) -> list[str]:
        if isinstance(cells, KGError):
            raise cells
        nulls = self._nulls
        whole = ["" if (c := cell.strip()) in nulls else c for cell in cells]
        if len(whole) < self._width and self._ragged:
            whole += [""] * (self._width - len(whole))
        if len(whole) < self._width or any(whole[self._width :]):
            fix = "quote cells that hold the delimiter, and keep empty ones"
            raise InputError(f"{len(cells)} cells under {self._width} columns", fix=fix)
        return whole

    def _row(self, state: State, origin: Origin) -> list[Statement] | None:
        for name, test in self._skip:
            if test(state):
                self._skipped(name)
                return None
        made: list[Statement] = []
        applied = False
        for part in self._parts:
            statements = part(state, origin)
            if statements is not None:
                applied = True
                made += statements
        if not applied:
            self._skipped(NOTHING)
            return None
        return made

    def _skipped(self, name: str) -> None:
        self._account.skipped[name] += 1
        self._report.skipped[name] += 1

    def _new(self, made: list[Statement]) -> Iterator[Statement]:
        """What several claims of a row share is said once; a period once in a document."""
        row: set[tuple[str, str]] = set()
        for statement in made:
            subject = statement.subject
            if subject.startswith(self._periods):
                if subject in self._dated:
                    continue
                self._dated.add(subject)
            elif subject.startswith(self._repeated):
                key = subject, statement.graph
                if key in row:
                    continue
                row.add(key)
            elif subject.startswith(self._claims):
                self._report.counts["statements"] += 1
            yield statement
