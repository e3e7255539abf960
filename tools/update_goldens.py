"""Write the golden results of all named queries anew: `python tools/update_goldens.py`.

Each file of `tests/golden/` holds the answer of one query with its defaults, without any text at
hand, so that it carries our own gists and no words of the documents. Questions that the seed
release answers are asked of that release alone, the others of all documents. Read the difference
before you commit it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from kg import build, questions
from kg.query import run
from kg.restrict import restrict
from kg.store import View

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"
SEED = "csa-2025-07-09"
SEED_QUESTIONS = {f"q{n:02}" for n in range(1, 21)}


def cases() -> dict[str, tuple[str, bool]]:
    """Return golden name → name to ask for, and whether it is asked of the seed release."""
    found = {}
    for query in questions.load_all().values():
        for name in query.questions or (query.name,):
            found[name] = (name, name in SEED_QUESTIONS)
    return found


def answer(full: View, asked: str, of_seed: bool) -> str:
    """Return the answer of a query as the text of its golden file."""
    view = restrict(full, documents=[SEED]) if of_seed else full
    table = run(view, asked, names_in=full)
    content = {
        "query": questions.find(asked)[0].name,
        "asked of": SEED if of_seed else "all documents",
        "columns": table.columns,
        "rows": table.rows,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the files; return how many differ from before."""
    GOLDEN.mkdir(exist_ok=True)
    changed = 0
    wanted = cases()
    with tempfile.TemporaryDirectory() as home:
        full = build.build(home).view
        for name, (asked, of_seed) in sorted(wanted.items()):
            path, text = GOLDEN / f"{name}.json", answer(full, asked, of_seed)
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
                sys.stdout.write(f"{path.name} written\n")
                changed += 1
    for path in sorted(GOLDEN.glob("*.json")):
        if path.stem not in wanted:
            path.unlink()
            sys.stdout.write(f"{path.name} removed\n")
    return changed


if __name__ == "__main__":
    main()
