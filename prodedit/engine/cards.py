# SPDX-License-Identifier: Apache-2.0
"""A ModelCard says all that is known about one network's weights; the code that uses them knows
none of it. Cards are `models/<id>.toml`; models/README.md explains the fields."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

import msgspec

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

Sha256 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Id = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][a-z0-9-]{0,63}\Z")]
FileName = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,127}\Z")]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
Bytes = Annotated[int, msgspec.Meta(ge=1)]
Positive = Annotated[float, msgspec.Meta(gt=0.0)]
Triple = tuple[float, float, float]

ERASE = "erase"
TASKS = ("cutout", "upscale", "text", "style", "style-picture", "features", ERASE)
"""What a network can be for: alpha of the product; four times the pixels; where text stands; a
picture painted anew; the numbers of the style that a picture has; those by which pictures are
compared; what could be in a hole, which it is told of by a fourth channel."""
LARGEST_SIDE = 8192


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Compared by its fields; refuses fields that it does not have."""


class Title(Strict, frozen=True, kw_only=True):
    """The name that a person reads."""

    en: Text
    zh: Text


class InputSpec(Strict, frozen=True, kw_only=True):
    """How a picture becomes the network's tensor, and what comes out.

    8-bit values are mapped linearly onto `range`, then `(value - mean) / std` per channel.
    """

    side: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_SIDE)]
    """Height and width that the network wants, in pixels; 0: any."""
    mean: Triple = (0.0, 0.0, 0.0)
    std: tuple[Positive, Positive, Positive] = (1.0, 1.0, 1.0)
    range: tuple[float, float] = (0.0, 1.0)
    channels: Literal["rgb", "bgr"] = "rgb"
    output: str = ""
    """The output's name in the file; "": the first one."""
    output_range: tuple[float, float] = (0.0, 1.0)


class Tiling(Strict, frozen=True, kw_only=True):
    """How a large picture is cut for the network. A card without it: never tiled."""

    side: Annotated[int, msgspec.Meta(ge=16, le=LARGEST_SIDE)]
    overlap: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_SIDE)]
    """Pixels that are shown round a piece."""
    blend: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_SIDE)] = 0
    """Pixels of these over which one piece fades into the next, where the overlap is less than the
    network can see; 0: none, pieces join exactly."""


class ModelFile(Strict, frozen=True, kw_only=True):
    """One file of weights, and which runtime opens it."""

    name: FileName
    runtime: Literal["onnx", "safetensors", "ncnn", "ncnn-graph", "checkpoint"]
    """ncnn: weights that make sense with the ncnn-graph of the same card only; torch takes
    them where there is no ncnn.
    checkpoint: a file of PyTorch's, converted by a process of its own; in our own cards only."""
    sha256: Sha256
    bytes: Bytes


class Source(Strict, frozen=True, kw_only=True, tag_field="kind"):
    """One way to get `file`. What it delivers is known by its own size and hash: a card may name
    files of equal use but different precision."""

    file: FileName
    sha256: Sha256
    bytes: Bytes


class PipSource(Source, frozen=True, kw_only=True, tag="pip"):
    """A member of a wheel, brought by the user's own pip as data: nothing of it is installed."""

    package: Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+\Z")]
    member: Text
    python: Annotated[str, msgspec.Meta(pattern=r"\A3\.\d+\Z")]
    """The Python that the wheel says it is for."""
    platform: str = ""
    """The platform of the wheel to take, where it carries no universal one."""


class NpmSource(Source, frozen=True, kw_only=True, tag="npm"):
    """Chunks in an npm package, listed in order under `key` of its JSON file `index`."""

    package: Annotated[
        str, msgspec.Meta(pattern=r"\A(@[a-z0-9._-]+/)?[a-z0-9._-]+@[0-9][\w.+-]*\Z")
    ]
    index: Text
    key: Text


class WebSource(Source, frozen=True, kw_only=True, tag="web"):
    """A file at an address. Asked only in a pull that the person started."""

    address: Annotated[str, msgspec.Meta(pattern=r"\Ahttps://[^\s/]+/\S+\Z")]


class OwnFile(Source, frozen=True, kw_only=True, tag="file"):
    """A file that the person added; `path` says from where, for the person to read."""

    path: Text


AnySource = PipSource | NpmSource | WebSource | OwnFile


class ModelCard(Strict, frozen=True, kw_only=True):
    """One network's weights. Raises ValueError where its parts contradict each other."""

    id: Id
    task: str
    title: Title
    architecture: Text
    """A name in engine/service/architectures.py; "onnx": only the file itself knows."""
    licence: Text
    origin: Text
    """Paper and authors."""
    notes: str = ""
    cost_gflop: Annotated[float, msgspec.Meta(ge=0.0)] = 0.0
    """Multiplications and additions of one call at `input.side`, in 10^9; 0: not known."""
    input: InputSpec
    tiling: Tiling | None = None
    files: Annotated[tuple[ModelFile, ...], msgspec.Meta(min_length=1)]
    sources: tuple[AnySource, ...] = ()
    """In the order in which they are tried."""

    def __post_init__(self) -> None:
        names = [file.name for file in self.files]
        _require(self.task in TASKS, f"task {self.task!r} is none of {', '.join(TASKS)}")
        _require(len(set(names)) == len(names), f"two files have the same name: {names}")
        _require(self.input.range[0] < self.input.range[1], f"range {self.input.range} is empty")
        for source in self.sources:
            _require(source.file in names, f"source of {source.file!r}, but files are {names}")
        for file in self.files:
            first = next((s for s in self.sources if s.file == file.name), None)
            _require(
                first is None or (first.sha256, first.bytes) == (file.sha256, file.bytes),
                f"{file.name!r} and its first source differ in hash or size",
            )

    def file(self, name: str) -> ModelFile:
        """The file of that name. Raises KeyError."""
        return {file.name: file for file in self.files}[name]

    def runtimes(self) -> Mapping[str, ModelFile]:
        """Runtime -> its file; the first one where there are two."""
        return {file.runtime: file for file in reversed(self.files)}

    def accepted(self, file: ModelFile) -> Mapping[str, int]:
        """sha256 -> size of every content that counts as `file`."""
        others = {s.sha256: s.bytes for s in self.sources if s.file == file.name}
        return {file.sha256: file.bytes, **others}


def read_card(path: Path) -> ModelCard:
    """The card in a TOML file. Raises Problem that names file, field and what stood there."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _bad_card(path.name, str(error)) from error
    card = parse_card(text, path.name)
    if path.stem != card.id:
        raise _bad_card(path.name, f"its id is {card.id!r}")
    return card


def parse_card(text: str, name: str) -> ModelCard:
    """The card that TOML `text` describes; `name` is told in the Problem if it is none."""
    data: dict[str, Any] = {}
    try:
        data = tomllib.loads(text)
        return msgspec.convert(data, ModelCard)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise _bad_card(name, f"{error}{_received(data, str(error))}") from error


def read_cards(folder: Path) -> dict[str, ModelCard]:
    """All cards of a folder by id, in the order of their names."""
    cards = [read_card(path) for path in sorted(folder.glob("*.toml"))]
    return {card.id: card for card in cards}


def to_toml(card: ModelCard) -> str:
    """A card as TOML text; `parse_card` gives the same card back."""
    data = msgspec.to_builtins(card)
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    arrays = {key: value for key, value in data.items() if _is_tables(value)}
    plain = {key: value for key, value in data.items() if key not in tables and key not in arrays}
    lines = list(_pairs(plain))
    for key, table in tables.items():
        lines += ["", f"[{key}]", *_pairs(table)]
    for key, array in arrays.items():
        for table in array:
            lines += ["", f"[[{key}]]", *_pairs(table)]
    return "\n".join(lines) + "\n"


def _is_tables(value: object) -> bool:
    return isinstance(value, (list, tuple)) and any(isinstance(item, dict) for item in value)


def _pairs(table: Mapping[str, Any]) -> Iterable[str]:
    # JSON's strings, numbers and arrays are also TOML's, but for one character; null is none.
    for key, value in table.items():
        if value is not None:
            text = msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
            yield f"{key} = {text}"


def _received(data: Any, message: str) -> str:
    """What stood at the place that msgspec names at the end of its message."""
    place = re.search(r" - at `\$\.?(.*)`$", message)
    if place is None:
        return ""
    found = data
    for step in re.findall(r"[^.\[\]]+", place.group(1)):
        try:
            found = found[int(step) if step.isdigit() else step]
        except (LookupError, TypeError):
            return ""
    return f", received {found!r}"


def member_path(name: str) -> PurePosixPath:
    """A path inside an archive. Raises ValueError where it leads out of it."""
    path = PurePosixPath(name)
    _require(
        not path.is_absolute() and ".." not in path.parts and "\\" not in name,
        f"{name!r} leads out of its archive",
    )
    return path


def _require(true: bool, otherwise: str) -> None:
    if not true:
        raise ValueError(otherwise)


def _bad_card(name: str, why: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The model card {name} can't be used: {why}."),
        code="bad-model-card",
        name=name,
        why=why,
    )
