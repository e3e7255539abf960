"""Write the golden results of all named queries anew: `python tools/update_goldens.py`.

Each file of `tests/golden/` holds the answer of one query with its defaults, without any text at
hand, so that it carries our own gists and no words of the documents. Questions that the seed
release answers are asked of that release alone; those that list everything, and the commands that
answer questions, of the invented sources of `tests/world`, which new data leave as they are; the
others of all documents. Read the difference before you commit it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from kg import build, questions
from kg.query import run
from kg.restrict import restrict
from kg.store import View

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
COMMANDS = GOLDEN / "commands"
WORLD = ROOT / "tests" / "world"
WORLD_SOURCES = ("arctic", "ice-watch", "survey")
SEED = "csa-2025-07-09"
OF_SEED, OF_WORLD, OF_ALL = SEED, "tests/world", "all documents"
SEED_QUESTIONS = {f"q{n:02}" for n in range(1, 21)}
WORLD_QUESTIONS = {"q33", "q34"}
LINES = {
    "q26": "analyze brokers --from 2020 --to 2040 -f json",
    "q27": "analyze communities -f json",
    "q28": "analyze resilience -p actor=ASA -f json",
    "q29": "path ASA CSC -f json",
    "q30": "dossier ASA BSO",
    "q31": "analyze ties -f json",
    "q32": "analyze contributions -f json",
    "q35": "export -f graphml --projection two-mode --from 2000 --to 2040",
    "q36": "analyze clustering -f json",
    "q37": "validate",
    "q38": "diff {before} {after}",
    "q39": "plans --as-of 2031-06-01 -f json",
}
"""Question → the command that answers it, asked of the invented sources."""


def cases() -> dict[str, tuple[str, str]]:
    """Return golden name → name to ask for, and what it is asked of."""
    found = {}
    for query in questions.load_all().values():
        for name in query.questions or (query.name,):
            special = OF_SEED if name in SEED_QUESTIONS else OF_ALL
            found[name] = (name, OF_WORLD if name in WORLD_QUESTIONS else special)
    return found


def answer(full: View, world: View, asked: str, of: str) -> str:
    """Return the answer of a query as the text of its golden file."""
    everything = world if of == OF_WORLD else full
    view = restrict(full, documents=[SEED]) if of == OF_SEED else everything
    table = run(view, asked, names_in=everything)
    content = {
        "query": questions.find(asked)[0].name,
        "asked of": of,
        "columns": table.columns,
        "rows": table.rows,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def make_world(home: Path, sources: tuple[str, ...] = WORLD_SOURCES) -> View:
    """Build the invented sources in a workspace."""
    for slug in sources:
        shutil.copytree(WORLD / slug, home / "sources" / slug)
    return build.build(home, only=sources, texts_folder=WORLD / "texts").view


def said(home: Path, before: Path, name: str) -> str:
    """Return what the command of a question prints."""
    line = LINES[name].format(before=before, after=home)
    ran = subprocess.run(
        [sys.executable, "-m", "kg", *line.split()],
        env={**os.environ, "KG_WORKSPACE": str(home), "COLUMNS": "100", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    out = ran.stdout.replace(str(home), "AFTER").replace(str(before), "BEFORE")
    return f"$ kg {LINES[name]}\nexit {ran.returncode}\n{out}"


def _written(path: Path, text: str) -> bool:
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{path.name} written\n")
    return True


def main() -> int:
    """Write the files; return how many differ from before."""
    COMMANDS.mkdir(parents=True, exist_ok=True)
    wanted = cases()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        full, world = build.build(home / "full").view, make_world(home / "world")
        make_world(home / "before", WORLD_SOURCES[:2])
        changed = sum(
            _written(GOLDEN / f"{name}.json", answer(full, world, asked, of))
            for name, (asked, of) in sorted(wanted.items())
        )
        changed += sum(
            _written(COMMANDS / f"{name}.txt", said(home / "world", home / "before", name))
            for name in LINES
        )
    for path in sorted(GOLDEN.glob("*.json")):
        if path.stem not in wanted:
            path.unlink()
            sys.stdout.write(f"{path.name} removed\n")
    return changed


if __name__ == "__main__":
    main()
