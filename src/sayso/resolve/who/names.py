"""Where the article writes a name: runs of capitalised words, cut at titles, nations and what else is no part of it.

The tagger's own entities only lend their labels: it cuts unfamiliar names wrongly too often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.model.analysis import Sentence, Token
from sayso.resolve.who.draft import Cast
from sayso.resolve.who.known import first_words, known_group
from sayso.resolve.who.lexicon import Lexicon
from sayso.resolve.who.same import folded

TITLE_CASE = 0.7
"""Share of longer words with a capital from which a sentence counts as a headline."""

LONGEST = 14
"""Tokens of a name at most."""

UNITS = frozenset(
    {"brigade", "battalion", "regiment", "division", "corps", "squadron", "precinct", "army", "front", "company"}
)
"""Nouns of bodies that bear a number: "the 4th Brigade"."""

THEMES = frozenset({"council", "committee", "commission", "conference", "institute"})
"""Nouns of bodies that are named for what they are "on"."""

ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)

GANGS = frozenset({"cartel", "mafia", "gang", "militia", "militias"})
"""Nouns that belong to the name before them in small letters too: "the Orsk cartel"."""


@dataclass(slots=True, eq=False)
class Proper:
    """A name in the text: tokens `[first, last)`, the title before it, the nation before it, the tagger's label."""

    first: int
    last: int
    title: tuple[int, int] | None = None
    nation: int | None = None
    label: str = ""
    nickname: tuple[int, int] | None = None


def proper_names(cast: Cast) -> list[Proper]:
    """Return the names of the article in text order, headlines left out."""
    found: list[Proper] = []
    finder = Finder(cast)
    for sentence in cast.analysis.sentences:
        if not finder.is_headline(sentence):
            found += finder.names(sentence)
    return found


class Finder:
    """Looks for names sentence by sentence."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.analysis.tokens
        self.lexicon: Lexicon = cast.lexicon
        self.label: dict[int, str] = {}
        self.bounds: dict[int, int] = {}
        for name in cast.analysis.names:
            self.bounds[name.first] = name.last
            for i in range(name.first, name.last):
                self.label[i] = name.label
        self.starts = {s.first for s in cast.analysis.sentences}
        self.body = cast.article.dateline.end if cast.article.dateline else 0
        self.places = set(self.datelines())
        self.small = {t.text for t in self.tokens if t.text.islower() and len(t.text) > 2}
        self.inside = {t.text for t in self.tokens if t.text[0].isupper() and not self.opens(t.i)}

    def datelines(self) -> Iterator[int]:
        """Return the tokens of place names that open a block before a dash: "ASTANA --"."""
        for sentence in self.cast.analysis.sentences:
            head = self.tokens[sentence.first : sentence.first + 14]
            dash = next((t.i for t in head if t.text in {"--", "—", "–"}), None)
            if dash and self.tokens[sentence.first].text.isupper() and len(self.tokens[sentence.first].text) > 2:
                yield from range(sentence.first, dash)

    def is_headline(self, sentence: Sentence) -> bool:
        """Say whether nearly all words carry a capital, so that capitals tell nothing."""
        tall = [t for t in self.tokens[sentence.first : sentence.last] if len(t.text) > 3 and t.text.isalpha()]
        upper = sum(t.text[0].isupper() for t in tall)
        words = self.tokens[sentence.first : sentence.last]
        plain = any(
            t.text.islower() and (t.pos in {"VERB", "AUX"} or (t.pos in {"NOUN", "ADJ", "ADV"} and len(t.text) > 3))
            for t in words
        )
        return len(tall) >= 3 and upper >= TITLE_CASE * len(tall) and not plain

    def opens(self, i: int) -> bool:
        """Say whether token `i` stands where any word takes a capital."""
        return i in self.starts or (
            i > 0
            and self.tokens[i - 1].text
            in {'"', "“", "``", "'", "‘", ":", "--", "—", "–", "-", "•", "]", "*", "«", "„", "..."}
            and not self.tight(i)
        )

    def tight(self, i: int) -> bool:
        """Say whether token `i` is written without a blank after the one before."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def word(self, i: int) -> bool:
        """Say whether token `i` can be a word of a name by its own look."""
        token = self.tokens[i]
        text, low = token.text, token.text.lower()
        if (
            not text[0].isupper()
            or (low in self.lexicon.never and not self.forename(i) and not self.last_word(i))
            or token.start < self.body
            or i in self.places
        ):
            return False
        if self.opens(i):
            if (low in self.lexicon.openers and not self.opens_organization(i)) or self.people_at_large(i):
                return False
            return (
                token.pos == "PROPN"
                or known_group(text) is not None
                or text in self.inside
                or self.label.get(i) in {"PERSON", "ORG", "GPE", "NORP"}
                or (not text.islower() and text.isupper() and len(text) > 1)
            )
        return True

    def opens_organization(self, i: int) -> bool:
        """Say whether a word that may open any sentence opens a name here: "National Front", "State Department"."""
        nxt = i + 1
        if self.tokens[i].pos not in {"ADJ", "NOUN", "PROPN"} or nxt >= len(self.tokens):
            return False
        return self.tokens[nxt].text[0].isupper() and self.tokens[nxt].pos == "PROPN" and self.organ(nxt)

    def forename(self, i: int) -> bool:
        """Say whether a word that is also a month is part of a name: "Jan Holub", "April Jones"."""
        if self.tokens[i].text.lower() not in self.lexicon.maybe or i + 1 >= len(self.tokens):
            return False
        if self.label.get(i) == "PERSON":
            return True
        nxt = self.tokens[i + 1].text
        return nxt[0].isupper() and nxt.lower() not in self.lexicon.never

    def last_word(self, i: int) -> bool:
        """Say whether a word that names nobody by itself ends an organization's name here: "Lantern Watch"."""
        low = self.tokens[i].text.lower()
        return low in self.lexicon.organization and i > 0 and not self.opens(i) and self.tokens[i - 1].text[0].isupper()

    def people_at_large(self, i: int) -> bool:
        """Say whether a sentence opens with people of no name: "Rebels of the X", "Militants said"."""
        token = self.tokens[i]
        if self.lexicon.role(token) is None or token.text.lower() in self.lexicon.armed_of or i + 1 >= len(self.tokens):
            return False
        return not self.tokens[i + 1].text[0].isupper()

    def names(self, sentence: Sentence) -> Iterator[Proper]:
        """Return the names of one sentence."""
        i = sentence.first
        while i < sentence.last:
            start = i
            if self.article_prefix(i, sentence.last):
                i += 2
            if not self.word(i):
                i = start + 1
                continue
            end, nickname = self.run(i, sentence.last)
            known = self.known_end(start, sentence.last)
            if known > end:
                yield from self.plain(start, known, None, None)
                i = known
                continue
            yield from self.cut(start, end, nickname)
            i = end

    def known_end(self, i: int, last: int) -> int:
        """Return where the longest name of a known armed group from token `i` on ends; 0 where none stands here."""
        if folded(self.tokens[i].text) not in first_words():
            return 0
        ends = [e for e in range(min(i + LONGEST, last), i + 1, -1) if self.tokens[e - 1].text[-1].isalnum()]
        return next((end for end in ends if known_group(self.cast.words(i, end)) is not None), 0)

    def article_prefix(self, i: int, last: int) -> bool:
        """Say whether a lower-case Arabic article with a hyphen opens a name here: "al-Sham"."""
        return (
            i + 2 < last
            and self.tokens[i].text in {"al", "el", "ash", "as", "ar", "an", "at", "ad"}
            and self.tokens[i + 1].text == "-"
            and self.tight(i + 1)
            and self.tight(i + 2)
            and self.tokens[i + 2].text[0].isupper()
        )

    def run(self, i: int, last: int) -> tuple[int, tuple[int, int] | None]:
        """Return where the run of name words from `i` on ends, and the nickname inside it."""
        start, nickname = i, None
        i += 1
        while i < last and i - start < LONGEST:
            if self.word(i):
                i += 1
                continue
            step = self.bridge(start, i, last)
            if not step:
                nick = self.nickname(i, last)
                if nick is None:
                    break
                nickname, step = nick, nick[1] + 1 - i
            i += step
        if i < last and self.tokens[i].text.lower() in GANGS and self.tokens[i - 1].text[0].isupper():
            i += 1
        return i, nickname

    def bridge(self, start: int, i: int, last: int) -> int:
        """Return how many tokens from `i` on join what is before to a name word after them (that word left out)."""
        token, nxt = self.tokens[i], i + 1
        if nxt >= last:
            return 0
        low = token.text.lower()
        if token.text in {"-", "/", "‑"} and self.tight(i) and self.tight(nxt):
            return 1 if self.word(nxt) else self.small_link(i, last)
        if (
            self.tight(nxt + 1)
            and nxt + 1 < last
            and len(low) <= 3
            and self.tokens[nxt].text == "-"
            and self.tight(nxt)
        ):
            return 2 if self.word(nxt + 1) and low.isalpha() else 0
        if low in self.lexicon.particles:
            k = i
            while k < last and self.tokens[k].text.lower() in self.lexicon.particles:
                k += 1
            return k - i if k < last and self.word(k) else 0
        if token.text == "&" and self.word(nxt):
            return 1
        if token.tag == "POS" and self.word(nxt):
            end = self.plain_end(nxt, last)
            return (
                1 if self.organ(end - 1) or self.tokens[i - 1].text.lower() in {"people", "lord", "prosecutor"} else 0
            )
        themed = low == "on" and self.tokens[i - 1].text.lower() in THEMES
        if (low in {"of", "for"} or themed) and self.has_organ(start, i):
            k = nxt + 1 if self.tokens[nxt].text.lower() == "the" else nxt
            if k < last and self.word(k) and self.label.get(k) not in {"DATE", "PERSON"}:
                return k - i
        if (
            low == "and"
            and self.word(nxt)
            and self.label.get(nxt) not in {"PERSON", "GPE"}
            and self.state_office(start, i)
        ):
            return 1
        if (
            low in {"and", "of"}
            and self.label.get(i) == "ORG"
            and self.label.get(nxt) == "ORG"
            and self.word(nxt)
            and self.has_organ(start, i)
        ):
            return 1
        return 0

    def small_link(self, i: int, last: int) -> int:
        """Return the tokens of "-i-", "-ul-" and their like between two words of one name: "Lashkar-i-Saif"."""
        if i + 3 >= last or self.tokens[i + 2].text != "-" or not (self.tight(i + 2) and self.tight(i + 3)):
            return 0
        small = self.tokens[i + 1].text
        return 3 if small.isalpha() and small.islower() and len(small) <= 3 and self.word(i + 3) else 0

    def plain_end(self, i: int, last: int) -> int:
        """Return where the words of a name from `i` on end, without anything that joins them."""
        while i < last and self.word(i):
            i += 1
        return i

    def organ(self, i: int) -> bool:
        """Say whether token `i` is a word that organizations end in."""
        low = self.tokens[i].text.lower()
        lex = self.lexicon
        return low in lex.organization or low in lex.government or low in lex.armed_last or low in lex.armed_maybe

    def has_organ(self, start: int, end: int) -> bool:
        """Say whether the run so far names an organization that "of" can go on."""
        low = self.tokens[start].text.lower()
        if end - start > 1 and self.lexicon.faith_land(*self.low(start, start + 2)):
            return True
        return self.organ(end - 1) or low in self.lexicon.armed_of or low in self.lexicon.armed_first

    def state_office(self, start: int, end: int) -> bool:
        """Say whether the run so far is "Ministry of X" and not a name that ends here."""
        low = [t.text.lower() for t in self.tokens[start:end]]
        return (
            "of" in low
            and low[low.index("of") - 1] in {"ministry", "office", "department", "bureau", "secretariat", "institute"}
            and len(low) - low.index("of") <= 3
        )

    def nickname(self, i: int, last: int) -> tuple[int, int] | None:
        """Return the tokens of a quoted nickname between two words of a name: John "Red" Doe."""
        if self.tokens[i].text not in {'"', "“", "``", "'", "‘"}:
            return None
        for k in range(i + 2, min(i + 5, last - 1)):
            if self.tokens[k].text in {'"', "”", "''", "'", "’"}:
                inner = all(self.tokens[m].text[0].isupper() or m > i + 1 for m in range(i + 1, k))
                return (i + 1, k) if inner and self.word(k + 1) and not self.opens(k + 2) else None
        return None

    def cut(self, first: int, last: int, nickname: tuple[int, int] | None) -> Iterator[Proper]:
        """Cut a run into its names: modifiers, title, the name itself."""
        title = self.last_title(first, last)
        if self.tokens[last - 1].text.lower() in self.lexicon.place_words:
            title = None
        if title and self.organ(last - 1) and "." not in self.tokens[title[1] - 1].text and title[1] < last:
            title = None
        if title:
            if title[0] > first:
                yield from self.cut(first, title[0], None)
            if title[1] < last:
                yield from self.plain(title[1], last, title, nickname)
            return
        yield from self.plain(first, last, self.title_before(first), nickname)

    def last_title(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the rightmost title in the run that something follows or that ends it, with the ranks before it."""
        for end in range(last, first, -1):
            for start in range(max(first, end - self.lexicon.longest_title), end):
                joined = start > first and end == last and self.tokens[start - 1].text.lower() in {"of", "for", "on"}
                if joined or self.middle_name(first, start, end, last):
                    continue
                if self.lexicon.is_title(self.low(start, end)):
                    while start > first and self.tokens[start - 1].text.lower() in self.lexicon.ranks:
                        start -= 1
                    return start, end
        return None

    def middle_name(self, first: int, start: int, end: int, last: int) -> bool:
        """Say whether a title is only a word of a person's name: "Abdul Sheikh Hassan"."""
        if end - start > 1 or not first < start < last - 1 or self.tokens[start].text.lower() not in self.lexicon.borne:
            return False
        return all(self.label.get(i) == "PERSON" for i in range(start - 1, start + 2)) and not self.organ(start - 1)

    def low(self, first: int, last: int) -> tuple[str, ...]:
        """Return tokens in small letters."""
        return tuple(t.text.lower() for t in self.tokens[first:last])

    def title_before(self, first: int) -> tuple[int, int] | None:
        """Return the title in small letters before a name: "spokesman X", "police chief X"; or "Col." cut in two."""
        if first > 1 and self.tokens[first - 1].text == "." and self.tight(first - 1):
            if self.lexicon.is_title((self.tokens[first - 2].text.lower() + ".",)):
                return first - 2, first
            return None
        for start in range(max(0, first - self.lexicon.longest_title), first):
            if self.lexicon.is_title(self.low(start, first)):
                return start, first
        i = first - 1
        if i >= 0 and self.tokens[i].pos in {"NOUN", "PROPN"} and self.lexicon.role(self.tokens[i]):
            return i, first
        return None

    def plain(
        self, first: int, last: int, title: tuple[int, int] | None, nickname: tuple[int, int] | None
    ) -> Iterator[Proper]:
        """Return the name in `[first, last)` without nations before it and stray words around it."""
        nation = None
        if last - first > 2 and self.role_word(first):
            title, first = title or (first, first + 1), first + 1
        while first < last - 1 and self.nation(first) and not self.organ(last - 1):
            nation, first = first, first + 1
        if (
            last - first > 3
            and self.tokens[first + 1].tag == "POS"
            and self.low(first, first + 1)[0] in self.lexicon.places
        ):
            first += 2
        while first < last and not self.tokens[first].text[0].isalnum():
            first += 1
        while last > first and self.stray_end(last - 1):
            last -= 1
        for size in (2, 1):
            if (
                last - first >= size + 2
                and " ".join(self.low(last - size, last)) in self.lexicon.places
                and self.tokens[last - size - 1].text.lower() not in self.lexicon.connectors
                and not self.organ(last - 1)
            ):
                last -= size
        if last <= first or (last - first == 1 and self.alone_is_nobody(first)):
            return
        if self.tokens[last - 1].text.lower() in UNITS and first > 0 and ORDINAL.fullmatch(self.tokens[first - 1].text):
            first -= 1
        labels = [self.label.get(i, "") for i in range(first, last)]
        label = max(set(labels), key=lambda name: (labels.count(name), name))
        yield Proper(first, last, title, nation, label, nickname)

    def nation(self, i: int) -> bool:
        """Say whether token `i` is an adjective or noun of nation, and no part of a compound or of a group's name."""
        if self.lexicon.faith_land(*self.low(i, i + 2)):
            return False
        return self.lexicon.nation(self.tokens[i].text) is not None and self.tokens[i + 1].text not in {"-", "/"}

    def role_word(self, i: int) -> bool:
        """Say whether token `i` is a noun for people before a name: "Jesuits X, Y and Z", "Banker X" at the start."""
        low = self.tokens[i].text.lower()
        if low in self.lexicon.forenames or self.label.get(i) == "ORG":
            return False
        if not self.tokens[i + 1].text[0].isupper():
            return False
        return (low.endswith("s") and low[:-1] in self.lexicon.roles) or (self.opens(i) and low in self.lexicon.roles)

    def stray_end(self, i: int) -> bool:
        """Say whether token `i` does not belong at the end of a name."""
        text = self.tokens[i].text
        return not (text[0].isalnum() or text.endswith(".")) or (
            text.lower() in self.lexicon.never and not self.forename(i) and not self.last_word(i)
        )

    def alone_is_nobody(self, i: int) -> bool:
        """Say whether a word by itself, for all its capital, names nobody."""
        token = self.tokens[i]
        low = token.text.lower()
        if low in self.lexicon.openers or (token.text.isupper() and (low in self.small or len(low) > 8)):
            return True
        if len(low) == 1 or low.rstrip(".") in self.lexicon.never or not any(c.isalpha() for c in low):
            return True
        return self.lexicon.nation(low) is not None or self.lexicon.role(token) is not None


def texts(tokens: tuple[Token, ...], name: Proper) -> list[str]:
    """Return the words of a name."""
    return [t.text for t in tokens[name.first : name.last]]
