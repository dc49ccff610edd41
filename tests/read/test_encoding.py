"""The text is read right whatever the page declares, and what was not as declared is noted."""

from __future__ import annotations

import pytest

from sayso.read.encoding import decode

RUSSIAN = "В порту Варда прогремели два взрыва. По словам полиции, погибли два человека, девять ранены."
KAZAKH = "Варда портында екі жарылыс болды: қаза тапқандар бар, деп хабарлады полиция өкілі Жанұзақ Әбенов."
ARABIC = "قُتل شخصان في انفجار وقع في ميناء فاردا، حسبما ذكرت الشرطة يوم الثلاثاء."
HEBREW = "שני בני אדם נהרגו בפיצוץ בנמל ורדה, כך מסרה המשטרה."
GREEK = "Δύο άνθρωποι σκοτώθηκαν από έκρηξη στο λιμάνι, ανακοίνωσε η αστυνομία."
SPANISH = "Dos muertos en una explosión en San José, según José Peña; “nadie vio nada”, añadió."


@pytest.mark.parametrize("text", [RUSSIAN, KAZAKH, ARABIC, HEBREW, GREEK, SPANISH])
def test_utf8_is_utf8_whatever_is_declared(text: str) -> None:
    assert decode(text.encode()) == (text, ())
    read, notes = decode(text.encode(), "windows-1251")
    assert read == text and "windows-1251" in notes[0]


@pytest.mark.parametrize(
    ("text", "codec"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GREEK, "cp1253"), (ARABIC, "cp1256"), (SPANISH, "cp1252")],
)
def test_another_encoding_declared_as_utf8_is_found_and_noted(text: str, codec: str) -> None:
    page = f"<html><head><meta charset='utf-8'></head><body><p>{text}</p></body></html>".encode(codec)
    read, notes = decode(page, "utf-8")
    assert text in read and notes and "utf-8" in notes[0]


def test_the_declared_encoding_is_used_where_it_fits() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "windows-1251") == (RUSSIAN, ())
    assert decode("El señor".encode("latin-1"), "iso-8859-1") == ("El señor", ())


def test_latin_1_means_windows_1252() -> None:
    assert decode("“no”".encode("cp1252"), "iso-8859-1")[0] == "“no”"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(codec: str) -> None:
    assert decode(RUSSIAN.encode(codec), "cp1252") == (RUSSIAN, ())


def test_utf16_without_a_mark_is_seen() -> None:
    assert decode("Two people were killed.".encode("utf-16-le"))[0] == "Two people were killed."


def test_a_broken_byte_in_utf8_is_shown_not_guessed_at() -> None:
    read, notes = decode(RUSSIAN.encode() + b"\xff end")
    assert read.startswith(RUSSIAN) and "\ufffd" in read and "not valid UTF-8" in notes[0]


def test_an_unknown_declaration_is_passed_over() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "x-no-such-charset")[0] == RUSSIAN
