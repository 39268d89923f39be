# SPDX-License-Identifier: Apache-2.0
import pytest
import torch
from torch import nn

from prodedit.nets.rrdb import BETA, DenseBlock, RRDBNet
from prodedit.nets.srvgg import SRVGG

TINY = {"rrdb": lambda: RRDBNet(4, 2, 1), "srvgg": lambda: SRVGG(4, 2)}


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(1)


@pytest.mark.parametrize(("net", "parameters"), [(RRDBNet, 16_697_987), (SRVGG, 621_424)])
def test_parameters_are_as_many_as_in_the_published_files(
    net: type[nn.Module], parameters: int
) -> None:
    with torch.device("meta"):
        assert sum(value.numel() for value in net().parameters()) == parameters


@pytest.mark.parametrize("name", TINY)
@pytest.mark.parametrize(("height", "width"), [(1, 1), (7, 5), (16, 24)])
def test_answer_is_four_times_as_large(name: str, height: int, width: int) -> None:
    with torch.inference_mode():
        answer = TINY[name]().eval()(torch.rand(2, 3, height, width))
    assert answer.shape == (2, 3, 4 * height, 4 * width)


def test_compact_net_that_adds_nothing_enlarges_by_nearest_neighbours() -> None:
    net = SRVGG(4, 2).eval()
    nn.init.zeros_(net.conv_last.weight)
    assert net.conv_last.bias is not None
    nn.init.zeros_(net.conv_last.bias)
    x = torch.rand(1, 3, 5, 6)
    with torch.inference_mode():
        torch.testing.assert_close(net(x), x.repeat_interleave(4, 2).repeat_interleave(4, 3))


def test_compact_net_sees_eighteen_pixels_far() -> None:
    """The tiles' overlap in its card relies on it."""
    net = SRVGG(2).eval()
    for value in net.parameters():
        nn.init.constant_(value, 0.1)  # no slope is zero
    x = torch.rand(1, 3, 1, 64, requires_grad=True)
    net(x)[0, :, :, 128:132].sum().backward()
    assert x.grad is not None
    seen = x.grad[0].abs().sum((0, 1)).nonzero().flatten()
    assert (int(seen.min()), int(seen.max())) == (32 - 18, 32 + 18)


def test_dense_block_is_residual() -> None:
    block = DenseBlock(4, 2)
    last = block.convs[-1]
    assert isinstance(last, nn.Conv2d)
    assert last.bias is not None
    nn.init.zeros_(last.weight)
    nn.init.constant_(last.bias, 1.0)
    x = torch.rand(1, 4, 6, 6)
    torch.testing.assert_close(block(x), x + BETA)
