"""Old wire copy came in capitals: give it back upper and lower case, so that grammar can be read from it.

Each word is weighed by how it is written elsewhere, by its neighbours, and by whether it is an English word or a place
at all (a linear model, trained by `training/case/train.py`; see docs/models/case.md). Initials are found in the text
itself, by its brackets.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from sayso.errors import ConfigurationError

MODEL = Path(__file__).with_name("case.json.gz")

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W\d_]+)*")
ENDS = re.compile(r"[.!?][\"'”’)\]]*\s|:\s+[\"“]|\n\s*\n|\[")
DATELINE = 14
"""Words at the start of a text within which a dash ends the dateline."""
MARKS = frozenset(
    ["text", "report", "recording", "communique", "summary", "interview", "editorial", "commentary", "omitted"]
)
"""Last words of the remarks in square brackets behind which a sentence begins."""
BRACKET = re.compile(
    r"\b([A-Z]{2,8})\s+[\[(]([A-Z][A-Z ,\-'\n]{8,90})[\])]|\b((?:[A-Z]+[ \n]+){2,9})[\[(]([A-Z]{2,8})[\])]"
)
ABBREVIATED = frozenset(
    ["mr", "mrs", "ms", "dr", "gen", "col", "lt", "sgt", "capt", "maj", "cmdr", "cpl", "rev", "fr", "sr", "jr", "st",
     "adm", "brig", "msgr", "sen", "rep", "gov", "no"]
)  # fmt: skip
SMALL = frozenset(["of", "the", "for", "and", "de", "del", "la", "las", "los", "el", "in", "on", "to", "y", "a", "by"])
MEMORY = 50_000
"""Words whose class is kept in mind."""
INITIAL = "^"
"""What stands for the word before the first of a sentence."""


class Word(NamedTuple):
    """One word of the text: offsets, small letters, whether it opens a sentence, and what stands before it.

    `joint` is "t" where nothing but a hyphen or slash stands before it, "Q" where a quotation opens, "" else.
    """

    start: int
    end: int
    low: str
    opens: bool
    joint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseModel:
    """What is known of words and how much each circumstance weighs.

    `prior` gives the share of capitals in tenths, as one digit (0 never, 9 always); `fixed` the spelling of words that
    are neither small nor merely capitalised (initials, "McDonald").
    `grams` are the runs of three letters that words are made of; what has another is no word.
    """

    prior: dict[str, str]
    fixed: dict[str, str]
    english: frozenset[str]
    places: frozenset[str]
    given: frozenset[str]
    grams: frozenset[str]
    weights: dict[str, float]
    memory: dict[str, str] = field(default_factory=dict)

    def known(self, low: str) -> str:
        """Return the class of a word: a digit where its capitals were counted, else a letter for what lists say."""
        found = self.prior.get(low) or self.memory.get(low)
        if found is None:
            if len(self.memory) > MEMORY:
                self.memory.clear()
            found = self.memory[low] = self._classed(low)
        return found

    def _classed(self, low: str) -> str:
        if low in self.given:
            return "g"
        english, place = self.english_word(low), low in self.places
        if english:
            return "b" if place else "e"
        if place:
            return "p"
        return "n" if any(c.isdigit() for c in low) else "u"

    def english_word(self, low: str) -> bool:
        """Say whether the word or what it is formed from stands in an English word list."""
        if low in self.english:
            return True
        for suffix, put in (
            ("s", ""),
            ("es", ""),
            ("ies", "y"),
            ("ed", ""),
            ("ed", "e"),
            ("ing", ""),
            ("ing", "e"),
            ("ly", ""),
            ("'s", ""),
            ("er", "e"),
            ("er", ""),
        ):
            if low.endswith(suffix) and len(low) > len(suffix) + 2 and low[: -len(suffix)] + put in self.english:
                return True
        return False


@cache
def case_model(path: Path = MODEL) -> CaseModel:
    """Return the model in a file; raises ConfigurationError where it is missing or broken."""
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
        return CaseModel(
            prior={word: digit for digit, words in data["prior"].items() for word in words.split()},
            fixed=dict(pair.split("=", 1) for pair in data["fixed"].split()),
            english=frozenset(data["english"].split()),
            places=frozenset(data["places"].split()),
            given=frozenset(data["given"].split()),
            grams=frozenset(data["grams"].split()),
            weights=data["weights"],
        )
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise ConfigurationError(
            "the case model cannot be read", value=path.name, next_step="reinstall sayso"
        ) from error


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order."""
    found: list[Word] = []
    end = 0
    for match in WORD.finditer(text):
        gap = text[end : match.start()]
        low = match.group().lower()
        if found and gap == " ":
            found.append(Word(match.start(), match.end(), low, False, ""))
            end = match.end()
            continue
        opens = not found or (bool(ENDS.search(gap + " ")) and not (found[-1].low in ABBREVIATED and gap[:1] == "."))
        opens = opens or ("--" in gap and len(found) <= DATELINE)
        opens = opens or (gap.startswith("]") and found[-1].low in MARKS)
        if found and len(found[-1].low) == 1 and gap[:1] == "." and found[-1].low.isalpha():
            opens = False
        found.append(Word(match.start(), match.end(), low, opens, _joint(gap)))
        end = match.end()
    return found


def _joint(gap: str) -> str:
    if gap in {"-", "/", "'", "’"}:
        return "t"
    return "Q" if (gap[-1:] in {'"', "“"} and gap[:-1].endswith(" ")) or gap.endswith("``") else ""


def features(model: CaseModel, words: list[Word], i: int, before: str) -> list[str]:
    """Return the circumstances of word `i`; `before` says how the word before it was written ("C", "l" or "^")."""
    word = words[i]
    low, own = word.low, model.known(word.low)
    last = words[i - 1].low if i and not word.opens else INITIAL
    nxt = words[i + 1] if i + 1 < len(words) and not words[i + 1].opens else None
    ahead = model.known(nxt.low) if nxt else "$"
    behind = model.known(last) if last != INITIAL else INITIAL
    here = own + before
    found = ["o" + own, "w" + low, "c" + here, f"d{here}{ahead}", f"e{here}{behind}", f"f{here}{behind}{ahead}"]
    found += (f"p{last}|{here}", f"q{last}|{low}")
    if nxt:
        found += (f"n{nxt.low}|{here}", f"m{low}|{nxt.low}")
    if word.joint:
        found += (word.joint + here, word.joint + here + last)
    if not own.isdigit():
        found += (f"s{low[-3:]}|{own}", f"l{min(len(low), 6)}{here}", f"g{here}{ahead}{last if len(last) < 5 else ''}")
    return found


def capital(model: CaseModel, words: list[Word], i: int, before: str) -> bool:
    """Say whether word `i` takes a capital for another reason than opening a sentence."""
    own = model.known(words[i].low)
    if own == "9" or (own == "0" and before != "C"):
        return own == "9"
    weigh = model.weights.get
    return sum([weigh(feature, 0.0) for feature in features(model, words, i, before)]) > 0


def restore_case(text: str, model: CaseModel | None = None) -> str:
    """Return `text` in sentence case, character for character the same length, by the shipped model or another."""
    model = model or case_model()
    words = words_of(text)
    initials, spelt = _initials(text, words, model)
    initials |= _after_the(words, model)
    pieces: list[str] = []
    end, before = 0, INITIAL
    for i, word in enumerate(words):
        pieces.append(text[end : word.start])
        if word.opens:
            before = INITIAL
        big = i in spelt or capital(model, words, i, before)
        pieces.append(_written(text[word.start : word.end], word, big, model, initials))
        before = "C" if big or word.low in initials else "l"
        end = word.end
    pieces.append(text[end:])
    return "".join(pieces)


def _written(piece: str, word: Word, big: bool, model: CaseModel, initials: set[str]) -> str:
    """Write one word; letters whose small form is longer or shorter stay as they are."""
    if piece != piece.upper():
        return piece
    low = piece.lower()
    if len(low) != len(piece):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in piece)
    base, mark, rest = low.partition("'")
    if base in initials:
        return piece[: len(base)] + mark + rest
    if any(c.isdigit() for c in base) and any(c.isalpha() for c in base):
        return low if re.fullmatch(r"\d+(?:st|nd|rd|th|d|s|mm|km|kg|am|pm|m)", base) else base.upper()
    fixed = model.fixed.get(low) or (model.fixed[base] + mark + rest if base in model.fixed else None)
    if fixed is not None and len(fixed) == len(piece) and not (word.opens and fixed.islower()):
        return fixed
    if len(base) <= 6 and model.known(word.low) in {"u", "p"} and not _speakable(base, model):
        return piece[: len(base)] + mark + rest
    return piece[:1] + low[1:] if big or word.opens else low


def _speakable(word: str, model: CaseModel) -> bool:
    """Say whether every three letters of a word occur together in words; initials mostly do not."""
    return all(word_gram in model.grams for word_gram in grams_of(word))


def grams_of(word: str) -> Iterator[str]:
    """Return the runs of three letters of a word, its edges marked."""
    edged = f"^{word}$"
    return (edged[i : i + 3] for i in range(len(edged) - 2))


def _initials(text: str, words: list[Word], model: CaseModel) -> tuple[set[str], set[int]]:
    """Return the initials that the text explains, `FRL [Front for Rural Liberation]` or the other way round.

    The second set holds the indexes of the words that they stand for.
    """
    found: set[str] = set()
    spelt: set[int] = set()
    starts = {word.start: i for i, word in enumerate(words)}
    for match in BRACKET.finditer(text):
        behind = match.group(1) is not None
        short, k = (match.group(1), 2) if behind else (match.group(4), 3)
        if model.known(short.lower()) in "0123456":
            continue
        inside = [i for at in range(match.start(k), match.end(k)) if (i := starts.get(at)) is not None]
        named = _spelt_out(short.lower(), [words[i].low for i in inside])
        if named is not None:
            found.add(short.lower())
            spelt.update(i for i in inside[named:] if words[i].low not in SMALL)
    return found, spelt


def _spelt_out(short: str, low: list[str]) -> int | None:
    """Return from which word on a run of words spells out initials; None where it does not."""
    firsts = [w[0] for w in low]
    if len(low) < 2 or sum(c in firsts for c in short) < 0.6 * len(short):
        return None
    large = 0
    for i in range(len(low) - 1, -1, -1):
        large += low[i] not in SMALL
        if large >= len(short) or (large >= len(short) - 1 and low[i][0] == short[0]):
            return i
    return 0


def _after_the(words: list[Word], model: CaseModel) -> set[str]:
    """Return short words that nobody knows and that stand behind "the": "the ELN"."""
    return {
        word.low
        for last, word in pairwise(words)
        if last.low == "the" and 2 <= len(word.low) <= 4 and word.low.isalpha() and model.known(word.low) == "u"
    }
