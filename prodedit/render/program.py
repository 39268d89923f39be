# SPDX-License-Identifier: Apache-2.0
"""The tree of layers as a flat program, lowest first, that a plain loop runs for each block.

Draw lays one layer, or an effect of it, over the topmost surface. Push opens a surface, Pop lays it
over the one below. Hold fixes the alpha of the topmost surface up to its Pop: what is clipped to a
layer colours it and nothing else. Adjust changes the colours of the topmost surface. A pass-through
group that neither fades nor masks leaves no trace: its layers stand in the program as if there were
no group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from prodedit.core.adjust.reach import reach
from prodedit.core.adjust.values import Adjustment
from prodedit.core.blend import BlendMode, mode_of
from prodedit.core.effects import ColourOverlay, Effect
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer, Mask, clip_stacks
from prodedit.core.tiles import Pixels, Place
from prodedit.render.effect_places import placed


class Merged(NamedTuple):
    """A block of canvas that was composited before, at this place."""

    place: Place
    pixels: Pixels
    solid: bool


class EffectSource(NamedTuple):
    """What an effect makes of a layer's shape."""

    layer: Layer
    effect: Effect


Source = Layer | Merged | EffectSource


class Draw(NamedTuple):
    source: Source
    opacity: float
    mode: BlendMode


class Push(NamedTuple):
    """isolated: the new surface begins empty, else as a copy of what lies below."""

    group: Layer
    isolated: bool


class Hold(NamedTuple):
    """From here to the Pop only colours change."""

    group: Layer


class Adjust(NamedTuple):
    """What one adjustment layer does, or a row of plain ones, which is rounded once.

    below: where the adjustment looks round each pixel, the program that makes the surface it works
    on; else empty: it works on what is there."""

    layers: tuple[Layer, ...]
    mask: Mask | None
    opacity: float
    mode: BlendMode
    below: tuple[Op, ...] = ()

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        contents = (layer.content for layer in self.layers)
        return tuple(c.adjustment for c in contents if isinstance(c, AdjustmentContent))

    @property
    def reach(self) -> int:
        """How far round each pixel it looks."""
        return sum(map(reach, self.adjustments))

    @property
    def is_plain(self) -> bool:
        return self.mask is None and self.opacity >= 1 and self.mode.id == "normal"


class Pop(NamedTuple):
    """held: there is a Hold between the Push and this."""

    group: Layer
    isolated: bool
    mask: Mask | None
    opacity: float
    mode: BlendMode
    held: bool = False


Op = Draw | Push | Hold | Adjust | Pop
Program = tuple[Op, ...]

_NORMAL = mode_of("normal")


def compiled(layers: Iterable[Layer]) -> Program:
    return _with_surroundings(_fused(_level(layers)))


def silhouette(layer: Layer) -> Program:
    """The layer alone, as its effects see it: masked and placed, not faded, without them."""
    return _with_surroundings(_fused(_plain(layer, 1.0, _NORMAL, isolated=True)))


def effects_below(layer: Layer) -> Program:
    """What the effects of a layer put under it, without the layer and not faded with it."""
    under, _ = placed(layer.effects)
    return tuple(_effect(layer, effect, 1.0) for effect in under)


def _level(layers: Iterable[Layer]) -> Iterator[Op]:
    for base, clipped in clip_stacks(layers):
        yield from _stack(base, clipped)


def _stack(base: Layer, clipped: Sequence[Layer]) -> Iterator[Op]:
    if not _shows(base):
        return
    under, inside = placed(base.effects)
    if under and base.opacity < 1 and base.blend == "normal":
        # Faded as one: no shadow shows through the layer that casts it.
        yield Push(base, True)
        yield from _stacked(base, clipped, under, inside, 1.0)
        yield Pop(base, True, None, base.opacity, _NORMAL)
    else:
        yield from _stacked(base, clipped, under, inside, base.opacity)


def _stacked(
    base: Layer,
    clipped: Sequence[Layer],
    under: Sequence[Effect],
    inside: Sequence[Effect],
    opacity: float,
) -> Iterator[Op]:
    yield from (_effect(base, effect, opacity) for effect in under)
    held: list[Op] = [_effect(base, effect, 1.0) for effect in inside]
    held += [op for layer in clipped for op in _stack(layer, ())]
    if not held or isinstance(base.content, AdjustmentContent):
        yield from _plain(base, opacity, mode_of(base.blend))
        yield from held
        return
    yield Push(base, True)
    yield from _plain(base, 1.0, _NORMAL, isolated=True)
    yield Hold(base)
    yield from held
    yield Pop(base, True, None, opacity, mode_of(base.blend), held=True)


def _shows(layer: Layer) -> bool:
    return layer.visible and layer.opacity > 0


def _effect(layer: Layer, effect: Effect, opacity: float) -> Draw:
    mode = mode_of(effect.blend) if isinstance(effect, ColourOverlay) else _NORMAL
    return Draw(EffectSource(layer, effect), opacity * effect.opacity, mode)


def _plain(layer: Layer, opacity: float, mode: BlendMode, isolated: bool = False) -> Iterator[Op]:
    """The layer without its effects and what is clipped to it. isolated: a group in any case."""
    content = layer.content
    if isinstance(content, GroupContent):
        yield from _group(layer, content, opacity, mode, isolated or content.isolated)
    elif isinstance(content, AdjustmentContent):
        yield Adjust((layer,), active_mask(layer), opacity, mode)
    else:
        yield Draw(layer, opacity, mode)


def _group(
    layer: Layer, content: GroupContent, opacity: float, mode: BlendMode, isolated: bool
) -> Iterator[Op]:
    inner = tuple(_level(content.layers))
    mask = active_mask(layer)
    if not inner:
        return
    if not isolated and mask is None and opacity >= 1:
        yield from inner
        return
    yield Push(layer, isolated)
    yield from inner
    yield Pop(layer, isolated, mask, opacity, mode)


def active_mask(layer: Layer) -> Mask | None:
    return layer.mask if layer.mask is not None and layer.mask.enabled else None


def _fused(ops: Iterable[Op]) -> Program:
    """Plain adjustments that follow one another become one step: each alone would round."""
    found: list[Op] = []
    for op in ops:
        last = found[-1] if found else None
        if isinstance(op, Adjust) and isinstance(last, Adjust) and _may_fuse(op, last):
            found[-1] = last._replace(layers=(*last.layers, *op.layers))
        else:
            found.append(op)
    return tuple(found)


def _may_fuse(one: Adjust, other: Adjust) -> bool:
    return one.is_plain and other.is_plain and not one.reach and not other.reach


def _with_surroundings(program: Program) -> Program:
    """Gives adjustments that look round each pixel the program of what they look at."""
    if not any(isinstance(op, Adjust) and op.reach for op in program):
        return program
    found: list[Op] = []
    opened: list[Push] = []
    starts = [0]
    for op in program:
        if isinstance(op, Adjust) and op.reach:
            op = op._replace(below=tuple(found[starts[-1] :]))
        found.append(op)
        if isinstance(op, Push):
            opened.append(op)
            if op.isolated:
                starts.append(len(found))
        elif isinstance(op, Pop) and opened.pop().isolated:
            starts.pop()
    return tuple(found)


def span(program: Program, layer_id: str) -> range:
    """The ops that a change of this layer's pixels can concern, whole at the lowest level.

    Inside of a group with a surface of its own: from its Push to its Pop. Empty where the layer
    is not shown."""
    depth, start = 0, 0
    found: list[int] = []
    ids: set[str] = set()
    for index, op in enumerate(program):
        if depth == 0:
            start, ids = index, set()
        depth += isinstance(op, Push)
        ids |= _ids(op)
        depth -= isinstance(op, Pop)
        if depth == 0 and layer_id in ids:
            found += (start, index)
    return range(min(found), max(found) + 1) if found else range(0)


def layers_of(op: Op) -> tuple[Layer | Merged, ...]:
    """Whose op it is."""
    if isinstance(op, Draw):
        return (op.source.layer if isinstance(op.source, EffectSource) else op.source,)
    return op.layers if isinstance(op, Adjust) else (op.group,)


def _ids(op: Op) -> set[str]:
    return {layer.id for layer in layers_of(op) if isinstance(layer, Layer)}
