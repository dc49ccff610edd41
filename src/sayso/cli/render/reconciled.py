"""One incident that several reports tell of, as people see it: the values, where sources differ, tolls by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from sayso.cli.render.incident import COUNTS, DOUBTS
from sayso.cli.render.layout import GAP, LABEL, MARGIN, put_columns
from sayso.cli.render.reconciled_table import SAID, Cell, Table, days_on_lines, few, many
from sayso.export.incident_shapes import PlaceValue, QuantityValue, TargetValue, ValueRecord, VictimValue
from sayso.export.reconciled.held_shapes import HeldValue, HolderRecord, SlotRecord
from sayso.export.reconciled.policy import POLICIES
from sayso.export.reconciled.shapes import ReconciledPerpetrator, ReconciledRecord, SideRecord, TollRecord
from sayso.export.shapes import WhenRecord
from sayso.export.words import ON_ITS_OWN_WORD, STANDINGS, count, day_words, span_of_counts
from sayso.model.claim import ActorKind, Slot, Standing

LABELS: dict[Slot, str] = {
    "kind": "what", "stage": "stage", "when": "when", "where": "where", "perpetrator": "perpetrator",
    "target": "target", "victim": "victim", "weapon": "weapon", "killed": "killed", "wounded": "wounded",
    "abducted": "abducted", "arrested": "arrested", "attackers_killed": "attackers killed",
    "attackers_wounded": "attackers wounded", "shots": "shots", "damage": "damage", "motive": "motive",
    "circumstance": "how",
}  # fmt: skip
"""The slots in the order in which they are printed."""
MOST_VALUES, MOST_UNNAMED, MOST_ROWS, MOST_REPORTS = 6, 3, 12, 8
"""What is printed at most: values of a slot, perpetrators without a name, rows of a toll, reports; the JSON has all."""
SEVERAL: tuple[Slot, ...] = ("target", "victim", "weapon", "damage", "motive", "circumstance")
"""Slots that may have several true values: none is put before the others."""
UNNAMED: tuple[ActorKind, ...] = ("group", "unknown")
ARTICLE = 16


def render_reconciled(record: ReconciledRecord, out: Console, *, quotes: bool = False) -> None:
    """Print the record of one incident: its head, each slot, where sources differ, tolls by day, the reports.

    With `quotes`, the words stand under each value.
    """
    table = Table(out, record, quotes=quotes)
    _put_head(record, out)
    table.line(Cell(who="according to", number="sources", said="said"), style="dim")
    for slot, label in LABELS.items():
        if slot == "perpetrator":
            _put_perpetrators(record.perpetrators, table)
        elif slot in record.slots and not _goes_without_saying(slot, record.slots[slot]):
            sides = {side.value for one in record.disagreements if one.slot == slot for side in one.sides}
            _put_slot(slot, label, record.slots[slot], sides, table)
    out.print()
    _put_differences(record, table)
    _put_tolls(record.tolls, out)
    _put_not_known(record, out)
    _put_reports(record, out)


def _goes_without_saying(slot: Slot, found: SlotRecord) -> bool:
    """Say whether a slot is told by the head alone: a stage of which nobody says otherwise."""
    return slot == "stage" and len(found.values) == 1 and found.values[0].stance == "asserts"


def _put_head(record: ReconciledRecord, out: Console) -> None:
    """Print what happened when and where, by how many reports and sources, and how the shown values were picked."""
    kind, stage, when, where = (_shown(record, slot) for slot in ("kind", "stage", "when", "where"))
    head = Text().append((kind or "incident").upper(), style="bold red").append(_differs(record, "kind"))
    head.append(f", {stage}{_differs(record, 'stage')}" if stage else "")
    head.append(f"   {when or 'day not known'}", style="bold").append(_differs(record, "when"))
    head.append(f"   {where or 'no place given'}", style="bold cyan" if where else "dim")
    head.append(_differs(record, "where"))
    put_columns([head], [out.width], out, margin=0)
    days = [report.published for report in record.reports if report.published]
    articles = {report.article: report.copy_of for report in record.reports}
    copied = sum(origin is not None for origin in articles.values())
    told = many(len(articles), "report") + (f" ({many(copied, 'copy', 'copies')})" if copied else "")
    said = f"{told}, {many(len(record.sources), 'independent source')}"
    span = days_on_lines(min(days), max(days)).replace("\n", " to ") if days else ""
    policy = f"shown first: {POLICIES[record.policy]}"
    for line in (Text("; ".join(filter(None, [said, span]))), Text(policy, style="dim")):
        put_columns([line], [out.width], out, margin=0)
    out.print()


def _differs(record: ReconciledRecord, slot: Slot) -> str:
    """Return a remark where sources differ in a slot: the head shows one of several values."""
    return " (sources differ)" if any(one.slot == slot for one in record.disagreements) else ""


def _shown(record: ReconciledRecord, slot: Slot) -> str:
    """Return the value shown of a slot; empty where there is none."""
    shown = record.slots[slot].shown if slot in record.slots else None
    return _words(shown.value, shown.words) if shown else ""


def _words(value: ValueRecord, words: str) -> str:
    match value:
        case WhenRecord():
            return day_words(value.edtf, value.earliest, value.latest) + (f", {value.clock}" if value.clock else "")
        case PlaceValue():
            names = [value.names[0], value.admin, value.country_name or value.country]
            return ", ".join(dict.fromkeys(filter(None, names)))
        case QuantityValue():
            return count(value)
        case TargetValue() | VictimValue():
            effect = value.effect if value.effect not in (None, "none") else None
            return f"{words}, {effect}" if effect else words
    return words


def _put_slot(slot: Slot, label: str, found: SlotRecord, sides: set[str | None], table: Table) -> None:
    """Print the values of a slot: where one of them is true, the one picked first, and why.

    Other values that stand among the `sides` of a disagreement are left to where sources differ.
    """
    first = found.shown if slot not in SEVERAL else None
    values = [held for held in found.values if first is None or held.id == first.id or held.id not in sides]
    values.sort(key=lambda held: first is not None and held.id != first.id)
    for k, held in enumerate(values[:MOST_VALUES]):
        _put_value("" if k else label, held, table, bold=first is None or held.id == first.id)
        if k == 0 and first and len(found.values) > 1:
            below = len(found.values) - len(values)
            more = f"; {many(below, 'other value')} below" if below else ""
            table.wide(Text(f"({first.why}{more})", style="dim"), indent=2)
    if (left := len(values) - MOST_VALUES) > 0:
        table.wide(Text(f"and {many(left, 'more value')}", style="dim"))


def _put_value(label: str, held: HeldValue, table: Table, *, bold: bool) -> None:
    """Print one value with those who say it, then those who deny or doubt it."""
    holding = [holder for holder in held.held_by if holder.stance == "asserts"]
    opposed = [holder for holder in held.held_by if holder.stance != "asserts"]
    words = Text().append(_words(held.value, held.words), style="bold" if bold else "")
    table.holders(Cell(label=label, value=words), holding)
    for stance, group in groupby(opposed, key=lambda holder: holder.stance):
        if holding:
            table.holders(Cell(value=Text(DOUBTS[stance], style="yellow"), indent=2), list(group))
        else:
            table.holders(Cell(label=label, value=words.copy().append(f" ({DOUBTS[stance]})")), list(group))
            label = ""


def _put_perpetrators(perpetrators: Sequence[ReconciledPerpetrator], table: Table) -> None:
    """Print everyone who has a name, and the first of those who are only described."""
    named = [one for one in perpetrators if one.kind not in UNNAMED]
    others = [one for one in perpetrators if one.kind in UNNAMED]
    for k, one in enumerate([*named, *others[:MOST_UNNAMED]]):
        color = "bold red" if one.standing == "convicted" else "bold yellow"
        words = Text().append(one.name, style="bold").append(" - ").append(one.words, style=color)
        table.wide(words, "" if k else LABELS["perpetrator"])
        for (standing, own), group in _by_standing(one):
            value = Text(ON_ITS_OWN_WORD.get(standing, STANDINGS[standing]) if own else STANDINGS[standing])
            table.holders(Cell(value=value, indent=2), group)
    if left := others[MOST_UNNAMED:]:
        table.wide(Text(f"and {len(left)} more without a name", style="dim"))


def _by_standing(one: ReconciledPerpetrator) -> Iterator[tuple[tuple[Standing, bool], list[HolderRecord]]]:
    """Yield each standing with all who give it, in the order in which it was last given."""
    groups: dict[tuple[Standing, bool], list[HolderRecord]] = {}
    for given in one.history:
        groups.setdefault((given.standing, given.by_itself), []).append(given.holder)
    yield from sorted(groups.items(), key=lambda item: max(holder.last_said or "" for holder in item[1]))


def _put_differences(record: ReconciledRecord, table: Table) -> None:
    """Print where sources differ, one side a line."""
    if not record.disagreements:
        return
    table.out.print("Sources differ", style="bold")
    table.line(Cell(who="who says so", number="sources", said="last said"), style="dim")
    values = {held.id: held for slot in record.slots.values() for held in slot.values}
    for differing in record.disagreements:
        for k, side in enumerate(differing.sides[:MOST_VALUES]):
            _put_side("" if k else LABELS[differing.slot], side, values.get(side.value or ""), table)
        left = len(differing.sides) - MOST_VALUES
        why = differing.why + (f"; and {many(left, 'more side')}" if left > 0 else "")
        table.wide(Text(f"({why})", style="dim"), indent=2)
    table.out.print()


def _put_side(label: str, side: SideRecord, held: HeldValue | None, table: Table) -> None:
    asserts = side.stance == "asserts"
    words = _words(held.value, held.words) if held and asserts else side.words
    value = Text(words, style="" if asserts else "yellow")
    said = days_on_lines(side.last_said, side.last_said)
    table.line(Cell(label=label, value=value, who=few(side.sources), number=str(side.independent), said=said))
    table.quote([holder for holder in held.held_by if holder.stance == side.stance] if held else [])


def _put_tolls(tolls: Sequence[TollRecord], out: Console) -> None:
    """Print the counts by day, of each slot that has more than one count."""
    several = {t.slot for t in tolls if len({(o.low, o.high) for o in tolls if o.slot == t.slot}) > 1}
    if not several:
        return
    out.print("Tolls by day", style="bold")
    for slot, label in COUNTS.items():
        if slot in several:
            _put_toll(label, [toll for toll in tolls if toll.slot == slot], out)
    out.print()


def _put_toll(label: str, tolls: Sequence[TollRecord], out: Console) -> None:
    rows = [list(group) for _, group in groupby(tolls, key=_same_toll)]
    widths = [LABEL, SAID, 12, out.width - MARGIN - LABEL - SAID - 12 - 3 * GAP]
    day: str | None = ""
    for k, group in enumerate(_ends(rows)):
        if group is None:
            put_columns([Text(), Text("..."), Text(f"{len(rows) - MOST_ROWS} more", style="dim")], widths[:3], out)
            continue
        told = group[0]
        stance = f" ({DOUBTS[told.stance]})" if told.stance != "asserts" else ""
        cells = [Text("" if k else label, style="dim")]
        cells += [Text("" if told.day == day else days_on_lines(told.day, told.day) or "no day")]
        cells += [
            Text(f"{_number(told)}{stance}", style="bold"),
            Text(few([t.source for t in group]) + _changed(group)),
        ]
        put_columns(cells, widths, out)
        day = told.day


def _same_toll(toll: TollRecord) -> tuple[object, ...]:
    return toll.day, toll.low, toll.high, toll.approximate, toll.stance


def _ends(rows: list[list[TollRecord]]) -> list[list[TollRecord] | None]:
    """Return the first and the last rows, and None for those between, where they are more than are printed."""
    if len(rows) <= MOST_ROWS:
        return [*rows]
    half = MOST_ROWS // 2
    return [*rows[:half], None, *rows[-half:]]


def _number(toll: TollRecord) -> str:
    return ("about " if toll.approximate else "") + span_of_counts(toll.low, toll.high)


def _changed(tolls: Sequence[TollRecord]) -> str:
    """Return who of several raised or lowered an earlier count of their own."""
    words = [
        f"; {change} by {'it' if len(tolls) == 1 else few(sources)}"
        for change in ("raised", "lowered")
        if (sources := [toll.source for toll in tolls if toll.change == change])
    ]
    return "".join(words).replace("; raised by it", ", raised").replace("; lowered by it", ", lowered")


def _put_not_known(record: ReconciledRecord, out: Console) -> None:
    """Print what no report tells."""
    told = [
        *(slot for slot in ("when", "where") if _shown(record, slot)),
        *(["who did it"] if record.perpetrators else []),
    ]
    if missing := [question for question in ("when", "where", "who did it") if question not in told]:
        put_columns([Text("Not known", style="bold"), Text("; ".join(missing))], [9, out.width - 14], out, margin=0)
        out.print()


def _put_reports(record: ReconciledRecord, out: Console) -> None:
    """Print the reports by day, the first of them where they are many."""
    out.print("Reports", style="bold")
    widths = [LABEL, out.width - MARGIN - LABEL - ARTICLE - 2 * GAP, ARTICLE]
    most = MOST_REPORTS if len(record.reports) > MOST_REPORTS + 1 else MOST_REPORTS + 1
    for report in record.reports[:most]:
        named = report.outlet or report.agency or "outlet not known"
        words = Text(named).append(f"  {report.title or ''}", style="dim")
        if report.copy_of:
            words.append(f"  (a copy of {report.copy_of})", style="yellow")
        when = Text(days_on_lines(report.published, report.published) or "no day", style="dim")
        put_columns([when, words, Text(report.article, style="dim")], widths, out)
    if (left := len(record.reports) - most) > 0:
        put_columns([Text(), Text(f"and {many(left, 'more report')}", style="dim")], widths[:2], out)
