"""A page's source, read once: its text in units that know their place in it, and what the page says of itself.

An own scanner, because no parser keeps the offsets of characters. It is forgiving as browsers are (WHATWG HTML, section
13.2, in small) and linear in the length of the source.
"""

from __future__ import annotations

import html
import re
from array import array
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from sayso.clean.traced import Traced, tidy

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]{0,60})"
    r"(?P<attributes>(?:[\s/]++|[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?)?+|=)*+)>"
)
_ATTRIBUTE = re.compile(r"([^\s/>=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)))?")
_ENTITY = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_RAW = _names("script style noscript template textarea iframe svg math object canvas select title")
_INLINE = _names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strike "
    "strong sub sup time tt u var wbr img ruby rb rt rp"
)
_CLOSES_P = _names(
    "address article aside blockquote center details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr main menu nav ol p pre section table ul li dd dt"
)
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_DEEPEST = 2000


@dataclass(slots=True)
class Element:
    """An open element: its name, what it calls itself (class, id, role and the like), and what it is by that.

    `heading`, `figure` and `aside` are as in Unit.
    """

    name: str
    label: str
    link: bool
    hidden: bool
    credit: bool
    heading: int
    figure: int
    aside: int


@dataclass(slots=True, kw_only=True)
class Unit:
    """One block of text on the page, with what its surroundings tell of it.

    `linked` is the share of its characters inside links, `heading` the level of a heading (0 for none), `figure` the
    number of the caption-like element it stands in (0 for none), `aside` that of the innermost element that by its name
    holds other things than the report (0 for none), `label` what the innermost element calls itself.
    """

    text: Traced
    linked: float
    heading: int
    figure: int
    credit: bool
    aside: int
    label: str


@dataclass(kw_only=True)
class Page:
    """What one page holds. `meta` maps a property in lower case to its values, `times` are the `datetime` attributes
    with the number of units before each, `data` the sources of the JSON-LD scripts."""

    units: list[Unit] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    language: str | None = None
    canonical: str | None = None


_CAPTION = re.compile(r"caption", re.I)
_NO_CAPTION = re.compile(
    r"(?:no|without|with|has|hide|show|closed|ad|count|embed)-?captions?|captions?[-_]*(?:btn|button|toggle|icon|off|window|"
    r"settings|trigger|drawer-input)|svg",
    re.I,
)
_CREDIT = re.compile(
    r"(?<![a-z])(?:photo|image|img|picture|media)?[-_]{0,2}(?:credits?|copyright|attribution|photographer|agency|source)(?![a-z])|byline",
    re.I,
)
_ASIDE = re.compile(
    r"(?<![a-z])(?:related|recommend\w*|promo\w*|teasers?|newsletters?|sign-?up|subscri\w*|share|sharing|social|sidebar|"
    r"side-?bar|advert\w*|ad-slot|outbrain|taboola|trending|most-?(?:read|popular|viewed)|popular|more-?(?:on|from|stories)|"
    r"read-?(?:more|next)|comments?|disqus|footer|breadcrumbs?|cookies?|consent|paywall|navigation|menu|"
    r"tags?|topics?)(?![a-z])",
    re.I,
)
_SKIPPED = _names("nav footer dialog")
_HOLDS_ALL = _names("html body main article")
_LABELS = ("class", "id", "role", "itemprop", "data-testid", "data-component")


class _Scanner:
    """Keeps the open elements and the unit that is being written while the source is read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page()
        self.stack: list[Element] = []
        self.open: Counter[str] = Counter()
        self.text: list[str] = []
        self.origins = array("q")
        self.linked = 0
        self.owner: Element | None = None
        self.count = 0

    def scan(self) -> Page:
        """Read the source to its end."""
        source, at, quoted = self.source, 0, True
        while True:
            start = source.find("<", at)
            if start < 0:
                self.data(at, len(source))
                break
            self.data(at, start)
            if source.startswith("<!--", start):
                end = source.find("-->", start + 4)
                at = end + 3 if end >= 0 else len(source)
                continue
            following = source[start + 1 : start + 2]
            if following in ("!", "?"):
                end = source.find(">", start)
                at = end + 1 if end >= 0 else len(source)
                continue
            tag = _TAG.match(source, start) if quoted and (following.isalpha() or following == "/") else None
            if tag:
                at = self.tag(tag)
                continue
            if following.isalpha() or following == "/":
                quoted = quoted and source.startswith("</", start)
                end = source.find(">", start)
                at = end + 1 if end >= 0 else len(source)
                continue
            self.data(start, start + 1)
            at = start + 1
        self.flush()
        return self.page

    def data(self, start: int, end: int) -> None:
        """Take the text `[start, end)` of the source into the unit, entities decoded."""
        if start >= end:
            return
        if not self.origins and self.source[start:end].isspace():
            return
        length = len(self.origins)
        if "&" in self.source[start:end]:
            at = start
            for entity in _ENTITY.finditer(self.source, start, end):
                decoded = html.unescape(entity.group())
                self.text += [self.source[at : entity.start()], decoded]
                self.origins.extend(range(at, entity.start()))
                self.origins.extend([entity.start()] * len(decoded))
                at = entity.end()
            start = at
        self.text.append(self.source[start:end])
        self.origins.extend(range(start, end))
        top = self.stack[-1] if self.stack else None
        if top and top.link:
            self.linked += len(self.origins) - length
        if self.owner is None and not self.source[start:end].isspace():
            self.owner = top

    def flush(self) -> None:
        """End the unit that is being written."""
        if self.origins:
            text = tidy(Traced("".join(self.text), self.origins))
            if any(map(str.isalnum, text.text)) and not (self.owner and self.owner.hidden):
                self.page.units.append(self._unit(text))
        self.text, self.origins, self.linked, self.owner = [], array("q"), 0, None

    def _unit(self, text: Traced) -> Unit:
        owner = self.owner
        return Unit(
            text=text,
            linked=self.linked / max(1, len(self.origins)),
            heading=owner.heading if owner else 0,
            figure=owner.figure if owner else 0,
            credit=bool(owner and owner.credit),
            aside=owner.aside if owner else 0,
            label=owner.label if owner else "",
        )

    def tag(self, tag: re.Match[str]) -> int:
        """Take one tag; return where the source goes on after it."""
        name = tag["name"].lower()
        if tag["close"]:
            self.close(name)
            return tag.end()
        attributes = _attributes(tag["attributes"])
        if name == "br":
            self._line_break(tag.end())
        elif name in ("meta", "html", "link", "time"):
            self._metadata(name, attributes)
        if name in _VOID:
            if name == "hr":
                self.flush()
            return tag.end()
        if name in _RAW:
            return tag.end() if tag["attributes"].endswith("/") else self._raw(name, attributes, tag.end())
        self.begin(name, attributes)
        return tag.end()

    def _line_break(self, after: int) -> None:
        """A break is a space; two on end part paragraphs."""
        if self.text and self.text[-1] == "\n\u200b":
            self.flush()
        elif self.origins:
            self.text.append("\n\u200b")
            self.origins.extend([-1, -1])

    def _raw(self, name: str, attributes: dict[str, str], start: int) -> int:
        """Pass over an element whose inside is no text of the page; keep a title and JSON-LD."""
        end_tag = re.compile(rf"</{name}\s*>", re.I).search(self.source, start)
        end = end_tag.start() if end_tag else len(self.source)
        if name == "script" and "ld+json" in attributes.get("type", "").lower():
            self.page.data.append(self.source[start:end])
        elif name == "title" and not self.page.title:
            self.page.title = html.unescape(self.source[start : min(end, start + 1000)]).strip()
        if not end_tag:
            return len(self.source) if name in ("script", "style") else start
        return end_tag.end()

    def _metadata(self, name: str, attributes: dict[str, str]) -> None:
        page = self.page
        if name == "html":
            page.language = page.language or attributes.get("lang") or attributes.get("xml:lang")
        elif name == "link" and "canonical" in attributes.get("rel", "").lower():
            page.canonical = page.canonical or attributes.get("href")
        elif name == "time" and attributes.get("datetime"):
            page.times.append(
                (attributes["datetime"], attributes.get("itemprop", "") + " " + attributes.get("class", ""))
            )
        elif name == "meta":
            for key in ("property", "name", "itemprop", "http-equiv"):
                if attributes.get(key) and attributes.get("content"):
                    page.meta.setdefault(attributes[key].lower().strip(), []).append(attributes["content"].strip())

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if name not in _INLINE:
            self.flush()
        if name in _CLOSES_P and self.open["p"] and any(e.name == "p" for e in self.stack[-6:]):
            self.close("p")
        elif name in ("li", "tr", "td", "th", "dt", "dd", "option") and self.stack and self.stack[-1].name == name:
            self.close(name)
        if len(self.stack) >= _DEEPEST:
            return
        element = self._element(name, attributes)
        if element.credit and not (self.stack and self.stack[-1].credit):
            self.flush()
        self.stack.append(element)
        self.open[name] += 1

    def _element(self, name: str, attributes: dict[str, str]) -> Element:
        parent = self.stack[-1] if self.stack else None
        label = " ".join(filter(None, map(attributes.get, _LABELS)))
        style = attributes.get("style", "").replace(" ", "").lower()
        captioned, credited, aside = _signs(label)
        holds_all = name in _HOLDS_ALL
        captioned = name == "figcaption" or (captioned and name != "figure" and not holds_all)
        within = parent.figure if parent else 0
        credited = credited and name != "figcaption" and (captioned or bool(within))
        level = int(name[1]) if name in _HEADINGS else parent.heading if parent and name in _INLINE else 0
        self.count += 1
        return Element(
            name=name,
            label=label,
            link=name == "a" or bool(parent and parent.link),
            hidden="hidden" in attributes or "display:none" in style or bool(parent and parent.hidden),
            credit=credited or bool(parent and parent.credit),
            heading=level,
            figure=self.count if captioned and not credited else within,
            aside=self.count if name in _SKIPPED or (aside and not holds_all) else parent.aside if parent else 0,
        )

    def close(self, name: str) -> None:
        """Close the innermost element of that name and all within it; nothing where none is open."""
        if not self.open[name]:
            return
        if name not in _INLINE:
            self.flush()
        while self.stack:
            element = self.stack[-1]
            if element.credit and not (len(self.stack) > 1 and self.stack[-2].credit):
                self.flush()
            if element.name not in _INLINE:
                self.flush()
            self.stack.pop()
            self.open[element.name] -= 1
            if element.name == name:
                return


@lru_cache(maxsize=4096)
def _signs(label: str) -> tuple[bool, bool, bool]:
    """Say whether an element calls itself a caption, a credit, and something beside the report."""
    captioned = bool(_CAPTION.search(label)) and not _NO_CAPTION.search(label)
    return captioned, bool(_CREDIT.search(label)), bool(_ASIDE.search(label))


def _attributes(source: str) -> dict[str, str]:
    """Return the attributes of a tag, names in lower case, entities decoded; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        value = double or single or bare
        found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
    return found


def scan(source: str) -> Page:
    """Return what a page holds."""
    return _Scanner(source).scan()
