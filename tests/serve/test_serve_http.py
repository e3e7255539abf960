"""What every response carries, who is answered, and what is never said."""

from __future__ import annotations

import http.client
import socket
import time
from typing import Any

import pytest
from serving import Running, wait_until

from kg.serve.headers import allowed_origin, known_host
from kg.serve.settings import Settings


def test_a_page_gets_what_was_asked(served: Running) -> None:
    reply = served.ask("/id/caf%C3%A9?on=2020&q=a%20b&empty=", Accept="text/html")
    assert reply.status == 200
    said = reply.json()
    assert said["path"] == "/id/café"
    assert said["query"] == [["on", "2020"], ["q", "a b"], ["empty", ""]]
    assert (said["accept"], said["base"]) == ("text/html", "")


@pytest.mark.parametrize("path", ["/", "/missing", "/static/kg.css", "/healthz", "/sparql",
                                  "/sparql?query=x", "/static/none"])  # fmt: skip
def test_security_headers_are_on_every_response(served: Running, path: str) -> None:
    headers = served.ask(path).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "server" not in headers


def test_a_page_may_bring_its_own_policy(served: Running) -> None:
    headers = served.ask("/graph").headers
    assert headers["content-security-policy"] == "default-src 'self'"


def test_only_reading_is_for_pages(served: Running) -> None:
    for path in ("/", "/static/kg.css", "/healthz", "/.well-known/void"):
        reply = served.ask(path, "POST", "x")
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/static/kg.css", "/.well-known/void", "/sparql"])
def test_what_is_at_hand_is_not_sent_again(served: Running, path: str) -> None:
    first = served.ask(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    again = served.ask(path, If_None_Match=f'"other", W/{tag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert served.ask(path, If_None_Match='"other"').status == 200


def test_another_question_has_another_tag(served: Running) -> None:
    asked = [
        served.ask("/?on=2020"),
        served.ask("/?on=2021"),
        served.ask("/x?on=2020"),
        served.ask("/?on=2020", Accept="text/csv"),
    ]
    assert len({reply.headers["etag"] for reply in asked}) == 4
    assert {reply.headers["vary"] for reply in asked} == {"Accept"}


def test_an_error_has_no_tag(served: Running) -> None:
    assert "etag" not in served.ask("/missing").headers


@pytest.mark.parametrize(
    "path", ["/static/../../pyproject.toml", "/static/..%2f..%2fpyproject.toml", "/static/",
             "/static/%2fetc%2fpasswd", "/static/.hidden", "/static/a%00.css"]
)  # fmt: skip
def test_nothing_but_our_own_files_is_static(served: Running, path: str) -> None:
    reply = served.ask(path)
    assert reply.status == 404
    assert reply.text == "no such file\n"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_a_foreign_name_is_not_answered(served: Running, host: str) -> None:
    """DNS rebinding: the name of another site that now leads here."""
    for path in ("/", "/sparql?query=ASK%7B%7D", "/healthz"):
        assert served.ask(path, Host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8", "[::1]:8"])
def test_names_of_this_machine_are_answered(served: Running, host: str) -> None:
    assert served.ask("/healthz", Host=host).status == 200


@pytest.mark.parametrize(
    ("host", "cors", "origin", "allowed"),
    [
        ("127.0.0.1", (), "http://localhost:3000", "http://localhost:3000"),
        ("127.0.0.1", (), "https://evil.example", ""),
        ("127.0.0.1", (), "http://localhost.evil.example", ""),
        ("127.0.0.1", (), "null", ""),
        ("127.0.0.1", ("https://a.example",), "https://a.example", "https://a.example"),
        ("127.0.0.1", ("https://a.example",), "https://b.example", ""),
        ("127.0.0.1", ("*",), "https://b.example", "*"),
        ("0.0.0.0", (), "https://b.example", "*"),
        ("0.0.0.0", ("https://a.example",), "https://b.example", ""),
        ("0.0.0.0", (), "", ""),
    ],
)
def test_whose_scripts_may_read(tmp_path, host, cors, origin, allowed) -> None:
    assert allowed_origin(origin, Settings(tmp_path, host, cors=cors)) == allowed


def test_an_open_server_has_any_name(tmp_path) -> None:
    settings = Settings(tmp_path, "0.0.0.0")
    assert known_host("kg.example:8000", settings)
    assert not known_host('kg.example"><script>', settings)


def test_pages_are_not_for_scripts_elsewhere(served: Running) -> None:
    headers = served.ask("/", Origin="http://localhost:3000").headers
    assert "access-control-allow-origin" not in headers
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_health_names_the_build(served: Running) -> None:
    assert served.ask("/healthz").json() == {"status": "ok", "build": "000001"}


def test_the_log_tells_neither_who_nor_what_was_asked(served: Running) -> None:
    served.query("SELECT ?secret { ?secret ?p ?o } LIMIT 1")
    served.ask("/search?q=secret")
    time.sleep(0.2)
    assert "secret" not in served.log.read_text()
    assert "127.0.0.1" not in served.log.read_text()
    (last,) = [line for line in served.lines() if line.get("path") == "/search"]
    assert set(last) == {"time", "level", "event", "method", "path", "status", "bytes", "ms"}
    assert last["time"].endswith("Z")


def test_a_line_break_in_a_path_stays_in_its_line(served: Running) -> None:
    def asked() -> list[dict[str, Any]]:
        return [line for line in served.lines() if "forged" in str(line)]

    served.ask('/a%0A{"event":"forged"}')
    wait_until(lambda: len(asked()) > 0, 10)
    (line,) = asked()
    assert line["event"] != "forged"
    assert "forged" in line["path"]


def closed(connection: socket.socket, seconds: float) -> bool:
    """Whether the other side ends the connection within that time."""
    connection.settimeout(seconds)
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: loc",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 100\r\n\r\nASK",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_slow_client_is_let_go(served: Running, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as connection:
        connection.sendall(sent)
        assert closed(connection, 15)


def test_a_client_that_does_not_read_is_let_go(served: Running) -> None:
    """Many answers are asked for and none is taken in."""
    with socket.create_connection(("127.0.0.1", served.port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        query = b"/sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+2000"
        request = b"GET " + query + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
        connection.sendall(request * 40)
        time.sleep(8)
        connection.settimeout(5)
        with pytest.raises(ConnectionError):
            for _ in range(2000):
                connection.sendall(request)
                time.sleep(0.002)


def test_a_head_too_long_is_refused(served: Running) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as connection:
        found = b""
        try:
            connection.sendall(b"GET /?" + b"x" * 500_000)
            found = connection.recv(100)
        except ConnectionError:
            pass
    assert found == b"" or found.startswith(b"HTTP/1.1 4")
    assert served.ask("/healthz").status == 200


def test_one_connection_serves_many_requests(served: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    for _ in range(5):
        connection.request("GET", "/healthz")
        reply = connection.getresponse()
        assert (reply.status, bool(reply.read())) == (200, True)
    connection.close()
