"""Plain text: what is the report, what is the page around it, and what the report says of itself."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.clean.article import article_of
from sayso.clean.draft import LONGEST_TEXT
from sayso.clean.furniture import is_furniture
from sayso.clean.text import draft_of_text
from sayso.model.article import Article, Capture

LEDE = "PORT VARDA -- Two men set off a bomb in the ticket hall of the ferry pier on April 30, killing a clerk."
SECOND = 'Interior Ministry spokeswoman Irena Maro said that the men belonged to a group called the "Harbour Front".'
THIRD = "The group had said in an e-mail on the day of the attack that it was responsible."
CAPTION = "A masked man reads out a threat in a video that the Harbour Front posted in April."
TITLE = "Ministry Blames Harbour Front For Ferry Blast"


def article(content: str, **given: object) -> Article:
    return article_of(Capture(name="a.txt", content=content, media_type="text", sha256="0" * 64, **given))  # type: ignore[arg-type]


def blocks(read: Article) -> list[tuple[str, str]]:
    return [(block.role, read.text[block.start : block.end]) for block in read.blocks]


PASTED = f"""Skip to content

Live TV

Breaking News

{TITLE}

{CAPTION}
{CAPTION}
{LEDE}

{SECOND}

{SECOND}

Advertisement

{THIRD}

Read more in Ostmarkian here

Radio Varda has been designated a "foreign agent" by the Karvanian authorities.

If you are in Karvania and hold a Karvanian passport, please note that you could face a fine or prison for sharing our
content, or for contacting us.

To find out more, click here.

Most read

Docker shot dead in Halmar as two are held

Follow us on Facebook

© 2019 Radio Varda. All rights reserved.
"""


def test_a_pasted_page_gives_title_caption_and_body_only() -> None:
    assert blocks(article(PASTED)) == [
        ("title", TITLE),
        ("caption", CAPTION),
        ("body", LEDE),
        ("body", SECOND),
        ("body", THIRD),
    ]


def test_blocks_are_joined_by_two_line_breaks() -> None:
    assert article(PASTED).text == "\n\n".join([TITLE, CAPTION, LEDE, SECOND, THIRD])


def test_wrapped_wire_copy_keeps_its_paragraphs() -> None:
    content = """
   LESNA, 13 DEC 89 (VPA) -- [TEXT] LAST NIGHT UNIDENTIFIED MEN THREW A
GRENADE AT THE RESIDENCE OF JUDGE ANSELMO KOST, WHO WAS NOT AT HOME.
POLICE SAID THAT THE EXPLOSION BROKE WINDOWS.

   A CALLER WHO SAID HE SPOKE FOR THE RED DAWN COLUMN [CRD] CLAIMED
RESPONSIBILITY FOR THE ATTACK IN A CALL TO A RADIO STATION.
"""
    read = article(content)
    [first, second] = blocks(read)
    assert first[1].startswith("LESNA, 13 DEC 89 (VPA) -- LAST NIGHT UNIDENTIFIED MEN THREW A GRENADE AT")
    assert second[1].endswith("[CRD] CLAIMED RESPONSIBILITY FOR THE ATTACK IN A CALL TO A RADIO STATION.")
    assert read.capitals and read.title is None and read.agency == "VPA"
    assert read.dateline and read.dateline.place and read.dateline.day
    assert (read.dateline.place.text, read.dateline.day.text) == ("LESNA", "13 DEC 89")
    assert read.text[read.dateline.end :].startswith("LAST NIGHT")


def test_wrapped_paragraphs_without_blank_lines_are_told_by_their_short_last_line() -> None:
    content = (
        "A bomb went off in the ticket hall of the ferry pier in Port Varda on\n"
        "Tuesday morning and killed a clerk, police said. It was the second in\n"
        "a month.\n"
        "No group has claimed the attack. The ministry said that it suspected a\n"
        "group of dockers who oppose the sale of the port to foreign investors.\n"
    )
    assert [text[:12] for _, text in blocks(article(content))] == ["A bomb went ", "No group has"]


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Ferries suspended until further notice",
        "READ ALSO:",
        "Related: Who are the Harbour Front?",
        "Share this article: Facebook Twitter WhatsApp Telegram",
        "Facebook Twitter Email Print",
        "Sign up for our morning newsletter",
        "Subscribe to The Courier for full access",
        "Story continues below advertisement",
        "Home | News | World | Sport",
        "World Politics Business Sport Culture Opinion",
        "We use cookies and similar technologies to improve your experience.",
        "© Varda Courier 2019",
        "Follow Jana Holt on Twitter",
        "12 comments",
        "(Reporting by Lev Aron in Lesna; editing by P. Oduya)",
        "This story has been updated to include the number of wounded.",
        "Comments are closed.",
        "The views expressed in this article are the author's own.",
        "If you have been affected, call the helpline on 0800 000 000.",
        "https://varda.example/news/1",
    ],
)
def test_a_line_of_furniture_contributes_nothing(line: str) -> None:
    assert blocks(article(f"{TITLE}\n\n{LEDE}\n\n{line}\n\n{SECOND}\n\n{THIRD}\n")) == [
        ("title", TITLE),
        ("body", LEDE),
        ("body", SECOND),
        ("body", THIRD),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Related charges against the two brothers were dropped in July, the prosecutor said.",
        'The statement ended: "If you sell the port, you will pay for it, please note that."',
        "Police have declared the group a terrorist organization.",
        "The Ministry declared the Harbour Front an undesirable organization on Monday.",
        "Sharing the video was made a crime in May.",
        "Photographs of the pier showed a hole in the roof.",
        "The suspects followed us to the harbour, a witness told AFP.",
        "More from the group is expected, the spokeswoman said.",
        "Live ammunition was found on him.",
        "He was 34.",
    ],
)
def test_prose_that_resembles_furniture_stays(sentence: str) -> None:
    for content in (f"{TITLE}\n\n{LEDE}\n\n{sentence}\n\n{SECOND}\n", f"{TITLE}\n\n{LEDE}\n\n{SECOND}\n\n{sentence}\n"):
        assert ("body", sentence) in blocks(article(content))


def test_headlines_of_other_reports_amid_and_after_the_body_are_left_out() -> None:
    teaser, tail = (
        "Gunmen Kill Five In Attack On Market In Halmar",
        "Read more\n- Docker shot dead in Halmar: two held\n",
    )
    content = "\n\n".join([LEDE, teaser, SECOND, "Background", THIRD, tail])
    assert [text for _, text in blocks(article(content))] == [LEDE, SECOND, "Background", THIRD]


def test_a_signature_under_a_statement_stays_where_nothing_shows_a_copied_page() -> None:
    assert blocks(article(f"{LEDE}\n\n{SECOND}\n\n{THIRD}\n\n[Signed] Harbour Front command"))[-1][1].startswith(
        "[Signed]"
    )


@pytest.mark.parametrize(
    ("caption", "kept"),
    [
        ("FILE - Police guard the pier in Port Varda.", "FILE - Police guard the pier in Port Varda."),
        ("Police guard the pier in Port Varda. Photo: Jana Holt/VPA", "Police guard the pier in Port Varda."),
        ("Police guard the pier in Port Varda (Jana Holt/Getty Images)", "Police guard the pier in Port Varda"),
        (
            "Police guard the pier in this undated handout photo.",
            "Police guard the pier in this undated handout photo.",
        ),
    ],
)
def test_a_caption_between_title_and_report_is_marked_and_loses_its_credit(caption: str, kept: str) -> None:
    assert blocks(article(f"{TITLE}\n\n{caption}\n\n{LEDE}\n\n{SECOND}"))[1] == ("caption", kept)


def test_a_summary_under_the_title_is_body() -> None:
    summary = "The Interior Ministry has named four men and says that three of them are still at large."
    assert blocks(article(f"{TITLE}\n\n{summary}\n\n{LEDE}\n\n{SECOND}"))[1] == ("body", summary)


def test_masthead_byline_and_day_go_into_the_facts() -> None:
    head = f"Varda Courier\nNews of the coast since 1921\n\n{TITLE}\n\nBy Jana Holt and Lev Aron\n3 May 2019, 14:05"
    content = f"{head}\n\n{SECOND}\n\n{THIRD}"
    read = article(content)
    assert (read.title, read.outlet, read.authors) == (TITLE, "Varda Courier", ("Jana Holt", "Lev Aron"))
    assert (read.published, read.published_by) == (date(2019, 5, 3), "metadata")
    assert "Holt" not in read.text and "coast" not in read.text


def test_no_day_of_publication_is_invented() -> None:
    read = article(f"{TITLE}\n\n{LEDE}\n\n{SECOND}")
    assert (read.published, read.published_by) == (None, "unknown")


def test_the_row_goes_before_the_page_and_the_user_fills_in() -> None:
    content = f"{TITLE}\n\nPublished: 3 May 2019\n\n{SECOND}\n\n{THIRD}"
    given = date(2020, 1, 1)
    assert article(content, published=given).published == given
    assert article_of(Capture(name="a", content=content, media_type="text", sha256="0"), given).published == date(
        2019, 5, 3
    )
    assert article_of(Capture(name="a", content=LEDE, media_type="text", sha256="0"), given).published_by == "given"


def test_a_title_given_with_the_text_is_not_said_twice() -> None:
    read = article(f"{TITLE}\n\n{LEDE}\n\n{SECOND}", title=TITLE.upper())
    assert [role for role, _ in blocks(read)] == ["title", "body", "body"]
    assert read.offsets.origin(0) == 0
    given = article(f"{LEDE}\n\n{SECOND}", title="Clerk dies at pier")
    assert blocks(given)[0] == ("title", "Clerk dies at pier") and given.offsets.origin(0) is None


@pytest.mark.parametrize(
    ("ending", "agency"),
    [
        (", Radio Varda's Coastal Service reports.", "Radio Varda's Coastal Service"),
        (", AFP reports.", "AFP"),
        (", police said.", None),
    ],
)
def test_the_service_credited_is_read(ending: str, agency: str | None) -> None:
    assert article(f"{TITLE}\n\nTwo men set off a bomb at the pier on April 30{ending}\n\n{THIRD}").agency == agency


def test_language_is_the_one_declared_else_told_by_its_words() -> None:
    body = f"{LEDE}\n\n{SECOND}\n\n{THIRD}"
    assert article(body).language == "en"
    assert article(body, language="en-GB").language == "en"
    assert article("Варда портында екі жарылыс болды, деп хабарлады полиция өкілі. " * 5).language == "und"
    assert article("Two killed.").language is None


def test_right_to_left_text_keeps_its_letters_and_loses_its_marks() -> None:
    read = article(
        "\u200fقُتل شخصان في انفجار\u200e وقع في ميناء فاردا، حسبما ذكرت الشرطة يوم الثلاثاء في بيان لها.\u202c"
    )
    assert read.text == "قُتل شخصان في انفجار وقع في ميناء فاردا، حسبما ذكرت الشرطة يوم الثلاثاء في بيان لها."


def test_nul_and_control_characters_become_spaces() -> None:
    assert article("Two people\0were\x07 killed\x85at the pier on Tuesday, police said.").text == (
        "Two people were killed at the pier on Tuesday, police said."
    )


@pytest.mark.parametrize("content", ["", " \n\t\n", "\0\0\0", "***", "Share", "https://varda.example", "\ufeff"])
def test_an_input_without_a_report_gives_no_block_and_a_note(content: str) -> None:
    read = article(content)
    assert not [block for block in read.blocks if block.role == "body"]
    assert "no report was found in it" in read.notes


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Two people\0were killed at the pier on Tuesday, police\0said.", "2 NUL characters in it are read as blanks"),
        ("Варда портында екі жарылыс болды, деп хабарлады полиция өкілі.", "not in English"),
        ("قُتل شخصان في انفجار وقع في ميناء فاردا، حسبما ذكرت الشرطة.", "not in English"),
        ("Dos personas murieron cuando estalló una bomba en el muelle el martes, dijo la policía a los periodistas "
         "que esperaban delante del puerto viejo.", "not in English"),
    ],
)  # fmt: skip
def test_what_a_reader_should_know_of_the_input_is_a_note(content: str, says: str) -> None:
    [note] = article(content).notes
    assert says in note


@pytest.mark.parametrize(
    "content", ["x" * 10_000_000, "Two men were killed. " * 500_000, "a\n" * 300_000, "[" * 900_000]
)
def test_a_very_long_text_is_cut_with_a_note(content: str) -> None:
    read = article(content)
    assert len(read.text) <= LONGEST_TEXT
    assert any(f"only the first {LONGEST_TEXT:,}" in note for note in read.notes)


def test_a_line_of_parts_and_the_line_of_the_printed_paper_give_author_day_and_outlet() -> None:
    text = (
        "HOME LATEST OPINION BUSINESS SPORT MAGAZINES\n\nBlast at Varda fish market claims eleven lives\n\n"
        "Sela Raduni | Published March 9, 2016 | Updated a day ago\n\n0 Comments\n\n"
        "VARDA: At least eleven people were killed when a motorcycle blew up at the fish market on Tuesday morning.\n\n"
        "No one had been arrested till the filing of this report on Tuesday night, the officer told reporters.\n\n"
        "Published in Dusk, March 9th, 2016\n"
    )
    draft = draft_of_text(text)
    assert draft.title and draft.title.text == "Blast at Varda fish market claims eleven lives"
    assert (draft.authors, draft.published, draft.outlet) == (("Sela Raduni",), date(2016, 3, 9), "Dusk")


def test_a_label_makes_a_numeric_day_at_the_end_the_day_of_publication() -> None:
    body = "The command said on Tuesday that an officer died when a column attacked a patrol near the village."
    draft = draft_of_text(
        f"Officer dies in the hills\n\n{body}\n\n{body[:-1]} again.\n\n(END) JCC/MVB\n\nPublished: 8/21/2012"
    )
    assert draft.published == date(2012, 8, 21)
    assert [p.text.text[:3] for p in draft.paragraphs] == ["The", "The"]


def test_initials_under_a_wire_report_are_furniture() -> None:
    assert is_furniture("sd/ach/tb") and not is_furniture("GAO/MALI")
