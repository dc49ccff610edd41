"""Age and sex, wherever the article tells them of somebody: at a name, at a description, in a clause of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.model.entity import Mention
from sayso.resolve.who.draft import Cast, Draft
from sayso.resolve.who.facts import age_of
from sayso.resolve.who.nominals import NUMBERS, PRONOUNS, left_edge

OLD = re.compile(r"\b(\d{1,3}|[a-z]+)[-\s]years?[-\s]old\b(?!\s*(?:daughter|son|child|boy|girl)s?['’]s)", re.IGNORECASE)
AGED = re.compile(r"[,\s(]+(?:aged?|who (?:is|was))\s+(\d{1,3})\b(?!\s*(?:%|percent|to\b|or\b|-))", re.IGNORECASE)
OLDEST = 110
AFTER = 24
"""Characters behind a description in which "aged 34" may stand."""


def ages_and_sexes(cast: Cast) -> None:
    """Add the ages that descriptions and clauses tell, and the sex that names, nouns and pronouns show.

    To be called once everybody's mentions are known. Ages at names in apposition are read by `named_facts` before.
    """
    for draft in cast.drafts:
        if draft.kind != "person" or draft.plural or draft.gone:
            continue
        if all(fact.name != "age" for fact, _ in draft.facts):
            _age(cast, draft)
        if draft.gender is not None:
            first, last = _shown_by(cast, draft)
            cast.fact(draft, "gender", draft.gender, (first, last))


def _age(cast: Cast, draft: Draft) -> None:
    for mention in sorted(draft.mentions, key=lambda m: m.span.start):
        found = next(_ages(cast, mention), None)
        if found is not None:
            cast.fact(draft, "age", str(found[0]), (found[1], found[2]))
            return


def _ages(cast: Cast, mention: Mention) -> Iterator[tuple[int, int, int]]:
    """Yield the ages told at a mention, each with the tokens `[first, last)` that tell it."""
    a = cast.analysis
    inside = a.tokens_in(mention.span.start, mention.span.end)
    if mention.form == "nominal" and len(inside):
        start = a.tokens[min(inside[0], left_edge(cast, mention.head))].start
        yield from _matched(cast, OLD, start, mention.span.end)
        yield from _matched(cast, AGED, mention.span.end, mention.span.end + AFTER, at_start=True)
    head = a.tokens[mention.head]
    above = a.tokens[head.head]
    if head.dep == "nsubj" and above.lemma == "be":
        for c in a.children[above.i]:
            token = a.tokens[c]
            if token.dep in ("acomp", "attr"):
                tree = [i for i in a.subtree(c) if i <= c]
                yield from _matched(cast, OLD, a.tokens[tree[0]].start, token.end)
    if mention.form == "name":
        tail = a.tokens[inside[-1] + 1 : inside[-1] + 4] if len(inside) else ()
        if len(tail) == 3 and tail[0].text == "," and (tail[1].text.lower() == "both" or tail[2].pos in LOOSE):
            number = tail[2] if tail[1].text.lower() == "both" else tail[1]
            age = age_of(number)
            if age is not None and number.pos == "NUM":
                yield age, number.i, number.i + 1


LOOSE = frozenset({"ADP", "SCONJ", "AUX", "VERB"})
"""What may follow "Ivo Maro, 30" where the second comma is left out."""


def _matched(
    cast: Cast, pattern: re.Pattern[str], start: int, end: int, *, at_start: bool = False
) -> Iterator[tuple[int, int, int]]:
    text = cast.analysis.text
    for match in [pattern.match(text, start, end)] if at_start else pattern.finditer(text, start, end):
        if match is None:
            continue
        age = int(match[1]) if match[1].isdecimal() else NUMBERS.get(match[1].lower())
        tokens = cast.analysis.tokens_in(match.start(1), match.end())
        if age is not None and 0 < age <= OLDEST and len(tokens):
            yield age, tokens[0], tokens[-1] + 1


def _shown_by(cast: Cast, draft: Draft) -> tuple[int, int]:
    """Return the tokens of the first mention that shows the sex: a pronoun or noun for one, else the name."""
    a, lex = cast.analysis, cast.lexicon
    best: Mention | None = None
    for mention in sorted(draft.mentions, key=lambda m: m.span.start):
        token = a.tokens[mention.head]
        shown = PRONOUNS.get(token.text.lower(), ("", None))[1] or lex.role_gender.get(lex.role(token) or "")
        if shown == draft.gender:
            return mention.head, mention.head + 1
        best = best or mention
    inside = a.tokens_in(best.span.start, best.span.end) if best else range(1)
    return (inside[0], inside[-1] + 1) if len(inside) else (0, 1)
