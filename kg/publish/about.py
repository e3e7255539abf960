"""What a site of files says of itself to programs: names, DCAT, RO-Crate, site map."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from kg import edition, model
from kg.namespaces import iri, prefixes
from kg.pages.dataset import DUMPS, sources
from kg.pages.links import file_of, path_of
from kg.pages.memory import Memory
from kg.pages.render import SITE, Asked
from kg.phrase import class_of
from kg.vocab import load

_MEDIA = {
    ".ttl": "text/turtle",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
    ".csv": "text/csv",
    ".jsonld": "application/ld+json",
}
_PER_MAP = 50_000
"""Addresses in one site map (sitemaps.org protocol)."""


def names(asked: Asked) -> bytes:
    """Return the script that holds the names of all things, those with most facts first."""
    found: dict[str, list[str]] = {}
    for thing, name in asked.site.index.entries():
        found.setdefault(thing, []).append(name)
    weight, words = asked.site.index.weight, load()
    rows = []
    for thing in sorted(found, key=lambda t: (-weight(t), t)):
        label, cls = asked.label(thing), class_of(asked.view, thing)
        others = [n for n in dict.fromkeys(found[thing]) if n != label]
        kind = words.label(words.classes[cls]) if cls in words.classes else ""
        rows.append([file_of(path_of(thing)), label, kind, others])
    lines = ",\n".join(json.dumps(row, ensure_ascii=True, separators=(",", ":")) for row in rows)
    return f"window.kgNames=[\n{lines}\n];\n".encode()


def dcat(view: Memory, files: Mapping[str, bytes], address: str = "") -> bytes:
    """Return the description of the data set with its files (DCAT 3), as Turtle.

    Args:
        view: What is published.
        files: The files of the data, by their names from the root of the site.
        address: Address of the first page, with a slash at its end; where it is "", the files are
            named as they lie beside this one.
    """
    held = edition.held(view)
    used = ("dcat", "dct", "xsd", "source")
    lines = [f"@base <{address}> ."] if address else []
    lines += [f"@prefix {name}: <{prefixes()[name]}> ." for name in used]
    said = [f"dct:title {model.text(held.title if held else SITE, 'en')}"]
    if held:
        said += [
            f"dcat:version {model.text(held.version)}",
            f'dct:issued "{held.issued}"^^xsd:date',
            f'dct:modified "{held.modified}"^^xsd:date',
            f"dct:creator {model.text(held.creator)}",
            f"dct:license {model.text(held.licence)}",
            f"dct:bibliographicCitation {model.text(held.citation, 'en')}",
        ]
    said += [f"dct:source {model.ref(iri('source:' + s.slug))}" for s in sources(view)]
    said += [f"dcat:distribution <{name}#file>" for name in sorted(files)]
    lines += ["", f"{model.ref(iri(edition.NODE))} a dcat:Dataset ;", *_listed(said)]
    for name in sorted(files):
        size = f'"{len(files[name])}"^^xsd:nonNegativeInteger'
        of = [f"dcat:downloadURL <{name}>", f"dcat:mediaType {model.text(_media(name))}"]
        lines += [
            "",
            f"<{name}#file> a dcat:Distribution ;",
            *_listed([*of, f"dcat:byteSize {size}"]),
        ]
    return ("\n".join(lines) + "\n").encode()


def _listed(said: Sequence[str]) -> list[str]:
    return [*(f"    {line} ;" for line in said[:-1]), f"    {said[-1]} ."]


def _media(name: str) -> str:
    return next((m for end, m in _MEDIA.items() if name.endswith(end)), "text/plain")


def crate(view: Memory, files: Mapping[str, bytes]) -> bytes:
    """Return the description of the site as a research object (RO-Crate 1.1)."""
    held = edition.held(view)
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": held.title if held else SITE,
        "description": "Who works with whom in space, each fact with the words that say so.",
        "datePublished": held.modified if held else view.today.isoformat(),
        "license": {"@id": _licence(held)} if held else "not stated",
        "hasPart": [{"@id": name} for name in sorted(files)],
    }
    if held:
        root |= {"version": held.version, "creator": {"@id": "#creator"}}
    parts: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        root,
        *(_file(name, files[name]) for name in sorted(files)),
    ]
    if held:
        licence = {"@id": _licence(held), "@type": "CreativeWork", "name": held.licence}
        parts += [{"@id": "#creator", "@type": "Organization", "name": held.creator}, licence]
    content = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": parts}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _licence(held: edition.Edition) -> str:
    return f"https://spdx.org/licenses/{held.licence}"


def _file(name: str, content: bytes) -> dict[str, Any]:
    form, words = DUMPS.get(name, ("", ""))
    found: dict[str, Any] = {
        "@id": name,
        "@type": "File",
        "name": name.rsplit("/", 1)[-1],
        "encodingFormat": _media(name),
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return found | ({"description": f"{form}: {words}"} if words else {})


def site_maps(pages: Sequence[str], address: str) -> dict[str, bytes]:
    """Return the site map, in parts with an index where one file may not hold it.

    Args:
        pages: Paths of the pages.
        address: Address of the first page, with a slash at its end.
    """
    found = [address + file_of(path) for path in pages]
    parts = [found[n : n + _PER_MAP] for n in range(0, len(found), _PER_MAP)]
    if len(parts) == 1:
        return {"sitemap.xml": _map("urlset", "url", parts[0])}
    files = {f"sitemap-{n}.xml": _map("urlset", "url", part) for n, part in enumerate(parts, 1)}
    return files | {"sitemap.xml": _map("sitemapindex", "sitemap", [address + f for f in files])}


def _map(root: str, item: str, places: Sequence[str]) -> bytes:
    inside = "".join(f"<{item}><loc>{escape(place)}</loc></{item}>\n" for place in places)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{root} xmlns="{space}">\n{inside}</{root}>\n'.encode()
