"""The body as an ONNX graph, written node by node so that each is the fastest there is (docs/log/encoder-runtime.md).

Input `input_ids` [B, T] int64; outputs [B, T, width] float32: `states`, and `middle`, what half of the layers make. A
body without words is a branch: its layers go on from an input `middle` of that shape. There is no mask: a window is
run at its own length.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.encoder.body import HEAD, LINEAR, Array, Body, layers_of, width_of
from training.encoder.site import Site, quantised_weight

CONTRIB = "com.microsoft"
EPSILON = 1e-12
"""BERT's own, in every layer norm."""


@dataclass(slots=True)
class Graph:
    """Nodes and constants as they are added."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Add a constant once and return its name."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(self, op: str, inputs: list[str], *, domain: str = "", output: str = "", **attributes: Any) -> str:
        """Add a node of one output and return the output's name."""
        output = output or f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [output], domain=domain, **attributes))
        return output

    def model(self, body: Body, taps: Mapping[str, str]) -> onnx.ModelProto:
        """Return the model; `taps` name values that are given out beside the states."""
        value = helper.make_tensor_value_info
        shape = ["B", "T", width_of(body)]
        entry, more = value("middle", TensorProto.FLOAT, shape), []
        if "words" in body:
            entry, more = value("input_ids", TensorProto.INT64, ["B", "T"]), [entry]
        outputs = [value("states", TensorProto.FLOAT, shape), *more]
        outputs += [value(name, TensorProto.FLOAT, None) for name in taps.values() if name not in ("middle", "states")]
        graph = helper.make_graph(self.nodes, "encoder", [entry], outputs, list(self.constants.values()))
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="sayso")


def float_graph(body: Body) -> tuple[onnx.ModelProto, dict[str, str]]:
    """Return the body in float32, and the names of the outputs that give what enters each matrix product."""
    taps: dict[str, str] = {}
    return _graph(body, None, taps).model(body, taps), taps


def int8_graph(body: Body, sites: Mapping[str, Site]) -> onnx.ModelProto:
    """Return the body in int8; `sites` say how what enters each matrix product is made into bytes."""
    return _graph(folded(body, sites), sites, {}).model(body, {})


def folded(body: Body, sites: Mapping[str, Site]) -> Body:
    """Return the body with the division that `n.out` asks for done by the value matrix before it, at no cost."""
    body = dict(body)
    for n in range(layers_of(body)):
        divisor = np.concatenate([np.ones(2 * len(sites[f"{n}.out"].divisor)), sites[f"{n}.out"].divisor])
        for kind in ("weight", "bias"):
            body[f"{n}.qkv.{kind}"] = (body[f"{n}.qkv.{kind}"] / divisor).astype(np.float32)
    return body


def _graph(body: Body, sites: Mapping[str, Site] | None, taps: dict[str, str]) -> Graph:
    graph = Graph()
    count = layers_of(body)
    given = {count - 1: "states"}
    if "words" in body:
        x = _embeddings(graph, body, small=sites is not None)
        given[count // 2 - 1] = "middle"
    else:
        x = _norm(graph, "middle", "norm", body)
    for n in range(count):
        y = x
        for part in LINEAR:
            name = f"{n}.{part}"
            taps[name] = y
            weight, bias = body[name + ".weight"], body[name + ".bias"]
            if part == "qkv":
                y = _attention(graph, y, (name, weight, bias), sites)
            else:
                y = _linear(graph, y, (name, weight, bias), sites)
            if part == "up":
                y = graph.add("Gelu", [y], domain=CONTRIB)
            if part in ("out", "down"):
                norm = f"{n}.norm{1 if part == 'out' else 2}"
                output = given.get(n, "") if part == "down" else ""
                # A sum and a norm: the fused node of onnxruntime is not vectorised and takes five times as long.
                x = y = _norm(graph, graph.add("Add", [y, x]), norm, body, output)
    return graph


def _embeddings(graph: Graph, body: Body, small: bool) -> str:
    """Add the sum of word and position vectors; `small` keeps both as bytes with one scale a row."""
    zero, one = (graph.constant(f"index.{n}", np.array([n], np.int64)) for n in (0, 1))
    length = graph.add("Gather", [graph.add("Shape", ["input_ids"]), one])
    total = []
    for name, op, which in (("words", "Gather", ["input_ids"]), ("positions", "Slice", [zero, length, zero])):
        table = body[name]
        if not small:
            total.append(graph.add(op, [graph.constant(name, table), *which]))
            continue
        scale = (np.maximum(np.abs(table).max(1, keepdims=True), 1e-9) / 127).astype(np.float32)
        rows = graph.add(op, [graph.constant(name, np.round(table / scale).astype(np.int8)), *which])
        scales = graph.add(op, [graph.constant(name + ".scale", scale), *which])
        total.append(graph.add("Mul", [graph.add("Cast", [rows], to=TensorProto.FLOAT), scales]))
    return _norm(graph, graph.add("Add", total), "norm", body)


def _norm(graph: Graph, x: str, name: str, body: Body, output: str = "") -> str:
    gain, shift = (graph.constant(f"{name}.{kind}", body[f"{name}.{kind}"]) for kind in ("weight", "bias"))
    return graph.add("LayerNormalization", [x, gain, shift], output=output, axis=-1, epsilon=EPSILON)


def _attention(graph: Graph, x: str, linear: tuple[str, Array, Array], sites: Mapping[str, Site] | None) -> str:
    name, weight, bias = linear
    heads = weight.shape[0] // HEAD
    if sites is None:
        weights, biases = graph.constant(name + ".weight", weight), graph.constant(name + ".bias", bias)
        return graph.add("Attention", [x, weights, biases], domain=CONTRIB, num_heads=heads)
    x, scale, zero, w, w_scale, w_zero = _bytes(graph, x, name, weight, sites[name])
    inputs = [x, w, graph.constant(name + ".bias", bias), scale, w_scale, "", zero, w_zero]
    return graph.add("QAttention", inputs, domain=CONTRIB, num_heads=heads)


def _linear(graph: Graph, x: str, linear: tuple[str, Array, Array], sites: Mapping[str, Site] | None) -> str:
    name, weight, bias = linear
    if sites is None:
        product = graph.add("MatMul", [x, graph.constant(name + ".weight", weight)])
        return graph.add("Add", [product, graph.constant(name + ".bias", bias)])
    x, scale, zero, w, w_scale, w_zero = _bytes(graph, x, name, weight, sites[name])
    inputs = [x, w, scale, w_scale, zero, w_zero, graph.constant(name + ".bias", bias)]
    return graph.add("MatMulIntegerToFloat", inputs, domain=CONTRIB)


def _bytes(graph: Graph, x: str, name: str, weight: Array, site: Site) -> tuple[str, str, str, str, str, str]:
    """Add what makes bytes of `x`: return it with its scale and zero, and the weight with its scales and zeros."""
    if not name.endswith("out"):  # there the value matrix has divided already
        x = graph.add("Mul", [x, graph.constant(name + ".factor", (1 / site.divisor).astype(np.float32))])
    scale = graph.constant(name + ".scale", np.array(site.scale, np.float32))
    zero = graph.constant(name + ".zero", np.array(site.zero, np.uint8))
    small, scales = quantised_weight(weight * site.divisor[:, None])
    return (
        graph.add("QuantizeLinear", [x, scale, zero]),
        scale,
        zero,
        graph.constant(name + ".weight", small),
        graph.constant(name + ".weight.scale", scales),
        graph.constant(name + ".weight.zero", np.zeros(len(scales), np.int8)),
    )
