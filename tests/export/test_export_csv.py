"""CSV: one row a claim, with its words, its document and its licence."""

from __future__ import annotations

import csv
import io

from export_samples import HOSTILE

from kg.export.csv import COLUMNS
from kg.namespaces import curie


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_one_row_a_claim(world_view, written):
    rows = _rows(written(world_view, "csv"))
    claims = world_view.rows("SELECT ?c { ?c sp:ofFact ?f }")
    assert [r["claim"] for r in rows] == [curie(c) for (c,) in claims]
    assert tuple(rows[0]) == COLUMNS


def test_every_row_has_its_evidence_and_licence(world_view, written):
    rows = _rows(written(world_view, "csv"))
    assert len(rows) > 20
    for row in rows:
        assert row["document"] and row["gist"] and row["attribution"] and row["status"]
        assert row["claim"].endswith(row["document"])
        assert row["source"] and row["source_licence"]


def test_a_row_says_what_the_claim_says(world_view, written):
    rows = {r["claim"]: r for r in _rows(written(world_view, "csv"))}
    captures = [r for r in rows.values() if r["class"] == "sp:Capture"]
    (caught,) = [r for r in captures if r["document"] == "bso-2031-10-30"]
    assert caught["object"] == "id:tern-b1" and caught["object_label"] == "Tern-B1"
    assert (caught["period"], caught["start_earliest"]) == ("2031-10-30", "2031-10-30")
    assert "instrument=id:grasp" in caught["details"] and "dateZone=+09:00" in caught["details"]
    assert caught["tier"] == "official"
    assert caught["publisher"] and caught["url"] == "https://bso.example/tern-b1"


def test_hostile_labels_come_back(hostile_view, written):
    labels = {r["subject_label"] for r in _rows(written(hostile_view, "csv"))}
    assert set(HOSTILE) <= labels
