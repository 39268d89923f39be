# SPDX-License-Identifier: Apache-2.0
"""Other programs' PNGs are decoded in the decoder process, never in the window's."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from prodedit.core.pixels import premultiply
from prodedit.core.problem import Problem
from prodedit.files.decoder import Decoder
from prodedit.files.openraster_members import Pixels, PngReader

_NO_FAULT_OF_THE_PICTURE = frozenset({"no-memory", "reader-missing"})
"""Taken for damage, a layer would be left out, and the next save would lose it for good."""


def isolated(decoder: Decoder) -> PngReader:
    """For `load` and `load_preview`: reads through `decoder`. Raises its Cancelled, and Problem
    where the picture could not even be tried."""

    def read(data: bytes) -> Pixels | None:
        with tempfile.TemporaryDirectory(prefix="prodedit-") as folder:
            path = Path(folder) / "layer.png"
            path.write_bytes(data)
            try:
                straight = decoder.decode(path, accept_damaged=True).pixels
            except Problem as problem:
                if problem.code in _NO_FAULT_OF_THE_PICTURE:
                    raise
                return None
        if straight.shape[2] == 3:
            opaque = np.full((*straight.shape[:2], 1), 255, np.uint8)
            straight = np.concatenate([straight, opaque], axis=2)
        return premultiply(straight)

    return read
