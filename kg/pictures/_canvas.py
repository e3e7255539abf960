"""The one place that knows matplotlib: figures with our look, and SVG of the same bytes each time.

Colours are those of Okabe and Ito (2008, "Color Universal Design"), told apart by people with the
common kinds of colour blindness; nothing is said by colour alone.
"""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

from kg.errors import KGError

BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#B85C00", "#00795A", "#6E7781", "#1B1F24"
HATCH = "////"
_INCH = 72.0
_LINE = 12.5
_SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "kg",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "text.parse_math": False,
    "hatch.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with our settings, whatever the user's own; labels in any script raise no warning.

    Raises:
        KGError: If matplotlib is not installed.
    """
    try:
        import matplotlib
    except ImportError:
        fix = "pip install 'kg[pictures]'"
        raise KGError("pictures need matplotlib, which is not installed", fix=fix) from None
    with matplotlib.rc_context(), warnings.catch_warnings():
        settings: Any = _SETTINGS
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(settings)
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        yield


def figure(width: float, height: float) -> Any:
    """Return an empty figure without a window; sizes in points (1/72 inch)."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width / _INCH, height / _INCH))


def finish(fig: Any, title: str, caption: Sequence[str]) -> bytes:
    """Put title and caption around the drawing and return it as SVG, named for screen readers.

    Args:
        fig: A figure; the caption is put below it, so it grows.
        title: Its heading.
        caption: Sentences below.
    """
    width, height = (side * _INCH for side in fig.get_size_inches())
    letters = max(int(width / 4.6), 40)
    lines = [line for said in caption for line in textwrap.wrap(said, letters)]
    below, above = _LINE * (len(lines) + 1), 34.0
    whole = height + below + above
    for axes in fig.axes:
        left, bottom, wide, high = axes.get_position().bounds
        place = (left, (bottom * height + below) / whole, wide, high * height / whole)
        axes.set_position(place)
    fig.set_size_inches(width / _INCH, whole / _INCH)
    fig.text(8 / width, 1 - 12 / whole, title, fontsize=13, weight="bold", va="top")
    for number, line in enumerate(lines):
        at = (below - _LINE * (number + 0.6)) / whole
        fig.text(8 / width, at, line, fontsize=7.5, color="#424A53", va="top")
    out = io.BytesIO()
    fig.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Title": title})
    return _named(out.getvalue().decode(), title, " ".join(caption)).encode()


def _named(svg: str, title: str, description: str) -> str:
    start = svg.index("<svg")
    end = svg.index(">", start)
    named = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'{svg[:end]} role="img">{named}{svg[end + 1 :]}'


def shortened(text: str, letters: int) -> str:
    """Return a label that is not longer than so many characters, cut at a word where possible."""
    if len(text) <= letters:
        return text
    cut = text[: letters - 1]
    words = cut.rpartition(" ")[0]
    return f"{words} …" if len(words) > letters // 3 else f"{cut}…"


def isolated(text: str) -> str:
    """Return a text whose direction cannot reach its neighbours (Unicode isolates, UAX #9)."""
    plain = "".join(c for c in text if c not in _BIDI)
    return plain if plain.isascii() else f"\u2068{plain}\u2069"


_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
