"""CSV and TSV tables, mapped entirely in `source.yaml`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Literal, TypeAlias

from kg.claims import Record, compile_claim
from kg.errors import InputError, Origin, suggest
from kg.loaders._common import citations
from kg.loaders._source import Report, Source
from kg.loaders._yaml import Block
from kg.loaders.facts import declared
from kg.model import Citation, Statement
from kg.values import Value, located
from kg.vocab import Vocabulary

_FIELD = {"column", "value", "codes", "split", "template", "dates", "language"}
_FORMAT = {"delimiter", "encoding", "nulls", "comment", "quote"}
_MAPPING = {"class", "when", "fields", "cite"}
_Row: TypeAlias = tuple[int, int, list[str], list[str]]
_PLACE = re.compile(r"\{(\w[^{}]*)\}")


def load(source: Source, vocab: Vocabulary, report: Report) -> Iterator[Statement]:
    """Yield the statements of every row of a table.

    Args:
        source: The source: `files:`, `format:` (delimiter, encoding, nulls, comment), `codes:`,
            and `rows:`, each a class with `fields:` (column or value; codes, split, template,
            dates), an optional `when:` (column and in) and a `cite:`. The first line that is
            not empty is the header; each row has as many cells, blank ones at its end apart.
        vocab: The ontology.
        report: Counts every row; a row that does not fit is rejected with its reason.

    Raises:
        InputError: If a file cannot be read, or the mapping itself is wrong: an unknown class,
            property or key, or a column that is not there.
    """
    yield from declared(source.spec, source, vocab, report)
    mappings = source.spec.blocks("rows")
    if not mappings:
        fix = "add rows: with a class, fields and a citation"
        raise InputError("a table without rows:", origin=source.spec.origin, fix=fix)
    for mapping in mappings:
        _check_mapping(mapping, source, vocab)
    for path in source.files():
        form = source.spec.block("format")
        for number, line, header, cells in _rows(path, form, mappings):
            report.rows += 1
            origin = Origin(str(path), line)
            try:
                row = _row(header, cells, form)
                made = [s for m in mappings for s in _map(m, row, number, origin, source, vocab)]
            except InputError as error:
                error.origin = origin
                report.rejected.append(error)
                continue
            report.counts["statements"] += sum("/claim/" in s.subject for s in made)
            yield from made


def _rows(path: Path, form: Block, mappings: list[Block]) -> Iterator[_Row]:
    _only(form, _FORMAT)
    encoding = form.text("encoding", "utf-8")
    try:
        whole = path.read_bytes().decode("utf-8-sig" if encoding == "utf-8" else encoding)
        yield from _read(io.StringIO(whole, newline=""), path, form, mappings)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        fix = "set format: encoding: to what the file is in, such as cp1252 or utf-8"
        where = Origin(str(path), line)
        raise InputError(f"not {encoding}: {error.reason}", origin=where, fix=fix) from None
    except LookupError:
        raise InputError(f"unknown encoding '{encoding}'", origin=form.at["encoding"]) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", origin=Origin(str(path))) from None


def _read(handle: Iterator[str], path: Path, form: Block, mappings: list[Block]) -> Iterator[_Row]:
    delimiter = form.text("delimiter", ",").replace("\\t", "\t")
    if len(delimiter) != 1:
        raise InputError("a delimiter is one sign", origin=form.at["delimiter"])
    if form.text("quote", "none") != "none":
        raise InputError("the only quote: is none", origin=form.at["quote"])
    quoting: Literal[0, 3] = csv.QUOTE_NONE if form.text("quote") == "none" else csv.QUOTE_MINIMAL
    reader = csv.reader(handle, delimiter=delimiter, quoting=quoting, strict=True)
    comment = form.text("comment")
    header: list[str] = []
    number = 0
    try:
        for cells in reader:
            number += 1
            if not header:
                names = [c.strip().lstrip("#\ufeff").strip() for c in cells]
                header = names if any(names) else []
                if header:
                    _check_columns(header, path, mappings)
            elif cells and not (comment and cells[0].startswith(comment)):
                yield number, reader.line_num, header, cells
    except csv.Error as error:
        raise InputError(
            f"broken table: {error}", origin=Origin(str(path), reader.line_num)
        ) from None
    if not header:
        raise InputError("an empty table", origin=Origin(str(path)), fix="give it a header")


def _row(header: list[str], cells: list[str], form: Block) -> dict[str, str]:
    nulls = set(form.texts("nulls")) | {""}
    whole = [c.strip() for c in cells]
    if len(whole) < len(header) or any(whole[len(header) :]):
        fix = "quote cells that hold the delimiter, and keep empty ones"
        raise InputError(f"{len(cells)} cells under {len(header)} columns", fix=fix)
    return {h: "" if c in nulls else c for h, c in zip(header, whole, strict=False)}


def _only(block: Block, known: set[str]) -> None:
    for key in block:
        if key not in known:
            fix = suggest(key, known) or "known: " + ", ".join(sorted(known))
            raise InputError(f"unknown key '{key}'", origin=block.at[key], fix=fix)


def _check_mapping(mapping: Block, source: Source, vocab: Vocabulary) -> None:
    """What is wrong with the mapping is wrong for every row, so it is said once."""
    _only(mapping, _MAPPING)
    with located(mapping.at.get("class", mapping.origin)):
        vocab.class_iri(mapping.text("class"))
    fields = mapping.block("fields")
    for name in fields:
        field = fields.block(name)
        _only(field, _FIELD)
        with located(fields.at[name]):
            vocab.property(name)
            if ("column" in field) == ("value" in field):
                raise InputError(f"'{name}' needs a column or a value, and not both")
        if field.text("codes") and field.text("codes") not in source.spec.block("codes"):
            raise InputError(f"no codes '{field.text('codes')}'", origin=field.at["codes"])
        try:
            re.compile(field.text("split"))
        except re.error as error:
            message = f"'{field.text('split')}' is no pattern: {error}"
            raise InputError(message, origin=field.at["split"]) from None
    when = mapping.block("when")
    if "when" in mapping and not (when.text("column") and when.texts("in")):
        raise InputError("when: needs column: and in:", origin=mapping.at["when"])
    if "cite" not in mapping:
        fix = "add cite: with a document and a gist"
        raise InputError("rows without citation", origin=mapping.origin, fix=fix)


def _check_columns(header: list[str], path: Path, mappings: list[Block]) -> None:
    for mapping in mappings:
        blocks = [mapping.block("when"), *_field_blocks(mapping)]
        for block in blocks:
            column = block.text("column")
            if column and column not in header:
                fix = suggest(column, header) or "columns: " + ", ".join(header)
                message = f"no column '{column}' in {path.name}"
                raise InputError(message, origin=block.at["column"], fix=fix)
            if header.count(column) > 1:
                message = f"{header.count(column)} columns '{column}' in {path.name}"
                raise InputError(message, origin=Origin(str(path), 1), fix="rename one")
        cite = mapping.block("cite")
        for key in cite:
            for name in _PLACE.findall(_cited(cite, key)):
                if name not in header:
                    fix = suggest(name, header) or "columns: " + ", ".join(header)
                    message = f"no column '{name}' in {path.name}"
                    raise InputError(message, origin=cite.at[key], fix=fix)


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
        filled[key] = _PLACE.sub(lambda m: row.get(m[1], m[0]), _cited(cite, key))
    filled["row"] = str(number)
    outer = Block(cite.origin)
    outer["cite"], outer.at["cite"] = filled, cite.origin
    return citations(outer, source.spec.text("document"))


def _cited(cite: Block, key: str) -> str:
    value = cite[key]
    return value.text("value") if isinstance(value, Block) else cite.text(key)
