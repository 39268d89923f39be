# SPDX-License-Identifier: Apache-2.0
"""ncnn's files are read to the byte, and files that lie are refused with a sentence."""

import os
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from prodedit.core.problem import Problem
from prodedit.engine.service import architectures
from prodedit.engine.service.architectures import ARCHITECTURES, Architecture, converted
from prodedit.engine.service.device import Device
from prodedit.engine.service.ncnn_weights import MAGIC, read_weights
from prodedit.engine.service.store import ModelStore, Status, default_store
from tests.engine.ncnn_files import HALF, TinyRRDB, TinySRVGG, ncnn_card, write_ncnn

CPU = Device("cpu", 0, "CPU", 1)
NETS = {"srvgg": TinySRVGG, "rrdb": TinyRRDB}
CONV = "Convolution c 1 1 a b 0=1 1=1 5=1 6=3"
DATA = np.array([1, 2, 3, 7], np.float32).tobytes()


def files(folder: Path, *lines: str, data: bytes = b"", heading: str = MAGIC) -> tuple[Path, Path]:
    graph, weights = folder / "net.param", folder / "net.bin"
    graph.write_text("\n".join([heading, f"{len(lines)} 9", *lines]))
    weights.write_bytes(data)
    return weights, graph


def test_kernels_are_read_in_both_precisions(tmp_path: Path) -> None:
    half = np.array([1, 2, 3], np.float16).tobytes() + b"\0\0"
    data = b"\0" * 4 + DATA + HALF + half + np.array([9], np.float32).tobytes()
    read = read_weights(*files(tmp_path, CONV, "Split s 1 1 b d", CONV, data=data))
    assert [weight.name for weight in read] == ["c.weight", "c.bias"] * 2
    assert [weight.values.ravel().tolist() for weight in read] == [[1, 2, 3], [7], [1, 2, 3], [9]]
    assert read[0].values.shape == (1, 3, 1, 1)


@pytest.mark.parametrize("name", NETS)
def test_net_is_the_same_after_a_round_trip(name: str, tmp_path: Path) -> None:
    torch.manual_seed(3)
    net = NETS[name]().eval()
    net.load_state_dict({key: value.half().float() for key, value in net.state_dict().items()})
    weights, graph = write_ncnn(tmp_path, name, net)
    architecture = Architecture("tests.engine.ncnn_files", NETS[name].__name__)
    made = converted(weights, "0" * 64, architecture, tmp_path / "made", graph)
    again = NETS[name]().eval()
    again.load_state_dict(load_file(made))
    x = torch.rand(1, 3, 12, 10)
    with torch.inference_mode():
        torch.testing.assert_close(again(x), net(x), rtol=0, atol=0)


def test_store_runs_an_ncnn_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    net = TinySRVGG().eval()
    store = tiny_store(tmp_path, monkeypatch, net)
    store.pull("tiny")
    x = np.random.default_rng(1).random((1, 3, 9, 7), np.float32)
    answer = store.use("tiny", CPU)(x)
    with torch.inference_mode():
        expected = net(torch.from_numpy(x)).numpy()
    np.testing.assert_allclose(answer, expected, atol=2e-3)


def test_graph_that_was_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tiny_store(tmp_path, monkeypatch, TinySRVGG())
    store.pull("tiny")
    graph = store.folder / "tiny" / "net.param"
    graph.write_text(graph.read_text().replace("PReLU", "ReLUP"))
    with pytest.raises(Problem, match="was changed"):
        store.use("tiny", CPU)


def tiny_store(folder: Path, monkeypatch: pytest.MonkeyPatch, net: TinySRVGG) -> ModelStore:
    tiny = {"srvgg": Architecture("tests.engine.ncnn_files", "TinySRVGG")}
    monkeypatch.setattr(architectures, "ARCHITECTURES", tiny)
    monkeypatch.setattr("prodedit.engine.service.store.ARCHITECTURES", tiny)
    weights, graph = write_ncnn(folder, "net", net)
    return ModelStore(folder / "store", {"tiny": ncnn_card("tiny", "srvgg", weights, graph)})


HOSTILE = {
    "no heading": ((CONV,), b"\0" * 4 + DATA, "0"),
    "too short": ((CONV,), b"\0" * 4 + DATA[:-1], MAGIC),
    "too long": ((CONV,), b"\0" * 4 + DATA + b"x", MAGIC),
    "empty": ((CONV,), b"", MAGIC),
    "odd tag": ((CONV,), b"\x01\0\0\0" + DATA, MAGIC),
    "not a number": ((CONV,), b"\0" * 4 + np.full(4, np.nan, np.float32).tobytes(), MAGIC),
    "unknown layer": (("Exec e 1 1 a b 0=1",), b"", MAGIC),
    "quantised": ((CONV + " 8=1",), b"\0" * 4 + DATA, MAGIC),
    "huge": ((CONV.replace("6=3", "6=4000000000"),), DATA, MAGIC),
    "no channels": ((CONV.replace("0=1", "0=0"),), DATA, MAGIC),
    "negative": ((CONV.replace("6=3", "6=-3"),), DATA, MAGIC),
    "uneven": ((CONV.replace("1=1", "1=2"),), DATA, MAGIC),
    "short line": (("Convolution c 1",), DATA, MAGIC),
    "too many blobs": (("Convolution c 99999999999 1 a b",), DATA, MAGIC),
    "no pairs": (("Convolution c 1 1 a b nonsense",), DATA, MAGIC),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused(what: str, tmp_path: Path) -> None:
    lines, data, heading = HOSTILE[what]
    with pytest.raises(Problem, match="not a usable ncnn file"):
        read_weights(*files(tmp_path, *lines, data=data, heading=heading))


def test_graph_of_other_bytes_is_refused(tmp_path: Path) -> None:
    weights, graph = files(tmp_path, CONV, data=b"\0" * 4 + DATA)
    for content in (b"\xff\xfe\x00", b"7767517\n" + b"a" * (1 << 20), b""):
        graph.write_bytes(content)
        with pytest.raises(Problem, match="not a usable ncnn file"):
            read_weights(weights, graph)


@pytest.mark.parametrize(
    ("model", "pinned"), [("realesr-animevideov3", 0.1), ("realesrgan-x4plus", 0.1)]
)
def test_published_weights_enlarge_a_ramp(model: str, pinned: float) -> None:
    """A smooth picture comes back as itself, four times as large: the weights are in their places.
    tests/benchmarks/bench_enlarging.py compares with ncnn itself."""
    store = default_store()
    if store.state(model).status is Status.MISSING:
        assert not (os.environ.get("CI") and model == "realesr-animevideov3")
        pytest.skip(f"{model} was not pulled; get it with `prodedit models pull {model}`")
    ramp = np.linspace(0.2, 0.8, 24, dtype=np.float32)
    x = np.stack([np.tile(ramp, (16, 1)), np.tile(ramp[::-1], (16, 1)), np.full((16, 24), 0.5)])
    answer = store.use(model, CPU)(x[np.newaxis].astype(np.float32))
    assert answer.shape == (1, 3, 64, 96)
    small = answer.reshape(1, 3, 16, 4, 24, 4).mean((3, 5))
    assert float(np.abs(small - x).max()) < pinned
    assert ARCHITECTURES[store.card(model).architecture].build() is not None
