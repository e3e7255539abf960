"""Write every page, the data and what describes them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kg import registry, resources
from kg.errors import UnknownNameError
from kg.pages import Request, Site
from kg.pages.dataset import DUMPS, ONTOLOGY
from kg.pages.links import FILES, Relative, file_of
from kg.pages.render import Asked, asset, assets
from kg.pages.respond import answer
from kg.pages.scope import Scope
from kg.publish import about
from kg.publish.folder import swapped
from kg.publish.paths import paths
from kg.safe import site_address
from kg.store import View

_LISTS = ("data", "pairs", "plans", "conflicts", "documents")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What a site of files holds.

    Attributes:
        base_url: Address at which it will be read, or ""; for the site map, canonical links, and
            the links of the page for what is not there, which is shown at any path.
        pairs: How many briefs of pairs at the most.
        graphs: How many interactive graphs at the most; each is half a megabyte.
    """

    base_url: str = ""
    pairs: int = 100
    graphs: int = 10


def publish(
    view: View,
    target: Path,
    options: Options = Options(),
    progress: Progress = lambda _done, _all: None,
) -> int:
    """Write the pages of a view as files.

    Args:
        view: What is published.
        target: A folder that is not there, empty, or written by this function before.
        options: What the site holds.
        progress: Told how many files are written, of how many.

    Returns:
        The number of files.

    Raises:
        StoreError: If the folder holds what is not ours, or cannot be written.
        KGError: If the address is none.
    """
    writer = _Writer(Site(view), site_address(options.base_url))
    with swapped(target) as folder:
        return writer.write(folder, options, progress)


class _Writer:
    def __init__(self, site: Site, address: str) -> None:
        self._site, self._address = site, address
        self._known: frozenset[str] = frozenset()

    def write(self, folder: Path, options: Options, progress: Progress) -> int:
        pages = paths(self._asked(""), options.pairs, options.graphs)
        self._known = frozenset(pages)
        work = [(p, form) for p in pages for form in ("html", *self._forms(p))]
        for done, (path, form) in enumerate(work):
            progress(done, len(work))
            ending = f".{form}"
            asked = self._asked(path if form == "html" else path + ending)
            _put(folder, file_of(path, ending), answer(asked).body)
        progress(len(work), len(work))
        rest = self._rest(pages)
        for name, content in rest.items():
            _put(folder, name, content)
        return len(work) + len(rest)

    def _asked(self, path: str) -> Asked:
        links = Relative(here=path, known=self._known, site=self._address)
        return Asked(self._site, Request("/" + path), Scope(self._site.full), links, path)

    def _forms(self, path: str) -> tuple[str, ...]:
        """Data beside a page: of a thing, a document, a question, or a whole list."""
        kind, _, rest = path.partition("/")
        whole = not rest if kind in _LISTS else bool(rest) and "/" not in rest
        return FILES.get(kind, ()) if whole else ()

    def _rest(self, pages: list[str]) -> dict[str, bytes]:
        asked = replace(self._asked(""), links=Relative(known=self._known))
        view = self._site.full
        files = {name: _export(view, form) for name, (form, _) in DUMPS.items()}
        files |= {name: _ontology(name) for name in ONTOLOGY}
        found = files | {f"static/{name}": asset(name) or b"" for name in assets()}
        found["static/names.js"] = about.names(asked)
        found["404.html"] = self._lost()
        found["dcat.ttl"] = about.dcat(view, files, self._address)
        found["ro-crate-metadata.json"] = about.crate(view, files)
        if self._address:
            found |= about.site_maps(pages, self._address)
        return found

    def _lost(self) -> bytes:
        """What servers of files show for a page that is not there, at whatever path that is."""
        links = Relative(here="404", known=self._known, site=self._address, anywhere=True)
        error = UnknownNameError("There is no such page here", fix="Search for a name above.")
        asked = replace(self._asked("404"), links=links)
        return asked.html("problem.html", error=error, near=[]).body


def _ontology(name: str) -> bytes:
    return (resources.ontology() / name.rpartition("/")[2]).read_bytes()


def _export(view: View, form: str) -> bytes:
    out = io.BytesIO()
    registry.load("kg.export", form, "format").write(view, out)
    return out.getvalue()


def _put(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
