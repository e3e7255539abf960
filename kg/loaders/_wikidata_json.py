"""Entity documents and query results of Wikidata in JSON, to items.

Reference: Wikibase JSON (https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html);
SPARQL 1.1 Query Results JSON Format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.errors import InputError, Origin
from kg.loaders import _wikidata_time as time
from kg.loaders._json import Found, Text, values
from kg.loaders._wikidata_item import NORMAL, Item, Told

_ENTITY = "http://www.wikidata.org/entity/"
_ID = re.compile(r"[QPLM][1-9]\d*(?:-[SF]\d+)?", re.ASCII)
_ITEM = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q[1-9]\d*)", re.ASCII)
_COLUMN = re.compile(r"(?:p_|wdt_|prop_)?(P[1-9]\d*)", re.ASCII)
_FIRST = ("item", "entity", "subject", "qid")
_MANY = 3


def items(text: Text, variables: Mapping[str, str]) -> Iterator[Item | InputError]:
    """Yield the items of a JSON file, and what is wrong with those that cannot be read.

    Args:
        text: The file.
        variables: Column of a query → property.

    Raises:
        Unfit: If it is no JSON.
    """
    columns: list[str] = []
    group: Item | None = None
    count = 0
    for found in values(text):
        made: Item | InputError | None = None
        if isinstance(found.value, InputError):
            made = found.value
        elif found.part == "results/bindings" or _is_row(found.value):
            made = _binding(found, count, columns, variables, text)
            count += 1
            if group and isinstance(made, Item) and made.id == group.id:
                _merge(group, made)
                continue
        elif found.part in {"", "entities"} and found.key not in _OTHERS:
            made = _guarded(found, text)
        elif found.key == "head" and isinstance(found.value, dict):
            columns += [str(v) for v in found.value.get("vars") or ()]
        elif found.key == "error":
            made = InputError("an error message of Wikidata, no entity", origin=text.origin())
        if made and group:
            yield group
            group = None
        if isinstance(made, Item) and made.place.startswith("/"):
            group = made
        elif made:
            yield made
    if group:
        yield group


_OTHERS = {"head", "success", "warnings", "error", "batchcomplete", "link", "boolean"}


def _is_row(value: Any) -> bool:
    """Say whether an object of a list is a row of a query's results, in short form or not."""
    if not isinstance(value, dict) or isinstance(value.get("id"), str):
        return False
    return any(_ITEM.fullmatch(_text(cell)) for cell in value.values())


def _text(cell: Any) -> str:
    found = cell.get("value") if isinstance(cell, dict) else cell
    return found if isinstance(found, str) else ""


def _guarded(found: Found, text: Text) -> Item | InputError:
    origin = Origin(str(text.path), found.line)
    try:
        return entity(found.value, found.line, origin)
    except (AttributeError, KeyError, TypeError, ValueError):
        return InputError("an entity in an unknown form", origin=origin)


def entity(value: Any, line: int, origin: Origin) -> Item | InputError:
    """Return the item of an entity document, or why there is none."""
    ident = value.get("id") if isinstance(value, dict) else None
    if not isinstance(ident, str) or not _ID.fullmatch(ident):
        return InputError("an entity without id", origin=origin, fix="leave it out")
    if "missing" in value:
        fix = "it was deleted, or never made"
        return InputError(f"Wikidata has no entity {ident}", origin=origin, fix=fix)
    to = value.get("redirects")
    if isinstance(to, dict) and _ID.fullmatch(str(to.get("to", ""))):
        ident = to["to"]
    kinds = {"Q": "item", "P": "property", "L": "lexeme", "M": "mediainfo"}
    made = Item(ident, line, value.get("type") or kinds[ident[0]], place=ident)
    made.modified = str(value.get("modified") or "")
    if made.type != "item":
        return made
    made.labels = {k: v["value"] for k, v in _object(value, "labels").items() if v.get("value")}
    aliases = _object(value, "aliases")
    made.aliases = {k: [a["value"] for a in v if a.get("value")] for k, v in aliases.items()}
    for name, told in _object(value, "claims").items():
        made.told += [_statement(name, statement) for statement in told]
    return made


def _object(value: Mapping[str, Any], key: str) -> dict[str, Any]:
    """An empty object is written as an empty list by some versions."""
    found = value.get(key) or {}
    if not isinstance(found, dict):
        raise TypeError(key)
    return found


def _statement(name: str, statement: Mapping[str, Any]) -> Told:
    told = Told(name, rank=statement.get("rank") or NORMAL, place=statement.get("id") or "")
    told.kind, told.value, told.language, told.state = _snak(statement["mainsnak"])
    qualifiers = statement.get("qualifiers") or {}
    if qualifiers:
        told.start, told.end, told.at = (_date(qualifiers, p) for p in ("P580", "P582", "P585"))
        told.ended = "P582" in qualifiers and told.end != ".."
        told.role = _only(qualifiers, "P3831")
        if told.kind == "time" and told.value and _only(qualifiers, "P1480") == time.CIRCA:
            told.value = circa(told.value)
    if references := statement.get("references"):
        told.reference = _reference(r.get("snaks") or {} for r in references)
    return told


def circa(edtf: str) -> str:
    """Mark a date as approximate."""
    return edtf if edtf.startswith("[") or edtf.endswith("X") else edtf + "~"


def _snak(snak: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Return kind, value, language and state of a snak."""
    if snak.get("snaktype", "value") != "value":
        return "", "", "", str(snak["snaktype"])
    datavalue = snak.get("datavalue") or {}
    value, kind = datavalue.get("value"), datavalue.get("type")
    if kind == "wikibase-entityid" and isinstance(value, dict):
        found = value.get("id") or f"Q{value['numeric-id']}"
        return "item", str(found), "", "" if str(found).startswith("Q") else "unread"
    if kind == "time" and isinstance(value, dict):
        found = time.of_json(value)
        return "time", found, "", "" if found else "no-date"
    if kind == "monolingualtext" and isinstance(value, dict):
        return "text", str(value["text"]), str(value["language"]), ""
    if isinstance(value, str):
        data = {"external-id": "id", "url": "url"}.get(str(snak.get("datatype")), "string")
        return data, " ".join(value.split()), "", ""
    return str(kind or ""), "", "", "unread"


def _date(qualifiers: Mapping[str, Any], name: str) -> str:
    """Return the one date of a qualifier; ".." where it is said that there is none."""
    given: Any = qualifiers.get(name) or []
    if len(given) != 1:
        return ""
    kind, value, _, state = _snak(given[0])
    if state == "novalue":
        return ".."
    return value if kind == "time" and not value.startswith("[") else ""


def _only(qualifiers: Mapping[str, Any], name: str) -> str:
    given: Any = qualifiers.get(name) or []
    return _snak(given[0])[1] if len(given) == 1 else ""


def _reference(blocks: Iterator[Mapping[str, Any]]) -> str:
    """Name the references of a statement: web addresses (P854), works (P248)."""
    said: dict[str, None] = {}
    for snaks in blocks:
        for name in ("P854", "P248"):
            for snak in snaks.get(name) or ():
                if value := _snak(snak)[1]:
                    said[value] = None
    return ", ".join(list(said)[:_MANY])


def _binding(
    found: Found, count: int, columns: Sequence[str], variables: Mapping[str, str], text: Text
) -> Item | InputError:
    origin = Origin(str(text.path), found.line)
    if not isinstance(found.value, dict):
        return InputError("a result that is no object", origin=origin)
    cells = {k: _full(v) for k, v in found.value.items() if _text(v)}
    names = [*_FIRST, *columns, *cells]
    first = next((n for n in names if n in cells and _ITEM.fullmatch(cells[n]["value"])), "")
    if not first:
        return InputError("a result without an item of Wikidata", origin=origin)
    ident = cells[first]["value"].rsplit("/", 1)[-1]
    made = Item(ident, found.line, place=f"/results/bindings/{count}")
    for name, cell in cells.items():
        if name == first:
            continue
        if name == first + "Label":
            if cell["value"] != ident:
                made.labels.setdefault(cell.get("xml:lang") or "", cell["value"])
        elif name == first + "AltLabel":
            others = [t.strip() for t in cell["value"].split(",") if t.strip()]
            made.aliases.setdefault(cell.get("xml:lang") or "", []).extend(others)
        elif not name.endswith(("Label", "AltLabel", "Description")):
            made.told.append(_cell(name, cell, variables))
    return made


def _full(cell: Any) -> dict[str, str]:
    """Return a cell of results in the long form; the short form gives the text alone."""
    if isinstance(cell, dict):
        return {k: v for k, v in cell.items() if isinstance(v, str)}
    kind = "uri" if _ITEM.fullmatch(cell) else "literal"
    return {"type": kind, "value": cell}


def _cell(name: str, cell: Mapping[str, Any], variables: Mapping[str, str]) -> Told:
    match = _COLUMN.fullmatch(name)
    told = Told(match[1] if match else variables.get(name) or "?" + name)
    told.kind, told.value, told.language, told.state = term(
        cell["value"],
        cell.get("type") == "uri",
        cell.get("datatype") or "",
        cell.get("xml:lang") or "",
    )
    if cell.get("type") == "bnode":
        told.value, told.state = "", "somevalue"
    return told


def term(text: str, is_iri: bool, datatype: str, language: str) -> tuple[str, str, str, str]:
    """Return kind, value, language and state of an RDF term."""
    if is_iri:
        if match := _ITEM.fullmatch(text):
            return "item", match[1], "", ""
        if "/.well-known/genid/" in text:
            return "", "", "", "somevalue"
        return ("url", text, "", "") if not text.startswith(_ENTITY) else ("", text, "", "unread")
    local = datatype.rsplit("#", 1)[-1]
    if local in {"dateTime", "date", "gYear", "gYearMonth"}:
        found = time.of_text(text)
        return "time", found, "", "" if found else "no-date"
    if local in {"decimal", "double", "wktLiteral"}:
        return local, text, "", "unread"
    return "text" if language else "string", " ".join(text.split()), language, ""


def _merge(item: Item, more: Item) -> None:
    """Add what a further row of results says of the same item."""
    seen = {(t.property, t.value, t.language) for t in item.told}
    item.told += [t for t in more.told if (t.property, t.value, t.language) not in seen]
    for code, text in more.labels.items():
        item.labels.setdefault(code, text)
