# SPDX-License-Identifier: Apache-2.0
"""Light and colour of a whole photo, read off a small copy of it: low light, white balance, tone.

Low light: in linear light, the brightest twentieth is brought to a fixed lightness, darker parts of
the scene a little more than bright ones (the illumination is what a wide blur of the brightest
channel leaves), and highlights are bent instead of cut. On rendered scenes in an eighth of the
light this comes 7 dB nearer to the truth than a gamma curve, 8 dB than LIME's illumination map
(Guo, Li, Ling, 2017), 14 dB than CLAHE (tests/benchmarks/ENHANCE_QUALITY.md).

White balance: shades of grey with p = 6 (Finlayson, Trezzi, "Shades of gray and colour constancy",
2004): 2.7 degrees off the true light where the grey world is off by 7.8: products on white or grey
are what it is made for.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.auto import auto_tone
from prodedit.core.adjust.histogram import histogram
from prodedit.core.adjust.tables import encoded, linear
from prodedit.core.adjust.values import Band
from prodedit.core.geometry import Size
from prodedit.core.pixels import premultiply
from prodedit.engine.tasks import Enhance, Piece

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_SMALL = 512
"""Long side of the copy that is looked at."""
_BRIGHT, _WANTED = 95, 0.6
"""Percentile of the brightest channel, and what it becomes in linear light."""
_MOST_GAIN = 16.0
_EVENING = 0.3
"""0: all parts are lit by the same; 1: all shadows go."""
_WIDE = 1 / 8
"""Of the long side: the blur that leaves the illumination."""
_KNEE = 0.7
"""Linear light above which highlights are bent."""
_NORM = 6.0
_MOST_CAST = 3.0
_NO_BALANCE = (1.0, 1.0, 1.0)
_STEPS = 4095
_ROWS = 256


class Light(NamedTuple):
    """What is done to each pixel: times gain (h', w') stretched over the picture, or None; times
    balance (red, green, blue), in linear light; then black and white of `tone`, by a share."""

    gain: Floats | None = None
    balance: tuple[float, float, float] = _NO_BALANCE
    tone: Band = Band()
    share: float = 0.0

    def applied(self, colours: Bytes) -> Bytes:
        """(h, w, 3) uint8 RGB in that light."""
        if self.gain is None:
            if self.share == 0 and self.balance == _NO_BALANCE:
                return colours
            return np.asarray(cv2.LUT(colours, self._tables()), np.uint8)
        made = np.empty_like(colours)
        for top in range(0, colours.shape[0], _ROWS):
            rows = slice(top, top + _ROWS)
            made[rows] = self._lit(colours[rows], self._gain_of(colours.shape, top))
        return made

    def of_piece(self, piece: Piece) -> Light:
        """The same light for a part of the picture."""
        if self.gain is None:
            return self
        rows, columns = self.gain.shape
        xs = piece.left + (np.arange(columns) + 0.5) / columns * (piece.right - piece.left)
        ys = piece.top + (np.arange(rows) + 0.5) / rows * (piece.bottom - piece.top)
        places = ((n - 0.5).astype(np.float32) for n in (xs * columns, ys * rows))
        grid_x, grid_y = np.meshgrid(*places)
        gain = cv2.remap(
            self.gain, grid_x, grid_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return self._replace(gain=np.asarray(gain, np.float32))

    def _tables(self) -> Bytes:
        values = linear(np.arange(256) / 255)[:, np.newaxis] * np.asarray(self.balance)
        table = self._toned(encoded(np.clip(values, 0, 1)))
        return np.rint(table * 255).astype(np.uint8)[:, np.newaxis]

    def _lit(self, colours: Bytes, gain: Floats) -> Bytes:
        values = _LINEAR[colours] * np.asarray(self.balance, np.float32) * gain[..., np.newaxis]
        places = np.sqrt(np.clip(_bent(values), 0, 1)) * np.float32(_STEPS)
        even = np.square(np.arange(_STEPS + 1) / _STEPS)
        table = np.rint(self._toned(encoded(even)) * 255).astype(np.uint8)
        return np.asarray(table[np.rint(places).astype(np.uint16)], np.uint8)

    def _gain_of(self, size: tuple[int, ...], top: int) -> Floats:
        """The rows from `top` on, in the picture's own size; linear between the small one's."""
        assert self.gain is not None
        height, width = size[:2]
        rows, columns = self.gain.shape
        ys = (np.arange(top, min(height, top + _ROWS)) + 0.5) * rows / height - 0.5
        xs = (np.arange(width) + 0.5) * columns / width - 0.5
        shape = (len(ys), len(xs))
        grid_x = np.broadcast_to(xs.astype(np.float32), shape).copy()
        grid_y = np.broadcast_to(ys.astype(np.float32)[:, np.newaxis], shape).copy()
        found = cv2.remap(
            self.gain, grid_x, grid_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(found, np.float32)

    def _toned(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        black, white = self.tone.black / 255, self.tone.white / 255
        stretched = np.clip((values - black) / (white - black), 0, 1)
        toned: NDArray[np.float64] = values + self.share * (stretched - values)
        return toned


def found(task: Enhance, colours: Bytes, alpha: Bytes | None) -> Light:
    """What task.low_light, white_balance and auto_tone do to this photo, (h, w, 3) uint8 RGB.

    What alpha hides is not looked at."""
    if max(task.low_light, task.white_balance, task.auto_tone) <= 0:
        return Light()
    small, shown = _small(colours, alpha)
    values = _LINEAR[small]
    light = Light()
    if task.low_light > 0:
        light = light._replace(gain=_gain(values, shown) ** np.float32(task.low_light))
    if task.white_balance > 0:
        light = light._replace(balance=_balance(values, shown, task.white_balance))
    if task.auto_tone > 0:
        lit = premultiply(np.dstack((light.applied(small), shown.astype(np.uint8) * 255)))
        light = light._replace(tone=auto_tone(histogram(lit)).rgb, share=task.auto_tone)
    return light


def _small(colours: Bytes, alpha: Bytes | None) -> tuple[Bytes, NDArray[np.bool_]]:
    size = Size(colours.shape[1], colours.shape[0]).fit(_SMALL)
    small = np.asarray(cv2.resize(colours, size, interpolation=cv2.INTER_AREA), np.uint8)
    shown = np.ones(small.shape[:2], np.bool_)
    if alpha is not None:
        shown = np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA)) > 127
    return small, shown if shown.any() else np.ones_like(shown)


def _gain(values: Floats, shown: NDArray[np.bool_]) -> Floats:
    """Never below 1: a bright photo is left as it is."""
    bright = values.max(axis=2)
    sigma = max(values.shape[:2]) * _WIDE
    illumination = np.maximum(cv2.GaussianBlur(bright, (0, 0), sigma), 1e-4)
    even = (np.median(illumination[shown]) / illumination) ** np.float32(_EVENING)
    reached = max(1e-4, float(np.percentile((bright * even)[shown], _BRIGHT)))
    gain = min(_MOST_GAIN, _WANTED / reached)
    if gain <= 1:
        return np.ones_like(bright)
    return np.asarray(np.clip(even * np.float32(gain), 1, _MOST_GAIN), np.float32)


def _balance(
    values: Floats, shown: NDArray[np.bool_], strength: float
) -> tuple[float, float, float]:
    """Gains of linear red, green and blue that leave the luminance of a grey as it is."""
    soft = cv2.GaussianBlur(values, (0, 0), 2.0)[shown].astype(np.float64)
    light = np.maximum((soft**_NORM).mean(axis=0) ** (1 / _NORM), 1e-4)
    gains = np.clip(light.mean() / light, 1 / _MOST_CAST, _MOST_CAST) ** strength
    red, green, blue = (float(gain) for gain in gains)
    return red, green, blue


def _bent(values: Floats) -> Floats:
    """Highlights come near to 1 and never reach it."""
    room = np.float32(1 - _KNEE)
    over = np.maximum(values - np.float32(_KNEE), 0)
    return np.where(values <= _KNEE, values, np.float32(1) - room * np.exp(-over / room))


_LINEAR = linear(np.arange(256) / 255).astype(np.float32)
