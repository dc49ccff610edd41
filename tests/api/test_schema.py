"""What the API says of itself holds under requests made up from it: nothing is answered with a failure of the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error

from sayso.desk.desk import Desk
from sayso.web.app import make_app
from sayso.web.settings import Settings

HOST = {"Host": "127.0.0.1"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    from sayso.cli.demo import samples
    from sayso.cli.main import run

    path = tmp_path_factory.mktemp("api") / "api.db"
    folder = samples()
    run(
        [
            "ingest",
            str(folder / "ferry-pier"),
            str(folder / "wire.jsonl"),
            "--db",
            str(path),
            "--published",
            "2019-05-03",
        ]
    )
    return make_app(Desk(str(path)), Settings())


def test_no_request_breaks_the_server(app: FastAPI) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HOST)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:
        _try(operation)


def _try(operation: Any) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), database=None,
    )  # fmt: skip
    def one(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=HOST, checks=[not_a_server_error])

    one()
