"""What kind of thing a name names: by its own words, or else by what stands around its mentions."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from sayso.resolve.gazetteer import gazetteer
from sayso.resolve.who.draft import Cast
from sayso.resolve.who.lexicon import Lexicon
from sayso.resolve.who.names import Proper

Kind = Literal["person", "organization", "government_body", "place", "other"]
Votes = Counter[Kind]

TAGGER: dict[str, Kind] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "EVENT": "other",
    "LAW": "other",
    "PRODUCT": "other",
    "LANGUAGE": "other",
    "DATE": "other",
}
PLACING = frozenset(
    [
        "block",
        "city",
        "town",
        "village",
        "province",
        "district",
        "department",
        "municipality",
        "outskirts",
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "state",
        "region",
        "county",
        "capital",
        "port",
        "suburb",
        "island",
        "area",
        "neighborhood",
        "neighbourhood",
        "streets",
        "mayor",
        "governor",
    ]
)
SPEAKING = frozenset(
    {"say", "tell", "add", "state", "explain", "note", "admit", "ask", "recall", "reply", "testify", "confess", "die"}
)


def kind_by_words(words: list[str], lexicon: Lexicon) -> tuple[Kind, bool] | None:
    """Return kind and whether it is armed as far as the words of the name tell; None where they do not."""
    low = [w.lower() for w in words]
    joined = " ".join(low)
    if joined in lexicon.places or (
        len(low) > 1 and low[-1] in lexicon.place_words and low[0] not in lexicon.armed_first
    ):
        return "place", False
    cut = next((i for i, w in enumerate(low) if w in {"of", "for", "against"} and i), len(low))
    head, last = low[cut - 1], low[-1]
    if joined in lexicon.government and len(low) >= 1 and (len(low) > 1 or words[0].isupper()):
        return "government_body", False
    if len(low) > 1:
        if low[0] in lexicon.armed_first or (cut < len(low) and head in lexicon.armed_of):
            return ("organization", True) if not _of_state(low, lexicon) else ("government_body", False)
        for word in (head, last):
            if word in lexicon.armed_last:
                return "organization", True
        modified = any(w in lexicon.armed_modifiers for w in low)
        for word in (head, last, low[0]):
            if word in lexicon.armed_maybe and modified:
                return "organization", True
        if any(w in lexicon.armed_modifiers for w in low) and low[-1] in lexicon.armed_maybe:
            return "organization", True
        for word in (head, last):
            if word in lexicon.government:
                return "government_body", False
            if word in lexicon.organization or word in lexicon.armed_maybe:
                return "organization", False
    elif low[0] in lexicon.armed_last and low[0].rstrip("s") not in {"tiger", "hawk", "commando", "brigade"}:
        return "organization", True
    elif low[0] in lexicon.government and low[0] not in lexicon.bodies:
        return "government_body", False
    return None


def _of_state(low: list[str], lexicon: Lexicon) -> bool:
    """Say whether an "Army of X" is a state's: X is a country."""
    after = " ".join(w for w in low[low.index("of") + 1 :] if w != "the") if "of" in low else ""
    return after in lexicon.places


def votes_of(cast: Cast, name: Proper) -> Votes:
    """Return what the surroundings of one mention say of its kind."""
    votes: Votes = Counter()
    tokens, lex = cast.analysis.tokens, cast.lexicon
    first, last = name.first, name.last
    kind = TAGGER.get(name.label)
    if kind:
        votes[kind] += 2
    if name.title:
        votes["person"] += 4 if tokens[name.title[0]].text[0].isupper() else 3
    if name.nickname:
        votes["person"] += 3
    low = tokens[first].text.lower()
    if low in lex.forenames and last - first > 1:
        votes["person"] += 3
    if last - first == 1 and _acronym(tokens[first].text):
        votes["organization"] += 3
    elif not name.title:
        votes["place"] += _in_gazetteer(cast, first, last)
    _before(cast, first, votes)
    _after(cast, last, votes)
    head = tokens[cast.head(first, last)]
    if head.dep == "nsubj" and tokens[head.head].lemma in SPEAKING and votes["organization"] == 0:
        votes["person"] += 1
    if head.dep == "pobj" and tokens[head.head].text.lower() in {"in", "near", "at", "outside", "around"}:
        votes["place"] += 1
    elif head.dep == "pobj" and tokens[head.head].text.lower() == "of":
        above = tokens[tokens[head.head].head]
        if (
            above.text.lower() in PLACING
            or above.i in cast.taken
            or (above.pos == "PROPN" and not cast.lexicon.role(above))
        ):
            votes["place"] += 3
    return votes


def _in_gazetteer(cast: Cast, first: int, last: int) -> int:
    """Return how much the gazetteer speaks for a place: 3 for a large one, 1 for a small one, 0 for none."""
    rows = gazetteer().named(cast.words(first, last)) if last - first < 5 else ()
    if not rows:
        return 0
    return (
        3
        if rows[0].population > 100_000 or rows[0].level < 2
        else 2
        if rows[0].population > 5_000 or last - first > 1
        else 1
    )


def _acronym(text: str) -> bool:
    letters = text.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 7 and letters.isupper() and letters.isalpha()


def _before(cast: Cast, first: int, votes: Votes) -> None:
    """What stands before: "the group X", "a gang called X", "members of X"."""
    tokens, lex = cast.analysis.tokens, cast.lexicon
    i = first - 1
    while i >= 0 and tokens[i].text in {'"', "“", "the", "The", "``", "as"}:
        i -= 1
    if i < 0:
        return
    low = tokens[i].text.lower()
    if low in {"called", "named", "known", "calling", "dubbed"}:
        noun = next(
            (
                tokens[k].text.lower()
                for k in range(i - 1, max(-1, i - 6), -1)
                if tokens[k].text.lower() in lex.organization_nouns or lex.role(tokens[k])
            ),
            None,
        )
        if noun in lex.organization_nouns:
            votes["organization"] += 6
        elif noun:
            votes["person"] += 4
    elif low in lex.organization_nouns and tokens[i].pos == "NOUN":
        votes["organization"] += 5
    elif (
        low == "of"
        and i
        and lex.role(tokens[i - 1])
        in {"member", "militant", "fighter", "leader", "spokesman", "militiaman", "combatant"}
    ):
        votes["organization"] += 2


def _after(cast: Cast, last: int, votes: Votes) -> None:
    """What stands behind: "X militants", "X, 34,", "X (born", "X, a militant group", "X, who"."""
    tokens, lex = cast.analysis.tokens, cast.lexicon
    following = [t.text.lower() for t in tokens[last : last + 8]]
    if not following:
        return
    low = following[0]
    role = lex.role(tokens[last])
    if low in lex.bodies and low not in lex.organization_nouns:
        votes["place"] += 3
    elif low in lex.organization_nouns or (role in lex.belonging and tokens[last].pos in {"NOUN", "PROPN"}):
        votes["organization"] += 4
    if low in {"(", ","} and len(following) > 2:
        if following[1].startswith(("born", "b.")) or (
            following[1].isdigit() and 1 <= int(following[1]) <= 110 and following[2] in {",", ")", "."}
        ):
            votes["person"] += 5
        elif following[1] == "who":
            votes["person"] += 4
        elif following[1] == "which":
            votes["organization"] += 2
        else:
            _apposition(cast, last + 1, votes)
    elif low == "who":
        votes["person"] += 4
    elif low in {"is", "was"}:
        _apposition(cast, last + 1, votes)
    elif low == "claimed" and following[1:2] in (["responsibility"], ["credit"]):
        votes["organization"] += 2


def _apposition(cast: Cast, i: int, votes: Votes) -> None:
    """Read the noun of a description: "a militant group", "the deputy mayor"."""
    tokens, lex = cast.analysis.tokens, cast.lexicon
    if i >= len(tokens) or tokens[i].text.lower() not in {"a", "an", "the", "another", "one", "his", "her", "their"}:
        return
    for token in tokens[i + 1 : i + 8]:
        low = token.text.lower()
        if token.text in {",", ".", "of", "(", "who", "in"}:
            return
        if low in lex.organization_nouns and token.pos in {"NOUN", "PROPN"}:
            nxt = tokens[token.i + 1] if token.i + 1 < len(tokens) else token
            if lex.role(nxt) is None:
                votes["organization"] += 6
                return
        if lex.role(token):
            votes["person"] += 5
            return


def common_word(cast: Cast, name: Proper, votes: Votes) -> bool:
    """Say whether one word of a report in capitals is a name only by the tagger's guess at an organization."""
    one = name.last - name.first == 1 and cast.article.capitals
    return (
        one
        and votes["organization"] <= 2
        and not cast.analysis.tokens[name.first].text.isupper()
        and not votes["person"]
    )


def decide(votes: Votes) -> Kind | None:
    """Return the kind with most votes; a tie goes to the one that harms least to keep."""
    best = votes.most_common()
    if not best or best[0][1] <= 0:
        return None
    top = best[0][1]
    order: tuple[Kind, ...] = ("person", "organization", "government_body", "place", "other")
    return next(kind for kind in order if votes[kind] == top)
