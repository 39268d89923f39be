# SPDX-License-Identifier: Apache-2.0
"""Networks that paint, computed band by band, as the cache of a processor wants it.

Instance normalisation needs sums over all of a layer's picture before a value of it may be used, so
a layer written operation by operation goes through memory eight times. Here each band of rows is
normalised, given its edges, convolved and summed up while it lies in the cache: the layer is
written once and read once. All is float32, channels last: (n, h, w, c).

Bands are handed to threads that compute alone, so that these wait for each other once in a layer:
torch's own would do so after each operation, a hundred times as often, and a processor that has
something else to do, too, keeps all of them waiting.

Two rewritings keep the units of the processor filled, with the same sums in another order. Nearest
neighbours and then a convolution are one convolution for each of the four pixels that a pixel
becomes, and a kernel with few channels takes several columns together for channels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from math import prod
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

EPSILON = 1e-5
FLOATS = 1 << 19
"""Of a band: with what it is made of, somewhat more than the second cache."""


class Styled(NamedTuple):
    """A layer: weight (out, in, k, k), and gamma and beta (n, out) of each picture's style."""

    weight: Tensor
    gamma: Tensor
    beta: Tensor


class Scaled(NamedTuple):
    """values (n or 1, h, w, c) that the next layer reads as max(0, values * gain + shift); (n, c)
    each."""

    values: Tensor
    gain: Tensor
    shift: Tensor

    def done(self, pool: Executor) -> Tensor:
        """(n, h, w, c), as it is read."""
        return _each(self, lambda made, top, bottom: _read(self, top, bottom, made), pool)

    def added(self, x: Tensor, pool: Executor) -> Tensor:
        """x (n or 1, h, w, c) and values * gain + shift, whatever is below zero."""

        def add(made: Tensor, top: int, bottom: int) -> None:
            gain, shift = _rows_of(self, made)
            torch.addcmul(shift, self.values[:, top:bottom], gain, out=made)
            made += x[:, top:bottom]

        return _each(self, add, pool)

    def squeezed(self, pool: Executor) -> Tensor:
        """The sigmoid function of values * gain + shift."""

        def squeeze(made: Tensor, top: int, bottom: int) -> None:
            gain, shift = _rows_of(self, made)
            torch.addcmul(shift, self.values[:, top:bottom], gain, out=made)
            made.sigmoid_()

        return _each(self, squeeze, pool)


class Convolved(NamedTuple):
    """What a layer made: values (n, h, w, c), and the mean and variance of each channel, (n, c)."""

    values: Tensor
    mean: Tensor
    variance: Tensor

    def normalised(self, layer: Styled) -> Scaled:
        """After instance normalisation with the layer's gamma and beta."""
        gain = layer.gamma * torch.rsqrt(self.variance + EPSILON)
        return Scaled(self.values, gain, layer.beta - self.mean * gain)


@contextmanager
def workers() -> Iterator[Executor]:
    """As many threads as torch may use, each of which computes alone."""
    count = torch.get_num_threads()
    try:
        # Nor are this thread's own helpers woken up: they spin for a while after each operation.
        torch.set_num_threads(1)
        with ThreadPoolExecutor(count, "bands", torch.set_num_threads, (1,)) as pool:
            yield pool
    finally:
        torch.set_num_threads(count)


def painted(
    x: Tensor,
    blocks: Iterable[tuple[Styled, Styled]],
    growing: Iterable[Styled],
    last: Styled,
    pool: Executor,
) -> Tensor:
    """What such a network does after it has contracted: residual blocks, growing layers, colours.

    x: (n, h, w, c); gives (n, colours, 4 h, 4 w) in 0..1.
    """
    for one, two in blocks:
        inner = convolved(x, one.weight, pool).normalised(one)
        x = convolved(inner, two.weight, pool).normalised(two).added(x, pool)
    grows: Tensor | Scaled = x
    for layer in growing:
        grows = grown(grows, layer.weight, pool).normalised(layer)
    made = convolved(grows, last.weight, pool, columns=4).normalised(last)
    return made.squeezed(pool).permute(0, 3, 1, 2)


def convolved(
    x: Tensor | Scaled, weight: Tensor, pool: Executor, *, stride: int = 1, columns: int = 1
) -> Convolved:
    """Mirrored edges and a convolution; weight: (out, in, k, k), k odd.

    columns: so many are taken together; the width and k - 1 are multiples of it, the stride is 1.
    """
    n, height, width, _ = _shape(x)
    edge = weight.shape[2] // 2
    kernel = _of_columns(weight, columns).contiguous(memory_format=torch.channels_last)
    made = torch.empty(n, height // stride, width // stride, len(weight))

    def band(top: int, bottom: int) -> Tensor:
        first, last = top * stride - edge, (bottom - 1) * stride + edge + 1
        shown = _shown(x, first, last, edge, mirrored=True)
        answer = _applied(shown.view(n, last - first, -1, kernel.shape[1]), kernel, stride)
        made[:, top:bottom] = answer.reshape(n, bottom - top, -1, len(weight))
        return _sums(answer, len(weight))

    return _of_bands(made, x, band, pool)


def grown(x: Tensor | Scaled, weight: Tensor, pool: Executor) -> Convolved:
    """Twice as high and wide by nearest neighbours, mirrored edges, a convolution 3 x 3.

    Edges that are mirrored after growing are edges that are repeated before it.
    """
    n, height, width, _ = _shape(x)
    kernel = _of_pixels(weight).contiguous(memory_format=torch.channels_last)
    made = torch.empty(n, 2 * height, 2 * width, len(weight))
    pairs = made.view(n, height, 2, width, 2 * len(weight))

    def band(top: int, bottom: int) -> Tensor:
        top, bottom = top // 2, bottom // 2
        shown = _shown(x, top - 1, bottom + 1, 1, mirrored=False)
        answer = _applied(shown, kernel, 1)  # upper left, upper right, lower left, lower right
        pairs[:, top:bottom] = answer.reshape(n, bottom - top, width, 2, -1).transpose(2, 3)
        return _sums(answer, len(weight))

    return _of_bands(made, x, band, pool)


def _of_bands(
    made: Tensor, x: Tensor | Scaled, band: Callable[[int, int], Tensor], pool: Executor
) -> Convolved:
    """Have all bands of `made` written; `band` gives the sums of one."""

    def alone(rows: tuple[int, int]) -> Tensor:
        with torch.inference_mode():  # which each thread has to be told
            return band(*rows)

    bands = _bands(made.shape[1], max(made.numel(), prod(_shape(x))))
    sums = torch.stack(list(pool.map(alone, bands))).sum(0)
    mean, square = sums * len(made) * made.shape[3] / made.numel()
    return Convolved(made, mean.float(), (square - mean * mean).clamp_min(0).float())


def _each(x: Scaled, write: Callable[[Tensor, int, int], None], pool: Executor) -> Tensor:
    """(n, h, w, c), of which `write` writes rows `top` to `bottom`."""
    made = torch.empty(_shape(x))

    def alone(rows: tuple[int, int]) -> None:
        with torch.inference_mode():
            write(made[:, slice(*rows)], *rows)

    list(pool.map(alone, _bands(made.shape[1], made.numel())))
    return made


def _sums(band: Tensor, channels: int) -> Tensor:
    """(2, n, channels) float64: of values and of squares; band: (n, ...), whose last axis is one of
    channels, or of groups of them."""
    values = band.reshape(len(band), -1, channels)
    return torch.stack((values.sum(1), torch.mul(values, values).sum(1))).double()


def _shape(x: Tensor | Scaled) -> tuple[int, int, int, int]:
    values = x.values if isinstance(x, Scaled) else x
    n = len(x.gain) if isinstance(x, Scaled) else len(x)
    return (n, *values.shape[1:])


def _bands(height: int, floats: int) -> list[tuple[int, int]]:
    """First row, and the one after the last, of bands of a layer with so many numbers; even unless
    it is the end."""
    rows = min(FLOATS * height // floats, -(-height // 8))  # enough of them for all threads
    rows = max(4, -(-rows // 2) * 2)
    return [(top, min(top + rows, height)) for top in range(0, height, rows)]


def _shown(x: Tensor | Scaled, first: int, last: int, edge: int, *, mirrored: bool) -> Tensor:
    """Rows `first` to `last`, `edge` of them beyond the picture, as the convolution reads them."""
    n, height, width, channels = _shape(x)
    shown = torch.empty(n, last - first, width + 2 * edge, channels)
    top, bottom = max(first, 0), min(last, height)
    _read(x, top, bottom, shown[:, top - first : bottom - first, edge : edge + width])
    own = 0 if mirrored else 1  # a row that is repeated is its own mirror image
    for row in range(first, 0):
        shown[:, row - first] = shown[:, -row - own - first]
    for row in range(height, last):
        shown[:, row - first] = shown[:, 2 * height - 2 + own - row - first]
    for column in range(edge):
        shown[:, :, edge - 1 - column] = shown[:, :, edge + 1 - own + column]
        shown[:, :, edge + width + column] = shown[:, :, edge + width - 2 + own - column]
    return shown


def _read(x: Tensor | Scaled, top: int, bottom: int, into: Tensor) -> None:
    if not isinstance(x, Scaled):
        into.copy_(x[:, top:bottom])
        return
    gain, shift = _rows_of(x, into)
    torch.addcmul(shift, x.values[:, top:bottom], gain, out=into)
    into.clamp_min_(0)


def _rows_of(x: Scaled, like: Tensor) -> tuple[Tensor, Tensor]:
    """Gain and shift (n, 1, w, c): torch would make a loop of its own for each pixel's channels."""
    n, _, width, channels = like.shape
    gain, shift = (
        part[:, None, None].expand(n, 1, width, channels).contiguous() for part in (x.gain, x.shift)
    )
    return gain, shift


def _applied(shown: Tensor, kernel: Tensor, stride: int) -> Tensor:
    """(n, h, w, c) to (n, h', w', c'), without edges."""
    answer = F.conv2d(shown.permute(0, 3, 1, 2), kernel, stride=stride)
    return answer.permute(0, 2, 3, 1)


def _of_columns(weight: Tensor, columns: int) -> Tensor:
    """(out, in, k, k) to (columns out, columns in, k, k'): one answer for `columns` columns."""
    if columns == 1:
        return weight
    outs, ins, size, _ = weight.shape
    wide = columns + size - 1
    made = weight.new_zeros(columns, outs, ins, size, wide)
    for column in range(columns):
        made[column, ..., column : column + size] = weight
    made = made.view(columns, outs, ins, size, wide // columns, columns).permute(0, 1, 5, 2, 3, 4)
    return made.reshape(columns * outs, columns * ins, size, -1)


def _of_pixels(weight: Tensor) -> Tensor:
    """(out, in, 3, 3) after nearest neighbours to (4 out, in, 3, 3) before them."""
    # For the upper and the lower of two pixels: which row the kernel's three rows fall on.
    fall = weight.new_tensor([[[1, 0, 0], [0, 1, 1], [0, 0, 0]], [[0, 0, 0], [1, 1, 0], [0, 0, 1]]])
    made = torch.einsum("pkd,qle,oide->pqoikl", fall, fall, weight)
    return made.reshape(-1, *weight.shape[1:])
