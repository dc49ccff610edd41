"""Attributions whose cue is a verb, read off the parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.extract.statements.attribution import Attribution, Stretch
from sayso.extract.statements.grammar import (
    child,
    clause,
    is_passive,
    noun_phrase,
    outer,
    runs,
    subject,
    verb_group,
)
from sayso.extract.statements.lexicon import Lexicon, Sense, channels
from sayso.extract.statements.quotes import Quotes
from sayso.languages import words
from sayso.model.analysis import Analysis, Token

_ARGUMENTS = frozenset(
    {"dobj", "dative", "oprd", "xcomp", "ccomp", "acomp", "attr", "prep", "prt", "pcomp", "conj", "cc"}
)
_COMPLEMENTS = _ARGUMENTS - {"conj", "cc", "prt"} | {"advcl"}
_TIMES = frozenset({"in", "on", "at", "during", "after", "before", "since", "until", "by", "through", "while", "when"})
_REFLEXIVES = frozenset({"itself", "himself", "herself", "themselves", "myself", "ourselves"})
"""As objects they make no saying: "a group calling itself ..."."""


class Frame(NamedTuple):
    """One construction a verb stands in: its name, what is said, and the last token of the cue."""

    name: str
    contents: tuple[Stretch, ...]
    last: int


def verbal(analysis: Analysis, lexicon: Lexicon, quotes: Quotes, prose: Sequence[int]) -> Iterator[Attribution]:
    """Yield the attributions among the tokens `prose` whose cue is a verb, in text order."""
    tokens = (analysis.tokens[i] for i in prose)
    cues = frozenset(t.i for t in tokens if t.pos in ("VERB", "AUX") and lexicon.has("verb", t.lemma))
    for verb in sorted(cues):
        lemma = _lemma(analysis, lexicon, verb)
        source = _source(analysis, verb)
        spoken = lexicon.sense("verb", lemma, "quote")
        if source is not None and _quoted(analysis, quotes, source, verb):
            after = (c for c in analysis.children[verb] if c > verb and spoken and _could_speak(analysis, c))
            source = next(after, None)
        frame, sense = _frame(analysis, lexicon, verb, lemma)
        if spoken:
            first = noun_phrase(analysis, source, cues, verb)[0] if source is not None else len(analysis.text)
            before = quotes.before(min(first, analysis.tokens[verb_group(analysis, verb)[0]].start))
            said = frame is not None and frame.name in ("clause", "aside")
            if before and not (said and frame and any(part[0] < before[1] for part in frame.contents)):
                frame, sense = Frame("quote", (), verb), spoken
                source = source if source is not None else child(analysis, verb, "dobj")
            elif frame is None:
                frame, sense = Frame("quote", (), verb), spoken
        if frame is not None and sense is not None:
            yield _attribution(analysis, lexicon, verb, (frame, sense), source, cues)


def _lemma(analysis: Analysis, lexicon: Lexicon, verb: int) -> str:
    """Return the verb's lemma, with its particle where the list has the two together ("rule out")."""
    lemma = lexicon.lemma(analysis.tokens[verb].lemma)
    particle = child(analysis, verb, "prt")
    both = f"{lemma} {analysis.tokens[particle].text.lower()}" if particle is not None else ""
    return both if both in lexicon.lemmas["verb"] else lemma


def _frame(analysis: Analysis, lexicon: Lexicon, verb: int, lemma: str) -> tuple[Frame | None, Sense | None]:
    """Return the first construction that the verb is a cue in."""
    for frame in frames(analysis, verb):
        sense = lexicon.sense("verb", lemma, "clause" if frame.name == "aside" else frame.name)
        if sense is not None and (frame.contents or frame.name == "alone"):
            return frame, sense
    return None, None


def _source(analysis: Analysis, verb: int) -> int | None:
    head = subject(analysis, verb)
    if head is not None and analysis.tokens[head].lemma.lower() in ("it", "there") and is_passive(analysis, verb):
        return None
    return _last_named(analysis, head, verb) if head is not None and head < verb else head


def _last_named(analysis: Analysis, source: int, verb: int) -> int:
    """Return who stands right before the cue where the parser took them into a clause about somebody else.

    "..., among them two children who were waiting for a bus, police and an official said": not the children say it.
    """
    tokens, i = analysis.tokens, verb - 1
    if i == source or not any(tokens[j].dep == "relcl" and i in analysis.subtree(j) for j in analysis.subtree(source)):
        return source
    while tokens[i].dep == "conj" and tokens[analysis.subtree(i)[0] - 1].text != ",":
        i = tokens[i].head
    apart = tokens[i].dep == "conj" and tokens[analysis.subtree(i)[0] - 1].text == ","
    speakers = {word for listed in words("speech")["speakers"].values() for word in listed.split()}
    return i if apart and tokens[i].lemma.lower() in speakers else source


def _quoted(analysis: Analysis, quotes: Quotes, source: int, verb: int) -> bool:
    """Say whether the parser took for the source what stands inside the quotation: "“Which man?” asked Ana"."""
    at, cue = analysis.tokens[source].start, analysis.tokens[verb].start
    return any(not quote.start <= cue < quote.end for quote in quotes.overlapping(at, at + 1))


def _could_speak(analysis: Analysis, i: int) -> bool:
    return analysis.tokens[i].pos in ("PROPN", "NOUN", "PRON") and analysis.tokens[i].dep in (
        "dobj",
        "nsubj",
        "npadvmod",
    )


def _attribution(
    analysis: Analysis,
    lexicon: Lexicon,
    verb: int,
    found: tuple[Frame, Sense],
    source: int | None,
    cues: frozenset[int],
) -> Attribution:
    tokens = analysis.tokens
    lemma, (frame, sense) = _lemma(analysis, lexicon, verb), found
    group = verb_group(analysis, verb)
    contents = frame.contents
    if lexicon.sense("verb", lemma, "raising") and source is not None and source < verb:
        contents = (noun_phrase(analysis, source, cues, verb), *contents)
        source = None
    first, last = outer(analysis, lexicon, verb, group[0]), max(group[-1], frame.last)
    while last + 1 < len(tokens) and _follows(analysis, verb, last + 1, contents):
        last += 1
    return Attribution(
        head=verb,
        cue=(tokens[first].start, tokens[last].end),
        source=noun_phrase(analysis, source, cues, verb) if source is not None else None,
        source_head=source,
        contents=contents,
        lemma=lemma,
        frame=frame.name,
        sense=sense,
    )


def _follows(analysis: Analysis, verb: int, i: int, contents: tuple[Stretch, ...]) -> bool:
    """Say whether token `i`, right after the cue, belongs to it: "said repeatedly", "said Tuesday"."""
    token = analysis.tokens[i]
    if token.head != verb or any(start <= token.start < end for start, end in contents):
        return False
    if token.dep == "advmod":
        return token.tag == "RB" and not any(True for _ in analysis.children[i])
    before = not contents or contents[0][0] < token.start
    return before and token.dep == "npadvmod" and token.pos == "PROPN" and analysis.subtree(i) == (i,)


def frames(analysis: Analysis, verb: int) -> Iterator[Frame]:
    """Yield the constructions that the verb stands in, the most telling first."""
    if is_passive(analysis, verb):
        yield from _passive(analysis, verb)
        return
    tokens, children = analysis.tokens, analysis.children[verb]
    aside = _aside(analysis, verb)
    if aside:
        yield Frame("aside", aside, verb)
    said = [c for c in children if tokens[c].dep == "ccomp" and not any(t.text == ";" for t in tokens[c:verb])]
    if said:
        best = said[0] if len(said) == 1 else max(said, key=lambda c: len(analysis.subtree(c)))
        infinitive = any(tokens[c].tag == "TO" for c in analysis.children[best]) and best > verb
        contents = clause(analysis, best)
        yield Frame("clause-to" if infinitive else "clause", contents, verb)
    yield from _in_a_statement(analysis, verb)
    that = next((c for c in children if c > verb and tokens[c].text.lower() == "that" and not said), None)
    if that is not None:
        sentence = analysis.sentences[analysis.sentence_of(verb)]
        yield Frame("clause", runs(analysis, range(that, sentence.last)), verb)
    token = tokens[verb]
    if token.dep == "parataxis" and token.head != verb:
        yield Frame("clause", clause(analysis, token.head, [verb]), verb)
    yield from _objects(analysis, verb)
    leading = [c for c in children if tokens[c].dep == "prep" and c == verb + 1]
    for c in leading:
        yield from _preposition(analysis, c, verb)
    for c in children:
        if c > verb and tokens[c].dep == "xcomp":
            name = "ing" if tokens[c].tag == "VBG" else "inf" if tokens[c].tag == "VB" else "pred"
            yield Frame(name, clause(analysis, c), verb)
    for c in children:
        if c > verb and tokens[c].dep == "prep" and c not in leading:
            yield from _preposition(analysis, c, verb)
    yield Frame("alone", (), verb)


def _in_a_statement(analysis: Analysis, verb: int) -> Iterator[Frame]:
    """ "Said in a statement that ...": the parser hangs what is said on the statement."""
    tokens = analysis.tokens
    for prep in analysis.children[verb]:
        noun = child(analysis, prep, "pobj") if prep > verb and tokens[prep].dep == "prep" else None
        if noun is None or tokens[noun].lemma.lower() not in channels():
            continue
        for mark in analysis.subtree(noun):
            if tokens[mark].dep == "mark" and tokens[mark].text.lower() == "that" and mark > noun:
                yield Frame("clause", clause(analysis, tokens[mark].head), noun if mark == noun + 1 else verb)
                return


def _aside(analysis: Analysis, verb: int) -> tuple[Stretch, ...]:
    """ "Two men died, police say": a comma, the subject, the verb at the end; all before is said, to a semicolon."""
    tokens = analysis.tokens
    who = child(analysis, verb, "nsubj")
    sentence = analysis.sentences[analysis.sentence_of(verb)]
    if who is None or who > verb or any(c > verb and tokens[c].pos != "PUNCT" for c in analysis.children[verb]):
        return ()
    first = analysis.subtree(who)[0]
    rest = tokens[verb + 1 : sentence.last]
    if first - 1 <= sentence.first + 1 or tokens[first - 1].text != "," or any(t.pos != "PUNCT" for t in rest):
        return ()
    begin = max((t.i + 1 for t in tokens[sentence.first : first - 1] if t.text == ";"), default=sentence.first)
    if not any(t.pos in ("VERB", "AUX") and t.dep != "prep" for t in tokens[begin : first - 1]):
        return ()
    return runs(analysis, range(begin, first - 1))


def _objects(analysis: Analysis, verb: int) -> Iterator[Frame]:
    """The object with all that completes the verb: "accused the group of planting it"."""
    tokens, children = analysis.tokens, analysis.children[verb]
    thing = child(analysis, verb, "dobj")
    if thing is None:
        fronted = _fronted(analysis, verb)
        if fronted:
            yield Frame("object", fronted, verb)
        return
    if tokens[thing].text.lower() in _REFLEXIVES:
        return
    if thing < verb:
        yield Frame("object", clause(analysis, thing), verb)
        return
    inside = [thing]
    predicate = False
    for c in children:
        if c <= thing or tokens[c].dep not in _COMPLEMENTS - {"advcl"}:
            continue
        if tokens[c].dep == "prep" and tokens[c].text.lower() in _TIMES:
            break
        predicate |= tokens[c].dep in ("oprd", "xcomp") or tokens[c].text.lower() == "as"
        inside.append(c)
    predicate |= any(tokens[c].text.lower() == "as" for c in analysis.children[thing])
    found = [j for c in inside for j in analysis.subtree(c)]
    contents = runs(analysis, range(min(found), max(found) + 1))
    if predicate:
        yield Frame("pred", contents, verb)
    yield Frame("object", contents, verb)


def _fronted(analysis: Analysis, verb: int) -> tuple[Stretch, ...]:
    """What a relative clause is about: "the plan that they oppose"."""
    token = analysis.tokens[verb]
    if token.dep != "relcl" or child(analysis, verb, "nsubj") is None:
        return ()
    whole = [j for j in analysis.subtree(token.head) if j < verb]
    without = set(analysis.subtree(verb))
    return runs(analysis, [j for j in whole if j not in without])


def _preposition(analysis: Analysis, prep: int, verb: int) -> Iterator[Frame]:
    """What a preposition leads to: "called for a law"; the preposition belongs to the cue where it follows at once."""
    tokens = analysis.tokens
    thing = next((c for c in analysis.children[prep] if c > prep), None)
    if thing is not None:
        last = prep if prep == verb_group(analysis, verb)[-1] + 1 else verb
        contents = clause(analysis, thing)
        purpose = child(analysis, verb, "xcomp")
        if contents and purpose is not None and purpose > thing:
            contents = ((contents[0][0], clause(analysis, purpose)[-1][1]),)
        yield Frame(tokens[prep].text.lower(), contents, last)


def _passive(analysis: Analysis, verb: int) -> Iterator[Frame]:
    """ "The group is believed to have fired": what is said is the subject and the rest of the clause."""
    tokens = analysis.tokens
    about = child(analysis, verb, "nsubjpass")
    if about is None and tokens[verb].dep == "acl":
        about = tokens[verb].head
    parts: list[int] = []
    if about is not None and tokens[about].lemma.lower() not in ("it", "there"):
        without = set(analysis.subtree(verb)) if about == tokens[verb].head else set()
        parts += [j for j in analysis.subtree(about) if j < verb and j not in without]
    rest = [c for c in analysis.children[verb] if c > verb and tokens[c].dep in _COMPLEMENTS]
    timeless = [c for c in rest if tokens[c].dep != "prep" or tokens[c].text.lower() not in _TIMES]
    for complements in (rest, timeless):
        inside = [*parts, *(j for c in complements for j in analysis.subtree(c))]
        yield Frame("passive" + _named(tokens[complements[0]] if complements else None), runs(analysis, inside), verb)


def _named(first: Token | None) -> str:
    """Return what the first complement adds to the name of a passive construction."""
    if first is None:
        return ""
    if first.dep == "prep":
        return "-" + first.text.lower()
    return {"xcomp": "-inf", "ccomp": "-clause", "oprd": "-pred"}.get(first.dep, "")
