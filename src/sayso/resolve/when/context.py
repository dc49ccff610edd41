"""What a time hangs on: the day of writing, the dates told before, and whether the verb looks back or ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from itertools import takewhile

from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.resolve.when.clause import Clauses, Tense
from sayso.resolve.when.grammar import Expression
from sayso.resolve.when.lexicon import BREAK, Tokens, dates
from sayso.resolve.when.moment import Moment, exists

_STANDIN = 2000
"""A leap year that stands in for the unknown year of an anchor; whatever depends on it is not resolved."""
_CLIMB = 6
"""Heads to climb from a time to its verb: longer chains leave the clause."""
_HISTORY_YEARS, _HISTORY_SHARE = 8, 0.8
"""A text is a history, not news, if it names at least so many years and so large a share lie before its own."""
_PAST_YEARS, _PAST_LEAST = 20, 3
"""It is one, too, if it names at least so many years that lie so far back, and few days of its own week."""
_AHEAD, _SOON = timedelta(days=2), timedelta(days=120)
"""How far ahead of the day of writing a day lies that is told without a year: elsewhere in the world, and in the
present tense, where the same day of the year before would be a memory."""
_COMPARED = 5
"""Tokens before "a year earlier" among which "from" stands ("up from $3 million a year earlier")."""
_DATELINE_DAYS = 10
"""A report is published at most so many days after the day of its dateline."""
_EVENT_REACH, _SENTENCE_REACH = 5, 120
"""Tokens after "two days after" in which the event's noun stands; tokens of a sentence that are looked at."""
_DATES_AFTER = 4
"""Times behind "two days after" among which that of the event is sought."""
_STOPS = frozenset({",", ".", ";", ":", "(", "—", "said", "when", "that"})
"""Words behind which a date no longer belongs to the event of "two days after the event"."""
_STEM = 5
"""Letters in which two words for one event agree ("explosion", "exploded")."""
_LEAD = 600
"""Characters from the start within which a single date with a year stands for the year of the report."""
_HEADING = 12
"""Tokens that a heading has at most."""
_FAR = 8
"""Years by which a story does not jump in one step."""
_NEAR = 6
"""Sentences back to which "two days later" may hang on a date."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day of writing; with `year_known` false, `day` stands in the year 2000 for lack of the true one."""

    day: date
    year_known: bool = True


def year_of(two: str, near: int | None) -> int:
    """Return the year that two digits mean: the one nearest the anchor's, or POSIX's (69-99 in the 1900s)."""
    number = int(two)
    if near is None:
        return number + (1900 if number >= 69 else 2000)
    return min((century + number for century in range(near // 100 * 100 - 100, near // 100 * 100 + 101, 100)),
               key=lambda year: abs(year - near))  # fmt: skip


def _dateline_anchor(article: Article, tokens: Tokens, expressions: Sequence[Expression]) -> Anchor | None:
    """Return the day that the dateline gives, with its year where it has one."""
    dateline = article.dateline
    if dateline is None or dateline.day is None:
        return None
    for expression in expressions:
        fields = expression.fields
        start, end = tokens.starts[expression.first], tokens.ends[expression.last - 1]
        if start < dateline.day.end and dateline.day.start < end and "day" in fields and "month" in fields:
            day = int(str(fields["day"]).rstrip("stndrh"))
            near = article.published.year if article.published else None
            year = (
                int(fields["year"]) if "year" in fields else year_of(fields["two"], near) if "two" in fields else None
            )
            if exists(year, fields["month"], day) and (year is None or 1 <= year <= 9999):
                return Anchor(date(year or _STANDIN, fields["month"], day), year is not None)
    return None


def anchor_of(article: Article, tokens: Tokens, expressions: Sequence[Expression]) -> Anchor | None:
    """Return the day of writing: the dateline's where it fits the publication date, else that; None if unknown."""
    told = _dateline_anchor(article, tokens, expressions)
    if article.published is None:
        return told
    if told is not None:
        day = told.day
        if not told.year_known:
            years = (y for y in (article.published.year, article.published.year - 1) if exists(y, day.month, day.day))
            day = next(
                (d for y in years if y >= 1 and (d := day.replace(year=y)) <= article.published), article.published
            )
        if timedelta(0) <= article.published - day <= timedelta(days=_DATELINE_DAYS):
            return Anchor(day)
    return Anchor(article.published)


class Context:
    """The state that times are read in, from the first to the last."""

    def __init__(self, article: Article, analysis: Analysis, tokens: Tokens, expressions: Sequence[Expression]) -> None:
        self.analysis, self.tokens = analysis, tokens
        self.anchor = anchor_of(article, tokens, expressions)
        self._all, self._place = expressions, {e.last: k for k, e in enumerate(expressions)}
        years = [int(e.fields["year"]) for e in expressions if e.fields.get("year")]
        ancient = sum("era" in e.fields for e in expressions)
        self.history = self._is_history(years, ancient, expressions)
        self._sections = _sections(tokens, expressions) if self.history else []
        self.only_year = self._only_year([e for e in expressions if e.fields.get("year") and "month" in e.fields])
        self.last: Moment | None = None
        self.last_day: Moment | None = None
        self.last_sentence = self.day_sentence = -_NEAR
        self.last_explicit = False
        self._said: Moment | None = None
        self._said_sentence = -_NEAR
        self._aside: int | None = None
        table = dates()
        self._clauses, self._comes = Clauses(analysis, tokens), frozenset(table["comes"])
        self._comparing = frozenset(table["comparing"])

    def _is_history(self, years: list[int], ancient: int, expressions: Sequence[Expression]) -> bool:
        limit = self.anchor.day.year if self.anchor and self.anchor.year_known else None
        old = len(years) if limit is None else sum(year < limit for year in years)
        deictic = sum(e.kind == "deictic" or (e.kind == "date" and set(e.fields) == {"weekday"}) for e in expressions)
        if limit is not None and sum(year < limit - _PAST_YEARS for year in years) >= max(_PAST_LEAST, 2 * deictic):
            return True
        return ancient + old >= _HISTORY_YEARS and old + ancient >= _HISTORY_SHARE * (len(years) + ancient) > deictic

    def _only_year(self, dated: Sequence[Expression]) -> int | None:
        """Return the year of all dates that have one, if they agree and are no mere background (one, far down)."""
        years = {int(e.fields["year"]) for e in dated}
        leading = bool(dated) and self.tokens.starts[dated[0].first] < _LEAD
        return years.pop() if len(years) == 1 and (leading or len(dated) > 1) else None

    @property
    def day(self) -> date | None:
        """The day of writing, with its year; None where either is not known."""
        return self.anchor.day if self.anchor and self.anchor.year_known else None

    @property
    def year_near(self) -> int | None:
        """The year that two digits lie near: in a story the one told last, else that of the day of writing."""
        if self.history and self.last is not None and self.last.year is not None:
            return self.last.year
        return self.day.year if self.day else None

    def sentence(self, expression: Expression) -> int:
        """Return the number of the sentence that an expression stands in (0 where the article has no grammar)."""
        if not self.analysis.tokens:
            return 0
        return self.analysis.sentence_of(self.analysis.token_at(self.tokens.starts[expression.first]))

    def tense(self, expression: Expression) -> Tense:
        """Say whether the clause looks back ("was arrested on Tuesday") or ahead ("will meet", "is scheduled for")."""
        return self._clauses.tense(expression, history=self.history)

    def word_before(self, expression: Expression) -> str:
        """Return the word before an expression; "" at the start of the text."""
        return self.tokens.texts[expression.first - 1] if expression.first else ""

    def compares(self, expression: Expression) -> bool:
        """Say whether something is compared with the time ("up from a year earlier"), as news does with its own day."""
        before = self.tokens.texts[max(0, expression.first - _COMPARED) : expression.first]
        return not self.history and not self._comparing.isdisjoint(before)

    def remember(self, expression: Expression, moment: Moment, *, explicit: bool) -> None:
        """Take a resolved date as the one that later words can hang on."""
        if not self.history and self._clauses.told_by_speaker(expression):
            if moment.grain == "day":
                self._said, self._said_sentence = moment, self.sentence(expression)
            return
        sentence = self.sentence(expression)
        start = moment.start
        if not self.history and self.day is not None and start is not None and start > self.day:
            return  # what is still to come is no day on which something else was
        if moment.grain == "year" and self.last is not None and self.last.year == moment.year:
            return
        if self.history and self._strays(expression, moment):
            return
        self.last, self.last_sentence, self.last_explicit = moment, sentence, explicit
        if moment.grain == "day":
            self.last_day, self.day_sentence = moment, sentence

    def _strays(self, expression: Expression, moment: Moment) -> bool:
        """Say whether a story only glances at a time, and does not go on from there.

        It glances ahead, from brackets, back to where something began, or far off; what is far off twice is no glance.
        """
        before = self.tokens.texts[expression.first - 1] if expression.first else ""
        if self.last is None or self.last.year is None or moment.year is None:
            return False
        if before in ("(", "since") or self.tense(expression) == "future":
            return True
        far = abs(moment.year - self.last.year) > _FAR
        again = self._aside is not None and abs(moment.year - self._aside) <= _FAR
        self._aside = moment.year if far else None
        return far and not again

    def recent_day(self, expression: Expression) -> Moment | None:
        """Return the last day told, if it was told near enough to hang on."""
        near = self.sentence(expression) - self.day_sentence <= (_NEAR * 2 if self.history else _NEAR)
        return self.last_day if near else None

    def event_day(self, expression: Expression) -> Moment | None:
        """Return the day that "two days later" or "two days after the blast" hangs on.

        "Police said on Monday that ... two days earlier" hangs on the Monday where no later day is told before it.
        Where the words name the event, the day must have been told in a sentence that speaks of it too.
        """
        sentence = self.sentence(expression)
        if self._said_sentence == sentence > self.day_sentence and self._ends_clause(expression):
            return self._said
        day = self.recent_day(expression)
        return day if day is not None and self._tells_of(expression, self.day_sentence) else None

    def _tells_of(self, expression: Expression, sentence: int) -> bool:
        """Say whether a sentence tells of the event that "two days after" names, or none is named."""
        tokens = self.analysis.tokens
        if not tokens or self.tokens.texts[expression.last - 1] not in ("after", "before"):
            return True
        at = self.analysis.token_at(self.tokens.starts[expression.last - 1])
        event = next((t for t in tokens[at + 1 : at + 1 + _EVENT_REACH] if t.pos in ("NOUN", "VERB", "PUNCT")), None)
        if event is None or event.pos == "PUNCT":
            return True
        if any(tokens[c].text.lower() in ("a", "an", "another") for c in self.analysis.children[event.i]):
            return False  # "came two days after a bomb killed six" speaks of another bomb
        told = self.analysis.sentences[sentence]
        words = tokens[told.first : min(told.last, told.first + _SENTENCE_REACH)]
        return any(t.lemma[:_STEM] == event.lemma[:_STEM] and t.i != event.i for t in words)

    def named_after(self, expression: Expression) -> Expression | None:
        """Return the date that stands close behind "two days after": "... the raid on May 3", "... the May 3 raid"."""
        if self.tokens.texts[expression.last - 1] not in ("after", "before"):
            return None
        for found in self._following(expression):
            if found.kind == "date" and {"day", "weekday", "holiday"} & set(found.fields):
                event = self._counted_from(expression)
                if event is not None and event in self._heads(found):
                    return found
        near = next(self._following(expression), None)
        if near is None or near.kind != "date" or not {"day", "weekday", "holiday"} & set(near.fields):
            return None
        between = self.tokens.texts[expression.last : near.first]
        return near if len(between) <= _EVENT_REACH and _STOPS.isdisjoint(between) else None

    def _following(self, expression: Expression) -> Iterator[Expression]:
        """Yield the expressions that follow one, in its sentence."""
        sentence = self.sentence(expression)
        at = self._place.get(expression.last, len(self._all)) + 1
        return takewhile(lambda e: self.sentence(e) == sentence, self._all[at : at + _DATES_AFTER])

    def _counted_from(self, expression: Expression) -> int | None:
        """Return the token of the event that "two days after" counts from: "killed" in "after a bomb killed six"."""
        if not self.analysis.tokens:
            return None
        return self.analysis.governed(self.analysis.token_at(self.tokens.starts[expression.last - 1]))

    def _heads(self, expression: Expression) -> list[int]:
        """Return the tokens that an expression hangs on, the nearest first."""
        tokens, at = self.analysis.tokens, self.analysis.token_at(self.tokens.starts[expression.last - 1])
        found: list[int] = []
        while len(found) < _CLIMB and tokens[at].head != at:
            at = tokens[at].head
            found.append(at)
        return found

    def day_of_sequel(self, expression: Expression) -> Moment | None:
        """Return the day of what "came two days after a bomb killed six", told before: then the bomb's is not.

        "The attack came two days after ..." goes back to the last day told; anything else to a day of its own sentence.
        """
        if self.tokens.texts[expression.last - 1] not in ("after", "before"):
            return None
        event, day = self._counted_from(expression), self.recent_day(expression)
        if event is None or day is None:
            return None
        above = self.analysis.tokens[self.analysis.tokens[event].head].lemma.lower()
        return day if above in self._comes or self.day_sentence == self.sentence(expression) else None

    def _ends_clause(self, expression: Expression) -> bool:
        """Say whether nothing is named from which to count ("two days earlier", not "two days after the blast")."""
        return self.tokens.texts[expression.last - 1] in ("earlier", "later", "previously")

    def names_event(self, expression: Expression) -> bool:
        """Say whether the words name what the time is counted from: "a month after a ferry sank"."""
        if self.tokens.texts[expression.last - 1] not in ("after", "before") or not self.analysis.tokens:
            return False
        return self._counted_from(expression) is not None

    def event_time(self, expression: Expression) -> Moment | None:
        """Return what months and years are counted from: the last time told, where no other event is named."""
        recent = self.recent(expression)
        return recent if recent is None or self.history or self._tells_of(expression, self.last_sentence) else None

    def recent(self, expression: Expression) -> Moment | None:
        """Return the last date told of any width, if near enough (in a history, however far)."""
        return self.last if self.history or self.sentence(expression) - self.last_sentence <= _NEAR else None

    def year_for(self, expression: Expression, month: int, day: int | None) -> int | None:
        """Return the year of a date that does not name it; None where no year is known.

        A year told in the same sentence goes first, then (in news) the anchor's, then the article's only year.
        """
        last, sentence = self.last, self.sentence(expression)
        told = last is not None and last.year is not None
        if last is not None and told and self.history:
            return self._in_section(expression, _carried(last, month))
        if self.anchor is not None and self.anchor.year_known:
            same = last is not None and last.month and self.last_explicit and sentence == self.last_sentence
            if last is not None and same and last.year is not None and last.year < self.anchor.day.year:
                return last.year + (month < (last.month or 1))
            return self._anchored(expression, month, day)
        if self.only_year is not None:
            return self.only_year
        return _carried(last, month) if last is not None and told and sentence - self.last_sentence <= 1 else None

    def _in_section(self, expression: Expression, year: int | None) -> int | None:
        """Return a year as it must be where the section's heading tells of others: "2003: Invasion"."""
        heading = next((row for row in reversed(self._sections) if row[0] <= expression.first), None)
        return year if year is None or heading is None else min(max(year, heading[1]), heading[2])

    def _anchored(self, expression: Expression, month: int, day: int | None) -> int:
        """Return the anchor's year or the one before (after, if the clause looks ahead)."""
        today, tense = self.anchor.day if self.anchor else date.max, self.tense(expression)
        ahead = (month, day or today.day) > (today.month, today.day)
        due = self.word_before(expression) in ("by", "until", "till", "before")
        if tense == "future" or (due and ahead and tense == "unclear" and day is not None):
            behind = (month, day or today.day) < (today.month, today.day)
            return today.year + behind
        if ahead and day is not None and exists(today.year, month, day):
            near = _SOON if self._clauses.presents(expression) else _AHEAD
            ahead = date(today.year, month, day) - today > near
        elif ahead and self._clauses.presents(expression):  # "he goes on trial in September"
            ahead = False
        return today.year - ahead


def _sections(tokens: Tokens, expressions: Sequence[Expression]) -> list[tuple[int, int, int]]:
    """Return the headings that are times ("1998") or put them first ("2003: Invasion"): `(token, first, last year)`.

    What a heading that gives a month begins, goes on beyond it: all years are open there.
    """
    found: list[tuple[int, int, int]] = []
    for expression in expressions:
        low, high = expression.fields.get("low", expression), expression.fields.get("high", expression)
        if not (low.fields.get("year") and high.fields.get("year")) or {"era", "two", "day"} & {*low.fields}:
            continue
        first, last = expression.first, expression.last
        if tokens.texts[last : last + 1] not in ([":"], []) and tokens.letters[last] != BREAK:
            continue
        while last < len(tokens.texts) and last - first <= _HEADING and tokens.letters[last] != BREAK:
            last += 1
        opens = first == 0 or tokens.letters[first - 1] == BREAK
        if opens and tokens.letters[last : last + 1] == BREAK and tokens.texts[last - 1] not in (".", "!", "?"):
            years = low.kind == high.kind == "year"
            to = int(high.fields.get("last") or high.fields["year"])
            found.append((first, int(low.fields["year"]), to) if years else (first, MINYEAR, MAXYEAR))
    return found


def _carried(last: Moment, month: int) -> int | None:
    """Return the year in which a story goes on that has come to `last`: the next January follows December."""
    if last.year is None:
        return None
    return last.year + 1 if last.month is not None and last.month - month >= 9 else last.year
