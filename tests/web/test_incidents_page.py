"""The list of incidents: its filters, its map and timeline, and the same as files."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_smoke(client: TestClient) -> None:
    for path in ("/incidents", "/incidents.json", "/incidents.csv", "/incidents.geojson", "/incidents/points.json"):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text[-3000:])
        print(path, answer.text[:6000])
