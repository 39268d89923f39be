# SPDX-License-Identifier: Apache-2.0
"""Generators from the library to be explored; those used last stay loaded."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load

from prodedit.engine.generators import style_file, two_stage_file, vector_files
from prodedit.engine.generators.card import damaged
from prodedit.engine.generators.container import DIRECTIONS, find_member, read_card
from prodedit.engine.generators.explorer import Explorer
from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.engine.generators.point_explorer import PointExplorer
from prodedit.engine.generators.style_explorer import StyleExplorer
from prodedit.engine.generators.two_stage_explorer import TwoStageExplorer
from prodedit.engine.generators.variational_explorer import VariationalExplorer

KEPT = 2
_Key = tuple[Path, int, str]


class Shelf:
    """Safe to use from several threads."""

    def __init__(self, library: GeneratorLibrary) -> None:
        self.library = library
        self._loaded: OrderedDict[_Key, Explorer] = OrderedDict()
        self._lock = threading.Lock()

    def use(self, name: str, device: str) -> Explorer:
        """The generator of that name, or file, on a device as torch names it. Raises Problem."""
        path = self.library.find(name)
        with self._lock:
            key = (path, path.stat().st_mtime_ns, device)
            explorer = self._loaded.pop(key, None) or opened(path, device)
            self._loaded[key] = explorer
            while len(self._loaded) > KEPT:
                self._loaded.popitem(last=False)
            return explorer

    def forget(self) -> None:
        """Give back the memory of those that nobody uses just now."""
        with self._lock:
            self._loaded.clear()


def opened(path: Path, device: str = "cpu") -> Explorer:
    """A generator's file, or folder, to be explored. Raises Problem."""
    return _FAMILIES[read_card(path).family](path, device)


def _two_stage(path: Path, device: str) -> Explorer:
    card, generator = two_stage_file.opened(path, device)
    shape = (card.autoencoder.latents, card.grid, card.grid)
    axes = _directions(path, shape).to(device)
    return TwoStageExplorer(generator, card.side, card.classes, axes)


def _gan(path: Path, device: str) -> Explorer:
    card, generator = style_file.opened(path, device)
    return StyleExplorer(generator, card.classes, _directions(path, generator.shape).to(device))


def _vae(path: Path, device: str) -> Explorer:
    card, generator = vector_files.opened_vae(path, device)
    axes = _directions(path, generator.shape).to(device)
    return VariationalExplorer(generator, card.side, card.classes, axes)


def _dcgan(path: Path, device: str) -> Explorer:
    card, generator = vector_files.opened_dcgan(path, device)
    axes = _directions(path, generator.shape).to(device)
    return PointExplorer(generator, card.side, card.classes, axes)


def _directions(path: Path, shape: tuple[int, ...]) -> torch.Tensor:
    """(k, *shape), checked. Raises Problem."""
    data = find_member(path, DIRECTIONS)
    if data is None:
        return torch.zeros(0, *shape)
    try:
        axes = load(data)["axes"].float()
    except (SafetensorError, KeyError) as error:
        raise damaged(path.name, f"its directions can't be read, {error}") from error
    if axes.shape[1:] != shape or len(axes) > 64 or not bool(torch.isfinite(axes).all()):
        raise damaged(path.name, "its directions are not of its latents' shape")
    return axes


_FAMILIES: Mapping[str, Callable[[Path, str], Explorer]] = {
    "two-stage": _two_stage,
    "gan": _gan,
    "vae": _vae,
    "dcgan": _dcgan,
}
