"""Writes the README's table of figures from `bench/floors.toml`, which holds what sayso is held to."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "bench" / "floors.toml"
START, END = "<!-- figures: written by `make docs` from bench/floors.toml -->\n", "<!-- end of figures -->\n"
ROWS = (
    ("Incidents of 1989-90 (MUC-4 `tst2`): F over all slots", "muc4", ("f",), "{}"),
    ("... incidents found at all: F", "muc4", ("message: template",), "{}"),
    ("Who says what (PolNeAR `dev`), exact F1: source, cue, content", "polnear",
     ("source_f1", "cue_f1", "content_f1"), "{}"),
    ("US shootings (GVDB `dev`), F1: victim, shooter", "gvdb", ("victim name", "shooter name"), "{}"),
    ("... city, weapon, clock time", "gvdb", ("city", "weapon", "clock time"), "{}"),
    ("Dates (WikiWars), F1: same span, overlapping, overlapping with the right value", "timex",
     ("strict f", "relaxed f", "value f"), "{}"),
    ("Places (LGL): found, F; of those, within 161 km", "geo", ("finding f", "within 161 km"), "{}"),
    ("Places (GeoVirus): found, F; of those, within 161 km", "geovirus", ("finding f", "within 161 km"), "{}"),
    ("Dates and places, thousand words a second, grammar apart", "paces", ("dates", "places"), "at least {}"),
    ("Names of people and organizations: F1 of pairs that are one, held out", "names", ("held out f",), "{}"),
    ("Which articles tell of one incident (ECB+, development): precision, F1 of pairs", "clusters",
     ("pair precision", "pair f"), "{}"),
    ("Near-copies among 10,000 made articles: precision, recall", "copies", ("precision", "recall"), "{}"),
    ("Linking one more: the millionth by the ten-thousandth", "link",
     ("cost at 1,000,000 by that at 10,000",), "at most {}"),
    ("Samples: mean F of the slots; of incidents", "samples", ("mean f", "incident f"), "{}"),
    ("False alarms (BBC news on other things)", "bbc", ("false alarms",), "at most {} %"),
    ("Speed on one core: articles a second; share of bare spaCy's", "speed",
     ("articles a second", "share of spaCy"), "at least {}"),
    ("Memory of `sayso read samples`", "memory", ("megabytes",), "at most {} MB"),
    ("Start, processor time: `sayso --help`, `sayso read` of one report", "start", ("help", "read"), "at most {} s"),
)  # fmt: skip
"""What is told, the task of `python -m bench` that measures it, its measures, and how they are put."""


def table() -> str:
    """Return the table, as it stands between the marks in the README."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    lines = ["| what | figure | measured by |", "|---|---|---|"]
    for what, task, names, put in ROWS:
        figures = put.format(", ".join(_short(floors[task][name]) for name in names))
        lines.append(f"| {what} | {figures} | `python -m bench {task}` |")
    return "\n".join(lines) + "\n"


def _short(figure: float) -> str:
    """Return a figure with one decimal, a small one with two."""
    return f"{round(figure, 1 if figure >= 5 else 2):g}"


def with_figures(page: str) -> str:
    """Return a page with the table between its marks."""
    head, _, rest = page.partition(START)
    return f"{head}{START}{table()}{END}{rest.partition(END)[2]}"
