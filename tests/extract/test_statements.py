"""Who says what: what a reader of the record relies on, sentence by sentence."""

from __future__ import annotations

import re
from datetime import date

import pytest

from sayso.annotate.grammar import analyse
from sayso.extract.statements import statements
from sayso.model.analysis import Analysis
from sayso.model.article import Article, Block, OffsetMap
from sayso.model.entity import Entity, Fact, Mention
from sayso.model.statement import Statement
from sayso.model.when import TimeMention, When
from tests.extract.reading import read as read_whole


def article_of(text: str, roles: tuple[str, ...] = ()) -> Article:
    spans = list(re.finditer(r"\S[^\n]*", text))
    named = (*roles, *("body" for _ in spans[len(roles) :]))
    return Article(
        id="invented",
        text=text,
        blocks=tuple(
            Block(start=m.start(), end=m.end(), role=role)  # type: ignore[arg-type]
            for m, role in zip(spans, named, strict=True)
        ),
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name="invented.txt",
        sha256="0" * 64,
    )


def read(text: str, who: tuple[Entity, ...] = (), when: tuple[TimeMention, ...] = ()) -> tuple[Statement, ...]:
    article = article_of(text)
    return statements(article, analyse(article), who, when)


def one(text: str) -> Statement:
    """Return the one statement of a text that has no other."""
    found = read(text)
    assert len(found) == 1, found
    return found[0]


def said(statement: Statement) -> str:
    return " // ".join(span.text for span in statement.content)


def words(statement: Statement) -> tuple[str | None, str | None, str]:
    return (
        statement.source.text if statement.source else None,
        statement.cue.text if statement.cue else None,
        said(statement),
    )


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "Maro told reporters that four men were held.",
            "Maro",
            "told",
            "that four men were held",
        ),
        (
            "“We heard it,” said Ada Pell, a baker who lives nearby.",
            "Ada Pell, a baker who lives nearby",
            "said",
            "“We heard it,”",
        ),
        ('She said: "We ran. Then it burned."', "She", "said", '"We ran. Then it burned."'),
        ("The bridge was, he said, destroyed.", "he", "said", "The bridge was // destroyed"),
        ("Two men died, according to the port authority.", "the port authority", "according to", "Two men died"),
        ("Two men died in the fire, police say.", "police", "say", "Two men died in the fire"),
        ("Officials: Two dead in ferry blast", "Officials", ":", "Two dead in ferry blast"),
        ("The mayor was quoted as saying the road was open.", "The mayor", "was quoted as saying", "the road was open"),
        ("He declined to say who had fired.", "He", "declined to say", "who had fired"),
    ],
)
def test_source_cue_and_content(text: str, source: str, cue: str, content: str) -> None:
    """Direct and indirect speech, parentheses, headlines: who, by which words, says what."""
    assert words(one(text)) == (source, cue, content)


@pytest.mark.parametrize(
    ("text", "act", "stance", "certainty"),
    [
        ("The Front has claimed responsibility for the blast.", "claims_responsibility", "asserts", "certain"),
        ("The Front claimed credit for the blast in a letter.", "claims_responsibility", "asserts", "certain"),
        ("No group has claimed responsibility for the blast.", "claims_responsibility", "denies", "certain"),
        ("Hadan accused the army of shelling the village.", "accuses", "asserts", "certain"),
        ("Residents blamed the army for the deaths.", "accuses", "asserts", "certain"),
        ("Police suspect that the Front was behind the bombing.", "accuses", "asserts", "probable"),
        ("The minister said that the Front was behind the bombing.", "accuses", "asserts", "certain"),
        ("Police pinned the blame for the raid on the Front.", "accuses", "asserts", "certain"),
        ("The army has denied involvement in the killings.", "denies", "denies", "certain"),
        ("Police did not rule out a second bomb.", "states", "asserts", "possible"),
        ("The men have confessed to the murder.", "confesses", "asserts", "certain"),
        ("The rebels threatened to kill the hostages.", "threatens", "asserts", "certain"),
        ("The rebels warned that they will attack again.", "threatens", "asserts", "certain"),
        ("The union demanded an inquiry.", "demands", "asserts", "certain"),
        ("The ministry confirmed that three had died.", "confirms", "asserts", "certain"),
        ("Her lawyer doubts that the bag was hers.", "doubts", "doubts", "certain"),
        ("The league condemned the attack.", "condemns", "asserts", "certain"),
        ("The doctor said that two more may die.", "states", "asserts", "possible"),
    ],
)
def test_act_stance_and_certainty(text: str, act: str, stance: str, certainty: str) -> None:
    """What the words do, negation and hedges included."""
    statement = one(text)
    assert (statement.act, statement.stance, statement.certainty) == (act, stance, certainty)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Prosecutors said that two men were held.", "authority"),
        ("Army spokesman Bran Olt said that two men were held.", "authority"),
        ("Two rebels said that they were hungry.", "armed_group"),
        ("The suspects said that they were asleep.", "accused"),
        ("Witnesses said that two men ran.", "witness"),
        ("The widow said that he was asleep.", "victim"),
        ("A surgeon said that two men died.", "medical"),
        ("Local media reported that two men died.", "media"),
        ("An analyst said that it was a trap.", "expert"),
        ("Opposition lawmakers said that it was a trap.", "political"),
        ("A docker who asked not to be named said that it was a trap.", "anonymous"),
        ("The indictment said that it was a trap.", "document"),
        ("Four men were charged with murder.", "authority"),
    ],
)
def test_speaker_kind(text: str, kind: str) -> None:
    """The kind of a source, by the words for it."""
    assert one(text).speaker_kind == kind


def test_nobody_is_made_up() -> None:
    """A passive, an adverb and "no group" give no source and no speaker."""
    for text in (
        "The driver reportedly fled.",
        "The group is believed to have fired.",
        "No group has claimed responsibility for the blast.",
    ):
        statement = one(text)
        assert (statement.source, statement.speaker, statement.speaker_id) == (None, None, None)
        assert statement.speaker_kind == "anonymous"


def test_pronoun_without_antecedent_has_no_speaker() -> None:
    """ "They" is a source, but nobody's name."""
    statement = one("They denied the raid.")
    assert (statement.source and statement.source.text, statement.speaker) == ("They", None)


def test_quotation_that_goes_on_has_the_same_speaker() -> None:
    """Quotations with no cue of their own belong to the last speaker, over sentences and paragraphs."""
    statement = one('"We saw it," said Ana Petrov. "Then we ran."\n\n"Nobody came to help us."')
    assert said(statement) == '"We saw it," // "Then we ran." // "Nobody came to help us."'
    assert statement.direct


def test_wants_and_plans_are_no_statements() -> None:
    """An attitude is an attribution, but nobody has said anything."""
    assert read("The rebels want to leave the valley. The mayor likes the plan.") == ()


def test_statement_within_a_statement() -> None:
    """A confession that a spokesman tells of is his statement about a statement."""
    outer, inner = read("The spokesman said that the three suspects have confessed to their part in the raid.")
    assert (outer.act, outer.within) == ("states", None)
    assert (inner.act, inner.within, inner.speaker_kind) == ("confesses", outer.id, "accused")


def test_hearsay_within_a_statement() -> None:
    """ "Reportedly" inside what somebody says is an unnamed source that he relies on."""
    outer, inner = read("Maro said Tolic reportedly placed one of the bombs in a cellar.")
    assert words(inner)[:2] == (None, "reportedly")
    assert (inner.within, inner.certainty) == (outer.id, "probable")


def test_agency_that_reports_a_statement_is_the_outer_one() -> None:
    """A closing "the agency reports" holds the sentence, and nothing of it runs into what the office says."""
    inner, outer = read("The office says that four men were responsible for the blast, the Coast agency reports.")
    assert (inner.within, outer.within) == (outer.id, None)
    assert (inner.act, said(inner)) == ("accuses", "that four men were responsible for the blast")
    assert outer.speaker_kind == "media"


def test_same_source_says_more_in_the_same_sentence() -> None:
    """ ", adding that ..." is a second statement of the same source, not part of the first."""
    first, second = read("The minister said that two men had died, adding that the road was closed.")
    assert said(first) == "that two men had died"
    assert words(second) == ("The minister", "adding", "that the road was closed")


def test_the_part_of_the_page_is_told() -> None:
    """A statement in a headline or a caption says so."""
    text = "Varda Police Say Two Killed In Attack\n\nThe Front warned that it would attack.\n\nMaro said that he fled."
    article = article_of(text, ("title", "caption"))
    found = statements(article, analyse(article), (), ())
    assert [statement.where for statement in found] == ["title", "caption", "body"]


def _entity(analysis: Analysis, id: str, kind: str, name: str, *mentions: str, **more: object) -> Entity:
    found = []
    for words in mentions:
        for match in re.finditer(re.escape(words), analysis.text):
            span = analysis.span_at(match.start(), match.end())
            head = analysis.token_at(match.end() - 1)
            found.append(Mention(span=span, head=head, form="name"))
    return Entity(id=id, kind=kind, name=name, names=(name,), mentions=tuple(found), **more)  # type: ignore[arg-type]


def test_source_resolves_to_the_entity_and_whom_it_speaks_for() -> None:
    """ "She" is Irena Maro, who speaks for the ministry; the group's fighter speaks for the group."""
    text = (
        "Irena Maro, a spokeswoman for the Interior Ministry, accused the Front on Friday. She said that ten had died. "
        "The Front claimed the blast in a video. One of its fighters warned that they will attack again."
    )
    article = article_of(text)
    analysis = analyse(article)
    ministry = _entity(analysis, "e1", "government_body", "Interior Ministry", "Interior Ministry")
    role = Fact(name="role", value="spokeswoman", evidence=analysis.span_at(14, 25), other="e1")
    maro = _entity(analysis, "e2", "person", "Irena Maro", "Irena Maro", "She", facts=(role,))
    front = _entity(analysis, "e3", "organization", "the Front", "The Front", "the Front", armed=True)
    accuses, says, claims, warns = statements(article, analysis, (ministry, maro, front), ())
    for statement in (accuses, says):
        assert (statement.speaker, statement.speaker_id) == ("Irena Maro", "e2")
        assert (statement.speaker_kind, statement.on_behalf_of) == ("authority", "Interior Ministry")
    assert (claims.act, claims.speaker_kind) == ("claims_responsibility", "armed_group")
    assert claims.channel is not None and claims.channel.text == "a video"
    assert (warns.act, warns.speaker_id, warns.on_behalf_of) == ("threatens", None, "the Front")


def test_day_place_and_channel_of_saying() -> None:
    """When, where and through what hang on the cue; a day inside what is said is not the day of saying."""
    text = "Maro told journalists in Karvel on November 9 that the men had fled on Monday."
    when = []
    for part, edtf in (("November 9", "2011-11-09"), ("Monday", "2011-11-07")):
        article = article_of(text)
        span = analyse(article).span_at(text.index(part), text.index(part) + len(part))
        day = date.fromisoformat(edtf)
        value = When(edtf=edtf, earliest=day, latest=day, basis="relative")
        when.append(TimeMention(span=span, type="DATE", value=edtf, when=value))
    (statement,) = read(text, when=tuple(when))
    assert statement.said_on is not None and statement.said_on.edtf == "2011-11-09"
    assert statement.said_at is not None and statement.said_at.text == "Karvel"
    (statement,) = read("The Front claimed credit for the blast in a statement on a web forum.")
    assert statement.channel is not None and statement.channel.text == "a statement on a web forum"


def test_text_in_capitals() -> None:
    """Wire copy in capitals is read in restored case, and quoted as it stands."""
    text = "POLICE SOURCES REPORTED THAT THE MAYOR OF SAN ORLO WAS WOUNDED."
    article = article_of(text)
    lower = analyse(article_of(text.lower()))
    analysis = Analysis(
        text=lower.text,
        source_text=article.text,
        tokens=lower.tokens,
        sentences=lower.sentences,
        names=lower.names,
        quotations=lower.quotations,
    )
    (statement,) = statements(article, analysis, (), ())
    assert words(statement) == ("POLICE SOURCES", "REPORTED", "THAT THE MAYOR OF SAN ORLO WAS WOUNDED")


def test_who_stands_before_the_cue_says_it_and_not_whom_a_clause_is_about() -> None:
    text = (
        "Gunmen ambushed the convoy of the mayor on the coast road on Thursday, killing three of his bodyguards and "
        "wounding at least five people, among them two schoolchildren who were waiting for a bus, police and a "
        "hospital official said."
    )
    assert [s.source.text for s in read_whole(text).statements if s.source] == ["police and a hospital official"]


def test_what_stands_before_a_semicolon_is_not_said_by_who_comes_behind_it() -> None:
    text = (
        "The minister Hana Voss said that one of the attackers had been shot dead; according to her, the captured man, "
        "Iven Rahl, had confessed."
    )
    told = [s for s in read_whole(text).statements if any("shot dead" in c.text for c in s.content)]
    assert {s.speaker for s in told} == {"Hana Voss"}
