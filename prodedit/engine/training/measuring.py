# SPDX-License-Identifier: Apache-2.0
"""A generator measured against real pictures: samples, features of both, and the numbers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from math import inf
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F

from prodedit.engine.generators.explorer import Explorer
from prodedit.engine.training import metrics
from prodedit.engine.training.gate import Likeness, Measures, Odd, Twin
from prodedit.engine.training.inception import told_classes
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.packed import PackedPictures, planes
from prodedit.nets.efficientnet_lite import EfficientNetLite0

Bytes = NDArray[np.uint8]
Report = Callable[[float], None]
"""Told the share that is done, 0..1; may raise Cancelled."""

EYE = "EfficientNet-Lite0"
LOOKED_AT = 224
"""The side at which the network looks: what it was taught with."""
NEIGHBOURS = 5
LEAST = 32
"""Samples, however slow the computer is."""
_AT_ONCE = 16
MOST_ODD = 100
"""Real pictures that are named as strange, at the most."""
PAIRED = 12
"""Made pictures that are shown beside the real ones that they come nearest to."""


class Measured(NamedTuple):
    """`pairs`: (2, n, s, s, 3) uint8 RGB, the made pictures that are nearest to a real one, the
    nearest first, and below each the real one: what is known by heart is seen there."""

    measures: Measures
    pairs: Bytes


class Looked(NamedTuple):
    """Pictures (n, s, s, 3) uint8 RGB, their features (n, d), and their classes (n) by the places
    that they have in the generator; -1: none of its."""

    pictures: Bytes
    features: metrics.Features
    labels: NDArray[np.int64]

    def some(self, places: NDArray[np.intp]) -> Looked:
        return Looked(self.pictures[places], self.features[places], self.labels[places])

    def first(self, count: int) -> Looked:
        return Looked(self.pictures[:count], self.features[:count], self.labels[:count])

    def halves(self, seed: int) -> tuple[Looked, Looked]:
        """All of them, by chance in two parts."""
        order = np.random.default_rng((seed, 5)).permutation(len(self.labels))
        return self.some(order[: len(order) // 2]), self.some(order[len(order) // 2 :])


def measured(
    explorer: Explorer,
    pictures: PackedPictures,
    eye: EfficientNetLite0,
    machine: Machine,
    count: int,
    seed: int,
    report: Report,
    limit: float = inf,
    inception: Path | None = None,
) -> Measured:
    """`count` samples against the pictures; fewer, but LEAST, where `limit` seconds have passed
    before. `inception`: see engine/training/inception.py. Raises Problem, and what `report`
    raises."""
    labels = labels_like(pictures, explorer.classes, count, seed)
    start = time.monotonic()

    def goes_on(number: int) -> bool:
        report(0.7 * number / count)
        return number < LEAST or time.monotonic() - start < limit

    made = samples(explorer, labels, seed, machine.name, goes_on)
    labels = labels[: len(made)]
    made_features = features(made, eye, machine, lambda share: report(0.7 + 0.1 * share))
    real_features = features(pictures.pixels, eye, machine, lambda share: report(0.8 + 0.2 * share))
    real_labels = _matching(pictures, explorer.classes)[pictures.labels]
    real = Looked(pictures.pixels, real_features, real_labels)
    one, other = _equally_many(len(made), *real.halves(seed))
    near = metrics.nearest(made_features, real_features)
    measures = Measures(
        made=len(made),
        real=len(pictures),
        eye=EYE,
        found=likeness(Looked(made, made_features, labels), other, real),
        reference=likeness(one, other, other),
        nearest=_twins(near, pictures.contents.names),
        odd=odd_ones(explorer, pictures, machine),
        inception=None if inception is None else _inception(made, inception, report),
    )
    return Measured(measures, _pairs(made, pictures.pixels, near))


def odd_ones(explorer: Explorer, pictures: PackedPictures, machine: Machine) -> tuple[Odd, ...]:
    """The pictures that are least like the rest of their classes, the strangest first; of those
    whose class the generator does not know, like any class. None where its family can't tell."""
    if "compare" not in explorer.abilities:
        return ()
    labels = _matching(pictures, explorer.classes)[pictures.labels]
    found = np.full(len(pictures), np.inf)
    for start in range(0, len(pictures), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        batch = machine.tensor(planes(pictures.pixels[some]))
        for label in range(len(explorer.classes)):
            each = explorer.strangeness(batch, torch.full((len(batch),), label)).cpu().numpy()
            mine = (labels[some] == label) | (labels[some] < 0)
            found[some] = np.where(mine, np.minimum(found[some], each), found[some])
    order = np.argsort(-found, kind="stable")[:MOST_ODD]
    names = pictures.contents.names
    return tuple(Odd(name=names[n], strangeness=round(float(found[n]), 3)) for n in order)


def likeness(made: Looked, real: Looked, learned: Looked) -> Likeness:
    """How like the first is to the second, of each as many as both have: few pictures can't be near
    to each of many. `learned`: all that may be known by heart. Sets of at least three."""
    memorised = metrics.memorised(made.features, learned.features)
    made, real = _equally_many(len(made.labels), made, real)
    neighbours = min(NEIGHBOURS, len(made.pictures) - 1, len(real.pictures) - 1)
    shape = metrics.manifold(made.features, real.features, neighbours)
    return Likeness(
        frechet=metrics.frechet_distance(made.features, real.features),
        kernel=metrics.kernel_distance(made.features, real.features),
        precision=shape.precision,
        recall=shape.recall,
        density=shape.density,
        coverage=shape.coverage,
        diversity=metrics.mean_distance(made.features) / metrics.mean_distance(real.features),
        memorised=memorised,
        detail=detail(made.pictures) / max(1e-9, detail(real.pictures)),
        agreement=_agreement(made, real, neighbours),
    )


def _equally_many(most: int, one: Looked, other: Looked) -> tuple[Looked, Looked]:
    count = min(most, len(one.labels), len(other.labels))
    return one.first(count), other.first(count)


def _agreement(made: Looked, real: Looked, neighbours: int) -> float | None:
    """None where there are no two classes to be told apart."""
    known = np.flatnonzero(real.labels >= 0)
    mine = np.flatnonzero(made.labels >= 0)
    if len(set(real.labels[known].tolist())) < 2 or len(mine) < 1:
        return None
    made, real = made.some(mine), real.some(known)
    return metrics.class_agreement(
        made.features, made.labels, real.features, real.labels, min(neighbours, len(known))
    )


def samples(
    explorer: Explorer,
    labels: NDArray[np.int64],
    seed: int,
    device: str,
    goes_on: Callable[[int], bool],
) -> Bytes:
    """One picture for each class number: (n, s, s, 3) uint8 RGB; asked each time, with how many
    there are, whether more are to come."""
    made: list[Bytes] = []
    for start in range(0, len(labels), _AT_ONCE):
        if not goes_on(start):
            break
        some = torch.from_numpy(labels[start : start + _AT_ONCE]).to(device)
        seeds = range(seed + start, seed + start + len(some))
        latents = explorer.drawn(seeds, some, 1.0, lambda share: None)
        pictures = explorer.pictures(latents).float().cpu().clamp(-1.0, 1.0)
        made.append(((pictures + 1.0) * 127.5).round().byte().permute(0, 2, 3, 1).numpy())
    return np.concatenate(made)


def features(
    pictures: Bytes, eye: EfficientNetLite0, machine: Machine, report: Report
) -> NDArray[np.float32]:
    """(n, s, s, 3) uint8 RGB to (n, 1280)."""
    eye = machine.put(eye).eval()
    found: list[NDArray[np.float32]] = []
    for start in range(0, len(pictures), _AT_ONCE):
        batch = machine.tensor(planes(pictures[start : start + _AT_ONCE]))
        with torch.inference_mode():
            seen = F.interpolate(batch, (LOOKED_AT, LOOKED_AT), mode="bilinear")
            found.append(eye.embedding(seen).float().cpu().numpy())
        report(min(1.0, (start + _AT_ONCE) / len(pictures)))
    return np.concatenate(found)


def detail(pictures: Bytes) -> float:
    """Mean strength of the finest lines: differences from the four neighbours, of 255."""
    strengths = [
        float(np.abs(cv2.Laplacian(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), cv2.CV_32F)).mean())
        for one in _whole(pictures)
    ]
    return float(np.mean(strengths))


def labels_like(
    pictures: PackedPictures, classes: Sequence[str], count: int, seed: int
) -> NDArray[np.int64]:
    """Classes of the generator in the shares that the pictures have, by their names; where none
    is the same, all equally often."""
    places = _matching(pictures, classes)[pictures.labels]
    places = places[places >= 0]
    chance = np.random.default_rng((seed, 6))
    if not len(places):
        return np.arange(count, dtype=np.int64) % len(classes)
    return chance.choice(places, count)


def _matching(pictures: PackedPictures, classes: Sequence[str]) -> NDArray[np.int64]:
    """For each class of the pictures its place in the generator's; -1: none."""
    known = {name: place for place, name in enumerate(classes)}
    return np.array([known.get(name, -1) for name in pictures.contents.classes], np.int64)


def _twins(found: metrics.Nearest, names: Sequence[str]) -> tuple[Twin, ...]:
    return tuple(
        Twin(name=names[place], distance=round(float(distance), 4))
        for place, distance in zip(found.places, found.distances, strict=True)
    )


def _pairs(made: Bytes, real: Bytes, near: metrics.Nearest) -> Bytes:
    """Each real picture once: the same one again and again would hide the others."""
    order = np.argsort(near.distances, kind="stable")
    _, first = np.unique(near.places[order], return_index=True)
    chosen = order[np.sort(first)[:PAIRED]]
    return np.stack((made[chosen], real[near.places[chosen]]))


def _inception(made: Bytes, file: Path, report: Report) -> float:
    return metrics.inception_score(told_classes(made, file, lambda _share: report(1.0)))


def _whole(pictures: Bytes) -> Iterator[Bytes]:
    for one in pictures:
        yield np.ascontiguousarray(one)
