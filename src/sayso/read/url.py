"""A page from the web, fetched once when a user gives its address; nothing else in sayso uses the network.

Only addresses that everybody can reach are asked: no name and no redirection leads into this machine or the network
around it. The address that was checked is the one that is connected to, so that a name cannot change in between.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Any

from sayso import __version__
from sayso.errors import ConfigurationError, InputError
from sayso.model.article import Capture
from sayso.read import html, txt
from sayso.read.source import LONGEST, ReadFailure, Source

if TYPE_CHECKING:
    import httpx

Address = IPv4Address | IPv6Address
SECONDS = 30
"""For all of it: finding the name, every redirection, and the last byte."""
HOPS = 5
"""Redirections that are followed."""
KINDS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{1,40})", re.I)
_NAT64 = bytes.fromhex("0064ff9b") + bytes(8)
"""What stands before an IPv4 address that a network of IPv6 only reaches (RFC 6052)."""
_STEP = "Save the page in a browser and give the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a site answered: where it stood in the end, its kind (`html`, `text`), its bytes, the encoding it gave."""

    url: str
    kind: str
    data: bytes
    charset: str | None


def is_public(address: Address) -> bool:
    """Say whether an address is one that everybody can reach; what is wrapped in it must be one, too."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped or address.packed[:12] == _NAT64:
            return is_public(IPv4Address(address.packed[12:]))
        if any(one is not None and not is_public(one) for one in (address.sixtofour, *(address.teredo or ()))):
            return False
    reserved = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not reserved


def captures_in(url: str, public: Callable[[Address], bool] = is_public) -> Iterator[Capture | ReadFailure]:
    """Yield the article at an address. Raises InputError where it cannot be had, or is no text.

    Its id stands for the address, so that a page which has changed is a newer version of itself. `public` says which
    addresses may be asked.
    """
    page = fetch(url, public)
    reader = html if page.kind == "html" else txt
    source = Source(url, io.BytesIO(page.data))
    id = hashlib.sha256(page.url.encode()).hexdigest()[:16]
    for capture in reader.captures_in(source, page.charset):
        yield replace(capture, id=id, url=page.url) if isinstance(capture, Capture) else capture


def fetch(url: str, public: Callable[[Address], bool] = is_public) -> Page:
    """Return what stands at an address. Raises InputError where it cannot be had or is no page."""
    try:
        import httpx
        import httpx_secure
    except ImportError as error:
        raise ConfigurationError(
            "fetching a page needs a part of sayso that is not installed",
            value=error.name or "httpx",
            next_step="Run: pip install 'sayso[web]'",
        ) from error
    try:
        return asyncio.run(_fetch(url, public))
    except httpx_secure.SSRFProtectionError as error:
        raise _inside(url) from error
    except (TimeoutError, httpx.TimeoutException) as error:
        raise InputError(f"did not answer within {SECONDS} seconds", value=url, next_step="Try again later") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        reason = f"cannot be fetched ({error or type(error).__name__})"
        raise InputError(reason, value=url, next_step=f"Check the address, or: {_STEP}") from error


async def _fetch(url: str, public: Callable[[Address], bool]) -> Page:
    async with asyncio.timeout(SECONDS), _client(public) as client:
        at = url.strip()
        for _ in range(HOPS + 1):
            await _check(at, url, public)
            async with client.stream("GET", at) as answer:
                if not answer.has_redirect_location:
                    return await _page_of(answer, url)
                at = str(answer.url.join(answer.headers["location"]))
    raise InputError(f"leads on and on, more than {HOPS} times", value=url, next_step=_STEP)


@asynccontextmanager
async def _client(public: Callable[[Address], bool]) -> AsyncIterator[httpx.AsyncClient]:
    import httpx
    from httpx_secure import httpx_ssrf_protection

    agent = f"sayso/{__version__}"
    headers = {"User-Agent": agent, "Accept": ", ".join(KINDS), "Accept-Encoding": "gzip, deflate"}
    async with httpx.AsyncClient(headers=headers, timeout=SECONDS, trust_env=False) as client:
        httpx_ssrf_protection(
            client, check_globally_reachable=False, custom_validator=lambda host, address, port: public(address)
        )
        yield client


async def _check(at: str, url: str, public: Callable[[Address], bool]) -> None:
    """Raise InputError unless an address is one of the web, and nothing that its name stands for is in here.

    The connection is checked once more when it is made; asking before keeps it from touching what is refused.
    """
    import httpx

    parts = httpx.URL(at)
    if parts.scheme not in ("http", "https") or not parts.host:
        raise InputError(
            "is no address of a page" if at == url else f"leads to {parts.scheme or 'nowhere'}:, which is no page",
            value=url,
            next_step="Give one that begins with http:// or https://",
        )
    if parts.userinfo:
        raise InputError("holds a name or password", value=f"{parts.scheme}://{parts.host}/", next_step=_STEP)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(parts.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError("there is no such site", value=url, next_step="Check the spelling") from error
    if not all(public(ip_address(str(entry[4][0]).partition("%")[0])) for entry in found):
        raise _inside(url)


def _inside(url: str) -> InputError:
    return InputError(
        "leads to this machine or the network around it, which is not fetched from", value=url, next_step=_STEP
    )


async def _page_of(answer: Any, url: str) -> Page:
    """Read an answer, never more than `LONGEST` bytes of it."""
    if answer.status_code != 200:
        said = f"the site answered {answer.status_code} ({answer.reason_phrase or 'no reason given'})"
        raise InputError(said, value=url, next_step=f"Check the address, or: {_STEP}")
    given = answer.headers.get("content-type", "text/html")
    kind = KINDS.get(given.partition(";")[0].strip().lower())
    if kind is None:
        raise InputError(f"is {given.partition(';')[0]}, no web page or text", value=url, next_step=_STEP)
    data = bytearray()
    async for part in answer.aiter_bytes():
        data += part
        if len(data) > LONGEST:
            raise InputError(
                f"is longer than the {LONGEST // 1_000_000} MB that one article may have", value=url, next_step=_STEP
            )
    charset = _CHARSET.search(given)
    at = str(answer.url.copy_with(fragment=None))
    return Page(url=at, kind=kind, data=bytes(data), charset=charset[1] if charset else None)
