"""Places that no gazetteer knows: the words around a capitalised name say that it is one."""

from __future__ import annotations

import re
from functools import cache

from sayso.languages import words as word_list
from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.resolve.gazetteer import key_of
from sayso.resolve.where.walk import PLACE, Found, Walker

_NUMBERED = re.compile(r"\s*\d{1,2}[.)]\s+(?=[^\W\d_a-z])")
_OTHER = ("NORP", "EVENT", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE", "LAW",
          "WORK_OF_ART")  # fmt: skip
_LOOSE = ("ADJ", "NUM", "ADV", "NOUN", "DET", "ADP", "VERB")
_FINITE = ("VBD", "VBP", "VBZ", "MD")
LONG = 5
"""Capitalised words in the longest name of an unlisted place."""


@cache
def forenames() -> frozenset[str]:
    """Return the given names of the language's list, in lower case."""
    return frozenset(str(name) for names in word_list("forenames").values() for name in names)


class Unlisted(Walker):
    """Finds names that stand where places stand."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        super().__init__(article, analysis)
        self.people = self._people()
        self.headings = self._headings(article)
        self.doubted: list[Found] = []

    def _people(self) -> set[str]:
        """Return the keys of the first words of the persons whom the article names with more than one word."""
        persons = (n for n in self.analysis.names if n.label == "PERSON" and n.last - n.first > 1)
        return {key_of(self.tokens[n.first].text) for n in persons}

    def _headings(self, article: Article) -> set[int]:
        """Return the tokens at which a numbered paragraph opens with a name and a full stop ("1. Varda. On Monday")."""
        found = set()
        for block in article.blocks:
            mark = _NUMBERED.match(self.analysis.text, block.start, block.end)
            if mark is None or not self.tokens:
                continue
            i = self.analysis.token_at(mark.end())
            last = self.run(i, len(self.tokens))
            stop = self.tokens[last].text if last < len(self.tokens) else ""
            if self.tokens[i].start == mark.end() and stop == "." and self._no_person(i):
                found.add(i)
        return found

    def whole(self, i: int, end: int) -> int:
        """Return where the name that starts at token `i` ends."""
        name, run = self.label.get(i), self.run(i, end)
        if name is None or name.first != i:
            return run
        last = name.last - (name.last - i > 1 and self.tokens[name.last - 1].text in ("'s", "’s"))
        hyphen = last < run and self.tokens[last].text in ("-", "–")
        return run if hyphen else last

    def unlisted(self, i: int, begin: int, end: int) -> Found | None:
        """Return the name at token `i` as a place of which only the words are known; None where nothing says so."""
        called = self.noun_of(i, begin) in self.lex.settlement
        last = self.run(i, end) if called else self.whole(i, end)
        found = Found(i, last, key_of(self.words(i, last)), ())
        name = self.label.get(i)
        if not self._plain(found, called) or (name is not None and name.first < i):
            return None
        found.kind = self._told(i, last, begin, end)
        known = i in self.dateline or i in self.headings or (self.followed(last, end) and self._no_person(i))
        if found.kind or known or self._stands(found, begin, end):
            return found
        self.doubted.append(found)
        return None

    def _no_person(self, i: int) -> bool:
        """Say whether the name at token `i` does not open with a given name."""
        return self.tokens[i].text.lower() not in forenames()

    def _plain(self, found: Found, called: bool) -> bool:
        """Say whether tokens may be the name of a place at all; `called`: they stand after "the village of"."""
        i, last = found.first, found.last
        name, words = self.label.get(i), self.words(i, last)
        tokens = self.tokens[i:last]
        if name is not None and name.label in _OTHER and not called:
            return False
        if "," in words or any(c.isdigit() for c in words) or len(found.key) < 3 or len(tokens) > LONG + 2:
            return False
        acronym = words.isupper() and len(words) < 6 and i not in self.dateline
        low = tokens[-1].text.lower()
        built = low in self.lex.building or low in self.lex.bodies or (len(tokens) == 1 and low in self.lex.generic)
        return not acronym and not built and found.key not in self.lex.never and found.key not in self.lex.brands

    def _told(self, i: int, last: int, begin: int, end: int) -> str | None:
        """Return "settlement" where a noun says so: "the village of X", "X village", "X, a village near Y"."""
        lex, tokens = self.lex, self.tokens
        noun = self.noun_of(i, begin)
        if noun in lex.settlement:
            return "settlement"
        if noun in lex.held and self.run(i, end) == last:
            return "second"
        after = tokens[last].text.lower() if last < end else ""
        if after in lex.called - {"city"}:
            return "settlement"
        if after not in (",", "("):
            return None
        follow = tokens[last + 1 : min(end, last + 9)]
        for k, token in enumerate(follow):
            low = token.text.lower()
            if k and low in lex.settlement:
                beyond = follow[k + 1].pos if k + 1 < len(follow) else "PUNCT"
                return "settlement" if beyond not in ("NOUN", "PROPN") else None
            if low in lex.distance and k:
                return "settlement"
            if (low not in lex.approach and token.pos != "NUM") if k == 0 else token.pos not in _LOOSE:
                return None
            if token.tag in _FINITE:
                return None  # "In Varda, two grenades exploded outside a cinema" says nothing of what Varda is
        return None

    def _stands(self, found: Found, begin: int, end: int) -> bool:
        """Say whether the word before a name leads to a place and the name is that of no person or body."""
        i, last = found.first, found.last
        name = self.label.get(i)
        label = name.label if name is not None else ""
        before = self.tokens[i - 1].text.lower() if i > begin else ""
        if self.run(i, end) > last or self.in_title(begin, end):
            return False
        after = self.tokens[last] if last < end else None
        if after is not None and (after.text in ("'s", "’s", "-") or after.pos in ("NOUN", "PROPN")):
            return False
        single = last - i == 1
        if found.key in self.surnames or (single and (label == "PERSON" or self.tokens[i].pos != "PROPN")):
            return label in PLACE and found.key not in self.surnames
        if before in self.lex.strict:
            return self.tokens[self.tokens[i - 1].head].lemma.lower() not in self.lex.abstract
        aimed = self.tokens[i - 2].lemma.lower() in self.lex.aims if i - 2 >= begin else False
        return before == "at" and not single and label in ("PERSON", "FAC", "") and not aimed
