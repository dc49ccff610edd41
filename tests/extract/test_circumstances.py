"""How it came about and how many shots were fired: only what the text states, with its words, denied or left open."""

from __future__ import annotations

import pytest

from sayso.model.claim import Label, Quantity
from sayso.model.incident import Incident
from tests.extract.reading import main, read

CASES = [
    ("A man shot his estranged wife dead in a car park in Liva on Monday.", {"domestic"}),
    ("A clerk was shot dead during an armed robbery at a petrol station in Liva on Monday.", {"robbery"}),
    ("A boy of 12 was wounded in a drive-by shooting in Liva on Monday.", {"drive_by"}),
    ("A man was shot from a passing car in Liva on Monday.", {"drive_by"}),
    ("A man accidentally shot his friend in a cabin near Liva on Monday.", {"accidental"}),
    (
        "A man was shot dead in Liva on Monday. His neighbour told police that he fired in self-defense.",
        {"self_defence"},
    ),
    ("A store owner shot and killed a robber in Liva on Monday.", {"self_defence", "robbery"}),
    ("A man with a knife was shot and killed by police officers in Liva on Monday.", {"police_shooting"}),
    ("A man opened fire on two police officers in Liva on Monday, wounding both.", {"attack_on_police"}),
    ("A man shot dead a waiter in Liva on Monday, then turned the gun on himself.", {"suicide"}),
    ("Two men were shot dead in Liva on Monday in what police called a gang-related shooting.", {"gang"}),
    ("A man was shot dead in Liva on Monday after an argument over a parking space.", {"argument"}),
    ("A girl was wounded by a stray bullet when gunmen opened fire in Liva on Monday.", {"stray_bullet"}),
    ("A suicide bomber attacked a mosque in Gurba on Friday, killing nine people.", set()),
    ("Gunmen killed four traders at a market in Gurba on Monday.", set()),
]


def names(incident: Incident, stance: str = "asserts") -> set[str]:
    """Return the circumstances of an incident on which somebody takes that stance."""
    return {c.value.value for c in incident.of("circumstance") if isinstance(c.value, Label) and c.stance == stance}


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_circumstances_that_the_text_states(text: str, expected: set[str]) -> None:
    found = main(text)
    assert found, read(text).incidents
    assert {name for i in found for name in names(i)} == expected


def test_a_circumstance_that_is_denied_or_left_open_is_kept_as_such() -> None:
    [found] = main("A man was shot dead in Liva on Monday. Police said that the shooting was not gang-related.")
    assert names(found, "denies") == {"gang"}
    assert not names(found)
    found = main("A man was shot dead in Liva on Monday. Police believe that it may have been a robbery.")[0]
    [claim] = found.of("circumstance")
    assert (claim.certainty, bool(claim.chain)) == ("possible", True)


SHOTS = [
    ("A gunman opened fire in a bar in Liva on Monday. He fired six shots, police said.", "6"),
    ("A waiter was shot three times in Liva on Monday.", "3"),
    ("A waiter was shot twice in the leg in Liva on Monday.", "2"),
    ("Gunmen killed a waiter in Liva on Monday. Witnesses heard at least ten gunshots.", "10+"),
    ("A man fired between five and seven rounds into a house in Liva on Monday, wounding a girl.", "5-7"),
    ("A waiter was shot multiple times in Liva on Monday.", "~2+"),
    ("A waiter was shot in Liva on Monday. He had four gunshot wounds.", "4"),
    ("A waiter was shot dead in Liva on Monday.", ""),
]


@pytest.mark.parametrize(("text", "expected"), SHOTS)
def test_shots_are_counted_as_the_text_counts_them(text: str, expected: str) -> None:
    told = [c.value for i in main(text) for c in i.of("shots") if isinstance(c.value, Quantity)]
    written = [
        f"{'~' * q.approximate}{q.low}{'+' if q.high is None else '' if q.high == q.low else f'-{q.high}'}"
        for q in told
    ]
    assert " ".join(written) == expected


def test_circumstances_go_with_the_nearest_incident() -> None:
    found = main(
        "A clerk was shot dead in a robbery in Gurba on Monday.\n\n"
        "On Saturday a man stabbed his wife to death in Oru. Neighbours told of a quarrel."
    )
    assert [names(i) for i in found if i.kind != "robbery"] == [{"robbery"}, {"domestic", "argument"}]
