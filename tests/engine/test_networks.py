# SPDX-License-Identifier: Apache-2.0
import os
import threading
import time
from pathlib import Path

import cv2
import msgspec
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.cards import ModelCard
from prodedit.engine.service.architectures import ARCHITECTURES, Architecture, converted
from prodedit.engine.service.device import Device, cpu_device
from prodedit.engine.service.networks import OnnxNetwork, TorchNetwork, disagreement
from prodedit.engine.service.store import DEFAULTS, ModelStore, Status, default_store
from prodedit.engine.service.tensors import network_input
from tests.engine.tiny_models import SIDE, card_for, write_onnx

CPU = cpu_device()


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return card_for(write_onnx(tmp_path / "origin.onnx"))


@pytest.mark.parametrize(
    "x",
    [
        np.zeros((1, 3, 8, 8), np.float32),
        np.zeros((1, 4, SIDE, SIDE), np.float32),
        np.zeros((3, SIDE, SIDE), np.float32),
        np.zeros((1, 3, SIDE, SIDE), np.float64),
        np.zeros((0, 3, SIDE, SIDE), np.float32),
    ],
    ids=lambda x: f"{x.shape}-{x.dtype}",
)
def test_another_input_is_quoted(card: ModelCard, tmp_path: Path, x: np.ndarray) -> None:
    network = OnnxNetwork(card, tmp_path / "origin.onnx", CPU)

    with pytest.raises(ValueError, match=r"wants \(n, 3, 16, 16\) float32, received"):
        network(x)


def test_answers_that_are_no_numbers_are_refused(card: ModelCard, tmp_path: Path) -> None:
    network = OnnxNetwork(card, tmp_path / "origin.onnx", CPU)

    with pytest.raises(Problem) as raised:
        network(np.full((1, 3, SIDE, SIDE), np.nan, np.float32))

    assert raised.value.code == "bad-network-answer"


def test_the_cards_output_is_taken(card: ModelCard, tmp_path: Path) -> None:
    card = msgspec.structs.replace(card, input=msgspec.structs.replace(card.input, output="other"))
    network = OnnxNetwork(card, tmp_path / "origin.onnx", CPU)

    np.testing.assert_allclose(network(np.ones((1, 3, SIDE, SIDE), np.float32)), -1.5)


def _slow_model(path: Path) -> Path:
    """Takes a minute, in many small operators."""
    weights = np.full((64, 64, 3, 3), 1e-3, np.float32)
    first = np.full((64, 3, 1, 1), 1e-3, np.float32)
    last = np.full((1, 64, 1, 1), 1e-3, np.float32)
    nodes = [helper.make_node("Conv", ["x", "first"], ["h0"])]
    nodes += [
        helper.make_node("Conv", [f"h{i}", "w"], [f"h{i + 1}"], pads=[1, 1, 1, 1])
        for i in range(300)
    ]
    nodes += [helper.make_node("Conv", ["h300", "last"], ["y"])]
    values = {"w": weights, "first": first, "last": last}
    graph = helper.make_graph(
        nodes,
        "slow",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 512, 512])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 1, 512, 512])],
        [numpy_helper.from_array(value, name) for name, value in values.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(path))
    return path


def test_a_run_ends_soon_after_it_is_cancelled(tmp_path: Path) -> None:
    card = card_for(_slow_model(tmp_path / "slow.onnx"))
    card = msgspec.structs.replace(card, input=msgspec.structs.replace(card.input, side=512))
    network = OnnxNetwork(card, tmp_path / "slow.onnx", CPU)
    x = np.zeros((1, 3, 512, 512), np.float32)
    asked: list[float] = []
    threads = threading.active_count()

    def soon() -> bool:
        asked.append(time.monotonic())
        return len(asked) > 3

    with pytest.raises(Cancelled):
        network.run(x, soon)

    assert time.monotonic() - asked[-1] < 15  # the whole takes a minute on a quick machine
    assert threading.active_count() <= threads  # an earlier test's may have ended meanwhile


def test_what_the_question_raises_comes_out(card: ModelCard, tmp_path: Path) -> None:
    network = OnnxNetwork(card, tmp_path / "origin.onnx", CPU)

    def ask() -> bool:
        raise Cancelled

    with pytest.raises(Cancelled):
        network.run(np.zeros((1, 3, SIDE, SIDE), np.float32), ask)
    np.testing.assert_allclose(network(np.zeros((1, 3, SIDE, SIDE), np.float32)), 0.5)


def test_a_run_that_nobody_cancels_is_the_same(card: ModelCard, tmp_path: Path) -> None:
    network = OnnxNetwork(card, tmp_path / "origin.onnx", CPU)
    x = np.random.default_rng(1).standard_normal((3, 3, SIDE, SIDE)).astype(np.float32)

    np.testing.assert_array_equal(network.run(x, lambda: False), network(x))


# torch: the same weights in our own module. Tiny nets stand for the large ones.


@pytest.fixture(params=["u2net", "isnet"])
def tiny(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Architecture, Path]:
    """An architecture and a file with its weights, at a sixteenth of its width, in graph order."""
    import torch

    full = ARCHITECTURES[request.param]
    architecture = Architecture("tests.engine.tiny_nets", f"Tiny{full.name}", full.left_out)
    torch.manual_seed(1)
    path = tmp_path / "weights.onnx"
    values = [value.numpy() for value in architecture.build().state_dict().values()]
    names = [f"w{index}" for index in range(len(values))]
    nodes = [helper.make_node("Identity", [name], [f"o{name}"]) for name in names]
    nodes += [helper.make_node("Identity", [f"{end}weight"], [end]) for end in full.left_out]
    tensors = [numpy_helper.from_array(v, n) for n, v in zip(names, values, strict=True)]
    tensors += [
        numpy_helper.from_array(np.zeros(1, np.float32), f"{e}weight") for e in full.left_out
    ]
    # File order is not graph order in the published files either.
    graph = helper.make_graph(nodes, "weights", [], [], tensors[::-1])
    onnx.save(helper.make_model(graph), str(path))
    return architecture, path


def test_weights_are_matched_in_graph_order(
    tiny: tuple[Architecture, Path], tmp_path: Path
) -> None:
    from safetensors.numpy import load_file

    architecture, path = tiny
    import torch

    torch.manual_seed(1)
    expected = architecture.build().state_dict()
    weights = load_file(converted(path, "0" * 64, architecture, tmp_path / "made"))

    assert sorted(weights) == sorted(expected)
    for name, value in expected.items():
        np.testing.assert_array_equal(weights[name], value.numpy())


def test_converting_happens_once(tiny: tuple[Architecture, Path], tmp_path: Path) -> None:
    architecture, path = tiny
    made = converted(path, "0" * 64, architecture, tmp_path / "made")
    path.unlink()

    assert converted(path, "0" * 64, architecture, tmp_path / "made") == made


def test_weights_of_another_net_are_refused(
    tiny: tuple[Architecture, Path], tmp_path: Path
) -> None:
    _, path = tiny

    with pytest.raises(Problem, match="its weights are not those of"):
        converted(path, "0" * 64, ARCHITECTURES["u2net"], tmp_path / "made")
    assert not list((tmp_path / "made").glob("*"))


def test_torch_runs_and_can_be_cancelled(
    tiny: tuple[Architecture, Path], tmp_path: Path, card: ModelCard
) -> None:
    architecture, path = tiny
    card = msgspec.structs.replace(card, input=msgspec.structs.replace(card.input, side=64))
    weights = converted(path, "0" * 64, architecture, tmp_path / "made")
    network = TorchNetwork(card, weights, architecture, CPU)
    x = np.random.default_rng(1).standard_normal((2, 3, 64, 64)).astype(np.float32)
    asked: list[bool] = []

    def third_layer() -> bool:
        asked.append(True)
        return len(asked) == 3

    with pytest.raises(Cancelled):
        network.run(x, third_layer)
    answer = network(x)

    assert len(asked) == 3
    assert answer.shape == (2, 1, 64, 64)
    assert answer.dtype == np.float32


# The published weights


def _published(model: str) -> ModelStore:
    store = default_store()
    if store.state(model).status is Status.MISSING and not os.environ.get("CI"):
        pytest.skip(f"{model} was not pulled; get it with `prodedit models pull`")
    return store


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("model", DEFAULTS)
def test_torch_agrees_with_onnx_runtime(model: str) -> None:
    store = _published(model)
    card = store.card(model)
    reference = store.use(card, CPU)
    path = store.locate(card, card.files[0])
    architecture = ARCHITECTURES[card.architecture]
    weights = converted(path, card.files[0].sha256, architecture, store.folder / "converted")
    rebuilt = TorchNetwork(card, weights, architecture, CPU)
    x = network_input(_mug(), card.input)

    assert disagreement(rebuilt, reference, x) < 1e-3
    answer = reference(x)
    assert float(answer.max() - answer.min()) > 0.9  # it saw the mug: the agreement means something


@pytest.mark.parametrize("model", DEFAULTS)
def test_on_a_gpu_the_store_hands_out_torch(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, Device]] = []
    store = _published(model)

    class Recorded:
        memory = 1

        def __init__(
            self, card: ModelCard, path: Path, architecture: Architecture, device: Device
        ) -> None:
            made.append((path.suffix, device))

    monkeypatch.setattr("prodedit.engine.service.store.TorchNetwork", Recorded)
    gpu = Device("cuda", 0, "a GPU", 2)
    store.use(model, gpu)

    assert made == [(".safetensors", gpu)]


def _mug() -> np.ndarray:
    """A mug before a plain wall: (600, 800, 4) uint8 premultiplied BGRA."""
    picture = np.full((600, 800, 3), 225, np.uint8)
    picture[430:] = 200
    cv2.ellipse(picture, (560, 320), (80, 100), 0, 0, 360, (40, 60, 160), 34, cv2.LINE_AA)
    cv2.rectangle(picture, (280, 180), (540, 480), (40, 60, 180), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (410, 180), (130, 30), 0, 0, 360, (30, 40, 90), -1, cv2.LINE_AA)
    return np.dstack((cv2.GaussianBlur(picture, (0, 0), 1.5), np.full((600, 800), 255, np.uint8)))
