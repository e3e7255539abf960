"""A chart of what is dated about one thing; uncertain ends are drawn as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg import period
from kg.analytics import _options, timeline
from kg.errors import KGError
from kg.namespaces import iri
from kg.pictures import _canvas
from kg.pictures._picture import Picture, caption
from kg.store import View
from kg.table import flat

MARKS = (
    "A solid bar or diamond is certain; a hatched bar may or may not be so (the start or end has "
    "bounds only, or the end is open and no later document says it still holds); a dotted stub is "
    "a side that is not stated. Open diamonds and outlined bars are planned or intended, not done; "
    "a ring is said by somebody quoted or reported."
)
_ROW, _LABELS, _WIDTH = 17.0, 390.0, 980.0
_MOST = 400


@dataclass(frozen=True, slots=True)
class _Bar:
    """One fact with its periods."""

    label: str
    extents: tuple[period.Period, ...]
    status: str
    quoted: bool
    seen: date | None


def draw(view: View, *, entity: str = "", rows: int = 60) -> Picture:
    """Draw the dated facts of one thing.

    Args:
        view: The documents that count.
        entity: IRI or name of the thing; required.
        rows: How many facts at the most; of more, those that most documents state are kept.

    Raises:
        KGError: If no thing is named, nothing about it is dated, or matplotlib is missing.
    """
    if not 1 <= rows <= _MOST:
        raise KGError(f"{rows} rows cannot be drawn", fix=f"ask for 1 to {_MOST}")
    if not entity:
        raise KGError("no thing is named", fix="name one: kg picture timeline JAXA")
    table = timeline.run(view, entity=entity)
    bars = _bars(view, table.records(), _names(view, entity))
    if not bars:
        raise KGError(
            f"nothing dated is on record: {table.title}", fix="try another thing, or -f table"
        )
    kept = sorted(sorted(bars, key=lambda b: -len(b.extents))[:rows], key=_place)
    left = len(bars) - len(kept)
    more = [f"{left} further facts are left out of the drawing, not of its rows."] if left else []
    more += [
        f"{note[0].upper()}{note[1:]}." for note in table.notes if note.startswith("facts with")
    ]
    said = caption(view, MARKS, *more)
    with _canvas.drawing():
        fig = _canvas.figure(_WIDTH, _ROW * len(kept) + 40)
        _axes(fig, kept, view.today)
        return Picture(table.title, _canvas.finish(fig, table.title, said), said, table)


def _names(view: View, entity: str) -> tuple[str, ...]:
    """What a line may start with that the title says already."""
    return (f"{view.label(_options.entity(view, entity))}: ",)


def _bars(view: View, records: Sequence[Any], heads: tuple[str, ...]) -> list[_Bar]:
    found: dict[tuple[str, str, bool], _Bar] = {}
    for record in records:
        modality = flat(record["modality"]).split("; ")[0]
        status, quoted = modality.split(",")[0], "asserted" not in flat(record["modality"])
        key = flat(record["what"]), status, quoted
        extent = period.parse(flat(record["date"]))
        seen = _latest(view, record["document"])
        before = found.get(key)
        extents = (*before.extents, extent) if before else (extent,)
        days = [d for d in (seen, before.seen if before else None) if d]
        said = next((key[0].removeprefix(h) for h in heads if key[0].startswith(h)), key[0])
        found[key] = _Bar(said, extents, status, quoted, max(days, default=None))
    return list(found.values())


def _latest(view: View, documents: Any) -> date | None:
    names = {documents} if isinstance(documents, str) else set(documents)
    days = [view.documents.get(iri(f"doc:{name}"), ("", ""))[1] for name in names]
    return date.fromisoformat(max(days)) if any(days) else None


def _place(bar: _Bar) -> tuple[date, str]:
    days = [d for e in bar.extents for d in (e.start_earliest, e.start_latest, e.end_latest) if d]
    return min(days, default=date.max), bar.label


def _axes(fig: Any, bars: Sequence[_Bar], today: date) -> None:
    axes = fig.add_axes((_LABELS / _WIDTH, 0.03, 1 - _LABELS / _WIDTH - 0.02, 0.94))
    known = [_year(d) for bar in bars for e in bar.extents for d in _days(e)]
    low, high = min(known) - 1, max([*known, _year(today) if today > date.min else min(known)]) + 1
    for row, bar in enumerate(bars):
        for extent in bar.extents:
            _extent(axes, row, extent, bar, (low, high), today)
    axes.set_xlim(low, high)
    axes.set_ylim(len(bars) - 0.4, -0.6)
    labels = [_canvas.isolated(_canvas.shortened(b.label, 74)) for b in bars]
    axes.set_yticks(range(len(bars)), labels, fontsize=7.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#D0D7DE", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_locator(_whole_years())
    axes.xaxis.set_major_formatter("{x:.0f}")
    axes.xaxis.tick_top()


def _whole_years() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=9, integer=True)


def _days(extent: period.Period) -> list[date]:
    bounds = (extent.start_earliest, extent.start_latest, extent.end_earliest, extent.end_latest)
    return [d for d in bounds if d]


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _extent(
    axes: Any, row: int, extent: period.Period, bar: _Bar, span: tuple[float, float], today: date
) -> None:
    done = bar.status in {"occurred", "ongoing"}
    colour = {"occurred": _canvas.BLUE, "ongoing": _canvas.GREEN}.get(bar.status, _canvas.ORANGE)
    if extent.kind == "set":
        _moment(axes, row, extent, bar, colour, span)
        return
    for start, end, sure in _pieces(extent, bar.seen, today):
        face = colour if sure and done else "none"
        hatch = None if sure else _canvas.HATCH
        axes.barh(row, end - start, left=start, height=0.5, facecolor=face, edgecolor=colour,
                  hatch=hatch, linewidth=0.9, linestyle="-" if done else "--")  # fmt: skip
    first = extent.start_earliest or extent.start_latest
    if not first:
        last = extent.end_latest or extent.end_earliest
        edge = _year(last) if last else _year(bar.seen) if bar.seen else span[0]
        _stub(axes, row, edge, -1, colour, span)
    elif not extent.open_end and not extent.end_latest and not extent.end_earliest:
        _stub(axes, row, _year(first), 1, colour, span)


def _pieces(
    extent: period.Period, seen: date | None, today: date
) -> list[tuple[float, float, bool]]:
    """Start, end and certainty of the parts of a bar, in years."""
    begin, begun = extent.start_earliest, extent.start_latest
    found = []
    if begin and begun and begun > begin:
        found.append((_year(begin), _year(begun), False))
    start = begun or begin
    if extent.open_end:
        until = max(d for d in (seen, start, begin) if d) if seen or start else None
        if start and until and until > start:
            found.append((_year(start), _year(until), True))
        if until and today > until:
            found.append((_year(until), _year(today), False))
        return found
    sure, latest = extent.end_earliest, extent.end_latest
    if start and sure and sure > start:
        found.append((_year(start), _year(sure), True))
    if latest and start and latest > max(sure or start, start):
        found.append((_year(max(sure or start, start)), _year(latest), False))
    return found


def _moment(
    axes: Any, row: int, extent: period.Period, bar: _Bar, colour: str, span: tuple[float, float]
) -> None:
    first, last = extent.start_earliest, extent.end_latest
    done = bar.status in {"occurred", "ongoing"}
    if first and last and (last - first).days > 31:
        axes.barh(row, _year(last) - _year(first), left=_year(first), height=0.34,
                  facecolor="none", edgecolor=colour, hatch=_canvas.HATCH, linewidth=0.7,
                  linestyle="-" if done else "--")  # fmt: skip
    elif first and last:
        shape = "o" if bar.quoted else "D"
        axes.plot(_year(first), row, shape, markersize=5, markeredgecolor=colour,
                  markerfacecolor=colour if done and not bar.quoted else "white")  # fmt: skip
    elif first or last:
        _stub(axes, row, _year(first or last or date.min), 1 if first else -1, colour, span)


def _stub(axes: Any, row: int, at: float, way: int, colour: str, span: tuple[float, float]) -> None:
    """A side that is not stated: a dotted line of a fixed length that leads away."""
    length = (span[1] - span[0]) * 0.04
    axes.plot([at, at + way * length], [row, row], ":", color=colour, linewidth=1.6)
