# SPDX-License-Identifier: Apache-2.0
"""Pictures are described, so that they can be compared: from their thumbnails, which are mostly
there already, some at a time by the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.catalogue.check.looking import Engine
from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.folder.thumbnails import SIDE, ThumbnailCache, made_of
from prodedit.catalogue.similar.index import Index, nothing
from prodedit.catalogue.similar.measures import fingerprint, standing
from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.results import FeaturesResult
from prodedit.engine.tasks import DescribePictures
from prodedit.files.decoder import Decoder

Bytes = NDArray[np.uint8]
AT_ONCE = 32
"""Pictures that the engine gets together."""
_INPUT = 224
"""What the network looks at."""


class Seen(NamedTuple):
    """rgb: (h, w, 3), on white; alpha: (h, w), None of an opaque picture."""

    picture: Picture
    rgb: Bytes
    alpha: Bytes | None


OnDescribed = Callable[[Index, int], None]
"""Told a part of the index, and of how many pictures that is, with those that can't be read."""


def describe(
    pictures: Sequence[Picture],
    decoder: Decoder,
    cache: ThumbnailCache,
    engine: Engine,
    on_described: OnDescribed,
    stopped: Callable[[], bool],
) -> None:
    """Those that can't be read are left out. Raises Problem where the engine can't do it, and
    Cancelled once `stopped`."""
    for start in range(0, len(pictures), AT_ONCE):
        some = pictures[start : start + AT_ONCE]
        seen = []
        for picture in some:
            if stopped():
                raise Cancelled
            if (one := _seen(picture, decoder, cache)) is not None:
                seen.append(one)
        on_described(_described(seen, engine) if seen else nothing(), len(some))


def _described(seen: Sequence[Seen], engine: Engine) -> Index:
    squares = [
        cv2.resize(one.rgb, (_INPUT, _INPUT), interpolation=cv2.INTER_LINEAR) for one in seen
    ]
    result = engine.run(DescribePictures(), {"pictures": np.stack(squares)}, lane="batch")
    assert isinstance(result, FeaturesResult)
    marks = [fingerprint(one.rgb) for one in seen]
    standings = [standing(one.rgb, one.alpha) for one in seen]
    return Index(
        tuple(one.picture.key for one in seen),
        np.array(result.features),
        np.stack(marks),
        np.array(standings, np.float32),
    )


def _seen(picture: Picture, decoder: Decoder, cache: ThumbnailCache) -> Seen | None:
    """None where it can't be read. Raises Cancelled."""
    kept = cache.get(picture)
    try:
        if kept is None:
            kept = made_of(decoder.thumbnail(picture.path, SIDE))
            cache.put(picture, kept)
    except (Problem, MemoryError):
        return None
    pixels = cv2.imdecode(np.frombuffer(kept.data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        return None
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        alpha = np.ascontiguousarray(pixels[..., 3], np.uint8)
        share = alpha[..., None].astype(np.float32) / 255
        rgb = np.rint(pixels[..., 2::-1] * share + 255 * (1 - share)).astype(np.uint8)
        return Seen(picture, np.ascontiguousarray(rgb), alpha)
    return Seen(picture, np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), np.uint8), None)
