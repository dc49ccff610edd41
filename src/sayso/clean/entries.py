"""Lists by day, by hour or by place: the label that opens an entry becomes a paragraph of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.clean.dates import MONTH
from sayso.clean.traced import Paragraph

_LEAST = 3
"""Paragraphs of one kind of label that make a list; two may be chance."""
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?(?: ?[-–/&] ?\d{1,2}(?:st|nd|rd|th)?)?"
_YEAR = r"(?:1[6-9]|20)\d\d"
_AFTER = r"(?: ?[-–—:|]+ | ?[:|–—] ?| {2,})(?=\S)"
_LABELS = {
    "day": re.compile(
        rf"(?P<label>{_WEEKDAY}(?:{MONTH}\.? {_ORDINAL}|{_ORDINAL}(?: of)? {MONTH})(?:,? {_YEAR})?"
        rf"|{_YEAR}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./](?:{_YEAR}|\d\d)|{MONTH},? {_YEAR}|{_YEAR})"
        rf"(?:{_AFTER}|(?<=\d[./-]\d\d) (?=\S)|(?<=[./]{_YEAR}) (?=\S))",
        re.I,
    ),
    "hour": re.compile(
        r"(?P<label>(?:[01]?\d|2[0-3])[:.][0-5]\d ?(?:[ap]\.?m\.?|h|hrs|hours|gmt|utc|bst|cet|est|edt|local time)?"
        r"(?: (?:gmt|utc|bst|cet|est|edt))?)(?: ?[-–—:|]+ | ?[–—|] ?| (?=[A-Z\"“‘']))(?=\S)",
        re.I,
    ),
    "place": re.compile(r"(?P<label>[A-Z][A-Z'’. -]{2,28}[A-Z])(?:, [A-Z][A-Za-z ]{2,20})?(?: [-–—]+ | ?— ?)(?=\S)"),
}  # fmt: skip
"""What an entry opens with, and the mark after it. A place is in capitals, as in datelines."""


def with_labels_apart(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with the labels of a list's entries as paragraphs of their own.

    "Feb 3 - A car bomb kills 14." would be read as one sentence, in which the day is anything but the day. Paragraphs
    that open with a label make a list where there are at least three of the kind.
    """
    ends = {name: [_label_end(p, mark) for p in paragraphs] for name, mark in _LABELS.items()}
    lists = [own for own in ends.values() if sum(end is not None for end in own) >= _LEAST]
    return [
        piece
        for k, paragraph in enumerate(paragraphs)
        for piece in _parted(paragraph, next((own[k] for own in lists if own[k] is not None), None))
    ]


def _label_end(paragraph: Paragraph, mark: re.Pattern[str]) -> tuple[int, int] | None:
    """Return where the label ends and where the entry begins; None for a paragraph without one."""
    found = mark.match(paragraph.text.text) if paragraph.role == "body" else None
    return (found.end("label"), found.end()) if found else None


def _parted(paragraph: Paragraph, at: tuple[int, int] | None) -> list[Paragraph]:
    if at is None:
        return [paragraph]
    label, rest = paragraph.text.cut(0, at[0]), paragraph.text.cut(at[1])
    return [Paragraph(text=text, role=paragraph.role) for text in (label, rest) if text.text]
