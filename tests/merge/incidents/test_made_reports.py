"""Invented reports, read and linked: deeds of one day, a roundup, and what follows a deed find the right incident."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sayso.link.linker import link
from sayso.link.view import Told, clusters_of_many, main_incidents
from sayso.model.article import Capture
from sayso.pipeline import read_capture
from sayso.store.store import Store, open_store

REPORTS = {
    "bus": (
        "Bomb on commuter bus kills five in Multan",
        "2016-04-12",
        "MULTAN, April 12 - A bomb exploded aboard a commuter bus near the Ghanta Ghar crossing in Multan on Tuesday "
        "morning, killing five passengers and wounding 18, police said.\n\nThe device had been left under the back "
        "seat in a toolbox, said Rahat Nadeem, the district police officer. Nobody has claimed the blast.",
    ),
    "bus toll": (
        "Toll of Multan bus blast rises to seven",
        "2016-04-13",
        "Two more passengers of the commuter bus that was bombed in Multan on Tuesday have died, doctors at Nishtar "
        "Hospital said on Wednesday, raising the number of dead to seven. Eighteen were wounded when the device in a "
        "toolbox exploded near the Ghanta Ghar crossing.",
    ),
    "checkpoint": (
        "Gunmen kill three policemen at Quetta checkpoint",
        "2016-04-12",
        "QUETTA, April 12 - Gunmen on motorcycles opened fire on a police checkpoint on Sariab Road in Quetta on "
        "Tuesday, killing three policemen, officials said. A fourth officer was wounded. The attackers fled.",
    ),
    "checkpoint again": (
        "Quetta police post attacked, three officers dead",
        "2016-04-13",
        "Three policemen were shot dead and one was wounded when men on motorcycles fired at their checkpoint on "
        "Sariab Road in Quetta on Tuesday, the provincial police said. Inspector Dawar Achakzai was among the dead.",
    ),
    "roundup": (
        "Tuesday's violence in Pakistan",
        "2016-04-13",
        "A bomb exploded aboard a commuter bus near the Ghanta Ghar crossing in Multan on Tuesday, killing five "
        "passengers and wounding 18.\n\n"
        "On Sariab Road in Quetta, three policemen were shot dead by gunmen on motorcycles at a checkpoint that day. "
        "A fourth officer was wounded.\n\n"
        "In Sukkur a trader, Hashim Mangrio, was stabbed to death in his shop on Tuesday.",
    ),
    "arrest": (
        "Two held over Multan bus bombing",
        "2016-04-20",
        "Police in Multan have arrested two brothers, Zubair and Talha Khosa, over the bombing of a commuter bus on "
        "April 12, the district police officer, Rahat Nadeem, said on Wednesday. Seven passengers were killed when the "
        "bomb in a toolbox exploded near the Ghanta Ghar crossing.",
    ),
    "trial": (
        "Bus bomber sentenced in Multan",
        "2017-02-03",
        "A court in Multan sentenced Zubair Khosa to life in prison on Friday for the bombing of a commuter bus in "
        "which seven passengers were killed on April 12, 2016. His brother Talha Khosa was acquitted. The bomb was "
        "hidden in a toolbox and exploded near the Ghanta Ghar crossing.",
    ),
    "anniversary": (
        "Multan remembers the dead of the bus bombing",
        "2017-04-12",
        "Families of the seven passengers who were killed when a bomb exploded aboard a commuter bus on April 12, "
        "2016, gathered at the Ghanta Ghar crossing in Multan on Wednesday. Zubair Khosa was sentenced in February.",
    ),
    "other bus": (
        "Blast on bus in Multan wounds four",
        "2016-06-28",
        "MULTAN, June 28 - A bomb went off aboard a school bus on Bosan Road in Multan on Tuesday, wounding the driver "
        "and three pupils, police said. The bus was empty but for them.",
    ),
    "hospital": (
        "Hospital in Multan asks for blood after bus blast",
        "2016-04-12",
        "Nishtar Hospital in Multan asked on Tuesday for donors of blood for passengers of the commuter bus at the "
        "Ghanta Ghar crossing. Relatives of the wounded waited outside, police officer Rahat Nadeem said.",
    ),
}
BUS = ["bus", "bus toll", "arrest", "trial", "anniversary"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("made")
    with open_store(str(folder / "made.db"), write=True) as opened:
        for id, (title, day, text) in REPORTS.items():
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            published = date.fromisoformat(day)
            capture = Capture(
                name=id, id=id, title=title, content=text, media_type="text", sha256=sha256, published=published
            )
            opened.add(read_capture(capture), sha256)
        link(opened)
        yield opened


@pytest.fixture(scope="module")
def told(store: Store) -> dict[str, Told]:
    return main_incidents(store)


def first(told: dict[str, Told], id: str) -> str | None:
    return next(iter(told[id].incidents), None)


@pytest.mark.parametrize("id", BUS[1:])
def test_a_higher_toll_an_arrest_a_trial_and_an_anniversary_belong_to_the_deed(told: dict[str, Told], id: str) -> None:
    assert first(told, "bus") in told[id].incidents


def test_deeds_of_one_day_in_two_cities_stay_apart(told: dict[str, Told]) -> None:
    assert first(told, "checkpoint") == first(told, "checkpoint again")
    assert first(told, "checkpoint") != first(told, "bus")


def test_a_like_deed_in_the_same_city_months_later_is_another(told: dict[str, Told]) -> None:
    assert all(first(told, "other bus") not in told[id].incidents for id in REPORTS if id != "other bus")


def test_a_roundup_tells_of_its_first_deed_and_lends_its_words_to_no_other(told: dict[str, Told], store: Store) -> None:
    assert first(told, "bus") in told["roundup"].incidents
    of = {report.key: {r.stored.reading.article.id for r in reports} for reports in clusters_of_many(store)
          for report in reports}  # fmt: skip
    assert of[str(first(told, "checkpoint"))] == {"checkpoint", "checkpoint again"}


def test_a_report_of_the_wounded_tells_of_the_deed(told: dict[str, Told]) -> None:
    assert told["hospital"].incidents in ((), (first(told, "bus"),))
