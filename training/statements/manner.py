"""Grow the judge of kinds of sources: python -m training.statements.manner DATA --out manner.npz.

Reads the reports that `labels.jsonl` marks as the program does, and fits a softmax head on what
`sayso.extract.statements.row` gives. Prints what it gets right in five folds of documents, beside the rules.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray

from bench.statements import Doc, texts
from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.encode.encoder import encoder
from sayso.encode.heads import encoded
from sayso.extract.statements import attributions, combined, reader, row, ruled
from sayso.extract.statements.manner import ANSWERS, FLAGS
from sayso.model.article import Capture
from sayso.resolve.when import times
from sayso.resolve.who import entities

LABELS = Path(__file__).with_name("labels.jsonl")
FIELDS = {"kind": "kind", "act": "act", "stance": "stance", "certainty": "certainty"}
DECAY = 3e-2
"""Weight decay, and how much a state's dimension counts beside an answer of the rules: chosen in the folds."""
STATES = 0.3
FOLDS = 5


class Case(NamedTuple):
    """One labelled statement: its document, what the heads read, the labels, what the rules answer."""

    doc: Doc
    row: NDArray[np.float32]
    gold: dict[str, str]
    rules: dict[str, str]


def cases(data: Path, labels: Path = LABELS) -> Iterator[Case]:
    """Yield the labelled statements that the program finds, by their cues."""
    listed: dict[Doc, list[dict[str, Any]]] = defaultdict(list)
    for line in labels.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        listed[label["set"], label["doc"]].append(label)
    for doc, text in texts(data, set(listed)):
        sha = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        article = article_of(Capture(name=doc[1], id=doc[1], content=text, media_type="text", sha256=sha), None)
        analysis = analyse(article)
        rules = attributions(analysis)
        sight = reader().see(analysis, rules, encoder().branch(encoded(analysis)))
        said = [a for a in rules if a.sense.force == "speech"]
        made = ruled(article, analysis, entities(article, analysis), times(article, analysis), combined(sight, said))
        origin = article.offsets.origin
        for label in listed[doc]:
            start, end = label["cue"]
            for one in made:
                first, last = origin(one.attribution.cue[0]), origin(one.attribution.cue[1] - 1)
                if first is not None and last is not None and first < end and start <= last:
                    s, marked = one.statement, label["passes"][0]
                    told = {"kind": s.speaker_kind, "act": s.act, "stance": s.stance, "certainty": s.certainty}
                    gold = {name: marked[field] for name, field in FIELDS.items()}
                    if marked["is_statement"]:
                        yield Case(doc, row(analysis, sight, one), gold, told)
                    break


def fitted(x: torch.Tensor, y: torch.Tensor, answers: int, decay: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the weights [answers, columns] and biases of a softmax regression with L2 decay, by L-BFGS."""
    weight, bias = torch.zeros(answers, x.shape[1], requires_grad=True), torch.zeros(answers, requires_grad=True)
    solver = torch.optim.LBFGS([weight, bias], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        solver.zero_grad()
        loss = F.cross_entropy(x @ weight.T + bias, y) + decay * (weight**2).sum() / 2
        loss.backward()
        return loss

    solver.step(closure)
    return weight.detach(), bias.detach()


def scaled(rows: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the mean of each column, and what it is divided by: its spread, more for the states."""
    told = sum(len(ANSWERS[name]) for name in ("kind", "act", "stance", "certainty")) + len(FLAGS)
    spread = np.maximum(rows.std(0), 0.1)
    spread[:-told] /= STATES
    return rows.mean(0), spread.astype(np.float32)


def grown(found: list[Case]) -> dict[str, NDArray[np.float32]]:
    """Print what the head gets right in folds, and return it fitted on all."""
    rows = np.stack([case.row for case in found])
    mean, scale = scaled(rows)
    x = torch.from_numpy((rows - mean) / scale)
    fold = np.array([int(hashlib.sha256("/".join(case.doc).encode()).hexdigest(), 16) % FOLDS for case in found])
    kinds = ANSWERS["kind"]
    y = torch.tensor([kinds.index(case.gold["kind"]) for case in found])
    guess = np.zeros(len(found), int)
    for k in range(FOLDS):
        train, test = (torch.from_numpy(part) for part in (fold != k, fold == k))
        weight, bias = fitted(x[train], y[train], len(kinds), DECAY)
        guess[fold == k] = (x[test] @ weight.T + bias).argmax(1).numpy()
    right = np.mean(guess == y.numpy())
    ruled_right = np.mean([case.rules["kind"] == case.gold["kind"] for case in found])
    print(f"kind of source: {right:.1%} in {FOLDS} folds of documents; rules {ruled_right:.1%}")
    weight, bias = fitted(x, y, len(kinds), DECAY)
    arrays = {"mean": mean, "scale": scale, "kind": weight.numpy(), "kind/bias": bias.numpy()}
    return {name: value.astype(np.float16 if value.ndim == 2 else np.float32) for name, value in arrays.items()}


def main() -> None:
    """Measure in folds, then fit on all and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    np.savez(args.out, **grown(list(cases(args.data))))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
