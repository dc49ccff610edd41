"""Makes articles of an invented grammar, copies as newspapers make them, and other reports of the same incidents."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

GRAMMAR: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("copies.yaml").read_text(encoding="utf-8"))
SEED, ARTICLES = 5, 10_000
LONGEST_BACKGROUND = 45
"""Words of a paragraph of background that many reports of an agency have."""
_SLOT = re.compile(r"\{(\w+)\}")
_FACT = re.compile(r"<(\w+)>")
Paragraphs = list[str]


@dataclass(slots=True)
class Made:
    """One made article: its text, the family of copies that it is of, and how it was made (none for an origin)."""

    text: str
    family: int
    how: str = ""


@dataclass(slots=True)
class Incident:
    """What the reports of one incident have in common."""

    facts: dict[str, str]
    quote: str = ""
    background: str = ""


@dataclass(slots=True)
class Writer:
    """Writes articles; the same seed gives the same ones."""

    rng: random.Random
    backgrounds: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        while len(self.backgrounds) < 60:
            text = self.paragraph(self.incident().facts, self.rng.choice((1, 2)))
            self.backgrounds += [text] if _words(text) <= LONGEST_BACKGROUND else []

    def word(self) -> str:
        """Return an invented name."""
        return "".join(self.rng.choice(GRAMMAR["syllables"]) for _ in range(self.rng.choice((2, 2, 3)))).capitalize()

    def fill(self, pattern: str, facts: dict[str, str]) -> str:
        """Return a pattern with all its slots filled."""
        made = {"name": lambda: f"{self.word()} {self.word()}", "town": self.word, "number2": self.age}

        def drawn(match: re.Match[str]) -> str:
            slot = match[1]
            return made[slot]() if slot in made else self.rng.choice(GRAMMAR[slot])

        while _SLOT.search(pattern):
            pattern = _SLOT.sub(drawn, pattern)
        return _FACT.sub(lambda m: facts.get(m[1]) or facts[m[1].lower()].upper(), pattern)

    def age(self) -> str:
        """Return a number of up to two digits."""
        return str(self.rng.randint(2, 79))

    def incident(self) -> Incident:
        """Return the facts of a new incident."""
        people = {role: f"{self.word()} {self.word()}" for role in ("chief", "witness", "mayor", "victim")}
        day = self.rng.choice(GRAMMAR["weekday"])
        return Incident(facts={**people, "town": self.word(), "region": self.word(), "day": day})

    def sentence(self, facts: dict[str, str], kind: str = "sentence") -> str:
        """Return one sentence."""
        text = self.fill(self.rng.choice(GRAMMAR[kind]), facts)
        return text[0].upper() + text[1:] if text[0] != '"' else text[0] + text[1].upper() + text[2:]

    def paragraph(self, facts: dict[str, str], sentences: int = 0) -> str:
        """Return a paragraph of one to three sentences."""
        return " ".join(self.sentence(facts) for _ in range(sentences or self.rng.choice((1, 1, 2, 2, 3))))

    def framed(self, body: Paragraphs, facts: dict[str, str]) -> Paragraphs:
        """Return a body with a headline, credits, a dateline and standing lines."""
        rng = self.rng
        head = [self.fill(rng.choice(GRAMMAR["headline"]), facts)]
        head += [rng.choice(GRAMMAR["credit"])] if rng.random() < 0.5 else []
        first = self.fill(rng.choice(GRAMMAR["dateline"]), facts) + body[0]
        return [*head, first, *body[1:], *rng.sample(GRAMMAR["standing"], rng.choice((0, 1, 1, 2)))]

    def report(self, incident: Incident, shared: float = 0.0) -> Paragraphs:
        """Return the body of a report; `shared` is how likely it has the incident's quotation, and its background."""
        rng, facts = self.rng, incident.facts
        count = max(1, min(60, round(rng.lognormvariate(1.9, 0.7))))
        body = [self.sentence(facts, "lead"), *(self.paragraph(facts) for _ in range(count))]
        if rng.random() < shared:
            body.insert(rng.randint(1, len(body)), incident.quote)
        if rng.random() < (shared or 0.3):
            body.insert(rng.randint(1, len(body)), incident.background)
        return body


@dataclass(slots=True)
class Desk:
    """Makes a copy out of an article's body in one of the ways that newspapers do."""

    writer: Writer
    facts: dict[str, str]

    def exact(self, body: Paragraphs) -> Paragraphs:
        """Return it as it is."""
        return list(body)

    def cut(self, body: Paragraphs, least: float = 0.4, most: float = 0.6) -> Paragraphs:
        """Return the beginning of it, 40 to 60 in 100 words."""
        wanted = self.writer.rng.uniform(least, most) * sum(map(_words, body))
        kept: Paragraphs = []
        while sum(map(_words, kept)) < wanted:
            kept.append(body[len(kept)])
        return kept

    def brief(self, body: Paragraphs) -> Paragraphs:
        """Return the beginning of it, 15 to 25 in 100 words."""
        return self.cut(body, 0.15, 0.25)

    def thinned(self, body: Paragraphs) -> Paragraphs:
        """Return half of its paragraphs, in order."""
        keep = sorted(self.writer.rng.sample(range(len(body)), (len(body) + 1) // 2))
        return [body[k] for k in keep]

    def reordered(self, body: Paragraphs) -> Paragraphs:
        """Return its paragraphs in another order."""
        return self.writer.rng.sample(body, len(body))

    def lengthened(self, body: Paragraphs) -> Paragraphs:
        """Return it with 30 in 100 words of new paragraphs among the old."""
        longer, wanted = list(body), 1.3 * sum(map(_words, body))
        while sum(map(_words, longer)) < wanted:
            longer.insert(self.writer.rng.randint(0, len(longer)), self.writer.paragraph(self.facts))
        return longer

    def headed(self, body: Paragraphs) -> Paragraphs:
        """Return it with an own first and last paragraph."""
        return [self.writer.sentence(self.facts, "lead"), *body[1:], self.writer.paragraph(self.facts)]

    def edited(self, body: Paragraphs) -> Paragraphs:
        """Return it with small edits: other words, numbers in digits, other quotation marks, a sentence less."""
        rng = self.writer.rng
        pairs = [pair for a, b in GRAMMAR["swaps"] for pair in ((a, b), (b, a)) if rng.random() < 0.25]
        pairs += [pair for pair in GRAMMAR["digits"].items() if rng.random() < 0.7]
        changes = dict(pairs)
        pattern = re.compile(rf"\b({'|'.join(map(re.escape, changes)) or '(?!)'})\b")
        body = [pattern.sub(lambda m: changes[m[1]] if rng.random() < 0.8 else m[1], part) for part in body]
        marks = rng.choice(("\u201c\u201d", "''", "\u00ab\u00bb"))
        return [re.sub(r'"([^"]*)"', rf"{marks[0]}\1{marks[1]}", part) for part in body]


WAYS: dict[str, tuple[Callable[[Desk, Paragraphs], Paragraphs], ...]] = {
    "exact": (Desk.exact,),
    "cut": (Desk.cut,),
    "brief": (Desk.brief,),
    "thinned": (Desk.thinned,),
    "reordered": (Desk.reordered,),
    "lengthened": (Desk.lengthened,),
    "headed": (Desk.headed,),
    "edited": (Desk.edited,),
    "edited, reordered": (Desk.edited, Desk.reordered),
    "cut, edited": (Desk.cut, Desk.edited),
    "cut, headed": (Desk.cut, Desk.headed),
    "edited, lengthened, headed": (Desk.edited, Desk.lengthened, Desk.headed),
}
"""Ways to make a copy; but for `exact`, each has its own headline, credits and standing lines."""


def made(articles: int = ARTICLES, seed: int = SEED) -> list[Made]:
    """Return made articles in a mixed order."""
    rng = random.Random(seed)
    writer = Writer(rng)
    found: list[Made] = []
    while len(found) < articles:
        found += _family(writer, len(found))
    del found[articles:]
    rng.shuffle(found)
    return found


def _family(writer: Writer, family: int) -> Iterator[Made]:
    """Yield one origin, its copies (up to eight), other reports of its incident, and one report of another."""
    rng, incident = writer.rng, writer.incident()
    incident.quote, incident.background = _quotation(writer, incident), rng.choice(writer.backgrounds)
    body = writer.report(incident, shared=0.8)
    text = writer.framed(body, incident.facts)
    yield Made("\n\n".join(text), family)
    desk = Desk(writer, incident.facts)
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 5, 8))):
        how = rng.choice(list(WAYS))
        copy = body
        for way in WAYS[how]:
            copy = way(desk, copy)
        yield Made("\n\n".join(text if how == "exact" else writer.framed(copy, incident.facts)), family, how)
    for k in range(rng.choice((1, 2, 3, 4, 5))):
        other = writer.framed(writer.report(incident, shared=0.9), incident.facts)
        yield Made("\n\n".join(other), family + 1_000_000 + k * 100_000)
    alone = writer.incident()
    alone.background = rng.choice(writer.backgrounds)
    yield Made("\n\n".join(writer.framed(writer.report(alone), alone.facts)), family + 2_000_000)


def _quotation(writer: Writer, incident: Incident) -> str:
    while not (text := writer.sentence(incident.facts)).startswith('"'):
        pass
    return text


def _words(text: str) -> int:
    return len(text.split())
