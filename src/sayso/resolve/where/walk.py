"""Reading the words around a name that may be a place: its run of capitals, and what stands before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.model.analysis import Analysis, Name
from sayso.model.article import Article
from sayso.resolve.gazetteer import Row, gazetteer, key_of
from sayso.resolve.where.lexicon import Lexicon, lexicon, state_rows

LONGEST = 6
"""Tokens in the longest name that is looked up."""

STOP = ("DET", "ADP", "AUX", "PRON", "SCONJ", "CCONJ")
PLACE = ("GPE", "LOC")


class Ground(NamedTuple):
    """What speaks for one reading: by itself, by what the words say holds it, by its country, region and neighbourhood.

    `share` is its probability.
    """

    itself: float
    held: float
    country: float
    region: float
    close: float
    share: float


@dataclass(slots=True, eq=False)
class Found:
    """A name of a place in the text: tokens `[first, last)`.

    `rows` are the places that it can be; empty for a place that no gazetteer knows. `form` is name, demonym, state
    (an abbreviation) or building (a street, landmark or neighbourhood). `kind` is what the words beside it say that it
    is (settlement, region, second, country), None where they say nothing. `inside` says that it stands within the name
    of an organization. `holder` is the place that the words say holds it, `reach` its rows as `lies_in` wants them;
    `beside` is the town that the words put it near ("X, a village south of Y"). `heading` says that it stands alone as
    a heading, `at_sea` that the words put something off its coast, `given` that somebody marked it as a place of the
    gazetteer. `apart` are the kilometres between it and `beside`,
    `toward` the degrees from north in which it lies from there; None where the words give none. `grounds` tell what
    spoke for each reading, also where none was taken.
    """

    first: int
    last: int
    key: str
    rows: tuple[Row, ...]
    form: str = "name"
    kind: str | None = None
    inside: bool = False
    sure: bool = True
    near: bool = False
    at_sea: bool = False
    given: bool = False
    use: str = "modifier"
    holder: Found | None = None
    weights: list[float] = field(default_factory=list)
    beside: Found | None = None
    apart: float | None = None
    toward: float | None = None
    heading: bool = False
    reach: tuple[frozenset[int], tuple[Row, ...]] | None = None
    grounds: list[tuple[Row, Ground]] = field(default_factory=list)


class Walker:
    """The tokens of one article, with questions about their neighbourhood."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.lex: Lexicon = lexicon()
        self.gaz = gazetteer()
        self.label: dict[int, Name] = {i: name for name in analysis.names for i in range(name.first, name.last)}
        self.surnames = self._surnames()
        self.previous = 0
        self.dateline = range(0)
        if article.dateline is not None and article.dateline.place is not None:
            place = article.dateline.place
            self.dateline = analysis.tokens_in(place.start, place.end)

    def _surnames(self) -> set[str]:
        """Return the keys of words that end the name of a person, or what looks like one, somewhere in the article."""
        found = set()
        for one, two in zip(self.tokens, self.tokens[1:], strict=False):
            name = self.label.get(two.i)
            if one.pos != "PROPN" or two.pos != "PROPN" or not one.text[0].isupper() or not two.text[0].isupper():
                continue
            same = name is not None and name.first <= one.i
            if name is not None and same:
                person = name.label == "PERSON"
            else:
                alone = name is None or name.last - name.first == 1
                person = alone and one.i not in self.label and one.text.lower() not in self.lex.directions
            if person:
                found.add(key_of(two.text))
        return found

    def words(self, first: int, last: int) -> str:
        """Return the text of tokens `[first, last)` in restored case."""
        return self.analysis.text[self.tokens[first].start : self.tokens[last - 1].end]

    def before(self, i: int, begin: int) -> str:
        """Return the lower-case token before `i`, an article left out; "" at the head of the sentence."""
        i -= 1
        while i >= begin and self.tokens[i].text.lower() in ("the", "a", "an"):
            i -= 1
        return self.tokens[i].text.lower() if i >= begin else ""

    def run(self, i: int, end: int) -> int:
        """Return where the run of name-like tokens from `i` ends: capitals, with links between capitals."""
        last, j = i + 1, i + 1
        while j < min(end, i + LONGEST):
            word = self.tokens[j].text
            if word[0].isupper() and self.tokens[j].pos not in STOP:
                last = j + 1
            elif word.lower() not in self.lex.links:
                break
            j += 1
        return last

    def noun_of(self, i: int, begin: int) -> str:
        """Return the noun that "of" joins to the name at `i` ("the city of X"), "" where it belongs to another name."""
        k = i - 1 - (i - 1 >= begin and self.tokens[i - 1].text.lower() == "the")
        if k - 1 < begin or self.tokens[k].text.lower() != "of":
            return ""
        prior = self.tokens[k - 2] if k - 2 >= begin else None
        named = prior is not None and prior.pos == "PROPN" and self.tokens[k - 1].text[0].islower()
        return "" if named else self.tokens[k - 1].text.lower()

    def inside(self, i: int, last: int) -> bool:
        """Say whether tokens `[i, last)` are a part of the name of an organization or the like."""
        name = self.label.get(i)
        if name is None or name.label in (*PLACE, "NORP", "PERSON"):
            return False
        first = name.first + (self.tokens[name.first].text.lower() == "the")
        return first < i or name.last - (self.tokens[name.last - 1].text in ("'s", "’s")) > last

    def listed(self, i: int) -> bool:
        """Say whether only commas and "and" stand between the last place and token `i`."""
        gap = self.tokens[self.previous : i] if 0 < i - self.previous <= 2 else ()
        return bool(gap) and all(t.text in (",", "and", "or", "&", "/") for t in gap)

    def of_people(self, last: int, end: int) -> bool:
        """Say whether a noun for the people or the services of a town follows ("a Laconia man")."""
        return last < end and self.tokens[last].text.lower() in self.lex.people

    def follows_a_name(self, i: int, begin: int) -> bool:
        """Say whether a capitalised word that belongs to no name stands right before ("Monte" before "Fresco")."""
        if i - 1 <= begin or i - 1 in self.label:
            return False
        prior = self.tokens[i - 1]
        return prior.pos == "PROPN" and prior.text[0].isupper() and prior.text.lower() not in self.lex.directions

    def part_of_name(self, i: int, last: int, begin: int, end: int) -> bool:
        """Say whether an unlabelled name runs on in capitals, and so is likelier a part of another name."""
        after = self.tokens[last] if last < end else None
        prior = self.tokens[i - 1] if i > begin else None
        return bool(
            (after is not None and after.text[0].isupper() and after.pos == "PROPN" and self.label.get(last) is None)
            or (
                prior is not None and prior.text[0].isupper() and prior.pos == "PROPN" and self.label.get(i - 1) is None
            )
        )

    def label_is(self, i: int, label: str) -> bool:
        """Say whether the name at token `i` has this label."""
        name = self.label.get(i)
        return name is not None and name.label == label

    def named_so(self, i: int) -> bool:
        """Say whether token `i` is a capitalised part of a name, no direction ("Northern") and no small word."""
        token = self.tokens[i]
        low = token.text.lower()
        return token.text[0].isupper() and token.pos == "PROPN" and low not in self.lex.directions

    def cut(self, first: int, last: int) -> bool:
        """Say whether tokens `[first, last)` are only a part of a longer name that is one word for one place or person.

        Nothing is cut where what is left says what it is ("Varda City", "Port of Varda", "Varda police").
        """
        name = self.label.get(first)
        if name is None or name.label == "NORP":
            return False
        whole = self.run(name.first, name.last) if name.first < name.last else name.last
        whole = min(max(whole, last), name.last)
        after = [t.text.lower() for t in self.tokens[last:whole]]
        if after and after[0] in ("'s", "’s"):
            after = []
        told = self.lex.generic
        if (
            after
            and name.label in (*PLACE, "FAC", "PERSON")
            and after[-1] not in told
            and after[-1] not in self.lex.never
        ):
            return True
        prior = self.tokens[first - 1].text.lower()
        return first > name.first and self.named_so(first - 1) and (prior not in told or prior in self.lex.landmark)

    def determined(self, i: int, last: int) -> bool:
        """Say whether "a" or "his" stands before a name and no noun after it: a thing of that make."""
        if i == 0 or self.tokens[i - 1].text.lower() not in ("a", "an", "his", "her", "their", "my", "our", "its"):
            return False
        after = self.tokens[last] if last < len(self.tokens) else None
        return after is None or after.pos not in ("NOUN", "PROPN", "ADJ", "PUNCT")

    def in_title(self, begin: int, end: int) -> bool:
        """Say whether most words of a sentence that belong to no name are capitalised."""
        long = [t for t in self.tokens[begin:end] if len(t.text) > 2 and t.text[0].isalpha() and t.i not in self.label]
        return 2 * sum(t.text[0].isupper() for t in long) > len(long)

    def followed(self, last: int, end: int) -> bool:
        """Say whether a comma and a state, region or country follow at `last`, as in "Wilmington, Calif."."""
        if last + 1 >= end or self.tokens[last].text not in (",", "("):
            return False
        for stop in range(min(end, last + 4), last + 1, -1):
            words = self.words(last + 1, stop)
            if not words[0].isupper():
                continue
            if state_rows(words) or any(r.level <= 1 and r.rank < 2 for r in self.gaz.keyed(key_of(words))[:3]):
                return True
        return False
