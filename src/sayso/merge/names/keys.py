"""Keys by which names that could be one are found, so that not every name has to be compared with every other."""

from __future__ import annotations

from sayso.merge.names.fold import bones
from sayso.merge.names.name import Name, Token

_MOST_WORDS = 4
_RARE_ENOUGH = 2
_START = 12
_START_BONES = 5


def keys(name: Name) -> frozenset[str]:
    """Return the keys of a name: names that could be one share at least one of them, but for rare slips.

    They are, for its rarest words (four at most; common ones only where not two others are there): the consonants of
    its sound, whole, at the start and at the end (`k:`), and the lists of names it stands in (`n:`). For the name as a
    whole: how it begins (`w:`), the first letters of its words, or itself where it may be such letters (`a:`), and the
    listed groups of that name (`g:`). A name without a letter has none. Most names have five to ten.
    """
    if not name.plain:
        return frozenset()
    words = sorted(name.core, key=lambda token: (-token.weight, -len(token.text), token.text))
    rare = sum(token.role == "name" for token in words)
    found = {key for token in words[: rare if rare >= _RARE_ENOUGH else len(words)][:_MOST_WORDS] for key in _of(token)}
    found.add("w:" + bones(name.written[:_START])[:_START_BONES])
    found |= {f"a:{letters}" for letters in name.acronyms}
    if name.kind == "organization" and len(name.core) == 1:
        found.add(f"a:{name.plain}")
    return frozenset(found | {f"g:{number}" for number in name.known})


def _of(token: Token) -> set[str]:
    whole = token.bones
    parts = {whole, whole[:3], whole[-3:]} if len(whole) > 2 else {whole}
    return {f"n:{number}" for number in token.groups} | {f"k:{part}" for part in parts}
