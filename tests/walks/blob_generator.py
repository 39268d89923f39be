# SPDX-License-Identifier: Apache-2.0
"""A style-based generator that makes something like products, learned in some seconds by being
shown what each noise is to become: cups, red or blue, of different widths, on white."""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch
from safetensors.torch import save
from torch import Tensor

from prodedit.engine.generators import container
from prodedit.engine.generators.card import StyleCard, Training
from prodedit.engine.generators.directions import found_in
from prodedit.engine.generators.style_based import StyleBased
from prodedit.engine.generators.style_file import weights_of
from prodedit.nets.style_generator import StyleGenerator

SIDE, CLASSES = 64, ("cup", "vase")
WIDTHS, NOISE, STYLE = (24, 24, 16, 12, 8), 4, 16
STEPS, BATCH = 100, 6
_COLOURS = ((0.75, 0.1, 0.1), (0.1, 0.25, 0.75))


def write_blobs(path: Path) -> None:
    """A generator's file with two directions."""
    torch.manual_seed(2)
    net = StyleGenerator(len(CLASSES), WIDTHS, NOISE, STYLE, depth=1)
    adam = torch.optim.Adam(net.parameters(), 6e-3)
    for _ in range(STEPS):
        noise, labels = torch.randn(BATCH, NOISE), torch.arange(BATCH) % 2
        loss = (net(noise, labels) - wanted(noise, labels)).abs().mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
    net = net.eval().requires_grad_(False)
    generator = StyleBased(net)
    axes = found_in(generator.differences(256), 2).steps
    trained = Training(
        pictures=1, steps=(STEPS,), seen=(STEPS * BATCH,), minutes=0.1, seed=2, version="0"
    )
    card = StyleCard(
        name="blobs", side=SIDE, classes=CLASSES, training=trained, widths=WIDTHS, noise=NOISE,
        style=STYLE, depth=1,
    )  # fmt: skip
    members = {
        container.CARD: msgspec.json.encode(card),
        container.WEIGHTS: weights_of(net),
        container.DIRECTIONS: save(
            {"axes": axes[:, None].expand(-1, *generator.shape).half().contiguous()}
        ),
    }
    container.write(path, members)


def wanted(noise: Tensor, labels: Tensor) -> Tensor:
    """(n, 3, SIDE, SIDE) in -1 .. 1: as wide as the first number says, as high as the second."""
    line = torch.linspace(-1.0, 1.0, SIDE)
    wide, high = (0.5 + 0.15 * torch.tanh(noise[:, n])[:, None, None] for n in range(2))
    x, y = line[None, None, :] / wide, line[None, :, None] / high
    inside = torch.sigmoid(12.0 * (1.0 - (x**4 + y**4) ** 0.25))[:, None]
    colour = torch.tensor(_COLOURS)[labels][:, :, None, None] * (1.0 - 0.3 * x[:, None])
    return (1.0 - inside + inside * colour) * 2.0 - 1.0
