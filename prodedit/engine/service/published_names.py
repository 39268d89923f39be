# SPDX-License-Identifier: Apache-2.0
"""The names that published files give the parameters of our modules, where order does not tell."""

from __future__ import annotations

from collections.abc import Mapping

_PARTS: Mapping[str, str] = {"weight": "weights", "bias": "Conv2D_bias"}
_STYLE: Mapping[str, str] = {"beta": "Conv", "gamma": "Conv_1"}


def style_transformer(name: str) -> str:
    """Of nets.arbitrary_style.StyleTransformer, such as "residual.0.conv1.gamma.bias"."""
    room, *path, part = name.split(".")
    places: Mapping[str, str] = {"contract": "contract/{}", "expand": "expand/{}/conv"}
    place = places.get(room, "residual/residual{}/{}")
    style = _STYLE.get(path[-1])
    path = path[:-1] if style else path
    if room == "residual":
        path = [str(int(path[0]) + 1), path[1]]  # theirs are counted from one
    layer = "transformer/" + place.format(*path)
    return (
        f"style_params/{layer}/StyleNorm/{style}/{_PARTS[part]}"
        if style
        else (f"{layer}/{_PARTS[part]}")
    )


def style_predictor(name: str) -> str:
    """Of nets.arbitrary_style.StylePredictor, such as "blocks.3.depthwise.weight"."""
    room, *path, part = name.split(".")
    if room != "blocks":
        outer = {"first": "MobilenetV2/Conv", "last": "MobilenetV2/Conv_1"}
        return f"{outer.get(room, 'mobilenet_conv/Conv')}/{_PARTS[part]}"
    number, layer = path
    block = "expanded_conv" if number == "0" else f"expanded_conv_{number}"
    kind = f"depthwise_{part}s" if part == "weight" else f"depthwise_{part}"
    return f"MobilenetV2/{block}/{layer}/{kind if layer == 'depthwise' else _PARTS[part]}"
