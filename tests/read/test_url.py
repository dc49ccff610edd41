"""Pages from the web: fetched from a server here, with the check of addresses told to let this machine through."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.model.article import Capture
from sayso.read import captures
from sayso.read.source import LONGEST, ReadFailure
from sayso.read.url import Address, captures_in, is_public

PAGE = "<html><body><p>A bomb went off in Kül on Monday.</p></body></html>"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Give the address of a server that answers as its paths say."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path.startswith("/to/"):
                self.answer(302, b"", {"Location": self.path.removeprefix("/to/")})
            elif path == "/round":
                self.answer(302, b"", {"Location": "/round"})
            elif path == "/latin":
                self.answer(200, PAGE.encode("latin-1"), {"Content-Type": "text/html; charset=iso-8859-1"})
            elif path == "/text":
                self.answer(200, b"A bomb went off.", {"Content-Type": "text/plain"})
            elif path == "/pdf":
                self.answer(200, b"%PDF-1.4", {"Content-Type": "application/pdf"})
            elif path == "/liar":
                self.answer(200, b"\x89PNG\r\n\x1a\n" + bytes(99), {"Content-Type": "text/html"})
            elif path == "/long":
                packed = gzip.compress(b"<p>words</p>" * (LONGEST // 10))
                self.answer(200, packed, {"Content-Type": "text/html", "Content-Encoding": "gzip"})
            elif path == "/empty":
                self.answer(200, b"<html></html>", {"Content-Type": "text/html"})
            elif path == "/page":
                self.answer(200, PAGE.encode(), {"Content-Type": "text/html"})
            else:
                self.answer(404, b"no", {})

        def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def here(address: Address) -> bool:
    """Let this machine's own server through, and what everybody can reach."""
    return str(address) == "127.0.0.1" or is_public(address)


def one(url: str, public: Callable[[Address], bool] = here) -> Capture:
    (found,) = captures_in(url, public)
    assert isinstance(found, Capture)
    return found


def test_a_page_becomes_a_capture_that_knows_its_address(site: str) -> None:
    found = one(f"{site}/page#part")
    assert found.content == PAGE and found.media_type == "html" and len(found.sha256) == 64
    assert found.url == f"{site}/page" and found.id == one(f"{site}/page").id and found.id != found.sha256[:16]
    led = one(f"{site}/to//page")
    assert (led.url, led.id) == (found.url, found.id)
    assert one(f"{site}/latin").content == PAGE
    assert one(f"{site}/text").media_type == "text"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/missing", "answered 404"),
        ("/pdf", "is application/pdf"),
        ("/liar", "looks like a PNG"),
        ("/long", "longer than the 20 MB"),
        ("/round", "leads on and on"),
        ("/empty", "page without text"),
        ("/to/ftp://a.example/", "leads to ftp:"),
        ("/to/file:///etc/passwd", "leads to file:"),
    ],
)
def test_what_is_no_page_is_refused_with_the_reason(site: str, path: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        one(site + path)


@pytest.mark.parametrize(
    "inside",
    [
        *("http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"),
        *("http://10.1.2.3/", "http://192.168.0.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/"),
        *("http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/", "http://[fd00::1]/"),
        *("http://100.64.0.1/", "http://224.0.0.1/", "http://[64:ff9b::a00:1]/", "http://[2002:7f00:1::]/"),
    ],
)
def test_nothing_inside_is_reached_neither_straight_nor_by_being_led_there(site: str, inside: str) -> None:
    with pytest.raises(InputError, match="network around it"):
        one(inside, is_public)
    if "127.0.0.1:9" not in inside:  # which is let through here
        apart = inside.replace("localhost", "127.0.0.2").replace("2130706433", "2130706434").replace("0x7f.1", "0x7f.2")
        with pytest.raises(InputError, match="network around it"):
            one(f"{site}/to/{apart.replace('127.0.0.1', '127.0.0.2')}")


def test_the_connection_itself_is_checked_when_a_name_changes_its_address_in_between(site: str) -> None:
    asked: list[Address] = []

    def once(address: Address) -> bool:
        asked.append(address)
        return len(asked) == 1

    with pytest.raises(InputError, match="network around it"):
        one(f"{site}/page", once)
    assert len(asked) == 2


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_what_everybody_can_reach_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url", ["http://", "http:///x", "https://user:secret@a.example/", "http://a b/", "http://\x00/"]
)
def test_what_is_no_address_is_a_failure_that_tells_no_password(url: str) -> None:
    (found,) = captures([url])
    assert isinstance(found, ReadFailure) and "secret" not in found.name + str(found.error)
