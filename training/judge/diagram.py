"""The page on calibration and its diagram: confidence against the share of claims that are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.judge.calibration import COUNTS, WEIGHED, Bin, Checked, bins, calibration_error, expected_error

SIDE, LEFT, TOP, GAP, COLUMNS = 150, 44, 34, 34, 4
"""Pixels of a panel, left and above the panels, and between them; panels in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The figures of one slot: checked claims, share right, errors with bins of equal width and of equal numbers.

    `floor` is the error (equal width) that as many claims show where every confidence is right; `before` is that of
    what the forests say, without the curves.
    """

    slot: str
    claims: int
    right: float
    width: float
    mass: float
    floor: float
    before: float

    def line(self) -> str:
        """Return the row for people."""
        told = f"equal numbers {self.mass:.3f}, by chance {self.floor:.3f}, before {self.before:.3f}"
        return f"{self.slot:12} {self.claims:6} right {self.right:.3f}  ECE {self.width:.3f} ({told})"


def table(found: Sequence[Checked], before: Sequence[Checked]) -> list[Row]:
    """Return the figures over all slots, of each slot and of the counts; slots without a checked claim are left out."""
    out = []
    for name, slots in _groups():
        own, old = ([c for c in side if c.slot in slots] for side in (found, before))
        if own:
            out.append(
                Row(
                    slot=name,
                    claims=len(own),
                    right=sum(c.right for c in own) / len(own),
                    width=calibration_error(own),
                    mass=calibration_error(own, mass=True),
                    floor=expected_error(own),
                    before=calibration_error(old),
                )
            )
    return out


def _groups() -> list[tuple[str, tuple[str, ...]]]:
    return [("all", (*WEIGHED, *COUNTS)), *((slot, (slot,)) for slot in WEIGHED), ("counts", COUNTS)]


def svg(found: Sequence[Checked]) -> str:
    """Return the reliability diagram: one panel for all claims and one a slot; readable on light and on dark."""
    panels = [(name, [c for c in found if c.slot in slots]) for name, slots in _groups()]
    panels = [(name, own) for name, own in panels if own]
    lines = -(-len(panels) // COLUMNS)
    wide = LEFT + COLUMNS * (SIDE + GAP)
    high = TOP + lines * (SIDE + GAP + 16) + 6
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        'role="img" font-family="system-ui, sans-serif" font-size="11">',
        "<title>Reliability: confidence of claims against the share that is right</title>",
        "<style>:root{--ink:#333;--line:#bbb;--dot:#0b62a4;--page:#fff}@media (prefers-color-scheme:dark)"
        "{:root{--ink:#ddd;--line:#555;--dot:#6cb6f5;--page:#15181c}}text{fill:var(--ink)}.f{fill:none;stroke:var(--line)}"
        ".d{stroke:var(--line);stroke-dasharray:4 3}.g{stroke:var(--dot);fill:none}.p{fill:var(--dot)}</style>",
        f'<rect width="{wide}" height="{high}" style="fill:var(--page)"/>',
    ]
    for n, (name, own) in enumerate(panels):
        x, y = LEFT + n % COLUMNS * (SIDE + GAP), TOP + n // COLUMNS * (SIDE + GAP + 16)
        parts += _panel(x, y, f"{name}: {len(own):,} claims", bins(own), len(own))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(x: int, y: int, title: str, told: Sequence[Bin], count: int) -> list[str]:
    """Return one panel: frame, diagonal, a line through the bins, and a dot a bin whose area is its share of claims."""
    spots = [(x + SIDE * b.confidence, y + SIDE * (1 - b.right), b) for b in told]
    line = " ".join(f"{h:.1f},{v:.1f}" for h, v, _ in spots)
    parts = [
        f'<text x="{x}" y="{y - 6}" font-weight="600">{title}</text>',
        f'<rect class="f" x="{x}" y="{y}" width="{SIDE}" height="{SIDE}"/>',
        f'<line class="d" x1="{x}" y1="{y + SIDE}" x2="{x + SIDE}" y2="{y}"/>',
        f'<polyline class="g" points="{line}"/>',
    ]
    for h, v, b in spots:
        text = f"{b.count} claims: confidence {b.confidence:.2f}, right {b.right:.2f}"
        radius = 1.5 + 9 * (b.count / count) ** 0.5
        parts.append(f'<circle class="p" cx="{h:.1f}" cy="{v:.1f}" r="{radius:.1f}"><title>{text}</title></circle>')
    for share in (0, 0.5, 1):
        parts.append(f'<text x="{x + SIDE * share:.0f}" y="{y + SIDE + 13}" text-anchor="middle">{share:g}</text>')
        parts.append(f'<text x="{x - 5}" y="{y + SIDE * (1 - share) + 4:.0f}" text-anchor="end">{share:g}</text>')
    return parts


def page(rows: Mapping[str, Sequence[Row]], reports: int) -> str:
    """Return the page on calibration with the figures of both sets together, and of each (`rows` by set)."""
    head = "| slot | claims | right | error | equal numbers | by chance | without curves |\n" + "|---" * 7 + "|\n"
    told = "".join(
        f"| {r.slot} | {r.claims:,} | {r.right:.2f} "
        f"| **{r.width:.3f}** | {r.mass:.3f} | {r.floor:.3f} | {r.before:.3f} |\n"
        for r in rows[""]
    )
    sets = {"muc4": "MUC-4", "gvdb": "GVDB"}
    each = "; ".join(
        f"{name} {rows[key][0].width:.3f} ({rows[key][0].claims:,} claims, {rows[key][0].floor:.3f} by chance)"
        for key, name in sets.items()
        if rows[key]
    )
    text = Path(__file__).with_name("page.md").read_text(encoding="utf-8")
    return text.format(reports=f"{reports:,}", table=(head + told).rstrip(), sets=each)
