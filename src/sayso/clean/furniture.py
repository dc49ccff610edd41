"""What belongs to the page and not to the report, by the lists in `languages/en/furniture.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from sayso.languages import words

LONGEST_LINE = 700
"""Characters over which a paragraph is no line of furniture: no pattern of the list is longer."""
LONGEST_NOTICE = 700
LONGEST_CREDIT = 160
_TELLING = 20
"""Words of the shortest text whose language can be told."""
_ENGLISH, _SCANT = 0.12, 0.04
"""Shares of function words: in English prose (a fifth to a third), and in English tables and lists at least."""

_YOU = re.compile(r"\b(you|your|yours|yourself)\b", re.I)
_ORDER = re.compile(
    r"(please|to find out more|to (learn|read|see) more|for more|click|tap|visit|find out more)\b", re.I
)
_SPEECH = re.compile(r"[“\"][^”\"]*\b(?:you|your|I|we)\b|\b(?:said|says|told|added|asked|wrote|according to)\b", re.I)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|&")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return one pattern that is any of the list `name`; a space stands for any white space."""
    listed = words("furniture")[name]
    options = [listed] if isinstance(listed, str) else listed
    return re.compile("|".join(f"(?:{option})" for option in options), re.I | re.S)


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(words("furniture")[name].split())


@lru_cache(maxsize=4096)
def is_furniture(text: str) -> bool:
    """Say whether a paragraph is page furniture wherever it stands: navigation, share bars, links, notices, rights."""
    return is_line(text) or is_navigation(text) or is_notice(text, 2)


def is_line(text: str) -> bool:
    """Say whether a paragraph is, as a whole, one of the listed lines."""
    return len(text) <= LONGEST_LINE and bool(_pattern("lines").fullmatch(text.strip(" \t|·•:*>–—-→›»")))


def is_navigation(text: str) -> bool:
    """Say whether a paragraph is made of names of sections or of ways to share, or has no word at all."""
    tokens = [token.lower() for token in _TOKEN.findall(text[:LONGEST_LINE])]
    if not tokens:
        return True
    if len(text) > LONGEST_LINE or text.rstrip()[-1] in '.!?”"':
        return False
    sharing, sections = _set("sharing"), _set("sections")
    known = sum(token in sections for token in tokens)
    return (
        all(token in sharing or token.isdigit() for token in tokens)
        or (known == len(tokens) and len(tokens) <= 3)
        or (known >= 0.8 * len(tokens) and len(tokens) > 3)
    )


def is_notice(text: str, signs: int = 1) -> bool:
    """Say whether a paragraph speaks to the reader about the page, the outlet, the law or help.

    `signs` is how many different signs of that its sentences must show. Quoted speech does not count, nor does a
    paragraph that says who said it: amid a report two signs are needed, because politicians address people, too.
    """
    if len(text) > LONGEST_NOTICE or not (_YOU.search(text) or _ORDER.match(text)) or _SPEECH.search(text):
        return False
    spoken = [s for s in _SENTENCE_END.split(text) if _YOU.search(s) or _ORDER.match(s)]
    return sum(any(sign.search(s) for s in spoken) for sign in _signs()) >= signs


@cache
def _signs() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(option, re.I | re.S) for option in words("furniture")["addressed"])


def is_standing(text: str) -> bool:
    """Say whether a paragraph tells about the outlet or the writer; to be asked only beside other furniture."""
    return len(text) <= LONGEST_LINE and bool(_pattern("standing").fullmatch(text))


def masthead(text: str) -> str | None:
    """Return the name of an outlet that a short line is, without what stands in brackets; None where it is none."""
    name = re.sub(r"\s*\([^()]*\)", "", text[:120]).strip(" -–—|:·.")
    tokens = _TOKEN.findall(name)
    named = any(token.lower() in _set("mastheads") for token in tokens)
    capital = all(token[0].isupper() or token in ("the", "of", "and", "del", "de", "el", "&") for token in tokens)
    return name if named and capital and len(tokens) <= 6 else None


def is_small_line(label: str) -> bool:
    """Say whether an element of a page calls itself one of the small lines around a report."""
    return bool(label) and bool(_pattern("small_lines").search(label))


def starts_caption(text: str) -> bool:
    """Say whether a paragraph opens as captions do ("FILE --", "Photo:")."""
    return bool(_pattern("caption_starts").match(text))


def caption_marks(text: str) -> list[tuple[int, int]]:
    """Return where the marks stand that a page puts before its captions ("Image copyright AFP Image caption")."""
    return [found.span() for found in _marks().finditer(text)] if "caption" in text.lower() else []


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_pattern('caption_marks').pattern})", re.I)


def describes_picture(text: str) -> bool:
    """Say whether the words tell that a picture is described."""
    return bool(_pattern("caption_cues").search(text))


def is_credited(text: str) -> bool:
    """Say whether a paragraph ends in the credit of a picture, as no report does."""
    return _at_end("credits").search(text, max(0, len(text) - LONGEST_CREDIT)) is not None


def credit_start(caption: str) -> int:
    """Return where the credits at the end of a caption begin; the length of the caption where it has none."""
    end = len(caption)
    for _ in range(3):
        tail = max(0, end - LONGEST_CREDIT)
        found = [
            m.start() for name in ("credits", "credits_of_captions") if (m := _at_end(name).search(caption, tail, end))
        ]
        if not found:
            break
        end = len(caption[: min(found)].rstrip(" |/–—-,("))
    return end


@cache
def _at_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\s.)\]”\"])(?:{_pattern(name).pattern})\s*\Z", re.I)


def agency_named(text: str) -> str | None:
    """Return the agency whose name `text` is, as it is usually written; None where it is none of the list."""
    return _agencies().get(re.sub(r"\W+", " ", text).strip().lower())


@cache
def _agencies() -> dict[str, str]:
    listed: dict[str, list[str]] = words("furniture")["agencies"]
    return {re.sub(r"\W+", " ", form): name for name, forms in listed.items() for form in (*forms, name.lower())}


@cache
def editor_mark() -> re.Pattern[str]:
    """Return the pattern of a bracketed mark that an editor or a monitoring service put in."""
    return re.compile(rf"\[\s?(?:{_pattern('editor_marks').pattern})\s?\]", re.I)


def is_english(tokens: Iterable[str]) -> bool | None:
    """Say whether the words are English by the share of function words; None for too few words to tell.

    Words in small letters decide where there are enough: in a table names and figures say nothing of its language. With
    few function words of any language it is English unless those of others prevail.
    """
    taken = list(tokens)
    small = [token for token in taken if token.isalpha() and token.islower()]
    taken = small if len(small) >= _TELLING else [token.lower() for token in taken]
    if len(taken) < _TELLING:
        return None
    english = sum(token in _set("common") for token in taken) / len(taken)
    foreign = sum(token in _set("foreign") for token in taken) / len(taken)
    return english > _ENGLISH or (english > _SCANT and english > foreign)


def has_common_word(text: str) -> bool:
    """Say whether a function word of English stands in the text."""
    return any(token.lower() in _set("common") for token in _TOKEN.findall(text))
