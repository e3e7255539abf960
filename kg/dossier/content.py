"""What the brief of a pair says, section by section, each line with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from kg import period
from kg.analytics import conflicts, plans
from kg.dossier.model import Dossier, Line, Record, Section, Sources
from kg.dossier.wording import conflict, count, event, head, plan, shared_line, shared_row
from kg.namespaces import RDF_TYPE, sp
from kg.query import run
from kg.restrict import counted
from kg.store import View
from kg.table import EVIDENCE, NOT_STATED, Cell, Table, flat, many


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
        Section("In office", _lines(_heads(asked, view, (a, b)), head, sources)),
        _table("Missions shared", missions, (view.label(a), view.label(b)), sources),
        _table("Other cooperation and agreements", other, (view.label(a), view.label(b)), sources),
        Section("Meetings, visits and signings", _lines([events], event, sources)),
        Section(
            "Plans and what became of them",
            _lines(_plans(view, a, b, _two_years_before(day)), plan, sources),
        ),
        Section(
            "Counts", _lines([_latest(asked("counts", about=t)) for t in things], count, sources)
        ),
        Section("Contradictions", _lines(_conflicts(view, a, b), conflict, sources)),
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


def _table(title: str, shared: Table, pair: tuple[str, str], sources: Sources) -> Section:
    """A section of what both take part in; its second column is the first side's."""
    lines = _lines([shared], shared_line, sources, lambda record: shared_row(record, pair))
    return Section(title, lines, columns=("Undertaking", *pair))


def _lines(
    tables: list[Table],
    say: Callable[[Record], str],
    sources: Sources,
    split: Callable[[Record], tuple[str, ...]] = lambda _: (),
) -> tuple[Line, ...]:
    found: dict[str, Line] = {}
    for table in tables:
        for record in table.records():
            text = say(record)
            cited = sources.cite(record)
            line = Line(text, _modality(record["modality"]), cited, split(record))
            found.setdefault(text, line)
    return tuple(found.values())


def _modality(cell: Cell) -> str:
    return " / ".join(sorted(set(many(cell))))


def _shared(view: View, a: str, b: str) -> set[str]:
    return set(view.objects(a, sp("participatesIn"))) & set(view.objects(b, sp("participatesIn")))


def _heads(asked: Callable[..., Table], view: View, pair: tuple[str, str]) -> list[Table]:
    heads = view.subjects(RDF_TYPE, sp("HeadPost"))
    posts = {org for post in heads for org in view.objects(post, sp("ofOrganization"))}
    return [_certain(asked("head-of", organization=actor)) for actor in pair if actor in posts]


def _certain(table: Table) -> Table:
    """Who is stated to hold the post that day; if nobody is, who was last stated to hold it."""
    place = next(i for i, c in enumerate(table.columns) if c.startswith("true on"))
    sure = tuple(row for row in table.rows if row[place] == "yes")
    last = sorted(table.records(), key=_last_stated)[-1:]
    return replace(table, rows=sure or tuple(tuple(record.values()) for record in last))


def _last_stated(record: Record) -> tuple[str, str]:
    """The latest day on which a term is attested or has begun, and the name."""
    begun = [period.parse(t).start_latest for t in many(record["term"]) if t != NOT_STATED]
    days = [d.isoformat() for d in begun if d]
    days += [d for d in many(record["attested on"]) if d != NOT_STATED]
    return max(days, default=""), flat(record["person"])


def _plans(view: View, a: str, b: str, since: date) -> list[Table]:
    """Plans that touch both sides and were due in the two years before the day, or still are."""
    sides = [plans.run(view, about=_near(view, actor)) for actor in (a, b)]
    table = sides[0]
    window, happened = table.columns.index("window"), table.columns.index("happened")
    both = set(sides[0].rows) & set(sides[1].rows)
    kept = [r for r in both if _since_then(flat(r[happened]), flat(r[window]), since)]
    rows = sorted(kept, key=lambda r: [flat(c) for c in (r[window], *r)], reverse=True)
    return [replace(table, rows=tuple(rows))]


def _two_years_before(day: date) -> date:
    """The 29th of February, and a store without any date, have such a day too."""
    last = 28 if day.month == 2 else day.day
    return day.replace(year=max(day.year - 2, 1), day=min(day.day, last))


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
            for column in EVIDENCE:
                row[column] = (*many(row[column]), *many(record[column]))
    columns = tables[0].columns if tables else ()
    return [Table(columns, tuple(tuple(r[c] for c in columns) for r in merged.values()))]


def _conflicts(view: View, a: str, b: str) -> list[Table]:
    return _grouped([conflicts.run(view, about=(*_near(view, a), *_near(view, b)))])


def _near(view: View, actor: str) -> tuple[str, ...]:
    """An actor and what it takes part in."""
    return (actor, *view.objects(actor, sp("participatesIn")))


def _missing(tables: tuple[Table, ...]) -> Iterator[Line]:
    lacking: dict[str, list[str]] = {}
    for record in (r for table in tables for r in table.records()):
        for side in "ab":
            role = many(record.get(f"role {side}", ""))
            for column, word in ((f"since {side}", "start"), (f"role {side}", "role")):
                if record.get(column) == NOT_STATED and "signatory" not in role:
                    what = f"{word} for {record[f'actor {side}']}"
                    lacking.setdefault(what, []).append(flat(record["activity"]))
        if record.get("date") == NOT_STATED:
            lacking.setdefault("date", []).append(event(record))
    for what, things in sorted(lacking.items()):
        yield Line(f"{what}: {', '.join(dict.fromkeys(things))}", "", ())


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
