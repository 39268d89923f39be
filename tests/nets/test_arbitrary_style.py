# SPDX-License-Identifier: Apache-2.0
import pytest
import torch

from prodedit.nets.arbitrary_style import BOTTLENECK, Reader, StylePredictor, StyleTransformer


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(1)


def test_parameters_are_as_many_as_the_papers_say() -> None:
    with torch.device("meta"):
        predictor, transformer = StylePredictor(), StyleTransformer()

    assert len(predictor.blocks) == 17
    count = sum(value.numel() for value in predictor.parameters())
    assert 2.2e6 < count < 2.4e6  # MobileNetV2's 2.22 million without its classifier, and ours
    assert sum(1 for name in transformer.state_dict() if name.endswith("gamma.weight")) == 13


def test_any_style_is_a_hundred_numbers() -> None:
    net = StylePredictor(((1, 4, 1, 1), (2, 6, 2, 2)), first=4, last=8).eval()

    with torch.inference_mode():
        numbers = net(torch.rand(3, 3, 256, 256))

    assert numbers.shape == (3, BOTTLENECK, 1, 1)


@pytest.mark.parametrize(("height", "width"), [(32, 32), (36, 64), (384, 40)])
def test_painting_has_the_size_of_the_picture(height: int, width: int) -> None:
    net = StyleTransformer((4, 4, 8), 2, (4, 4)).eval()

    with torch.inference_mode():
        painted = net(torch.rand(2, 3, height, width), torch.randn(2, BOTTLENECK))

    assert painted.shape == (2, 3, height, width)
    assert 0 <= float(painted.min()) < float(painted.max()) <= 1


def test_each_picture_of_a_batch_has_a_style_of_its_own() -> None:
    net = StyleTransformer((4, 4, 8), 2, (4, 4)).eval()
    x, styles = torch.rand(1, 3, 32, 32), torch.randn(2, BOTTLENECK)

    with torch.inference_mode():
        both = net(x.expand(2, -1, -1, -1), styles)
        second = net(x, styles[1:])

    torch.testing.assert_close(both[1:], second, rtol=1e-3, atol=1e-4)
    assert float((both[0] - both[1]).abs().max()) > 0.01


def test_edges_are_filled_as_tensorflow_does() -> None:
    """A kernel of 3 with a stride of 2: of an even side, only the far edge is filled."""
    net = Reader(1, 1, 3, 2, 1, False)
    torch.nn.init.ones_(net.weight)

    with torch.inference_mode():
        answer = net(torch.ones(1, 1, 8, 8))

    assert answer.shape == (1, 1, 4, 4)
    assert answer[0, 0, 0].tolist() == [9, 9, 9, 6]
