"""The network: a BERT body of 6 layers x 384 (MiniLM) and the linear heads of the extractor.

The body is written out here, free of any library's class, so that it trains fast on a CPU: attention without dropout,
and one dropout mask a sequence instead of one a token (drawing random numbers costs more than a layer does).
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from training.extractor.labels import ATTRIBUTES, KINDS, ROLES

WIDTH, HEADS, LAYERS, LINK = 384, 12, 6, 96
SATP = 4


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, 1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, 1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        """Map states [B, T, 384] to states; `mask` [B, 1, 1, T] is added to the attention's scores."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + _thin(self.out(a.transpose(1, 2).reshape(b, t, WIDTH)), drop))
        return self.norm2(x + _thin(self.down(F.gelu(self.up(x))), drop))


def _thin(x: Tensor, drop: float) -> Tensor:
    if not drop:
        return x
    keep = (torch.rand(x.shape[0], 1, x.shape[2]) > drop).to(x.dtype) / (1 - drop)
    return x * keep


class Body(nn.Module):
    """Word pieces to states."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor, drop: float = 0.0) -> Tensor:
        """Map ids [B, T] and their mask (1 for real pieces) to states [B, T, 384]."""
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1], device=ids.device)) + self.types.weight[0]
        x = self.norm(x)
        bias = ((1.0 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias, drop)
        return x


class Extractor(nn.Module):
    """The body and all heads. Heads read token states, or means over the pieces of a span and of its sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.body = Body()
        self.roles = nn.Linear(WIDTH, len(ROLES) * 3)
        self.kinds = nn.Linear(2 * WIDTH, len(KINDS))
        self.attributes = nn.ModuleDict(
            {name: nn.Linear(2 * WIDTH, len(values)) for name, values in ATTRIBUTES.items()}
        )
        self.link = nn.Linear(2 * WIDTH, LINK)
        self.link_scale = nn.Parameter(torch.tensor([4.0, -1.0]))
        self.satp = nn.Linear(2 * WIDTH, SATP)


def pretrained(folder: Path) -> dict[str, Tensor]:
    """Return the body's weights from a folder in Hugging Face's form."""
    from safetensors.torch import load_file

    raw = {k.removeprefix("bert."): v.float() for k, v in load_file(folder / "model.safetensors").items()}
    out = {
        "words.weight": raw["embeddings.word_embeddings.weight"],
        "positions.weight": raw["embeddings.position_embeddings.weight"],
        "types.weight": raw["embeddings.token_type_embeddings.weight"],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
    }
    for n in range(LAYERS):
        at = f"encoder.layer.{n}."
        for part in ("weight", "bias"):
            out[f"layers.{n}.qkv.{part}"] = torch.cat(
                [raw[f"{at}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
            )
            for mine, theirs in (
                ("out", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                out[f"layers.{n}.{mine}.{part}"] = raw[f"{at}{theirs}.{part}"]
    return out
