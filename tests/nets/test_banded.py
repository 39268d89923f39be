# SPDX-License-Identifier: Apache-2.0
"""What a processor does band by band is what the networks' own words say."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from torch import Tensor, nn

from prodedit.nets import banded
from prodedit.nets.arbitrary_style import BOTTLENECK, BandedTransformer, StyleTransformer
from prodedit.nets.multistyle import BandedMultiStyle, MultiStyle

STYLES = 3
PLAIN = {
    "multistyle": lambda: MultiStyle(STYLES, blocks=2, channels=8),
    "transformer": lambda: StyleTransformer((4, 6, 8), blocks=2, expanding=(6, 4)),
}
BANDED = {
    "multistyle": lambda: BandedMultiStyle(STYLES, blocks=2, channels=8),
    "transformer": lambda: BandedTransformer((4, 6, 8), blocks=2, expanding=(6, 4)),
}
CONDITIONS = {"multistyle": torch.eye(STYLES), "transformer": torch.eye(STYLES, BOTTLENECK)}


def both(name: str) -> tuple[nn.Module, nn.Module]:
    torch.manual_seed(1)
    plain, fast = PLAIN[name]().eval(), BANDED[name]().eval()
    for key, value in plain.named_parameters():
        if value.ndim < 4 or "gamma" in key or "beta" in key:
            nn.init.uniform_(value, -1, 1)
    fast.load_state_dict(plain.state_dict())
    return plain, fast


def answers(name: str, x: Tensor, condition: Tensor) -> tuple[Tensor, Tensor]:
    with torch.inference_mode():
        plain, fast = (net(x, condition) for net in both(name))
    return plain, fast


@pytest.mark.parametrize("floats", [1, 1 << 18])
@pytest.mark.parametrize(("height", "width"), [(36, 64), (60, 32)])
@pytest.mark.parametrize("name", PLAIN)
def test_bands_of_any_height_join(
    name: str, height: int, width: int, floats: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banded, "FLOATS", floats)
    plain, fast = answers(name, torch.rand(1, 3, height, width), CONDITIONS[name][:1])

    assert fast.shape == (1, 3, height, width)
    torch.testing.assert_close(fast, plain, rtol=0, atol=2e-4)
    assert float(plain.max() - plain.min()) > 0.1


@pytest.mark.parametrize("pictures", [1, STYLES])
@pytest.mark.parametrize("name", PLAIN)
def test_one_picture_serves_all_styles(name: str, pictures: int) -> None:
    x = torch.rand(pictures, 3, 32, 36)
    plain, fast = answers(name, x, CONDITIONS[name])

    torch.testing.assert_close(fast, plain, rtol=0, atol=2e-4)
    assert float((fast[0] - fast[1]).abs().max()) > 0.01


@pytest.mark.parametrize("columns", [2, 4])
def test_columns_taken_together_are_a_convolution(columns: int) -> None:
    x, weight = torch.rand(2, 9, 8, 2), torch.randn(3, 2, 9, 9)
    with banded.workers() as pool:
        made = banded.convolved(x, weight, pool, columns=columns)
        plain = banded.convolved(x, weight, pool)

    torch.testing.assert_close(made.values, plain.values, rtol=0, atol=1e-4)
    torch.testing.assert_close(made.mean, made.values.mean((1, 2)), rtol=0, atol=1e-5)
    expected = made.values.var((1, 2), correction=0)
    torch.testing.assert_close(made.variance, expected, rtol=1e-4, atol=1e-4)


def test_one_colour_is_the_bias() -> None:
    with banded.workers() as pool:
        made = banded.convolved(torch.full((1, 8, 8, 2), 20.0), torch.ones(1, 2, 3, 3), pool)
        layer = banded.Styled(torch.empty(0), torch.ones(1, 1), torch.full((1, 1), 0.5))
        done = made.normalised(layer).done(pool)

    torch.testing.assert_close(done, torch.full((1, 8, 8, 1), 0.5), atol=0.01, rtol=0)


def test_the_threads_of_others_stay_as_they_are() -> None:
    before = torch.get_num_threads()
    with banded.workers() as pool:
        assert pool.submit(torch.get_num_threads).result() == torch.get_num_threads() == 1

    assert torch.get_num_threads() == before
    with ThreadPoolExecutor(1) as other:
        assert other.submit(torch.get_num_threads).result() == before
