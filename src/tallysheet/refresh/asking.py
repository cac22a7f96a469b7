"""Asks a host for one thing, politely and distrustfully: every answer is one of a few, and none is taken on trust."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Literal, TypeAlias
from urllib.parse import urljoin, urlsplit

import httpx

from tallysheet import __version__
from tallysheet.refresh.clock import Clock

Said: TypeAlias = Literal["found", "unchanged", "unknown", "busy", "timed out", "failed"]
"""Unknown: nobody has it (404, 410). Busy: the host asks to come back later (429). Timed out: no answer came in time.
Failed: anything else, with the reason. None of them is another."""

TRIES = 4
FIRST_WAIT = 1.0
"""Seconds before the second try; doubled with each one."""
LONGEST_WAIT = 120.0
"""A host that asks to wait for longer is left alone."""
REDIRECTS = 3
AGAIN = (500, 502, 503, 504)
CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said: the body where it was found, the reason where it was not."""

    said: Said
    reason: str = ""
    body: bytes = b""
    etag: str | None = None
    modified: str | None = None


@dataclass(slots=True)
class Limits:
    """How long and how much; `pause` is the least number of seconds between two requests to one host."""

    timeout: float = 30.0
    whole: float = 120.0
    size: int = 5_000_000
    pause: float = 0.4


class Refused(Exception):  # noqa: N818 - it says what was done
    """An answer that is not taken; its message is the reason. Asking again may bring a better one if `again`."""

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.again = again


@dataclass(slots=True)
class Asker:
    """Asks hosts one after another, never two at once, with pauses."""

    clock: Clock
    contact: str
    limits: Limits = field(default_factory=Limits)
    last: dict[str, float] = field(default_factory=dict)
    client: httpx.Client | None = None

    def ask(self, url: str, kinds: tuple[str, ...], conditions: Mapping[str, str] | None = None) -> Answer:
        """Return what the host says, after as many tries as are decent."""
        answer = Answer("failed", "was not asked")
        for attempt in range(TRIES):
            wait = FIRST_WAIT * 2**attempt
            try:
                answer, wait, again = self.attempt(url, kinds, conditions or {}, wait)
            except httpx.TimeoutException:
                answer, again = Answer("timed out", "no answer in time"), True
            except (httpx.TransportError, httpx.DecodingError) as error:
                answer, again = Answer("failed", f"the connection failed: {type(error).__name__}"), True
            except (httpx.InvalidURL, ValueError) as error:
                return Answer("failed", f"no address that can be asked: {type(error).__name__}")
            if not again or wait > LONGEST_WAIT:
                return answer
            if attempt + 1 < TRIES:
                self.clock.sleep(wait)
        return answer

    def attempt(
        self, url: str, kinds: tuple[str, ...], conditions: Mapping[str, str], wait: float
    ) -> tuple[Answer, float, bool]:
        """Ask once, through redirects: the answer, how long to wait, and whether to ask again."""
        start = self.clock.monotonic()
        for _ in range(REDIRECTS + 1):
            self.pause(url)
            headers = {**self.headers(), **conditions}
            with self.opened().stream("GET", url, headers=headers, timeout=self.limits.timeout) as response:
                if response.is_redirect and "location" in response.headers:
                    target = urljoin(url, response.headers["location"])
                    if not same_host(url, target):
                        return Answer("failed", f"leads to another host: {host_of(target)}"), wait, False
                    url = target
                    continue
                try:
                    return self.read(response, kinds, start, wait)
                except Refused as refused:
                    return Answer("failed", str(refused)), wait, refused.again
                except TimeoutError:
                    return Answer("timed out", "the answer came too slowly"), wait, True
        return Answer("failed", "leads around in a circle"), wait, False

    def read(
        self, response: httpx.Response, kinds: tuple[str, ...], start: float, wait: float
    ) -> tuple[Answer, float, bool]:
        """Return what one response comes to."""
        status, asked = response.status_code, retry_after(response, self.clock)
        if status == httpx.codes.NOT_MODIFIED:
            return Answer("unchanged"), wait, False
        if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
            return Answer("unknown", f"status {status}"), wait, False
        if status == httpx.codes.TOO_MANY_REQUESTS:
            later = f": come back in {asked:,.0f} s" if asked is not None else ""
            return Answer("busy", f"status {status}{later}"), wait if asked is None else asked, True
        if status != httpx.codes.OK:
            return Answer("failed", f"status {status}"), wait if asked is None else asked, status in AGAIN
        kind = response.headers.get("content-type", "").partition(";")[0].strip().casefold()
        if kind not in kinds:
            raise Refused(f"content type {kind[:60] or 'none'}, not {kinds[0]}")
        body = b"".join(self.decoded(response, start))
        etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
        return Answer("found", "", body, header(etag), header(modified)), wait, False

    def decoded(self, response: httpx.Response, start: float) -> Iterator[bytes]:
        """Yield the body, unpacked; raises Refused where it is too large, TimeoutError where it takes too long."""
        encoding = response.headers.get("content-encoding", "identity").strip().casefold()
        if encoding not in ("identity", "gzip"):
            raise Refused(f"content encoding {encoding[:60]}, which was not asked for")
        unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if encoding == "gzip" else None
        left = self.limits.size
        for chunk in response.iter_raw(CHUNK):
            if self.clock.monotonic() - start > self.limits.whole:
                raise TimeoutError
            try:
                data = unpack.decompress(chunk, left + 1) if unpack else chunk
            except zlib.error as error:
                raise Refused("gzip that can't be unpacked", again=True) from error
            left -= len(data)
            if left < 0:
                raise Refused(f"larger than {self.limits.size:,} bytes")
            yield data
        if unpack and not unpack.eof:
            raise Refused("gzip that is cut off", again=True)

    def headers(self) -> dict[str, str]:
        """Return who asks, and what is understood."""
        agent = f"tallysheet/{__version__} (https://github.com/tallysheet/tallysheet; mailto:{self.contact})"
        return {"User-Agent": agent, "Accept-Encoding": "gzip"}

    def pause(self, url: str) -> None:
        """Wait until the host may be asked again."""
        host = host_of(url)
        if host in self.last and (left := self.last[host] + self.limits.pause - self.clock.monotonic()) > 0:
            self.clock.sleep(left)
        self.last[host] = self.clock.monotonic()

    def opened(self) -> httpx.Client:
        """Return the one client: its connections are used again."""
        if self.client is None:
            self.client = httpx.Client(follow_redirects=False)
        return self.client

    def close(self) -> None:
        """Close what is open."""
        if self.client is not None:
            self.client.close()


def host_of(url: str) -> str:
    """Return host and port of an address."""
    return urlsplit(url).netloc[:200]


def same_host(one: str, other: str) -> bool:
    """Tell whether a redirect stays with the host, and does not leave encryption."""
    source, target = urlsplit(one), urlsplit(other)
    return source.netloc == target.netloc and target.scheme in (source.scheme, "https")


def retry_after(response: httpx.Response, clock: Clock) -> float | None:
    """Return how many seconds the host asks to wait, as number or as date (RFC 9110, 10.2.3); None if it does not."""
    said = response.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit() and len(said) < len("1000000000"):
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, IndexError):
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - clock.now()).total_seconds())


def header(said: str | None) -> str | None:
    """Return a header that may be sent back: short, and of visible ASCII."""
    return said if said and len(said) <= CHUNK // 256 and said.isascii() and said.isprintable() else None
