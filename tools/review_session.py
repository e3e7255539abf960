"""A recorded session of `kg review` over an invented release, for `docs/review.md`."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORLD = ("arctic", "ice-watch", "survey")
RELEASE = """A word from Aldria

ASA and BSO are partners in Lumen.
This year, Grasp will catch Tern-B.
Bo Quill, President of ASA, opened the day.
“ASA will provide the heater of Lumen,” said Bo Quill.
The Cyra Ice Agency (CIA) is a partner in Lumen.
“BSO has a strong partnership with CSC,” said Bo Quill.
"""
ANSWERS = """n


a the release introduces him
a
r
u
e
relation contributesTo
object Lumen
modality planned

n


s
s
r a courtesy, no fact
"""
BUILD = "kg build" + "".join(f" --only {slug}" for slug in WORLD)
STEPS = (
    ("", BUILD, None),
    ("The release is read. What is stated plainly goes to the graph; the rest waits.",
     "kg ingest word.txt --publisher ASA --date 2031-06-03 --no-build", None),
    ("What waits is listed, for people or, with `-f json`, for programs.",
     "kg review --list --reason said", None),
    ("A session asks about one statement after the other. The answers here come from a file; on a\n"
     "terminal they are typed. `n` names Bo Quill, whom the graph does not know, and the Cyra Ice\n"
     "Agency; what is said of them plainly then needs no further word.",
     "kg review --who Ada --when 2031-07-01 --no-build < answers.txt", ANSWERS),
    ("Each decision was written at once.", "cat workspace/review/decisions.toml", None),
    ("", BUILD + " --only releases", None),
    ("After `kg build`, what was accepted is a claim of the release, with the place of its words.",
     'kg show "Bo Quill"', None),
    ("", "kg query q01 -p a=ASA -p b=CIA", None),
    ("The day before the release was issued, nobody could know.",
     "kg query q01 -p a=ASA -p b=CIA --as-of 2031-06-02", None),
)  # fmt: skip
HEAD = """# A session of review

{note}

`kg ingest` reads releases with patterns. What it is not sure of waits for `kg review`: every end
that the graph does not know, every quotation, every publisher that nobody vouches for. This is a
session over an invented release in the invented world of the tests.

A decision concerns its statement, and its pattern: what a pattern declares as its precision weighs
as ten decisions, each decision moves it (`kg patterns list`), and under 0.80 all that the pattern
finds waits. A statement that is in the graph already can be taken out by its key, too: `kg review
--reject KEY`; the files of `<workspace>/sources/releases/` name the key above each entry.

```text
{release}```
"""


def page(note: str) -> str:
    """Return the page: every command with what it prints, in a workspace of its own."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        for slug in WORLD:
            source = ROOT / "tests" / "world" / slug
            shutil.copytree(source, here / "workspace" / "sources" / slug)
        (here / "word.txt").write_text(RELEASE, encoding="utf-8")
        parts = [HEAD.format(note=note, release=RELEASE)]
        for text, command, answers in STEPS:
            shown = run(command, answers, here)
            if command.startswith("kg build"):
                continue
            parts += [text + "\n"] if text else []
            parts.append(f"```console\n$ {command}\n{shown}```\n")
        return "\n".join(parts)


def run(command: str, answers: str | None, here: Path) -> str:
    """Run a command as a shell would, both streams together."""
    environment = {
        **os.environ, "KG_WORKSPACE": "workspace", "COLUMNS": "100", "NO_COLOR": "1",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    if command.startswith("cat "):
        return (here / command.removeprefix("cat ")).read_text(encoding="utf-8")
    words = shlex.split(command.split(" < ")[0])[1:]
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words], cwd=here, env=environment, input=answers or "",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True,
    )  # fmt: skip
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "\n".join(lines) + "\n"
