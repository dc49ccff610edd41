"""What the API says of itself holds under requests made up from it: none is answered with a failure of the server."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
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
    real = _real_ids(app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:
        _try(operation, real)


def _real_ids(app: FastAPI) -> dict[str, list[Any]]:
    """Return what is there, by the names that the addresses have for it."""
    with app.state.desk.reading() as store, store.reading() as connection:
        keys = connection.exec_driver_sql("SELECT key FROM incident LIMIT 5").scalars().all()
        ids = connection.exec_driver_sql("SELECT id FROM article LIMIT 5").scalars().all()
        sketches = connection.exec_driver_sql("SELECT key FROM sketch WHERE subject = 'entity' LIMIT 5").scalars().all()
    return {"key": [*keys, *sketches], "id": list(ids), "left": list(keys), "right": list(keys), "number": [1, 2]}


def _try(operation: Any, real: dict[str, list[Any]]) -> None:
    @given(case=operation.as_strategy(), pick=st.integers(0, 9))
    @settings(
        max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), database=None,
    )  # fmt: skip
    def one(case: schemathesis.Case, pick: int) -> None:
        for given_ in (case.path_parameters, case.query, case.body):
            if isinstance(given_, dict) and pick < 7:
                given_.update({name: ids[pick % len(ids)] for name, ids in real.items() if name in given_})
        case.call_and_validate(headers=HOST, checks=[not_a_server_error])

    one()
