"""`sayso why`: for what reasons two are, or are not, held to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.cli.common import Format, FormatOption, JsonWriter, console
from sayso.cli.database import DEFAULT_DB, Db, printable
from sayso.cli.judge import First, Second, What

if TYPE_CHECKING:
    from rich.console import Console

    from sayso.link.judge import Why
    from sayso.model.judgement import Judgement

SHOWN = 12
"""Reasons and links that are shown."""


def why(what: What, a: First, b: Second, db: Db = DEFAULT_DB, format: FormatOption = Format.table) -> None:
    """Show why two are, or are not, held to be one.

    What speaks for it and what against, each with its weight (in log-odds: 1 makes one nearly three times as likely);
    what rules and people have decided, and when; and over which reports the one leads to the other.

    \b
    Example:
      sayso why incident ark4gwhntr q7ymz2
    """
    from sayso.link.judge import why as reasons
    from sayso.store.store import open_store

    with open_store(db) as store:
        found = reasons(store, what.value, a, b)
    if format is not Format.table:
        with JsonWriter(format) as writer:
            writer.write(_plain(found))
        return
    _print(found, what.value, console())


def _print(found: Why, what: str, out: Console) -> None:
    said = "held to be one" if found.together else "held apart"
    out.print(f"{what} {found.left} and {found.right}: {said}", style="bold")
    if found.left == found.right:
        out.print("It is one and the same id.", style="dim")
        return
    out.print(f"These two alone: {found.comparison.score:.0%} likely one")
    for reason in found.comparison.reasons[:SHOWN]:
        out.print(f"  {reason.weight:+5.1f}  " + printable(f"{reason.feature}: {reason.words}"))
    if len(found.comparison.reasons) > SHOWN:
        out.print(f"  ... and {len(found.comparison.reasons) - SHOWN} lesser ones", style="dim")
    if len(found.chain) > 2:
        out.print(printable(f"Linked over {' - '.join(found.chain)}"))
    out.print("Judgements" if found.history else "No judgement: they were no candidates, or too unlike.")
    for judgement in found.history:
        out.print(f"  {judgement.number}  " + printable(_told(judgement)), style="dim" if judgement.revoked else "")


def _told(j: Judgement) -> str:
    score = f" (alone {j.score:.0%} likely one)" if j.score is not None else ""
    reason = f": {j.reason}" if j.reason else ""
    back = f" [taken back {j.revoked} by {j.revoked_by}]" if j.revoked else ""
    return f"{j.at[:10]} {j.verdict}{score}, by {j.author}{reason}{back}"


def _plain(found: Why) -> dict[str, object]:
    return {
        "left": found.left,
        "right": found.right,
        "together": found.together,
        "score": found.comparison.score,
        "reasons": [
            {"feature": r.feature, "weight": round(r.weight, 4), "words": r.words} for r in found.comparison.reasons
        ],
        "chain": list(found.chain),
        "judgements": [{name: getattr(j, name) for name in j.__slots__} for j in found.history],
    }
