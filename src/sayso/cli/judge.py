"""`sayso same`, `sayso different`, `sayso undo`: what a person decides, against any rule."""

from __future__ import annotations

import getpass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.database import DEFAULT_DB, Db, printable

if TYPE_CHECKING:
    from sayso.link.judge import Decision
    from sayso.model.judgement import Verdict
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
    number: Annotated[
        str,
        typer.Argument(metavar="NUMBER", help="A judgement's number, as `sayso why` prints it; c12: correction 12."),
    ],
    by: By = None,
    reason: Reason = "",
    db: Db = DEFAULT_DB,
) -> None:
    """Take back what a person decided.

    The decision, or the correction, stays on record, with who took it back and when. A rule's judgement is overruled
    by `sayso same` or `sayso different` instead.

    \b
    Examples:
      sayso undo 412
      sayso undo c12 --reason "it was right"
    """
    from sayso.desk.corrections import undo_correction
    from sayso.desk.overview import refresh
    from sayso.link.judge import undo as take_back

    digits = number[1:] if number[:1] in ("c", "C") else number
    if not (digits.isascii() and digits.isdigit()):
        raise typer.BadParameter(f"{number!r} is neither a judgement's number (412) nor a correction's (c12)")
    with open_existing(db) as store:
        if digits != number:
            done = undo_correction(store, int(digits[:20]), author=author_of(by), reason=reason)
            told = f"correction {done.number}, {done.action} {done.slot}".rstrip()
            print(printable(f"taken back: {told}, by {done.author}"))
        else:
            _tell("taken back", take_back(store, int(digits[:20]), author=author_of(by)))
        refresh(store)


def _decide(what: Of, keys: tuple[str, str], verdict: Verdict, by: str | None, reason: str, db: str) -> None:
    from sayso.desk.overview import refresh
    from sayso.link.judge import judge

    with open_existing(db) as store:
        made = judge(store, what.value, keys, verdict, author=author_of(by), reason=reason)
        refresh(store)
        _tell("decided", made)


def open_existing(db: str) -> Store:
    """Open a database to be written. Raises StoreError where there is none: a new one has nothing to decide of."""
    from sayso.store.store import open_store

    there = Path(db.removeprefix("sqlite:///")).exists()
    return open_store(db, write=there)


def author_of(given: str | None) -> str:
    """Return who decides: the name given, else that of the login."""
    if given and given.strip():
        return given.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _tell(done: str, decision: Decision) -> None:
    j = decision.judgement
    relation = "the same as" if j.verdict == "same" else "different from"
    print(printable(f"{done}: {j.subject} {j.left} is {relation} {j.right} (judgement {j.number}, by {j.author})"))
    for one in decision.moved:
        print(
            printable(f"this also changed {j.subject} {one.key}: {len(one.came)} came to it, {len(one.went)} left it")
        )
