"""What a trained extractor sees in reports it was not trained on: `Evidence` by report id, kept in a file."""

from __future__ import annotations

import argparse
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from sayso.model.evidence import Evidence
from training.extractor.corpus import load
from training.extractor.examples import Example, fold_of, windows
from training.extractor.labels import KINDS, ROLES, Labels, sentence_bounds
from training.extractor.model import Extractor


def heads_of(model: Extractor) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return the weights of the heads that are applied to spans."""
    found = {n: (h.weight.detach().numpy(), h.bias.detach().numpy()) for n, h in model.attributes.items()}
    found["link"] = (model.link.weight.detach().numpy(), model.link.bias.detach().numpy())
    found["link_scale"] = (model.link_scale.detach().numpy(), np.zeros(0, np.float32))
    return found


@torch.no_grad()
def evidence(model: Extractor, tokenizer: Tokenizer, text: str, bounds: list[tuple[int, int]]) -> Evidence:
    """Return what the model sees in one text."""
    example = Example("", "", text, bounds, Labels([], [], {}, set()), (), False)
    parts = []
    for w in windows(example, tokenizer):
        states = model.body(torch.from_numpy(w.ids)[None], torch.ones(1, len(w.ids)))[0]
        own = torch.from_numpy(w.sentence >= 0)
        parts.append((states[own], w.starts[w.sentence >= 0], w.ends[w.sentence >= 0], w.sentence[w.sentence >= 0]))
    states = torch.cat([p[0] for p in parts])
    starts, ends, sentence = (np.concatenate([p[n] for p in parts]) for n in (1, 2, 3))
    roles = model.roles(states).view(-1, len(ROLES), 3).softmax(-1).numpy()
    means, kinds = np.zeros((len(bounds), states.shape[1]), np.float32), np.zeros((len(bounds), len(KINDS)), np.float32)
    for k in range(len(bounds)):
        inside = torch.from_numpy(sentence == k)
        if inside.any():
            part = states[inside]
            means[k] = part.mean(0).numpy()
            kinds[k] = model.kinds(torch.cat([part.mean(0), part.max(0).values])).sigmoid().numpy()
    return Evidence(
        role_names=ROLES,
        kind_names=KINDS,
        starts=starts.astype(np.int32),
        ends=ends.astype(np.int32),
        roles=roles.astype(np.float32),
        kinds=kinds,
        states=states.numpy().astype(np.float16),
        means=means,
        sentence_of=sentence.astype(np.int32),
        heads={},
    )


def load_evidence(path: Path) -> dict[tuple[str, str], Evidence]:
    """Return what `main` wrote, with the heads put back."""
    heads, found = pickle.loads(path.read_bytes())
    return {key: replace(seen, heads=heads) for key, seen in found.items()}


def main() -> None:
    """Predict one fold of the training sets, or a whole set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", required=True)
    parser.add_argument("--fold", type=int, default=-1)
    parser.add_argument("--folds", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = Extractor()
    kept = torch.load(args.weights, map_location="cpu")
    model.load_state_dict(kept.get("model", kept))
    model.eval()
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found = {}
    for name in args.sets:
        for report in load(args.work / f"{name}.pkl"):
            key = str(report.row.get("key", report.id))
            if args.fold < 0 or fold_of(key, args.folds) == args.fold:
                seen = evidence(model, tokenizer, report.reading.article.text, sentence_bounds(report.analysis))
                found[report.set, report.id] = seen
    args.out.write_bytes(pickle.dumps((heads_of(model), found)))


if __name__ == "__main__":
    main()
