"""Turns away what only looks like a time: months that are verbs or names, years that count people, named squares."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from sayso.model.analysis import Analysis, Token
from sayso.model.article import Article
from sayso.resolve.when.grammar import Expression
from sayso.resolve.when.lexicon import BREAK, Tokens, dates

DASHES = ("-", "–", "—")
_DETERMINED = frozenset({"back", "recent", "weekend", "unitof", "vague", "range"})
"""Kinds whose "the" says which one is meant."""
_SPANS = frozenset({"hour", "week", "month", "year"})
"""Units whose first is a stretch ("the first hour of trading"), where a first day is one day."""
_NOMINAL = ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
"""Parts of speech that a noun phrase begins with."""
_ONE = frozenset(word for word in dates()["words"]["UNIT"])
"""Units of time in the singular."""


class Guard:
    """Says of each candidate whether it can be a time where it stands."""

    def __init__(self, tokens: Tokens, article: Article, analysis: Analysis) -> None:
        self.tokens, self.article, self.analysis = tokens, article, analysis
        table = dates()
        self._names, self._groups = frozenset(table["names"]), frozenset(table["groups"])
        self._weekday_names = frozenset(table["weekday_names"])
        before = ("year", "units", "clock", "time", "season", "stretch", "short")
        listed = ("prepositions", "ambiguous", "given_names", "not_years", "of_a_time", "whole", "determiners", "days")
        self._lists = {name: frozenset(table[name]) for name in (*listed, *(f"before_{name}" for name in before))}
        self._checks: dict[str, Callable[[Expression], bool]] = {
            "date": self._date,
            "year": self._year,
            "decade": self._decade,
            "season": self._season,
            "militaryclock": self._military,
            "bareunits": lambda e: self._before(e) in self._lists["before_units"] and e.fields["unit"] != "quarter",
            "duration": self._duration,
            "openings": lambda e: e.fields["unit"] in _SPANS and self._word(e.last) == "of",
            "part": self._part,
            "set": lambda e: "often" not in e.fields or not (self._capital(e.first) and self._capital(e.last)),
            "relative": lambda e: "month" not in e.fields or not self._is(e.last - 1, "AUX", "VERB"),
            "shift": self._shift,
            "vagueshift": self._shift,
            "vague": self._vague,
            "half": self._half,
            "shortyear": lambda e: self._before(e) in self._lists["before_short"] and self.ends_phrase(e.last),
            "theyear": self._the_year,
            "recent": self._stretch,
            "clock": self._clock,
            "weekend": lambda e: self._word(e.last) != "of",
            "yearago": lambda e: self._word(e.last) not in ("", ".", ","),
        }

    def ends_phrase(self, i: int) -> bool:
        """Say whether a number or date before token `i` counts or describes nothing there: no noun follows."""
        if i >= len(self.tokens.texts):
            return True
        token = self.token(i)
        if token is None:
            return not self.tokens.texts[i][:1].isalnum()
        return token.pos not in ("NOUN", "ADJ", "PROPN", "NUM") and token.tag != "POS"

    def _word(self, i: int) -> str:
        return self.tokens.texts[i] if 0 <= i < len(self.tokens.texts) else ""

    def _before(self, expression: Expression) -> str:
        return self._word(expression.first - 1)

    def _capital(self, i: int) -> bool:
        return 0 <= i < len(self.tokens.starts) and self.analysis.text[self.tokens.starts[i]].isupper()

    def token(self, i: int) -> Token | None:
        """Return the grammar's token where the `i`-th token here begins; None where the article has no grammar."""
        if not self.analysis.tokens or not 0 <= i < len(self.tokens.starts):
            return None
        return self.analysis.tokens[self.analysis.token_at(self.tokens.starts[i])]

    def _is(self, i: int, *tags: str) -> bool:
        token = self.token(i)
        return token is not None and (token.pos in tags or token.tag in tags)

    def bracketed(self, expression: Expression) -> bool:
        """Say whether the expression stands in brackets, as the hour in another zone does."""
        return self._before(expression) in ("(", "[")

    def accepts(self, expression: Expression) -> bool:
        """Say whether the expression stands; one that names a square becomes a `none`, so that no part of it stands."""
        if self._named(expression):
            expression.kind = "none"
            return True
        check = self._checks.get(expression.kind)
        return check(expression) if check else True

    def _named(self, expression: Expression) -> bool:
        """Say whether a street, a movement or the like is named after the time."""
        after = expression.last
        if expression.kind not in ("date", "deictic", "year", "season") or self._word(after) not in self._names:
            return False
        determined = self._word(expression.first) == "the" or self._before(expression) == "the"
        group = determined and self._word(after) in self._groups and "day" in expression.fields
        return self._capital(after) or self.article.capitals or group

    def _date(self, expression: Expression) -> bool:
        fields = expression.fields
        if "two" in fields:
            return self._short_year(expression)
        if "holiday" in fields and not self._is(expression.last - 1, "NUM"):
            return not self._is(expression.last, "NOUN", "PROPN")
        if "day" in fields and "month" not in fields:
            return self._next_ends_phrase(expression)
        if "day" in fields or "year" in fields:
            return not self._counts_things(expression)
        if "weekday" in fields and self._before(expression) in self._weekday_names:
            return False
        if "weekday" in fields and self._word(expression.first) == "the" and self._is(expression.last, "PROPN"):
            return not self._is(expression.last, "NNP", "NNPS")  # a paper: "the Sunday Courier"
        if "weekday" in fields:
            return self._not_ambiguous(expression, expression.last - 1)
        if "month" in fields and "rel" not in fields:
            return self._month(expression)
        return True

    def _short_year(self, expression: Expression) -> bool:
        """Accept a two-digit year after an apostrophe, in a dateline, or in wire style (`13 Dec 89`)."""
        tokens = self.tokens
        if self._word(expression.last - 2) in ("'", "’", "‘"):
            return True
        start, end = tokens.starts[expression.first], tokens.ends[expression.last - 1]
        dateline = self.article.dateline
        if dateline is not None and end <= dateline.end + 8:
            return True
        months = [i for i in range(expression.first, expression.last) if len(tokens.texts[i]) in (3, 4)]
        wire = any(self.analysis.source_text[tokens.starts[i] : tokens.ends[i]].isupper() for i in months)
        opening = start < 400 and not self.analysis.source_text[end : end + 2].strip(" ,").isalpha()
        return bool(months) and (wire or opening) and not self._is(expression.last, "NOUN", "ADJ")

    def _next_ends_phrase(self, expression: Expression) -> bool:
        """Accept "the 20th" where nothing is counted by it."""
        if (
            self._is(expression.last, "NOUN", "PROPN", "ADJ", "NUM", "VBG", "VBN")
            or self._word(expression.last) in "-–"
        ):
            return False
        return self._before(expression) in ("on", "by", "until", "from", "of", "since", "to", "and", ",")

    def _counts_things(self, expression: Expression) -> bool:
        """Say whether the last number counts what follows: "in May 20 people were killed"."""
        last = self._word(expression.last - 1)
        if (
            "year" in expression.fields
            or not last.isdigit()
            or self._before(expression) not in ("in", "since", "during")
        ):
            return False
        return self._is(expression.last, "NOUN", "ADJ")

    def _not_ambiguous(self, expression: Expression, i: int) -> bool:
        """Turn away a short or double-meaning word that nothing marks as a time."""
        word = self._word(i)
        if word == ".":
            i -= 1
            word = self._word(i)
            if word in ("sat", "sun", "mar", "may", "march", "august"):
                return self._capital(i) and self._before(expression) in self._lists["prepositions"]
        if word not in self._lists["ambiguous"]:
            return True
        return self._capital(i) and not self._is(i, "VERB", "AUX") and self._word(i + 1) in (",", ".", ")", "")

    def _month(self, expression: Expression) -> bool:
        """Accept a bare month that is no verb, no person and no part of a longer name."""
        last = expression.last - 1
        if self._word(last) == ".":
            last -= 1
        word, before = self._word(last), self._before(expression)
        if "mod" in expression.fields or self._word(last - 2) == "month":
            return True
        if before in ("and", ",", "(") and word in self._lists["given_names"] and self._is(last + 1, "PROPN"):
            return False
        if self._is(last, "AUX") or (self._is(last, "VERB") and word in self._lists["ambiguous"]):
            return False
        if not self._capital(last):
            return before in self._lists["prepositions"] and word not in (
                "may",
                "march",
                "mar",
                "dec",
                "sep",
                "jan",
                "august",
            )
        if word in ("march", "may") and before == "the":
            return False
        if before in self._lists["prepositions"] or before in ("(", "the"):
            return not (word in self._lists["ambiguous"] and self._capital(last + 1) and self._is(last, "PROPN"))
        if word in ("may", "march", "august", "april", "june", "jan", "mar", "dec"):
            return False
        return not (self._capital(expression.first - 1) and not self._starts_sentence(expression.first - 1))

    def _starts_sentence(self, i: int) -> bool:
        return i <= 0 or self._word(i - 1) in (".", "!", "?", '"', "”", "“") or self._word(i - 1).isspace()

    def _duration(self, expression: Expression) -> bool:
        """Turn away "a second attack", "three quarters of the city" and years that count nothing."""
        fields = expression.fields
        unit = self._word(expression.last - 1)
        if "one" in fields and self._word(expression.last) in DASHES and self._word(expression.last + 1) == "long":
            return False  # "a month-long strike": the article is the strike's
        if "one" in fields and (unit == "long" or self._before(expression) in DASHES):
            return False
        if self._word(expression.first) == "some" and unit in _ONE:
            return False
        if self._word(expression.first) == "many" and self._before(expression) == "as":
            return False  # "the third in as many weeks"
        if fields.get("unit") == "quarter" or (unit == "second" and "number" not in fields):
            return False
        return not (unit == "second" and fields.get("number") == 1)

    def _vague(self, expression: Expression) -> bool:
        """Accept "recent attacks" and "at the time", not "they present", "for the first time", "the time he left"."""
        first, last = self._word(expression.first), self._word(expression.last - 1)
        if last == "time":
            aside = self._word(expression.last - 2) == "same" and self._word(expression.last) == ","
            told = self._before(expression) in self._lists["before_time"] and self.ends_phrase(expression.last)
            aside = aside or (first == "this" and self._word(expression.last) == "of")  # "at this time of year"
            return told and not aside and not self._is(expression.last, "PRON", "DET")
        if last == "moment":
            return self._before(expression) in ("at", "for") and self.ends_phrase(expression.last)
        if first == "date":
            return self._before(expression) == "to" and self.ends_phrase(expression.last)
        if first == "recently":
            return not (self._before(expression) == "as" and self._word(expression.last) == "as")
        if first == "future" and self._is(expression.first, "NOUN") and self._is(expression.first - 1, "PRP$", "POS"):
            return False  # "his future is bleak"
        if expression.last - expression.first > 1 or first in ("now", "future"):
            return True
        return first not in self._lists["of_a_time"] or (
            self._is(expression.first, "ADJ") and self._is(expression.last, "NOUN", "PROPN", "ADJ", "VBN")
        )

    def _shift(self, expression: Expression) -> bool:
        """Turn away "a week before moving on", which is a length of time."""
        if self._word(expression.last - 1) not in ("before", "after"):
            return True
        clock = expression.fields["unit"] in ("second", "minute", "hour")  # of these no day comes out
        return not self._is(expression.last, "VBG", "VERB") and not (clock and self._is(expression.last, *_NOMINAL))

    def _part(self, expression: Expression) -> bool:
        """Turn away a part of the day that is a name ("told Dawn") or that only points to what happened on that day.

        Of "the night of the attack" the attack's day is not known here: to take the day told before would invent one.
        """
        at = expression.first
        if (
            len(self._word(at)) > 2
            and expression.last == at + 1
            and self._capital(at)
            and not self._starts_sentence(at)
        ):
            return self.article.capitals or self.article.role_at(self.tokens.starts[at]) == "title"
        if self._before(expression) in self._lists["whole"]:
            return False
        pointed = self._word(expression.last) == "of" and self._word(expression.last + 1) in self._lists["determiners"]
        return not (
            pointed and self._is(expression.last + 2, "NOUN", "PROPN", "ADJ") and not self._next_time(expression)
        )

    def _next_time(self, expression: Expression) -> bool:
        """Say whether "the evening of the" goes on with a day."""
        return any(
            self._word(expression.last + k) in self._lists["days"] or self._word(expression.last + k)[:1].isdigit()
            for k in (2, 3)
        )

    def _season(self, expression: Expression) -> bool:
        """Turn away "they fall", "a hot spring", "the fall of the city", "the Arab Spring"."""
        fields = expression.fields
        last = expression.last - 1
        if fields.get("year") or fields.get("mod") or fields.get("rel") is not None:
            return True
        if self._is(last, "VERB") or self._capital(last + 1) or (self._capital(last) and self._capital(last - 1)):
            return False
        if self._word(last) in ("fall", "spring"):
            before = self._before(expression)
            whole = self._word(last + 1) not in ("of", "in", "from", "to")
            return whole and before in self._lists["before_season"]
        return True

    def _year(self, expression: Expression) -> bool:
        fields = expression.fields
        if "ancient" in fields or fields.get("mod"):
            return True
        if self._word(expression.first) in ("later", "earlier"):
            return True
        at = expression.last - 1
        year = int(fields.get("year", "0"))
        if "two" in fields:
            return 1500 <= year <= 2100 and (int(fields["two"]) - year) % 100 <= 50
        before = self._before(expression)
        after = self._word(expression.last)
        earlier = self._word(expression.first - 2)
        if (before in DASHES and earlier.isdigit() and len(earlier) != 4) or earlier[:1] == "+" or before[:1] == "+":
            return False
        described = takewhile(lambda k: self._is(at + k, "PROPN", "NOUN", "ADJ"), (1, 2, 3))
        model = before in ("a", "an") and any(self._is(at + k, "PROPN") for k in described)  # "a 1998 white Varda"
        if model or after in self._lists["not_years"]:
            return False
        if before in ("(", ",") or after in (*DASHES, ")"):
            return 1000 <= year <= 2050
        opens = expression.first == 0 or self.tokens.letters[expression.first - 1] == BREAK
        spans = before in DASHES and len(earlier) == 4 and earlier.isdigit()
        if (opens or spans) and after == ":":  # a heading: "2005: Elections", "2005-2007: The surge"
            return 1900 <= year <= 2050
        if after in ("%", ":") or before in ("$", "£", "€", "#", "+", ":"):
            return False
        determined = "the" in (self._word(expression.first), before) or self._is(expression.first - 1, "PRP$")
        told = before in ("in", "since", "until", "as") and 1500 <= year <= 2050  # "in 1970 American troops were"
        counts = self._is(at + 1, "NNS") or (not told and self._is(at + 1, "ADJ") and self._is(at + 2, "NNS"))
        if counts and not (determined and 1500 <= year <= 2050 and year % 100):  # "the 2000 rifles"
            return False
        if before in self._lists["before_year"] or determined:
            return 1500 <= year <= 2050 or before in ("in", "since", "year")
        return 1900 <= year <= 2050 and not self._is(expression.first - 1, "PROPN", "NUM")

    def _half(self, expression: Expression) -> bool:
        """Accept a quarter of some year: not "the first quarter of the city", "a third quarter century", a match's."""
        fields, after = expression.fields, self._word(expression.last)
        if "year" in fields or self._word(expression.last - 1) == "year":
            return True
        if "ordinal" in fields and fields["half"] == 0.5:
            return self._word(expression.last - 2) in DASHES and self._is(expression.last, "NOUN")
        return after not in ("of", "century", "centuries", "final", "finals", "-", "horse") and not after.isdigit()

    def _the_year(self, expression: Expression) -> bool:
        """Accept "sales fell for the year": not "the year of the flood", "in the year ended May 31"."""
        if self._before(expression) not in self._lists["before_stretch"] or not self.ends_phrase(expression.last):
            return False
        return self._word(expression.last) not in (
            "of",
            "when",
            "that",
            "before",
            "after",
            "since",
            "in",
            "to",
            "-",
        ) and (not self._is(expression.last, "VBN", "VBG", "PRON"))

    def _stretch(self, expression: Expression) -> bool:
        """Accept "over the last year" as a length of time, where "the last year" alone is the year that was."""
        if self._word(expression.first) != "the" or expression.last - expression.first > 3:
            return True
        whole = "number" in expression.fields or "one" in expression.fields or expression.fields["rel"] is None
        plural = self._word(expression.last - 1) not in _ONE or self._word(expression.first + 1) == "past"
        if whole or plural:
            return True
        told = self._before(expression) in self._lists["before_stretch"] and self._word(expression.last) != "of"
        return told and self._word(expression.last - 1) not in ("day", "weekend", "quarter")

    def _clock(self, expression: Expression) -> bool:
        """Turn away a verse ("Luke 10:15"), 25:00, and the time that a runner took ("2:05:10")."""
        told = str(expression.fields.get("clock", "")).split(":")
        if int(told[0].split(".")[0] or 0) > 24 or (len(told) > 2 and self._before(expression) not in ("at", "since")):
            return False
        bare = expression.last == expression.first + 1 and "clock" in expression.fields
        return not (bare and self._is(expression.first - 1, "PROPN") and self._capital(expression.first - 1))

    def own_first(self, expression: Expression) -> int:
        """Return the first token that is the time's own: "the" of "the Friday raid" is the raid's."""
        if self._word(expression.first) != "the" or expression.kind in _DETERMINED:
            return expression.first
        token, after = self.token(expression.first), self.token(expression.last)
        outside = token is not None and after is not None and token.head >= after.i and after.i > token.i
        return expression.first + outside

    def _decade(self, expression: Expression) -> bool:
        text = expression.fields["decade"]
        if "era" in expression.fields:
            return True
        if len(text.strip("'’s")) == 3 or self._is(expression.first - 1, "PRP$"):
            return False  # "in his early 30s"
        return len(text) > 4 or self._word(expression.first) == "the" or text[0] in "'’" or "mod" in expression.fields

    def _military(self, expression: Expression) -> bool:
        """Accept `at 2100` with no zone: never before a thing that it could count."""
        if self._before(expression) not in self._lists["before_clock"]:
            return False
        if self._before(expression) != "at" and not (self.article.capitals and int(expression.fields["hhmm"]) < 1700):
            return False
        return not self._is(expression.last, "NOUN", "NNS", "ADJ", "PROPN")
