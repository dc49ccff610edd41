"""The list of incidents: its filters, its map and timeline, and the same as files."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from sayso.export.columns import INCIDENT


def keys(page: str) -> list[str]:
    """The incidents that a page lists, in their order."""
    return re.findall(r'class="opens" href="/incident/(\w+)"', page)


def test_each_incident_stands_once_with_what_all_its_reports_say(client: TestClient) -> None:
    page = client.get("/incidents").text
    assert len(keys(page)) == 3
    assert "3 incidents" in page and "1 independent source in 2 reports" in page
    assert "Blast in the depot" in page
    assert '<time datetime="2019-06-06">' in page


def test_filters_narrow_the_list_and_stand_in_every_link(client: TestClient) -> None:
    page = unescape(client.get("/incidents?kind=bombing&kind=arson&until=2019-06-06&place=").text)
    assert len(keys(page)) == 1 and "1 incident</p>" not in page and "1 incident of 3" in page
    assert 'href="/incidents.csv?kind=bombing&kind=arson&until=2019-06-06"' in page
    assert re.search(r'class="chip" data-asks href="/incidents\?kind=arson&until=2019-06-06"', page)
    assert re.search(r'name="kind" value="bombing" checked', page)


def test_a_bar_of_the_timeline_asks_for_its_days(client: TestClient) -> None:
    page = client.get("/incidents").text
    bar = re.search(r'<a href="(/incidents\?period=2019-06-06)" data-asks data-period', page)
    assert bar and len(keys(client.get(bar[1]).text)) == 1
    assert "All times again" in client.get(bar[1]).text


def test_sorting_by_a_heading_and_turning_it_round(client: TestClient) -> None:
    once = client.get("/incidents?sort=kind").text
    turned = client.get("/incidents?sort=kind&reverse=yes").text
    assert keys(once) == keys(turned)[::-1]
    assert 'aria-sort="ascending"' in once and 'aria-sort="descending"' in turned


def test_a_long_list_goes_on_from_page_to_page(client: TestClient) -> None:
    seen: list[str] = []
    path = "/incidents?limit=1&sort=place"
    for _ in range(3):
        page = client.get(path).text
        seen += keys(page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        path = unescape(more[1]) if more else ""
    assert seen == keys(client.get("/incidents?sort=place").text) and not path


def test_the_map_is_given_areas_and_not_bare_points(client: TestClient) -> None:
    told = client.get("/incidents/points.json?zoom=9&view=20,40,40,50&bbox=0,0,1,1").json()
    assert told["placed"] == 3 and len(told["points"]) == 3
    assert all(point["radius"] >= 2000 and point["key"] for point in told["points"])


def test_an_area_of_the_map_filters_the_list(client: TestClient) -> None:
    page = client.get("/incidents?bbox=29,47,31,49").text
    assert len(keys(page)) == 1 and "Everywhere again" in page


def test_nothing_found_says_what_to_do(client: TestClient) -> None:
    page = client.get("/incidents?text=zzzyx").text
    assert "No incident meets all of these" in page and 'href="/incidents"' in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=bombin", "Did you mean bombing"),
        ("since=yesterday", "not an EDTF date"),
        ("since=2019-13", "no month 13"),
        ("bbox=1,2,3", "west,south,east,north"),
        ("country=Ossland", "two letters"),
        ("sort=size", "sort is one of"),
        ("after=%00", "after"),
        ("limit=0", "from 1 to 500"),
    ],
)
def test_what_cannot_be_asked_is_told(client: TestClient, query: str, said: str) -> None:
    for path in ("/incidents", "/incidents.json"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400
        if query != "after=%00":
            assert said in unescape(answer.text)


def test_json_holds_the_lines_and_leads_on(client: TestClient) -> None:
    first = client.get("/incidents.json?limit=2&sort=kind").json()
    assert first["count"] == 3 and [one["kind"] for one in first["incidents"]] == ["armed_attack", "arson"]
    rest = client.get(first["next"]).json()
    assert [one["kind"] for one in rest["incidents"]] == ["bombing"] and rest["next"] is None


def test_csv_has_the_columns_of_export_and_a_row_a_report(client: TestClient) -> None:
    answer = client.get("/incidents.csv?kind=bombing")
    assert answer.headers["content-type"].startswith("text/csv") and "incidents.csv" in str(answer.headers)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert list(rows[0]) == list(INCIDENT)
    assert len(rows) == 2 and len({row["cluster"] for row in rows}) == 1


def test_geojson_is_a_collection_even_of_nothing(client: TestClient) -> None:
    found = client.get("/incidents.geojson?kind=arson").json()
    assert [one["geometry"]["coordinates"] for one in found["features"]] == [[30.0, 48.0]]
    assert client.get("/incidents.geojson?text=zzzyx").json()["features"] == []


def test_what_is_typed_never_reaches_the_page_as_html(client: TestClient) -> None:
    page = client.get("/incidents", params={"text": '"><script>alert(1)</script>', "outlet": "<b>x</b>"}).text
    assert "<script>alert" not in page and "<b>x" not in page
