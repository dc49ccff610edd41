"""Serves a workbench for a browser, and watches what a page does."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page

from sayso.desk.desk import Desk
from sayso.web.app import make_app
from sayso.web.settings import Settings


@contextmanager
def served(path: Path, settings: Settings | None = None) -> Iterator[str]:
    """Serve a database on a port of its own, and give its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    app = make_app(Desk(str(path)), settings or Settings())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@dataclass
class Watched:
    """What a page did that it should not have: dialogs, requests to elsewhere, errors in the console."""

    site: str
    met: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        def dialog(one: Any) -> None:
            self.met.append(f"dialog: {one.message}")
            one.dismiss()

        page.on("dialog", dialog)
        page.on("pageerror", lambda error: self.met.append(f"error: {error}"))
        page.on("console", lambda m: self.met.append(f"console: {m.text}") if _wrong(m) else None)
        page.on("request", lambda r: None if _own(r.url, self.site) else self.met.append(f"request: {r.url}"))


def _wrong(message: Any) -> bool:
    """Say whether a message of the console tells of an error; that a page was answered with 4xx is none."""
    return message.type == "error" and "responded with a status of 4" not in message.text


def _own(url: str, site: str) -> bool:
    return url.startswith((site + "/", "data:", "blob:", "about:")) or url == site


Opener = Callable[..., Page]
