"""Incidents become MUC-4 templates as the task's coders would write them."""

from __future__ import annotations

from datetime import date

from sayso.evaluate.muc4 import header_day, messages
from sayso.evaluate.muc4_fills import bound, date_fill, fill_words
from sayso.evaluate.muc4_format import parse
from sayso.evaluate.muc4_templates import render, reportable, templates
from sayso.model.article import Article, OffsetMap
from sayso.model.claim import Actor, Claim, Slot, Standing, Target, Value, Victim, Weapon
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.when import When

HEADER = date(1992, 3, 12)
TEXT = "JUDGE QUILCA DIED IN SAN TELMO, PERU, ON WEDNESDAY"


def claim(slot: Slot, value: Value, words: str = "", standing: Standing | None = None) -> Claim:
    evidence = (Span(start=0, end=len(words), text=words),)
    return Claim(id=f"c-{slot}-{words}", slot=slot, value=value, evidence=evidence, standing=standing)


def when(first: date, last: date, basis: str = "explicit") -> When:
    return When(edtf=f"{first}/{last}", earliest=first, latest=last, basis=basis)  # type: ignore[arg-type]


def incident(*claims: Claim, kind: str = "assassination", background: bool = False) -> Incident:
    return Incident(id="i1", kind=kind, stage="accomplished", background=background, claims=claims)


def reading(*incidents: Incident) -> Reading:
    article = Article(
        id="a", text=TEXT, blocks=(), offsets=OffsetMap(starts=(), origins=(), lengths=()), name="a", sha256="0"
    )
    return Reading(article=article, incidents=incidents)


SAN_TELMO = Place(
    names=("San Telmo", "Chaquira Department", "Peru"), type="city", country="PE", admin="Chaquira", latitude=None,
    longitude=None, gazetteer_id=None, precision=1, where_prec=1,
)  # fmt: skip
JUDGE = Victim(name="Ernesto Quilca", description="Provincial Judge", kind="judge", effect="killed", number=1)
MURDER = incident(
    claim("when", when(date(1992, 3, 11), date(1992, 3, 11)), "11 MARCH"),
    claim("where", SAN_TELMO, "SAN TELMO"),
    claim("victim", JUDGE),
    claim("perpetrator", Actor(name="two gunmen", kind="group"), standing="reported_as_fact"),
    claim("perpetrator", Actor(name="Red Dawn Column", kind="organization"), standing="accused_by_authorities"),
    claim("weapon", Weapon(name="a submachine gun", kind="machine_gun")),
)


def test_an_incident_fills_the_slots_with_their_cross_references() -> None:
    text = render("INV-MUC4-0001", templates(reading(MURDER), HEADER))
    (template,) = parse(text)["INV-MUC4-0001"]
    slots = {slot: [(fill.values, fill.refers) for fill in fills] for slot, fills in template.slots.items()}
    assert slots[2] == [(("11 mar 92",), ())]
    assert slots[4] == [(("attack",), ())]
    assert slots[7] == [(("machine gun",), ("submachine gun",))]
    assert slots[9] == [(("gunmen",), ())]
    assert slots[11] == [(("suspected or accused by authorities",), ("red dawn column",))]
    assert slots[19] == [(("provincial judge",), ("ernesto quilca",))]
    assert slots[20] == [(("legal or judicial",), ("ernesto quilca",))]
    assert slots[23] == [(("death",), ("ernesto quilca",))]


def test_areas_between_country_and_town_stand_only_where_the_report_names_them() -> None:
    ((fills),) = templates(reading(MURDER), HEADER)
    assert fills[3] == ["PE: SAN TELMO (CITY)"]


def test_a_report_without_incidents_is_a_template_of_asterisks() -> None:
    text = render("INV-MUC4-0002", [])
    assert parse(text) == {"INV-MUC4-0002": []}
    assert "24. HUM TGT: TOTAL NUMBER           *" in text


def test_one_happening_told_as_two_kinds_of_the_same_type_is_one_template() -> None:
    attack = incident(*MURDER.claims[:2], claim("target", Target(name="the house", kind="home")), kind="armed_attack")
    (fills,) = templates(reading(MURDER, attack), HEADER)
    assert fills[12] == ['"HOUSE"'] and fills[18] == ['"ERNESTO QUILCA"']


def test_history_and_battles_among_combatants_are_not_reported() -> None:
    old = incident(claim("when", when(date(1990, 5, 1), date(1990, 5, 31))), claim("victim", JUDGE))
    soldiers = incident(claim("victim", Victim(name=None, description="soldiers", kind="active_military")))
    far = incident(claim("where", Place(**{**_fields(SAN_TELMO), "country": "FR"})), claim("victim", JUDGE))  # type: ignore[arg-type]
    assert [reportable(i, HEADER) for i in (MURDER, old, soldiers, far)] == [True, False, False, False]
    assert not reportable(incident(claim("victim", JUDGE), background=True), HEADER)


def _fields(place: Place) -> dict[str, object]:
    return {name: getattr(place, name) for name in Place.__slots__}


def test_dates() -> None:
    march = when(date(1992, 3, 1), date(1992, 3, 31))
    assert date_fill((claim("when", march),), HEADER) == "01 MAR 92 - 12 MAR 92"
    wednesday = when(date(1992, 3, 11), date(1992, 3, 11), "relative")
    assert date_fill((claim("when", wednesday, "ON WEDNESDAY"),), HEADER) is None
    assert date_fill((claim("when", wednesday, "YESTERDAY"),), HEADER) == "11 MAR 92"
    assert date_fill((), HEADER) is None
    assert (bound(HEADER), bound(None)) == ("- 12 MAR 92", "")


def test_fills_are_cut_to_their_head() -> None:
    assert fill_words("the five poor peasants from Totora Punco") == "POOR PEASANTS"
    assert fill_words("at least 11 members of a family") == "MEMBERS OF A FAMILY"
    assert fill_words("CPS [Patriotic Command of the Sierra]") == "CPS"
    assert fill_words("") == ""


def test_a_file_is_cut_at_its_message_ids() -> None:
    text = "INV-MUC4-0001 (SITE)\n\n   LIMA, 12 MAR 92 -- [TEXT] ONE.\n\n\nINV-MUC4-0002\n\n   TWO.\n"
    assert [(id, body.strip()[:4]) for id, body in messages(text)] == [
        ("INV-MUC4-0001", "LIMA"),
        ("INV-MUC4-0002", "TWO."),
    ]
    assert header_day("   LIMA, 12 MAR 92 (WIRE) -- [TEXT]") == HEADER
    assert header_day("LIMA, 31 FEB 92") is None
