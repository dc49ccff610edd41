"""The columns of the flat formats, in their order, and what stands in each; `docs/store.md` repeats this table."""

from __future__ import annotations

_ARTICLE = {
    "article": "id of the article that tells of it",
    "outlet": "who published it, else the agency credited",
    "published": "day of publication",
    "title": "its headline",
    "url": "where it was published",
}
_EVENT = {
    "kind": "kind of incident",
    "stage": "accomplished, attempted or threatened",
    "background": "whether the report only recalls it",
}
_PLACE = {
    "admin": "region, district or province",
    "country": "ISO 3166-1 alpha-2",
    "latitude": "WGS 84 degrees",
    "longitude": "WGS 84 degrees",
    "precision": "ACLED's geo_precision, 1 to 3",
    "where_prec": "UCDP's where_prec, 1 to 7",
    "gazetteer_id": "row of the gazetteer",
}
_COUNTS = {
    column: words
    for slot in ("killed", "wounded", "abducted", "arrested", "attackers_killed", "attackers_wounded", "shots")
    for column, words in {
        f"{slot}_low": f"fewest {slot.replace('_', ' ')} that anybody gives",
        f"{slot}_high": f"most {slot.replace('_', ' ')} that anybody gives; empty where unbounded",
        f"{slot}_claims": "each number with who says so",
    }.items()
}
INCIDENT: dict[str, str] = {
    "incident": "id of the incident",
    "cluster": "id that all accounts of one incident share, its own where it is alone",
    **_ARTICLE,
    **_EVENT,
    "date": "EDTF, the most precise that is claimed",
    "earliest": "first day that it can have been",
    "latest": "last day that it can have been; where no time is told, the day of publication",
    "clock": "time of day",
    "time_precision": "ACLED's time_precision, 1 to 3",
    "date_prec": "UCDP's date_prec, 1 to 5",
    "place": "names from the narrowest to the widest",
    **_PLACE,
    "perpetrators": "each with the standing last given, and by whom",
    "targets": "things attacked, each with who says so",
    "victims": "people, each with who says so",
    "weapons": "weapons, in the article's words",
    **_COUNTS,
    "damage": "each damage with who says so",
    "motive": "each motive or demand with who says so",
    "disputed": "whether anybody denies or doubts any value",
    "according_to": "all who say anything of it",
    "words": "the words that tell the kind",
}
STATEMENT: dict[str, str] = {
    "statement": "id of the statement, unique within the article",
    **_ARTICLE,
    "said_on": "EDTF: when it was said; empty where the text does not tell",
    "earliest": "first day that it can have been said",
    "latest": "last day that it can have been said",
    "speaker": "the name that the source resolves to",
    "speaker_kind": "what kind of source that is",
    "on_behalf_of": "the organization spoken for",
    "according_to": "the speaker in words, with those who report the statement",
    "act": "what is done by saying it",
    "stance": "asserts, denies or doubts what is said",
    "certainty": "certain, probable or possible",
    "direct": "whether it stands in quotation marks",
    "within": "id of the statement that reports this one",
    "part": "title, body or caption",
    "said_at": "where it was said",
    "channel": "through what it was said",
    "source": "the words for the source",
    "cue": "the words that make it a saying",
    "content": "what is said",
    "confidence": "how sure sayso is of having read it rightly, 0 to 1",
    "start": "where its words begin in the article's text, in code points",
    "end": "where they end",
}
CLAIM: dict[str, str] = {
    "incident": "id of the incident it is about",
    "cluster": "id that all accounts of that incident share, its own where it is alone",
    **_ARTICLE,
    **_EVENT,
    "claim": "id of the claim, unique within the article",
    "slot": "what it is a value of",
    "value": "the value in words",
    "according_to": "who says so",
    "speaker_kind": "what kind of source that is; `media` for the outlet itself",
    "said_on": "EDTF: when it was said",
    "stance": "asserts, denies or doubts",
    "certainty": "certain, probable or possible",
    "standing": "of perpetrators: how they stand on this word",
    "value_kind": "kind of actor, target, victim or weapon",
    "effect": "what became of the target or victim",
    "number": "how many targets or victims",
    "low": "of counts: at least so many",
    "high": "of counts: at most so many; empty where unbounded",
    "earliest": "of times: first day",
    "latest": "of times: last day",
    **_PLACE,
    "entity": "id of the entity, unique within the article",
    "chain": "ids of the statements that carry it, outermost first",
    "confidence": "how sure sayso is of having read it rightly, 0 to 1",
    "maker": "the stage that made the claim, with its version",
    "start": "where the first evidence begins in the article's text, in code points",
    "end": "where it ends",
    "words": "the words that carry it",
}
