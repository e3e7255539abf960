"""Turns the words of a citation into their length and SHA-256, so that only these are committed.

A draft has `words: "…"` where a citation will have `quote:`. White space is folded to single spaces
before counting and hashing. Run

    python tools/cite.py draft.yaml -o facts.yaml [--keep words.jsonl]
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import click
import yaml

from kg.errors import KGError
from kg.loaders._yaml import read


def digest(words: str) -> dict[str, str]:
    """Return length (in code points) and SHA-256 of words, white space folded."""
    folded = " ".join(words.split())
    return {"length": str(len(folded)), "sha256": hashlib.sha256(folded.encode()).hexdigest()}


def convert(node: Any, kept: list[dict[str, str]]) -> Any:
    """Return a copy of a draft with `quote:` in the place of `words:`.

    Args:
        node: What YAML gives: mappings, lists and texts.
        kept: Filled with document and words of every citation.
    """
    if isinstance(node, list):
        return [convert(item, kept) for item in node]
    if not isinstance(node, dict):
        return node
    made: dict[str, Any] = {}
    for key, value in node.items():
        if key == "words":
            words = " ".join(value.split())
            made["quote"] = digest(words)
            kept.append({"document": node.get("document", ""), "words": words, **made["quote"]})
        else:
            made[key] = convert(value, kept)
    return made


@click.command()
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Default: standard output.")
@click.option("--keep", type=click.Path(path_type=Path), help="Also write the words here (JSONL).")
def main(draft: Path, output: Path | None, keep: Path | None) -> None:
    """Write DRAFT again with quotes instead of words."""
    kept: list[dict[str, str]] = []
    try:
        made = convert(read(draft), kept)
    except KGError as error:
        sys.exit(str(error))
    text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=10_000)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
    if keep:
        lines = (json.dumps(k, ensure_ascii=False) + "\n" for k in kept)
        keep.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
