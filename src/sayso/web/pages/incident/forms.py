"""What the forms of an incident's page share: a form that is kept although it could not be taken."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData

from sayso.desk.errors import ForbiddenError, StaleError
from sayso.errors import InputError, SaysoError, StoreError
from sayso.web.respond import own_form, text_of

ADVICE = "Send the form once more: what you typed is still in it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form that was sent; `error` says why it is not taken, None where it may be."""

    form: FormData
    error: SaysoError | None

    def text(self, name: str) -> str:
        """Return a field's text without blanks around it; empty where it is not there."""
        return text_of(self.form, name)

    def texts(self, name: str) -> list[str]:
        """Return the texts of all fields of a name."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def seen(self) -> int:
        """Return the number of the newest change that the form saw. Raises InputError where it is none."""
        return whole(self.text("seen"), "what the form has seen")

    def checked(self) -> None:
        """Raise the error of a form that is not taken."""
        if self.error:
            raise self.error


async def sent(request: Request) -> Sent:
    """Return the form that was sent, with an error where its token has grown too old."""
    try:
        return Sent(form=await own_form(request), error=None)
    except ForbiddenError as error:
        again = ForbiddenError(error.message, value=str(error.value), next_step=ADVICE)
        return Sent(form=await request.form(), error=again)


def whole(given: str, what: str) -> int:
    """Return a number of a form. Raises InputError where it is none."""
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise InputError(f"{what} is a number", value=given[:40] or "nothing", next_step="Open the page again")
    return int(given)


def status_of(error: SaysoError | None) -> int:
    """Return the status of a page that is shown again because of an error; 200 for None."""
    if error is None:
        return 200
    statuses = ((StaleError, 409), (ForbiddenError, 403), (StoreError, 503))
    return next((status for kind, status in statuses if isinstance(error, kind)), 400)


def stale_of(error: SaysoError | None) -> StaleError | None:
    """Return the error where somebody else was quicker; None for any other."""
    return error if isinstance(error, StaleError) else None
