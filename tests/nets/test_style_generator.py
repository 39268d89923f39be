# SPDX-License-Identifier: Apache-2.0
"""The style-based generator: shapes, styles, and modulation that is what the paper says."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from prodedit.nets.style_generator import GAIN, StyledConv, StyleGenerator, doubled

WIDTHS = (8, 8, 4)


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(3)


@pytest.fixture
def net() -> StyleGenerator:
    return StyleGenerator(2, WIDTHS, noise=6, style=8).eval()


def drawn(net: StyleGenerator, count: int) -> tuple[Tensor, Tensor]:
    return torch.randn(count, net.noise), torch.arange(count) % net.classes


def test_noise_and_classes_become_pictures(net: StyleGenerator) -> None:
    with torch.inference_mode():
        pictures = net(*drawn(net, 3))
        painted = net.painted(net.styles(*drawn(net, 3)), net.drawn_noises(3))

    assert pictures.shape == (3, 3, 16, 16)
    assert pictures.dtype == torch.float32
    assert [tuple(level.shape) for level in painted.features] == [
        (3, 8, 4, 4),
        (3, 8, 8, 8),
        (3, 4, 16, 16),
    ]


@pytest.mark.parametrize(("sizes", "side"), [(5, 64), (6, 128), (7, 256)])
def test_each_width_doubles_the_side(sizes: int, side: int) -> None:
    with torch.device("meta"):
        net = StyleGenerator(10, (256, 256, 192, 96, 48, 32, 16)[:sizes])
        count = sum(weights.numel() for weights in net.parameters())

    assert net.side == side
    assert len(net.noise_sides) == 2 * sizes - 1
    assert 3e6 < count < 6e6


def test_two_forms_of_modulation_are_one() -> None:
    """Scaled activations against weights of their own for each picture, as the paper writes it."""
    layer = StyledConv(6, 5, 7).double()
    x, w = torch.randn(3, 6, 8, 8).double(), torch.randn(3, 7).double()

    assert torch.allclose(layer(x, w), grouped(layer, x, w), atol=1e-7)


def test_what_is_rectified_keeps_its_mean_square() -> None:
    layer = StyledConv(64, 64, 8)
    with torch.no_grad():
        layer.style.weight.mul_(20.0)
        y = layer(torch.randn(4, 64, 32, 32), torch.randn(4, 8))
        squares = layer.activate(y, torch.zeros(())).square().mean((1, 2, 3))

    assert torch.allclose(squares, torch.ones(4), atol=0.1)


def test_enlarging_is_the_papers_filter() -> None:
    row = torch.tensor([1.0, 3.0, 3.0, 1.0])
    kernel = torch.outer(row, row)[None, None] / 16.0
    x = torch.randn(1, 1, 6, 6)
    wanted = F.conv_transpose2d(x, kernel, stride=2, padding=1)

    assert torch.allclose(doubled(x)[..., 1:-1, 1:-1], wanted[..., 1:-1, 1:-1], atol=1e-6)


def test_it_begins_within_what_pictures_can_be() -> None:
    net = StyleGenerator(2, (64, 64, 48, 32, 16), noise=16, style=32)
    with torch.no_grad():
        net.colour.bias.fill_(0.5)
        pictures = net(*drawn(net, 4))

    assert float((pictures - 0.5).abs().mean()) < 0.3
    assert float(pictures.std(0).mean()) > 0.01


def test_each_layer_has_a_style_of_its_own(net: StyleGenerator) -> None:
    """A fine layer's style leaves what coarser sizes made as it is."""
    with torch.inference_mode():
        one, other = net.styles(*drawn(net, 2)).clone().split(1)
        mixed = torch.cat((one[:, :3], other[:, 3:]), 1)
        first, second = (net.painted(ws, net.fixed_noises()) for ws in (one, mixed))

    assert torch.equal(first.features[1], second.features[1])
    assert not torch.equal(first.features[2], second.features[2])
    assert not torch.equal(first.picture, second.picture)


def test_the_class_counts(net: StyleGenerator) -> None:
    noise = torch.randn(1, net.noise)
    with torch.inference_mode():
        one, other = (net(noise, torch.tensor([label])) for label in (0, 1))

    assert not torch.allclose(one, other)


def test_channels_last_is_the_same_picture(net: StyleGenerator) -> None:
    told = drawn(net, 2)
    with torch.inference_mode():
        plain = net(*told)
        net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        painted = net.painted(net.styles(*told), net.fixed_noises())

    assert torch.allclose(plain, painted.picture, atol=1e-5)
    assert painted.features[-1].is_contiguous(memory_format=torch.channels_last)


def test_everything_learns(net: StyleGenerator) -> None:
    picture = net.painted(net.styles(*drawn(net, 2)), net.drawn_noises(2)).picture
    picture.square().mean().backward()

    assert all(
        weights.grad is not None and bool(weights.grad.abs().sum() > 0)
        for weights in net.parameters()
    )


def grouped(layer: StyledConv, x: Tensor, w: Tensor) -> Tensor:
    count, c_in, *size = x.shape
    weights = layer.weight[None] * layer.style(w)[:, None, :, None, None]
    lengths = weights.square().sum((2, 3, 4), keepdim=True)
    weights = (weights * torch.rsqrt(lengths + 1e-8)).flatten(0, 1)
    y = F.conv2d(x.reshape(1, count * c_in, *size), weights, padding=1, groups=count)
    return GAIN * y.reshape(count, -1, *size)
