# SPDX-License-Identifier: Apache-2.0
"""What a generator's file says about it. Loads no torch: the window and the command line ask."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Count = Annotated[int, msgspec.Meta(ge=0, le=10**12)]
Width = Annotated[int, msgspec.Meta(ge=16, le=1024, multiple_of=16)]
Widths = Annotated[tuple[Width, ...], msgspec.Meta(min_length=1, max_length=8)]
AnyWidth = Annotated[int, msgspec.Meta(ge=1, le=1024)]
AnyWidths = Annotated[tuple[AnyWidth, ...], msgspec.Meta(min_length=2, max_length=8)]
Blocks = Annotated[int, msgspec.Meta(ge=1, le=8)]
Numbers = Annotated[int, msgspec.Meta(ge=1, le=1024)]
CARD = "generator.json"
FORMAT = 1


class AutoencoderShape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `nets.autoencoder.Autoencoder` is built with."""

    widths: Widths
    latents: Annotated[int, msgspec.Meta(ge=1, le=32)]
    blocks: Blocks


class FlowShape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `nets.flow.FlowUNet` is built with."""

    widths: Widths
    blocks: Blocks


class Training(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """How it came about. `seen`: pictures, or latents, that each stage was shown. `start`: the name
    of the generator that it began with; not written where there was none, so that programs which
    know no such field can read it."""

    pictures: Count
    steps: Annotated[tuple[Count, ...], msgspec.Meta(min_length=1, max_length=4)]
    seen: Annotated[tuple[Count, ...], msgspec.Meta(min_length=1, max_length=4)]
    minutes: Annotated[float, msgspec.Meta(ge=0.0)]
    seed: int
    version: Name
    start: Annotated[str, msgspec.Meta(max_length=120)] = ""


class GeneratorCard(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="family"
):
    """What the cards of all families say. Raises ValueError where it contradicts itself."""

    format: Annotated[int, msgspec.Meta(ge=1, le=FORMAT)] = FORMAT
    name: Name
    side: Literal[64, 128, 256, 512]
    classes: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=1000)]
    training: Training
    licence: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        if len(set(self.classes)) != len(self.classes):
            raise ValueError("two classes have the same name")

    @property
    def family(self) -> str:
        """Its name, as in the file."""
        return str(self.__struct_config__.tag)

    def label(self, name: str) -> int:
        """The place of a class. Raises Problem."""
        if name not in self.classes:
            raise unknown_class(name, self.classes)
        return self.classes.index(name)


class TwoStageCard(GeneratorCard, frozen=True, kw_only=True, tag="two-stage"):
    """Of an autoencoder and a flow in its latents."""

    autoencoder: AutoencoderShape
    flow: FlowShape

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.grid < 4 or self.grid % 2 ** (len(self.flow.widths) - 1):
            raise ValueError(f"a grid of {self.grid} fits no flow of {self.flow.widths}")

    @property
    def grid(self) -> int:
        """The side of its latents."""
        return self.side >> len(self.autoencoder.widths)


class StyleCard(GeneratorCard, frozen=True, kw_only=True, tag="gan"):
    """Of what `nets.style_generator.StyleGenerator` is built with."""

    widths: AnyWidths
    noise: Numbers
    style: Numbers
    depth: Blocks

    def __post_init__(self) -> None:
        super().__post_init__()
        if 4 << (len(self.widths) - 1) != self.side:
            raise ValueError(f"{len(self.widths)} widths do not make a side of {self.side}")


class VaeCard(GeneratorCard, frozen=True, kw_only=True, tag="vae"):
    """Of what `nets.vae.VariationalAutoencoder` is built with."""

    widths: Widths
    latents: Numbers
    blocks: Blocks

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.side >> len(self.widths) < 2:
            raise ValueError(f"{len(self.widths)} widths are too many for a side of {self.side}")


class ConvolutionalCard(GeneratorCard, frozen=True, kw_only=True, tag="dcgan"):
    """Of what `nets.dcgan.ConvolutionalGenerator` is built with."""

    widths: AnyWidths
    noise: Numbers

    def __post_init__(self) -> None:
        super().__post_init__()
        if 4 << len(self.widths) != self.side:
            raise ValueError(f"{len(self.widths)} widths do not make a side of {self.side}")


AnyCard = TwoStageCard | StyleCard | VaeCard | ConvolutionalCard


def parse_card(data: bytes, file: str) -> GeneratorCard:
    """The card that JSON describes. Raises Problem."""
    try:
        card: GeneratorCard = msgspec.json.decode(data, type=AnyCard)
    except (msgspec.DecodeError, ValueError) as error:
        raise damaged(file, str(error)) from error
    return card


def damaged(file: str, why: str) -> Problem:
    """A generator's file that is none, or not whole."""
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "“{file}” is no usable generator: {why}."),
        code="bad-generator",
        file=file,
        why=why.rstrip("."),
    )


def unknown_class(name: str, known: tuple[str, ...]) -> Problem:
    """For a class that a generator does not have."""
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "This generator has no class “{name}”. It has: {known}."),
        code="unknown-class",
        name=name,
        known=", ".join(known),
    )
