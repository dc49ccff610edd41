"""A name is read: what its words are."""

from __future__ import annotations

import re

from sayso.merge.names.fold import has_signs, is_vowelless, latin, undigited, unquoted
from sayso.merge.names.known import known_groups
from sayso.merge.names.legal import without_forms
from sayso.merge.names.lists import generations, table, word_set
from sayso.merge.names.name import Kind, Name, Token
from sayso.merge.names.tokens import token_of

LONGEST = 300
"""So many characters of a name are looked at."""
MOST_WORDS = 24
"""So many words of a name are looked at."""

_WORD = re.compile(r"[A-Za-z0-9]+")
_ROMAN = {"i": "1", "v": "5", "x": "10"}
_SHORT_BEHIND = re.compile(r"\s*(?P<long>[^()]*?[^()\s]{4}[^()]*)\((?P<short>[A-Z][A-Z0-9.-]{1,8})\)(?P<rest>[^()]*)")
_SHORT_BEFORE = re.compile(r"\s*(?P<short>[A-Z][A-Z0-9.-]{1,8})\s*\((?P<long>[^()]+ [^()]+)\)\s*")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)$")
_DIGIT = re.compile(r"\d")
_DOTTED = re.compile(r"\b(?:[A-Za-z][./] ?){1,}[A-Za-z]\b\.?(?![A-Za-z])")
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
_SERVANT = re.compile(r"abd[aeou](?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z)|d(?=d))(?!l?l?[ao]h?(?:i|u)?$)(\w{3,})")
_SERVANTS = frozenset({"abd", "abdel", "abdal", "abdoul", "abdol", "abdul", "abdil", "abdur", "abdus", "abdu"})


def name_of(text: str, kind: Kind) -> Name:
    """Read a name once, so that it can be compared with many.

    `kind` is "person" or "organization"; a name of any script and length is taken, of which the first 300 characters
    and 24 words are looked at. A name without a letter or digit has an empty `core`.
    """
    text = text[:LONGEST]
    return _person(text) if kind == "person" else _organization(text)


def _person(text: str) -> Name:
    comma, turned = _turned(text)
    plain = unquoted(latin(turned if turned.isascii() else _ARTICLE.sub("ال ", turned)))
    every = _WORD.findall(plain)[:MOST_WORDS]
    words = [w for word in every for w in _split(word)]
    words, generation = _without_generation(words)
    words, titles = _without_titles(words)
    core, small = _parted(words, word_set("particles", "person"))
    return Name(
        text=text,
        kind="person",
        core=core,
        plain="".join(token.text for token in core),
        written="".join(every).lower(),
        words=len(every),
        small=small,
        titles=titles,
        generation=generation,
        comma=comma,
        vowelless=is_vowelless(text),
        signs=has_signs(text),
    )


def _turned(text: str) -> tuple[bool, str]:
    """Return whether a comma sets the family name first, and the name with the family name last."""
    before, comma, after = text.partition(",")
    if not comma or "," in after or not before.strip() or not after.strip():
        return False, text.replace(",", " ")
    if after.strip(" .").lower() in generations() or after.strip(" .").lower() in word_set("titles", "titles"):
        return False, f"{before} {after}"
    return True, f"{after} {before}"


def _split(word: str) -> tuple[str, ...]:
    """Return a word in small letters; a servant's name ("Abdurrahman") is two. A capital alone keeps its case."""
    if len(word) == 1:
        return (word,)
    word = undigited(word.lower())
    if word in _SERVANTS:
        return ("abdul",)
    servant = _SERVANT.fullmatch(word)
    return ("abdul", servant[1]) if servant else (word,)


def _without_generation(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 1 and words[-1] in generations():
        return words[:-1], generations()[words[-1]]
    return words, ""


def _without_titles(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return a person's words without titles at either end (and stray forms of companies behind), and those."""
    titles, doubtful = word_set("titles", "titles"), word_set("titles", "doubtful")
    strays = word_set("titles", "strays")
    start, end = 0, len(words)
    while start < end - 1 and words[start].lower() in titles and (words[start] not in doubtful or end - start > 2):
        start += 1
    while end - start > 2 and (words[end - 1] in strays or words[end - 1] in titles - doubtful):
        end -= 1
    return words[start:end], tuple(words[:start] + words[end:])


def _parted(words: list[str], particles: frozenset[str]) -> tuple[tuple[Token, ...], tuple[tuple[str, int], ...]]:
    """Return the words that tell who it is, and the particles with their places; particles alone count as names."""
    core: list[Token] = []
    small: list[tuple[str, int]] = []
    for place, word in enumerate(words):
        if word in particles and (place < len(words) - 1 or word in word_set("particles", "behind")):
            small.append((word, len(core)))
        else:
            core.append(token_of(word.lower(), "person"))
    if not core:
        return tuple(token_of(word.lower(), "person") for word in words), ()
    return tuple(core), tuple(small)


def _organization(text: str) -> Name:
    short, spelled_out = _bracketed(text)
    plain = unquoted(latin(spelled_out)).replace("&", " and ").replace("%", " percent ").replace("+", " plus ")
    plain = _DOTTED.sub(lambda m: re.sub(r"[./ ]", "", m[0]) + " ", plain)
    every = [word.lower() for word in _WORD.findall(plain)[:MOST_WORDS]]
    every = every[1:] if every[:1] == ["the"] and len(every) > 1 else every
    words, legal = without_forms(every)
    particles, numbers = word_set("particles", "organization"), table("legal")["numbers"]
    named = [_ORDINAL.sub("", str(numbers.get(word, word))) for word in words]
    if len(words) > 2 and words[-1] in _ROMAN:
        named[-1] = _ROMAN[words[-1]]
    told = [word for word in named if word not in particles] or named
    core = tuple(token_of(w, "organization") for w in told if not _DIGIT.search(w))
    core = core or tuple(token_of(w, "organization") for w in told)
    return Name(
        text=text,
        kind="organization",
        core=core,
        plain="".join(token.text for token in core),
        written="".join(every),
        words=len(every),
        legal=legal,
        numbers=tuple(word for word in told if _DIGIT.search(word)),
        leading=bool(told) and _DIGIT.search(told[0]) is not None,
        vowelless=is_vowelless(text),
        signs=has_signs(text),
        known=known_groups(text),
        acronyms=_acronyms(every, words, core) | short,
    )


def _bracketed(text: str) -> tuple[frozenset[str], str]:
    """Return the short form of a name that brackets set beside the long one, and the long one."""
    for pattern in (_SHORT_BEHIND, _SHORT_BEFORE):
        found = pattern.fullmatch(text)
        if found and (short := found["short"].replace(".", "").lower()) not in word_set("legal", "places"):
            return frozenset({short}), f"{found['long']} {found.groupdict().get('rest', '')}"
    return frozenset(), text


def _acronyms(every: list[str], words: list[str], core: tuple[Token, ...]) -> frozenset[str]:
    """Return the first letters of a name's words: of all, without its legal form, and without small words."""
    told = "".join(token.text[0] for token in core)
    form = "".join(word[0] for word in every[len(words) :])
    made = {"".join(word[0] for word in words), told, told + form[:1]}
    return frozenset(letters for letters in made if len(letters) > 1)
