"""A file comes whole and right, or what was there stays: played against a server on loopback."""

from __future__ import annotations

import errno
import hashlib

import pytest

from kg.errors import FetchError, StoreError
from kg.fetch import download
from kg.fetch.check import Expected
from kg.fetch.client import ATTEMPTS, Client
from kg.fetch.download import Wanted, fetch

TABLE = b"#Code\tName\n" + b"".join(b"A%d\tAgency %d\n" % (n, n) for n in range(20_000))
OLD = b"#Code\tName\nOLD\tThe former file\n"
TSV = Expected("tsv", ("Code", "Name"))


@pytest.fixture
def place(tmp_path):
    """Where the file goes; a good one is there already."""
    target = tmp_path / "cache" / "orgs.tsv"
    target.parent.mkdir()
    target.write_bytes(OLD)
    return target


@pytest.fixture
def wanted(place, tmp_path):
    def make(url, expected=TSV, **more):
        return Wanted(url, place, tmp_path / "part" / "orgs.tsv.part", expected, **more)

    return make


def quiet(*_):
    pass


def test_a_file_is_fetched_and_described(site, client, wanted, place, reply):
    url = site.put("/orgs.tsv", reply(TABLE, etag='"v1"', headers={"Content-Type": "text/plain"}))
    seen = []
    record, new = fetch(client, wanted(url), None, lambda *said: seen.append(said))
    assert new
    assert place.read_bytes() == TABLE
    assert (record.sha256, record.length) == (hashlib.sha256(TABLE).hexdigest(), len(TABLE))
    assert (record.url, record.source, record.etag) == (url, url, '"v1"')
    assert record.date == "Tue, 24 Nov 2026 00:00:00 GMT"
    assert seen[-1] == ("orgs.tsv", len(TABLE), len(TABLE))
    assert [p.name for p in wanted(url).part.parent.iterdir()] == []


def test_it_says_who_asks(site, wanted, reply):
    url = site.put("/orgs.tsv", reply(TABLE))
    fetch(Client(loopback=True, contact="mailto:a@example.org"), wanted(url), None, quiet)
    agent = site.asked[0][1]["user-agent"]
    assert agent.startswith("kg-space-partnerships/")
    assert "mailto:a@example.org" in agent


def test_what_is_unchanged_is_not_sent_again(site, client, wanted, place, reply):
    url = site.put("/orgs.tsv", reply(TABLE, etag='"v1"'))
    first, _ = fetch(client, wanted(url), None, quiet)
    again, new = fetch(client, wanted(url), first, quiet)
    assert (again, new) == (first, False)
    assert site.asked[-1][1]["if-none-match"] == '"v1"'


def test_a_file_that_was_changed_here_is_fetched_again(site, client, wanted, place, reply):
    url = site.put("/orgs.tsv", reply(TABLE, etag='"v1"'))
    first, _ = fetch(client, wanted(url), None, quiet)
    place.write_bytes(TABLE.replace(b"A1\t", b"B1\t"))
    _, new = fetch(client, wanted(url), first, quiet)
    assert new
    assert place.read_bytes() == TABLE


def test_a_broken_transfer_goes_on_where_it_stopped(site, client, wanted, place, reply, waits):
    cut = reply(TABLE, etag='"v1"', cut=150_000)
    url = site.put("/orgs.tsv", cut, reply(TABLE, etag='"v1"'))
    fetch(client, wanted(url), None, quiet)
    assert place.read_bytes() == TABLE
    headers = site.asked[1][1]
    assert headers["if-range"] == '"v1"'
    start = int(headers["range"].removeprefix("bytes=").removesuffix("-"))
    assert 0 < start <= 150_000
    assert waits == [1.0]


def test_a_later_run_goes_on_too(site, client, wanted, place, reply):
    url = site.put("/orgs.tsv", reply(TABLE, etag='"v1"', cut=1_000))
    with pytest.raises(FetchError, match="connection broke"):
        fetch(client, wanted(url), None, quiet)
    assert place.read_bytes() == OLD
    assert wanted(url).part.stat().st_size > 0
    asked = len(site.asked)
    site.put("/orgs.tsv", reply(TABLE, etag='"v1"'))
    fetch(client, wanted(url), None, quiet)
    assert place.read_bytes() == TABLE
    assert "range" in site.asked[asked][1]


def test_a_file_that_changed_meanwhile_is_begun_anew(site, client, wanted, place, reply):
    """The server then answers If-Range with the whole of the new file."""
    newer = TABLE.replace(b"Agency", b"Bureau")
    cut = reply(TABLE, etag='"v1"', cut=100_000)
    url = site.put("/orgs.tsv", cut, reply(newer, etag='"v2"'))
    fetch(client, wanted(url), None, quiet)
    assert place.read_bytes() == newer


def test_a_server_that_ignores_if_range_spoils_nothing(site, client, wanted, place, reply):
    """It answers with the rest of another version: the parts do not fit, so all is asked again."""
    newer = TABLE.replace(b"Agency", b"Bureau")
    cut = reply(TABLE, etag='"v1"', cut=100_000)
    liar = reply(newer[50:], 206, {"Content-Range": f"bytes 50-{len(newer) - 1}/{len(newer)}"})
    url = site.put("/orgs.tsv", cut, liar, reply(newer, etag='"v2"'))
    fetch(client, wanted(url), None, quiet)
    assert place.read_bytes() == newer
    assert "range" not in site.asked[2][1]


def test_a_tag_that_changed_in_the_rest_is_seen(site, client, wanted, place, reply):
    newer = TABLE.replace(b"Agency", b"Bureau")
    url = site.put("/orgs.tsv", reply(TABLE, etag='"v1"', cut=1_000))
    with pytest.raises(FetchError):
        fetch(client, wanted(url), None, quiet)
    size = wanted(url).part.stat().st_size
    said = {"Content-Range": f"bytes {size}-{len(newer) - 1}/{len(newer)}", "ETag": '"v2"'}
    site.put("/orgs.tsv", reply(newer[size:], 206, said), reply(newer, etag='"v2"'))
    fetch(client, wanted(url), None, quiet)
    assert place.read_bytes() == newer


@pytest.mark.parametrize("tag", ["", 'W/"weak"'])
def test_without_a_strong_tag_nothing_is_joined(site, client, wanted, place, reply, tag):
    url = site.put("/orgs.tsv", reply(TABLE, etag=tag, cut=100_000), reply(TABLE, etag=tag))
    fetch(client, wanted(url), None, quiet)
    assert place.read_bytes() == TABLE
    assert "range" not in site.asked[1][1]


def test_a_part_that_is_already_whole_is_no_trap(site, client, wanted, place, reply):
    url = site.put("/orgs.tsv", reply(TABLE, etag='"v1"'))
    one = wanted(url)
    one.part.parent.mkdir()
    one.part.write_bytes(TABLE)
    download.save(one.part.with_name("orgs.tsv.part.json"), {"url": url, "validator": '"v1"'})
    fetch(client, one, None, quiet)
    assert place.read_bytes() == TABLE
    assert len(site.asked) == 2


BAD = {
    "a web page": (b"\n<!DOCTYPE html><title>Maintenance</title>", "a web page came instead"),
    "another table": (b"#Code\tLabel\nA\tB\n", "no column 'Name'"),
    "nothing": (b"", "0 bytes came"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_never_replaces_what_is_good(site, client, wanted, place, reply, what):
    content, message = BAD[what]
    url = site.put("/orgs.tsv", reply(content))
    with pytest.raises(FetchError, match=message):
        fetch(client, wanted(url), None, quiet)
    assert place.read_bytes() == OLD
    assert list(wanted(url).part.parent.iterdir()) == []


def test_a_wrong_checksum(site, client, wanted, place, reply):
    url = site.put("/orgs.tsv", reply(TABLE))
    with pytest.raises(FetchError, match="SHA-256"):
        fetch(client, wanted(url, Expected("tsv", sha256="0" * 64)), None, quiet)
    assert place.read_bytes() == OLD


def test_a_file_that_has_shrunk_to_less_than_half(site, client, wanted, place, reply):
    place.write_bytes(TABLE)
    url = site.put("/orgs.tsv", reply(TABLE[: len(TABLE) // 3]))
    with pytest.raises(FetchError, match="less than half") as caught:
        fetch(client, wanted(url), None, quiet)
    assert str(place) in caught.value.fix
    assert place.read_bytes() == TABLE


def test_json_is_read_before_it_counts(site, client, wanted, place, reply):
    for content, message in ((b'{"entities": {', "no JSON"), (b'{"error": "x"}', "'entities'")):
        url = site.put("/q.json", reply(content))
        with pytest.raises(FetchError, match=message):
            fetch(client, wanted(url, Expected("json", key="entities")), None, quiet)
    assert place.read_bytes() == OLD


def test_more_than_is_allowed_is_not_taken(site, client, wanted, place, reply):
    url = site.put("/orgs.tsv", reply(TABLE))
    with pytest.raises(FetchError, match="too many"):
        fetch(client, wanted(url, Expected("tsv", most=1000)), None, quiet)
    assert place.read_bytes() == OLD


@pytest.mark.parametrize("status", [404, 410, 403, 401])
def test_a_refusal_is_final(site, client, wanted, place, reply, status):
    url = site.put("/orgs.tsv", reply(b"no", status))
    with pytest.raises(FetchError, match=f"answers {status}") as caught:
        fetch(client, wanted(url), None, quiet)
    assert caught.value.fix
    assert place.read_bytes() == OLD
    assert len(site.asked) == 1


def test_a_server_in_trouble_is_asked_again(site, client, wanted, place, reply, waits):
    url = site.put("/orgs.tsv", reply(b"", 500), reply(b"", 503), reply(TABLE))
    fetch(client, wanted(url), None, quiet)
    assert place.read_bytes() == TABLE
    assert waits == [1.0, 2.0]


def test_not_for_ever(site, client, wanted, place, reply, waits):
    url = site.put("/orgs.tsv", reply(b"", 500))
    with pytest.raises(FetchError, match="answers 500"):
        fetch(client, wanted(url), None, quiet)
    assert len(site.asked) == ATTEMPTS
    assert place.read_bytes() == OLD


@pytest.mark.parametrize("asked", ["7", "Tue, 24 Nov 2026 00:00:07 GMT"])
def test_a_server_that_asks_for_patience_gets_it(site, client, wanted, reply, waits, asked):
    """A date counts from the server's own clock, whatever the day is here."""
    url = site.put("/orgs.tsv", reply(b"", 429, {"Retry-After": asked}), reply(TABLE))
    fetch(client, wanted(url), None, quiet)
    assert waits == [7.0]


def test_too_much_patience_is_said(site, client, wanted, reply):
    url = site.put("/orgs.tsv", reply(b"", 429, {"Retry-After": "86400"}))
    with pytest.raises(FetchError, match="asks to wait 86400 s"):
        fetch(client, wanted(url), None, quiet)
    assert len(site.asked) == 1


def test_a_full_disk_leaves_what_was_there_and_goes_on_later(
    site, client, wanted, place, reply, monkeypatch
):
    url = site.put("/orgs.tsv", reply(TABLE, etag='"v1"'))
    written = []

    def full(write, chunk):
        if written:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(write(chunk))

    with monkeypatch.context() as patch:
        patch.setattr(download, "append", full)
        with pytest.raises(StoreError, match="No space left on device") as caught:
            fetch(client, wanted(url), None, quiet)
    assert "free some space" in caught.value.fix
    assert place.read_bytes() == OLD
    fetch(client, wanted(url), None, quiet)
    assert place.read_bytes() == TABLE
    assert site.asked[-1][1]["range"] == f"bytes={written[0]}-"
