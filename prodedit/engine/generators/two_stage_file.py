# SPDX-License-Identifier: Apache-2.0
"""A two-stage generator's weights to bytes, in half precision, and back, checked."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from prodedit.engine.generators.card import GeneratorCard, damaged, parse_card
from prodedit.engine.generators.container import CARD, WEIGHTS, read_member
from prodedit.engine.generators.two_stage import TwoStage
from prodedit.nets.autoencoder import Autoencoder
from prodedit.nets.flow import FlowUNet

_KINDS = (torch.float16, torch.float32)
N = TypeVar("N", bound=nn.Module)


def weights_of(generator: TwoStage) -> bytes:
    """safetensors: networks as float16, the latents' mean and spread as float32."""
    tensors = {
        f"{name}.{key}": value.detach().cpu().half().contiguous()
        for name, net in _parts(generator).items()
        for key, value in net.state_dict().items()
    }
    for name in ("mean", "spread"):
        tensors[name] = getattr(generator, name).detach().cpu().float().contiguous()
    return save(tensors)


def opened(path: Path, device: str = "cpu") -> tuple[GeneratorCard, TwoStage]:
    """A generator's file, or folder, as a network. Raises Problem where it is not what its card
    says."""
    card = parse_card(read_member(path, CARD), path.name)
    try:
        tensors = load(read_member(path, WEIGHTS))
    except SafetensorError as error:
        raise damaged(path.name, f"its weights can't be read, {error}") from error
    with torch.device("meta"):  # a card may claim any size; only real weights take memory
        generator = built(card)
    wanted = {
        f"{name}.{key}": value.shape
        for name, net in _parts(generator).items()
        for key, value in net.state_dict().items()
    } | {"mean": generator.mean.shape, "spread": generator.spread.shape}
    _check(path.name, tensors, wanted)
    for name, net in _parts(generator).items():
        own = {key[len(name) + 1 :]: value for key, value in tensors.items() if _of(key, name)}
        net.load_state_dict({k: v.float().to(device) for k, v in own.items()}, assign=True)
        net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs lack it
    mean, spread = (tensors[name].float().to(device) for name in ("mean", "spread"))
    return card, TwoStage(generator.autoencoder, generator.flow, mean, spread)


def built(card: GeneratorCard) -> TwoStage:
    """A generator of the card's shape, with random weights."""
    first, second = card.autoencoder, card.flow
    return TwoStage(
        _still(Autoencoder(first.widths, first.latents, first.blocks)),
        _still(FlowUNet(len(card.classes), first.latents, second.widths, second.blocks)),
        torch.zeros(first.latents),
        torch.ones(first.latents),
    )


def _still(net: N) -> N:
    """Never to be trained."""
    return net.eval().requires_grad_(False)


def _check(file: str, tensors: dict[str, Tensor], wanted: dict[str, torch.Size]) -> None:
    if tensors.keys() != wanted.keys():
        odd = sorted(tensors.keys() ^ wanted.keys())
        raise damaged(file, f"its weights do not fit its card, such as {odd[0][:80]}")
    for name, tensor in tensors.items():
        if tensor.shape != wanted[name] or tensor.dtype not in _KINDS:
            raise damaged(file, f"{name} is of {tuple(tensor.shape)}, not {tuple(wanted[name])}")
        if not bool(torch.isfinite(tensor).all()):
            raise damaged(file, f"{name} holds values that are no numbers")
    if float(tensors["spread"].min()) <= 0.0:
        raise damaged(file, "the spread of its latents is not positive")


def _parts(generator: TwoStage) -> dict[str, nn.Module]:
    return {"autoencoder": generator.autoencoder, "flow": generator.flow}


def _of(key: str, name: str) -> bool:
    return key.startswith(f"{name}.")
