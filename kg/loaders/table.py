"""CSV and TSV tables, mapped entirely in `source.yaml`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Literal

from kg.claims import Record, compile_claim
from kg.errors import InputError, Origin, suggest
from kg.loaders._common import citations
from kg.loaders._source import Report, Source
from kg.loaders._yaml import Block
from kg.loaders.facts import declared
from kg.model import Citation, Statement
from kg.values import Value
from kg.vocab import Vocabulary

_FIELD = {"column", "value", "codes", "split", "template", "dates", "language"}
_FORMAT = {"delimiter", "encoding", "nulls", "comment", "quote"}
_PLACE = re.compile(r"\{(\w[^{}]*)\}")


def load(source: Source, vocab: Vocabulary, report: Report) -> Iterator[Statement]:
    """Yield the statements of every row of a table.

    Args:
        source: The source: `files:`, `format:` (delimiter, encoding, nulls, comment), `codes:`,
            and `rows:`, each a class with `fields:` (column or value; codes, split, template,
            dates), an optional `when:` and a `cite:`.
        vocab: The ontology.
        report: Counts every row; a row that does not fit is rejected with its reason.

    Raises:
        InputError: If a file cannot be read, or the mapping names a column that is not there.
    """
    yield from declared(source.spec, source, vocab, report)
    mappings = source.spec.blocks("rows")
    for path in source.files():
        for number, line, row in _rows(path, source.spec.block("format"), mappings):
            report.rows += 1
            origin = Origin(str(path), line)
            try:
                made = [s for m in mappings for s in _map(m, row, number, origin, source, vocab)]
            except InputError as error:
                error.origin = origin
                report.rejected.append(error)
                continue
            report.counts["statements"] += sum("/claim/" in s.subject for s in made)
            yield from made


def _rows(
    path: Path, form: Block, mappings: list[Block]
) -> Iterator[tuple[int, int, dict[str, str]]]:
    for key in form:
        if key not in _FORMAT:
            raise InputError(f"unknown key '{key}'", origin=form.at[key], fix=suggest(key, _FORMAT))
    encoding = form.text("encoding", "utf-8")
    try:
        with path.open(encoding=encoding, newline="") as handle:
            yield from _read(handle, path, form, mappings)
    except UnicodeDecodeError as error:
        fix = "set format: encoding: to what the file is in, such as cp1252 or utf-8"
        raise InputError(
            f"not {encoding}: {error.reason}", origin=Origin(str(path)), fix=fix
        ) from None
    except LookupError:
        raise InputError(f"unknown encoding '{encoding}'", origin=form.at["encoding"]) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", origin=Origin(str(path))) from None


def _read(
    handle: Iterator[str], path: Path, form: Block, mappings: list[Block]
) -> Iterator[tuple[int, int, dict[str, str]]]:
    delimiter = form.text("delimiter", ",").replace("\\t", "\t")
    quoting: Literal[0, 3] = csv.QUOTE_NONE if form.text("quote") == "none" else csv.QUOTE_MINIMAL
    reader = csv.reader(handle, delimiter=delimiter, quoting=quoting, strict=True)
    comment, nulls = form.text("comment"), set(form.texts("nulls")) | {""}
    header: list[str] = []
    number = 0
    try:
        for cells in reader:
            number += 1
            if not header:
                header = [c.strip().lstrip("#\ufeff").strip() for c in cells]
                _check_columns(header, path, mappings)
            elif cells and not (comment and cells[0].startswith(comment)):
                cells += [""] * (len(header) - len(cells))
                row = {h: "" if c.strip() in nulls else c.strip() for h, c in zip(header, cells)}  # noqa: B905 - long rows lose their tail on purpose
                yield number, reader.line_num, row
    except csv.Error as error:
        raise InputError(
            f"broken table: {error}", origin=Origin(str(path), reader.line_num)
        ) from None


def _check_columns(header: list[str], path: Path, mappings: list[Block]) -> None:
    for mapping in mappings:
        blocks = [mapping.block("when"), *_field_blocks(mapping)]
        for block in blocks:
            column = block.text("column")
            if column and column not in header:
                fix = suggest(column, header) or "columns: " + ", ".join(header)
                message = f"no column '{column}' in {path.name}"
                raise InputError(message, origin=block.at["column"], fix=fix)


def _field_blocks(mapping: Block) -> list[Block]:
    fields = mapping.block("fields")
    return [fields.block(name) for name in fields]


def _map(
    mapping: Block,
    row: Mapping[str, str],
    number: int,
    origin: Origin,
    source: Source,
    vocab: Vocabulary,
) -> Iterator[Statement]:
    when = mapping.block("when")
    if when and row[when.text("column")] not in when.texts("in"):
        return
    fields = mapping.block("fields")
    values = {name: _values(fields.block(name), row, source) for name in fields}
    values = {name: found for name, found in values.items() if found}
    cited = _citations(mapping, row, number, source)
    for fact in _alternatives(values, vocab):
        yield from compile_claim(Record(mapping.text("class"), fact, cited, origin), vocab)


def _alternatives(
    values: dict[str, list[Value]], vocab: Vocabulary
) -> Iterator[dict[str, list[Value]]]:
    """A cell with several values in a property that takes one makes several facts."""
    single = [n for n, v in values.items() if len(v) > 1 and vocab.property(n).single]
    for choice in product(*(values[n] for n in single)):
        yield values | {n: [v] for n, v in zip(single, choice, strict=True)}


def _values(field: Block, row: Mapping[str, str], source: Source) -> list[Value]:
    for key in field:
        if key not in _FIELD:
            raise InputError(f"unknown key '{key}'", origin=field.at[key], fix=suggest(key, _FIELD))
    if "value" in field:
        return [(text, field.text("language")) for text in field.texts("value")]
    cell = row[field.text("column")]
    parts = re.split(field.text("split"), cell) if field.text("split") else [cell]
    found = [_convert(p.strip(), field, source) for p in parts if p.strip()]
    return [(text, field.text("language")) for text in found]


def _convert(text: str, field: Block, source: Source) -> str:
    if name := field.text("codes"):
        codes = source.spec.block("codes").block(name)
        if text not in codes:
            fix = f"add it to codes: {name}: in source.yaml"
            raise InputError(
                f"code '{text}' of column '{field.text('column')}' is unknown", fix=fix
            )
        text = codes.text(text)
    dates = field.text("dates", "edtf")
    if dates != "edtf":
        try:
            text = datetime.strptime(text, dates).date().isoformat()
        except ValueError:
            raise InputError(f"'{text}' is no date of the form {dates}") from None
    return field.text("template", "{}").replace("{}", text)


def _citations(
    mapping: Block, row: Mapping[str, str], number: int, source: Source
) -> list[Citation]:
    cite = mapping.block("cite")
    filled = Block(cite.origin)
    filled.at = dict(cite.at)
    for key in cite:
        value = cite[key]
        text = value.text("value") if isinstance(value, Block) else cite.text(key)
        filled[key] = _PLACE.sub(lambda m: row.get(m[1], m[0]), text)
    filled["row"] = str(number)
    outer = Block(cite.origin)
    outer["cite"], outer.at["cite"] = filled, cite.origin
    return citations(outer, source.spec.text("document"))
