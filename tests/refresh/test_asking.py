"""A host that misbehaves gets a decent answer: never a crash, never a fact that it did not give, never a flood."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tallysheet.refresh import crossref
from tallysheet.refresh.asking import Asker, Limits
from tallysheet.refresh.strict_json import NotJson

DOI = "10.1000/one"
PATH = "/works/10.1000%2Fone"
GOOD = json.dumps({"message": {"DOI": DOI, "title": ["A title"]}}).encode()
KIND = ("application/json",)


def conftest_of(registry: Any) -> Any:
    """Return the module that the registry comes from: pytest imports it under a name of its own."""
    return __import__("sys").modules[type(registry).__module__]


@pytest.fixture
def asker(clock: Any) -> Iterator[Asker]:
    asker = Asker(clock, "librarian@example.org", Limits(timeout=5.0, whole=60.0, size=10_000, pause=0.5))
    yield asker
    asker.close()


def outcome(asker: Asker, registry: Any, *script: Any) -> tuple[str, str]:
    """Return what asking comes to: what the host said, and the title or the reason."""
    registry.scripts[PATH] = list(script)
    answer = asker.ask(crossref.address(registry.url, DOI, asker.contact), KIND)
    if answer.said != "found":
        return answer.said, answer.reason
    try:
        return "found", crossref.read(answer.body, DOI).title or ""
    except NotJson as reason:
        return "failed", str(reason)


# The good answer is read, by someone who says who asks and what is understood.
def test_good_answer(asker: Asker, registry: Any) -> None:
    say = conftest_of(registry).say
    assert outcome(asker, registry, say(200, GOOD, "application/json; charset=utf-8")) == ("found", "A title")
    path, headers = registry.asked[0]
    assert path == f"{PATH}?mailto=librarian@example.org"
    assert headers["User-Agent"].startswith("tallysheet/")
    assert "mailto:librarian@example.org" in headers["User-Agent"]
    assert headers["Accept-Encoding"] == "gzip"


# A status that no patience mends is final: asked once, no waiting.
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, ("unknown", "status 404")),
        (410, ("unknown", "status 410")),
        (304, ("unchanged", "")),
        (400, ("failed", "status 400")),
        (403, ("failed", "status 403")),
        (204, ("failed", "status 204")),
        (501, ("failed", "status 501")),
    ],
)
def test_final_statuses(asker: Asker, registry: Any, clock: Any, status: int, expected: tuple[str, str]) -> None:
    assert outcome(asker, registry, conftest_of(registry).say(status)) == expected
    assert (len(registry.asked), clock.slept) == (1, [])


# A host that is busy is asked again after longer and longer pauses, and then left alone.
def test_429_without_retry_after(asker: Asker, registry: Any, clock: Any) -> None:
    assert outcome(asker, registry, conftest_of(registry).say(429)) == ("busy", "status 429")
    assert (len(registry.asked), clock.slept) == (4, [1.0, 2.0, 4.0])


# A host that says when to come back is asked then, whether it says seconds or a date.
@pytest.mark.parametrize("when", ["7", "Mon, 23 Nov 2026 12:00:07 GMT"])
def test_429_with_retry_after(asker: Asker, registry: Any, clock: Any, when: str) -> None:
    say = conftest_of(registry).say
    assert outcome(asker, registry, say(429, retry_after=when), say(200, GOOD)) == ("found", "A title")
    assert clock.slept == [7.0]


# A host that asks for an hour is left alone at once; one that says nonsense is treated as if it had said nothing.
@pytest.mark.parametrize(
    ("when", "expected", "slept"),
    [
        ("3600", ("busy", "status 429: come back in 3,600 s"), []),
        ("soon", ("busy", "status 429"), [1.0, 2.0, 4.0]),
        ("-5", ("busy", "status 429"), [1.0, 2.0, 4.0]),
        ("99999999999999999999", ("busy", "status 429"), [1.0, 2.0, 4.0]),
    ],
)
def test_429_with_odd_retry_after(
    asker: Asker, registry: Any, clock: Any, when: str, expected: tuple[str, str], slept: list[float]
) -> None:
    assert outcome(asker, registry, conftest_of(registry).say(429, retry_after=when)) == expected
    assert clock.slept == slept


# An error of the server may pass.
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_server_errors_may_pass(asker: Asker, registry: Any, clock: Any, status: int) -> None:
    say = conftest_of(registry).say
    assert outcome(asker, registry, say(status), say(200, GOOD)) == ("found", "A title")
    assert clock.slept == [1.0]
    assert outcome(asker, registry, say(status)) == ("failed", f"status {status}")


# 503 with Retry-After is obeyed.
def test_503_with_retry_after(asker: Asker, registry: Any, clock: Any) -> None:
    say = conftest_of(registry).say
    assert outcome(asker, registry, say(503, retry_after="9"), say(200, GOOD)) == ("found", "A title")
    assert clock.slept == [9.0]


# A host that does not answer is given up in time, and that is an answer of its own.
def test_time_out(asker: Asker, registry: Any, clock: Any) -> None:
    asker.limits.timeout = 0.05
    assert outcome(asker, registry, lambda _: registry.hang.wait(30)) == ("timed out", "no answer in time")
    assert clock.slept == [1.0, 2.0, 4.0]


# A body that trickles is given up, though each part of it comes in time.
def test_slow_body(asker: Asker, registry: Any, clock: Any) -> None:
    asker.limits.whole = 10.0

    def trickle(handler: Any) -> None:
        clock.step = 11.0  # time that passes at each look
        handler.reply(200, GOOD, {"Content-Type": "application/json"})

    assert outcome(asker, registry, trickle) == ("timed out", "the answer came too slowly")


# A body that is cut is no answer, whether its length was said or not.
def test_cut_body(asker: Asker, registry: Any) -> None:
    def cut(handler: Any) -> None:
        handler.reply(200, GOOD[:20], {"Content-Type": "application/json"}, length=len(GOOD))
        handler.close_connection = True

    def cut_without_length(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + GOOD[:20])
        handler.close_connection = True

    assert outcome(asker, registry, cut) == ("failed", "the connection failed: RemoteProtocolError")
    assert outcome(asker, registry, cut_without_length) == ("failed", "no JSON, or cut off")


# A host of the old protocol, which closes the connection when it is done, is read.
def test_http_1_0_close(asker: Asker, registry: Any) -> None:
    def old(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + GOOD)
        handler.close_connection = True

    assert outcome(asker, registry, old) == ("found", "A title")


# A connection that breaks may be mended by asking again.
def test_connection_reset(asker: Asker, registry: Any, clock: Any) -> None:
    say = conftest_of(registry).say
    assert outcome(asker, registry, lambda handler: handler.reset(), say(200, GOOD)) == ("found", "A title")
    said, reason = outcome(asker, registry, lambda handler: handler.reset())
    assert (said, reason.partition(":")[0]) == ("failed", "the connection failed")
    assert clock.slept == [1.0, 0.5, 1.0, 2.0, 4.0]


# What speaks no HTTP is no answer.
def test_no_http(asker: Asker, registry: Any) -> None:
    def nonsense(handler: Any) -> None:
        handler.wfile.write(b"\x00\x01\x02 SSH-2.0-OpenSSH\r\n\r\n")
        handler.close_connection = True

    assert outcome(asker, registry, nonsense) == ("failed", "the connection failed: RemoteProtocolError")


# Nobody listens there.
def test_no_host(asker: Asker, registry: Any) -> None:
    registry.shutdown()
    registry.server_close()
    assert outcome(asker, registry) == ("failed", "the connection failed: ConnectError")


# Each of these bodies comes with status 200 and is no answer, for a reason of its own.
@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (GOOD, "text/html", "content type text/html, not application/json"),
        (GOOD, "", "content type none, not application/json"),
        (b"", "application/json", "an empty answer"),
        (b"   \n", "application/json", "an empty answer"),
        (b"<html>try later</html>", "application/json", "no JSON, or cut off"),
        (GOOD[:-3], "application/json", "no JSON, or cut off"),
        (b"[]", "application/json", "no work in the answer"),
        (b"null", "application/json", "no work in the answer"),
        (b'{"message": []}', "application/json", "no work in the answer"),
        (b'{"message": {"DOI": "10.1000/other"}}', "application/json", "the answer is of another DOI: 10.1000/other"),
        (b'{"message": {"DOI": ["x"]}}', "application/json", "the answer is of another DOI: x"),
        (b'{"message": {}}', "application/json", "the answer is of another DOI: none"),
        (GOOD.replace(b"A title", b"A t\xeftle"), "application/json", "no UTF-8 at byte 49"),
        (b'{"message": {"DOI": "10.1000/one", "DOI": "x"}}', "application/json", "a name stands twice in one object"),
        (b'{"message": {"DOI": "10.1000/one", "x": NaN}}', "application/json", "NaN is no JSON"),
        (b'{"a":' * 80 + b"1" + b"}" * 80, "application/json", "nested too deeply"),
        (b"[" * 4900 + b"]" * 4900, "application/json", "nested too deeply"),
        (b'{"x": ' + b"9" * 5000 + b"}", "application/json", "no JSON, or cut off"),
        (b" " * 10_001, "application/json", "larger than 10,000 bytes"),
    ],
)
def test_bad_bodies(asker: Asker, registry: Any, clock: Any, body: bytes, kind: str, reason: str) -> None:
    assert outcome(asker, registry, conftest_of(registry).say(200, body, kind)) == ("failed", reason)
    assert (len(registry.asked), clock.slept) == (1, [])


# A packed body is unpacked, but not without end, not if it is cut, and not by another method than was asked for.
def test_packed_bodies(asker: Asker, registry: Any) -> None:
    say = conftest_of(registry).say
    good, bomb = gzip.compress(GOOD), gzip.compress(b" " * 50_000_000)
    assert len(bomb) < 60_000
    assert outcome(asker, registry, say(200, good, content_encoding="gzip")) == ("found", "A title")
    assert outcome(asker, registry, say(200, bomb, content_encoding="gzip")) == ("failed", "larger than 10,000 bytes")
    cut = outcome(asker, registry, say(200, good[:-9], content_encoding="gzip"))
    assert cut == ("failed", "gzip that is cut off")
    broken = outcome(asker, registry, say(200, b"\x00" * 50, content_encoding="gzip"))
    assert broken == ("failed", "gzip that can't be unpacked")
    other = outcome(asker, registry, say(200, good, content_encoding="br"))
    assert other == ("failed", "content encoding br, which was not asked for")


# A redirect is followed on the same host, not around in a circle, and never to another host.
def test_redirects(asker: Asker, registry: Any) -> None:
    say = conftest_of(registry).say
    registry.scripts["/here"] = [say(200, GOOD)]
    assert outcome(asker, registry, say(301, location="/here")) == ("found", "A title")
    assert outcome(asker, registry, say(302, location=PATH)) == ("failed", "leads around in a circle")
    away = outcome(asker, registry, say(302, location="http://other.invalid/works/x"))
    assert away == ("failed", "leads to another host: other.invalid")
    inside = outcome(asker, registry, say(302, location="http://169.254.169.254/latest"))
    assert inside == ("failed", "leads to another host: 169.254.169.254")
    assert outcome(asker, registry, say(302, location="file:///etc/passwd")) == ("failed", "leads to another host: ")
    assert outcome(asker, registry, say(302)) == ("failed", "status 302")


# Between two questions to one host there is a pause.
def test_pause(asker: Asker, registry: Any, clock: Any) -> None:
    say = conftest_of(registry).say
    for _ in range(3):
        assert outcome(asker, registry, say(200, GOOD)) == ("found", "A title")
    assert clock.slept == [0.5, 0.5]


# Markup and control characters of a title do not come through, and it is no longer than a title can be.
def test_odd_titles(asker: Asker, registry: Any) -> None:
    say_json = conftest_of(registry).say_json
    for title, expected in (
        ("<i>In vivo</i> &amp; \u001b[2J\u0000in\nvitro \u202e", "In vivo & [2J in vitro"),
        ("p < 0.05 and q > 2", "p < 0.05 and q > 2"),
        ("long " * 900, ("long " * 900)[:2000].strip()),
    ):
        found = outcome(asker, registry, say_json({"message": {"DOI": DOI.upper(), "title": [title]}}))
        assert found == ("found", expected)


# Whatever stands in the place of a fact is left out, not taken for one.
def test_facts_of_the_wrong_kind_are_left_out() -> None:
    message = {
        "DOI": DOI,
        "title": {"a": 1},
        "volume": 12,
        "page": None,
        "container-title": [1, None, "J Odd"],
        "author": [None, {"family": 5}, {"family": "Ok", "given": "An B."}, {"name": "A Group"}, "text"],
        "issued": {"date-parts": [["2020", 5]]},
        "published-print": {"date-parts": [[2021, 13, 99999]]},
        "updated-by": [None, {"type": ["retraction"], "DOI": 7, "updated": []}],
        "relation": [],
    }
    facts = crossref.read(json.dumps({"message": message}).encode(), DOI)
    assert (facts.title, facts.volume, facts.pages, facts.journals) == (None, None, None, ("J Odd",))
    assert facts.authors == ("Ok AB", "A Group")
    assert facts.years == ("2021",)
    assert [(update.kind, update.notice) for update in facts.updates] == [("retracted", None)]
