"""What the text says of people and organizations outside any incident: ages, roles, membership, death."""

from __future__ import annotations

import re

from sayso.model.analysis import Token
from sayso.model.entity import FactName
from sayso.resolve.who.draft import Cast, Draft
from sayso.resolve.who.names import Proper
from sayso.resolve.who.nominals import left_edge, number_of
from sayso.resolve.who.same import folded

YEAR = re.compile(r"1[89]\d\d|20\d\d")
STATUS_PHRASES = {
    "in custody": "in custody", "at large": "at large", "in detention": "in custody", "in jail": "in custody",
    "in prison": "in custody", "behind bars": "in custody", "on trial": "on trial", "on bail": "on bail",
    "in hiding": "at large", "on run": "at large",
}  # fmt: skip
STATUS_VERBS = {
    "arrest": "arrested", "detain": "detained", "charge": "charged", "convict": "convicted", "acquit": "acquitted",
    "release": "released", "sentence": "convicted", "jail": "in custody", "imprison": "in custody", "hold": "held",
    "accuse": "accused", "suspect": "suspected", "want": "wanted", "seek": "wanted", "indict": "charged",
    "capture": "captured", "apprehend": "arrested", "kidnap": "abducted", "abduct": "abducted",
}  # fmt: skip
KILLING = frozenset({"kill", "murder", "assassinate", "execute", "behead", "slay", "lynch"})
DYING = frozenset({"die", "perish"})
PRIVATE = frozenset({"civilian", "victim", "suspect", "fighter", "member", "worker", "kin"})
FOUNDING = frozenset({"found", "establish", "create", "form", "organize", "launch"})
LEADING = frozenset({"lead", "head", "command"})


def named_facts(cast: Cast, names: list[Proper]) -> None:
    """Read what stands right at a name: title, nation, age, year of birth, description."""
    for name in names:
        draft = cast.taken.get(name.first)
        if draft is None:
            continue
        _nation(cast, name, draft)
        if draft.kind == "person":
            _gender(cast, name, draft)
            _title(cast, name, draft)
            _behind(cast, name.last, draft)
            _age_before(cast, name.first, draft)
        _apposition(cast, name, draft)


def _gender(cast: Cast, name: Proper, draft: Draft) -> None:
    if draft.gender is not None:
        return
    lex, tokens = cast.lexicon, cast.analysis.tokens
    if name.title:
        low = tuple(t.text.lower() for t in tokens[name.title[0] : name.title[1]])
        draft.gender = lex.titles.get(low) or lex.role_gender.get(low[-1])
    first = tokens[name.first].text.lower()
    if draft.gender is None and name.last - name.first > 1:
        draft.gender = lex.forenames.get(first)


def _nation(cast: Cast, name: Proper, draft: Draft) -> None:
    if name.nation is not None and draft.kind == "person":
        country = cast.lexicon.nation(cast.analysis.tokens[name.nation].text)
        if country:
            cast.fact(draft, "nationality", country, (name.nation, name.nation + 1))


def _title(cast: Cast, name: Proper, draft: Draft) -> None:
    """A title is a role; the words before it say whose: "Ruritanian army spokesman X"."""
    if name.title is None:
        return
    tokens = cast.analysis.tokens
    first, last = name.title
    text = cast.words(first, last).lower()
    if text.rstrip(".") in {"mr", "mrs", "ms", "miss", "sir", "herr", "madame"}:
        return
    role = cast.lexicon.role(tokens[last - 1])
    tag = cast.lexicon.roles.get(role or "", "official")
    private = tag in PRIVATE and not cast.lexicon.is_title(tuple(text.split()))
    cast.fact(draft, "description" if private else "role", text.rstrip("."), (first, last))
    edge = left_edge_of_name(cast, name)
    _belongs(cast, draft, edge, first)
    nation = next((n for t in tokens[edge:first] if (n := cast.lexicon.nation(t.text))), None)
    if nation and private:
        cast.fact(draft, "nationality", nation, (edge, first))


def left_edge_of_name(cast: Cast, name: Proper) -> int:
    """Return the first token of all that stands before a name and hangs on it."""
    head = cast.head(name.first, name.last)
    first = name.title[0] if name.title else name.first
    edge = left_edge(cast, head)
    while edge < first and cast.analysis.tokens[edge].pos in {"DET"}:
        edge += 1
    return min(edge, first)


def _belongs(cast: Cast, draft: Draft, first: int, last: int) -> None:
    """Link a role to the organization named in tokens `[first, last)`."""
    organ = organization_in(cast, first, last)
    if organ is not None and organ is not draft:
        cast.fact(draft, "member_of", organ.names[0], (first, last), organ)


def organization_in(cast: Cast, first: int, last: int) -> Draft | None:
    """Return the organization that tokens name, in full or by the word that its name starts with."""
    tokens = cast.analysis.tokens
    for i in range(first, last):
        draft = cast.taken.get(i)
        if draft is not None and draft.kind in ("organization", "government_body"):
            return draft
    words = [
        t.text
        for t in tokens[first:last]
        if cast.lexicon.nation(t.text) is None and t.text.lower() not in {"the", "a", "an"}
    ]
    key = folded("".join(w if w in {"-"} else f" {w}" for w in words).replace(" - ", "-").replace("- ", "-"))
    if len(key) < 5 or not key:
        return None
    for draft in cast.bodies:
        if not draft.gone and any(f" {key} " in f" {_unpossessed(name)} " for name in draft.names):
            return draft
    return None


def _unpossessed(name: str) -> str:
    """Return a folded name without "'s", so that "prosecutor" finds "Prosecutor's Office"."""
    return folded(name.replace("'s ", " ").replace("’s ", " "))


def _behind(cast: Cast, i: int, draft: Draft) -> None:
    """Read the bracket or comma phrase behind a person's name: age, year of birth."""
    tokens = cast.analysis.tokens
    if i >= len(tokens) or tokens[i].text not in {"(", "[", ",", "born", "who"}:
        return
    window = tokens[i : i + 9]
    for k, token in enumerate(window[1:], 1):
        low = token.text.lower()
        if token.text in {")", "]", "."}:
            break
        if low in {"born", "b."} or (low == "b" and window[0].text == "("):
            year = next((t for t in tokens[token.i + 1 : token.i + 9] if YEAR.fullmatch(t.text)), None)
            if year is not None and not any(t.text in {")", ".", ";"} for t in tokens[token.i + 1 : year.i]):
                cast.fact(draft, "birth_year", year.text, (token.i, year.i + 1))
            break
        age = age_of(token)
        if age is not None and k == 1 and _closes(tokens, token.i + 1):
            cast.fact(draft, "age", str(age), (token.i, token.i + 1))
            break
        if low in {"aged", "age"} and token.i + 1 < len(tokens) and (age := age_of(tokens[token.i + 1])) is not None:
            cast.fact(draft, "age", str(age), (token.i, token.i + 2))
            break
        if low.endswith("-year-old") or (low == "old" and k > 2):
            value = low.split("-")[0] if low.endswith("-year-old") else None
            if value is None or not value.isdigit():
                value = next((t.text for t in window[:k] if t.text.isdigit()), None)
            if value:
                cast.fact(draft, "age", value, (window[0].i + 1, token.i + 1))
            break
        if k > 6:
            break


def _closes(tokens: tuple[Token, ...], i: int) -> bool:
    return i >= len(tokens) or tokens[i].text in {",", ")", "]", ".", ";", "and", "--", "of", "was", "years"}


def age_of(token: Token) -> int | None:
    """Return the age that a number gives: 1 to 110, in figures or words."""
    age = number_of(token)
    return age if age is not None and 0 < age <= 110 else None


def _age_before(cast: Cast, first: int, draft: Draft) -> None:
    """Read "34-year-old X" and "X's 5-year-old son Y"."""
    tokens = cast.analysis.tokens
    text = cast.analysis.text[tokens[max(0, first - 7)].start : tokens[first].start]
    match = re.search(r"(\d{1,3})[- ]years?[- ]old(?:\s+\w+){0,2}\s*,?\s*$", text)
    if match:
        base = tokens[max(0, first - 7)].start
        start, end = base + match.start(), base + match.start() + len(match.group().rstrip(" ,"))
        inside = cast.analysis.tokens_in(start, end)
        if len(inside):
            cast.fact(draft, "age", match.group(1), (inside[0], inside[-1] + 1))


def _apposition(cast: Cast, name: Proper, draft: Draft) -> None:
    """Read the description in apposition or after "is": a role of a person, what an organization is."""
    tokens = cast.analysis.tokens
    head = cast.head(name.first, name.last)
    for child in cast.analysis.children[head]:
        if tokens[child].dep == "appos" and child >= name.last and child not in cast.taken:
            _description(cast, draft, child)
    above = tokens[tokens[head].head]
    if tokens[head].dep == "nsubj" and above.lemma == "be":
        for child in cast.analysis.children[above.i]:
            if tokens[child].dep == "attr" and child not in cast.taken:
                _description(cast, draft, child)
    if tokens[head].dep == "appos" and above.text.lower() == "one" and above.i < name.first:
        _one_of(cast, draft, above.i)
    titled = name.title is not None and name.title[0] <= above.i < name.title[1]
    if (
        tokens[head].dep == "appos"
        and above.i < name.first
        and above.i not in cast.taken
        and cast.lexicon.role(above)
        and not titled
    ):
        _description(cast, draft, above.i)


def _one_of(cast: Cast, draft: Draft, head: int) -> None:
    """Read "one of the officers, X": X is an officer."""
    tokens = cast.analysis.tokens
    for child in cast.analysis.children[head]:
        for i in cast.analysis.children[child] if tokens[child].text.lower() == "of" else ():
            role = cast.lexicon.role(tokens[i])
            if role and draft.kind == "person":
                name: FactName = (
                    "role" if cast.lexicon.roles[role] in {"official", "soldier", "worker", "leader"} else "description"
                )
                cast.fact(draft, name, role, (left_edge(cast, i), i + 1))


def _description(cast: Cast, draft: Draft, head: int) -> None:
    """Note a describing noun phrase; a noun for people is a role, one for fighters arms an organization."""
    tokens, lex = cast.analysis.tokens, cast.lexicon
    token = tokens[head]
    first, last = left_edge(cast, head), head + 1
    role, low = lex.role(token), token.text.lower()
    if draft.kind == "person":
        if role is None or token.tag in {"NNS", "NNPS"}:
            return
        if draft.gender is None:
            draft.gender = lex.role_gender.get(role)
        tag = lex.roles[role]
        if tag == "kin":
            _kin(cast, draft, head)
            return
        last = _of_phrase(cast, head)
        cast.fact(
            draft,
            "role" if tag in {"official", "leader", "soldier", "worker"} else "description",
            _bare(cast, first, last),
            (first, last),
        )
        _belongs(cast, draft, first, last)
        nation = next((n for t in tokens[first:head] if (n := lex.nation(t.text))), None)
        if nation and tag not in {"official"}:
            cast.fact(draft, "nationality", nation, (first, head + 1))
    elif low in lex.organization_nouns or low in lex.armed_last or low in lex.armed_maybe:
        last = _of_phrase(cast, head)
        mods = {t.text.lower() for t in tokens[first:head]}
        if mods & lex.armed_adjectives or low in lex.armed_last or lex.organization_nouns.get(low) == "armed":
            draft.armed = True
        cast.fact(draft, "description", _bare(cast, first, last), (first, last))


def _of_phrase(cast: Cast, head: int) -> int:
    """Return the end of a noun with its "of" or "for" phrase, at most twelve tokens long."""
    tokens = cast.analysis.tokens
    for child in cast.analysis.children[head]:
        gap = head + 1 if tokens[min(head + 1, len(tokens) - 1)].text not in {'"', "”", "''"} else head + 2
        if child == gap and tokens[child].text.lower() in {"of", "for", "at", "in", "with"}:
            tree = cast.analysis.subtree(child)
            end = child
            for i in tree:
                if i != end or tokens[i].text in {",", "(", "who", "which", "--"} or end - head > 12:
                    break
                end = i + 1
            return end
    return head + 1


def _bare(cast: Cast, first: int, last: int) -> str:
    """Return a description without its article and quotation marks."""
    text = cast.words(first, last).replace('"', "").replace("“", "").replace("”", "")
    return re.sub(r"^(?:an?|the|one of the)\s+", "", text, flags=re.I)


def _kin(cast: Cast, draft: Draft, head: int) -> None:
    """Read "X, brother of Y" and "X, Y's wife"."""
    tokens = cast.analysis.tokens
    first, last = left_edge(cast, head), _of_phrase(cast, head)
    for i in (*range(first, head), *range(head + 1, last)):
        other = cast.taken.get(i)
        if other is not None and other.kind == "person" and other is not draft:
            cast.fact(draft, "kin_of", f"{tokens[head].text.lower()}", (first, last), other)
            return
