"""Train the extractor: `python -m training.extractor.train --work DIR --out FILE [--fold K --folds N]`."""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from tokenizers import Tokenizer
from torch import Tensor

from training.extractor.corpus import load
from training.extractor.examples import (
    MASK,
    Example,
    Swapper,
    Window,
    calm_examples,
    fold_of,
    gvdb_examples,
    muc_example,
    snippet_examples,
    wiki_examples,
    windows,
)
from training.extractor.labels import ATTRIBUTES, KINDS, ROLES
from training.extractor.model import Extractor, pretrained

BUDGET = 1200
"""Word pieces in a batch, padding counted: with larger ones the few steps of an epoch leave the heads untrained."""
IDLE_SHARE = 0.3
"""Share of the windows without anything to find that an epoch reads."""


def batches(found: list[Window], rng: random.Random) -> list[list[Window]]:
    """Return windows in batches of similar length, in random order."""
    order = sorted(found, key=lambda w: len(w.ids) + rng.random() * 40)
    out: list[list[Window]] = []
    group: list[Window] = []
    for w in order:
        if group and max(len(w.ids), *(len(x.ids) for x in group)) * (len(group) + 1) > BUDGET:
            out.append(group)
            group = []
        group.append(w)
    out.append(group)
    rng.shuffle(out)
    return out


def losses(model: Extractor, group: list[Window], rng: np.random.Generator, drop: float) -> dict[str, Tensor]:
    """Return the losses of one batch by name."""
    length = max(len(w.ids) for w in group)
    device = model.link_scale.device
    ids = torch.zeros(len(group), length, dtype=torch.long)
    mask = torch.zeros(len(group), length)
    gold = torch.full((len(group), length, len(ROLES)), -1, dtype=torch.long)
    for n, w in enumerate(group):
        ids[n, : len(w.ids)] = torch.from_numpy(w.ids)
        mask[n, : len(w.ids)] = 1
        gold[n, : len(w.ids)] = torch.from_numpy(w.labels.astype(np.int64))
    hidden = torch.from_numpy(rng.random(ids.shape) < 0.06) & (ids > 1000)
    states = model.body(torch.where(hidden, MASK, ids).to(device), mask.to(device), drop)
    gold = gold.to(device)
    out: dict[str, Tensor] = {}
    logits = model.roles(states).view(len(group), length, len(ROLES), 3)
    valid = gold >= 0
    if valid.any():
        each = F.cross_entropy(logits[valid], gold[valid], reduction="sum")
        out["roles"] = 6.0 * each / max(1, int((gold >= 0).any(-1).sum()))
    spans, wanted = [], {name: ([], []) for name in ATTRIBUTES}
    links: list[tuple[int, frozenset[int], int]] = []
    kinds, kind_gold = [], []
    satp, satp_gold = [], []
    for n, w in enumerate(group):
        pooled = {}
        for first, last, k in w.sentences:
            part = states[n, first:last]
            pooled[k] = part.mean(0)
            if not w.example.evidence or k in w.example.labels.doubtful:
                continue
            told = w.example.labels.evidence.get(k, {})
            rep = torch.cat([pooled[k], part.max(0).values])
            kinds.append(rep)
            kind_gold.append([float(q in told) for q in range(len(KINDS))])
            if k in w.example.labels.stages:
                spans.append(torch.cat([pooled[k], pooled[k]]))
                wanted["stage"][0].append(len(spans) - 1)
                wanted["stage"][1].append(w.example.labels.stages[k])
            if told and w.example.set == "muc4":
                spans.append(torch.cat([pooled[k], pooled[k]]))
                links.append((len(spans) - 1, frozenset().union(*told.values()), n))
        for first, last, k, span in w.spans:
            if w.example.set != "muc4":
                continue
            spans.append(torch.cat([states[n, first:last].mean(0), pooled[k]]))
            at = len(spans) - 1
            for name, value in span.attributes.items():
                wanted[name][0].append(at)
                wanted[name][1].append(value)
            links.append((at, span.templates, n))
        if w.example.satp is not None:
            inner = states[n, 1 : len(w.ids) - 1]
            satp.append(torch.cat([inner.mean(0), inner.max(0).values]))
            satp_gold.append([float(v) for v in w.example.satp])
    if kinds:
        out["kinds"] = F.binary_cross_entropy_with_logits(
            model.kinds(torch.stack(kinds)), torch.tensor(kind_gold, device=device)
        ) * len(KINDS)
    if satp:
        out["satp"] = (
            0.5
            * F.binary_cross_entropy_with_logits(model.satp(torch.stack(satp)), torch.tensor(satp_gold, device=device))
            * 4
        )
    if spans:
        reps = torch.stack(spans)
        total = [
            F.cross_entropy(model.attributes[name](reps[i]), torch.tensor(v, device=device), reduction="sum")
            for name, (i, v) in wanted.items()
            if i
        ]
        count = sum(len(i) for i, _ in wanted.values())
        if total:
            out["attributes"] = 1.0 * sum(total) / count * 2
        pairs = [
            (x[0], y[0], float(bool(x[1] & y[1])), float(not _several(group[x[2]].example)))
            for i, x in enumerate(links)
            for y in links[i + 1 :]
            if x[2] == y[2]
        ]
        if pairs:
            left, right, same, single = (torch.tensor(v, device=device) for v in zip(*pairs, strict=True))
            z = F.normalize(model.link(reps), dim=-1)
            score = (z[left.long()] * z[right.long()]).sum(-1) * model.link_scale[0] + model.link_scale[1]
            weight = torch.where(single > 0, 0.1, 1.0)
            out["link"] = (
                F.binary_cross_entropy_with_logits(score, same, reduction="none") * weight
            ).sum() / weight.sum().clamp(min=20)
    return out


def _several(example: Example) -> bool:
    return len({t for told in example.labels.evidence.values() for ts in told.values() for t in ts}) > 1


def corpus(work: Path, data: Path, fold: int, folds: int, limit: int | None = None) -> list[Example]:
    """Return the examples of all sets, those of fold `fold` left out (-1: none); `limit` is the most of each set."""
    from bench.tasks import _told

    found = [muc_example(r) for part in ("dev", "tst1") for r in load(work / f"muc4-{part}.pkl")[:limit]]
    found += gvdb_examples(data)[:limit] + wiki_examples(data)[:limit]
    found = [e for e in found if fold < 0 or fold_of(e.id, folds) != fold]
    return found + snippet_examples(data)[:limit] + calm_examples(data, set(_told("train")), 4)[: limit or 300]


def _swapper(work: Path) -> Swapper | None:
    try:
        from training.extractor.swapping import swapper
    except ImportError:
        return None
    print("names are swapped", flush=True)
    made: Swapper = swapper(work)
    return made


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fold", type=int, default=-1)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="begin with the weights of this state, on a fresh schedule")
    parser.add_argument("--restart", action="store_true", help="go on from the state with a fresh schedule")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--swap", type=float, default=0.0)
    parser.add_argument("--device", help="cuda or cpu; default: cuda where there is one")
    parser.add_argument("--limit", type=int, help="only so many reports of each set, to try the chain out")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    device = args.device or ("cuda" if torch.cuda.is_available() else "cpu")
    rng, noise = random.Random(args.seed), np.random.default_rng(args.seed)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    examples = corpus(args.work, args.data, args.fold, args.folds, args.limit)
    cut = [w for e in examples for w in windows(e, tokenizer)]
    idle = [w for w in cut if w.example.empty]
    busy = [w for w in cut if not w.example.empty]
    print(
        len(examples),
        "texts",
        len(busy),
        "windows",
        len(idle),
        "idle",
        sum(len(w.ids) for w in busy),
        sum(len(w.ids) for w in idle),
        flush=True,
    )
    model = Extractor()
    model.body.load_state_dict(pretrained(args.base))
    model.to(device)
    for part in (model.body.words, model.body.positions, model.body.types, model.body.norm, model.body.layers[0]):
        for p in part.parameters():
            p.requires_grad = False
    heads = [p for n, p in model.named_parameters() if not n.startswith("body.")]
    body = [p for n, p in model.named_parameters() if n.startswith("body.") and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": 2 * args.rate}], weight_decay=0.01
    )
    state = args.out.with_suffix(".state")
    begin, step = 0, 0
    if state.exists():
        kept = torch.load(state, map_location=device)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        begin, step = (0, 0) if args.restart else (kept["epoch"], kept["step"])
    elif args.start:
        kept = torch.load(args.start, map_location=device)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
    rest = [w for w in busy if w.example.set != "satp"]
    per_epoch = len(batches(rest + idle[: int(IDLE_SHARE * len(idle))], random.Random(0))) + int(
        IDLE_SHARE * (len(busy) - len(rest)) * 85 / BUDGET
    )
    steps = per_epoch * args.epochs
    swapper = None
    for epoch in range(begin, args.epochs):
        rng.seed(f"{args.seed}/{epoch}")
        full = [w for w in busy if w.example.set != "satp" or rng.random() < IDLE_SHARE]
        chosen = full + rng.sample(idle, int(IDLE_SHARE * len(idle)))
        if args.swap and not swapper:
            swapper = _swapper(args.work)
        if swapper and epoch:
            fresh = {}
            for e in dict.fromkeys(id(w.example) for w in chosen):
                fresh[e] = rng.random() < args.swap
            again = []
            done = set()
            for w in chosen:
                if not fresh[id(w.example)] or w.example.set != "muc4":
                    again.append(w)
                elif id(w.example) not in done:
                    done.add(id(w.example))
                    again += windows(swapper(w.example, rng), tokenizer)
            chosen = again
        clock, sums, tokens = time.time(), {}, 0
        for group in batches(chosen, rng):
            share = step / steps
            scale = min(1.0, share / 0.08) * 0.5 * (1 + math.cos(math.pi * min(1.0, max(0.0, share - 0.08) / 0.92)))
            for g, base in zip(optimizer.param_groups, (args.rate, 2 * args.rate), strict=True):
                g["lr"] = base * scale
            parts = losses(model, group, noise, 0.1)
            total = sum(parts.values())
            if not isinstance(total, Tensor):
                continue
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            tokens += sum(len(w.ids) for w in group)
            for name, value in parts.items():
                s = sums.setdefault(name, [0.0, 0])
                s[0] += float(value.detach())
                s[1] += 1
            if step % 60 == 0:
                print(
                    f"  {step}/{steps} {tokens / (time.time() - clock):.0f} tok/s",
                    {k: round(a / b, 3) for k, (a, b) in sums.items()},
                    flush=True,
                )
        print(
            "epoch",
            epoch,
            f"{time.time() - clock:.0f} s",
            {k: round(a / b, 4) for k, (a, b) in sums.items()},
            flush=True,
        )
        torch.save(
            {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1, "step": step}, state
        )
    torch.save({name: value.cpu() for name, value in model.state_dict().items()}, args.out)


if __name__ == "__main__":
    main()
