# SPDX-License-Identifier: Apache-2.0
"""Sampling, exploring and inverting with a trained generator; one function for each Task of
engine/generating.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import torch
from msgspec.structs import replace
from numpy.typing import NDArray
from torch import Tensor

from prodedit.core.geometry import Size
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.context import Context
from prodedit.engine.enhancing import network_of
from prodedit.engine.families.background import remove_background
from prodedit.engine.families.enhance import enhance
from prodedit.engine.families.shares import Share
from prodedit.engine.generating import (
    Drag,
    Generate,
    GeneratingTask,
    Handle,
    Invert,
    Latent,
    Mix,
    Morph,
    Sample,
    Shift,
    Vary,
)
from prodedit.engine.generators.card import unknown_class
from prodedit.engine.generators.dragging import Points
from prodedit.engine.generators.explorer import Explorer
from prodedit.engine.generators.explorer import Report as Told
from prodedit.engine.generators.shelf import Shelf
from prodedit.engine.preset_steps import NOTHING_FOUND
from prodedit.engine.results import LatentsResult, PixelsResult, Remark
from prodedit.engine.service.store import Status
from prodedit.engine.squaring import resized, rounded, squared, unsquared
from prodedit.engine.tasks import Enhance, RemoveBackground

Bytes = NDArray[np.uint8]
Inputs = Mapping[str, Bytes]
_AT_ONCE = 16

_THINKING = QT_TRANSLATE_NOOP("Progress", "Generating")
_LIKENING = QT_TRANSLATE_NOOP("Progress", "Finding the photo again")
_CUTTING = QT_TRANSLATE_NOOP("Progress", "Cutting it out")
_WHOLE = QT_TRANSLATE_NOOP(
    "Remark", "The product could not be told from what is round it, so the picture is whole."
)


class Making(Context, Protocol):
    """A job's surroundings, with generators."""

    @property
    def generators(self) -> Shelf: ...


def warm_up(task: GeneratingTask, context: Making) -> None:
    """Have the generator loaded before the first picture is asked for."""
    _explorer(task.generator, context)


def sample(task: Sample, inputs: Inputs, context: Making) -> LatentsResult:
    """New pictures. Raises Problem where there is no such generator, or class."""
    del inputs
    explorer = _explorer(task.generator, context)
    labels = _labels(task, explorer)
    made: list[Tensor] = []
    for start in range(0, task.count, _AT_ONCE):
        some = labels[start : start + _AT_ONCE]
        seeds = range(task.seed + start, task.seed + start + len(some))
        told = _told(context, start / task.count, (start + len(some)) / task.count)
        batch = torch.tensor(some, device=context.device.torch_name)
        made.append(explorer.drawn(seeds, batch, task.truncation, told))
    return _result(explorer, torch.cat(made), labels)


def vary(task: Vary, inputs: Inputs, context: Making) -> LatentsResult:
    """Others like this one, or with one part of it anew."""
    explorer = _explorer(task.generator, context)
    latent = _latent(task.latent, explorer, context)
    seeds = range(task.seed, task.seed + task.count)
    told, label = _told(context), task.latent.label
    mask = _mask(inputs, explorer, context)
    if mask is None:
        made = explorer.varied(latent, label, task.strength, seeds, told)
    else:
        made = explorer.repainted(latent, label, mask, task.strength, seeds, told)
    return _result(explorer, made, [label] * task.count)


def morph(task: Morph, inputs: Inputs, context: Making) -> LatentsResult:
    """The way from one to the other. Its ends are the two, exactly."""
    del inputs
    explorer = _explorer(task.generator, context)
    ends = torch.stack([_latent(end, explorer, context) for end in (task.start, task.end)])
    shares = [frame / (task.frames - 1) for frame in range(task.frames)]
    labels = (task.start.label, task.end.label)
    made = explorer.between(ends, labels, shares, _told(context))
    made[0], made[-1] = ends
    return _result(explorer, made, [labels[share > 0.5] for share in shares])


def mix(task: Mix, inputs: Inputs, context: Making) -> LatentsResult:
    """The first picture with some details of the second."""
    del inputs
    explorer = _explorer(task.generator, context)
    first, second = (_latent(one, explorer, context) for one in (task.first, task.second))
    mixed = explorer.mixed(first, second, task.details)
    return _result(explorer, mixed[None], [task.first.label])


def shift(task: Shift, inputs: Inputs, context: Making) -> LatentsResult:
    """A picture moved along the generator's directions."""
    del inputs
    explorer = _explorer(task.generator, context)
    shifted = explorer.shifted(_latent(task.latent, explorer, context), task.weights)
    return _result(explorer, shifted[None], [task.latent.label])


def drag(task: Drag, inputs: Inputs, context: Making) -> LatentsResult:
    """Some steps of dragging points."""
    explorer = _explorer(task.generator, context)
    origin, latent = (_latent(one, explorer, context) for one in (task.origin, task.latent))
    mask = _mask(inputs, explorer, context)
    points = Points(
        latent.new_tensor([one.start for one in task.handles]),
        latent.new_tensor([(one.x, one.y) for one in task.handles]),
        latent.new_tensor([(one.to_x, one.to_y) for one in task.handles]),
    )
    moved, now = explorer.dragged(origin, latent, points, mask, task.steps, _told(context))
    handles = tuple(
        Handle(x, y, one.to_x, one.to_y, *one.start)
        for (x, y), one in zip(now.tolist(), task.handles, strict=True)
    )
    return _result(explorer, moved[None], [task.latent.label], handles)


def invert(task: Invert, inputs: Inputs, context: Making) -> LatentsResult:
    """The latent of a photo, squared onto white."""
    explorer = _explorer(task.generator, context)
    context.report(0.02, _LIKENING)
    photo = _photo(inputs, explorer, context)
    if task.label:
        label = _label(task.label, explorer)
    else:
        label = explorer.class_of(photo, _told(context, 0.02, 0.3, _LIKENING))
    found = explorer.found(photo, label, task.steps, _told(context, 0.3, 1.0, _LIKENING))
    return _result(explorer, found[None], [label])


def generate(task: Generate, inputs: Inputs, context: Making) -> PixelsResult:
    """The picture of a latent, as a layer's pixels."""
    explorer = _explorer(task.generator, context)
    context.report(0.05, _THINKING)
    latent = _latent(task.latent, explorer, context)
    if task.base is not None:
        return _changed(task, latent, explorer, inputs, context)
    pixels = _pixels(explorer.pictures(latent[None]))[0]
    if task.side:
        pixels = _sized(pixels, task.side, context)
    if not task.cut_out:
        return PixelsResult(pixels, task.generator)
    context.report(0.3, _CUTTING)
    try:
        cut = remove_background(RemoveBackground(), {"source": pixels}, Share(context, 0.3, 1.0))
    except Problem as problem:
        if problem.code != NOTHING_FOUND:
            raise
        return PixelsResult(pixels, task.generator, remarks=(Remark(_WHOLE, {}),))
    return PixelsResult(pixels, task.generator, alpha=cut.alpha, foreground=cut.foreground)


def _sized(pixels: Bytes, side: int, context: Making) -> Bytes:
    """(side, side, 4): enlarged as enhancing does, by its network where that is there."""
    if side <= len(pixels):
        return rounded(resized(pixels.astype(np.float32), side))
    task = Enhance(size=Size(side, side), label_safe=False)
    name = network_of(task, Size(*pixels.shape[1::-1]), on_gpu=context.device.kind != "cpu")
    if name is None or context.store.state(name).status is Status.MISSING:
        task = replace(task, model="classic")
    return enhance(task, {"source": pixels}, Share(context, 0.1, 0.3)).pixels


def _changed(
    task: Generate, latent: Tensor, explorer: Explorer, inputs: Inputs, context: Making
) -> PixelsResult:
    """The photo, and to it what differs between its own latent and this one."""
    if task.base is None or "source" not in inputs:
        raise ValueError("a photo is changed from its own latent")
    source = inputs["source"]
    before = _latent(task.base, explorer, context)
    now, then = explorer.pictures(torch.stack((latent, before))).cpu()
    change = ((now - then) * 127.5).permute(1, 2, 0).flip(-1).numpy()
    alpha = source[..., 3:].astype(np.float32)
    added = unsquared(np.ascontiguousarray(change), source.shape) * (alpha / 255)
    pixels = source.copy()
    colours = source[..., :3] + added
    pixels[..., :3] = np.rint(np.clip(colours, 0, alpha))
    return PixelsResult(pixels, task.generator)


def _photo(inputs: Inputs, explorer: Explorer, context: Making) -> Tensor:
    """(3, side, side) RGB in -1 .. 1."""
    square = squared(inputs["source"], inputs.get("mask"), explorer.side)
    planes = np.ascontiguousarray(square[..., ::-1].transpose(2, 0, 1), np.float32)
    return torch.from_numpy(planes / 127.5 - 1).to(context.device.torch_name)


def _pixels(pictures: Tensor) -> Bytes:
    """(n, 3, s, s) RGB in -1 .. 1 to (n, s, s, 4) BGRA, opaque."""
    plain = (pictures.float().cpu().clamp(-1, 1) * 127.5 + 127.5).round().byte()
    opaque = torch.cat((plain.flip(1), torch.full_like(plain[:, :1], 255)), 1)
    return np.ascontiguousarray(opaque.permute(0, 2, 3, 1).numpy())


def _result(
    explorer: Explorer, latents: Tensor, labels: Sequence[int], handles: tuple[Handle, ...] = ()
) -> LatentsResult:
    """Pictures of the latents as they are kept: what comes back is what will come back."""
    kept = latents.half()
    pictures = [explorer.pictures(some.float()) for some in torch.split(kept, _AT_ONCE)]
    return LatentsResult(_pixels(torch.cat(pictures)), kept.cpu().numpy(), tuple(labels), handles)


def _explorer(name: str, context: Making) -> Explorer:
    return context.generators.use(name, context.device.torch_name)


def _latent(latent: Latent, explorer: Explorer, context: Making) -> Tensor:
    array = latent.array()
    if array.shape != explorer.shape or not 0 <= latent.label < len(explorer.classes):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "This picture was generated by another generator."),
            code="other-generator",
        )
    return torch.from_numpy(array).float().to(context.device.torch_name)


def _labels(task: Sample, explorer: Explorer) -> list[int]:
    if task.label:
        return [_label(task.label, explorer)] * task.count
    return [(task.seed + n) % len(explorer.classes) for n in range(task.count)]


def _label(name: str, explorer: Explorer) -> int:
    if name not in explorer.classes:
        raise unknown_class(name, explorer.classes)
    return explorer.classes.index(name)


def _mask(inputs: Inputs, explorer: Explorer, context: Making) -> Tensor | None:
    """(side, side) in 0 .. 1; None: everything."""
    if "mask" not in inputs:
        return None
    share = resized(inputs["mask"].astype(np.float32) / np.float32(255), explorer.side)
    return torch.from_numpy(share).to(context.device.torch_name)


def _told(context: Making, start: float = 0.0, end: float = 1.0, what: str = _THINKING) -> Told:
    return lambda share: context.report(start + (end - start) * share, what)
