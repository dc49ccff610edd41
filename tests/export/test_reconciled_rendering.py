"""The reconciled record as people see it."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from rich.console import Console

from sayso.cli.render.reconciled import MOST_VALUES, render_reconciled
from sayso.export.reconciled import ReconciledRecord, json_schema, reconcile
from sayso.export.record import json_schema as of_one_article
from sayso.model.claim import Label
from tests.export.test_reconciled import TOLLS, many, may, of, on, report, said
from tests.export.test_reconciled_perpetrators import ACCUSED, CLAIMED, DENIED


def printed(record: ReconciledRecord, width: int = 80, *, quotes: bool = False) -> str:
    out = StringIO()
    render_reconciled(record, Console(file=out, width=width, highlight=False), quotes=quotes)
    return out.getvalue()


def test_no_line_is_wider_than_the_terminal_or_ends_in_a_blank() -> None:
    record = of(*TOLLS, CLAIMED, ACCUSED, DENIED)
    for width in (60, 80, 120):
        for line in printed(record, width, quotes=True).splitlines():
            assert len(line) <= width and line == line.rstrip()


def test_it_says_who_says_so_how_many_they_are_and_where_they_differ() -> None:
    text = printed(of(report("k", "Lesna Post", may(1), said("kind", Label(value="bombing"))), *TOLLS))
    assert text.startswith("BOMBING   day not known   no place given\n5 reports, 4 independent sources")
    assert "(the latest by an authority: Ministry of Order, 3 May 2019; 2 other values below)" in " ".join(text.split())
    differing = text.partition("Sources differ")[2].partition("Tolls by day")[0]
    assert [line.split()[0] for line in differing.splitlines() if "May" in line] == ["killed", "5", "3"]
    assert "Ministry of Order, raised" in text
    assert "Not known  when; where; who did it" in text


def test_everyone_is_alleged_by_somebody() -> None:
    text = printed(of(CLAIMED, ACCUSED, DENIED))
    assert "River League - alleged, by Ostmark Army; denied by River League" in " ".join(text.split())
    assert "Ashen Lantern - by its own claim" in text


def test_two_hundred_reports_are_readable() -> None:
    reports = [report(f"r{k}", f"Outlet {k}", may(1 + k % 20), said("killed", many(k)), said("when", on(1 + k % 9)))
               for k in range(200)]  # fmt: skip
    lines = printed(reconcile(reports)).splitlines()
    assert len(lines) < 120
    assert f"and {200 - MOST_VALUES} more sides" in "\n".join(lines)


def test_what_comes_from_a_page_cannot_steer_the_terminal() -> None:
    text = printed(of(report("a", "Evil\x1b[2J Post", may(1), said("killed", many(3)))), quotes=True)
    assert "\x1b" not in text


def test_the_page_has_every_field_as_it_is_described() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reconciled.md").read_text(encoding="utf-8")
    schema = json_schema()
    elsewhere = set(of_one_article()["$defs"])
    for name, shape in {"ReconciledRecord": schema, **schema["$defs"]}.items():
        for key, field in shape["properties"].items() if name not in elsewhere else ():
            assert re.search(rf"^\| `{key}` \|.*\| {re.escape(field['description'])} \|$", page, re.M), (name, key)
