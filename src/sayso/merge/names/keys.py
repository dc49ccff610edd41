"""Keys by which names that could be one are found, so that not every name has to be compared with every other."""

from __future__ import annotations

from sayso.merge.names.name import Name, Token

_MOST_WORDS = 4


def keys(name: Name) -> frozenset[str]:
    """Return the keys of a name: names that could be one share at least one of them.

    They are, for its rarest words, four at most: the consonants of its sound (`k:`), the lists of names it stands in
    (`n:`); for the name as a whole: the beginning of its consonants (`w:`), the first letters of its words or the name
    itself where it may be such letters (`a:`), and the listed groups of that name (`g:`). A name without a letter has
    none.
    """
    if not name.plain:
        return frozenset()
    words = sorted(name.core, key=lambda token: (-token.weight, -len(token.text), token.text))[:_MOST_WORDS]
    found = {key for token in words for key in _of_word(token)}
    found.add("w:" + "".join(token.bones for token in name.core)[:4])
    found |= {f"a:{letters}" for letters in name.acronyms}
    if name.kind == "organization" and len(name.core) == 1:
        found.add(f"a:{name.plain}")
    return frozenset(found | {f"g:{number}" for number in name.known})


def _of_word(token: Token) -> set[str]:
    bones = token.bones
    found = {f"n:{number}" for number in token.groups}
    return found | ({f"k:{bones}"} if len(bones) < 3 else {f"k:{bones}", f"k:{bones[:3]}", f"k:{bones[-3:]}"})
