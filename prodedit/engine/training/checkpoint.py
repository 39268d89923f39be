# SPDX-License-Identifier: Apache-2.0
"""All that a training needs to go on exactly: one safetensors file, written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files.atomic import write_atomic

KEPT = 2
_ENDING = ".checkpoint"


@dataclass(frozen=True)
class Checkpoint:
    """The state after `step` steps of the stage called `stage`, which took `seconds`."""

    stage: str
    step: int
    tensors: Mapping[str, Tensor]
    seconds: float = 0.0


def write(folder: Path, checkpoint: Checkpoint) -> Path:
    """Put it into `folder`; all but the newest KEPT of its stage go. Raises Problem."""
    path = folder / f"{checkpoint.stage}-{checkpoint.step:08d}{_ENDING}"
    told = {
        "stage": checkpoint.stage,
        "step": str(checkpoint.step),
        "seconds": repr(checkpoint.seconds),
    }
    plain = {name: held.detach().cpu().contiguous() for name, held in checkpoint.tensors.items()}
    write_atomic(path, save(plain, told))
    for old in _of_stage(folder, checkpoint.stage)[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def newest(folder: Path, stage: str) -> Checkpoint | None:
    """The last whole checkpoint of a stage. Raises Problem where there are some, all damaged."""
    paths = _of_stage(folder, stage)
    for path in reversed(paths):
        try:
            return _read(path)
        except (OSError, SafetensorError, KeyError, ValueError) as error:
            problem = error
    if paths:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "No checkpoint of this training can be read. Start it again."
            ),
            code="checkpoint-damaged",
            details=f"{paths[-1].name}: {problem}",
        )
    return None


def of_modules(modules: Mapping[str, nn.Module]) -> dict[str, Tensor]:
    """The weights of several networks under one roof: "name.weight"."""
    return {
        f"{name}.{key}": value
        for name, module in modules.items()
        for key, value in module.state_dict().items()
    }


def into_modules(tensors: Mapping[str, Tensor], modules: Mapping[str, nn.Module]) -> None:
    """The other way. Raises RuntimeError or KeyError where something is missing."""
    for name, module in modules.items():
        module.load_state_dict(_below(tensors, name))


def of_optimizer(name: str, optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """What an optimiser remembers: tensors only, as Adam's are."""
    return {
        f"{name}.{number}.{key}": torch.as_tensor(value)
        for number, memory in optimizer.state_dict()["state"].items()
        for key, value in memory.items()
    }


def into_optimizer(
    tensors: Mapping[str, Tensor], name: str, optimizer: torch.optim.Optimizer
) -> None:
    """The other way; its learning rates stay what they are."""
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    memories: dict[int, dict[str, Tensor]] = {}
    for key, value in _below(tensors, name).items():
        number, _, field = key.partition(".")
        memory = _laid_out_as(parameters[int(number)], value)
        memories.setdefault(int(number), {})[field] = memory
    state = optimizer.state_dict()
    optimizer.load_state_dict({"state": memories, "param_groups": state["param_groups"]})


def _laid_out_as(parameter: Tensor, memory: Tensor) -> Tensor:
    """Fused optimisers walk parameter and memory side by side: channels last needs both so."""
    if memory.shape != parameter.shape:
        return memory
    return torch.empty_like(parameter, requires_grad=False).copy_(memory)


def _below(tensors: Mapping[str, Tensor], name: str) -> dict[str, Tensor]:
    length = len(name) + 1
    return {key[length:]: value for key, value in tensors.items() if key.startswith(f"{name}.")}


def _of_stage(folder: Path, stage: str) -> list[Path]:
    return sorted(folder.glob(f"{stage}-*{_ENDING}"))


def _read(path: Path) -> Checkpoint:
    with safe_open(path, "pt") as file:
        told = file.metadata() or {}
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    seconds = float(told.get("seconds", "0"))
    return Checkpoint(told["stage"], int(told["step"]), tensors, seconds)
