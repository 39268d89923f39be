# SPDX-License-Identifier: Apache-2.0
"""The ModelStore: which networks there are, where their weights lie, and the loaded ones.

`<folder>/<id>/<file>` holds what was pulled or added, `<folder>/cards/<id>.toml` the cards of
added models, `<folder>/converted/` what was made from them and can be made again. `carried` is the
program's own folder of cards and weights, only read.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from prodedit.core.problem import Problem
from prodedit.data_files import data_folder as data_folder
from prodedit.data_files import models_folder
from prodedit.engine.cards import ModelCard, ModelFile, Source, read_card, read_cards, to_toml
from prodedit.engine.context import quiet
from prodedit.engine.service import sources, store_problems
from prodedit.engine.service.adding import make_card
from prodedit.engine.service.architectures import ARCHITECTURES, converted
from prodedit.engine.service.device import Device, best_device, cpu_device
from prodedit.engine.service.model_folder import (
    STALE_SECONDS,
    Hashes,
    locked,
    read_chunks,
    size_of,
    write_whole,
)
from prodedit.engine.service.ncnn_network import NcnnNetwork, can_run
from prodedit.engine.service.networks import Network, OnnxNetwork, TorchNetwork

Report = Callable[[float, str], None]
"""Told the share done (0..1) and what is being done; may raise Cancelled."""

ALL = "all"
DEFAULTS = ("u2net", "isnet")
"""What cuts out by default: a pull of `all` brings it, and the first use offers to."""
ENHANCING = ("realesr-animevideov3", "ppocr-det")
"""What enhances on a processor by default, small enough to come with every pull of `all`."""
STYLES = ("multistyle26", "style-transformer", "style-predictor")
"""What paints in the built-in styles, and in the style of any picture; four megabytes together."""
FEATURES = "efficientnet-lite0"
"""What pictures are compared by, where a generator learns or is measured."""
PULLED = (*DEFAULTS, *ENHANCING, *STYLES, FEATURES)
MEMORY = 1 << 30
"""Bytes of weights that stay loaded; the network in use always may."""


class Status(StrEnum):
    """What is known about a model's files."""

    MISSING = "missing"
    PRESENT = "present"
    """There in the right size; not hashed in this process yet."""
    VERIFIED = "verified"
    MISMATCH = "mismatch"


_FOR_TORCH = ("safetensors", "ncnn", "checkpoint", "onnx")
_FOR_ONNX = ("onnx", "safetensors", "ncnn", "checkpoint")
"""Which file of a card is taken, by its runtime, the first choice first."""
_WORST_FIRST = (Status.MISMATCH, Status.MISSING, Status.PRESENT, Status.VERIFIED)


@dataclass(frozen=True)
class ModelState:
    """One model as it is on the disk now."""

    card: ModelCard
    status: Status
    bytes: int
    """On the disk, in all its files."""
    added: bool
    """By the person, with a file of their own."""


def default_store() -> ModelStore:
    """The store of this user: the folder in PRODEDIT_DATA, else the system's place for data."""
    return ModelStore(data_folder() / "models", read_cards(models_folder()), models_folder())


class ModelStore:
    """Networks by card. Safe to use from several threads and processes."""

    def __init__(
        self,
        folder: Path,
        cards: Mapping[str, ModelCard],
        carried: Path | None = None,
        *,
        memory: int = MEMORY,
    ) -> None:
        self.folder = folder
        self._own_cards = dict(cards)
        self._carried = carried
        self._memory = memory
        self._hashes = Hashes()
        self._loaded: OrderedDict[tuple[str, str, Device], Network] = OrderedDict()
        self._lock = threading.RLock()

    # What there is

    def cards(self) -> dict[str, ModelCard]:
        """All cards by id: the program's, then those that the person added."""
        return {**self._added_cards(), **self._own_cards}

    def card(self, model: str) -> ModelCard:
        """The card of that id. Raises Problem for an unknown one."""
        cards = self.cards()
        if model not in cards:
            raise store_problems.unknown_model(model, sorted(cards))
        return cards[model]

    def state(self, model: str) -> ModelState:
        """How the model's files are; quick: nothing is hashed."""
        return self._state(self.card(model), self._hashes.known)

    def states(self) -> tuple[ModelState, ...]:
        """The state of every model."""
        return tuple(self._state(card, self._hashes.known) for card in self.cards().values())

    def verify(self, model: str) -> ModelState:
        """As `state`, after computing the hash of every file."""
        return self._state(self.card(model), self._hashes.of)

    def locate(self, card: ModelCard, file: ModelFile) -> Path:
        """Where the file lies, the user's copy first, but whole before cut off or of another
        version. Raises Problem if it is missing."""
        found = [path for path in self._places(card, file) if path.is_file()]
        if not found:
            raise store_problems.not_there(card.title.en, card.id)
        sizes = card.accepted(file).values()
        return next((path for path in found if size_of(path) in sizes), found[0])

    # Bringing and removing

    def pull(
        self,
        model: str = ALL,
        report: Report = quiet,
        kinds: Collection[type[Source]] | None = None,
    ) -> tuple[ModelState, ...]:
        """Bring the files of one model, or of the defaults, that are missing or damaged.

        kinds: of sources to ask; default all. Raises Problem, and Cancelled by way of `report`.
        """
        cards = [self.card(name) for name in (PULLED if model == ALL else (model,))]
        files = [(card, file) for card in cards for file in card.files]
        for index, (card, file) in enumerate(files):
            self._bring(card, file, _part(report, index, len(files), card.title.en), kinds)
        return tuple(self.verify(card.id) for card in cards)

    def add(self, path: Path, task: str = "cutout", *, name: str = "") -> ModelCard:
        """Take a file of the person's own into the store; it is checked and tried first.

        name: what the person calls it; default the file's. Raises Problem.
        """
        card = make_card(path, task, name or path.stem, taken=self.cards())
        file = card.files[0]
        target = self.folder / card.id / file.name
        write_whole(target, read_chunks(path), file.sha256, file.bytes, card.title.en)
        self._write_card(card)
        return card

    def remove(self, model: str) -> None:
        """Delete the user's copy of a model, and its card where the person had added it."""
        card = self.card(model)
        self.evict(model)
        try:
            (self._cards_folder / f"{card.id}.toml").unlink(missing_ok=True)
            for file in card.files:
                (self.folder / card.id / file.name).unlink(missing_ok=True)
            for sha256 in {known for file in card.files for known in card.accepted(file)}:
                for made in (self.folder / "converted").glob(f"*-{sha256[:16]}-*"):
                    made.unlink(missing_ok=True)
            with suppress(OSError):  # it may hold files that are not ours, or not be there
                (self.folder / card.id).rmdir()
        except OSError as error:
            raise store_problems.cannot_write(error, self.folder) from error

    # Using

    def use(self, card: ModelCard | str, device: Device | None = None) -> Network:
        """The loaded network of a card on a device (default: the best one); kept for the next use.

        Raises Problem where the weights are missing, damaged or do not fit.
        """
        card = self.card(card) if isinstance(card, str) else card
        device = device or best_device()
        with self._lock:
            file, path, sha256 = self._verified(card, device)
            key = (card.id, sha256, device)
            network = self._loaded.pop(key, None) or self._load(card, file, path, sha256, device)
            self._loaded[key] = network
            self._shrink()
            return network

    def weights(self, model: str) -> Path:
        """A checked model's weights as safetensors, converted where they were published otherwise.

        For those who run the network themselves. Raises Problem as `use` does.
        """
        card = self.card(model)
        file = _choose_file(card, _FOR_TORCH)
        path, sha256 = self._checked(card, file)
        return self._as_safetensors(card, file, path, sha256)

    def evict(self, model: str = ALL) -> None:
        """Forget the loaded networks of a model, or all; memory is freed with the last use."""
        with self._lock:
            for key in [key for key in self._loaded if model in (ALL, key[0])]:
                del self._loaded[key]

    # Inside

    @property
    def _cards_folder(self) -> Path:
        return self.folder / "cards"

    def _added_cards(self) -> dict[str, ModelCard]:
        cards: dict[str, ModelCard] = {}
        for path in sorted(self._cards_folder.glob("*.toml")):
            # A card that another version wrote must not keep the other networks from being used.
            with suppress(Problem):
                card = read_card(path)
                cards[card.id] = card
        return cards

    def _write_card(self, card: ModelCard) -> None:
        text = to_toml(card).encode()
        path = self._cards_folder / f"{card.id}.toml"
        write_whole(path, [text], hashlib.sha256(text).hexdigest(), len(text), card.title.en)

    def _places(self, card: ModelCard, file: ModelFile) -> Iterator[Path]:
        yield self.folder / card.id / file.name
        if self._carried is not None:
            yield self._carried / file.name
            yield self._carried / card.id / file.name

    def _state(self, card: ModelCard, hash_of: Callable[[Path], str | None]) -> ModelState:
        found = [self._file_state(card, file, hash_of) for file in card.files]
        worst = min((status for status, _ in found), key=_WORST_FIRST.index)
        added = card.id not in self._own_cards
        return ModelState(card, worst, sum(size for _, size in found), added)

    def _file_state(
        self, card: ModelCard, file: ModelFile, hash_of: Callable[[Path], str | None]
    ) -> tuple[Status, int]:
        accepted = card.accepted(file)
        try:
            path = self.locate(card, file)
            size = path.stat().st_size
            if size not in accepted.values():
                return Status.MISMATCH, size
            found = hash_of(path)
        except (Problem, FileNotFoundError):  # another process may be removing it
            return Status.MISSING, 0
        except OSError:
            return Status.MISMATCH, 0
        if found is None:
            return Status.PRESENT, size
        return Status.VERIFIED if accepted.get(found) == size else Status.MISMATCH, size

    def _bring(
        self,
        card: ModelCard,
        file: ModelFile,
        report: Report,
        kinds: Collection[type[Source]] | None,
    ) -> None:
        wait = lambda: report(0.0, "")  # noqa: E731
        with locked(self.folder, card.id, wait):
            if self._file_state(card, file, self._hashes.of)[0] is Status.VERIFIED:
                report(1.0, "")
                return
            problems: list[Problem] = []
            for source in card.sources:
                if source.file == file.name and (kinds is None or type(source) in kinds):
                    try:
                        self._fetch(card, source, report)
                    except Problem as problem:
                        if problem.code in store_problems.FINAL:
                            raise
                        problems.append(problem)
                    else:
                        return
        raise _summary(card, problems)

    def _fetch(self, card: ModelCard, source: Source, report: Report) -> None:
        try:
            _remove_stale_pulls(self.folder)
            # Below the store's folder: the system's own place for temporary files may be small.
            work = Path(tempfile.mkdtemp(dir=self.folder, prefix=".pull-"))
        except OSError as error:
            raise store_problems.cannot_write(error, self.folder) from error
        try:
            target = self.folder / card.id / source.file
            progress = lambda share: report(0.98 * share, "")  # noqa: E731
            with sources.fetched(source, work, progress) as chunks:  # type: ignore[arg-type]
                write_whole(target, chunks, source.sha256, source.bytes, card.title.en)
            report(1.0, "")
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _verified(self, card: ModelCard, device: Device) -> tuple[ModelFile, Path, str]:
        file = _choose_file(card, _FOR_ONNX if device.kind == "cpu" else _FOR_TORCH)
        return file, *self._checked(card, file)

    def _checked(self, card: ModelCard, file: ModelFile) -> tuple[Path, str]:
        """Where the file lies, and its hash, which is one of those in the card. Raises Problem."""
        path = self.locate(card, file)
        try:
            sha256 = self._hashes.of(path)
        except OSError as error:
            why = error.strerror or str(error)
            raise store_problems.not_usable(card.title.en, why, str(error)) from error
        if sha256 not in card.accepted(file):
            carried = self._carried is not None and path.is_relative_to(self._carried)
            told = store_problems.damaged_inside if carried else store_problems.tampered
            raise told(card.title.en, path, sha256)
        return path, sha256

    def _load(
        self, card: ModelCard, file: ModelFile, path: Path, sha256: str, device: Device
    ) -> Network:
        graph = self._graph(card, file)
        if graph is not None and device.kind == "cpu" and can_run(path, graph):
            return NcnnNetwork(card, path, graph, device)
        architecture = ARCHITECTURES.get(card.architecture)
        if architecture is not None and (
            architecture.everywhere or device.kind != "cpu" or file.runtime != "onnx"
        ):
            path = self._as_safetensors(card, file, path, sha256)
            return TorchNetwork(card, path, architecture, device)
        # A file that only ONNX Runtime understands: on the GPU where its package has one.
        return OnnxNetwork(card, path, device if device.kind == "cuda" else cpu_device())

    def _as_safetensors(self, card: ModelCard, file: ModelFile, path: Path, sha256: str) -> Path:
        if file.runtime == "safetensors":
            return path
        architecture, graph = ARCHITECTURES[card.architecture], self._graph(card, file)
        return converted(path, sha256, architecture, self.folder / "converted", graph)

    def _graph(self, card: ModelCard, file: ModelFile) -> Path | None:
        """What names the weights in an ncnn file; an ONNX file holds it itself."""
        graph = card.runtimes().get("ncnn-graph") if file.runtime == "ncnn" else None
        return None if graph is None else self._checked(card, graph)[0]

    def _shrink(self) -> None:
        while len(self._loaded) > 1 and self._used() > self._memory:
            self._loaded.popitem(last=False)

    def _used(self) -> int:
        return sum(network.memory for network in self._loaded.values())


def _remove_stale_pulls(folder: Path) -> None:
    """What pulls have left that were killed."""
    for work in folder.glob(".pull-*"):
        with suppress(OSError):  # another process was faster
            if work.stat().st_mtime < time.time() - STALE_SECONDS:
                shutil.rmtree(work, ignore_errors=True)


def _choose_file(card: ModelCard, order: Sequence[str]) -> ModelFile:
    files = card.runtimes()
    return next(files[runtime] for runtime in order if runtime in files)


def _part(report: Report, index: int, count: int, title: str) -> Report:
    return lambda share, text: report((index + share) / count, text or f"Getting {title}")


def _summary(card: ModelCard, problems: list[Problem]) -> Problem:
    """The first source's problem, with all of them in the details."""
    if not problems:
        return store_problems.no_source(card.title.en)
    first = problems[0]
    details = "\n\n".join(f"{problem} [{problem.code}]\n{problem.details}" for problem in problems)
    return Problem(first.text, code=first.code, details=details, **first.values)
