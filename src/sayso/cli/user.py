"""`sayso user`: the accounts of a workbench that others can reach."""

from __future__ import annotations

import getpass
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.database import DEFAULT_DB, Db, printable
from sayso.errors import InputError

if TYPE_CHECKING:
    from sayso.desk.accounts import Account


class Deed(StrEnum):
    """What is to be done."""

    add = "add"
    list = "list"
    role = "role"
    password = "password"
    disable = "disable"
    enable = "enable"


class RoleName(StrEnum):
    """Who may do what."""

    reader = "reader"
    reviewer = "reviewer"
    admin = "admin"


def user(
    deed: Annotated[Deed, typer.Argument(metavar="DEED", help="One of add, list, role, password, disable, enable.")],
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The account; not for list.")] = None,
    role: Annotated[
        RoleName | None,
        typer.Option("--role", help="reader, reviewer (may correct) or admin (may also take in files)."),
    ] = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Keep the accounts of a workbench that others can reach.

    Who is added is a reader unless a role is given. The password is asked for, or read from standard input where that
    is no terminal; it has at least 12 characters. Disabling an account ends its sessions, and what it has done stays
    under its name. All is written to the log of changes, but for passwords.

    \b
    Examples:
      sayso user add mira --role admin
      sayso user role mira --role reviewer
      sayso user list
    """
    from sayso.desk import accounts
    from sayso.desk.who import local
    from sayso.store.store import open_store

    with open_store(db, write=True) as store:
        if deed is Deed.list:
            _show(accounts.accounts(store))
            return
        if not name:
            raise typer.BadParameter(f"`sayso user {deed}` needs the name of the account")
        if deed is Deed.role and role is None:
            raise typer.BadParameter("give the new role with --role: reader, reviewer or admin")
        author = local().name
        match deed:
            case Deed.add:
                name = accounts.checked_name(name)
                accounts.add(store, name, role or "reader", asked(name), author)
            case Deed.role:
                accounts.set_role(store, name, str(role), author)
            case Deed.password:
                accounts.set_password(store, name, asked(name), author)
            case Deed.disable:
                accounts.disable(store, name, author)
            case _:
                accounts.enable(store, name, author)
    print(f"{printable(name)}: {DONE[deed]}")


DONE = {
    Deed.add: "added",
    Deed.role: "has another role now",
    Deed.password: "has another password now; its sessions are ended",
    Deed.disable: "may not log in any more; its sessions are ended",
    Deed.enable: "may log in again",
}


def asked(name: str) -> str:
    """Return the password that the user types, unseen and twice; or the first line of a standard input that is piped.

    Raises InputError where the two differ.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"Password for {printable(name)} (at least 12 characters): ")
    if first != getpass.getpass("Once more: "):
        raise InputError("the two passwords differ", value=name, next_step="Nothing was changed: try again")
    return first


def _show(found: list[Account]) -> None:
    if not found:
        print("no accounts; add one with: sayso user add NAME --role admin")
    for one in found:
        state = f"disabled since {one.disabled[:10]}" if one.disabled else ""
        print(f"{one.name:<24} {one.role:<9} since {one.made[:10]}  {state}".rstrip())
