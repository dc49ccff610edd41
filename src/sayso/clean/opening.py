"""What stands around the first words of a report: dateline, byline, and the agency or service credited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.clean.dates import MONTH
from sayso.clean.furniture import agency_named, editor_mark, has_common_word, is_line, masthead
from sayso.clean.traced import Traced, tidy
from sayso.model.article import Dateline
from sayso.model.span import span_of

_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_YEAR = r"(?:(?:19|20)\d\d\b|\((?:19|20)\d\d\)|\d\d\b)"
_DAY = (
    rf"(?i:(?:{_WEEKDAY},?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}(?:,?\s+{_YEAR})?"
    rf"|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?)|{_WEEKDAY}|(?:19|20)\d\d-\d\d-\d\d|no date)(?!\w)\.?"
)
_NAME = r"(?!(?i:no date|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)[^\W\d_a-z][\w'’.]*(?:-[\w'’.]+)*"
_SMALL = r"(?:de|del|la|el|al|al-|of|the|du|da|do|dos|das|di|in|on|sur|an|upon|and|es|le|les|y)"
_PLACE = rf"{_NAME}(?:[ -](?:{_NAME}|{_SMALL}(?= ))){{0,4}}"
_PLACES = rf"{_PLACE}(?:\s?(?:,|/|;| and | & )\s?{_PLACE}){{0,3}}(?:\s?\([^()\d]{{2,40}}\)(?=\s*[,(]))?"
_SOURCE = r"[(\[][^()\[\]]{2,60}[)\]]"
_DASH = r"(?:\.?\s*(?:--+|[—–―])\s*|\.?\s+-\s+|\s?:\s+(?=[A-Z])|(?<=/)\.?\s+(?=[A-Z]))"
_DATELINE = re.compile(
    rf"(?P<by>\([^()]{{2,40}}\)\s+)?(?P<place>{_PLACES})?(?:(?:,|\.|\s|/)\s*(?P<day>{_DAY}))?"
    rf"(?:,?\s*(?P<source>{_SOURCE}|/[^/]{{2,30}}/))?(?P<dash>{_DASH})"
)
_SOURCE_ONLY = re.compile(r"(?P<source>\([^()]{2,40}\))\s*(?:--+|[—–-])\s*")
_TIMED = re.compile(
    rf"\d{{1,2}}[:.]\d\d\s*(?:h|hrs)?\s*\|\s*(?P<place>{_PLACES}),\s*(?P<day>{_DAY})\s*(?:(?:--+|[—–-])\s*)?"
)
"""A wire's dateline after the time of day and a bar ("14:05 | Varda, Aug. 21. ...")."""
_NO_PLACE = re.compile(r"(?:clandestine|no city)\b\s*", re.I)

_BYLINE = re.compile(
    r"(?:(?:story|report|text|words|written|reported|analysis|photographs)\s+)?by:?\s+(?P<names>(?-i:[A-Z\u00c0-\u00de]).{2,150})",
    re.I,
)
_AFTER_NAMES = re.compile(
    rf"\s[|·•–—]\s|\s{{2,}}|\b(?:for|in|at|of the|of)\b(?= [A-Z])|\b(?:updated|published)\b|\d|\b(?i:{MONTH})\s\d"
)
_BRACKETS = re.compile(r"\s*\[[^\[\]]{1,200}\]")
_SERVICE = re.compile(
    r"(?P<service>(?:the )?(?-i:[A-Z])[\w./&-]*(?: (?-i:[A-Z])[\w./&-]*){0,3}(?:['’]s)? "
    r"(?:(?-i:[A-Z])[\w./-]*[ -]){0,3}(?:service|news agency|agency|bureau))\s+(?:reports?|reported|said)\b",
    re.I,
)
_CREDIT = re.compile(
    r"(?:,|—|--)\s+(?:the )?(?P<name>(?-i:[A-Z])[\w./ -]{1,40}?)\s+(?:reports|reported)\b[^.]{0,40}\.", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A dateline at the head of a paragraph, in offsets of that paragraph.

    `source` are the words in its brackets; `label` says that a colon ends it, as also the name of a speaker in a
    transcript.
    """

    place: tuple[int, int] | None
    day: tuple[int, int] | None
    source: str | None
    end: int
    label: bool = False

    def at(self, text: str, offset: int) -> Dateline:
        """Return the dateline for an article's text in which the paragraph begins at `offset`."""
        place = span_of(text, offset + self.place[0], offset + self.place[1]) if self.place else None
        day = span_of(text, offset + self.day[0], offset + self.day[1]) if self.day else None
        return Dateline(place=place, day=day, end=offset + self.end)


def opening_of(text: str) -> Opening | None:
    """Return the dateline that a paragraph opens with; None where it opens with none.

    A place in capitals before a dash is one; a place in small letters only with a day or a source beside it, or before
    a double or long dash, because a hyphen and a colon also stand after other words.
    """
    alone = _SOURCE_ONLY.match(text)
    if alone and (agency_named(alone["source"]) or alone["source"][1:-1].isupper()):
        return Opening(place=None, day=None, source=alone["source"][1:-1], end=alone.end())
    timed = _TIMED.match(text)
    if timed:
        until = timed.end("day") - timed["day"].endswith(".")
        return Opening(place=timed.span("place"), day=(timed.start("day"), until), source=None, end=timed.end())
    found = _DATELINE.match(text)
    if not found or not _is_dateline(found, text):
        return None
    source = found["source"] or (found["by"] or "").strip() or None
    day = found.span("day") if found["day"] and "no date" not in found["day"].lower() else None
    if found["source"] and not day and (dated := re.fullmatch(_DAY, found["source"][1:-1])):
        at = found.start("source") + 1
        day, source = (at, at + len(dated.group())), None
    if day and re.search(r"[\d)]\.$", text[slice(*day)]):
        day = day[0], day[1] - 1
    label = ":" in found["dash"]
    return Opening(place=_place(found), day=day, source=source[1:-1] if source else None, end=found.end(), label=label)


def _is_dateline(found: re.Match[str], text: str) -> bool:
    place, day, source, dash = found["place"], found["day"], found["source"], found["dash"].strip()
    if not (place or (day and source)) or (found.end() >= len(text) and not day and not source):
        return False
    if found["by"] and not agency_named(found["by"]):
        return False
    if day or source:
        return bool(source) or dash != ":" or bool(place and place.isupper())
    head = re.split(r"[,/(]", place)[0].strip()
    capital = head.isupper() and len(head) > 2
    follows = text[found.end() : found.end() + 1]
    if is_line(place):
        return False
    if text[:400].isupper():
        return dash not in (":", "-") and len(place.split()) <= 5 and not has_common_word(place)
    if capital:
        return dash != ":" or follows.isupper()
    return dash in ("--", "---", "—", "–") and len(place.split()) <= 4 and follows.isupper() and _spaced(found["dash"])


def _spaced(dash: str) -> bool:
    return dash[:1].isspace() and dash[-1:].isspace()


def _place(found: re.Match[str]) -> tuple[int, int] | None:
    """Return where the place stands, without words that stand for an unknown one ("NO CITY (EL SALVADOR)")."""
    if not found["place"]:
        return None
    start, end = found.span("place")
    unknown = _NO_PLACE.match(found["place"])
    if unknown:
        start += unknown.end()
        if start < end and found.string[start] == "(":
            start, end = start + 1, end - 1
    return (start, end) if start < end else None


def without_marks(paragraph: Traced) -> Traced:
    """Return a paragraph without editors' bracketed marks: after a dateline, without all of the brackets there."""
    if "[" not in paragraph.text:
        return paragraph
    opening = opening_of(paragraph.text)
    at = end = opening.end if opening else 0
    while bracket := _BRACKETS.match(paragraph.text, end):
        if end == at and not re.match(r"\s*\[[A-Z ]+\b", bracket.group()):
            break
        end = bracket.end()
    head = paragraph.text[at:end]
    if end > at and (editor_mark().search(head) or opening):
        paragraph = tidy(paragraph.without(at, end)) if at else paragraph.cut(end)
    while mark := editor_mark().search(paragraph.text):
        paragraph = paragraph.without(mark.start(), mark.end())
    return paragraph


def byline_of(text: str) -> tuple[str, ...] | None:
    """Return the authors that a line of its own names ("By Jane Doe and John Roe"); None where it is no byline."""
    if len(text) > 200:
        return None
    found = _BYLINE.fullmatch(text.strip(" |·•-–—"))
    if not found or re.search(r"[.!?]\s+[a-z]|\b(said|was|were|has|have|is|are)\b", found["names"]):
        return None
    return names_of(found["names"])


def names_of(listed: str) -> tuple[str, ...]:
    """Return the single names of a list of authors, without their posts, outlets and the day that may follow."""
    listed = re.sub(r"^\s*by:?\s+", "", listed, flags=re.I)
    listed = _AFTER_NAMES.split(listed)[0]
    pieces = re.split(r"\s*(?:,|;|&|\band\b|\bwith\b)\s*", listed)
    names = [piece.strip(" .,|-") for piece in pieces]
    return tuple(
        dict.fromkeys(
            n for n in names if n and n[0].isupper() and not _POST.search(n) and not masthead(n) and len(n.split()) <= 5
        )
    )


_POST = re.compile(
    r"\b(reporter|correspondent|editor|staff|writer|bureau|chief|desk|team|columnist|contributor|news|service|agency|"
    r"press|reuters|afp|ap|associated|media|magazine|times|post|updated|published|senior|photographer|video)\b",
    re.I,
)


_OUTLET = re.compile(
    r"\b(agency|chronicle|courier|daily|gazette|globe|guardian|herald|journal|mail|magazine|mirror|monitor|news|newspaper|"
    r"observer|online|post|press|radio|record|register|standard|star|sun|telegraph|times|today|tribune|tv|voice|weekly)\b",
    re.I,
)


def is_outlet_like(name: str) -> bool:
    """Say whether a name has a word by which papers and stations are called."""
    return bool(_OUTLET.search(name))


def service_credited(body: str) -> str | None:
    """Return the service that the body credits ("..., Radio Varda's News Service reports."); None for none."""
    found = _SERVICE.search(body)
    if found:
        return re.sub(r"^the ", "", found["service"])
    credit = _CREDIT.search(body)
    name = credit["name"] if credit else ""
    return agency_named(name)


def known_agency(name: str) -> str:
    """Return an agency's usual name where it is on the list, else the name as given."""
    return agency_named(name) or name.strip()
