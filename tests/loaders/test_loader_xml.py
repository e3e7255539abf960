"""XML records as rows, on invented records."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path

import pytest

from kg.errors import InputError, KGError
from kg.loaders._readers import xml
from kg.loaders._sheet import Unfit
from kg.loaders._yaml import parse

FORM = parse(
    """\
root: [Catalogue, Old]
record: Ship
stamp: When
fields:
  Id: Id
  Name: Head/Name
  Other: Head/Other
  When: Head/When
  Mass: Body/@mass
  Code: {path: [Head/Other, Head/Link/Url], match: "(?:^|id=)(\\\\d{4}-\\\\d{3}[A-Z])$", one: true}
  Home: {path: Head/Link/Url, beside: Title, like: "(?i)home"}
""",
    Path("source.yaml"),
)
SHIP = """
  <Ship>
    <Id> s/{0} </Id>
    <Head><Name>  Lumen
       {0} </Name><Other>2031-00{0}A</Other><Other>Lux &amp; more</Other><When>2031-05-06</When>
      <Link><Title>Home page</Title><Url>https://lumen.example/</Url></Link>
      <Link><Title>Catalogue</Title><Url>https://cat.example/?id=2031-00{0}A</Url></Link>
    </Head>
    <Body mass="12"/>
    <Contact><Name>Somebody</Name></Contact>
  </Ship>"""


def written(tmp_path: Path, content: str | bytes, name: str = "a.xml") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def catalogue(*ships: str, head: str = '<?xml version="1.0"?>', root: str = "Catalogue") -> str:
    return f'{head}<{root} xmlns="http://example.org/{len(head)}">{"".join(ships)}\n</{root}>\n'


def table(path: Path) -> list[dict[str, str]]:
    sheet = xml.read(path, FORM)
    rows = [cells for _, _, _, cells in sheet.rows if not isinstance(cells, KGError)]
    return [dict(zip(sheet.header, cells, strict=True)) for cells in rows]


def errors(path: Path) -> list[str]:
    found = [cells for _, _, _, cells in xml.read(path, FORM).rows]
    return [str(e).split("\n")[0] for e in found if isinstance(e, KGError)]


def test_a_row_for_each_record(tmp_path: Path) -> None:
    path = written(tmp_path, catalogue(SHIP.format(1), SHIP.format(2)))
    first, second = table(path)
    assert first == {
        "Id": "s/1",
        "Name": "Lumen 1",
        "Other": "2031-001A\x1fLux & more",
        "When": "2031-05-06",
        "Mass": "12",
        "Code": "2031-001A",
        "Home": "https://lumen.example/",
    }
    assert second["Name"] == "Lumen 2"
    sheet = xml.read(path, FORM)
    assert [(row[0], row[1], row[2]) for row in sheet.rows] == [
        (1, 2, "#element(/1/1)"),
        (2, 12, "#element(/1/2)"),
    ]
    assert sheet.comments == ["stamp 2031-05-06"]


def test_other_namespaces_versions_and_packing(tmp_path: Path) -> None:
    plain = catalogue(SHIP.format(1))
    prefixed = plain.replace("<Catalogue xmlns=", "<c:Catalogue xmlns:c=").replace(
        "</Catalogue>", "</c:Catalogue>"
    )
    latin = catalogue(
        SHIP.format(1).replace("Lux", "Étoile"), head='<?xml version="1.0" encoding="iso-8859-1"?>'
    )
    for content in (
        prefixed.encode(),
        catalogue(SHIP.format(1), head='<?xml version="1.1"?>').encode(),
        catalogue(SHIP.format(1), root="Old").encode(),
        plain.encode("utf-16"),
        gzip.compress(plain.encode()),
        latin.encode("latin-1"),
    ):  # fmt: skip
        (row,) = table(written(tmp_path, content))
        assert row["Code"] == "2031-001A"
    assert row["Other"].endswith("Étoile & more")


def test_missing_elements_are_empty_and_doubtful_codes_too(tmp_path: Path) -> None:
    two = SHIP.format(1).replace("id=2031-001A", "id=2031-009B")
    first, second = table(written(tmp_path, catalogue("<Ship><Id/></Ship>", two)))
    assert set(first.values()) == {""}
    assert (second["Code"], second["Other"]) == ("", "2031-001A\x1fLux & more")


def test_a_broken_file_keeps_what_stands_before(tmp_path: Path) -> None:
    whole = catalogue(SHIP.format(1), SHIP.format(2))
    path = written(tmp_path, whole[: whole.index("2031-002A")])
    assert [r["Id"] for r in table(path)] == ["s/1"]
    (message,) = errors(path)
    assert message.startswith(f"{path}:15:")
    assert "broken XML" in message
    path = written(tmp_path, whole.replace("</Head>", "</Heed>", 1))
    assert errors(path)[0].startswith(f"{path}:8:")


def test_a_packed_file_that_is_cut_off(tmp_path: Path) -> None:
    packed = gzip.compress(catalogue(*(SHIP.format(n % 10) for n in range(3000))).encode())
    path = written(tmp_path, packed[: len(packed) // 2])
    assert len(table(path)) > 100
    assert "cut off" in errors(path)[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!DOCTYPE html><html></html>", "document type declaration"),
        ("<html><body/></html>", "outermost element is 'html'"),
        ("no XML", "no XML"),
        ("", "no XML"),
        (b"\x1f\x8b\x08\x00", "no XML"),
    ],
)
def test_what_is_no_such_file(tmp_path: Path, content: str | bytes, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        xml.read(written(tmp_path, content), FORM)


def test_entities_that_grow_are_never_declared(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<!DOCTYPE Catalogue [<!ENTITY l0 "ha">{laughs}]><Catalogue><Ship>&l9;</Ship></Catalogue>'
    )
    with pytest.raises(Unfit, match="document type declaration"):
        xml.read(written(tmp_path, bomb), FORM)
    outside = '<!DOCTYPE Catalogue SYSTEM "file:///etc/passwd"><Catalogue/>'
    with pytest.raises(Unfit, match="document type declaration"):
        xml.read(written(tmp_path, outside), FORM)


def test_depth_and_length_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "<a>" * 500 + "</a>" * 500
    assert "nested too deeply" in errors(written(tmp_path, catalogue(SHIP.format(1), deep)))[0]
    monkeypatch.setattr(xml, "_LONGEST", 1 << 10)
    long = f"<Ship><Id>{'x' * 5000}</Id></Ship>"
    assert "a record of more than" in errors(written(tmp_path, catalogue(long)))[0]


def test_a_file_without_records_is_said_to_be(tmp_path: Path) -> None:
    assert "no element 'Ship'" in errors(written(tmp_path, catalogue()))[0]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("record: Ship", "needs a record and its fields"),
        ("record: Ship\nfields: {Id: {path: Id, match: '('}}", "no pattern"),
        ("record: Ship\nfields: {Id: {pth: Id}}", "unknown key 'pth'"),
    ],
)
def test_the_mapping_itself(tmp_path: Path, mapping: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        xml.read(written(tmp_path, catalogue()), parse(mapping, Path("source.yaml")))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count in (500, 2000):
        path = written(tmp_path, catalogue(*(SHIP.format(n % 10) for n in range(count))))
        tracemalloc.start()
        assert sum(1 for _ in xml.read(path, FORM).rows) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2
