# SPDX-License-Identifier: Apache-2.0
"""How far made pictures are from real ones, by features of both: float64, without any network.

Features are (n, d), a row for each picture. All functions are exact for what they are given; what
they say of a generator depends on how many pictures that were.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Features = NDArray[np.floating]
Floats = NDArray[np.float64]
Places = NDArray[np.intp]

_ROWS = 512
"""Distances are computed for so many rows at a time: less memory, the same numbers."""


class Manifold(NamedTuple):
    """How two sets lie in each other.

    precision, recall: share of the made that lie among the real, and the other way round
                       (Kynkäänniemi et al., NeurIPS 2019, arXiv:1904.06991).
    density, coverage: the same, harder to deceive by single odd pictures; density may be above 1
                       (Naeem et al., ICML 2020, arXiv:2002.09797).
    """

    precision: float
    recall: float
    density: float
    coverage: float


class Nearest(NamedTuple):
    """For each picture of one set, the nearest of another: its place and how far it is."""

    places: Places
    distances: Floats


def frechet_distance(one: Features, other: Features) -> float:
    """Between normal distributions of the sets' means and covariances (Heusel et al., NeurIPS 2017,
    arXiv:1706.08500): |m1 - m2|² + tr(C1 + C2 - 2 (C1 C2)^1/2).

    The last trace is the sum of the singular values of X1 X2ᵀ, both centred: exact, without a
    square root of matrices, also where there are fewer pictures than features.
    """
    mean_1, centred_1 = _centred(one)
    mean_2, centred_2 = _centred(other)
    away = float(((mean_1 - mean_2) ** 2).sum())
    spread = float((centred_1**2).sum() + (centred_2**2).sum())
    shared = np.linalg.svd(_reduced(centred_1) @ _reduced(centred_2).T, compute_uv=False)
    return max(0.0, away + spread - 2.0 * float(shared.sum()))


def kernel_distance(one: Features, other: Features) -> float:
    """Squared maximum mean discrepancy with the kernel (x·y / d + 1)³, unbiased: near 0, and
    sometimes below it, for sets of the same distribution (Bińkowski et al., ICLR 2018,
    arXiv:1801.01401). Sets of at least two."""
    x, y = np.asarray(one, np.float64), np.asarray(other, np.float64)
    within = sum((_kernel(a, a).sum() - _diagonal(a)) / (len(a) * (len(a) - 1)) for a in (x, y))
    return float(within - 2.0 * _kernel(x, y).mean())


def manifold(made: Features, real: Features, neighbours: int = 5) -> Manifold:
    """Of sets of more than `neighbours`. A set's manifold: a ball round each picture, to its
    k-th nearest neighbour in the set."""
    real_radii, made_radii = radii(real, neighbours), radii(made, neighbours)
    inside = np.zeros(len(made))
    covered = np.zeros(len(real), bool)
    recalled = np.zeros(len(real), bool)
    for rows, distances in _distances(made, real):
        hits = distances <= real_radii
        inside[rows] = hits.sum(1)
        covered |= hits.any(0)
        recalled |= (distances <= made_radii[rows, None]).any(0)
    return Manifold(
        float((inside > 0).mean()),
        float(recalled.mean()),
        float(inside.mean() / neighbours),
        float(covered.mean()),
    )


def radii(features: Features, neighbours: int) -> Floats:
    """How far the k-th nearest other picture of the same set is, for each."""
    if len(features) <= neighbours:
        raise ValueError(f"{len(features)} pictures have no {neighbours} neighbours")
    return np.concatenate(
        [
            np.partition(distances, neighbours, 1)[:, neighbours]  # the picture itself comes first
            for _, distances in _distances(features, features)
        ]
    )


def nearest(features: Features, among: Features) -> Nearest:
    """The nearest of `among` for each picture."""
    found = [
        (distances.argmin(1), distances.min(1)) for _, distances in _distances(features, among)
    ]
    places, distances = zip(*found, strict=True)
    return Nearest(np.concatenate(places), np.concatenate(distances))


def memorised(made: Features, learned: Features) -> float:
    """Share of the made pictures that are nearer to a picture that was learned from than that one
    is to any other of them (Alaa et al., ICML 2022, arXiv:2102.08921: not authentic). As many of
    new real pictures are, by chance: compare with those."""
    found = nearest(made, learned)
    return float((found.distances < radii(learned, 1)[found.places]).mean())


def mean_distance(features: Features) -> float:
    """Of all pairs: falls to nothing when a generator makes always the same."""
    total = sum(float(distances.sum()) for _, distances in _distances(features, features))
    return total / (len(features) * (len(features) - 1))


def inception_score(probabilities: Features) -> float:
    """exp E KL(p(y|x) || p(y)) of the classes' probabilities (n, classes) that a classifier tells
    for each picture: 1 where all are told alike, up to the number of classes (Salimans et al.,
    NeurIPS 2016, arXiv:1606.03498; of all pictures at once, without its ten splits)."""
    p = np.asarray(probabilities, np.float64)
    tiny = np.finfo(np.float64).tiny
    away = p * (np.log(np.maximum(p, tiny)) - np.log(np.maximum(p.mean(0), tiny)))
    return float(np.exp(away.sum(1).mean()))


def class_agreement(
    made: Features, labels: Places, real: Features, real_labels: Places, neighbours: int = 5
) -> float:
    """Share of the pictures whose nearest real ones are mostly of their own class, each class
    weighing the same however many real ones it has."""
    weights = 1.0 / np.bincount(real_labels, minlength=int(max(labels.max(), real_labels.max())) + 1
                                ).clip(1)  # fmt: skip
    right = 0
    for rows, distances in _distances(made, real):
        near = np.argpartition(distances, neighbours - 1, 1)[:, :neighbours]
        for own, places in zip(labels[rows], near, strict=True):
            votes = np.bincount(real_labels[places], minlength=len(weights)) * weights**0.5
            right += int(votes.argmax() == own)
    return right / len(made)


def _centred(features: Features) -> tuple[Floats, Floats]:
    """The mean, and the rest divided so that XᵀX is the covariance."""
    x = np.asarray(features, np.float64)
    if len(x) < 2:
        raise ValueError(f"{len(x)} pictures have no covariance")
    mean = x.mean(0)
    return mean, (x - mean) / np.sqrt(len(x) - 1)


def _reduced(x: Floats) -> Floats:
    """A matrix of at most d rows with the same XᵀX."""
    return np.asarray(np.linalg.qr(x, mode="r")) if len(x) > x.shape[1] else x


def _kernel(x: Floats, y: Floats) -> Floats:
    values: Floats = (x @ y.T / x.shape[1] + 1.0) ** 3
    return values


def _diagonal(x: Floats) -> float:
    return float((((x * x).sum(1) / x.shape[1] + 1.0) ** 3).sum())


def _distances(one: Features, other: Features) -> Iterator[tuple[slice, Floats]]:
    """Rows of the table of distances; a picture is exactly 0 from itself in its own set."""
    x, y = np.asarray(one, np.float64), np.asarray(other, np.float64)
    squares = (y * y).sum(1)
    for start in range(0, len(x), _ROWS):
        rows = slice(start, min(start + _ROWS, len(x)))
        table = (x[rows] ** 2).sum(1)[:, None] + squares - 2.0 * (x[rows] @ y.T)
        table = np.sqrt(np.maximum(table, 0.0))
        if one is other:
            table[np.arange(rows.stop - start), np.arange(start, rows.stop)] = 0.0
        yield rows, table
