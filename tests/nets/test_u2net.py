# SPDX-License-Identifier: Apache-2.0
import pytest
import torch

from prodedit.nets.isnet import ISNet
from prodedit.nets.u2net import RSU, RSU4F, U2Net

NETS = (U2Net, ISNet)


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(1)


@pytest.mark.parametrize("net", NETS)
def test_parameters_are_as_many_as_the_paper_says(net: type[U2Net | ISNet]) -> None:
    with torch.device("meta"):
        count = sum(value.numel() for value in net().parameters())

    assert 43.9e6 < count < 44.1e6


@pytest.mark.parametrize("net", NETS)
@pytest.mark.parametrize(("height", "width"), [(64, 64), (65, 97), (33, 48)])
def test_answer_has_the_size_of_the_picture(
    net: type[U2Net | ISNet], height: int, width: int
) -> None:
    with torch.inference_mode():
        answer = net(divisor=16).eval()(torch.randn(2, 3, height, width))

    assert answer.shape == (2, 1, height, width)
    assert 0 <= float(answer.min()) < float(answer.max()) <= 1


@pytest.mark.parametrize("net", NETS)
def test_one_picture_of_a_batch_does_not_change_another(net: type[U2Net | ISNet]) -> None:
    module = net(divisor=16).eval()
    one, other = torch.randn(1, 3, 64, 64), torch.randn(1, 3, 64, 64)

    with torch.inference_mode():
        both = module(torch.cat((one, other)))
        alone = module(one)

    torch.testing.assert_close(both[:1], alone)


@pytest.mark.parametrize("block", [RSU(4, 3, 2, 4), RSU(7, 3, 2, 4), RSU4F(3, 2, 4)])
def test_block_is_residual(block: torch.nn.Module) -> None:
    """With the U silenced, what stays is the block's first layer."""
    last = block.decoder[-1]  # type: ignore[union-attr, index]
    torch.nn.init.zeros_(last.conv.weight)
    torch.nn.init.zeros_(last.conv.bias)
    x = torch.randn(1, 3, 64, 64)

    torch.testing.assert_close(block(x), block.conv_in(x))  # type: ignore[operator]


def test_deeper_blocks_see_further() -> None:
    assert _reach(RSU(7, 1, 2, 2)) > 64 > _reach(RSU(4, 1, 2, 2)) > 8


def _reach(block: torch.nn.Module) -> int:
    """How many pixels apart two pixels may lie for one to change the other's answer."""
    with torch.no_grad():
        for value in block.parameters():
            value.fill_(0.1)  # no ReLU is ever shut
    x = torch.rand(1, 1, 256, 256, requires_grad=True)
    block(x)[0, :, 128, 128].sum().backward()
    assert x.grad is not None
    columns = x.grad[0, 0].any(dim=0).nonzero()
    return int(columns.max() - columns.min())
