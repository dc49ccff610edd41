"""Who is who within one article: names, nominals and pronouns, and what the text says of those they refer to."""

from __future__ import annotations

from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.entity import Entity
from sayso.resolve.who.aliases import aliases
from sayso.resolve.who.cluster import clusters, drafts_of
from sayso.resolve.who.deeds import told_facts
from sayso.resolve.who.draft import Cast, freeze
from sayso.resolve.who.facts import named_facts
from sayso.resolve.who.headlines import headline_names
from sayso.resolve.who.lexicon import lexicon
from sayso.resolve.who.names import proper_names
from sayso.resolve.who.reference import resolve_references
from sayso.resolve.who.years import ages_and_sexes


def entities(article: Article, analysis: Analysis) -> tuple[Entity, ...]:
    """Return the entities of the article, in order of first mention.

    Names first, grouped and judged; then their aliases; then what stands at them; then nominals and pronouns in text
    order; then what verbs tell of all of them; then how old they are.
    """
    cast = Cast(article=article, analysis=analysis, lexicon=lexicon())
    names = proper_names(cast)
    drafts_of(cast, clusters(cast, names))
    aliases(cast, names)
    headline_names(cast)
    named_facts(cast, names)
    told_facts(cast, last=False)
    resolve_references(cast)
    told_facts(cast)
    ages_and_sexes(cast)
    return freeze(cast)
