"""The legal forms of companies: found at either end of a name, also where one letter is wrong."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from sayso.merge.names.lists import table, word_set

_LONGEST_FORM = 7
_LONG_ENOUGH = 10
_NEAR = 92.0


@cache
def _forms() -> dict[str, str]:
    return {str(form): kind for kind, forms in table("legal")["classes"].items() for form in forms}


@cache
def _long_forms() -> dict[int, tuple[str, ...]]:
    """Return the forms of ten letters and more by their number of words: in these a wrong letter is no other word."""
    found: dict[int, list[str]] = {}
    for form in _forms():
        if len(form) >= _LONG_ENOUGH:
            found.setdefault(form.count(" ") + 1, []).append(form)
    return {count: tuple(forms) for count, forms in found.items()}


@lru_cache(maxsize=16_384)
def _form(words: str) -> str:
    """Return the class of a form, or "" where the words are none."""
    exact = _forms().get(words, "")
    if exact or len(words) < _LONG_ENOUGH:
        return exact
    near = process.extractOne(words, _long_forms().get(words.count(" ") + 1, ()), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return _forms()[near[0]] if near else ""


def without_forms(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Return the words of a name without the forms at its ends, and the classes of those; one word at least is left."""
    kinds: set[str] = set()
    while found := _at_end(words):
        words, kind = words[: -found[0]], found[1]
        kinds.add(kind)
    while found := _at_start(words):
        words, kind = words[found[0] :], found[1]
        kinds.add(kind)
    return words, frozenset(kinds)


def _at_end(words: list[str]) -> tuple[int, str] | None:
    for count in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if kind := _form(" ".join(words[-count:])):
            return count, kind
    return None


def _at_start(words: list[str]) -> tuple[int, str] | None:
    for count in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        form = " ".join(words[:count])
        kind = _form(form) if len(form) > 2 or form in word_set("legal", "first") else ""
        if kind and any(word not in word_set("legal", "generic") for word in words[count:]):
            return count, kind
    return None
