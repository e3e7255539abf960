"""Which addresses are asked at all, and how redirects are followed."""

from __future__ import annotations

import re
import time

import pytest

from kg.errors import FetchError
from kg.fetch.client import Client, same_site

REFUSED = {
    "http://example.org/x": "is not HTTPS",
    "ftp://example.org/x": "is no address",
    "file:///etc/passwd": "is no address",
    "https://user:secret@example.org/": "is no address",
    "https:///x": "is no address",
    "https://127.0.0.1/x": "private network",
    "https://10.1.2.3/x": "private network",
    "https://[::1]/x": "private network",
    "https://169.254.169.254/latest": "private network",
    "https://localhost/x": "private network",
    "https://intranet/x": "private network",
}


@pytest.mark.parametrize("url", REFUSED)
def test_addresses_that_are_not_asked(url):
    with pytest.raises(FetchError, match=REFUSED[url]), Client().get(url):
        pass


def test_plain_http_to_this_machine_needs_the_hidden_option(site, reply):
    url = site.put("/x", reply(b"x"))
    with pytest.raises(FetchError, match="is not HTTPS"), Client().get(url):
        pass
    assert site.asked == []


def test_a_redirect_on_the_same_host_is_followed(site, client, reply):
    site.put("/new", reply(b"here"))
    url = site.put("/old", reply(b"", 301, {"Location": "/new"}))
    with client.get(url) as answer:
        assert b"".join(answer.chunks()) == b"here"
        assert answer.url.endswith("/new")


def test_a_redirect_to_another_host_needs_leave(site, client, reply):
    site.put("/new", reply(b"here"))
    other = site.root.replace("127.0.0.1", "localhost") + "/new"
    url = site.put("/old", reply(b"", 302, {"Location": other}))
    for may_go in (lambda target: same_site(url, target), lambda _: False):
        with (
            pytest.raises(FetchError, match="another host, localhost"),
            client.get(url, may_go=may_go),
        ):
            pass
    assert site.paths() == ["/old", "/old"]
    with client.get(url, may_go=lambda target: target == other) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("target", ["http://example.org/", "https://10.0.0.1/", "file:///etc/x"])
def test_a_redirect_does_not_lead_out_of_the_rules(site, client, reply, target):
    url = site.put("/old", reply(b"", 302, {"Location": target}))
    with pytest.raises(FetchError, match=re.escape(target)), client.get(url):
        pass


def test_a_circle_ends(site, client, reply):
    url = site.put("/round", reply(b"", 302, {"Location": "/round"}))
    with pytest.raises(FetchError, match="sends on and on"), client.get(url):
        pass
    assert len(site.asked) == 6


def test_nobody_there(client, waits):
    with pytest.raises(FetchError, match="cannot be reached"), client.get("http://127.0.0.1:9/"):
        pass
    assert waits == [1.0, 2.0, 4.0]


def test_a_pause_between_two_requests_to_one_host(site, reply):
    waited = []
    client = Client(pause=5.0, loopback=True, sleep=waited.append)
    url = site.put("/x", reply(b"x"))
    began = time.monotonic()
    for _ in range(2):
        with client.get(url):
            pass
    assert time.monotonic() - began < 4, "it only asks to sleep"
    (seconds,) = waited
    assert 4 < seconds <= 5


def test_one_site_with_and_without_www():
    assert same_site("https://www.esa.int/a", "https://esa.int/b")
    assert not same_site("https://esa.int/a", "https://nasa.gov/a")
