# SPDX-License-Identifier: Apache-2.0
"""Reads weights that were published as a PyTorch checkpoint, in a process that does nothing else.

A checkpoint is a pickle, which may name any function to be called. Only those are read that a card
of ours names by their sha256; even then `weights_only` lets tensors and plain containers through
and nothing else, and the program does not read them itself. `python -m
prodedit.engine.service.pickled_weights IN OUT` writes safetensors, numbered in their names.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from prodedit.engine.service import store_problems
from prodedit.engine.service.onnx_weights import Initializer
from prodedit.files.own_programs import NO_WINDOW, module_command, own_code_first

_SECONDS = 300.0


def read_pickled(path: Path) -> list[Initializer]:
    """The weights in the order of the file, as float32. Raises Problem."""
    from safetensors.numpy import load_file

    with tempfile.TemporaryDirectory(prefix="prodedit-weights-") as folder:
        target = Path(folder) / "weights.safetensors"
        _convert(path, target)
        found = load_file(target)
    return [
        Initializer(name.partition(" ")[2], np.asarray(found[name], np.float32))
        for name in sorted(found)
    ]


def _convert(path: Path, target: Path) -> None:
    command = [*module_command("prodedit.engine.service.pickled_weights"), str(path), str(target)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            env=own_code_first(os.environ),
            creationflags=NO_WINDOW,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise store_problems.not_usable(path.name, "it could not be read", str(error)) from error
    if done.returncode != 0 or not target.is_file():
        said = done.stderr.decode("utf-8", "replace")
        raise store_problems.not_usable(path.name, "it holds more than weights", said)


def main(words: list[str]) -> int:
    """The child's work."""
    import torch
    from safetensors.torch import save_file

    source, target = words
    published = torch.load(source, map_location="cpu", weights_only=True)
    tensors = {
        f"{number:06d} {name}": value.contiguous()
        for number, (name, value) in enumerate(published.items())
    }
    save_file(tensors, target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
