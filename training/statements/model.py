"""The network of the reader: layers of its own over the encoder's middle states, heads for cue, source and content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from sayso.extract.statements.features import AFTER, BEFORE, PAIRS, TABLES, distances
from training.extractor.model import LAYERS, WIDTH, Layer, _thin
from training.statements.corpus import Article

HIDDEN, SPAN = 128, 5
SEEN = BEFORE + 1 + AFTER
OWN = LAYERS - LAYERS // 2
"""Layers that the reader has of its own: as many as the encoder has after its middle."""


@dataclass(slots=True)
class Batch:
    """The states of some articles' words, one after another, and where each article begins."""

    states: Tensor
    base: list[int]


class Network(nn.Module):
    """What `sayso.extract.statements.learned` runs in numpy, with the same names."""

    def __init__(self) -> None:
        super().__init__()
        self.emb = nn.EmbeddingBag(sum(TABLES.values()), WIDTH, mode="sum")
        nn.init.normal_(self.emb.weight, 0, 0.02)
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(OWN))
        self.cue = nn.Linear(WIDTH, 3)
        self.tok, self.tm = nn.Linear(WIDTH, HIDDEN), nn.Linear(WIDTH, HIDDEN)
        self.ctx, self.cm = nn.Linear(2 * WIDTH, HIDDEN), nn.Linear(2 * WIDTH, HIDDEN)
        self.dist = nn.Parameter(torch.randn(36, HIDDEN) * 0.05)
        self.pe = nn.EmbeddingBag(sum(PAIRS.values()), HIDDEN, mode="sum")
        nn.init.normal_(self.pe.weight, 0, 0.05)
        self.pn = nn.LayerNorm(HIDDEN)
        self.conv = nn.Conv1d(HIDDEN, HIDDEN, SPAN, padding=SPAN // 2, groups=HIDDEN)
        self.mix = nn.Linear(HIDDEN, HIDDEN)
        self.out = nn.Linear(
            HIDDEN, 8
        )  # first and last word of source, content, cue; inside of the first two (to learn)
        self.null = nn.Linear(2 * WIDTH, 2)

    def read(self, articles: Sequence[Article], drop: float) -> Batch:
        """Return the states of the words of some articles."""
        base = np.cumsum([0, *(len(a.words.heads) for a in articles)]).tolist()
        told = self.emb(torch.from_numpy(np.concatenate([a.words.features() for a in articles])))
        told = torch.cat([told, torch.zeros(1, WIDTH)])
        vectors, owners = [], []
        for a, first in zip(articles, base, strict=False):
            for window, middle in a.windows:
                word = np.where(window.source < 0, len(told) - 1, first + a.owner[np.maximum(window.source, 0)])
                x = self.norm(torch.from_numpy(middle.astype(np.float32))[None] + told[torch.from_numpy(word)][None])
                x = _thin(x, drop)
                for layer in self.layers:
                    x = layer(x, None, drop)
                vectors.append(x[0, window.at : window.at + window.last - window.first])
                owners.append(first + a.owner[window.first : window.last])
        own = torch.cat(vectors)
        owner = torch.from_numpy(np.concatenate(owners))
        sums = torch.zeros(base[-1], WIDTH).index_add(0, owner, own)
        counts = torch.zeros(base[-1]).index_add(0, owner, torch.ones(len(owner))).clamp(min=1)
        return Batch(sums / counts[:, None], base)

    def edges(
        self, batch: Batch, articles: Sequence[Article], heads: Sequence[tuple[int, int]], drop: float
    ) -> tuple[Tensor, Tensor]:
        """Return for each head of a cue (article, word) the scores around [P, SEEN, 8] and of no source [P, 2]."""
        around = [articles[k].words.around((i, i + 1)) for k, i in heads]
        starts = np.array([batch.base[k] for k, _ in heads])
        at = torch.from_numpy(np.stack([a for a, _, _ in around]) + starts[:, None])
        there = torch.from_numpy(np.stack([t for _, t, _ in around]))
        known = torch.from_numpy(np.stack([rows for _, _, rows in around]))
        own = batch.states[torch.tensor([batch.base[k] + i for k, i in heads])].repeat(1, 2)
        words = torch.cat([self.tok(batch.states), self.tm(batch.states)], 1)[at]
        z = words[..., :HIDDEN] + self.ctx(own)[:, None] + words[..., HIDDEN:] * self.cm(own)[:, None]
        z = z + self.dist[torch.from_numpy(distances())][None]
        z = z + self.pe(known.reshape(-1, len(PAIRS))).view(len(heads), SEEN, HIDDEN)
        z = _thin(torch.relu(self.pn(z)), drop) * there[:, :, None]
        z = z + torch.relu(self.mix(self.conv(z.transpose(1, 2)).transpose(1, 2)))
        return self.out(z).masked_fill(~there[:, :, None], -1e4), self.null(own)
