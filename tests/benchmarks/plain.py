"""The plain way to run the bundled models: the classes of sentence-transformers, fp32, torch, as their documentation
shows. The weights are the bundled ones, de-quantized, so that what a benchmark compares is the running alone.
"""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedModel

from ingest.embedding import bundled

# Both models have this shape; the rest is BERT's default.
_WIDTH = 384
_SHAPE: dict[str, Any] = {
    "hidden_size": _WIDTH,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 1536,
}
# What the model card of BAAI/bge-small-en-v1.5 asks for before a question.
_BGE_QUERY_PROMPT = "Represent this sentence for searching relevant passages: "


def plain_cross_encoder(folder: Path) -> CrossEncoder:
    """The bundled cross-encoder in fp32 on torch. `folder`, empty or not there yet, is where it is saved.

    Its `predict` gives logits, as that of cross-encoder/ms-marco-MiniLM-L-12-v2 does, whose configuration this is.
    """
    identity = {"activation_fn": "torch.nn.modules.linear.Identity"}
    model = BertForSequenceClassification(BertConfig(**_SHAPE | {"num_labels": 1, "sentence_transformers": identity}))
    model.load_state_dict(dequantized(bundled.locate(bundled.CROSS_ENCODER)))
    _save(model, bundled.CROSS_ENCODER, folder)
    plain: CrossEncoder = CrossEncoder(str(folder))
    return plain


def plain_bi_encoder(folder: Path) -> SentenceTransformer:
    """The bundled bi-encoder in fp32 on torch. `folder`, empty or not there yet, is where it is saved."""
    state = dequantized(bundled.locate(bundled.BI_ENCODER))
    # A sentence's vector is that of its first token; BERT's pooler behind it is not in the file and never read.
    state |= {"pooler.dense.weight": torch.zeros(_WIDTH, _WIDTH), "pooler.dense.bias": torch.zeros(_WIDTH)}
    model = BertModel(BertConfig(**_SHAPE))
    model.load_state_dict(state)
    _save(model, bundled.BI_ENCODER, folder)
    return SentenceTransformer(
        modules=[Transformer(str(folder)), Pooling(_WIDTH, "cls"), Normalize()],
        prompts={"query": _BGE_QUERY_PROMPT, "document": ""},
        similarity_fn_name="cosine",
    )


def dequantized(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of a dynamically quantized BERT, `folder`/model.onnx, in fp32 and by the names that torch has.

    A weight is (number - zero point) * scale, by tensor or by column. Embeddings, biases and norms bear their names;
    a matrix is named by the node that multiplies with it, /bert/pooler/dense/..., and is stored (inputs, outputs),
    the other way round than torch has it.
    """
    graph = onnx.load(folder / "model.onnx").graph
    stored = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights: dict[str, npt.NDArray[np.float32]] = {}
    for name, numbers in stored.items():
        if name.endswith("embeddings.weight_quantized"):
            weights[name.removesuffix("_quantized")] = _fp32(name, stored)
        elif name.endswith((".bias", ".LayerNorm.weight")):
            weights[name] = numbers
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            module = ".".join(node.name.strip("/").split("/")[:-1])
            weights[f"{module}.weight"] = _fp32(node.input[1], stored).T
    return {name: torch.tensor(np.ascontiguousarray(numbers)) for name, numbers in weights.items()}


def _fp32(name: str, stored: dict[str, npt.NDArray[np.generic]]) -> npt.NDArray[np.float32]:
    scale, zero_point = (stored[name.replace("_quantized", part)] for part in ("_scale", "_zero_point"))
    return (stored[name].astype(np.float32) - zero_point.astype(np.float32)) * scale.astype(np.float32)


def _save(model: PreTrainedModel, source: bundled.BundledModel, folder: Path) -> None:
    model.save_pretrained(folder)
    for file in bundled.locate(source).glob("*"):
        if file.name.startswith(("tokenizer", "vocab", "special_tokens")):
            shutil.copy(file, folder / file.name)
