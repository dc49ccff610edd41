"""From bytes to text: what the bytes themselves show weighs more than what the page declares."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRAY = 0.001
"""Share of bytes that may be broken for a text to count as UTF-8 with damage rather than as another encoding."""
_SAMPLE = 65_536
_HIGH = re.compile(rb"[\x80-\xff]+")
_FOREIGN = re.compile(rb"[^<>]{0,200}[\x80-\xff][^<>]{0,200}")
_LATIN_RUN = 2
"""Mean length of runs of bytes over 127 under which a text is in Latin script: accents stand alone in a word, while
whole words of Cyrillic, Greek or Arabic are such bytes."""
_CANDIDATES = ["cp1251", "koi8_r", "cp866", "kz1048", "cp1256", "cp1255", "cp1253", "cp1250"]
_CANDIDATES += ["gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "tis_620"]


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text of `data`, and notes on what was not as declared.

    A byte order mark decides; else valid UTF-8 is UTF-8, because other encodings hardly ever look like it (Unicode
    FAQ); else what the page declares, where that fits; else UTF-8 with a few broken bytes; else what charset-normalizer
    finds; else Windows-1252.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), ()
    if utf_16 := wide(data[:4096]):
        return data.decode(utf_16, "replace"), (f"read as {utf_16}",)
    codec = _known(declared)
    if codec and not codec.startswith(("utf-8", "ascii")) and (not data.isascii() or codec.startswith("iso2022")):
        if (text := _try("utf-8", data)) is not None:
            return text, (f"read as utf-8, not as {declared}, which the page declares",)
        if (text := _try(codec, data)) is not None:
            return text, ()
    text = _try("utf-8", data)
    return (text, ()) if text is not None else _guess(data, declared)


def _guess(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    valid = sum(1 for c in mended[:_SAMPLE] if ord(c) > 127 and c != "\ufffd")
    if broken <= max(1, _STRAY * len(data)) and valid > broken:
        return mended, (f"{broken} characters were not valid UTF-8 and are shown as \ufffd",)
    codec = _detected(data)
    return data.decode(codec, "replace"), (f"read as {codec}, not as {declared or 'utf-8'}",)


def _detected(data: bytes) -> str:
    """Return the encoding of bytes that are no UTF-8: Windows-1252 where only single letters are not plain ASCII, else
    what charset-normalizer finds by the frequency of letters in the text outside tags."""
    runs = _HIGH.findall(data)
    if sum(map(len, runs)) < _LATIN_RUN * len(runs):
        return "cp1252"
    from charset_normalizer import from_bytes

    sample = b" ".join(_FOREIGN.findall(data))[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return (_known(best.encoding) if best else None) or "cp1252"


def _known(declared: str | None) -> str | None:
    """Return Python's name of an encoding; None for none or an unknown one. Latin-1 means Windows-1252, as in HTML."""
    try:
        name = codecs.lookup(declared.strip()).name if declared else None
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in ("iso8859-1", "latin-1") else name


def _try(codec: str, data: bytes) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def wide(head: bytes) -> str | None:
    """Return the UTF-16 whose zero bytes stand at every other place, as they do in Latin script; None for no such."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) <= 0.2 * len(head) or min(even, odd) > 0.02 * len(head):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"
