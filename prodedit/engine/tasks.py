# SPDX-License-Identifier: Apache-2.0
"""What the engine can be asked to do: frozen values that survive JSON."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from prodedit.core.geometry import Rect, Size
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.scope import Scope
from prodedit.core.values import Value
from prodedit.core.values import from_json as value_from_json
from prodedit.core.values import to_json as value_to_json
from prodedit.engine.generating import (
    Drag,
    Generate,
    GeneratingTask,
    Invert,
    Mix,
    Morph,
    Sample,
    Shift,
    Vary,
)

PICTURE = "picture"
"""The style that is no built-in one but a picture, handed over as an input."""

Unit = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class RemoveBackground(Value, frozen=True):
    """Cut the product out. Input `source`: (h, w, 4) uint8 premultiplied BGRA.

    model:  "auto" (the best of what is there), "u2net", "isnet" or another cut-out card's id.
    refine: find the edge anew at the photo's own resolution, and the product's colour there.
    """

    model: str = "auto"
    refine: bool = True


class Seed(NamedTuple):
    """A click on the photo, in its pixels: the object here is wanted, or it is not."""

    x: int
    y: int
    add: bool


class SelectObject(Value, frozen=True):
    """Add or remove the objects clicked on. Inputs `source` (h, w, 4) and `mask` (h, w) uint8."""

    seeds: tuple[Seed, ...] = ()


class SecondStyle(NamedTuple):
    """Mixed into the first: weight 0 = nothing of it, 1 = nothing but it."""

    style: str
    weight: float


class TransferStyle(Value, frozen=True):
    """Paint the picture anew in a style. Inputs `source` (h, w, 4), `mask` (h, w) uint8 where the
    layer has one, and `style`, `blend` (h', w', 4) where a picture is the style of that name.

    style, blend: ids as engine/families/styles.py lists them, or PICTURE.
    strength:    0..1 between the photo and the painting.
    keep_colour: only lightness is taken from the style.
    scope:       which part of the picture shows it, by the layer's mask; the rest keeps each bit.
    name:        of the new layer; "": the photo's.
    """

    style: str
    strength: Unit = 1.0
    blend: SecondStyle | None = None
    keep_colour: bool = False
    scope: Scope = "all"
    name: str = ""

    @property
    def uses_picture(self) -> bool:
        """It needs pixels besides the photo's, which JSON does not carry."""
        return PICTURE in (self.style, self.blend and self.blend.style)


class PreviewStyles(Value, frozen=True):
    """How the photo would look in each of these styles, `side` pixels on its long side, all in one
    batch. Inputs as with TransferStyle. The result changes no document."""

    styles: tuple[str, ...]
    side: Annotated[int, msgspec.Meta(ge=16, le=512)] = 160
    keep_colour: bool = False


class Piece(NamedTuple):
    """Edges of a part of a picture, as shares of its width and height."""

    left: float
    top: float
    right: float
    bottom: float


class Enhance(Value, frozen=True):
    """Make a picture larger, cleaner, better lit. Inputs `source`, and `foreground` (h, w, 4) where
    the layer's mask has colours of its own. All strengths are 0..1; 0: off.

    upscale:    times the width and height.
    size:       instead of it, a box that the picture is to fill as far as its shape allows; where
                the picture is larger it is made smaller.
    model:      what enlarges: "compact", "large", "classic" (no network); "auto": large where a
                graphics card is, else compact.
    denoise, clean_jpeg, low_light, white_balance, auto_tone: done before enlarging, in this order
                but for clean_jpeg, which comes first; sharpen: after it.
    label_safe: where there is text, no network invents anything.
    canvas:     the whole document grows with the layer; else the layer keeps its place on it.
    piece:      for a look at a part: `source` is this much of what input `reference`, (h, w, 4), is
                a small copy of; light and colour are measured on that.
    """

    upscale: Annotated[float, msgspec.Meta(ge=1.0, le=8.0)] = 1.0
    size: Size | None = None
    model: Literal["auto", "compact", "large", "classic"] = "auto"
    denoise: Unit = 0.0
    clean_jpeg: Unit = 0.0
    low_light: Unit = 0.0
    white_balance: Unit = 0.0
    auto_tone: Unit = 0.0
    sharpen: Unit = 0.0
    label_safe: bool = True
    canvas: bool = True
    piece: Piece | None = None

    def __post_init__(self) -> None:
        if self.size is not None and min(self.size) < 1:
            raise ValueError(f"there are no pictures of {self.size.width} x {self.size.height}")


class FindText(Value, frozen=True):
    """Where text stands in a picture. Input `source` (h, w, 4). A TextResult, only looked at."""


class EraseObject(Value, frozen=True):
    """What could be there instead. Inputs `source` (h, w, 4) uint8 premultiplied BGRA, a piece of a
    picture, and `erase` (h, w) uint8, more than 0 where something is to go. A PicturesResult with
    so many variants, of which one is then laid on the layer.

    seed: another one, other variants.
    """

    variants: Annotated[int, msgspec.Meta(ge=1, le=8)] = 3
    seed: Annotated[int, msgspec.Meta(ge=0)] = 0


class EraseRegion(Value, frozen=True):
    """The same part of each photo of a series goes, such as a corner with a watermark, and what
    could be behind it comes in its place. Input `source` (h, w, 4). A PixelsResult of its size,
    whose `alpha` says how far it covers what was there.

    left, top, width, height: of the region, as shares of the photo's own.
    """

    left: Unit = 0.7
    top: Unit = 0.85
    width: Annotated[float, msgspec.Meta(ge=0.01, le=1.0)] = 0.3
    height: Annotated[float, msgspec.Meta(ge=0.01, le=1.0)] = 0.15
    seed: Annotated[int, msgspec.Meta(ge=0)] = 0

    def rect(self, size: Size) -> Rect:
        """In a photo of this size; at least a pixel of it."""
        x, right = _along(self.left, self.width, size.width)
        y, bottom = _along(self.top, self.height, size.height)
        return Rect(x, y, right - x, bottom - y)


class DescribePictures(Value, frozen=True):
    """What pictures are of, as numbers by which they can be compared. Input `pictures`
    (n, h, w, 3) uint8 RGB, at least one. A FeaturesResult, only looked at."""


class GetModel(Value, frozen=True):
    """Bring the weights of one network, which the person asked for. No inputs; a DoneResult."""

    model: str


class TryDevice(Value, frozen=True):
    """Compute something on the device of that kind ("cuda", "cpu") with torch, and with all else
    that the engine runs on. No inputs; a DoneResult, or a Problem where it does not work."""

    kind: str = "cpu"


class ExportVariants(Value, frozen=True):
    """Write the picture in so many colours. The window's own work: it is only listed among the
    jobs, the engine never gets it."""

    count: int


class ApplyRecipe(Value, frozen=True):
    """Do the steps of a recipe to the open picture: listed among the jobs as a whole, while the
    engine gets its tasks one by one."""

    name: str


class ApplyToPictures(Value, frozen=True):
    """A recipe done to pictures of the open folder; listed among the jobs as a whole, too."""

    name: str
    count: int


class ComparePictures(Value, frozen=True):
    """Pictures of the open folder described, to be compared; listed as a whole, too."""

    count: int


class CheckPictures(Value, frozen=True):
    """Pictures of the open folder looked at, whether they are what a marketplace demands; listed
    as a whole, too."""

    name: str
    count: int


Task = (
    RemoveBackground
    | SelectObject
    | TransferStyle
    | PreviewStyles
    | Enhance
    | EraseObject
    | EraseRegion
    | FindText
    | DescribePictures
    | GetModel
    | TryDevice
    | GeneratingTask
)

_TITLES: dict[type, str] = {
    RemoveBackground: QT_TRANSLATE_NOOP("Task", "Remove background"),
    SelectObject: QT_TRANSLATE_NOOP("Task", "Choose object"),
    TransferStyle: QT_TRANSLATE_NOOP("Task", "Transfer style"),
    PreviewStyles: QT_TRANSLATE_NOOP("Task", "Preview styles"),
    Enhance: QT_TRANSLATE_NOOP("Task", "Enhance"),
    EraseObject: QT_TRANSLATE_NOOP("Task", "Erase object"),
    EraseRegion: QT_TRANSLATE_NOOP("Task", "Erase a region"),
    FindText: QT_TRANSLATE_NOOP("Task", "Find text"),
    DescribePictures: QT_TRANSLATE_NOOP("Task", "Compare pictures"),
    GetModel: QT_TRANSLATE_NOOP("Task", "Get model"),
    TryDevice: QT_TRANSLATE_NOOP("Task", "Try the device"),
    ExportVariants: QT_TRANSLATE_NOOP("Task", "Export variants"),
    ApplyRecipe: QT_TRANSLATE_NOOP("Task", "Apply recipe"),
    ApplyToPictures: QT_TRANSLATE_NOOP("Task", "Apply recipe to pictures"),
    CheckPictures: QT_TRANSLATE_NOOP("Task", "Check pictures"),
    ComparePictures: QT_TRANSLATE_NOOP("Task", "Compare pictures"),
    Sample: QT_TRANSLATE_NOOP("Task", "Generate pictures"),
    Vary: QT_TRANSLATE_NOOP("Task", "Make variations"),
    Morph: QT_TRANSLATE_NOOP("Task", "Morph"),
    Mix: QT_TRANSLATE_NOOP("Task", "Mix two pictures"),
    Shift: QT_TRANSLATE_NOOP("Task", "Change a generated picture"),
    Drag: QT_TRANSLATE_NOOP("Task", "Drag points"),
    Invert: QT_TRANSLATE_NOOP("Task", "Find the photo again"),
    Generate: QT_TRANSLATE_NOOP("Task", "Generate layer"),
}


def _along(start: float, share: float, whole: int) -> tuple[int, int]:
    """From where to where a part of `whole` pixels goes."""
    first = min(whole - 1, round(start * whole))
    return first, max(first + 1, min(whole, round((start + share) * whole)))


def title(task: Task) -> str:
    """The task's name for a person: English, to be translated in the context "Task"."""
    return _TITLES[type(task)]


def to_json(task: Task) -> dict[str, Any]:
    """The task as JSON-able data; `from_json` gives an equal task back."""
    data: dict[str, Any] = value_to_json(task)
    return data


def from_json(data: Any) -> Task:
    """Raises Problem where the data names no task, or fields that the task does not have."""
    task: Task = value_from_json(data, Task)
    return task
