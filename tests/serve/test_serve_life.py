"""From start to stop: what is printed, a new build, and that nothing is left behind."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from serving import MONSTER, ROOT, Running, children, end, launch, wait_until

from kg import build


def command(*given: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "serve", *given],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )


def gone(processes: set[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in processes)


def test_help_has_an_example() -> None:
    shown = command("--help").stdout
    assert "kg serve --port 0" in shown
    assert "curl" in shown


def test_no_store(tmp_path: Path) -> None:
    done = command("--workspace", str(tmp_path / "none"), "--port", "0")
    assert done.returncode == 1
    assert done.stderr.startswith("error: no store in workspace")
    assert "fix: run kg build" in done.stderr
    assert done.stdout == ""


def test_a_port_in_use(world_store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = command("--workspace", str(world_store), "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"port {port} is in use" in done.stderr
    assert "--port 0" in done.stderr


def test_a_host_that_is_not_here(world_store: Path) -> None:
    done = command("--workspace", str(world_store), "--host", "no.such.host.invalid")
    assert done.returncode == 1
    assert "cannot listen on no.such.host.invalid" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_open_host_is_warned_of(world_store: Path) -> None:
    """An address of the documentation range is nobody's, so nothing is opened here."""
    done = command("--workspace", str(world_store), "--host", "192.0.2.1", "--port", "0")
    assert done.returncode == 1
    assert done.stderr.startswith("warning: everybody who can reach 192.0.2.1 can read")
    assert "cannot listen on 192.0.2.1" in done.stderr


def test_without_the_extra(world_store: Path, tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ImportError('not here')")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = command("--workspace", str(world_store), "--port", "0", PYTHONPATH=path)
    assert done.returncode == 1
    assert "pip install 'kg[serve]'" in done.stderr


def test_a_store_of_another_version(world_store: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(world_store, tmp_path / "old"))
    (file,) = home.glob("store/builds/*/build.json")
    file.write_text('{"format": 99}')
    done = command("--workspace", str(home), "--port", "0")
    assert done.returncode == 1
    assert "has format 99" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_stopping_leaves_nothing(
    start: Callable[..., Running], world_store: Path, name: str
) -> None:
    running = start(world_store)
    workers = children(running.process.pid)
    assert len(workers) == 5
    assert running.stop(getattr(signal, name)) == 0
    assert gone(workers)


def test_a_request_in_flight_is_finished(start: Callable[..., Running], world_store: Path) -> None:
    running = start(world_store)
    with ThreadPoolExecutor(2) as users:
        page = users.submit(running.ask, "/sleep/2")
        time.sleep(0.7)
        assert running.stop() == 0
        assert page.result().status == 200


def test_an_endless_query_does_not_keep_it(
    start: Callable[..., Running], world_store: Path
) -> None:
    limits = {"seconds": 3.0, "rows": 10, "bytes": 1000, "memory": 2**31}
    running = start(world_store, query=limits, page=3.0)
    with ThreadPoolExecutor(1) as users:
        asked = users.submit(running.query, MONSTER)
        wait_until(lambda: len(children(running.process.pid)) == 6)
        workers = children(running.process.pid)
        assert running.stop() == 0
        assert asked.result().status == 504
    assert gone(workers)


def test_workers_end_with_a_server_that_is_killed(
    start: Callable[..., Running], world_store: Path
) -> None:
    limits = {"seconds": 3.0, "rows": 10, "bytes": 1000, "memory": 2**31}
    running = start(world_store, query=limits, quick=0.2)

    def ask() -> None:
        with pytest.raises((OSError, http.client.HTTPException)):
            running.query(MONSTER)

    user = threading.Thread(target=ask)
    user.start()
    wait_until(lambda: len(children(running.process.pid)) == 6)
    workers = children(running.process.pid)
    running.process.kill()
    running.process.wait()
    user.join()
    wait_until(lambda: gone(workers))  # the busy one too: its CPU time is limited


def test_a_worker_that_is_killed_is_replaced(
    start: Callable[..., Running], world_store: Path
) -> None:
    running = start(world_store)
    pid = running.process.pid
    before = children(pid)
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    time.sleep(0.3)
    assert running.ask("/").status == 200
    assert running.query("ASK {}").status == 200
    wait_until(lambda: len(children(pid) - before) >= 2)


def test_a_new_build_is_served_without_a_failed_request(
    start: Callable[..., Running], world_store: Path, tmp_path: Path
) -> None:
    """Three builds in a row, so that the one served first is swept away while it is in use."""
    home = Path(shutil.copytree(world_store, tmp_path / "home"))
    running = start(home)
    workers = children(running.process.pid)
    stop, seen = threading.Event(), []

    def user(number: int) -> None:
        while not stop.is_set():
            reply = running.query("ASK { ?s ?p ?o }") if number % 2 else running.ask("/")
            seen.append((reply.status, reply.json().get("build", "")))

    with ThreadPoolExecutor(4) as users:
        for number in range(4):
            users.submit(user, number)
        for _ in range(3):
            build.build(home, only=["arctic"])
        wait_until(lambda: running.ask("/healthz").json()["build"] == "000004")
        wait_until(lambda: running.ask("/").json()["build"] == "000004")
        stop.set()
    assert len(seen) > 20
    assert {status for status, _ in seen} == {200}
    wait_until(lambda: not workers & children(running.process.pid))
    wait_until(lambda: len(children(running.process.pid)) == 5)
    time.sleep(2)
    assert len(children(running.process.pid)) == 5


def test_a_new_build_has_new_tags(
    start: Callable[..., Running], world_store: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(world_store, tmp_path / "home"))
    running = start(home)
    before = running.ask("/").headers["etag"]
    build.build(home, only=["arctic"])
    wait_until(lambda: running.ask("/healthz").json()["build"] == "000002")
    again = running.ask("/", If_None_Match=before)
    assert (again.status, again.json()["build"]) == (200, "000002")


def test_a_bad_build_is_told_and_the_old_one_goes_on(
    start: Callable[..., Running], world_store: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(world_store, tmp_path / "home"))
    running = start(home)
    (home / "store" / "CURRENT").write_text("000009\n")
    wait_until(lambda: any("cannot be opened" in line["event"] for line in running.lines()))
    assert running.ask("/").json()["build"] == "000001"
    assert running.query("ASK {}").status == 200


def test_the_command_serves(world_store: Path, tmp_path: Path) -> None:
    given = ["-m", "kg", "serve", "--workspace", str(world_store), "--port", "0"]
    running = launch(given, tmp_path / "log")
    try:
        assert running.query("ASK {}").status == 200
        assert running.stop() == 0
    finally:
        end(running)
