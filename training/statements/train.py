"""Train the reader: python -m training.statements.train ARTICLES --base ENCODER.pt --out READER.pt.

ARTICLES is what `corpus` wrote; ENCODER.pt the float weights of the shipped encoder, whose upper layers the reader
starts from. With --start it goes on from an earlier reader, with a fresh schedule. Every epoch is kept.
"""

from __future__ import annotations

import argparse
import math
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from sayso.extract.statements.features import BEFORE, Tokens
from training.statements.corpus import Article, Gold
from training.statements.model import OWN, SEEN, Batch, Network

BATCH = 4
"""Articles of a step."""
DROP = 0.1
INSIDE = 0.05
"""What being inside of a source or content counts beside its edges."""


EDGES = {"source": (0, 1), "content": (2, 3), "cue": (6, 7)}
"""The columns of the network's scores for the first and the last word of each part."""


def place(tokens: Tokens, head: int) -> tuple[int, int] | None:
    """Return the first and the last word of a stretch as places around a head; None where one lies too far off."""
    first, last = tokens[0] - head + BEFORE, tokens[1] - 1 - head + BEFORE
    return (first, last) if first >= 0 and last < SEEN else None


def loss_of(network: Network, articles: Sequence[Article], rng: random.Random) -> Tensor:
    """Return the loss of some articles by cue; of several annotators of an article one is asked, by lot."""
    batch = network.read(articles, DROP)
    labels = torch.zeros(len(batch.states), dtype=torch.long)
    marked: list[Marked] = []
    for k, article in enumerate(articles):
        for gold in rng.choice(article.gold):
            first, last = (batch.base[k] + i for i in gold.cue)
            labels[first:last] = 2
            head = article.words.head_of(gold.cue)
            labels[batch.base[k] + head] = 1
            marked.append((k, head, gold))
    total = F.cross_entropy(network.cue(batch.states), labels, reduction="sum")
    if marked:
        total = total + _belonging(network, batch, articles, marked)
    return total / max(1, len(marked))


Marked = tuple[int, int, Gold]
"""An attribution with its article's place in the batch and the head of its cue."""


def _belonging(network: Network, batch: Batch, articles: Sequence[Article], marked: list[Marked]) -> Tensor:
    scores, none = network.edges(batch, articles, [(k, head) for k, head, _ in marked], DROP)
    inside = torch.zeros(len(marked), SEEN, 2)
    total = torch.zeros(())
    for part, columns in EDGES.items():
        wanted = torch.full((len(marked), 2), -100)
        for row, (_, head, gold) in enumerate(marked):
            tokens = getattr(gold, part)
            spot = place(tokens, head) if tokens else None
            if spot:
                wanted[row] = torch.tensor(spot)
            elif part == "source" and tokens is None:
                wanted[row] = SEEN
            for piece in {"source": [tokens] if tokens else [], "content": gold.parts, "cue": []}[part]:
                first, last = (max(0, i - head + BEFORE) for i in piece)
                inside[row, first:last, columns[0] // 2] = 1
        for n, column in enumerate(columns):
            x = torch.cat([scores[:, :, column], none[:, n : n + 1]], 1)
            x = x if part == "source" else x[:, :SEEN]
            total = total + F.cross_entropy(x, wanted[:, n], ignore_index=-100, reduction="sum")
    held = F.binary_cross_entropy_with_logits(scores[:, :, 4:6].clamp(min=-30), inside, reduction="sum")
    return total + INSIDE * held


def started(network: Network, base: Path) -> None:
    """Take over the upper layers of the encoder."""
    state = torch.load(base, map_location="cpu", weights_only=True)
    state = {name.removeprefix("body."): value for name, value in state.get("model", state).items()}
    for n, layer in enumerate(network.layers):
        at = f"layers.{n + OWN}."
        layer.load_state_dict({name.removeprefix(at): v.float() for name, v in state.items() if name.startswith(at)})


def main() -> None:
    """Train, and write the weights after every epoch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    with args.articles.open("rb") as file:
        articles, known = pickle.load(file)
    network = Network()
    started(network, args.base)
    if args.start:
        network.load_state_dict(torch.load(args.start, weights_only=True)["network"])
    body = list(network.layers.parameters())
    rest = [p for p in network.parameters() if not any(p is q for q in body)]
    groups = [{"params": body, "lr": args.rate}, {"params": rest, "lr": 5 * args.rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = args.epochs * math.ceil(len(articles) / BATCH)
    warm = steps // 15 + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )
    network.train()
    for epoch in range(args.epochs):
        rng.shuffle(articles)
        losses = []
        for at in range(0, len(articles), BATCH):
            loss = loss_of(network, articles[at : at + BATCH], rng)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: {sum(losses) / len(losses):.3f}", flush=True)
        torch.save({"network": network.state_dict(), "known": known}, args.out)


if __name__ == "__main__":
    main()
