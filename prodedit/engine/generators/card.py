# SPDX-License-Identifier: Apache-2.0
"""What a generator's file says about it. Loads no torch: the window and the command line ask."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Count = Annotated[int, msgspec.Meta(ge=0, le=10**12)]
Width = Annotated[int, msgspec.Meta(ge=16, le=1024, multiple_of=16)]
Widths = Annotated[tuple[Width, ...], msgspec.Meta(min_length=1, max_length=6)]
Blocks = Annotated[int, msgspec.Meta(ge=1, le=8)]
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


class Training(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How it came about. `seen`: pictures and latents that the stages were shown."""

    pictures: Count
    steps: tuple[Count, Count]
    seen: tuple[Count, Count]
    minutes: Annotated[float, msgspec.Meta(ge=0.0)]
    seed: int
    version: Name


class GeneratorCard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of a two-stage generator. Raises ValueError where its parts contradict each other."""

    family: Literal["two-stage"]
    format: Annotated[int, msgspec.Meta(ge=1, le=FORMAT)] = FORMAT
    name: Name
    side: Literal[64, 128, 256, 512]
    classes: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=1000)]
    autoencoder: AutoencoderShape
    flow: FlowShape
    training: Training
    licence: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        if len(set(self.classes)) != len(self.classes):
            raise ValueError("two classes have the same name")
        if self.grid < 4 or self.grid % 2 ** (len(self.flow.widths) - 1):
            raise ValueError(f"a grid of {self.grid} fits no flow of {self.flow.widths}")

    @property
    def grid(self) -> int:
        """The side of its latents."""
        return self.side >> len(self.autoencoder.widths)

    def label(self, name: str) -> int:
        """The place of a class. Raises Problem."""
        if name not in self.classes:
            raise unknown_class(name, self.classes)
        return self.classes.index(name)


def parse_card(data: bytes, file: str) -> GeneratorCard:
    """The card that JSON describes. Raises Problem."""
    try:
        return msgspec.json.decode(data, type=GeneratorCard)
    except (msgspec.DecodeError, ValueError) as error:
        raise damaged(file, str(error)) from error


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
