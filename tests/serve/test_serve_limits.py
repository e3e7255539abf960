"""What is asked can be endless, huge or broken: others are served all the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from serving import MONSTER, Reply, Running, children, wait_until

ASK = "ASK { ?s ?p ?o }"
SMALL = {"seconds": 4.0, "rows": 100_000, "bytes": 2**24, "memory": 2**31}


def test_an_endless_query_ends_at_its_limit(served: Running) -> None:
    begun = time.monotonic()
    reply = served.query(MONSTER)
    spent = time.monotonic() - begun
    assert reply.status == 504
    assert "stopped after 3 s" in reply.text
    assert 2.5 < spent < 8
    assert served.query(ASK).json()["boolean"] is True


def test_its_process_is_gone_and_replaced(start: Callable[..., Running], world_store: Path) -> None:
    running = start(world_store, query=SMALL, quick=0.3)
    pid = running.process.pid
    before = children(pid)
    assert len(before) == 5  # two for pages, one aside, two for queries
    assert running.query(MONSTER).status == 504
    wait_until(lambda: len(children(pid)) == 5)
    assert len(children(pid) - before) == 1


def test_quick_queries_pass_endless_ones(start: Callable[..., Running], world_store: Path) -> None:
    """Three users send nothing but monsters: the long ones are bounded, the others get through."""
    running = start(world_store, query=SMALL, quick=0.3)
    stop, seen = threading.Event(), []

    def trouble() -> None:
        while not stop.is_set():
            seen.append(running.query(MONSTER))

    with ThreadPoolExecutor(3) as users:
        for _ in range(3):
            users.submit(trouble)
        wait_until(lambda: len(children(running.process.pid)) >= 6)
        answers = [running.query(ASK) for _ in range(10)]
        pages = [running.ask(f"/{n}") for n in range(10)]
        stop.set()
    assert {reply.status for reply in pages} == {200}
    assert [reply.status for reply in answers].count(200) >= 8
    assert seen
    assert {reply.status for reply in seen} <= {503, 504}
    assert all(r.headers["retry-after"] == "5" for r in seen if r.status == 503)


def test_a_full_queue_is_said_at_once(start: Callable[..., Running], world_store: Path) -> None:
    running = start(world_store, query=SMALL, workers=1, quick=4.0, queue=1, patience=30.0)
    with ThreadPoolExecutor(6) as users:
        found = list(users.map(lambda _: running.query(MONSTER), range(6)))
    refused = [reply for reply in found if reply.status == 503]
    assert len(refused) >= 4
    assert all(r.headers["retry-after"] == "5" and "try again later" in r.text for r in refused)


def test_patience_ends(start: Callable[..., Running], world_store: Path) -> None:
    running = start(world_store, query=SMALL, workers=1, quick=4.0, patience=0.5)
    with ThreadPoolExecutor(1) as users:
        busy = users.submit(running.query, MONSTER)
        time.sleep(0.5)
        reply = running.query(ASK)
        assert (reply.status, "busy" in reply.text) == (503, True)
        busy.result()


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p ?o FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "SELECT * { " + "{ " * 20_000 + "?s ?p ?o" + " }" * 20_000 + " }",
        "ASK { ?s " + "/".join(["rdfs:label"] * 30_000) + " ?o }",
    ],
    ids=["brackets", "groups", "path"],
)
def test_a_query_nested_too_deeply_harms_nobody(served: Running, query: str) -> None:
    reply = served.ask(
        method="POST", body=query, Content_Type="application/sparql-query", Accept="*/*"
    )
    assert reply.status in {200, 400, 500, 504}
    assert served.query(ASK).status == 200


def test_memory_is_bounded(start: Callable[..., Running], world_store: Path) -> None:
    limits = SMALL | {"seconds": 60.0, "memory": 400 * 2**20}
    running = start(world_store, query=limits, quick=60.0)
    hungry = "SELECT DISTINCT ?a ?b ?d ?e ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    reply = running.query(f"SELECT (COUNT(*) AS ?n) {{ {{ {hungry} }} }}")
    assert reply.status == 500
    assert "too much memory" in reply.text
    assert running.query(ASK).status == 200


def test_a_page_that_ends_its_process_harms_nobody(served: Running) -> None:
    assert served.ask("/die").status == 500
    assert served.ask("/fail").status == 500
    assert any("a page that fails" in line.get("trace", "") for line in served.lines())
    assert served.ask("/").status == 200


def test_a_worn_process_is_replaced(start: Callable[..., Running], world_store: Path) -> None:
    running = start(world_store, worn=1)
    pids = {running.ask(f"/{number}").json()["pid"] for number in range(4)}
    assert len(pids) == 4
    wait_until(lambda: len(children(running.process.pid)) == 5)


def test_a_slow_page_is_stopped(start: Callable[..., Running], world_store: Path) -> None:
    running = start(world_store, page=1.0)
    assert running.ask("/sleep/30").status == 504
    assert running.ask("/").status == 200


def test_pages_as_of_a_day_have_a_process_of_their_own(served: Running) -> None:
    usual = {served.ask(f"/?n={n}").json()["pid"] for n in range(6)}
    aside = {served.ask(f"/?as_of={year}").json()["pid"] for year in range(2001, 2005)}
    own = {served.ask(f"/query?query={n}").json()["pid"] for n in range(3)}
    assert len(aside) == 1
    assert not usual & aside
    assert not own & (usual | aside)


def test_a_query_of_a_client_that_left_is_stopped(
    start: Callable[..., Running], world_store: Path
) -> None:
    import http.client
    from urllib.parse import urlencode

    running = start(world_store, query=SMALL | {"seconds": 60.0}, quick=0.2)
    connection = http.client.HTTPConnection("127.0.0.1", running.port)
    connection.request("GET", "/sparql?" + urlencode({"query": MONSTER}))
    wait_until(lambda: len(children(running.process.pid)) == 6)
    connection.close()
    wait_until(lambda: len(children(running.process.pid)) == 5, 10)


def test_all_at_once(served: Running) -> None:
    def one(number: int) -> Reply:
        return served.query(ASK) if number % 2 else served.ask(f"/{number}")

    with ThreadPoolExecutor(20) as users:
        assert {reply.status for reply in users.map(one, range(100))} == {200}
