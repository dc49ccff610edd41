"""Victims who are named after the event was told: in lists, by "they were", by what became of them."""

from __future__ import annotations

import pytest

from sayso.model.claim import Victim
from tests.extract.reading import main, read

LEAD = "Gunmen opened fire in a café in Liva on Monday, killing two people and wounding one, police said."
CASES: list[tuple[str, str, dict[str, str | None]]] = [
    ("they were", f"{LEAD}\n\nThey were Ivo Maro, 34, and Jana Tesk, 29.", {"Ivo Maro": None, "Jana Tesk": None}),
    ("the dead were", f"{LEAD}\n\nThe dead were Ivo Maro, a waiter, and Jana Tesk.",
     {"Ivo Maro": "killed", "Jana Tesk": "killed"}),
    ("the victims were identified as", f"{LEAD}\n\nThe victims were identified as Ivo Maro, 34, and Jana Tesk, 29.",
     {"Ivo Maro": None, "Jana Tesk": None}),
    ("police identified the dead as", f"{LEAD}\n\nPolice identified the dead as Ivo Maro and Jana Tesk.",
     {"Ivo Maro": "killed", "Jana Tesk": "killed"}),
    ("killed were", f"{LEAD}\n\nKilled were Ivo Maro, 34, and Jana Tesk, 29.",
     {"Ivo Maro": "killed", "Jana Tesk": "killed"}),
    ("those killed were", f"{LEAD}\n\nThose killed were Ivo Maro, 34, and Jana Tesk, 29, police said.",
     {"Ivo Maro": "killed", "Jana Tesk": "killed"}),
    ("among the dead", f"{LEAD}\n\nAmong the dead was Ivo Maro, 34, a waiter.", {"Ivo Maro": "killed"}),
    ("include", f"{LEAD}\n\nThe dead included Ivo Maro, a waiter.", {"Ivo Maro": "killed"}),
    ("including", "Gunmen killed five people in Liva on Monday, including Ivo Maro, a waiter, and his son Jan Maro.",
     {"Ivo Maro": "killed"}),
    ("the wounded man", f"{LEAD}\n\nThe wounded man was identified as Ivo Maro, 34.", {"Ivo Maro": "wounded"}),
    ("injured was", f"{LEAD}\n\nAlso injured was Ivo Maro, 34, a waiter.", {"Ivo Maro": "wounded"}),
    ("named as", f"{LEAD}\n\nOne of the dead was named as Ivo Maro.", {"Ivo Maro": "killed"}),
    ("table", f"{LEAD}\n\nThe dead: Ivo Maro, 34; Jana Tesk, 29.", {"Ivo Maro": "killed", "Jana Tesk": "killed"}),
    ("victim's name in apposition", f"{LEAD}\n\nA victim, Ivo Maro, had worked there for a year.", {"Ivo Maro": None}),
    ("pronounced dead", f"{LEAD}\n\nIvo Maro, 34, was pronounced dead at the scene.", {"Ivo Maro": "killed"}),
    ("was among those killed", f"{LEAD}\n\nIvo Maro, 34, was among those killed.", {"Ivo Maro": "killed"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_named_victims_are_found_in_later_sentences(text: str, wanted: dict[str, str | None]) -> None:
    found = {
        c.value.name: c.value.effect
        for i in main(text)
        for c in i.of("victim")
        if isinstance(c.value, Victim) and c.value.name
    }
    assert set(found) >= set(wanted), [(i.kind, [c.value for c in i.of("victim")]) for i in read(text).incidents]
    assert all(effect in (None, found[name]) for name, effect in wanted.items()), found


def test_a_suspect_who_is_named_is_no_victim() -> None:
    [found] = main(f"{LEAD}\n\nPolice identified the suspect as Ivo Maro, 34.")
    assert "Ivo Maro" not in {c.value.name for c in found.of("victim") if isinstance(c.value, Victim)}


def test_they_who_are_held_are_no_victims() -> None:
    [found] = main(f"{LEAD}\n\nTwo men were later charged. They were Ivo Maro, 34, and Jan Tesk, 29.", "armed_attack")
    assert not {"Ivo Maro", "Jan Tesk"} & {c.value.name for c in found.of("victim") if isinstance(c.value, Victim)}
