"""Find the words that name places: what spaCy calls a place, and what the gazetteer knows in the context of a place."""

from __future__ import annotations

from sayso.model.analysis import Name
from sayso.resolve.gazetteer import Row, key_of
from sayso.resolve.where.lexicon import demonym_rows, state_rows
from sayso.resolve.where.unlisted import Unlisted
from sayso.resolve.where.walk import PLACE, STOP, Found

_NO_PLACE = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE", "LAW", "WORK_OF_ART")

WIDE = 500_000
"""People: a country or state from this size on is named in the names of other things too."""

KNOWN = 100_000
"""People: a town from this size on is known by any of its names, not by its main name only."""


def best_town(rows: tuple[Row, ...]) -> Row:
    """Return the national capital among some readings of a name, else the most populous one."""
    return max(rows, key=lambda r: (r.capital, r.population))


class Finder(Unlisted):
    """Walks over the tokens of one article once."""

    def find(self) -> list[Found]:
        """Return the places of all sentences, in text order; a building's name may hold that of a place.

        A name that is surely a place somewhere in the article is one wherever it stands.
        """
        found: list[Found] = []
        for sentence in self.analysis.sentences:
            i, self.previous = sentence.first, -9
            while i < sentence.last:
                taken = self._at(i, sentence.first, sentence.last)
                found.extend(taken)
                i = max(i + 1, taken[-1].last if taken else 0)
                self.previous = i if taken else self.previous
        heard = {one.key for one in found if one.sure and not one.inside and one.form == "name"}
        taken_up = {i for one in found for i in range(one.first, one.last)}
        for one in self.doubted:
            if one.key in heard and taken_up.isdisjoint(range(one.first, one.last)):
                found.append(one)
                taken_up.update(range(one.first, one.last))
        listed = {one.key: one.rows for one in found if one.rows and one.form == "name" and not one.inside}
        for one in found:
            if not one.rows and one.form == "name" and one.key in listed:
                one.rows = listed[one.key]
        return sorted(found, key=lambda one: (one.first, -one.last if one.form == "building" else one.last))

    def given(self, start: int, end: int) -> Found | None:
        """Return the name at offsets `[start, end)` as a place, whatever it looks like; None where there is no word."""
        if not 0 <= start < end <= len(self.analysis.text) or not self.tokens:
            return None
        inside = self.analysis.tokens_in(start, end) or range(
            self.analysis.token_at(start), self.analysis.token_at(end - 1) + 1
        )
        if not inside:
            return None
        i, last = inside.start, inside.stop
        words = self.analysis.text[start:end]
        sentence = self.analysis.sentences[self.analysis.sentence_of(i)]
        stem, kind, _ = self._kind(i, last, sentence.first, sentence.last)
        for rows in (state_rows(words), demonym_rows(words)):
            if rows:
                return Found(i, last, key_of(rows[0].name), rows, "state")
        common = self.lex.generic | self.lex.never | self.lex.directions
        parts = (key for key in _shorter(words) if key not in common)  # the Rift Valley is no Valley
        for key in dict.fromkeys((key_of(words), key_of(stem), *parts)):
            if rows := self.gaz.keyed(key):
                return Found(i, last, key, rows, kind=kind, given=True)
        return Found(i, last, key_of(words), (), kind=kind, sure=False)

    def _at(self, i: int, begin: int, end: int) -> list[Found]:
        """Return what place starts at token `i`, with what it is part of; nothing where none does."""
        token = self.tokens[i]
        if not token.text[0].isupper() and not (token.text in ("al", "el") and i + 2 < end):
            return []
        if token.pos in STOP and i not in self.label:
            return []  # "In Varda City": the capital is the sentence's
        built = self._building(i, begin, end) if i not in self.headings else []
        if built:
            return built
        one = self._name(i, begin, end)
        if one is not None:
            one.heading = i in self.headings
        return [one] if one else []

    def _name(self, i: int, begin: int, end: int) -> Found | None:
        """Return the longest name at `i` that may be a place."""
        run = self.run(i, end)
        name = self.label.get(i)
        stops = list(range(run, i, -1))
        if name is not None and name.label in PLACE and name.first == i and name.last not in stops:
            stops = [name.last, *stops] if "," not in self.words(i, name.last) else stops
        for last in stops:
            if not self.tokens[last - 1].text[0].isupper() and (name is None or last != name.last):
                continue
            found = self._known(i, last, begin, end)
            if found and found.form == "name" and not found.kind and not self._wide(found) and self.cut(i, found.last):
                return self._unknown(i, begin, end)
            if found and found.kind == "settlement" and last < run and self.label.get(last) is name:
                return Found(i, run, key_of(self.words(i, run)), (), kind="settlement", sure=False)
            if found:
                return found
        return self._unknown(i, begin, end)

    def _known(self, i: int, last: int, begin: int, end: int) -> Found | None:
        """Return tokens `[i, last)` as a place of the gazetteer, None where they are none or are used otherwise."""
        words = self.words(i, last)
        name = self.label.get(i)
        if name is not None and name.label in _NO_PLACE:
            return None
        placed = (
            (i > begin + 1 and self.tokens[i - 1].text == ",") or "." in words or (len(words) > 2 and words.isupper())
        )
        state = state_rows(words) if placed else ()
        if state:
            return Found(i, last, key_of(state[0].name), state, "state")
        people = (
            demonym_rows(words) if not (last < end and words == "African" and self.tokens[last].text == "-") else ()
        )
        if people and not (name is not None and name.label == "PERSON" and name.last - name.first > last - i):
            return Found(i, last, key_of(people[0].name), people, "demonym", inside=self.inside(i, last))
        stem, kind, last = self._kind(i, last, begin, end)
        key = key_of(stem)
        rows = self.gaz.keyed(key)
        if not rows or len(key) < 2:
            return None
        found = Found(i, last, key, rows, kind=kind)
        return found if self._accept(found, begin, end) else None

    def _kind(self, i: int, last: int, begin: int, end: int) -> tuple[str, str | None, int]:
        """Return the bare name, the kind that the words beside it give, and where the name with its noun ends."""
        lex = self.lex
        stem = self.words(i, last)
        final = self.tokens[last - 1].text.lower()
        after = self.tokens[last] if last < end else None
        if last - i > 1 and final in lex.region and not (after is not None and after.text == "of"):
            bare = self.words(i, last - 1)
            if any(r.level in (1, 2) for r in self.gaz.named(bare)) and self.tokens[last - 2].text[0].isupper():
                return bare, "second" if final in lex.second else "region", last
        if after is not None and after.text in lex.region and any(r.level in (1, 2) for r in self.gaz.named(stem)):
            return stem, "second" if after.text in lex.second else "region", last + 1
        noun = self.noun_of(i, begin)
        if noun in lex.settlement or (after is not None and after.text in lex.called):
            return stem, "settlement", last
        if noun in lex.region:
            return stem, "second" if noun in lex.second else "region", last
        return stem, None, last

    def _accept(self, found: Found, begin: int, end: int) -> bool:
        """Say whether a name that the gazetteer knows is used as one here."""
        i, last = found.first, found.last
        if i in self.dateline:
            return last >= self.run(i, self.dateline.stop)
        if i in self.headings:
            return last >= self.run(i, end)
        name = self.label.get(i)
        label = name.label if name is not None else ""
        held = self.followed(last, end)
        best = min(found.rows, key=lambda r: (r.level, r.rank))
        big = best.level <= 1 and best.rank != 1 and best.population > 200_000
        told = bool(found.kind) or held
        before = self.before(i, begin)
        located = self._located(i, before)
        found.sure = told or big or (label in PLACE and located)
        if i > begin and self.tokens[i - 1].text.lower() in ("radio", "television", "tv"):
            return False
        if found.key in self.lex.never or found.key in self.lex.wordlike:
            found.sure = told and located
            return (held and located) or (found.key in self.lex.wordlike and self._plainly(i, last, begin, end))
        if found.key in self.lex.brands and not held and not located:
            return False
        if last - i == 1 and label not in PLACE and best.level and self.determined(i, last):
            return False
        words = self.words(i, last)
        if words.isupper() and len(words) <= 4 and not (best.level == 0 or held):
            return False
        person = found.key in self.surnames or (found.key in self.people and not located)
        if person and not told and best.level:
            found.sure = False
            return False
        if label == "PERSON" and name is not None:
            whole = name.first >= i - 1 and name.last <= last + 1
            return whole and (told or (best.level == 0 and big) or (located and self._town(found, 5_000)))
        if label == "NORP":
            return big or told
        if self.inside(i, last) and not (found.kind and before == "of"):
            found.inside = True
            return self._named_in(found, name, before)
        if told or (label in PLACE and not self.follows_a_name(i, begin)):
            return True
        if self.part_of_name(i, last, begin, end):
            return False
        speaks = best_town(found.rows).capital and last < end and self.tokens[last].lemma in self.lex.acts
        if big or speaks or ((located or self.of_people(last, end)) and self._town(found, 500)):
            return True
        self.doubted.append(found)
        return False

    def _plainly(self, i: int, last: int, begin: int, end: int) -> bool:
        """Say whether a word that is also a name stands capitalised where a place does: "killed in Nice"."""
        if i - 1 < begin or self.tokens[i - 1].text not in self.lex.strict or self.in_title(begin, end):
            return False
        after = self.tokens[last] if last < end else None
        if after is None:
            return True
        return after.pos not in ("NOUN", "PROPN", "ADJ") and after.text != "-" and not after.text[0].isupper()

    def _located(self, i: int, before: str) -> bool:
        """Say whether the words before token `i` put something there: a preposition, a list, "Mr Maro of X"."""
        if before == "of" and i > 1:
            name = self.label.get(i - 2)
            if self.tokens[i - 2].text.lower() in self.lex.owners:
                return True
            return self.tokens[i - 2].text == "," or (name is not None and name.label == "PERSON")
        struck = i > 0 and self.tokens[i - 1].pos == "VERB" and self.tokens[i - 1].lemma in self.lex.strikes
        return struck or (before in self.lex.locative and before not in ("by", "over", "up")) or self.listed(i)

    def _named_in(self, found: Found, name: Name | None, before: str) -> bool:
        """Say whether an organization's name tells where it is ("Baku police", "University of Minnesota")."""
        found.sure = False
        if name is None or self.tokens[name.last - 1].text.lower() in self.lex.media:
            return False
        if found.first > name.first + 1 and before not in ("of", "in", "at", "for"):
            return False
        best = min(found.rows, key=lambda r: (r.level, r.rank))
        if found.kind or (best.level <= 1 and best.rank < 2) or self._town(found, 50_000):
            return True
        self.doubted.append(found)
        return False

    def _town(self, found: Found, people: int) -> bool:
        """Say whether some town of this very name has so many people, or some region is called so."""
        return any(
            (r.rank == 0 and (r.level == 1 or (r.level == 3 and r.population >= people))) or r.population >= KNOWN
            for r in found.rows
        )

    def _wide(self, found: Found) -> bool:
        """Say whether a name is that of a country or a state, which also stands in the names of other things."""
        return any(r.level <= 1 and r.rank == 0 and r.population > WIDE and r.id[:4] != "own:" for r in found.rows)

    def _unknown(self, i: int, begin: int, end: int) -> Found | None:
        """Return a place that no gazetteer knows, where spaCy and the words before it both take it for one."""
        name = self.label.get(i)
        placed = name is not None and name.first == i and name.label in PLACE and "," not in self.words(i, name.last)
        if name is not None and placed and name.last - i > 1 and self.tokens[i].text.lower() in self.lex.directions:
            return self._known(i + 1, name.last, begin, end)
        found = self.unlisted(i, begin, end)
        if found is not None:
            return found
        if name is None or not placed:
            return None
        words = self.words(i, name.last)
        owner = name.last < end and self.tokens[name.last].text in ("'s", "’s")
        if owner or key_of(words) in self.surnames:
            return None
        if key_of(words) in self.lex.never or not any(c.isalpha() for c in words) or len(words) < 3:
            return None
        stem, kind, last = self._kind(i, name.last, begin, end)
        return Found(i, last, key_of(stem), (), kind=kind, sure=False)

    def _building(self, i: int, begin: int, end: int) -> list[Found]:
        """Return a street, landmark or neighbourhood whose name starts at `i`, with the place in its name."""
        run = self.run(i, end)
        last = run
        final = self.tokens[run - 1].text.lower().rstrip(".")
        if not (run - i > 1 and final in self.lex.building):
            if run >= end or self.tokens[run].text.lower() not in self.lex.building or self.label_is(i, "PERSON"):
                return []
            last = run + 1
        name = self.label.get(i)
        before = self.before(i, begin)
        if name is not None and name.label in PLACE and name.last >= run and last > run:
            return []
        if self.gaz.keyed(key_of(self.words(i, last))):
            return []
        street = self.tokens[last - 1].text.lower().rstrip(".") in self.lex.street
        if before not in self.lex.locative and not (street and self.tokens[i - 1].pos == "NUM" and i > begin):
            return []
        whole = Found(i, last, key_of(self.words(i, last)), (), "building")
        called = street or self.tokens[last - 1].text.lower() in self.lex.neighbourhood
        for stop in () if called else range(last - 1, i, -1):
            part = self._known(i, stop, begin, stop)
            if part is not None:
                part.inside = True
                return [part, whole]
        return [whole]


def _shorter(words: str) -> list[str]:
    """Return the keys of a name without its first or its last words, the longest first."""
    parts = words.split()
    return [key_of(" ".join(p)) for n in range(len(parts) - 1, 0, -1) for p in (parts[-n:], parts[:n])]
