"""False alarms are counted over rows labelled 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate import relevance


def test_rows_that_do_tell_of_an_incident_are_no_false_alarms(tmp_path: Path) -> None:
    found = tmp_path / "found"
    found.write_text("1\tbombing\n4\n7\trobbery\tarrest\n9\n", encoding="utf-8")
    assert relevance.alarms(found) == ([1, 7], 4)
    assert relevance.alarms(found, {7}) == ([1], 4)
    assert relevance.measures(found, found) == {"false alarms": 50.0}


def test_a_row_without_a_label_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("a text\t0\nno label\n", encoding="utf-8")
    with pytest.raises(InputError, match=":2"):
        list(relevance.rows(path))
