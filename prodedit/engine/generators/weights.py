# SPDX-License-Identifier: Apache-2.0
"""Networks' weights to bytes, in half precision, and back: checked, for they may be anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from prodedit.engine.generators.card import damaged
from prodedit.engine.generators.container import WEIGHTS, read_member

_KINDS = (torch.float16, torch.float32)
_MOST = int(torch.finfo(torch.float16).max)
N = TypeVar("N", bound=nn.Module)


def to_bytes(nets: Mapping[str, nn.Module], values: Mapping[str, Tensor]) -> bytes:
    """safetensors: networks as float16, other values as float32."""
    tensors = {
        f"{name}.{key}": _half(value.detach().cpu()).contiguous()
        for name, net in nets.items()
        for key, value in net.state_dict().items()
    }
    for name, value in values.items():
        tensors[name] = value.detach().cpu().float().contiguous()
    return save(tensors)


def fill(
    path: Path, nets: Mapping[str, nn.Module], values: Mapping[str, Tensor], device: str
) -> dict[str, Tensor]:
    """Give the networks, which are on torch's meta device, the weights of a generator's file; the
    other values, of the shapes of `values`. Raises Problem where the file has others."""
    try:
        tensors = load(read_member(path, WEIGHTS))
    except SafetensorError as error:
        raise damaged(path.name, f"its weights can't be read, {error}") from error
    states = {name: net.state_dict() for name, net in nets.items()}
    wanted = {
        f"{name}.{key}": value.shape
        for name, state in states.items()
        for key, value in state.items()
    } | {name: value.shape for name, value in values.items()}
    _check(path.name, tensors, wanted)
    for name, net in nets.items():
        own = {key: tensors[f"{name}.{key}"].float().to(device) for key in states[name]}
        net.load_state_dict(own, assign=True)
        net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs lack it
    return {name: tensors[name].float().to(device) for name in values}


def still(net: N) -> N:
    """Never to be trained."""
    return net.eval().requires_grad_(False)


def _half(value: Tensor) -> Tensor:
    """In half precision. What counts batches, which nothing computes with, may be more than that
    can say: it stays at the most, for infinity would be refused when it is read."""
    if not value.is_floating_point():
        value = value.clamp_max(_MOST)
    return value.half()


def _check(file: str, tensors: Mapping[str, Tensor], wanted: Mapping[str, torch.Size]) -> None:
    if tensors.keys() != wanted.keys():
        odd = sorted(tensors.keys() ^ wanted.keys())
        raise damaged(file, f"its weights do not fit its card, such as {odd[0][:80]}")
    for name, tensor in tensors.items():
        if tensor.shape != wanted[name] or tensor.dtype not in _KINDS:
            raise damaged(file, f"{name} is of {tuple(tensor.shape)}, not {tuple(wanted[name])}")
        if not bool(torch.isfinite(tensor).all()):
            raise damaged(file, f"{name} holds values that are no numbers")
