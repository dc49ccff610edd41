"""What every request must pass and every answer carries: known hosts, own forms, a strict policy for browsers."""

from __future__ import annotations

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.web.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
CSRF = "sayso_csrf"
"""The cookie that a form has to repeat: another site can send it, but cannot read it."""
MOST = 20_000_000
"""Bytes that a request may bring where no files are taken: known before anything is read or asked who sends it."""
FILES = "/intake"
"""Where files are taken, under a limit of its own."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Passes on what comes for a known host and, where it changes something, from this workbench's own pages."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI 3)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        known = cookie_of(headers.get("cookie", ""))
        token = known or secrets.token_urlsafe(24)
        scope.setdefault("state", {})["csrf"] = token

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    given.setdefault(name, value)
                given.setdefault("Cache-Control", "no-store")
                if known is None:
                    given.append("Set-Cookie", self.cookie(token))
            await send(message)

        await (refused or self.app)(scope, receive, answer)

    def _refused(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        if host_of(headers.get("host", "")) not in self.settings.hosts:
            allowed = ", ".join(sorted(self.settings.hosts))
            return PlainTextResponse(f"This host is not served here; allowed: {allowed}.\n", 421)
        if scope["method"] not in SAFE and not _from_here(headers):
            return PlainTextResponse("Changes are taken from this workbench's own pages only.\n", 403)
        if not scope["path"].startswith(FILES):
            length = headers.get("content-length", "0")
            if "transfer-encoding" in headers or not (length.isascii() and length.isdigit()):
                return PlainTextResponse("Tell the length of what you send: Content-Length.\n", 411)
            if len(length) > 18 or int(length) > MOST:
                return PlainTextResponse(f"At most {MOST:,} bytes are taken here; files go to {FILES}.\n", 413)
        return None

    def cookie(self, token: str) -> str:
        """Return the header that sets the token."""
        return f"{CSRF}={token}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if self.settings.secure else ''}"


def host_of(header: str) -> str:
    """Return the name in a Host header, in lower case, without the port; IPv6 in brackets."""
    name = header.strip().lower()
    return name.partition("]")[0] + "]" if name.startswith("[") else name.rpartition(":")[0] or name


def _from_here(headers: Headers) -> bool:
    """Say whether a request comes from a page of this host, or from a program that is no browser."""
    site = headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def cookie_of(header: str, name: str = CSRF) -> str | None:
    """Return the value of a cookie; None where there is none."""
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return found.value if found and found.value.isascii() and 16 <= len(found.value) <= 200 else None


def matches(given: str | None, token: str) -> bool:
    """Say whether a form repeats the token, in a time that tells nothing of it."""
    return given is not None and hmac.compare_digest(given.encode(), token.encode())
