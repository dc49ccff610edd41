"""What stands around a name and tells of its kind: titles, ages, verbs, descriptions, the gazetteer, the tagger."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from sayso.model.analysis import Token
from sayso.resolve.gazetteer import gazetteer
from sayso.resolve.who.draft import Cast
from sayso.resolve.who.kinds import Kind, Votes
from sayso.resolve.who.names import Proper

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
    ["block", "city", "town", "village", "province", "district", "department", "municipality", "outskirts", "north",
     "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "state", "region", "county",
     "capital", "port", "suburb", "island", "area", "neighborhood", "neighbourhood", "streets", "mayor", "governor"]
)  # fmt: skip
DWELLERS = frozenset({"resident", "villager", "inhabitant", "outskirt"})
GOING = frozenset({"flee", "travel", "go", "drive", "return", "head", "move"})
SPEAKING = frozenset({"say", "tell", "add", "state", "explain", "note", "admit", "ask", "recall", "reply", "testify"})
HUMAN_DEEDS = frozenset({"die", "confess", "marry", "weep", "plead", "walk", "drive", "resign"})
MOVES = frozenset({"shoot", "flee", "surrender"})
"""What people do, and armed groups too."""
OWNING = frozenset({"claim", "take", "accept", "acknowledge", "assume", "deny", "disclaim", "admit"})
OWNED = frozenset({"responsibility", "credit"})
HUMAN_FATES = frozenset(
    ["kill", "arrest", "detain", "charge", "convict", "sentence", "murder", "shoot", "stab", "wound", "injure",
     "kidnap", "abduct", "hold", "jail", "execute", "assassinate", "hospitalize", "bury", "behead", "rape", "indict",
     "acquit"]
)  # fmt: skip


def guess_of(cast: Cast, name: Proper) -> Votes:
    """Return what the tagger, the gazetteer, and verbs that groups have as well say of one mention."""
    votes: Votes = Counter()
    kind, one = TAGGER.get(name.label), name.last - name.first == 1
    listed = _in_gazetteer(cast, name.first, name.last)
    if kind is not None:
        votes[kind] += 2 if kind != "place" or one or listed else 1
    if not name.title and not (one and _acronym(cast.analysis.tokens[name.first].text)):
        votes["place"] += listed
    head = cast.analysis.tokens[cast.head(name.first, name.last)]
    lemma = cast.analysis.tokens[head.head].lemma
    if head.dep in {"nsubj", "agent"} and lemma in MOVES:
        votes["person"] += 2
    elif head.dep == "nsubj" and lemma in SPEAKING and kind != "organization":
        votes["person"] += 1
    return votes


def owns_deed(cast: Cast, name: Proper) -> bool:
    """Say whether a name claims responsibility for a deed, or refuses it: mostly groups do."""
    tokens = cast.analysis.tokens
    heads = [t.head for t in tokens[name.first : name.last] if t.dep == "nsubj" and t.head >= name.last]
    if not heads:
        return False
    verb = tokens[heads[-1]]
    verbs = [verb, *(tokens[c] for c in cast.analysis.children[verb.i] if tokens[c].dep == "xcomp")]
    return any(v.lemma in OWNING and any(tokens[c].lemma in OWNED for c in cast.analysis.children[v.i]) for v in verbs)


def votes_of(cast: Cast, name: Proper) -> Votes:
    """Return what the surroundings of one mention say of its kind."""
    votes: Votes = Counter()
    tokens, lex = cast.analysis.tokens, cast.lexicon
    first, last = name.first, name.last
    if name.title:
        votes["person"] += 4 if tokens[name.title[0]].text[0].isupper() else 3
    if name.nickname:
        votes["person"] += 3
    low = tokens[first].text.lower()
    if low in lex.forenames and last - first > 1 and not (low in lex.particles and tokens[first + 1].text == "-"):
        votes["person"] += 3
    if last - first == 1 and _acronym(tokens[first].text):
        votes["organization"] += 3
    if tokens[last - 1].text.lower() in lex.newspapers and last - first > 1 and low not in lex.forenames:
        votes["organization"] += 3
    _before(cast, first, votes)
    _after(cast, last, votes)
    _syntax(cast, tokens[cast.head(first, last)], votes)
    return votes


def _syntax(cast: Cast, head: Token, votes: Votes) -> None:
    """What the verb or preposition says: people die, are held and speak; places are where something is."""
    tokens = cast.analysis.tokens
    above = tokens[head.head]
    word = above.text.lower()
    if (head.dep in {"nsubj", "agent"} and above.lemma in HUMAN_DEEDS) or (
        head.dep in {"nsubjpass", "dobj"} and above.lemma in HUMAN_FATES
    ):
        votes["person"] += 2
    if head.dep in {"dobj", "nsubjpass"} and above.lemma == "blame":
        votes["organization"] += 1
    going = word == "to" and tokens[above.head].lemma in GOING
    if head.dep == "pobj" and word == "by" and tokens[above.head].lemma in {"lead", "head", "command"}:
        votes["person"] += 3
    elif head.dep == "pobj" and (going or word in {"in", "near", "at", "outside", "around"}):
        votes["place"] += 1
    elif head.dep == "pobj" and word == "of":
        noun = tokens[above.head]
        located = noun.lemma in DWELLERS or noun.text.lower() in PLACING
        if located or (noun.pos == "PROPN" and not cast.lexicon.role(noun)):
            votes["place"] += 3


def _in_gazetteer(cast: Cast, first: int, last: int) -> int:
    """Return how much the gazetteer speaks for a place: 3 for a large one, 1 for a small one, 0 for none."""
    rows = gazetteer().named(cast.words(first, last)) if last - first < 5 else ()
    if not rows:
        return 0
    row = rows[0]
    if row.population > 100_000 or row.level < 2:
        return 3
    return 2 if row.population > 5_000 or last - first > 1 else 1


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
    if tokens[i].tag == "NN" and lex.roles.get(low) == "kin":
        votes["person"] += 3
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
    near = following[1:] if low in {",", "("} else following
    known_as = near[:1] == ["known"] and {"alias", "nickname"} & {*near[1:5]}
    if known_as or near[:1] in (["alias"], ["nicknamed"], ["a.k.a"]):
        votes["person"] += 3
    if tokens[last].tag == "POS" and last + 1 < len(tokens) and lex.roles.get(following[1]) == "kin":
        votes["person"] += 4
    elif low in lex.bodies and low not in lex.organization_nouns:
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
    if i + 1 < len(tokens) and lex.role(tokens[i]) and tokens[i + 1].text.lower() in {"of", "for", "at"}:
        votes["person"] += 5
        return
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
        if lex.role(token) and token.pos in {"NOUN", "PROPN"} and token.dep not in {"amod", "compound", "nmod"}:
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


def neighbours(cast: Cast, names: list[Proper]) -> list[tuple[Proper, Proper]]:
    """Return the pairs of names that stand side by side in a list: "A, B and C"."""
    tokens = cast.analysis.tokens
    found = []
    for before, name in pairwise(names):
        gap = {t.text.lower() for t in tokens[before.last : name.first]}
        if 0 < name.first - before.last < 3 and gap <= {",", "and", ";"}:
            found.append((before, name))
    return found
