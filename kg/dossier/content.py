"""What the brief of a pair says, section by section, each line with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kg import period
from kg.analytics import conflicts, plans
from kg.namespaces import RDF_TYPE, sp
from kg.query import run
from kg.restrict import counted
from kg.store import View
from kg.table import NOT_STATED, Cell, Table, flat

Record = Mapping[str, Cell]
_NONE = "Nothing on record."


@dataclass(slots=True)
class Sources:
    """The numbered list of what is cited."""

    numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, record: Record) -> tuple[int, ...]:
        """Return the numbers of a row's evidence, adding what is new."""
        cells = [_many(record[c]) for c in ("document", "locator", "quote")]
        cited = []
        for document, locator, words in zip(*cells, strict=True):
            if document != NOT_STATED:
                where = "" if locator == NOT_STATED else f" {locator}"
                entry = f"{document}{where}: {words}"
                cited.append(self.numbers.setdefault(entry, len(self.numbers) + 1))
        return tuple(dict.fromkeys(cited))


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: text, status and attribution, and the numbers of its sources."""

    text: str
    modality: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; `empty` is said when there is none."""

    title: str
    lines: tuple[Line, ...]
    empty: str = _NONE


@dataclass(frozen=True, slots=True)
class Dossier:
    """The brief of a pair.

    Attributes:
        title: The pair.
        subtitle: The day it speaks of, and how many documents it rests on.
        sections: In the order of the page.
        sources: The numbered evidence.
        documents: Document, title, publisher, date, address of what is cited.
        notes: Rules, and what was left out.
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    documents: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def compose(view: View, full: View, a: str, b: str, on: date | None = None) -> Dossier:
    """Compose the brief of a pair.

    Args:
        view: The documents that count.
        full: The whole store, in which names are looked up.
        a: IRI of one actor.
        b: IRI of the other.
        on: Day of the meeting; by default the day as of which the view speaks.
    """
    day, sources = on or view.today, Sources()
    pair = {"a": a, "b": b, "include_states": "true"}

    def asked(name: str, **parameters: str) -> Table:
        return run(view, name, parameters, on=day, names_in=full)

    missions, other = asked("shared-missions", **pair), asked("other-cooperation", **pair)
    events = asked("shared-events", **pair)
    things = sorted(_shared(view, a, b))
    sections = (
        Section("In office", _lines(_heads(asked, view, (a, b)), _head, sources)),
        Section("Missions shared", _lines([missions], _shared_line, sources)),
        Section("Other cooperation and agreements", _lines([other], _shared_line, sources)),
        Section("Meetings, visits and signings", _lines([events], _event, sources)),
        Section(
            "Plans and what became of them",
            _lines(_plans(view, a, b, day.replace(year=day.year - 2)), _plan, sources),
        ),
        Section(
            "Counts", _lines([_latest(asked("counts", about=t)) for t in things], _count, sources)
        ),
        Section("Contradictions", _lines(_conflicts(view, a, b), _conflict, sources)),
        Section("Not stated", tuple(_missing((missions, other, events)))),
    )
    cited = {entry.split(" ")[0].rstrip(":") for entry in sources.numbers}
    return Dossier(
        title=f"{view.label(a)} – {view.label(b)}",
        subtitle=f"Brief for {day}, from {len(view.documents)} documents known by {view.today}",
        sections=sections,
        sources=tuple(sources.numbers),
        documents=tuple(_documents(view, cited)),
        notes=(
            "Planned and intended are never reported as done; states and agencies are kept apart.",
            f"“{NOT_STATED}” means that no document here says so.",
            counted(view),
        ),
    )


def _lines(tables: list[Table], say: Callable[[Record], str], sources: Sources) -> tuple[Line, ...]:
    found: dict[str, Line] = {}
    for table in tables:
        for record in table.records():
            text = say(record)
            cited = sources.cite(record)
            found.setdefault(text, Line(text, _modality(record["modality"]), cited))
    return tuple(found.values())


def _modality(cell: Cell) -> str:
    return " / ".join(sorted(set(_many(cell))))


def _shared(view: View, a: str, b: str) -> set[str]:
    return set(view.objects(a, sp("participatesIn"))) & set(view.objects(b, sp("participatesIn")))


def _heads(asked: Callable[..., Table], view: View, pair: tuple[str, str]) -> list[Table]:
    heads = view.subjects(RDF_TYPE, sp("HeadPost"))
    posts = {org for post in heads for org in view.objects(post, sp("ofOrganization"))}
    return [_certain(asked("head-of", organization=actor)) for actor in pair if actor in posts]


def _certain(table: Table) -> Table:
    """Where somebody is stated to hold the post that day, leave out who only may have."""
    place = next(i for i, c in enumerate(table.columns) if c.startswith("true on"))
    sure = tuple(row for row in table.rows if row[place] == "yes")
    return replace(table, rows=sure or table.rows)


def _plans(view: View, a: str, b: str, since: date) -> list[Table]:
    """Plans that touch both sides and were due in the two years before the day, or still are."""
    sides = []
    for actor in (a, b):
        things = [actor, *view.objects(actor, sp("participatesIn"))]
        sides.append({row for t in things for row in plans.run(view, about=t).rows})
    table = plans.run(view, about=a)
    window, happened = table.columns.index("window"), table.columns.index("happened")
    both = sides[0] & sides[1]
    kept = [r for r in both if _since_then(flat(r[happened]), flat(r[window]), since)]
    rows = sorted(kept, key=lambda r: [flat(c) for c in (r[window], *r)], reverse=True)
    return [replace(table, rows=tuple(rows))]


def _since_then(happened: str, window: str, since: date) -> bool:
    if happened[:4].isdigit():
        return happened[:10] >= since.isoformat()[: len(happened[:10])]
    last = period.parse(window).end_latest if window != NOT_STATED else None
    return last is None or last >= since


def _latest(table: Table) -> Table:
    """Keep the latest count of each measure."""
    measure, when = table.columns.index("measure"), table.columns.index("as of")
    newest: dict[str, tuple[Cell, ...]] = {}
    for row in sorted(table.rows, key=lambda r: flat(r[when])):
        newest[flat(row[measure])] = row
    return replace(table, rows=tuple(newest[m] for m in sorted(newest)))


def _grouped(tables: list[Table]) -> list[Table]:
    """One row a contradiction: its sides joined, each with the kind of its source."""
    merged: dict[str, dict[str, Cell]] = {}
    for record in (r for table in tables for r in table.records()):
        side = f"{flat(record['value'], ', ')} ({flat(record['tier'], ', ')})"
        key = flat(record["conflict"])
        if key not in merged:
            merged[key] = dict(record) | {"value": side}
            continue
        row = merged[key]
        if side not in flat(row["value"]).split(" | "):
            row["value"] = f"{row['value']} | {side}"
            for column in _EVIDENCE:
                row[column] = (*_many(row[column]), *_many(record[column]))
    columns = tables[0].columns if tables else ()
    return [Table(columns, tuple(tuple(r[c] for c in columns) for r in merged.values()))]


def _conflicts(view: View, a: str, b: str) -> list[Table]:
    taken = {t for actor in (a, b) for t in view.objects(actor, sp("participatesIn"))}
    things = [a, b, *sorted(taken)]
    return _grouped([conflicts.run(view, about=t) for t in things])


def _head(record: Record) -> str:
    term = flat(record["term in words"], " or ")
    held = next(flat(v) for k, v in record.items() if k.startswith("true on"))
    attested = flat(record["attested on"], ", ")
    seen = "" if attested == NOT_STATED else f", attested {attested}"
    return f"{record['person']}, {record['post']} (term: {term}{seen}); on the day: {held}"


def _shared_line(record: Record) -> str:
    sides = "; ".join(
        f"{record[f'actor {x}']}: {_role(record[f'role {x}'])}, {_since(record[f'since {x}'])}"
        for x in "ab"
    )
    renewed = flat(record.get("renewed in words", NOT_STATED), " or ")
    more = "" if renewed == NOT_STATED else f"; renewed {renewed}"
    return f"{record['activity']} – {sides}{more}"


def _role(cell: Cell) -> str:
    role = flat(cell, ", ")
    return "role not stated" if role == NOT_STATED else role


def _since(cell: Cell) -> str:
    said = [period.describe(t) for t in _many(cell) if t != NOT_STATED]
    return " or ".join(said) or "start not stated"


def _event(record: Record) -> str:
    what = flat(record["object"]) if record["object"] != NOT_STATED else flat(record["name"])
    kind = flat(record["kind"], ", ").capitalize()
    agents, place = flat(record["agent"], ", "), flat(record["place"], ", ")
    outcome = flat(record["outcome"])
    said = f"{kind} ({what.replace('-', ' ')}): {agents}; place {place}; "
    said += flat(record["date in words"], " or ")
    return said if outcome == NOT_STATED else f"{said}. {outcome}"


def _plan(record: Record) -> str:
    happened = flat(record["happened"], ", ")
    what = f"{record['plan']} – window {flat(record['window'])}, announced {record['announced']}"
    done = "" if happened == plans.NONE else f": {flat(record['event'])}, {happened}"
    return f"{what} → {record['outcome']}{done}"


def _count(record: Record) -> str:
    number = flat(record["value"])
    if number == NOT_STATED:
        number = f"at least {flat(record['at least'])}"
    by = flat(record["reported by"], ", ")
    return f"{record['about']}: {record['measure']} {number}, {record['as of in words']}, says {by}"


def _conflict(record: Record) -> str:
    return f"{record['about']}, {record['property']}: {flat(record['value'])}"


_EVIDENCE = ("modality", "document", "locator", "quote")


def _missing(tables: tuple[Table, ...]) -> Iterator[Line]:
    lacking: dict[str, list[str]] = {}
    for record in (r for table in tables for r in table.records()):
        for side in "ab":
            role = _many(record.get(f"role {side}", ""))
            for column, word in ((f"since {side}", "start"), (f"role {side}", "role")):
                if record.get(column) == NOT_STATED and "signatory" not in role:
                    what = f"{word} for {record[f'actor {side}']}"
                    lacking.setdefault(what, []).append(flat(record["activity"]))
        if record.get("date") == NOT_STATED:
            lacking.setdefault("date", []).append(_event(record))
    for what, things in sorted(lacking.items()):
        yield Line(f"{what}: {', '.join(dict.fromkeys(things))}", "", ())


def _many(cell: Cell) -> tuple[str, ...]:
    return (cell,) if isinstance(cell, str) else cell


_CITED = """SELECT ?d ?title ?publisher ?named ?issued ?url { ?d sp:fromSource ?s
    OPTIONAL { ?d dct:title ?title } OPTIONAL { ?d dct:publisher ?publisher }
    OPTIONAL { ?d sp:publisherName ?named } OPTIONAL { ?d sp:issued ?issued }
    OPTIONAL { ?d sp:url ?url } }"""


def _documents(view: View, cited: set[str]) -> Iterator[tuple[str, ...]]:
    for d, title, publisher, named, issued, url in view.rows(_CITED):
        name = d.rsplit("/", 1)[-1]
        if name in cited:
            by = view.label(publisher) if publisher else named
            yield name, title or "no title", by or NOT_STATED, issued or NOT_STATED, url
