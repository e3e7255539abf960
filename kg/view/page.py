"""One HTML file that draws a picture and asks nobody for anything.

pyvis fills our own template (its own asks a content delivery network for Bootstrap and prints the
heading unescaped). All data is written as JSON that cannot end a script; the page's script puts it
on the screen as text only; a content security policy allows our own inline blocks by their hash
and no connection at all.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.safe import clean
from kg.view.picture import GROUPS, NOT_AT_HAND, STATUSES, Picture
from kg.view.records import Positions, Records, records

_HERE = Path(__file__).parent
SCRIPTS = (
    "base", "theme", "symbols", "state", "shown", "curves", "labels", "scene", "ink", "stage",
    "choice", "panel", "filters", "time", "table", "search", "save", "keys", "start",
)  # fmt: skip
"""The page's own script, in files by concern, joined in this order inside one function."""
DASHES: dict[str, list[int]] = {"planned": [9, 5], "intended": [2, 4], "cancelled": [10, 3, 2, 3]}
"""Line pattern of a status; all others are solid."""
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom"},
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": False},
        "multiselect": False,
        "selectConnectedEdges": False,
    },
}


def render(
    picture: Picture, *, seed: int = 7, positions: Positions | None = None, flat: bool = False
) -> str:
    """Write the page.

    Args:
        picture: What to show. Links whose ends are not among the nodes are refused.
        seed: Seed of the layout.
        positions: Places by node id that overrule the layout, as :func:`kg.view.read_positions`
            gives them.
        flat: Draw every item, however many; otherwise large pictures open on groups.

    Returns:
        A complete HTML document; the same picture gives the same text.

    Raises:
        KGError: Two nodes share an id, a link has an unknown end, no position is of a node, or
            pyvis lacks its library.
    """
    from pyvis.network import Network

    found = records(picture, seed=seed, positions=positions, flat=flat)
    net = Network(height="100%", width="100%", cdn_resources="in_line")
    net.nodes, net.edges, net.options = found.nodes, found.edges, OPTIONS
    net.set_template_dir(str(_HERE), "template.html")
    env = net.templateEnv
    env.autoescape = True
    env.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    env.globals.update(_blocks())
    env.globals.update(
        title=clean(picture.title),
        subtitle=clean(picture.subtitle),
        sources=[clean(line) for line in picture.sources],
        definition=clean(picture.definition),
        details=_details(picture, found),
        evidence={"facts": found.facts, "docs": found.docs},
    )
    return str(net.generate_html())


def _details(picture: Picture, found: Records) -> dict[str, Any]:
    return {
        "base": found.base,
        "definition": clean(picture.definition),
        "groups": list(GROUPS.items()),
        "notAtHand": NOT_AT_HAND,
        "regions": found.regions,
        "sources": [clean(line) for line in picture.sources],
        "statuses": [[key, name, DASHES.get(key, [])] for key, name in STATUSES.items()],
        "title": clean(picture.title),
        "today": clean(picture.today),
        "years": found.years,
    }


def _blocks() -> dict[str, Any]:
    """The inline blocks, and the policy that allows exactly these."""
    from markupsafe import Markup

    library, library_css = _library()
    own = "".join(_asset(f"js/{name}.js") for name in SCRIPTS)
    scripts = [library, f'"use strict";\n(() => {{\n{own}}})();\n']
    styles = [library_css, _asset("page.css")]
    rules = [
        "default-src 'none'",
        "script-src " + " ".join(map(_hash, scripts)),
        "style-src " + " ".join(map(_hash, styles)),
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    return {
        "policy": "; ".join(rules),
        "scripts": [Markup(text) for text in scripts],  # noqa: S704  (our files and pyvis's)
        "styles": [Markup(text) for text in styles],  # noqa: S704  (the same)
    }


def _library() -> tuple[str, str]:
    """vis-network as pyvis ships it, without source map and without its button images."""
    import pyvis

    found = sorted(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise KGError("The installed pyvis ships no vis-network.", fix="Install pyvis 0.3.2.")
    script = re.sub(r"\n?//# sourceMappingURL=.*", "", found[-1].read_text("utf-8"))
    style = found[-1].with_name("vis-network.css").read_text("utf-8")
    style = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style)
    return _closed(script), _closed(re.sub(r'url\("?data:[^)]*\)', "none", style))


def _asset(name: str) -> str:
    return _closed((_HERE / name).read_text("utf-8"))


def _closed(text: str) -> str:
    """Refuse a block that could end its own tag; line ends as the browser will hash them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise KGError("An inline block of the page would end its own tag.")
    return text


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
