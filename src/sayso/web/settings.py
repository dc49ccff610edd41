"""How a workbench is served."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""The names under which a machine calls itself, as they stand in a Host header without the port."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a workbench is served.

    `hosts` are the names that a request may ask for (Host header, without the port). With `accounts`, everybody logs
    in; without, whoever comes is the one who runs the program. `secure` says that all comes over https: cookies are
    sent over nothing else then. `sql` opens the page for SQL.
    """

    hosts: frozenset[str] = LOCAL
    accounts: bool = False
    secure: bool = False
    sql: bool = False


def is_loopback(host: str) -> bool:
    """Say whether an address reaches this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
