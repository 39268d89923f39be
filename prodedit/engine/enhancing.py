# SPDX-License-Identifier: Apache-2.0
"""What an Enhance task will give and cost, told before anything is computed, without any network.

The panel and the command line show the seconds; the runner's function obeys the sizes.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from prodedit.core.document import Document
from prodedit.core.edits.canvas import LONGEST, MOST_PIXELS
from prodedit.core.geometry import IDENTITY, Size
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.tasks import Enhance

COMPACT, LARGE, TEXT = "realesr-animevideov3", "realesrgan-x4plus", "ppocr-det"
NETWORK_SCALE = 4
"""How many times as wide and high the networks make a picture."""
LONGEST_NEIGHBOUR = 1.02
"""Enlarging by less than this is resampling: there is nothing to invent."""

MFLOP_PER_PIXEL = {COMPACT: 1.241, LARGE: 36.0, TEXT: 0.058}
"""Multiplications and additions for one pixel that goes in, in 10^6, counted layer by layer."""
_OF_PRODUCT = {COMPACT: 1.2, LARGE: 1.0, TEXT: 0.35}
"""Speed of the network as a share of that of a matrix product, as measured on a processor; ncnn
multiplies less often than is counted here, so it may be above 1."""
_GPU_GFLOPS = 20_000.0
"""A graphics card of the middle class in half precision; no card is asked for an estimate."""
_SECONDS_PER_MEGAPIXEL = {
    "clean_jpeg": 1.0, "denoise": 0.5, "low_light": 0.15, "auto_tone": 0.05, "white_balance": 0.05,
    "sharpen": 0.15, "resample": 0.03,
}  # fmt: skip
"""Of the classical methods on one thread of a processor of 2023."""


@dataclass(frozen=True)
class Cost:
    """What the task would take here. seconds: about, within a factor of two; gflop: of networks;
    size: of the picture that comes out."""

    seconds: float
    gflop: float
    size: Size


def target_size(task: Enhance, source: Size) -> Size:
    """The size that a picture of `source` gets. Raises Problem where that is out of all bounds."""
    if task.size is None:
        size = Size(*(max(1, round(side * task.upscale)) for side in source))
    else:
        scale = min(task.size.width / source.width, task.size.height / source.height)
        size = Size(*(max(1, round(side * scale)) for side in source))
    if size != source and (max(size) > LONGEST or size.area > MOST_PIXELS):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Enlarged, this picture would have {width} x {height} pixels, which are too many. "
                "Choose at most {longest} on a side and {most} megapixels.",
            ),
            code="too-large",
            width=size.width,
            height=size.height,
            longest=LONGEST,
            most=MOST_PIXELS // 1_000_000,
        )
    return size


def network_of(task: Enhance, source: Size, *, on_gpu: bool) -> str | None:
    """The card that enlarges; None where nothing is enlarged, or classically."""
    size = target_size(task, source)
    if size.width < LONGEST_NEIGHBOUR * source.width and (
        size.height < LONGEST_NEIGHBOUR * source.height
    ):
        return None
    return {"auto": LARGE if on_gpu else COMPACT, "compact": COMPACT, "large": LARGE}.get(
        task.model
    )


def canvas_by_default(document: Document, layer_id: str) -> bool:
    """Whether the whole picture should grow with this layer: it fills it."""
    layer = document.find(layer_id)
    return (
        layer is not None
        and layer.tiles is not None
        and layer.tiles.size == document.size
        and layer.transform == IDENTITY
        and layer.warp is None
    )


def cost(task: Enhance, source: Size, rate: float, *, on_gpu: bool = False) -> Cost:
    """What the task takes for a picture of `source`. rate: as `calibrated` gives it.

    Raises Problem as `target_size` does.
    """
    size = target_size(task, source)
    network = network_of(task, source, on_gpu=on_gpu)
    asked = [] if network is None else [network, *([TEXT] if task.label_safe else [])]
    gflop = {name: MFLOP_PER_PIXEL[name] * source.area / 1e3 for name in asked}
    speed = {name: _GPU_GFLOPS if on_gpu else rate * _OF_PRODUCT[name] for name in asked}
    wanted = {name for name in _SECONDS_PER_MEGAPIXEL if getattr(task, name, 0.0)}
    classical = sum(_SECONDS_PER_MEGAPIXEL[name] for name in wanted - {"sharpen"}) * source.area
    late = _SECONDS_PER_MEGAPIXEL["resample"] + (
        _SECONDS_PER_MEGAPIXEL["sharpen"] if task.sharpen else 0.0
    )
    seconds = sum(gflop[name] / speed[name] for name in asked)
    return Cost(seconds + (classical + late * size.area) / 1e6, sum(gflop.values()), size)


def calibrated(side: int = 768, tries: int = 3) -> float:
    """GFLOP/s of a matrix product on this processor now, the best of a few; takes milliseconds."""
    import numpy as np

    a = np.ones((side, side), np.float32)
    times = []
    for _ in range(tries):
        start = perf_counter()
        a @ a
        times.append(perf_counter() - start)
    return 2 * side**3 / max(min(times), 1e-6) / 1e9
