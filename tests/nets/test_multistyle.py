# SPDX-License-Identifier: Apache-2.0
import pytest
import torch

from prodedit.nets.multistyle import MultiStyle, normalised

STYLES = 5


@pytest.fixture
def net() -> MultiStyle:
    torch.manual_seed(1)
    made = MultiStyle(STYLES, blocks=2, channels=8).eval()
    for name, value in made.named_parameters():
        if "norm" in name:
            torch.nn.init.uniform_(value, -1, 1)
    return made


def paint(net: MultiStyle, x: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    with torch.inference_mode():
        painted: torch.Tensor = net(x, weights)
    return painted


def test_parameters_are_those_of_the_published_network() -> None:
    with torch.device("meta"):
        state = MultiStyle().state_dict()

    assert len(state) == 54
    assert list(state)[:3] == ["contract.0.w", "contract.0.norm.gamma", "contract.0.norm.beta"]
    assert state["expand.2.w"].shape == (3, 4, 9, 9)


@pytest.mark.parametrize(("height", "width"), [(32, 32), (36, 64), (128, 32)])
def test_painting_has_the_size_of_the_picture(net: MultiStyle, height: int, width: int) -> None:
    painted = paint(net, torch.rand(2, 3, height, width), torch.eye(STYLES)[:2])

    assert painted.shape == (2, 3, height, width)
    assert 0 <= float(painted.min()) < float(painted.max()) <= 1


def test_one_style_of_a_batch_does_not_change_another(net: MultiStyle) -> None:
    x = torch.rand(1, 3, 32, 48)
    together = paint(net, x.expand(STYLES, -1, -1, -1), torch.eye(STYLES))

    for row in range(STYLES):
        alone = paint(net, x, torch.eye(STYLES)[row : row + 1])
        torch.testing.assert_close(together[row : row + 1], alone, rtol=1e-3, atol=1e-4)
    assert float((together[0] - together[1]).abs().max()) > 0.01


def test_a_blend_is_a_style_of_its_own(net: MultiStyle) -> None:
    x, rows = torch.rand(1, 3, 32, 32), torch.eye(STYLES)
    blended = paint(net, x, (rows[:1] + rows[1:2]) / 2)
    mean = (paint(net, x, rows[:1]) + paint(net, x, rows[1:2])) / 2

    assert float((blended - mean).abs().max()) > 0.01
    for layer in net.modules():
        if hasattr(layer, "gamma"):
            layer.gamma.data[0] = layer.gamma.data[:2].mean(0)
            layer.beta.data[0] = layer.beta.data[:2].mean(0)
    torch.testing.assert_close(paint(net, x, rows[:1]), blended)


def test_normalisation_is_torchs_own() -> None:
    x = torch.randn(2, 4, 9, 7) * 3 + 5
    gamma, beta = torch.rand(2, 4), torch.rand(2, 4)
    plain = torch.nn.functional.instance_norm(x, eps=1e-5)

    expected = plain * gamma[:, :, None, None] + beta[:, :, None, None]
    torch.testing.assert_close(normalised(x, gamma, beta), expected, rtol=1e-4, atol=1e-4)


def test_normalisation_of_one_colour_is_the_bias() -> None:
    beta = torch.rand(1, 4)

    answer = normalised(torch.full((1, 4, 5, 5), 20.0), torch.ones(1, 4), beta)

    expected = beta[:, :, None, None].expand_as(answer)
    torch.testing.assert_close(answer, expected, rtol=1e-3, atol=1e-3)
