"""Marked pieces as HTML: put together here, character for character, since white space in a template would count."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from sayso.web.pages.article.pieces import Paragraph, Piece, Run
from sayso.web.pages.article.roles import ROLES

_CLOSE = Markup("</span>")


def html_of(paragraph: Paragraph) -> Markup:
    """Return a paragraph's text as HTML that holds nothing but the text and the marks around it."""
    return Markup("").join(map(_run, paragraph.runs))


def _run(run: Run) -> Markup:
    inside = Markup("").join(map(_piece, run.pieces))
    return Markup('<span class="graphic">{}</span>').format(inside) if run.graphic else inside


def _piece(piece: Piece) -> Markup:
    """Return a piece: for each role a span, what is widest outside, and around all what says what stands behind it."""
    html = piece.text
    if piece.roles:
        roles = Markup("").join(Markup('<span class="r-{}">').format(role) for role in reversed(piece.roles))
        title = "; ".join(ROLES[role] for role in piece.roles)
        opening = Markup('<span class="b" data-b="{}" title="{}">').format(_numbers(piece.behind), title)
        html = opening + roles + html + _CLOSE * (len(piece.roles) + 1)
    if piece.at:
        opening = Markup('<mark id="at" tabindex="-1">') if piece.at == "first" else Markup("<mark>")
        html = opening + html + Markup("</mark>")
    return html


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def snippet_html(snippet: str, opening: str, closing: str) -> Markup:
    """Return the words around a finding as HTML, `<mark>` around what stands between the opening and closing signs."""
    first, *rest = snippet.split(opening)
    html = Markup.escape(first.replace(closing, ""))
    for some in rest:
        inside, found, after = some.partition(closing)
        html += Markup("<mark>{}</mark>{}").format(inside, after.replace(closing, "")) if found else inside
    return html
