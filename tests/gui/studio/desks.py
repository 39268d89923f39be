# SPDX-License-Identifier: Apache-2.0
"""A desk that answers the studio's tasks at once or on wish, with pictures that tell what they were
made of; and generators' files that hold no network."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import safetensors.numpy
from PySide6.QtCore import QObject, QTimer, Signal

from prodedit.core.problem import Problem
from prodedit.editing.orders import Order
from prodedit.engine.generating import Drag, Handle, Invert, Latent, Mix, Morph, Sample, Shift, Vary
from prodedit.engine.generators import container
from prodedit.engine.results import LatentsResult
from prodedit.engine.service.jobs import Job

SIDE = 64
NAME = "shapes"
CLASSES = ("round", "square")
SHAPE = (2, 2)
Paint = Callable[[np.ndarray, int], np.ndarray]


def plain(latent: np.ndarray, label: int) -> np.ndarray:
    """(SIDE, SIDE, 4) of one colour: the first number as blue, the second as green."""
    picture = np.full((SIDE, SIDE, 4), 255, np.uint8)
    numbers = latent.astype(np.float32).ravel()
    picture[..., :3] = (int(numbers[0]) % 256, int(numbers[1]) % 256, 100 * label)
    return picture


class StudioDesk(QObject):
    """holds: orders are kept until `work`; else each is done as it comes."""

    job_moved = Signal(object)

    def __init__(self, parent: QObject | None = None, paint: Paint = plain) -> None:
        super().__init__(parent)
        self.orders: list[Order] = []
        self.done: list[Any] = []
        self.cancelled: list[str] = []
        self.holds = False
        self.problem: Problem | None = None
        self._paint = paint

    def submit(self, order: Order) -> None:
        self.orders.append(order)
        self.job_moved.emit(Job(order.job_id, order.task))
        if not self.holds:
            # As from the other thread: not before the asker has heard its number.
            QTimer.singleShot(0, self, self.work)

    def cancel(self, job_id: str) -> None:
        self.cancelled.append(job_id)
        for order in [one for one in self.orders if one.job_id == job_id]:
            self.orders.remove(order)
            self.job_moved.emit(Job(order.job_id, order.task).cancelled())

    def work(self) -> None:
        """Do the order that has waited longest."""
        if not self.orders:
            return
        order = self.orders.pop(0)
        job = Job(order.job_id, order.task).started(time.monotonic())
        self.done.append(order)
        if self.problem is not None:
            self.job_moved.emit(job.failed(self.problem))
        else:
            self.job_moved.emit(job.finished(self._result(order)))

    @property
    def tasks(self) -> list[Any]:
        """Those that were done, in their order."""
        return [order.task for order in self.done]

    def _result(self, order: Order) -> LatentsResult:
        task: Any = order.task
        latents, handles = _MADE[type(task)](task)
        labels = tuple(latent.label for latent in latents)
        arrays = np.stack([latent.array() for latent in latents])
        painted = [self._paint(one, label) for one, label in zip(arrays, labels, strict=True)]
        return LatentsResult(np.stack(painted), arrays, labels, handles)


Made = tuple[list[Latent], tuple[Handle, ...]]


def latent_of(first: float, second: float = 0, label: int = 0) -> Latent:
    return Latent.of(np.float32([[first, second], [0, 0]]), label)


def _sample(task: Sample) -> Made:
    wanted = [CLASSES.index(task.label)] * task.count if task.label else None
    labels = wanted or [(task.seed + n) % 2 for n in range(task.count)]
    return [latent_of((task.seed + n) % 256, label=label) for n, label in enumerate(labels)], ()


def _vary(task: Vary) -> Made:
    first = float(task.latent.array()[0, 0])
    numbers = range(task.seed, task.seed + task.count)
    return [latent_of(first, 10 + n, task.latent.label) for n in numbers], ()


def _morph(task: Morph) -> Made:
    first, last = (end.array().astype(np.float32) for end in (task.start, task.end))
    shares = np.linspace(0, 1, task.frames)
    return [Latent.of((1 - s) * first + s * last, task.start.label) for s in shares], ()


def _mix(task: Mix) -> Made:
    return [latent_of(task.first.array()[0, 0], task.second.array()[0, 0])], ()


def _shift(task: Shift) -> Made:
    array = task.latent.array().astype(np.float32)
    array[0, 1] += 10 * sum(task.weights)
    return [Latent.of(array, task.latent.label)], ()


def _drag(task: Drag) -> Made:
    """Half of the way that is left."""
    array = task.latent.array().astype(np.float32)
    array[0, 1] += 1
    moved = tuple(
        one._replace(x=(one.x + one.to_x) / 2, y=(one.y + one.to_y) / 2) for one in task.handles
    )
    return [Latent.of(array, task.latent.label)], moved


def _invert(task: Invert) -> Made:
    return [latent_of(70, 80, 0)], ()


_MADE: Mapping[type, Callable[[Any], Made]] = {
    Sample: _sample,
    Vary: _vary,
    Morph: _morph,
    Mix: _mix,
    Shift: _shift,
    Drag: _drag,
    Invert: _invert,
}


def write_card(
    path: Path, directions: int = 2, *, name: str = NAME, classes: tuple[str, ...] = CLASSES
) -> None:
    """A generator's file as far as the window looks at it."""
    card = {
        "family": "two-stage",
        "name": name,
        "side": SIDE,
        "classes": classes,
        "autoencoder": {"widths": (16, 16, 16), "latents": 4, "blocks": 1},
        "flow": {"widths": (48, 48), "blocks": 1},
        "training": {
            "pictures": 1,
            "steps": (1, 1),
            "seen": (1, 1),
            "minutes": 0.0,
            "seed": 0,
            "version": "0",
        },
    }
    axes = np.zeros((directions, 4, 8, 8), np.float16)
    members = {
        container.CARD: msgspec.json.encode(card),
        container.WEIGHTS: b"none",
        container.DIRECTIONS: safetensors.numpy.save({"axes": axes}),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    container.write(path, members)
