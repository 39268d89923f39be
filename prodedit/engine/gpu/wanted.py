# SPDX-License-Identifier: Apache-2.0
"""What a GPU pack is made of: the packages that the engine process imports, at the versions that
this program was built with, and the build of torch that knows the card."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from prodedit.data_files import resources_folder

TORCH = "torch==2.13.0"
"""As packaging/set_up.py has it."""
DOWNLOAD = 3_000_000_000
INSTALLED = 7_000_000_000
"""Bytes, about: torch for CUDA with NVIDIA's libraries, version 2.13, Linux; Windows takes less."""
_FORM = 1
"""Of a pack's layout on the disk."""

TORCH_VARIABLE = "PRODEDIT_GPU_TORCH"
"""The requirement, as pip understands it, where it is to be another one."""
INDEX_VARIABLE = "PRODEDIT_GPU_INDEX"
"""The address of the index that has it, where pip's own has not. The program knows none."""
TOOL_VARIABLE = "PRODEDIT_GPU_TOOL"
"""pip or uv; by default uv where it is there: it finds the right build by itself."""
DEVICE_VARIABLE = "PRODEDIT_GPU_DEVICE"
"""What the pack must be able to use: "cuda", or "cpu" to try things out without a card."""


class Wanted(msgspec.Struct, frozen=True):
    """torch: the requirement. index: "" for the tool's own. device: "cuda" or "cpu"."""

    torch: str = TORCH
    index: str = ""
    device: str = "cuda"
    tool: str = ""


def wanted(environ: Mapping[str, str] = os.environ, torch: str = "", index: str = "") -> Wanted:
    """What the person's variables say; `torch` and `index` come first where they are given."""
    return Wanted(
        torch or environ.get(TORCH_VARIABLE, "").strip() or TORCH,
        index or environ.get(INDEX_VARIABLE, "").strip(),
        environ.get(DEVICE_VARIABLE, "").strip() or "cuda",
        environ.get(TOOL_VARIABLE, "").strip(),
    )


def lock_file() -> Path:
    """The packages beside torch, each pinned, with the hashes of its files (`make lock`)."""
    return resources_folder() / "gpu_pack.lock"


def version_word() -> str:
    """Changes when a pack must be made anew: other packages, another torch, another layout."""
    text = f"{_FORM}\n{TORCH}\n".encode()
    return hashlib.sha256(text + lock_file().read_bytes()).hexdigest()[:16]
