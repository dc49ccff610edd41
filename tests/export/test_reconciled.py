"""The reconciled record: what several reports of one incident say, with nobody's word averaged with another's."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import permutations

import jsonschema
import pytest

from sayso.errors import InputError
from sayso.export.reconciled import POLICIES, Report, json_schema, plain, reconcile
from tests import invented


def _pair() -> list[Report]:
    first = invented.reading()
    article = replace(invented.ARTICLE, id="karvel-2", outlet="Nether Post", agency=None, published=date(2019, 6, 10))
    second = replace(first, article=article)
    return [(reading, reading.incidents[0]) for reading in (first, second)]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_record_is_of_its_schema_and_the_same_whatever_the_order(policy: str) -> None:
    texts = {json.dumps(plain(reconcile(order, policy))) for order in permutations(_pair())}
    assert len(texts) == 1
    jsonschema.validate(json.loads(texts.pop()), json_schema())


def test_an_unknown_policy_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="latest authority"):
        reconcile(_pair(), "mean")
