"""`sayso serve`: the workbench."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.common import warn
from sayso.cli.database import DEFAULT_DB, Db, many
from sayso.errors import ConfigurationError, InputError

if TYPE_CHECKING:
    from sayso.desk.desk import Desk
    from sayso.web.settings import Settings

PARTS = ("fastapi", "jinja2", "python_multipart", "uvicorn", "argon2", "httpx")
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})
"""Addresses that stand for all of this machine's own; nobody asks for them by name."""
FEW = 50
"""Incidents that may wait for the overview without a word about it."""


def serve(
    db: Db = DEFAULT_DB,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen at; 0: any.")] = 8765,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A name under which others reach it; may be repeated."),
    ] = None,
    accounts: Annotated[bool, typer.Option("--accounts", help="Let people log in on this machine, too.")] = False,
    secure: Annotated[
        bool, typer.Option("--secure", help="It is reached over https only, through a proxy on this machine.")
    ] = False,
    sql: Annotated[bool, typer.Option("--sql", help="Open the page for read-only SQL.")] = False,
    open: Annotated[bool, typer.Option("--open/--no-open", help="Open it in a browser.")] = False,
) -> None:
    """Open the workbench: see, check and correct what a database holds.

    By default it serves this machine only, and whoever comes is its one user. To serve others, give another --host:
    everybody then logs in, and there has to be an admin (`sayso user add NAME --role admin`). What others call the
    machine is given by --allow-host; put a proxy with https before it and say --secure. A database that is not there
    is made. Ctrl-C ends it; a killed server loses nothing that was answered.

    \b
    Examples:
      sayso serve --db cases.db
      sayso serve --host 0.0.0.0 --allow-host desk.example.org --secure
    """
    check_parts()
    from sayso.desk.desk import Desk

    with listening(host, port) as listener:
        desk = Desk(db)
        settings = settings_for(desk, host, allow_host or [], accounts=accounts, secure=secure, sql=sql)
        bring_up_to_date(desk)
        address = f"http://{_shown(host)}:{listener.getsockname()[1]}/"
        print(f"The workbench on {db} is at {address}", flush=True)
        print("Ctrl-C ends it.", flush=True)
        if open:
            import webbrowser

            webbrowser.open(address)
        _run(desk, settings, listener)
    print("Ended.", flush=True)


def check_parts() -> None:
    """Raise ConfigurationError where what the workbench is made of is not installed."""
    for part in PARTS:
        try:
            import_module(part)
        except ImportError as error:
            raise ConfigurationError(
                "the workbench needs a part that is not installed",
                value=part,
                next_step="Run: pip install 'sayso[web]'",
            ) from error


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises InputError for an address that is not this machine's, or a taken port."""
    try:
        family = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=256)
        # Handed on to each connection: an answer is written in two parts, and would wait 40 ms between them.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        value = f"{host}:{port}"
        if error.errno == errno.EADDRINUSE:
            step = "End what runs there (another sayso?), or give another --port, such as " + str(port % 65535 + 1)
            raise InputError("something else listens there already", value=value, next_step=step) from error
        if error.errno == errno.EACCES:
            step = "Give a --port from 1024 on"
            raise InputError("this port may not be used", value=value, next_step=step) from error
        reason = f"cannot be listened at ({error.strerror or error})"
        raise InputError(reason, value=value, next_step="Give a --host that is this machine's own") from error


def settings_for(
    desk: Desk, host: str, names: list[str], *, accounts: bool = False, secure: bool = False, sql: bool = False
) -> Settings:
    """Return how to serve at an address. Raises InputError where others could come and there is no admin."""
    from sayso.desk.accounts import has_admin
    from sayso.web.guard import host_of
    from sayso.web.settings import LOCAL, Settings, is_loopback

    with_accounts = accounts or not is_loopback(host)
    with desk.reading() as store:
        if with_accounts and not has_admin(store):
            raise InputError(
                "nobody could log in: there is no admin account",
                value=desk.place,
                next_step=f"Add one first: sayso user add NAME --role admin --db {desk.place}",
            )
    own = set() if host in EVERYWHERE else {_shown(host).lower()}
    if host in EVERYWHERE and not names:
        warn("served at all addresses, but known by no name: give --allow-host what others call this machine")
    if with_accounts and not secure and not is_loopback(host):
        warn("passwords travel in the clear: put a proxy with https before it, and say --secure")
    hosts = LOCAL | own | {host_of(name) for name in names}
    return Settings(hosts=frozenset(hosts), accounts=with_accounts, secure=secure, sql=sql)


def _shown(host: str) -> str:
    """Return an address as it stands in a URL."""
    if host in EVERYWHERE:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def bring_up_to_date(desk: Desk) -> None:
    """Link the few that a killed server left waiting and lay the overview; say so where that takes a while."""
    from sayso.desk.judging import settle
    from sayso.desk.overview import refresh, waiting
    from sayso.store import links

    with desk.reading() as store:
        due = waiting(store)
        with store.reading() as connection:
            unlinked = links.waiting(connection, 1)
    if due > FEW:
        print(f"Summing up {many(due, 'account')} for the list of incidents ...", flush=True)
    if due or unlinked:
        with desk.writing() as store:
            settle(store)
            refresh(store)
    with desk.reading() as store:
        desk.index.select(store)  # loaded now, not by the first who asks


def _run(desk: Desk, settings: Settings, listener: socket.socket) -> None:
    import uvicorn

    from sayso.web.app import make_app

    options: dict[str, Any] = {"log_level": "warning", "server_header": False, "timeout_graceful_shutdown": 5}
    # What a proxy says of who asks is believed only where there is meant to be one.
    app = make_app(desk, settings)
    _settle()
    config = uvicorn.Config(app, proxy_headers=settings.secure, **options)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _settle() -> None:
    """Set what stays for good apart from what is looked through for litter: some request would wait for that."""
    import gc

    from sayso.resolve.gazetteer import gazetteer
    from sayso.web.respond import templates

    gazetteer()
    for name in ("incidents.html", "incident/page.html"):
        templates().get_template(name)
    gc.collect()
    gc.freeze()
