"""One incident as JSON, CSV and GeoJSON, by the writers of `sayso export`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO

from fastapi import APIRouter, Request
from starlette.responses import Response

from sayso.desk.errors import NotFoundError
from sayso.desk.incident import day_of, load, policy_of, whole_keys
from sayso.errors import InputError
from sayso.export.reconciled import plain
from sayso.export.registry import writer
from sayso.export.withhold import withhold
from sayso.link.view import Report
from sayso.model.reading import Reading
from sayso.store.store import Store
from sayso.web.respond import desk_of, who_of

router = APIRouter()
TYPES = {"csv": "text/csv", "geojson": "application/geo+json"}


@router.get("/incident/{key}.json")
def as_json(request: Request, key: str, policy: str = "", as_of: str = "") -> Response:
    """Answer the reconciled record, as `sayso show --format json` writes it."""
    with desk_of(request).reading() as store:
        head = one_key(store, key)
        record = load(store, head, policy_of(policy), day_of(as_of), who=who_of(request)).record
    if record is None:
        raise NotFoundError("nothing had been said by that day", value=as_of, next_step="Ask for a later day")
    return _file(json.dumps(plain(record), ensure_ascii=False, indent=2) + "\n", "application/json", f"{head}.json")


@router.get("/incident/{key}.csv")
def as_csv(request: Request, key: str, rows: str = "incidents", names: str = "") -> Response:
    """Answer a line for each account, or with `rows=claims` for each claim; `names=all` withholds none."""
    if rows not in ("incidents", "claims"):
        raise InputError("rows are incidents or claims", value=rows, next_step="Choose one")
    return _written(request, key, "csv/claims" if rows == "claims" else "csv", names)


@router.get("/incident/{key}.geojson")
def as_geojson(request: Request, key: str, names: str = "") -> Response:
    """Answer a feature for each account; `names=all` withholds none."""
    return _written(request, key, "geojson", names)


def one_key(store: Store, given: str) -> str:
    """Return the whole key of the one incident that is meant. Raises InputError where several begin so."""
    keys = whole_keys(store, given)
    if len(keys) > 1:
        raise InputError(f"several begin so: {', '.join(keys)}", value=given[:100], next_step="Give more of the id")
    return keys[0]


def _written(request: Request, key: str, name: str, names: str) -> Response:
    with desk_of(request).reading() as store:
        head = one_key(store, key)
        reports = load(store, head, policy_of(""), who=who_of(request)).reports
    out = StringIO(newline="")
    writer(name)(_readings(reports, with_names=names == "all"), out)
    kind = name.partition("/")[0]
    return _file(out.getvalue(), TYPES[kind], f"{head}.{kind}")


def _readings(reports: Sequence[Report], *, with_names: bool) -> Iterator[Reading]:
    """Yield each article once with the accounts of this incident alone.

    Names are withheld before they are chosen: a victim's name is hidden in every incident of the article.
    """
    for number in dict.fromkeys(report.stored.number for report in reports):
        mine = [report for report in reports if report.stored.number == number]
        reading = mine[0].stored.keyed()
        reading = reading if with_names else withhold(reading)[0]
        keys = {report.key for report in mine}
        yield replace(reading, incidents=tuple(one for one in reading.incidents if one.id in keys))


def _file(text: str, type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8", "replace"), media_type=f"{type}; charset=utf-8", headers=headers)
