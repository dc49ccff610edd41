"""Where the article speaks of people and organizations without a name: "four alleged members", "the group", "he"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.model.analysis import Token
from sayso.resolve.who.draft import Cast
from sayso.resolve.who.lexicon import Gender

Sort = Literal["person", "people", "organization", "body", "pronoun", "relative", "number"]
Article_ = Literal["definite", "indefinite", "possessive", "bare"]

NUMBERS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "both": 2, "couple": 2, "pair": 2, "dozen": 12, "hundred": 100}
PRONOUNS: dict[str, tuple[str, Gender | None]] = {
    "he": ("one", "male"), "him": ("one", "male"), "his": ("one", "male"), "himself": ("one", "male"),
    "she": ("one", "female"), "her": ("one", "female"), "hers": ("one", "female"), "herself": ("one", "female"),
    "they": ("many", None), "them": ("many", None), "their": ("many", None), "themselves": ("many", None),
    "it": ("thing", None), "its": ("thing", None), "itself": ("thing", None),
}  # fmt: skip
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
ARGUMENTS = frozenset(
    {
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "conj",
        "dative",
        "agent",
        "ROOT",
        "poss",
        "appos",
        "attr",
        "oprd",
        "nmod",
        "dep",
        "npadvmod",
        "csubj",
    }
)
WIDEST = 12
"""Tokens before the head of a noun phrase that are looked at."""


@dataclass(slots=True, eq=False)
class Nominal:
    """A noun phrase or pronoun that may refer to someone: tokens `[first, last)` with head `head`.

    `root` is the singular noun (or the pronoun, or "" for a bare number). `tag` is the part that the noun says is
    played (roles.yaml). `mods` are the lower-case words before the head.
    """

    first: int
    last: int
    head: int
    sort: Sort
    root: str
    article: Article_
    number: int | None = None
    tag: str = ""
    mods: tuple[str, ...] = ()
    nation: str | None = None

    @property
    def other(self) -> bool:
        """Whether it sets some of a group apart: "the other three"."""
        return any(m in {"other", "others", "remaining", "rest"} for m in (*self.mods, self.root))


def nominals(cast: Cast) -> Iterator[Nominal]:
    """Return every noun phrase and pronoun that can refer to people or organizations, in text order."""
    tokens = cast.analysis.tokens
    for token in tokens:
        if token.i in cast.taken or token.start < (cast.article.dateline.end if cast.article.dateline else 0):
            continue
        low = token.text.lower()
        if low == "who" and token.tag == "WP":
            yield Nominal(token.i, token.i + 1, token.i, "relative", low, "definite")
        elif low in PRONOUNS and token.pos in {"PRON", "DET"}:
            yield Nominal(token.i, token.i + 1, token.i, "pronoun", low, "definite")
        elif token.pos in {"NOUN", "PROPN", "ADJ", "NUM", "VERB"}:
            found = _phrase(cast, token)
            if found is not None:
                yield found


def _phrase(cast: Cast, token: Token) -> Nominal | None:
    """Read the noun phrase that `token` heads, where it is one about people or organizations."""
    lex = cast.lexicon
    low = token.text.lower()
    plural = token.tag in {"NNS", "NNPS"} or low in lex.plurals
    if token.pos == "NUM":
        return _numeric(cast, token)
    if low == "old":
        return _by_age(cast, token)
    if token.pos in {"ADJ", "VERB"} or _hyphened(cast, token.i):
        return None
    if _owns_office(cast, token) or (token.pos == "PROPN" and low != token.text and not _opens(cast, token)):
        return None
    if _body_part(cast, token):
        return None
    if _before_name(cast, token.i) or (token.dep == "compound" and token.head == token.i + 1):
        return None
    role = lex.role(token)
    singular = low if low in lex.bodies else None
    sort: Sort
    if singular:
        sort, root, tag = "body", _with_force(cast, token), "official"
    elif role:
        sort, root, tag = "people" if plural else "person", role, lex.roles[role]
    elif low == "others":
        sort, root, tag = "people", "others", ""
    elif low in lex.organization_nouns or (low.endswith("s") and low[:-1] in lex.organization_nouns):
        if plural:
            return None
        sort, root, tag = "organization", low, lex.organization_nouns.get(low, "any")
    else:
        return None
    return _with_modifiers(cast, token, sort, root, tag)


def _by_age(cast: Cast, token: Token) -> Nominal | None:
    """Read "the 23-year-old" where no noun follows."""
    tokens, i = cast.analysis.tokens, token.i
    if i < 5 or [t.text.lower() for t in tokens[i - 3 : i]] != ["-", "year", "-"] or not tokens[i - 4].text.isdigit():
        return None
    if i + 1 < len(tokens) and tokens[i + 1].pos in {"NOUN", "PROPN", "ADJ", "NUM"}:
        return None
    low = tokens[i - 5].text.lower()
    if low not in {"the", "a", "an"}:
        return None
    article: Article_ = "definite" if low == "the" else "indefinite"
    return Nominal(i - 5, i + 1, i, "person", "old", article, None, "civilian", (low, tokens[i - 4].text))


def _before_name(cast: Cast, i: int) -> bool:
    """Say whether token `i` is a title or modifier of the name right behind it."""
    tokens = cast.analysis.tokens
    if i + 1 >= len(tokens) or i + 1 not in cast.taken:
        return False
    return cast.taken[i + 1].kind == "person" or (tokens[i].dep in {"compound", "amod", "nmod"} and tokens[i].head > i)


def _hyphened(cast: Cast, i: int) -> bool:
    """Say whether token `i` is only the first part of a compound: "rebel-held"."""
    tokens = cast.analysis.tokens
    return i + 1 < len(tokens) and tokens[i + 1].text == "-" and tokens[i + 1].start == tokens[i].end


def _with_force(cast: Cast, token: Token) -> str:
    """Return the noun of a body, for "forces" with the word that says which."""
    low = token.text.lower()
    before = cast.analysis.tokens[token.i - 1].text.lower() if token.i else ""
    return f"{before} {low}" if low == "forces" and before in {"armed", "security", "special", "police"} else low


def _owns_office(cast: Cast, token: Token) -> bool:
    """Say whether the noun only says whose office it is: "the sheriff's office"."""
    tokens = cast.analysis.tokens
    if token.i + 1 >= len(tokens) or tokens[token.i + 1].tag != "POS":
        return False
    return any(_is_office(cast, t) for t in tokens[token.i + 2 : token.i + 4])


def _opens(cast: Cast, token: Token) -> bool:
    """Say whether the token opens its sentence, so that its capital tells nothing."""
    return cast.analysis.sentences[cast.analysis.sentence_of(token.i)].first == token.i


def _body_part(cast: Cast, token: Token) -> bool:
    """Say whether "head" or "chest" is of the body: no "of" behind it."""
    tokens = cast.analysis.tokens
    return token.text.lower() == "head" and not (token.i + 1 < len(tokens) and tokens[token.i + 1].text.lower() == "of")


def _is_office(cast: Cast, token: Token) -> bool:
    low = token.text.lower()
    return low in cast.lexicon.organization_nouns or low in cast.lexicon.government


def left_edge(cast: Cast, head: int) -> int:
    """Return the first token of the words before `head` that hang on it."""
    tokens = cast.analysis.tokens
    low = cast.analysis.sentences[cast.analysis.sentence_of(head)].first
    i = head
    while i - 1 >= max(low, head - WIDEST) and (i <= tokens[i - 1].head <= head or tokens[i - 1].tag == "POS"):
        i -= 1
    quote = next(
        (
            k
            for k in range(head - 2, i - 1, -1)
            if tokens[k].text in {'"', "“", "”", "'", "’", "]", ")"} and tokens[k].tag != "POS"
        ),
        None,
    )
    i = i if quote is None else quote + 1
    while (
        i < head
        and tokens[i + 1].text.lower() not in {"least", "most"}
        and (tokens[i].pos in {"PUNCT", "CCONJ", "ADP", "SCONJ"} or tokens[i].tag in {"POS", "VBG"})
    ):
        i += 1
    return i


def _with_modifiers(cast: Cast, token: Token, sort: Sort, root: str, tag: str) -> Nominal | None:
    tokens = cast.analysis.tokens
    first = left_edge(cast, token.i)
    before = tokens[first : token.i]
    mods = tuple(t.text.lower() for t in before)
    number = next((n for t in reversed(before) if (n := _count(tokens, t)) is not None), None)
    if any(t.tag in {"PRP$", "POS"} for t in before):
        article: Article_ = "possessive"
    elif mods and mods[0] in DEFINITE:
        article = "definite"
    elif mods and mods[0] in {"no", "any", "every", "each", "either", "neither"}:
        return None
    elif mods and mods[0] in {"a", "an", "another", "one"}:
        article = "indefinite"
    else:
        article = "bare" if number is None else "indefinite"
    if sort == "person" and number is not None and number > 1:
        sort = "people"
    nation = next((of for t in before if (of := cast.lexicon.nation(t.text))), None)
    return Nominal(first, token.i + 1, token.i, sort, root, article, number, tag, mods, nation)


def _numeric(cast: Cast, token: Token) -> Nominal | None:
    """Read a number that stands for people named before: "the four", "the other three"."""
    tokens = cast.analysis.tokens
    number = number_of(token)
    if number is None or not 2 <= number <= 30 or token.dep not in ARGUMENTS:
        return None
    first = left_edge(cast, token.i)
    mods = tuple(t.text.lower() for t in tokens[first : token.i])
    after = tokens[token.i + 1].text.lower() if token.i + 1 < len(tokens) else ""
    if not set(mods) & (DEFINITE | {"all", "other"}) or after in {"-", "%", "percent", "of"}:
        return None
    return Nominal(first, token.i + 1, token.i, "number", "", "definite", number, "", mods)


def _count(tokens: tuple[Token, ...], token: Token) -> int | None:
    """Return the number of people that a token counts; an age or a date counts nobody."""
    after = tokens[token.i + 1].text if token.i + 1 < len(tokens) else ""
    return None if after in {"-", "/"} or (token.i and tokens[token.i - 1].text == "-") else number_of(token)


def number_of(token: Token) -> int | None:
    """Return the whole number that a token writes; None where it writes none."""
    low = token.text.lower().replace(",", "")
    if low in NUMBERS:
        return NUMBERS[low] if token.pos in {"NUM", "DET", "NOUN", "PRON", "CCONJ", "ADJ", "PROPN"} else None
    return int(low) if low.isdecimal() and len(low) < 7 and token.pos == "NUM" else None
