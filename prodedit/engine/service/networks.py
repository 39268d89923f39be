# SPDX-License-Identifier: Apache-2.0
"""A loaded network: numpy in, numpy out, whatever runs it.

On the processor ONNX Runtime is as fast as torch or up to twice as fast (measured for the
cut-out networks), and starts in a tenth of the time; on a GPU torch is faster by far. Those that
enlarge are run by ncnn on a processor (ncnn_network.py).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import Cancelled
from prodedit.engine.cards import ERASE, ModelCard
from prodedit.engine.context import quiet
from prodedit.engine.service import store_problems
from prodedit.engine.service.architectures import Architecture
from prodedit.engine.service.device import Device

if TYPE_CHECKING:
    import torch
    from torch import nn

Tensor = NDArray[np.float32]
Asked = Callable[[], bool]
"""Whether the person wants the answer no more; may raise Cancelled itself."""
Report = Callable[[float, str], None]
"""Told the share done (0..1); may raise Cancelled."""

GPU_PIECES = 4
"""Times a card's side: a graphics card wants large pieces, and has the memory."""

_LOOK_EVERY = 0.05
"""Seconds between two questions whether the run was cancelled."""


class Network(Protocol):
    """One card's network on one device."""

    @property
    def card(self) -> ModelCard: ...

    @property
    def device(self) -> Device: ...

    @property
    def memory(self) -> int:
        """Bytes that its weights take."""
        ...

    @property
    def piece_side(self) -> int:
        """Pixels: of the pieces into which a large picture is best cut for it; 0: never."""
        ...

    def __call__(self, x: Tensor) -> Tensor:
        """(n, 3, h, w) float32 to (n, c, h, w) float32. Raises Problem, ValueError."""
        ...

    def run(
        self,
        x: Tensor,
        cancelled: Asked,
        condition: Tensor | None = None,
        report: Report = quiet,
    ) -> Tensor:
        """As `__call__`; `cancelled` is asked meanwhile, in this thread. Raises Cancelled.

        condition: (n, numbers) float32 for a network that is told more than the picture; `x` may
        then be one picture for all n. report: told now and then by those that take long.
        """
        ...


class OnnxNetwork:
    """A network that ONNX Runtime runs, on the processor or, with its GPU package, on a GPU."""

    def __init__(self, card: ModelCard, path: Path, device: Device) -> None:
        import onnxruntime as ort

        self.card = card
        self.device = device
        self.piece_side = piece_side(card, device)
        self.memory = path.stat().st_size
        self._ort = ort
        try:
            self._session = ort.InferenceSession(
                str(path), _session_options(device.threads), providers=_providers(device)
            )
        except Exception as error:  # ONNX Runtime's exceptions have no common base
            raise store_problems.not_usable(
                card.title.en, "ONNX Runtime can't open its file", str(error)
            ) from error
        self._input = self._session.get_inputs()[0]
        self._output = card.input.output or self._session.get_outputs()[0].name

    def __call__(self, x: Tensor) -> Tensor:
        check_input(x, self.card)
        return check_answer(self._batches(x, self._ort.RunOptions()), x, self.card)

    def run(
        self,
        x: Tensor,
        cancelled: Asked,
        condition: Tensor | None = None,
        report: Report = quiet,
    ) -> Tensor:
        check_input(x, self.card)
        if condition is not None:
            raise ValueError(f"{self.card.id} takes a picture and nothing else")
        options = self._ort.RunOptions()
        answer = _run_beside(lambda: self._batches(x, options), cancelled, options)
        return check_answer(answer, x, self.card)

    def _batches(self, x: Tensor, options: Any) -> Tensor:
        options.only_execute_path_to_fetches = True  # side outputs serve training only
        options.log_severity_level = 4  # a run that was ended is no news
        # Files exported for one picture at a time say so in their shape; on a processor a larger
        # batch would not be faster anyway.
        pieces = [x] if self._input.shape[0] != 1 else [x[i : i + 1] for i in range(len(x))]
        return np.concatenate([self._one(piece, options) for piece in pieces])

    def _one(self, x: Tensor, options: Any) -> Tensor:
        answer = self._session.run([self._output], {self._input.name: x}, options)[0]
        return np.asarray(answer, np.float32)


class TorchNetwork:
    """A network that torch runs, channels last; on CUDA in half precision where it is safe."""

    def __init__(
        self, card: ModelCard, weights: Path, architecture: Architecture, device: Device
    ) -> None:
        import torch
        from safetensors.torch import load_file

        if device.kind == "cpu":
            torch.set_num_threads(device.threads)
        self.card = card
        self.device = device
        self.piece_side = piece_side(card, device)
        self.memory = weights.stat().st_size
        self._module = architecture.build(device.kind).eval()
        self._module.load_state_dict(load_file(weights), strict=True)
        self._module.to(torch.device(device.torch_name)).to(
            memory_format=torch.channels_last  # type: ignore[call-overload]  # torch's stubs lack it
        )

    def __call__(self, x: Tensor) -> Tensor:
        return self.run(x, lambda: False)

    def run(
        self,
        x: Tensor,
        cancelled: Asked,
        condition: Tensor | None = None,
        report: Report = quiet,
    ) -> Tensor:
        check_input(x, self.card)
        with _looking_between_layers(self._module, cancelled):
            answer = self._forward(x, condition)
        return check_answer(answer, x, self.card, 1 if condition is None else len(condition))

    def _forward(self, x: Tensor, condition: Tensor | None) -> Tensor:
        import torch

        with torch.inference_mode(), self._precision(torch):
            tensor = torch.from_numpy(x).to(
                self.device.torch_name, memory_format=torch.channels_last
            )
            more = () if condition is None else (torch.from_numpy(condition).to(tensor.device),)
            answer: torch.Tensor = self._module(tensor, *more)
            result: Tensor = answer.float().cpu().contiguous().numpy()
        return result

    def _precision(self, torch: Any) -> AbstractContextManager[None]:
        """float16 on CUDA's tensor cores: nothing else there is twice as fast at this accuracy."""
        if self.device.kind != "cuda":
            return nullcontext()
        made: AbstractContextManager[None] = torch.autocast("cuda", dtype=torch.float16)
        return made


def piece_side(card: ModelCard, device: Device) -> int:
    """As the card says, and more on a graphics card."""
    side = card.tiling.side if card.tiling else 0
    return side if device.kind == "cpu" else side * GPU_PIECES


def check_input(x: Tensor, card: ModelCard) -> None:
    """Raise ValueError unless `x` is what the card's input says."""
    side, channels = card.input.side, 4 if card.task == ERASE else 3
    fits = x.ndim == 4 and x.shape[1] == channels and x.dtype == np.float32 and len(x) > 0
    if not fits or (side and x.shape[2:] != (side, side)):
        raise ValueError(
            f"{card.id} wants (n, {channels}, {side or 'h'}, {side or 'w'}) float32, "
            f"received {x.shape} {x.dtype}"
        )


def check_answer(y: Tensor, x: Tensor, card: ModelCard, conditions: int = 1) -> Tensor:
    """`y` where it has one picture for each of `x`, or of the conditions where there are more, and
    only finite numbers. Raises Problem."""
    if y.ndim != 4 or len(y) != max(len(x), conditions):
        raise store_problems.bad_answer(card.title.en, f"shape {y.shape} for {x.shape}")
    if not np.isfinite(y).all():
        raise store_problems.bad_answer(card.title.en, "numbers that are not finite")
    return y


def disagreement(one: Network, other: Network, x: Tensor) -> float:
    """The largest difference between two runtimes' answers to the same tensor."""
    return float(np.abs(one(x) - other(x)).max())


def _run_beside(work: Callable[[], Tensor], cancelled: Asked, options: Any) -> Tensor:
    """Run `work` in a thread while this one asks; setting `options.terminate` ends it between two
    operators, from outside only."""
    if cancelled():
        raise Cancelled
    outcome: list[Tensor | BaseException] = []

    def go() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001 - handed on to the thread that waits
            outcome.append(error)

    thread = threading.Thread(target=go, name="network", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            if cancelled():
                raise Cancelled
            thread.join(_LOOK_EVERY)
    finally:
        options.terminate = thread.is_alive()
        thread.join()
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


class _looking_between_layers:  # noqa: N801 - reads as a word in a with statement
    """While this is open, each layer of `module` first asks whether the run was cancelled."""

    def __init__(self, module: nn.Module, cancelled: Asked) -> None:
        self._cancelled = cancelled
        self._layers = [layer for layer in module.modules() if not any(layer.children())]

    def __enter__(self) -> None:
        self._hooks = [layer.register_forward_pre_hook(self._look) for layer in self._layers]

    def __exit__(self, *error: object) -> None:
        for hook in self._hooks:
            hook.remove()

    def _look(self, layer: object, arguments: object) -> None:
        if self._cancelled():
            raise Cancelled


def _session_options(threads: int) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    return options


def _providers(device: Device) -> list[Any]:
    import onnxruntime as ort

    if device.kind == "cuda" and "CUDAExecutionProvider" in ort.get_available_providers():
        return [("CUDAExecutionProvider", {"device_id": device.index}), "CPUExecutionProvider"]
    return ["CPUExecutionProvider"]
