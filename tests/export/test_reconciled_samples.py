"""The reconciled record of the reports that come with sayso, their main incidents paired by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from sayso.export.perpetrators import standing_of
from sayso.export.reconciled import Report, json_schema, plain, reconcile
from sayso.pipeline import read_capture
from sayso.read import captures
from tests.export.test_reconciled_rendering import printed

SAMPLES = Path(__file__).parents[2] / "samples"
FOLDERS = ("ferry-pier", "livestock-market", "bus-abduction")


@pytest.fixture(scope="module", params=FOLDERS)
def reports(request: pytest.FixtureRequest) -> list[Report]:
    """Return the reports of one folder, each with the first incident that it does not only recall."""
    lines = (SAMPLES / "published.tsv").read_text(encoding="utf-8").splitlines()
    days = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
    found = []
    for path in sorted((SAMPLES / request.param).iterdir()):
        day = days.get(f"{request.param}/{path.name}")
        for capture in captures([str(path)]):
            reading = read_capture(capture, date.fromisoformat(day) if day else None)
            found.append((reading, next(incident for incident in reading.incidents if not incident.background)))
    return found


def test_the_order_of_the_reports_changes_nothing_and_the_record_is_of_its_schema(reports: list[Report]) -> None:
    texts = {json.dumps(plain(reconcile(order))) for order in (reports, reports[::-1], reports[1:] + reports[:1])}
    assert len(texts) == 1
    jsonschema.validate(json.loads(texts.pop()), json_schema())


def test_every_claim_is_in_the_record_once_with_its_words(reports: list[Report]) -> None:
    record = reconcile(reports)
    texts = {reading.article.id: reading.article.text for reading, _ in reports}
    holders = [holder for slot in record.slots.values() for value in slot.values for holder in value.held_by]
    holders += [given.holder for one in record.perpetrators for given in one.history]
    claims = sorted((ref.article, ref.claim) for holder in holders for ref in holder.claims)
    assert claims == sorted((reading.article.id, claim.id) for reading, of in reports for claim in of.claims)
    for words in (words for holder in holders for words in holder.evidence):
        assert texts[words.article][words.start : words.end] == words.text


def test_nobody_stands_as_no_claim_has_him(reports: list[Report]) -> None:
    given = {standing_of(claim) for _, incident in reports for claim in incident.of("perpetrator")}
    given |= {"accused", "accused_by_authorities"} if "confessed" in given else set()
    assert {one.standing for one in reconcile(reports).perpetrators} <= given


def test_it_fits_eighty_columns(reports: list[Report]) -> None:
    assert max(map(len, printed(reconcile(reports)).splitlines())) <= 80
