"""Clusters of articles are measured by pairs and by B-cubed; examples are worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.evaluate import clusters
from sayso.model.reading import Reading
from tests.link.made import AMBUSH, BLAST, ambush, blast

Told = dict[str, list[Any]]


def file(path: Path, told: Told) -> Path:
    path.write_text("".join(json.dumps({"id": id, "incidents": of}) + "\n" for id, of in told.items()))
    return path


def measured(folder: Path, gold: Told, found: Told) -> list[float]:
    values = clusters.measures(file(folder / "gold", gold), file(folder / "found", found))
    assert list(values) == ["pair precision", "pair recall", "pair f", *(f"b-cubed {m}" for m in _MEASURES)]
    return [round(value, 2) for value in values.values()]


_MEASURES = ("precision", "recall", "f")
GOLD: Told = {"a": ["x"], "b": ["x"], "c": ["x"], "d": ["y"], "e": []}


def test_what_is_right_is_all_right_whatever_the_clusters_are_called(tmp_path: Path) -> None:
    found: Told = {"e": [], "d": [7], "c": [None], "b": [None], "a": [None]}
    assert measured(tmp_path, GOLD, found) == [100.0] * 6


def test_a_cluster_that_is_split_costs_recall(tmp_path: Path) -> None:
    # Pairs: 1 of 3. B-cubed recall: a and b 2/3, c 1/3, d 1, so 8/12.
    found: Told = {"a": [1], "b": [1], "c": [2], "d": [3], "e": []}
    assert measured(tmp_path, GOLD, found) == [100.0, 33.33, 50.0, 100.0, 66.67, 80.0]


def test_clusters_that_are_joined_cost_precision(tmp_path: Path) -> None:
    # Pairs: 3 of the 6 found. B-cubed precision: a, b, c 3/4, d 1/4, so 10/16.
    found: Told = {"a": [1], "b": [1], "c": [1], "d": [1], "e": []}
    assert measured(tmp_path, GOLD, found) == [50.0, 100.0, 66.67, 62.5, 100.0, 76.92]


def test_what_tells_of_nothing_and_is_put_with_others_costs_precision(tmp_path: Path) -> None:
    # Pairs: e with a, b, c are wrong, 3 of 6. B-cubed precision: a, b, c 3/4, d 1, e 0, so 13/20.
    found: Told = {"a": [1], "b": [1], "c": [1], "d": [2], "e": [1]}
    assert measured(tmp_path, GOLD, found) == [50.0, 100.0, 66.67, 65.0, 100.0, 78.79]


def test_of_several_incidents_an_article_as_many_count_as_both_have(tmp_path: Path) -> None:
    # Two share x and y and are found to share one: B-cubed recall is 1/2 with each other and 1/2 with themselves.
    gold: Told = {"a": ["x", "y"], "b": ["x", "y"]}
    assert measured(tmp_path, gold, {"a": [1], "b": [1]}) == [100.0, 100.0, 100.0, 100.0, 50.0, 66.67]
    # Two share one of three incidents and are found to share two: precision is 1 with themselves, 1/2 with each other.
    gold = {"a": ["x", "y"], "b": ["x", "z"]}
    assert measured(tmp_path, gold, {"a": [1, 2], "b": [1, 2]}) == [100.0, 100.0, 100.0, 75.0, 100.0, 85.71]


def test_an_article_that_is_missing_tells_of_nothing_and_one_that_is_not_asked_for_is_left_out(tmp_path: Path) -> None:
    # c is missing: pairs 1 of 3; B-cubed recall a and b 2/3, c 0, d 1, so 7/12. z is nobody's.
    found: Told = {"a": [1], "b": [1], "d": [2], "z": [1]}
    assert measured(tmp_path, GOLD, found) == [100.0, 33.33, 50.0, 100.0, 58.33, 73.68]


def test_nothing_found_and_nothing_to_be_found_are_zero(tmp_path: Path) -> None:
    assert measured(tmp_path, GOLD, {}) == [0.0] * 6
    assert measured(tmp_path, {}, GOLD) == [0.0] * 6
    assert measured(tmp_path, {"a": []}, {"a": []}) == [0.0] * 6


def test_the_score_tells_each_measure_on_a_line(tmp_path: Path) -> None:
    told = clusters.score(file(tmp_path / "gold", GOLD), file(tmp_path / "found", GOLD))
    assert [line.split()[-1] for line in told.splitlines()] == ["100.00"] * 6
    assert told.startswith("pair precision ")


@pytest.mark.parametrize("line", ["no json", "[]", "3", '"a"', "null", '{"incidents": []}', "{"])
def test_a_line_that_is_no_object_with_an_id_is_named(tmp_path: Path, line: str) -> None:
    good, bad = file(tmp_path / "good", GOLD), tmp_path / "bad"
    bad.write_text(f'{{"id": "a", "incidents": []}}\n\n{line}\n')
    for gold, found in ((good, bad), (bad, good)):
        with pytest.raises(InputError, match="not a JSON object with a id") as error:
            clusters.measures(gold, found)
        assert error.value.value == f"{bad}:3" and error.value.next_step


@pytest.mark.parametrize("incidents", [None, "x", 3, {"x": 1}])
def test_incidents_that_are_no_list_are_named_by_their_article(tmp_path: Path, incidents: Any) -> None:
    bad = file(tmp_path / "bad", {"odd": incidents})
    with pytest.raises(InputError, match="has no list of incidents") as error:
        clusters.measures(file(tmp_path / "gold", GOLD), bad)
    assert error.value.value == "odd"


def by_text(capture: Any) -> Reading:
    """Stand in for reading: one of two incidents by a word of the text."""
    if "rope" in capture.content:
        return blast(capture.id) if "Quay" in capture.content else ambush(capture.id)
    return Reading(article=blast(capture.id).article)


def test_a_prediction_has_a_line_for_each_article_in_the_order_of_the_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "read_capture", by_text)
    texts = {"b1": BLAST, "a1": f"{AMBUSH} A rope.", "b0": BLAST, "calm": "The council met.", "a0": f"{AMBUSH} A rope."}
    rows = [{"id": id, "text": text} for id, text in texts.items()]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(map(json.dumps, [*rows, rows[0]])))
    clusters.predict(source, out)
    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["id"] for row in found] == list(texts)
    assert all(set(row) == {"id", "incidents", "copy_of"} for row in found)
    told = {row["id"]: row["incidents"] for row in found}
    assert told["calm"] == [] and len(told["b0"]) == len(told["a0"]) == 1
    assert told["b0"] == told["b1"] != told["a0"] == told["a1"]
    assert {row["copy_of"] for row in found if row["id"].startswith("b")} == {None, "b0"}
    gold = file(tmp_path / "gold", {"b1": ["x"], "a1": ["y"], "b0": ["x"], "calm": [], "a0": ["y"]})
    assert set(clusters.measures(gold, out).values()) == {100.0}


def test_an_input_without_ids_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"text": "Nothing."}\n')
    with pytest.raises(InputError, match="not a JSON object with a id"):
        clusters.predict(source, tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()
