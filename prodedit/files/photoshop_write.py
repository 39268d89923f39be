# SPDX-License-Identifier: Apache-2.0
"""A Photoshop file from layers and their rasters: PSD, or PSB where it is too large for one.

psd-tools packs the sections; which layer becomes what is said here. The merged picture is that of
the document, over white with its alpha beside it, as Photoshop keeps it: what reads no layers
shows that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Any

import cv2
import numpy as np
from psd_tools.constants import (
    BlendMode,
    ChannelID,
    Clipping,
    ColorMode,
    Compression,
    SectionDivider,
    Tag,
)
from psd_tools.psd import PSD
from psd_tools.psd.header import FileHeader
from psd_tools.psd.image_data import ImageData
from psd_tools.psd.image_resources import ImageResources
from psd_tools.psd.layer_and_mask import (
    ChannelData,
    ChannelDataList,
    ChannelImageData,
    ChannelInfo,
    LayerAndMaskInformation,
    LayerFlags,
    LayerInfo,
    LayerRecord,
    LayerRecords,
    MaskData,
    MaskFlags,
)
from psd_tools.psd.tagged_blocks import TaggedBlocks

from prodedit.core.blend import mode_of
from prodedit.core.geometry import Rect
from prodedit.core.pixels import Pixels, rgb_over, straight_rgba
from prodedit.files.photoshop_layers import (
    LONGEST_PSD_SIDE,
    PhotoshopLayer,
    PhotoshopPicture,
    Wanted,
    mask_rect,
)

Rasters = Callable[[Wanted | None], Pixels]
"""The pixels of a layer, its mask, or for None the merged picture: premultiplied BGRA or alpha."""
_MOST_PSD_BYTES = 2_000_000_000
_SECTION_END = "</Layer group>"
_WHITE = (255, 255, 255)
_COLOURS = (ChannelID.CHANNEL_0, ChannelID.CHANNEL_1, ChannelID.CHANNEL_2)
_PLANES = ((ChannelID.TRANSPARENCY_MASK, 3), *zip(_COLOURS, range(3), strict=True))
_LOCK_ALPHA, _LOCK_PIXELS, _LOCK_POSITION = 1, 2, 4
_LONGEST_NAME = 255


class _Channels:
    """The planes of one layer, packed as they come."""

    def __init__(self, version: int) -> None:
        self._version = version
        self.infos: list[ChannelInfo] = []
        self.data: list[ChannelData] = []
        self.sizes: list[tuple[int, int]] = []

    def add(self, channel: ChannelID, plane: Pixels | None) -> None:
        """None: nothing lies there."""
        data, size = ChannelData(), (0, 0)
        if plane is not None and plane.size:
            size = (plane.shape[1], plane.shape[0])
            data = ChannelData(compression=Compression.RLE)
            data.set_data(plane.tobytes(), *size, 8, self._version)
        self.infos.append(ChannelInfo(channel, 2 + len(data.data)))
        self.data.append(data)
        self.sizes.append(size)

    def packed_for(self, version: int) -> ChannelDataList:
        """The two kinds of file count the bytes of a row differently."""
        if version != self._version:
            for data, size in zip(self.data, self.sizes, strict=True):
                if size != (0, 0):
                    plain = data.get_data(*size, 8, self._version)
                    data.set_data(plain, *size, 8, version)
        return ChannelDataList(self.data)  # type: ignore[arg-type]


class _Writing:
    def __init__(self, picture: PhotoshopPicture, rasters: Rasters, version: int) -> None:
        self._picture = picture
        self._rasters = rasters
        self._version = version
        self.records: list[LayerRecord] = []
        self.channels: list[_Channels] = []

    def add_all(self, layers: tuple[PhotoshopLayer, ...]) -> None:
        for layer in layers:
            if layer.layers is None:
                self._add(layer, self._record(layer))
                continue
            self._add(None, _section(SectionDivider.BOUNDING_SECTION_DIVIDER, "norm"))
            self.add_all(layer.layers)
            self._add(layer, self._group(layer))

    def _add(self, layer: PhotoshopLayer | None, record: LayerRecord) -> None:
        channels = _Channels(self._version)
        if layer is not None and not layer.rect.is_empty:
            self._add_pixels(layer, record, channels)
        else:
            for channel in (ChannelID.TRANSPARENCY_MASK, *_COLOURS):
                channels.add(channel, None)
        if layer is not None and layer.mask:
            self._add_mask(layer, record, channels)
        record.channel_info = channels.infos
        self.records.append(record)
        self.channels.append(channels)

    def _add_pixels(self, layer: PhotoshopLayer, record: LayerRecord, channels: _Channels) -> None:
        """Without the empty rim, which only costs room."""
        pixels = self._rasters(Wanted(layer, False, layer.rect))
        shown = _shown(pixels)
        rect = shown.translate(layer.rect.x, layer.rect.y)
        record.left, record.top, record.right, record.bottom = (
            rect.x, rect.y, rect.right, rect.bottom
        )  # fmt: skip
        part = pixels[shown.y : shown.bottom, shown.x : shown.right]
        rgba = straight_rgba(part) if part.size else part
        for channel, plane in _PLANES:
            channels.add(channel, np.ascontiguousarray(rgba[..., plane]))

    def _add_mask(self, layer: PhotoshopLayer, record: LayerRecord, channels: _Channels) -> None:
        rect = mask_rect(layer, self._picture.size)
        alpha = self._rasters(Wanted(layer, True, rect))
        flags = MaskFlags(mask_disabled=layer.mask == "off")
        record.mask_data = MaskData(rect.y, rect.x, rect.bottom, rect.right, 0, flags)
        channels.add(ChannelID.USER_LAYER_MASK, np.ascontiguousarray(alpha))

    def _record(self, layer: PhotoshopLayer) -> LayerRecord:
        locks = layer.locks
        protected = (
            _LOCK_ALPHA * locks.alpha + _LOCK_PIXELS * locks.pixels
            + _LOCK_POSITION * locks.position
        )  # fmt: skip
        name = _text(layer.name)
        blocks = TaggedBlocks()
        blocks.set_data(Tag.UNICODE_LAYER_NAME, name)
        blocks.set_data(Tag.LAYER_ID, len(self.records) + 1)
        blocks.set_data(Tag.PROTECTED_SETTING, protected)
        return LayerRecord(
            blend_mode=BlendMode(mode_of(layer.blend).photoshop.encode()),
            opacity=round(min(1.0, max(0.0, layer.opacity)) * 255),
            clipping=Clipping.NON_BASE if layer.clip else Clipping.BASE,
            flags=LayerFlags(transparency_protected=locks.alpha, visible=layer.visible),
            name=_old_name(name),
            tagged_blocks=blocks,
        )

    def _group(self, layer: PhotoshopLayer) -> LayerRecord:
        record = self._record(layer)
        record.flags.pixel_data_irrelevant = True
        if not layer.isolated:
            record.blend_mode = BlendMode.PASS_THROUGH
        kind = SectionDivider.OPEN_FOLDER
        record.tagged_blocks.set_data(Tag.SECTION_DIVIDER_SETTING, kind, b"8BIM", record.blend_mode)
        return record


def write_photoshop(
    picture: PhotoshopPicture, rasters: Rasters, resources: ImageResources, stream: IO[bytes],
    *, big: bool = False,
) -> None:  # fmt: skip
    """The whole file. `big`: PSB in any case; else only where a PSD can't hold it. `rasters` is
    asked once for each, in their order in the file, and for the merged picture at the end."""
    longest = max([*picture.size, *_sides(picture.layers)], default=1)
    version = 2 if big or longest > LONGEST_PSD_SIDE else 1
    writing = _Writing(picture, rasters, version)
    writing.add_all(picture.layers)
    merged = rasters(None)
    planes = list(_merged_planes(merged))
    if version == 1 and _bytes(writing) > _MOST_PSD_BYTES - merged.size:
        version = 2
    _file(picture, writing, planes, resources, version).write(stream)


def _file(
    picture: PhotoshopPicture, writing: _Writing, planes: list[bytes], resources: ImageResources,
    version: int,
) -> PSD:  # fmt: skip
    header = FileHeader(
        version=version, channels=len(planes), width=picture.size.width,
        height=picture.size.height, depth=8, color_mode=ColorMode.RGB,
    )  # fmt: skip
    image = ImageData(compression=Compression.RLE)
    image.set_data(planes, header)
    count = len(writing.records)
    packed: list[Any] = [one.packed_for(version) for one in writing.channels]
    info = LayerInfo(
        # Negative: the fourth channel of the merged picture is its alpha.
        -count if len(planes) == 4 else count,
        LayerRecords(writing.records),  # type: ignore[arg-type]
        ChannelImageData(packed),
    )
    layers = LayerAndMaskInformation(info, None, TaggedBlocks())
    return PSD(
        header=header, image_resources=resources, layer_and_mask_information=layers,
        image_data=image,
    )  # fmt: skip


def _merged_planes(merged: Pixels) -> Iterator[bytes]:
    rgb = rgb_over(merged, _WHITE)
    for channel in range(3):
        yield np.ascontiguousarray(rgb[..., channel]).tobytes()
    alpha = np.ascontiguousarray(merged[..., 3])
    if not (alpha == 255).all():
        yield alpha.tobytes()


def _shown(pixels: Pixels) -> Rect:
    """The smallest rectangle round what is not transparent."""
    return Rect(*cv2.boundingRect(np.ascontiguousarray(pixels[..., 3])))


def _section(kind: SectionDivider, mode: str) -> LayerRecord:
    blocks = TaggedBlocks()
    blocks.set_data(Tag.UNICODE_LAYER_NAME, _SECTION_END)
    blocks.set_data(Tag.SECTION_DIVIDER_SETTING, kind)
    flags = LayerFlags(pixel_data_irrelevant=True)
    return LayerRecord(
        blend_mode=BlendMode(mode.encode()), flags=flags, name=_SECTION_END, tagged_blocks=blocks
    )


def _sides(layers: tuple[PhotoshopLayer, ...]) -> Iterator[int]:
    for layer in layers:
        yield from layer.rect.size
        yield from _sides(layer.layers or ())


def _bytes(writing: _Writing) -> int:
    return sum(len(data.data) for channels in writing.channels for data in channels.data)


def _text(name: str) -> str:
    """Without what UTF-16 can't hold: names of files may have bytes that are no text."""
    return name.encode("utf-16-be", "replace").decode("utf-16-be")[:_LONGEST_NAME]


def _old_name(name: str) -> str:
    """For readers of before 1999: the newer ones take the Unicode name."""
    return name.encode("mac_roman", "replace").decode("mac_roman")[:31]
