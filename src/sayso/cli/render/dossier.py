"""A dossier as people see it: who it is, what is said of it, its part in incidents, what it says and others say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rich.console import Console
from rich.text import Text

from sayso.cli.render.layout import GAP, LABEL, MARGIN, put_columns
from sayso.cli.render.reconciled_table import NUMBER, SAID, days_on_lines, few, many
from sayso.export.dossier_shapes import Dossier, DossierIncident, DossierStatement, FactHeld, NameUse
from sayso.export.incident_shapes import PlaceValue, VictimValue
from sayso.export.reconciled.held_shapes import HeldValue, HolderRecord
from sayso.export.reconciled.shapes import ReconciledPerpetrator, StandingHeld
from sayso.export.shapes import WhenRecord
from sayso.export.words import (
    ACCORDING,
    ACTS,
    NOT_DONE,
    ON_ITS_OWN_WORD,
    STANDINGS,
    Speakers,
    day_words,
    elide,
    in_quotes,
)
from sayso.model.claim import Slot

MOST_NAMES, MOST_VALUES, MOST_INCIDENTS, MOST_ROWS, MOST_STATEMENTS, MOST_ARTICLES = 8, 4, 10, 12, 8, 8
"""What is printed of each; of more it is said how many they are, and the JSON has all."""
LABELS = {
    "birth_year": "born", "member_of": "belongs to", "founder_of": "founded", "leader_of": "leads", "kin_of": "kin of",
    "resident_of": "lives in", "description": "described",
}  # fmt: skip
DOUBTS = {"denies": "denied by", "doubts": "doubted by"}
EFFECTS = {None: "named as a victim", "none": "named as a victim", "unharmed": "said to be unharmed"}
WHO_IS_ONE = "`sayso same|different entity KEY KEY` decides who is one, `sayso why` tells why."
BESIDE = 24
"""Columns left for a value and who says so from which they stand beside each other."""
SHORT = 24
"""Letters of a name in a heading."""
NOT_SHOWN = "gender"
"""A fact that tells little and is in the JSON only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a label, a value, who says so, how many independent sources they are, and when."""

    label: str = ""
    value: str = ""
    holders: Sequence[HolderRecord] = ()
    indent: int = 0
    style: str = ""


def render_dossier(found: Dossier, out: Console) -> None:
    """Print one dossier; colours and layout by what `out` is."""
    _Page(found, out).put()


class _Page:
    """One dossier that is being printed."""

    def __init__(self, found: Dossier, out: Console) -> None:
        self.found, self.out = found, out
        self.room = out.width - MARGIN - LABEL - GAP
        beside = self.room - NUMBER - SAID - 3 * GAP
        value = beside * 11 // 20
        self.columns = [value, beside - value, NUMBER, SAID] if beside >= BESIDE else None
        self._short = elide(found.name, SHORT)
        self._outlets = {a.article: a.outlet or a.agency or a.name for a in found.articles}

    def put(self) -> None:
        self._head()
        self._names()
        self._facts()
        self._incidents()
        self._statements(f"Statements by {self._short}", self.found.statements_by)
        self._statements(f"Statements by others on {self._short}", self.found.statements_about)
        self._articles()

    # Lines

    def _line(self, line: Line) -> None:
        """Print one line with who says so: beside it, or where the terminal is narrow, under it."""
        who, number = few(_named(line.holders)), len({h.source_id for h in line.holders})
        days = [day for h in line.holders for day in (h.first_said, h.last_said) if day]
        said = days_on_lines(min(days), max(days)) if days else ""
        label, value = Text(line.label, style="dim"), Text(line.value, style=line.style)
        if self.columns is None:
            put_columns([label, value], [LABEL, self.room], self.out, indent=line.indent)
            told = "; ".join(filter(None, [who, many(number, "source"), said.replace("\n", " to ")]))
            put_columns([Text(), Text(told, style="dim")], [LABEL, self.room], self.out, indent=line.indent)
            return
        cells = [label, value, Text(who), Text(f"{number:>{NUMBER}}"), Text(said, style="dim")]
        put_columns(cells, [LABEL, *self.columns], self.out, indent=line.indent)

    def _wide(self, words: Text, label: str = "") -> None:
        """Print words across all columns but the label's."""
        put_columns([Text(label, style="dim"), words], [LABEL, self.room], self.out)

    def _more(self, left: int, thing: str) -> None:
        if left > 0:
            self._wide(Text(f"and {many(left, f'more {thing}')}", style="dim"))

    def _heading(self, title: str, *, columns: bool = False) -> None:
        """Print a heading, with those of the columns where lines that say who says so follow."""
        self.out.print()
        cells, widths = [Text(title, style="bold")], [self.out.width]
        if columns and self.columns:
            cells += [Text("according to"), Text("sources"), Text("said")]
            widths = [MARGIN + LABEL + GAP + self.columns[0], *self.columns[1:]]
        put_columns(cells, widths, self.out, margin=0)

    # Parts

    def _head(self) -> None:
        found = self.found
        head = Text(found.name, style="bold").append(f"   {found.kind.replace('_', ' ')}", style="")
        put_columns([head.append(f"   {found.key}", style="dim")], [self.out.width], self.out, margin=0)
        copied = sum(article.copy_of is not None for article in found.articles)
        told = many(len(found.articles), "article") + (f" ({many(copied, 'copy', 'copies')})" if copied else "")
        span = days_on_lines(found.first_said, found.last_said).replace("\n", " to ")
        said = f"{told}, {many(found.independent, 'independent source')}"
        put_columns([Text("; ".join(filter(None, [said, span])))], [self.out.width], self.out, margin=0)

    def _names(self) -> None:
        others = [use for use in self.found.names if use.name != self.found.name]
        if others:
            shown = [self._use(use) for use in others[:MOST_NAMES]]
            left = len(others) - MOST_NAMES
            words = "; ".join([*shown, *([f"and {left} more"] if left > 0 else [])])
            cells = [Text("also called", style="dim"), Text(words)]
            put_columns(cells, [LABEL, self.room + MARGIN], self.out, margin=0)

    def _use(self, use: NameUse) -> str:
        where = many(len(use.articles), "article") if len(use.articles) > 1 else self._outlets.get(use.articles[0], "")
        return f"{use.name} ({'alias, ' if use.alias else ''}{where})"

    def _facts(self) -> None:
        facts = [fact for fact in self.found.facts if fact.name != NOT_SHOWN]
        if not facts:
            return
        self._heading(f"Said of {self._short}", columns=True)
        for name, group in groupby(facts, key=lambda fact: fact.name):
            label, some = LABELS.get(name, name.replace("_", " ")), list(group)
            for k, fact in enumerate(some[:MOST_VALUES]):
                self._fact("" if k else label, fact)
            self._more(len(some) - MOST_VALUES, "value")

    def _fact(self, label: str, fact: FactHeld) -> None:
        holding = [h for h in fact.held_by if h.stance == "asserts"]
        value = in_quotes(fact.value, 70) if fact.name == "death" else fact.value
        if holding:
            self._line(Line(label=label, value=value, holders=holding))
        for stance, words in DOUBTS.items():
            opposed = [h for h in fact.held_by if h.stance == stance]
            if opposed and holding:
                self._line(Line(value=words, holders=opposed, indent=2, style="yellow"))
            elif opposed:
                self._line(Line(label=label, value=f"{value} ({words})", holders=opposed))

    def _incidents(self) -> None:
        incidents = self.found.incidents
        if not incidents:
            return
        self._heading(f"Named with a part in {many(len(incidents), 'incident')}", columns=True)
        for one in incidents[:MOST_INCIDENTS]:
            self._incident(one)
        self._more(len(incidents) - MOST_INCIDENTS, "incident")

    def _incident(self, one: DossierIncident) -> None:
        kind, stage = _shown(one, "kind") or "incident", _shown(one, "stage")
        head = Text(kind.upper(), style="bold red").append(f", {stage}" if stage else "", style="")
        head.append(f"   {_shown(one, 'when') or 'day not known'}", style="bold")
        head.append(f"   {_shown(one, 'where') or 'no place given'}", style="cyan")
        head.append("   only recalled" if all(ref.background for ref in one.accounts) else "", style="dim")
        key = Text(one.key, style="dim")
        put_columns([head, key], [self.out.width - MARGIN - len(key) - GAP, len(key)], self.out)
        if one.perpetrator:
            self._perpetrator(one.perpetrator)
        for held in one.slots["victim"].values if "victim" in one.slots else ():
            self._victim(held)

    def _perpetrator(self, one: ReconciledPerpetrator) -> None:
        self._wide(Text(one.words, style="bold red" if one.standing == "convicted" else "bold yellow"), "perpetrator")
        rows = _history(one.history)
        for words, holders in rows[-MOST_ROWS:]:
            self._line(Line(value=words, holders=holders, indent=2))
        self._more(len(rows) - MOST_ROWS, "earlier one")

    def _victim(self, held: HeldValue) -> None:
        effect = held.value.effect if isinstance(held.value, VictimValue) else None
        words = EFFECTS.get(effect, effect or "")
        label = "" if effect == "arrested" else "victim"
        for stance in ("asserts", "denies", "doubts"):
            holders = [h for h in held.held_by if h.stance == stance]
            if holders:
                value = words if stance == "asserts" else f"{words} ({DOUBTS[stance]})"
                self._line(Line(label=label, value=value, holders=holders))
                label = ""

    def _statements(self, title: str, statements: Sequence[DossierStatement]) -> None:
        """Print statements by day; who says it, and where that stands, once for several in a row."""
        if not statements:
            return
        self._heading(title)
        speakers, last = Speakers(), ("", "", "")
        for one in statements[:MOST_STATEMENTS]:
            outlets = few([self._outlets.get(told.article, told.article) for told in one.told])
            now = (_day(one), one.according_to, outlets)
            when = Text("" if now[0] == last[0] else now[0])
            words = in_quotes(" ... ".join(words.text for words in one.content), 2 * self.room - 4)
            if now == last:
                said = Text(f"{_act(one)} {words}")
            else:
                who = speakers(one.according_to)
                said = Text(f"{who}{',' if ', ' in who else ''} ", style="bold").append(_act(one), style="not bold")
                said.append(f"  {outlets}", style="not bold dim").append(f"\n{words}", style="not bold")
            put_columns([when, said], [LABEL, self.room], self.out)
            last = now
        self._more(len(statements) - MOST_STATEMENTS, "statement")

    def _articles(self) -> None:
        self._heading("Articles, and the key of who it is in each")
        articles = self.found.articles
        most = MOST_ARTICLES if len(articles) > MOST_ARTICLES + 1 else MOST_ARTICLES + 1
        key = max(len(k) for a in articles[:most] for k in a.keys)
        widths = [LABEL, self.room - key - GAP, key]
        for article in articles[:most]:
            words = Text(self._outlets[article.article].rpartition("/")[2]).append(f"  {article.title or ''}", "dim")
            words.append(f"  (a copy of {article.copy_of})" if article.copy_of else "", style="yellow")
            when = Text(days_on_lines(article.published, article.published) or "no day", style="dim")
            put_columns([when, words, Text("\n".join(article.keys), style="dim")], widths, self.out)
        self._more(len(articles) - most, "article")
        if len(articles) > 1:
            put_columns([Text(WHO_IS_ONE, style="dim")], [self.out.width], self.out, margin=0)


def _named(holders: Iterable[HolderRecord]) -> list[str]:
    """Return the sources' names, authorities first, then who was heard last."""
    newest = sorted(holders, key=lambda h: h.last_said or "", reverse=True)
    return list(dict.fromkeys(h.source for h in sorted(newest, key=lambda h: h.source_kind != "authority")))


def _act(one: DossierStatement) -> str:
    """Return what is done by saying it, in words."""
    denied = one.stance == "denies" and one.act != "denies"
    if one.act == "confesses" and ACCORDING in one.according_to and not denied:
        return "is said to confess"
    act = NOT_DONE.get(one.act, ACTS[one.act]) if denied else ACTS[one.act]
    return act if one.certainty == "certain" else f"{act} ({one.certainty})"


def _day(one: DossierStatement) -> str:
    """Return when a statement was made: as closely as the text tells, else the day of publication."""
    told = one.said_on
    if told and told.earliest and told.latest == one.day:
        return day_words(told.edtf, told.earliest, told.latest)
    return days_on_lines(one.day, one.day) or "no day"


def _shown(one: DossierIncident, slot: Slot) -> str:
    """Return the value shown of a slot; empty where there is none."""
    shown = one.slots[slot].shown if slot in one.slots else None
    if shown is None:
        return ""
    match shown.value:
        case WhenRecord() as when:
            return day_words(when.edtf, when.earliest, when.latest)
        case PlaceValue() as place:
            return ", ".join(dict.fromkeys(filter(None, [place.names[0], place.country_name or place.country])))
    return shown.words


def _history(given: Sequence[StandingHeld]) -> list[tuple[str, list[HolderRecord]]]:
    """Return each standing of each first day with all who give it then, the oldest first, undated ones before."""
    groups: dict[tuple[str, int, str], list[HolderRecord]] = {}
    for one in given:
        words, holder = _standing(one)
        groups.setdefault((one.holder.first_said or "", list(STANDINGS).index(one.standing), words), []).append(holder)
    return [(words, groups[first, rank, words]) for first, rank, words in sorted(groups)]


def _standing(one: StandingHeld) -> tuple[str, HolderRecord]:
    """Return a standing in words, with who gives it; a confession that another tells of is on the word of that one."""
    reporter = one.holder.according_to.partition(ACCORDING)[2]
    if not one.by_itself:
        return STANDINGS[one.standing], one.holder
    source = f"{one.holder.source}, says {reporter}" if reporter else one.holder.source
    return ON_ITS_OWN_WORD.get(one.standing, STANDINGS[one.standing]), replace(one.holder, source=source)
