"""Who a source is, and what a later word does to an earlier one: two invented reports, and single sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.model.statement import Statement
from tests.extract.reading import main, read

REPORTS = Path(__file__).with_name("reports")
QUARRY, RECANTS = ((REPORTS / f"{name}.txt").read_text(encoding="utf-8") for name in ("quarry", "recants"))


def said(text: str, cue: str) -> Statement:
    return next(s for s in read(text, None).statements if s.cue and cue in s.cue.text)


KINDS = [
    ("A nurse at the clinic, who asked not to be named, said five bodies had rope marks.", "said", "medical"),
    ("An official who was not authorised to speak said the man was armed.", "said", "authority"),
    ("The shop burned for hours. A man who declined to be named said the shop had burned before.", "declined", None),
    ("According to coroner's records, Amos Rell died of a gunshot wound.", "According", "authority"),
    ("A letter from the rebels said that nobody would be spared.", "said", "armed_group"),
    ("Two law enforcement sources said the car was found in Maralin.", "said", "authority"),
    ("Anyone who saw the shooting is asked to call the police in Maralin.", "asked", "authority"),
    ("He was arrested on suspicion of murder.", "suspicion", "authority"),
    ("The human-rights group Lantern Watch said that 40 people had been killed.", "said", "expert"),
    ("Hussam Ayl, executive director of the Council on Dorovan-Islamic Relations, said he was sad.", "said", "expert"),
]


@pytest.mark.parametrize(("text", "cue", "kind"), KINDS)
def test_the_kind_of_a_source_follows_from_its_words(text: str, cue: str, kind: str | None) -> None:
    if kind is None:
        assert all(cue not in s.cue.text for s in read(text, None).statements if s.cue)
    else:
        assert said(text, cue).speaker_kind == kind


def test_who_is_told_to_be_bereaved_once_is_so_wherever_she_speaks() -> None:
    assert {s.speaker_kind for s in read(QUARRY, None).statements if s.speaker == "Hana Belic"} == {"victim"}


def test_it_is_the_subject_before_and_not_what_was_named_last() -> None:
    accuses, threatens = said(QUARRY, "accused"), said(QUARRY, "threatened")
    assert accuses.speaker == threatens.speaker == "Red Sickle Column"


def test_the_group_is_the_one_that_was_called_a_group() -> None:
    assert said(QUARRY, "called for").speaker == "Lantern Watch"


def test_a_unit_bears_its_number() -> None:
    assert any(e.name == "4th Brigade" for e in read(QUARRY, None).entities)


def test_a_ministry_that_withdraws_what_it_said_denies_it() -> None:
    assert said(QUARRY, "withdrew").stance == "denies"


def test_who_takes_back_a_claim_or_a_confession_has_both_in_the_record() -> None:
    bombing = next(i for i in main(RECANTS, "bombing"))
    told = [(getattr(c.value, "name", None), c.standing) for c in bombing.of("perpetrator")]
    assert ("Red Sickle Column", "claimed") in told
    assert ("Red Sickle Column", "denied") in told
    silat = [standing for name, standing in told if name == "Oren Silat"]
    assert "accused_by_authorities" in silat  # a confession that prosecutors report
    assert silat.count("denied") == 3  # he takes it back, the charges are dropped, a witness withdraws


def test_a_lieutenant_who_confesses_does_so_for_himself_and_a_group_accuses_his_brigade() -> None:
    attack = next(i for i in main(QUARRY, "armed_attack"))
    told = {(getattr(c.value, "name", None), c.standing) for c in attack.of("perpetrator")}
    assert ("a lieutenant", "accused_by_authorities") in told
    assert {standing for name, standing in told if name == "4th Brigade"} == {"accused"}


def test_a_claim_of_another_deed_is_none_of_this_one() -> None:
    bridge = read((REPORTS / "bridge.txt").read_text(encoding="utf-8"), None)
    told = [c.standing for i in bridge.incidents for c in i.of("perpetrator")]
    assert "accused_by_authorities" in told
    assert "claimed" not in told  # what the group claimed, and took back, was a killing in another town


def test_who_was_acquitted_of_a_bombing_of_another_day_is_none_of_this_one() -> None:
    bridge = read((REPORTS / "bridge.txt").read_text(encoding="utf-8"), None)
    told = {getattr(c.value, "name", "") for i in bridge.incidents if not i.background for c in i.of("perpetrator")}
    assert told == {"Free Hills Army", "two men"}
