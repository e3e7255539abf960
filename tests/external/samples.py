"""Invented rows in the shape of the tables that users bring, with the quirks seen in real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

ORGS = (
    "Code UCode StateCode Type Class TStart TStop ShortName Name Location Longitude Latitude Error"
    " Parent ShortEName EName UName"
)
SITES = (
    "Site Code UCode Type StateCode TStart TStop ShortName Name Location Longitude Latitude Error"
    " Parent ShortEName EName Group UName"
)
VEHICLES = "LV_Name LV_Family LV_Manufacturer LV_Variant LV_Alias"
LOG = (
    "Launch_Tag Launch_Date Piece Type Name PLName JCAT SatOwner SatState LV_Type Flight_ID"
    " Platform Launch_Site Launch_Pad Ascent_Site Ascent_Pad Agency LVState Launch_Code LTCite"
)
PAYLOADS = "JCAT Piece Name LDate TLast TOp TDate TF Program Class Category UNState UNReg Comment"
OBJECTS = (
    "JCAT Satcat Launch_Tag Piece Type Name PLName LDate Parent SDate Primary DDate Status Dest"
    " Owner State Manufacturer Bus AltNames"
)


def tsv(
    path: Path, columns: str, rows: Sequence[Mapping[str, str]], updated: str = "", end: str = "\n"
) -> Path:
    """Write a table as the catalogue does: `#` before the header, blanks around, `-` for null."""
    names = columns.split()
    lines = ["#" + "\t".join(names)]
    if updated:
        lines.append(f"# Updated {updated}" + "\t" * (len(names) - 1))
    for row in rows:
        assert set(row) <= set(names), set(row) - set(names)
        lines.append("\t".join(f"{row.get(n, '-')} " for n in names))
    path.write_bytes((end.join(lines) + end).encode())
    return path


def gcat(folder: Path) -> Path:
    """Write an invented catalogue of two states, four bodies, a site and a few objects."""
    folder.mkdir(parents=True, exist_ok=True)
    tsv(folder / "orgs.tsv", ORGS, _orgs(), "2025 Apr 14 2205:25")
    tsv(folder / "sites.tsv", SITES, _sites())
    tsv(folder / "lv.tsv", VEHICLES, _vehicles())
    tsv(folder / "launchlog.tsv", LOG, _launches())
    tsv(folder / "psatcat.tsv", PAYLOADS, _payloads(), "2025 Apr  7 2348:35", end="\r\n")
    tsv(folder / "aux-of-a-mirror.tsv", OBJECTS, _objects())
    (folder / "SOURCE.md").write_text("notes\n", encoding="utf-8")
    return folder


def _orgs() -> list[dict[str, str]]:
    state = {"Type": "CY", "Class": "C"}
    return [
        {"Code": "EARTH", "UCode": "EARTH", "StateCode": "EARTH", "Type": "AP", "Class": "C"},
        state | {"Code": "J", "UCode": "J", "StateCode": "J", "TStart": "538", "Name": "Nihon",
                 "ShortEName": "Japan", "EName": "Japan (Nippon), State of", "UName": "日本国"},
        state | {"Code": "QX", "UCode": "QX", "StateCode": "QX", "TStart": "700?",
                 "Name": "Quixotia", "ShortEName": "Quixotia", "EName": "Quixotia, Republic of"},
        {"Code": "QXSA", "UCode": "QXSA", "StateCode": "QX", "Type": "O/LA", "Class": "C",
         "TStart": "1990s?", "ShortName": "QSA", "Name": 'Agentur f\\"{u}r Raum',
         "EName": "Quixotic Space Agency", "UName": "Agentur für Raum", "Parent": "QXMIN"},
        {"Code": "QXMIN", "UCode": "QXMIN", "StateCode": "QX", "Type": "P", "Class": "C",
         "TStart": "1950?", "TStop": "*", "Name": "Ministry of Height"},
        {"Code": "QXCO", "UCode": "QXCO", "StateCode": "QX", "Type": "PL", "Class": "B",
         "TStart": "1999 Feb", "TStop": "1987", "Name": "Kite Works"},
        {"Code": "JAXA", "UCode": "NASDA", "StateCode": "J", "Type": "O/LA/PL", "Class": "C",
         "TStart": "2003 Oct  1", "ShortName": "JAXA", "Name": "Kikou", "UName": "宇宙機構"},
        {"Code": "I-QUX", "UCode": "I-QUX", "StateCode": "I-QUX", "Type": "IGO", "Class": "C",
         "TStart": "1979", "Name": "Quux Union", "EName": "Quux Union"},
    ]  # fmt: skip


def _sites() -> list[dict[str, str]]:
    return [
        {"Site": "QBAY", "UCode": "QBAY", "Type": "LS", "StateCode": "QX", "TStart": "1960",
         "TStop": "*", "ShortName": "QBAY  -", "Name": "Quiet Bay Range"},
        {"Site": "QSEA", "UCode": "QSEA", "Type": "LZ", "StateCode": "QX", "Name": "Quiet Sea"},
        {"Site": "QSHIP1", "UCode": "QSHIP1", "Type": "LC", "StateCode": "QX", "Name": "Voyage 1"},
        {"Site": "QMOON", "UCode": "QMOON", "Type": "LS", "StateCode": "LUNA", "Name": "Base"},
    ]  # fmt: skip


def _vehicles() -> list[dict[str, str]]:
    return [
        {"LV_Name": "HTV", "LV_Family": "Kites", "LV_Manufacturer": "QXCO/JAXA?"},
        {"LV_Name": "Kite", "LV_Family": "Kites", "LV_Manufacturer": "QXCO", "LV_Variant": "2"},
        {"LV_Name": "?", "LV_Family": "Unknown"},
    ]


def launch(jcat: str, **cells: str) -> dict[str, str]:
    """Return a row of the launch log."""
    row = {
        "Launch_Tag": "2031-007", "Launch_Date": "2031 Feb  3 0640:00", "Piece": "2031-007A",
        "Type": "P", "Name": jcat, "JCAT": jcat, "SatOwner": "QXSA", "SatState": "QX",
        "Launch_Site": "QBAY", "Agency": "QXSA", "Launch_Code": "OS",
    }  # fmt: skip
    return row | cells


def _launches() -> list[dict[str, str]]:
    return [
        launch("S90001", Name="Twin", PLName="ISS", SatOwner="QXSA/JAXA?"),
        launch("S90002", Name="Twin", PLName="Second twin", Piece="2031-007B", SatOwner="JAXA"),
        launch("A90003", Name="Box", Piece="2031-007A", SatOwner="UNK", Launch_Date="2031 Feb  3?"),
        launch("F90004", Name="Lost", Piece="2031-F01", Launch_Tag="2031-F01", Launch_Code="OF40",
               SatOwner="NEWCO/QXSA", Launch_Date="2031 Mar  4 1200?", Launch_Site="NOWHERE"),
        launch("S57800", Name="XRISM", PLName="XRISM", Piece="2023-137A", SatOwner="JAXA",
               Launch_Date="2023 Sep  6 2342:11", SatState="J"),
        launch("S90005", Name="Early", Piece="1957 ALP 2", Launch_Date="1957 Oct  4 1928:34"),
        launch("S90006", Name="Broken", Launch_Date="2031 Foo  4"),
    ]  # fmt: skip


def _payloads() -> list[dict[str, str]]:
    base = {"Class": "C", "Category": "COM"}
    return [
        base | {"JCAT": "S90001", "Piece": "2031-007A", "Name": "[Twin I]", "LDate": "2031 Feb  3",
                "TOp": "2033 Q3", "UNState": "QX*", "UNReg": "ST/SG/SER.E/1"},
        base | {"JCAT": "S90002", "Piece": "2031-007B", "Name": "Twin II", "LDate": "2031 Feb  3",
                "TOp": "*", "Category": "SCI/XYZ", "UNState": "[J]"},
    ]  # fmt: skip


def _objects() -> list[dict[str, str]]:
    base = {"Launch_Tag": "2031-007", "Piece": "2031-007A", "LDate": "2031 Feb  3",
            "SDate": "2031 Feb  3 0700", "Primary": "Earth", "State": "QX"}  # fmt: skip
    return [
        base | {"JCAT": "A90003", "Satcat": "90001", "Type": "C AH-I", "Name": "Box",
                "Parent": "S90001  7-12", "Status": "AO", "Owner": "QXSA", "Manufacturer": "QXCO?",
                "AltNames": ":C,Small box:RA"},
        base | {"JCAT": "A06499", "Satcat": "NNA C", "Type": "PXTH-CU", "Name": "Canadarm-2",
                "Parent": "A06498  5", "Status": "ATT", "DDate": "2001 Apr 23 1416",
                "Owner": "JAXA", "Manufacturer": "UNK?"},
        base | {"JCAT": "S90002", "Satcat": "90002", "Piece": "2031-007B", "Type": "P",
                "Name": "Twin", "Status": "R", "DDate": "2034 Jan?", "Owner": "JAXA",
                "Manufacturer": "QXCO/JAXA"},
        base | {"JCAT": "A90010", "Type": "R2", "Name": "Stage", "Status": "R"},
        base | {"JCAT": "A90011", "Type": "D  P", "Name": "Flake", "Status": "R"},
        base | {"JCAT": "A90012", "Type": "CCIH-I", "Name": "Up cargo", "Status": "TFR"},
        base | {"JCAT": "A90013", "Type": "Z", "Name": "Ghost", "Status": "ERR"},
        {"JCAT": "A90014"},
    ]  # fmt: skip


UCS = (
    "Name of Satellite, Alternate Names|Current Official Name of Satellite|"
    "Country/Org of UN Registry|Country of Operator/Owner|Operator/Owner|Users|Purpose|"
    "Date of Launch|Contractor|COSPAR Number|NORAD Number|Source|Source|"
)


def ucs(path: Path, header: str = UCS, bom: bool = False) -> Path:
    """Write an invented copy of the satellite database, with its slips."""
    rows = [
        "Twin (Zwilling)|Twin\u00a0|Quixotia|Japan/Canada|Alpha Corp./Beta Org|Civil|"
        "Communications/Weather|2/3/2031|Gamma|2031-007A|90001|x|y|",
        "Twin 2|Twin 2|NR (1/22)|Multinational|Alpha Corp.|Civil|Space Science|11/29/018|Unknown|"
        '2031-007B|"90,002"|a\x0bb||',
        "Slip|Slip|ESA|ESA|Alpha Corp.|Civil|Unknown|1/2/2031|Gamma|2031-007B|90001|||",
        "Third|Third|Japan|Atlantis|Delta|Civil|Navigation/Regional Positioning|1/2/2031|Gamma|"
        "2031--009BK|90003|||",
    ]

    def quoted(line: str) -> str:
        cells = line.split("|")
        return ",".join(f'"{c}"' if "," in c and not c.startswith('"') else c for c in cells)

    text = "\n".join([quoted(header), *map(quoted, rows)]) + "\n"
    path.write_bytes((b"\xef\xbb\xbf" if bom else b"") + text.encode())
    return path


def astronauts(folder: Path) -> Path:
    """Write both tables of people in space, invented."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "people_international.csv").write_text(
        "id,number,name,original_name,year_of_birth,nationality,occupation,year_of_mission,"
        "mission_title,ascend_shuttle,in_orbit,descend_shuttle\n"
        '1,1,"Vole, Ann, Jr.",ВОЛЕ Анна,1950,Canada,pilot,1992,Mir,Soyuz TM\u00ad12,Mir,X\n'
        '2,1,"Vole, Ann, Jr.",ВОЛЕ Анна,1950,Canada,pilot,1999,2,STS-96,ISS,STS-96\n'
        '3,2,"Vole, Ann, Jr.",NA,1971,U.S.S.R/Russia,pilot,1999,2,NA,ISS,STS-96\n'
        "4,3,Bee Mite,Bee Mite,1960,Japan,MSP,1999,2,Kite 7,Kite 7,Kite 7\n",
        encoding="utf-8",
    )
    (folder / "people_nasa.csv").write_text(
        "Name,Year,Group,Status,Birth Date,Space Flights,Missions\n"
        'Bee Mite,1990,9,Retired,5/17/60,2,"STS 61-A (Challenger), ISS-31/32 (Soyuz)"\n'
        "Cy Old,1960,1,Retired,3/7/26,1,Gemini 7; STS-1 (Columbia)\n"
        "Dee None,,,Retired,3/7/36,0,\n",
        encoding="utf-8",
    )
    return folder


def charter(path: Path) -> Path:
    """Write three members of the Charter."""
    path.write_text(
        "code,name_on_page,role,date,note\n"
        "ESA,European Space Agency,initiator,1999-07,\n"
        "UKSA,UK Space Agency,joined,2005-11,\n"
        "DLR,German Aerospace Center,joined,2010-10,\n"
        "XYZ,Nobody knows,joined,2011-10,\n",
        encoding="utf-8",
    )
    return path
