"""Is it told as something that happened: not a figure of speech, not a fear, a rule or a film."""

from __future__ import annotations

import re
from functools import cache

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.syntax import ancestors, children, negated, objects
from sayso.languages import words
from sayso.model.analysis import Analysis

FEARED = frozenset(
    {"prevent", "avoid", "combat", "fear", "risk", "deter", "avert", "discourage", "stop", "fight", "counter", "tackle",
     "ban", "outlaw", "legalize", "predict", "anticipate", "imagine", "simulate", "depict", "portray", "glorify", "end"}
)  # fmt: skip
FEARED_NOUNS = frozenset(
    {"fear", "risk", "possibility", "threat", "danger", "war", "fight", "likelihood", "prevention", "wake-up", "film",
     "movie", "book", "novel", "story", "game", "song", "offence", "offense", "theory", "rumor", "rumour", "definition",
     "law", "campaign", "prospect", "chance", "kind", "type", "form", "probability", "warning", "act"}
)  # fmt: skip
MODAL = frozenset({"could", "would", "might", "may", "should", "must", "will", "can", "shall", "'ll", "wo", "'d", "ca"})
CONDITION = frozenset({"if", "unless", "whether", "lest"})
WISHED = frozenset(
    {
        "want",
        "urge",
        "allow",
        "call",
        "ask",
        "ready",
        "able",
        "willing",
        "need",
        "hope",
        "expect",
        "likely",
        "due",
        "refuse",
        "tell",
        "encourage",
        "prefer",
        "threaten",
        "vow",
        "promise",
        "pledge",
        "swear",
        "decline",
        "warn",
    }
)


CONSIDERED = frozenset(
    {
        "consider",
        "contemplate",
        "advocate",
        "suggest",
        "propose",
        "discuss",
        "envisage",
        "involve",
        "imagine",
        "recommend",
    }
)
"""Verbs whose gerund is an idea: "would you consider bombing their camps"."""
HEAD = 4000
"""Characters from the start in which a review shows itself one: longer texts name a book or a film by the way."""
LEAD = 250
"""Characters of the headline and the first sentence or two."""
FICTION, OUTWEIGHS = 4, 2
"""Different marks of fiction that make a review, and by how many times they outweigh the words of news."""


def turns_of_phrase(a: Analysis) -> list[tuple[int, int]]:
    """Return the offsets of set phrases that hold a violent word and mean no violence."""
    return [match.span() for match in _phrases().finditer(a.text)]


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{p})" for p in words("figurative")["phrases"]), re.IGNORECASE)


def figurative(a: Analysis, i: int, kind: str, phrase: str = "") -> bool:
    """Say whether a violent word is a manner of speaking, by what it is done to or what stands before it.

    The nouns of the phrase that made it an event ("fire" in "opened fire") say nothing of that.
    """
    token = a.tokens[i]
    inside = phrase.split()
    if kind in ("arrest",):
        objects_ = objects(a, i) if token.pos == "VERB" else []
        return any(a.tokens[o].lemma.lower() in lexicon.word_set("figurative", "objects") for o in objects_)
    abstract = lexicon.word_set("figurative", "objects")
    if token.pos == "VERB":
        found = [o for o in objects(a, i) if a.tokens[o].pos in ("NOUN", "PROPN") and a.tokens[o].text not in inside]
        return bool(found) and all(_is_abstract(a, o, abstract) for o in found)
    modifiers = lexicon.word_set("figurative", "modifiers")
    for c in children(a, i, "compound", "amod", "nmod"):
        if a.tokens[c].text.lower() in modifiers or a.tokens[c].lemma.lower() in abstract - {
            "network",
            "server",
            "report",
        }:
            return True
    for c in children(a, i, "prep"):
        if a.tokens[c].text.lower() in ("on", "against", "of", "at"):
            inner = children(a, c, "pobj")
            if inner and all(_is_abstract(a, o, abstract) for o in inner):
                return True
    return False


def _is_abstract(a: Analysis, o: int, abstract: frozenset[str]) -> bool:
    if lexicon.target_kind(a, o) or lexicon.person_kind(a, o):
        return False
    return a.tokens[o].lemma.lower() in abstract


def hypothetical(a: Analysis, i: int) -> bool:
    """Say whether the words deny, fear, forbid or imagine the event, rather than tell of it."""
    token = a.tokens[i]
    if negated(a, i) or (token.tag == "VBG" and a.tokens[token.head].lemma.lower() in CONSIDERED):
        return True
    if token.pos != "VERB":
        if token.dep in ("dobj", "nsubjpass") and a.tokens[token.head].lemma.lower() in FEARED:
            return True
        if token.dep in ("dobj", "nsubj", "nsubjpass", "attr") and _modal(a, token.head):
            return True
        if token.dep == "pobj":
            outer = a.tokens[a.tokens[token.head].head]
            if outer.lemma.lower() in FEARED_NOUNS | FEARED and a.tokens[token.head].text.lower() not in (
                "in",
                "after",
            ):
                return True
            return outer.pos == "VERB" and _modal(a, outer.i)
        return False
    return _modal(a, i) or _imagined(a, i)


def _modal(a: Analysis, i: int) -> bool:
    helpers = {a.tokens[c].text.lower() for c in children(a, i, "aux", "mark", "advmod")}
    if helpers & CONDITION:
        return True
    if not helpers & MODAL:
        return False
    have = any(a.tokens[c].lemma.lower() == "have" for c in children(a, i, "aux"))
    return not (have and helpers & {"may", "might", "must"})


def _imagined(a: Analysis, i: int) -> bool:
    """Say whether the verb hangs on a wish, a fear, or a modal above it: "want to kill", "could be used to bomb"."""
    token = a.tokens[i]
    infinitive = any(a.tokens[c].tag == "TO" for c in children(a, i, "aux"))
    for at in ancestors(a, i):
        head = a.tokens[at]
        if token.dep in ("xcomp", "acl", "advcl", "pcomp") and (infinitive or token.dep == "pcomp"):
            if head.lemma.lower() in WISHED | FEARED | FEARED_NOUNS:
                return True
            if _modal(a, at) and head.pos in ("VERB", "AUX"):
                return True
            if head.pos == "VERB" and head.dep == "xcomp":
                return _imagined(a, at)
        if token.dep == "conj":
            return (head.pos == "VERB" and _modal(a, at) and not children(a, i, "nsubj")) or (
                head.pos == "VERB" and not children(a, i, "nsubj") and _imagined(a, at)
            )
        if token.dep == "pcomp" and head.pos == "ADP":
            outer = a.tokens[head.head]
            return outer.lemma.lower() in FEARED | FEARED_NOUNS
        break
    return False


@cache
def _context_pattern(name: str) -> re.Pattern[str]:
    lists = words("figurative")
    entries = lists["contexts"].get(name) or lists[name]
    return re.compile(r"\b(?:" + "|".join(re.escape(str(w)) for w in entries) + r")s?\b", re.IGNORECASE)


def in_jest(a: Analysis) -> bool:
    """Say whether the article as a whole is of a sort in which violent words are talk: sport, show business, markets.

    The share of such words in the text is weighed against that of words that go with violence in earnest, those in
    turns of phrase ("held hostage by their own mistakes") left out; an article is talk where the first outweigh them.
    """
    text = a.text
    idle = turns_of_phrase(a)
    earnest = sum(
        not any(start <= word.start() < end for start, end in idle)
        for word in _context_pattern("earnest").finditer(text)
    )
    context = max(len(_context_pattern(name).findall(text)) for name in words("figurative")["contexts"])
    return context > 1.5 * earnest + 3


def in_fiction(a: Analysis) -> bool:
    """Say whether the article reviews or retells a made-up story: what is told there did not happen.

    Kinds of marks are counted, each once, against every word of news in the same text.
    """
    text = a.text[:HEAD]
    marks = sum(bool(mark.search(text)) for mark in _marks("fiction"))
    news = sum(len(mark.findall(text)) for mark in _marks("reported"))
    return marks >= FICTION and marks > OUTWEIGHS * news


@cache
def _marks(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{mark})\b", re.IGNORECASE) for mark in words("figurative")[name])


def natural_death(a: Analysis, i: int) -> bool:
    """Say whether the words after a verb of dying tell of an illness, of age or of sleep."""
    sentence = a.sentences[a.sentence_of(i)]
    return bool(_natural().match(a.text, a.tokens[i].end, a.tokens[sentence.last - 1].end))


@cache
def _natural() -> re.Pattern[str]:
    causes = re.sub(r"\s+(?=\|)", "", words("figurative")["natural_death"].strip())
    return re.compile(rf"[^.;]{{0,60}}?\b(?:{causes})\b|\s+(?:at|aged) [6-9]\d\W*$", re.IGNORECASE)


def at_law(a: Analysis) -> bool:
    """Say whether the head of the article tells of a court, an arrest or an inquiry: old deeds are news there."""
    return bool(_at_law().search(a.text, 0, LEAD))


@cache
def _at_law() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{re.sub(chr(92) + 's+', '', words('figurative')['at_law'])})\b", re.IGNORECASE)


def mishap_near(a: Analysis, sentence: int) -> bool:
    """Say whether the sentence, or one beside it in its block, tells of an accident, a disaster or an illness."""
    return _near(a, sentence, _context_pattern("mishap"))


def earnest_near(a: Analysis, sentence: int) -> bool:
    """Say whether the sentence, or one beside it in its block, has words that go with violence in earnest."""
    return _near(a, sentence, _context_pattern("earnest"))


def _near(a: Analysis, sentence: int, pattern: re.Pattern[str]) -> bool:
    block = a.sentences[sentence].block
    for s in (sentence, sentence + 1, sentence - 1):
        if 0 <= s < len(a.sentences) and a.sentences[s].block == block:
            first, last = a.sentences[s].first, a.sentences[s].last
            start, end = a.tokens[first].start, a.tokens[last - 1].end
            if pattern.search(a.text, start, end):
                return True
    return False
