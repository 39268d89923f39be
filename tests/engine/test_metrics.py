# SPDX-License-Identifier: Apache-2.0
"""The measures, on sets whose distances are known."""

from __future__ import annotations

import numpy as np
import pytest

from prodedit.engine.training import metrics


def gaussian(count: int, size: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((count, size))


def exactly(count: int, mean: np.ndarray, covariance: np.ndarray, seed: int = 0) -> np.ndarray:
    """Rows whose sample mean and covariance are these, to the last bits."""
    x = gaussian(count, len(mean), seed)
    x -= x.mean(0)
    x = x @ np.linalg.inv(np.linalg.cholesky(np.cov(x.T))).T
    return x @ np.linalg.cholesky(covariance).T + mean


@pytest.mark.parametrize("seed", range(3))
def test_frechet_of_gaussians_is_the_closed_form(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = 5
    mean_1, mean_2 = chance.standard_normal((2, size))
    spread_1, spread_2 = chance.uniform(0.5, 3.0, (2, size))
    turn, _ = np.linalg.qr(chance.standard_normal((size, size)))
    one = exactly(60, mean_1, turn @ np.diag(spread_1**2) @ turn.T, seed)
    other = exactly(80, mean_2, turn @ np.diag(spread_2**2) @ turn.T, seed + 10)
    expected = ((mean_1 - mean_2) ** 2).sum() + ((spread_1 - spread_2) ** 2).sum()
    assert metrics.frechet_distance(one, other) == pytest.approx(expected, rel=1e-9)
    assert metrics.frechet_distance(other, one) == pytest.approx(expected, rel=1e-9)


def test_frechet_of_covariances_that_do_not_commute() -> None:
    a = np.array([[2.0, 0.7], [0.7, 1.0]])
    b = np.array([[1.0, -0.4], [-0.4, 3.0]])
    values = np.linalg.eigvals(a @ b)
    expected = np.trace(a) + np.trace(b) - 2.0 * np.sqrt(values).sum()
    zero = np.zeros(2)
    found = metrics.frechet_distance(exactly(30, zero, a), exactly(40, zero, b, 1))
    assert found == pytest.approx(expected, rel=1e-9)


def test_frechet_with_fewer_pictures_than_features() -> None:
    few = gaussian(6, 40)
    assert metrics.frechet_distance(few, few) == pytest.approx(0.0, abs=1e-9)
    moved = few + 0.5
    assert metrics.frechet_distance(few, moved) == pytest.approx(40 * 0.25, rel=1e-9)
    with pytest.raises(ValueError, match="no covariance"):
        metrics.frechet_distance(few[:1], few)


@pytest.mark.parametrize("spread", [1.0, 1.5])
def test_kernel_distance_of_gaussians_is_what_the_moments_say(spread: float) -> None:
    size = 8
    expected = 3.0 * (1.0 - spread**2) ** 2 / size
    found = [
        metrics.kernel_distance(gaussian(300, size, n), spread * gaussian(300, size, n + 100))
        for n in range(8)
    ]
    error = np.std(found) / np.sqrt(len(found))
    assert abs(np.mean(found) - expected) < 5.0 * error + 1e-12
    assert min(found) < expected < max(found)


def test_kernel_distance_is_unbiased_by_its_definition() -> None:
    x, y = gaussian(4, 3), gaussian(5, 3, 1)

    def k(a: np.ndarray, b: np.ndarray) -> float:
        return float((a @ b / 3 + 1) ** 3)

    pairs = lambda s: np.mean([k(a, b) for i, a in enumerate(s) for j, b in enumerate(s) if i != j])  # noqa: E731
    expected = pairs(x) + pairs(y) - 2 * np.mean([k(a, b) for a in x for b in y])
    assert metrics.kernel_distance(x, y) == pytest.approx(expected, rel=1e-12)


def test_a_set_lies_wholly_in_itself_and_not_at_all_in_one_far_away() -> None:
    real = gaussian(700, 6)
    same = metrics.manifold(real.copy(), real)
    assert same.precision == same.recall == same.coverage == 1.0
    assert same.density > 1.0
    assert metrics.manifold(real + 100.0, real) == (0.0, 0.0, 0.0, 0.0)


def test_manifolds_on_a_line_are_counted_by_hand() -> None:
    real = np.array([[0.0], [1.0], [2.0], [10.0]])
    made = np.array([[0.5], [0.6], [1.4], [30.0]])
    found = metrics.manifold(made, real, neighbours=1)
    # Radii of the real: 1, 1, 1, 8; of the made: 0.1, 0.1, 0.8, 28.6.
    assert found.precision == 3 / 4
    assert found.density == pytest.approx((2 + 2 + 2) / 4)
    assert found.coverage == 3 / 4
    assert found.recall == 3 / 4  # 1 and 2 by 1.4, and 10 by 30


def test_a_collapsed_set_is_precise_and_recalls_little() -> None:
    real = gaussian(300, 4)
    one = real[:1] + 0.01 * gaussian(300, 4, 1)
    found = metrics.manifold(one, real)
    assert found.precision > 0.9
    assert found.coverage < 0.2
    assert metrics.mean_distance(one) < 0.05 * metrics.mean_distance(real)


def test_what_was_learned_by_heart_is_found_with_its_picture() -> None:
    learned = gaussian(200, 16)
    by_heart = learned[50:60] + 0.01 * gaussian(10, 16, 1)
    found = metrics.nearest(by_heart, learned)
    assert found.places.tolist() == list(range(50, 60))
    assert found.distances.max() < 0.1
    assert metrics.memorised(by_heart, learned) == 1.0
    assert metrics.memorised(gaussian(400, 16, 2), learned) < 0.6


def test_mean_distance_is_of_all_pairs() -> None:
    assert metrics.mean_distance(np.array([[0.0], [1.0], [3.0]])) == pytest.approx(2.0)


def test_classes_agree_where_they_are_told_apart_and_only_there() -> None:
    places = np.array([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]])
    counts = [10, 40, 150]
    real_labels = np.repeat(np.arange(3), counts)
    real = places[real_labels] + 0.3 * gaussian(200, 2)
    labels = np.arange(60) % 3
    made = places[labels] + 0.3 * gaussian(60, 2, 1)
    assert metrics.class_agreement(made, labels, real, real_labels) == 1.0
    assert metrics.class_agreement(made, (labels + 1) % 3, real, real_labels) == 0.0


def test_neighbours_that_are_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="no 5 neighbours"):
        metrics.radii(gaussian(5, 2), 5)


def test_the_inception_score_is_how_many_things_are_told_apart() -> None:
    each, none = np.eye(7).repeat(3, 0), np.full((20, 7), 1 / 7)
    assert metrics.inception_score(each) == pytest.approx(7.0)
    assert metrics.inception_score(none) == pytest.approx(1.0)
    assert metrics.inception_score(each[:3]) == pytest.approx(1.0), "always the same thing"
    p = np.array([[0.9, 0.1], [0.4, 0.6]])
    mean = p.mean(0)
    expected = np.exp(np.mean([np.sum(row * np.log(row / mean)) for row in p]))
    assert metrics.inception_score(p) == pytest.approx(expected)
