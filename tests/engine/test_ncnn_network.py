# SPDX-License-Identifier: Apache-2.0
"""ncnn and torch give the same answers to the same weights; where ncnn is not, torch goes on."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine import enhancing
from prodedit.engine.cards import ModelCard, Tiling, to_toml
from prodedit.engine.service import ncnn_network
from prodedit.engine.service.architectures import ARCHITECTURES
from prodedit.engine.service.device import Device
from prodedit.engine.service.ncnn_network import NcnnNetwork
from prodedit.engine.service.ncnn_stretches import in_one, in_stretches
from prodedit.engine.service.ncnn_weights import MAGIC, read_layers
from prodedit.engine.service.networks import TorchNetwork
from prodedit.engine.service.store import ModelStore, Status, default_store
from tests.engine.enhancing_fakes import photo
from tests.engine.ncnn_files import TinyRRDB, TinySRVGG, ncnn_card, write_ncnn
from tests.engine.test_ncnn_weights import tiny_store

pytest.importorskip("ncnn", reason="there is no ncnn for this system")
CPU = Device("cpu", 0, "CPU", 1)
NETS = {"srvgg": TinySRVGG, "rrdb": TinyRRDB}
CLOSE = 1e-4
Tiny = tuple[torch.nn.Module, ModelCard, Path, Path]


@pytest.fixture(scope="module", params=NETS)
def tiny(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """A net with the weights that its file holds in half precision, its card and its files."""
    torch.manual_seed(4)
    net = NETS[request.param]().eval()
    kernels = {key: value for key, value in net.state_dict().items() if value.ndim == 4}
    net.load_state_dict({key: value.half().float() for key, value in kernels.items()}, strict=False)
    files = write_ncnn(tmp_path_factory.mktemp("ncnn"), "net", net)
    return net, ncnn_card("tiny", request.param, *files), *files


def picture(width: int, height: int) -> np.ndarray:
    return np.random.default_rng(5).random((1, 3, height, width), np.float32)


def by_torch(net: torch.nn.Module, x: np.ndarray) -> np.ndarray:
    with torch.inference_mode():
        answer: np.ndarray = net(torch.from_numpy(x)).numpy()
    return answer


@pytest.mark.parametrize("size", [(1, 1), (7, 40), (33, 20)])
def test_answers_are_those_of_torch(tiny: Tiny, size: tuple[int, int]) -> None:
    net, card, *files = tiny
    x = picture(*size).repeat(2, axis=0) * np.array([1, 0.5], np.float32)[:, None, None, None]
    answer = NcnnNetwork(card, *files, CPU)(x)
    np.testing.assert_allclose(answer, by_torch(net, x), rtol=0, atol=CLOSE)


@pytest.mark.parametrize("size", [(40, 50), (70, 9), (17, 33)])
def test_stretches_leave_no_seam(
    tiny: Tiny, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ncnn_network, "TILE", 16)
    monkeypatch.setattr(ncnn_network, "LAST_TILE", 9)
    net, card, *files = tiny
    card = msgspec.structs.replace(card, tiling=Tiling(side=32, overlap=8, blend=4))
    network, told = NcnnNetwork(card, *files, CPU), []
    answer = network.run(picture(*size), lambda: False, report=lambda share, _: told.append(share))
    np.testing.assert_allclose(answer, by_torch(net, picture(*size)), rtol=0, atol=CLOSE)
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] < 1
    assert network.piece_side == 96


def test_any_number_of_threads_gives_the_same_bytes(tiny: Tiny) -> None:
    _, card, *files = tiny
    answers = [
        NcnnNetwork(card, *files, Device("cpu", 0, "CPU", n))(picture(40, 30)) for n in (1, 3)
    ]
    np.testing.assert_array_equal(*answers)


def test_each_convolution_can_be_the_last(tiny: Tiny) -> None:
    net, card, *files = tiny
    convolutions = sum(isinstance(layer, torch.nn.Conv2d) for layer in net.modules())
    asked: list[bool] = []

    def at_the_last() -> bool:
        asked.append(True)
        return len(asked) >= convolutions

    network = NcnnNetwork(card, *files, CPU)
    with pytest.raises(Cancelled):
        network.run(picture(20, 20), at_the_last)
    assert len(asked) == convolutions
    np.testing.assert_allclose(network(picture(20, 20)), by_torch(net, picture(20, 20)), atol=CLOSE)


def test_what_is_no_number_is_refused(tiny: Tiny) -> None:
    _, card, *files = tiny
    network = NcnnNetwork(card, *files, CPU)
    with pytest.raises(Problem) as raised:
        network(np.full((1, 3, 8, 8), np.nan, np.float32))
    assert raised.value.code == "bad-network-answer"
    with pytest.raises(ValueError, match="received"):
        network(np.zeros((1, 4, 8, 8), np.float32))
    with pytest.raises(ValueError, match="nothing else"):
        network.run(picture(8, 8), lambda: False, np.zeros((1, 2), np.float32))


def test_short_memory_is_told_as_such(tiny: Tiny) -> None:
    """A picture of which not even one layer fits, in a process that may have 3 GB."""
    _, card, weights, graph = tiny
    code = f"""
import resource, sys
from pathlib import Path
import msgspec, numpy as np
from prodedit.engine.cards import parse_card
from prodedit.engine.service.architectures import ARCHITECTURES
from prodedit.engine.service.device import Device
from prodedit.engine.service.ncnn_network import NcnnNetwork
files = Path({str(weights)!r}), Path({str(graph)!r})
network = NcnnNetwork(parse_card(sys.stdin.read(), "x"), *files, Device("cpu", 0, "CPU", 1))
x = np.zeros((1, 3, 2000, 2000), np.float32)
held = int(Path("/proc/self/statm").read_text().split()[0]) * 4096
resource.setrlimit(resource.RLIMIT_AS, (held + (80 << 20), -1))
try:
    network(x)
except MemoryError:
    resource.setrlimit(resource.RLIMIT_AS, (held + (900 << 20), -1))
    print("short", network(x[..., :50, :50]).shape)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code],
        input=to_toml(card),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.strip() == "short (1, 3, 200, 200)", ran.stderr


# The store ----------------------------------------------------------------------------------------


def test_processors_get_ncnn_and_cards_get_torch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = pulled(tmp_path, monkeypatch)
    assert isinstance(store.use("tiny", CPU), NcnnNetwork)
    made: list[object] = []
    monkeypatch.setattr(
        "prodedit.engine.service.store.TorchNetwork", lambda *given: made.append(given)
    )
    monkeypatch.setattr(ModelStore, "_shrink", lambda self: None)
    gpu = Device("cuda", 0, "a GPU", 2)
    store.use("tiny", gpu)
    assert made[0][-1] == gpu  # type: ignore[index]


def test_without_ncnn_torch_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = pulled(tmp_path, monkeypatch)
    with_it = store.use("tiny", CPU)(picture(12, 9))
    store.evict()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    network = store.use("tiny", CPU)
    assert isinstance(network, TorchNetwork)
    np.testing.assert_allclose(network(picture(12, 9)), with_it, rtol=0, atol=CLOSE)


def test_names_that_windows_can_not_hand_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ncnn_network.can_run(Path("图") / "net.bin")
    monkeypatch.setattr("sys.platform", "win32")
    assert not ncnn_network.can_run(Path("图") / "net.bin")
    assert ncnn_network.can_run(Path("C:/net.bin"))


def pulled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    store = tiny_store(folder, monkeypatch, TinySRVGG())
    store.pull("tiny")
    return store


def test_enlarging_starts_without_torch_and_asks_nobody() -> None:
    """Nor does ncnn load the packages with which it would bring its examples from the web."""
    code = """
import sys
from prodedit.engine.families import enhance, tiled
from prodedit.engine.service import ncnn_network, store
import ncnn
print(*{"torch", "requests", "urllib3", "tqdm", "portalocker"} & set(sys.modules))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []


# Graphs -------------------------------------------------------------------------------------------


def test_stretches_take_what_others_gave(tiny: Tiny) -> None:
    net, _, _, graph = tiny
    layers = read_layers(graph.read_text())
    whole, stretches = in_one(layers), in_stretches(layers)
    known = set(whole.takes)
    for stretch in stretches:
        assert set(stretch.takes) <= known
        known |= set(stretch.gives)
    assert stretches[-1].gives == whole.gives
    assert sum(stretch.reach for stretch in stretches) == whole.reach
    assert len(stretches) == (7 if isinstance(net, TinyRRDB) else 1)  # six dense blocks, the end


ODD = {
    "two pictures": ["Input a 0 1 data", "Input b 0 1 more", "BinaryOp c 2 1 data more out 0=0"],
    "two answers": ["Input a 0 1 data", "ReLU b 1 1 data x", "ReLU c 1 1 data y"],
    "none": ["Input a 0 1 data", "Input b 0 1 more"],
    "from nowhere": ["Input a 0 1 data", "BinaryOp c 2 1 data lost out 0=0"],
}


@pytest.mark.parametrize("what", ODD)
def test_graph_of_another_kind_is_refused(what: str, tmp_path: Path) -> None:
    graph, weights = tmp_path / "odd.param", tmp_path / "odd.bin"
    graph.write_text("\n".join([MAGIC, f"{len(ODD[what])} 9", *ODD[what]]))
    weights.write_bytes(b"")
    with pytest.raises(Problem, match="one picture"):
        NcnnNetwork(ncnn_card("odd", "srvgg", weights, graph), weights, graph, CPU)


# The published weights ----------------------------------------------------------------------------


@pytest.mark.parametrize("model", [enhancing.COMPACT, enhancing.LARGE])
def test_published_weights_give_the_same_by_both(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where tiles meet."""
    monkeypatch.setattr(ncnn_network, "TILE", 12)
    monkeypatch.setattr(ncnn_network, "LAST_TILE", 12)
    store = default_store()
    if store.state(model).status is Status.MISSING:
        assert not (os.environ.get("CI") and model == enhancing.COMPACT)
        pytest.skip(f"{model} was not pulled; get it with `prodedit models pull {model}`")
    network = store.use(model, CPU)
    assert isinstance(network, NcnnNetwork)
    card = store.card(model)
    architecture = ARCHITECTURES[card.architecture]
    other = TorchNetwork(card, store.weights(model), architecture, CPU)
    x = np.ascontiguousarray(
        photo(20, 16)[None, ..., 2::-1].transpose(0, 3, 1, 2) / np.float32(255)
    )
    np.testing.assert_allclose(network(x), other(x), rtol=0, atol=CLOSE)
