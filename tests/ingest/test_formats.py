"""A page and a PDF: what the extractor makes of them is the text that offsets refer to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import evidence, store
from kg.errors import InputError
from kg.ingest import keeping, manifest, reading, run
from kg.namespaces import iri, sp
from kg.store import View

LINES = [
    "A word from Aldria",
    "ASA and BSO are partners in Lumen. It was said so in a long",
    "sentence to everybody in the room.",
    "The Ice Watch Charter has 5 members, as everybody knew.",
]
PAGE = """<!DOCTYPE html><html lang="en">
<head><meta charset="iso-8859-1"><title>A word</title></head>
<body><header><a href="/">Home</a></header><article><h1>A word from Aldria</h1>
<p>ASA and BSO are partners in Lumen. It was said so in a long sentence to everybody in the
caf\u00e9.</p><p>The Ice Watch Charter has 5 members, as everybody in the room knew by then.</p>
</article><footer>All rights reserved by nobody</footer></body></html>"""
MANIFEST = """file,publisher,date,lang,url,tier,title
page.html,ASA,2031-06-03,en,https://asa.example/word,,A word
word.pdf,Northern Wire,2031-06-04,en,https://wire.example/word,news,Word on the wire
"""


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with some lines of text (ISO 32000-1, 7.5)."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 50 780 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    return out + f"{head}{table}{trailer}".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "page.html").write_bytes(PAGE.encode("iso-8859-1"))
    (made / "word.pdf").write_bytes(pdf(LINES))
    (made / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    return made


def test_a_pdf_gives_its_lines_joined_where_a_sentence_goes_on(folder: Path) -> None:
    got = reading.read(folder / "word.pdf")
    assert got.extractor.startswith("pypdf ")
    assert "It was said so in a long sentence to everybody in the room." in got.text
    assert got.sha256 == hashlib.sha256((folder / "word.pdf").read_bytes()).hexdigest()


def test_a_page_is_read_in_the_encoding_that_it_names(folder: Path) -> None:
    got = reading.read(folder / "page.html")
    assert "café" in got.text
    assert "Home" not in got.text
    assert "All rights" not in got.text


def test_a_manifest_describes_what_the_files_do_not_say(
    workspace: Path, folder: Path, rebuilt: Callable[[], View]
) -> None:
    done = run.ingest(store.open_view(workspace), workspace, [folder], given={})
    assert done.failed == []
    kept = {k.document["title"]: k for k in keeping.read_all(workspace)}
    page, wire = kept["A word"].document, kept["Word on the wire"].document
    assert (page["publisher"], page["tier"], page["issued"]) == ("asa", "official", "2031-06-03")
    assert (wire["publisherName"], wire["tier"]) == ("Northern Wire", "news")
    assert wire["url"] == "https://wire.example/word"
    view = rebuilt()
    assert set(view.objects(iri(f"doc:{page['id']}"), sp("extractor"))) == {page["extractor"]}
    claims = [c for c in view.subjects(sp("participant"), iri("id:bso")) if c.endswith(page["id"])]
    (said,) = evidence.supports(view, claims)[claims[0]].evidence
    start, _, end = said.locator.removeprefix("#char=").partition(",")
    assert kept["A word"].text[int(start) : int(end)] == said.quote
    assert "ASA and BSO are partners in Lumen" in said.quote
    assert all(c.reasons for c in kept["Word on the wire"].candidates)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("2031-06-03", "3 June", 2, "date '3 June'"),
        (",news,", ",nows,", 3, "unknown tier 'nows'"),
        ("word.pdf", "wird.pdf", 3, "no file 'wird.pdf'"),
        ("file,", "path,", 1, "without column 'file'"),
    ],
)
def test_a_bad_manifest_is_refused_with_its_line(
    folder: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in MANIFEST
    (folder / "manifest.csv").write_text(MANIFEST.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        list(manifest.items([folder], {}))
    assert message in refused.value.message
    assert f"manifest.csv:{line}:" in str(refused.value)
