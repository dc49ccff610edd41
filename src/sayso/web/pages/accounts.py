"""Who may come in, for admins; and one's own password."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from sayso.desk import accounts
from sayso.desk.errors import ForbiddenError
from sayso.desk.who import ROLES, Who
from sayso.errors import InputError
from sayso.web.pages.login import tries_of
from sayso.web.respond import desk_of, needs, own_form, page, see, settings_of, text_of, who_of

router = APIRouter()
DONE = {
    "add": "The account was added.",
    "role": "The account has another role now.",
    "disable": "The account may not log in any more, and its sessions are ended.",
    "enable": "The account may log in again.",
    "password": "The password was changed, and all other sessions of the account are ended.",
}


@router.get("/accounts")
def show(request: Request, done: str = "", who: Who = Depends(needs("admin"))) -> Response:
    """Show all accounts."""
    return _page(request, said=DONE.get(done, ""))


@router.post("/accounts")
def change(request: Request, form: FormData = Depends(own_form), who: Who = Depends(needs("admin"))) -> Response:
    """Add or change an account, as the button says that was pressed."""
    deed, name = text_of(form, "deed"), text_of(form, "name")
    try:
        with desk_of(request).writing() as store:
            match deed:
                case "add":
                    accounts.add(store, name, text_of(form, "role"), _raw(form, "password"), who.name)
                case "role":
                    accounts.set_role(store, name, text_of(form, "role"), who.name)
                case "disable":
                    accounts.disable(store, name, who.name)
                case "enable":
                    accounts.enable(store, name, who.name)
                case "password":
                    keep = request.state.session.digest if request.state.session else ""
                    accounts.set_password(store, name, _raw(form, "password"), who.name, keep)
                case _:
                    raise InputError("is nothing that can be done here", value=deed, next_step="Use the form")
    except InputError as error:
        return _page(request, status=400, said=str(error), kind="failed", typed=form)
    return see("/accounts", done=deed)


@router.get("/password")
def ask(request: Request, done: str = "") -> Response:
    """Show the form for another password of one's own."""
    _only_with_accounts(request)
    return page(request, "password.html", said=DONE["password"] if done else "", kind="done")


@router.post("/password")
def own_password(request: Request, form: FormData = Depends(own_form)) -> Response:
    """Change one's own password; the old one is asked for again."""
    _only_with_accounts(request)
    who, desk, tries = who_of(request), desk_of(request), tries_of(request)
    address = request.client.host if request.client else ""
    if wait := tries.begin(who.name, address):
        said = f"Too many tries. Wait {wait} {'second' if wait == 1 else 'seconds'}, then try again."
        return page(request, "password.html", status=429, said=said, kind="failed")
    said = ""
    with desk.reading() as store:
        if accounts.verified(store, who.name, _raw(form, "password")) is None:
            said = "This is not your present password."
        else:
            tries.succeeded(who.name, address)
    if _raw(form, "new-password") != _raw(form, "again-password"):
        said = said or "The two new passwords differ."
    try:
        if not said:
            with desk.writing() as store:
                new = _raw(form, "new-password")
                accounts.set_password(store, who.name, new, who.name, request.state.session.digest)
            return see("/password", done="yes")
    except InputError as error:
        said = str(error)
    return page(request, "password.html", status=400, said=said, kind="failed")


def _only_with_accounts(request: Request) -> None:
    if not request.state.session:
        raise ForbiddenError(
            "there are no accounts in use here", value=who_of(request).name, next_step="See `sayso serve --help`"
        )


def _raw(form: FormData, name: str) -> str:
    """Return a field as it was typed, blanks and all."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _page(
    request: Request, *, status: int = 200, said: str = "", kind: str = "done", typed: FormData | None = None
) -> Response:
    with desk_of(request).reading() as store:
        found = accounts.accounts(store)
    kept = {"name": text_of(typed or FormData(), "name"), "role": text_of(typed or FormData(), "role")}
    used = settings_of(request).accounts
    context = {"accounts": found, "roles": ROLES, "said": said, "kind": kind, "typed": kept, "used": used}
    return page(request, "accounts.html", status=status, **context)
