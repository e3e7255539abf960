"""kglab as a peer, in an environment of its own: load, one question, Turtle."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

from _measure import Finding, cpu
from _questions import ASKED, _terms
from _world import Node, statements

from kg import bulk, questions
from kg.export import ntriples, turtle
from kg.namespaces import prefixes
from kg.store import View

_WORK = """import json, sys, time
import kglab
path, query, prefixes = sys.argv[1], open(sys.argv[2]).read(), json.load(open(sys.argv[3]))
def cpu(work):
    start = time.process_time(); work(); return time.process_time() - start
kg = kglab.KnowledgeGraph(namespaces=prefixes)
found = {"load": cpu(lambda: kg.load_rdf(path, format="nt"))}
found["question"] = cpu(lambda: list(kg.query(query)))
found["turtle"] = cpu(lambda: kg.save_rdf(sys.argv[4], format="ttl"))
print(json.dumps(found))
"""


def compare(world: list[Node], view: View, size: str) -> Iterator[Finding]:
    """Yield the comparisons, one run each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = _environment(folder)
        peer = _measured(python, folder, view)
    ours = {
        "load": cpu(lambda: bulk.load(statements(world))),
        "question": cpu(lambda: list(view.select(_question()))),
        "turtle": cpu(lambda: turtle.write(view, _Nowhere())),
    }
    for what, spent in ours.items():
        yield Finding(f"{what}, {size}", spent, peer[what], "kglab", faster=True, note="one run")


def _environment(folder: Path) -> Path:
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    print("installing kglab into a temporary environment", file=sys.stderr)
    subprocess.run([python, "-m", "pip", "install", "-q", "kglab"], check=True, stdout=sys.stderr)
    return python


def _question() -> str:
    name, parameters = ASKED[0]
    return questions.bind(questions.find(name)[0], _terms(parameters))


def _measured(python: Path, folder: Path, view: View) -> dict[str, float]:
    with (folder / "world.nt").open("wb") as out:
        ntriples.write(view, out)
    (folder / "work.py").write_text(_WORK)
    heads = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in prefixes().items())
    (folder / "question.rq").write_text(heads + _question())
    (folder / "prefixes.json").write_text(json.dumps(dict(prefixes())))
    files = [folder / n for n in ("work.py", "world.nt", "question.rq", "prefixes.json", "out.ttl")]
    done = subprocess.run([python, *files], check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


class _Nowhere:
    def write(self, data: bytes) -> int:
        return len(data)
