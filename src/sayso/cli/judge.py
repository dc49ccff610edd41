"""`sayso same`, `sayso different`, `sayso undo`: what a person decides, against any rule."""

from __future__ import annotations

import getpass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.database import DEFAULT_DB, Db, printable

if TYPE_CHECKING:
    from sayso.model.judgement import Judgement, Verdict
    from sayso.store.store import Store


class Of(StrEnum):
    """What can be one, or not."""

    incident = "incident"
    entity = "entity"


What = Annotated[Of, typer.Argument(metavar="incident|entity", help="What the ids are of.")]
First = Annotated[str, typer.Argument(metavar="A", help="An id, or its beginning.")]
Second = Annotated[str, typer.Argument(metavar="B", help="Another one.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", envvar="SAYSO_USER", help="Who decides; else your login.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for whoever asks later.")]


def same(what: What, a: First, b: Second, by: By = None, reason: Reason = "", db: Db = DEFAULT_DB) -> None:
    """Decide that two are the same.

    Reports of one incident, or names of one person or group. No rule overrides it, now or when everything is linked
    anew; `sayso undo` takes it back. What contradicts an earlier decision is refused, with the decisions that it
    contradicts.

    \b
    Example:
      sayso same incident ark4gwhntr q7ymz2 --reason "same school, same night"
    """
    _decide(what, (a, b), "same", by, reason, db)


def different(what: What, a: First, b: Second, by: By = None, reason: Reason = "", db: Db = DEFAULT_DB) -> None:
    """Decide that two are different.

    They are held apart from then on, whatever else speaks for one; `sayso undo` takes it back.

    \b
    Example:
      sayso different entity ark4gwhntr q7ymz2 --reason "father and son"
    """
    _decide(what, (a, b), "different", by, reason, db)


def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The judgement's number, as `sayso why` prints it.")],
    by: By = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Take back what a person decided.

    The decision stays on record, with who took it back and when. A rule's judgement is overruled by `sayso same` or
    `sayso different` instead.

    \b
    Example:
      sayso undo 412
    """
    from sayso.desk.overview import refresh
    from sayso.link.judge import undo as take_back

    with open_existing(db) as store:
        taken = take_back(store, number, author=_author(by))
        refresh(store)
        _tell("taken back", taken)


def _decide(what: Of, keys: tuple[str, str], verdict: Verdict, by: str | None, reason: str, db: str) -> None:
    from sayso.desk.overview import refresh
    from sayso.link.judge import judge

    with open_existing(db) as store:
        made = judge(store, what.value, keys, verdict, author=_author(by), reason=reason)
        refresh(store)
        _tell("decided", made)


def open_existing(db: str) -> Store:
    """Open a database to be written. Raises StoreError where there is none: a new one has nothing to decide of."""
    from sayso.store.store import open_store

    there = Path(db.removeprefix("sqlite:///")).exists()
    return open_store(db, write=there)


def _author(given: str | None) -> str:
    """Return who decides: the name given, else that of the login."""
    if given and given.strip():
        return given.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _tell(done: str, judgement: Judgement) -> None:
    j = judgement
    relation = "the same as" if j.verdict == "same" else "different from"
    print(printable(f"{done}: {j.subject} {j.left} is {relation} {j.right} (judgement {j.number}, by {j.author})"))
