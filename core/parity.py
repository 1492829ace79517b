"""Check the model against a file made by the paper's own code.

`python -m core.parity FILE` prints the worst per-token loss difference and the worst relative
error of any outer gradient, and exits 1 above the float64 limits. The file format is that of
tests/fixtures (names and conventions in its README): stacked parameters, matrices (in, out).
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from core.config import DecoderConfig
from core.inner_loop import masked_mean
from core.model import Decoder
from core.outer_loop import sequence_nll

LIMITS = {torch.float64: (1e-5, 1e-4), torch.float32: (1e-4, 1e-3)}
ROOT = "language_model.model."
BLOCK = {
    "seq_modeling_block.wq.weight": "attention.q",
    "seq_modeling_block.wk.weight": "attention.k",
    "seq_modeling_block.wv.weight": "attention.v",
    "seq_modeling_block.wo.weight": "attention.o",
    "seq_modeling_block.q_norm.weight": "attention.q_norm",
    "seq_modeling_block.k_norm.weight": "attention.k_norm",
    "seq_norm.weight": "attention_norm",
    "seq_post_norm.weight": "attention_post",
    "feed_forward.w1.weight": "mlp.gate",
    "feed_forward.w3.weight": "mlp.up",
    "feed_forward.w2.weight": "mlp.down",
    "ffn_norm.weight": "mlp_norm",
    "ffn_post_norm.weight": "mlp_post",
}
PRIME = {
    "feed_forward_prime.w1.weight": "prime.gate",
    "feed_forward_prime.w3.weight": "prime.up",
    "feed_forward_prime.w2.weight": "prime.down",
    "ffn_prime_norm.weight": "prime_norm",
    "ffn_prime_post_norm.weight": "prime_post",
}


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One reference file, loaded: a decoder with its weights, the data and the expected numbers."""

    decoder: Decoder
    tokens: Tensor
    loss_mask: Tensor
    token_nll: Tensor
    outer_grads: dict[str, Tensor]
    """Expected gradient of every parameter, under our names and layout."""


@dataclass(frozen=True, kw_only=True)
class Parity:
    """The two figures of a check."""

    nll: float
    """Worst absolute difference of a token's loss, nats."""
    gradient: float
    """Worst relative error (norm of difference / norm) of a parameter's outer gradient."""
    worst: str
    """The parameter with that error."""


def _ours(tensors: dict[str, Tensor], config: DecoderConfig) -> dict[str, Tensor]:
    """Reference parameters under our names, one entry a layer, matrices turned to [out, in]."""
    out: dict[str, Tensor] = {}
    for name, value in tensors.items():
        path = name.removeprefix(ROOT)
        if path == "wte.weight":
            out["embedding"] = value
        elif path == "ln_f.weight":
            out["norm"] = value
        elif name == "language_model.lm_head.weight":
            out["head"] = value.mT
        elif path.startswith("h.blocks."):
            for i, layer in enumerate(value):
                out[f"blocks.{i}.{BLOCK[path.removeprefix('h.blocks.')]}"] = _turned(layer)
        elif path.startswith("h.prime_storage."):
            first = config.layers - config.suffix_layers
            for i, layer in enumerate(value):
                out[f"blocks.{first + i}.{PRIME[path.removeprefix('h.prime_storage.')]}"] = _turned(layer)
        else:
            raise ValueError(f"expected a parameter of the reference decoder, got {name}")
    return out


def _turned(value: Tensor) -> Tensor:
    return value.mT if value.dim() == 2 else value


def load_reference(path: str | Path, dtype: torch.dtype = torch.float64) -> Reference:
    """Load a reference file into a decoder of the given dtype.

    Raises:
        ValueError: the file is not of this format, or a parameter is missing or unknown.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(str(path), framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError) as error:
        raise ValueError(f"expected a readable safetensors file, got {path}: {error}") from None
    if "config" not in metadata:
        raise ValueError(f"expected a reference file with a config in its metadata, got {path}")
    c = json.loads(metadata["config"])
    config = DecoderConfig(
        vocab_size=c["vocab_size"],
        dim=c["hidden_size"],
        hidden_dim=c["intermediate_size"],
        prime_hidden_dim=c["intermediate_size"],
        layers=c["num_hidden_layers"],
        suffix_layers=c["suffix_len"],
        heads=c["num_attention_heads"],
        window=c["sliding_window_size"],
        mini_batch=c["mini_batch_size"],
        rope_theta=c["rope_theta"],
        norm_eps=c["rms_norm_eps"],
        tied=c["tie_word_embeddings"],
        inner_clip=c["inner_clip"],
    )

    def part(prefix: str) -> dict[str, Tensor]:
        cut = {n.removeprefix(prefix): t.to(dtype) for n, t in tensors.items() if n.startswith(prefix)}
        return _ours(cut, config)

    decoder = Decoder(config).to(dtype)
    state = part("param.")
    state["log_inner_lr"] = torch.full_like(decoder.log_inner_lr, math.log(c["inner_lr"]))
    try:
        decoder.load_state_dict(state)
    except RuntimeError as error:
        raise ValueError(f"expected the parameters of a TTT-E2E decoder: {error}") from None
    return Reference(
        decoder=decoder,
        tokens=tensors["tokens"].long(),
        loss_mask=tensors["loss_mask"].to(dtype),
        token_nll=tensors["token_nll"].to(dtype),
        outer_grads=part("outer_grad."),
    )


def check(path: str | Path, dtype: torch.dtype = torch.float64) -> Parity:
    """Run the reference's data through our model and compare losses and outer gradients."""
    reference = load_reference(path, dtype)
    decoder, mask = reference.decoder, reference.loss_mask
    nll, _ = sequence_nll(decoder, reference.tokens, mask)
    size = decoder.config.mini_batch
    by_batch = masked_mean(nll.unflatten(1, (-1, size)), mask.unflatten(1, (-1, size)))
    by_batch.mean(1).mean().backward()
    worst, where = 0.0, ""
    parameters = dict(decoder.named_parameters())
    for name, expected in reference.outer_grads.items():
        got = parameters[name].grad
        if got is None:
            raise ValueError(f"expected an outer gradient for {name}, got none")
        error = ((got - expected).norm() / expected.norm()).item()
        if not error <= worst:
            worst, where = error, name
    difference = (nll.detach() - reference.token_nll).abs().max().item()
    return Parity(nll=difference, gradient=worst, worst=where)


def main(argv: list[str] | None = None) -> int:
    """Print both figures of a file; 1 when a float64 limit is passed."""
    parser = argparse.ArgumentParser(prog="python -m core.parity", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--float32", action="store_true", help="also print the float32 figures")
    args = parser.parse_args(argv)
    ok = True
    for dtype in (torch.float64, *((torch.float32,) if args.float32 else ())):
        try:
            got, (nll, gradient) = check(args.file, dtype), LIMITS[dtype]
        except ValueError as error:
            print(f"{parser.prog}: {error}", file=sys.stderr)
            return 1
        good = got.nll <= nll and got.gradient <= gradient
        ok = ok and good
        kind = str(dtype).removeprefix("torch.")
        print(f"{kind}: worst token nll difference {got.nll:.3g} (limit {nll:g})")
        print(
            f"{kind}: worst relative outer-gradient error {got.gradient:.3g} (limit {gradient:g}) {got.worst}"
        )
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
