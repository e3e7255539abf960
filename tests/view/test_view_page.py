import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from view_samples import BASE, HOSTILE, TURNED, fact, grid, hostile, small

import kg
from kg.errors import KGError
from kg.safe import clean, web_address
from kg.view import Edge, Node, Picture, render


class Parsed(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.blocks, self.attributes, self._open = [], [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag in ("script", "style"):
            self._open = [tag, dict(attrs), ""]

    def handle_data(self, data):
        if self._open:
            self._open[2] += data

    def handle_endtag(self, tag):
        if self._open and tag == self._open[0]:
            self.blocks.append(tuple(self._open))
            self._open = None

    def data(self, name):
        return next(
            json.loads(text) for _, at, text in self.blocks if at.get("id") == f"data-{name}"
        )


@pytest.fixture(scope="module", params=[small, hostile], ids=["small", "hostile"])
def parsed(request):
    return Parsed(render(request.param()))


def test_no_remote_asset(parsed):
    for _, name, value in parsed.attributes:
        assert name not in ("src", "srcset", "action", "style")
        assert not name.startswith("on")
        if name == "href":
            assert value.startswith("#")
    assert "link" not in parsed.tags
    assert "iframe" not in parsed.tags
    css = "".join(text for tag, _, text in parsed.blocks if tag == "style")
    assert "url(" not in css
    assert "@import" not in css
    assert "sourceMappingURL" not in "".join(text for *_, text in parsed.blocks)


def test_policy_allows_exactly_the_inline_blocks(parsed):
    policy = next(v for _, n, v in parsed.attributes if n == "content" and "default-src" in v)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    blocks = [(tag, text) for tag, at, text in parsed.blocks if "type" not in at]
    assert len(blocks) == 4
    for tag, text in blocks:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in re.search(rf"{tag}-src ([^;]*)", policy)[1]
    assert policy.count("sha256-") == 4


def test_hostile_text_stays_text():
    html = render(hostile())
    assert HOSTILE not in html
    assert "<img" not in html
    parsed = Parsed(html)
    assert parsed.tags.count("script") == 7
    assert parsed.tags.count("h1") == parsed.tags.count("title") == 1
    assert parsed.data("nodes")[0]["label"] == HOSTILE
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert parsed.data("evidence")["docs"][0][4] == ""
    assert "{{ 7 * 7 }}" in html


def test_language_and_data():
    parsed = Parsed(render(small()))
    assert ("html", "lang", "en") in parsed.attributes
    nodes, edges = parsed.data("nodes"), parsed.data("edges")
    assert [n["id"] for n in nodes] == [0, 1, 2, 3]
    assert all(isinstance(n["x"], int) and isinstance(n["y"], int) for n in nodes)
    assert {e["status"] for e in edges} == {"occurred", "planned", "intended", "cancelled"}
    assert json.loads(parsed.data("options"))["physics"] == {"enabled": False}


def test_parallel_links_have_different_curves():
    parsed = Parsed(render(small()))
    nodes = {n["id"]: n["iri"] for n in parsed.data("nodes")}
    bends = []
    for edge in parsed.data("edges"):
        if {nodes[edge["from"]], nodes[edge["to"]]} == {f"{BASE}north", f"{BASE}probe"}:
            bends.append(edge.get("bend", 0) * (1 if edge["from"] < edge["to"] else -1))
    assert len(bends) == 3
    assert len(set(bends)) == 3


def test_documents_and_facts_are_written_once():
    same = fact("The same words")
    nodes = tuple(Node(f"{BASE}{i}", f"N{i}", "Mission", facts=(same,)) for i in range(20))
    evidence = Parsed(render(Picture("T", nodes=nodes))).data("evidence")
    assert len(evidence["facts"]) == len(evidence["docs"]) == 1


def test_same_bytes_for_any_order_of_input():
    picture = small()
    turned = replace(picture, nodes=picture.nodes[::-1], edges=picture.edges[::-1])
    assert render(picture) == render(picture) == render(turned)


def test_same_bytes_under_another_hash_seed():
    code = (
        "import hashlib; from view_samples import small, grid; from kg.view import render\n"
        "print([hashlib.sha256(render(p).encode()).hexdigest() for p in (small(), grid(40))])"
    )
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(kg.__file__).parents[1])])
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert len(answers.pop()) > 100


def test_500_nodes_fit_in_two_megabytes():
    assert len(render(grid(500)).encode()) < 2_000_000


def test_empty_picture():
    assert Parsed(render(Picture("Nothing"))).data("nodes") == []


def test_unknown_end_and_repeated_id_are_refused():
    node = Node("a", "A", "Mission")
    with pytest.raises(KGError, match="not among the nodes"):
        render(Picture("T", nodes=(node,), edges=(Edge("a", "b", "x"),)))
    with pytest.raises(KGError, match="share the id"):
        render(Picture("T", nodes=(node, node)))


def test_importing_the_view_does_not_import_pyvis():
    code = "import sys, kg.view; print(sorted({'pyvis', 'IPython', 'numpy'} & set(sys.modules)))"
    env = {**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1])}
    out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert out.stdout.strip() == "[]"


def test_clean_and_web_address():
    assert clean(TURNED) == "Agency gnorw way"
    assert clean("a\ud800b\x00c\nd") == "a\ufffdbc\nd"
    assert web_address("https://example.org/a b") == "https://example.org/a b"
    bad = (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x.org",
        "https://",
        "",
    )
    for url in bad:
        assert web_address(url) == ""
    assert web_address("http://[bad") == ""
