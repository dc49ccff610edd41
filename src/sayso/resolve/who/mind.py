"""What is kept in mind while an article is read: who was mentioned last, which lists and bodies have passed."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

from sayso.model.analysis import Token
from sayso.resolve.who.draft import Cast, Draft
from sayso.resolve.who.groups import Listed
from sayso.resolve.who.nominals import Nominal

MEMORY = 60
"""Mentions that are kept in mind."""
NEAR, FAR = 2, 6
"""Sentences back in which a pronoun and a noun phrase look for whom they refer to."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention that was passed: in which sentence, at which token, of whom, and whether it was a subject.

    `spoken` says that it stands for those whom the one mentioned speaks for.
    """

    sentence: int
    head: int
    draft: Draft
    subject: bool
    spoken: bool = False


@dataclass(slots=True)
class Mind:
    """The state of one reading.

    `kin` finds "his wife" again by whose and what, `bodies` the police and the like by noun and owner. `lists` are the
    lists of names by first token, `last_list` is the one that was passed last.
    """

    cast: Cast
    lists: dict[int, Listed]
    seen: deque[Seen] = field(default_factory=lambda: deque(maxlen=MEMORY))
    kin: dict[tuple[int, str], Draft] = field(default_factory=dict)
    bodies: dict[str, deque[tuple[frozenset[str], Draft]]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=MEMORY))
    )
    last_list: Listed | None = None

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the article."""
        return self.cast.analysis.tokens

    def sentence(self, nominal: Nominal) -> int:
        """Return the number of the sentence that a nominal stands in."""
        return self.cast.analysis.sentence_of(nominal.head)

    def note(self, head: int, draft: Draft) -> None:
        """Keep a mention in mind; of "one of the men" the men count as the subject."""
        token = self.tokens[head]
        subject = token.dep in SUBJECTS
        if token.dep == "pobj" and self.tokens[token.head].text.lower() == "of":
            above = self.tokens[self.tokens[token.head].head]
            subject = above.dep in SUBJECTS and above.text.lower() == "one"
        self.seen.append(Seen(self.cast.analysis.sentence_of(head), head, draft, subject))
