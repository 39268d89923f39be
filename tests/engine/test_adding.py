# SPDX-License-Identifier: Apache-2.0
import io
import pickle
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from prodedit.core.problem import Problem
from prodedit.engine.service.device import cpu_device
from prodedit.engine.service.onnx_weights import check_self_contained, read_initializers
from prodedit.engine.service.store import ModelStore, Status
from tests.engine.tiny_models import SIDE, build, write_onnx


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "store", {})


def test_an_added_model_is_used_like_any_other(store: ModelStore, tmp_path: Path) -> None:
    path = write_onnx(tmp_path / "My Net.onnx")

    card = store.add(path)
    path.unlink()

    assert (card.id, card.input.side) == ("my-net", SIDE)
    again = ModelStore(store.folder, {})
    assert again.card("my-net") == card
    state = again.verify("my-net")
    assert (state.status, state.added) == (Status.VERIFIED, True)
    answer = again.use("my-net", cpu_device())(np.zeros((1, 3, SIDE, SIDE), np.float32))
    np.testing.assert_allclose(answer, 0.5)
    again.remove("my-net")
    assert again.cards() == {}


def test_the_same_name_twice(store: ModelStore, tmp_path: Path) -> None:
    path = write_onnx(tmp_path / "net.onnx")

    assert [store.add(path).id for _ in range(2)] == ["net", "net-2"]


def test_any_size_is_found_out(store: ModelStore, tmp_path: Path) -> None:
    assert store.add(write_onnx(tmp_path / "net.onnx", side="side")).input.side == 0


class _Bomb:
    """Unpickling it creates a file."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return open, (str(self.marker), "w")


def _zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("archive/data.pkl", data)
    return buffer.getvalue()


def _tarred(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo("pickle")
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize("wrap", [bytes, _zipped, _tarred], ids=["plain", "zip", "tar"])
@pytest.mark.parametrize("protocol", [0, 2, 5])
@pytest.mark.parametrize("name", ["net.onnx", "net.pt", "net.pth", "net.ckpt", "net.pt2"])
def test_pickles_are_refused_and_never_opened(
    store: ModelStore, tmp_path: Path, name: str, protocol: int, wrap: Callable[[bytes], bytes]
) -> None:
    marker = tmp_path / "marker"
    path = tmp_path / name
    path.write_bytes(wrap(pickle.dumps(_Bomb(marker), protocol)))

    with pytest.raises(Problem, match="hidden in it") as raised:
        store.add(path)

    assert raised.value.code == "model-is-pickle"
    assert not marker.exists()
    assert store.cards() == {}


def test_the_bomb_would_have_gone_off(tmp_path: Path) -> None:
    """Else the test above could not fail."""
    pickle.loads(pickle.dumps(_Bomb(tmp_path / "marker"))).close()  # noqa: S301

    assert (tmp_path / "marker").exists()


def test_onnx_under_a_checkpoints_name_is_refused(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="checkpoint"):
        store.add(write_onnx(tmp_path / "net.pth"))


def _outside(model: onnx.ModelProto) -> None:
    onnx.external_data_helper.set_external_data(model.graph.initializer[0], "/etc/hostname")
    model.graph.initializer[0].ClearField("raw_data")


def _outside_in_a_constant(model: onnx.ModelProto) -> None:
    tensor = numpy_helper.from_array(np.zeros(3, np.float32))
    onnx.external_data_helper.set_external_data(tensor, "../secret")
    model.graph.node.append(helper.make_node("Constant", [], ["c"], value=tensor))


def _outside_in_a_branch(model: onnx.ModelProto) -> None:
    inner = onnx.ModelProto()
    inner.CopyFrom(model)
    _outside(inner)
    node = helper.make_node("If", ["x"], ["y"], then_branch=inner.graph, else_branch=inner.graph)
    model.graph.node.append(node)


def _outside_by_location_only(model: onnx.ModelProto) -> None:
    model.graph.initializer[0].data_location = TensorProto.EXTERNAL


def _another_runtimes_file(model: onnx.ModelProto) -> None:
    model.graph.node.append(helper.make_node("EPContext", [], ["c"], domain="com.microsoft"))


@pytest.mark.parametrize(
    "change",
    [
        _outside,
        _outside_in_a_constant,
        _outside_in_a_branch,
        _outside_by_location_only,
        _another_runtimes_file,
    ],
)
def test_models_that_reach_out_are_refused(
    store: ModelStore, tmp_path: Path, change: Callable[[onnx.ModelProto], None]
) -> None:
    model = build()
    change(model)
    path = tmp_path / "net.onnx"
    path.write_bytes(model.SerializeToString())

    with pytest.raises(Problem, match="other files") as raised:
        store.add(path)

    assert raised.value.code == "model-external-data"


@pytest.mark.parametrize(
    ("model", "why"),
    [
        (build(channels=3), "shape"),
        (build(last="Identity", gain=9.0), "instead of 0 to 1"),
        (build(last="Log", gain=-1.0), "no usable answer"),
        (build(side=9000), "9000 x 9000"),
        (build(last="NoSuchOperator"), "can't open it"),
    ],
)
def test_models_for_something_else_are_refused(
    store: ModelStore, tmp_path: Path, model: onnx.ModelProto, why: str
) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(model.SerializeToString())

    with pytest.raises(Problem, match=why):
        store.add(path)

    assert not (store.folder / "net").exists()


@pytest.mark.parametrize("content", [b"", b"\x08", b"hello", b"\xff" * 64, b"\x3a\x7f"])
def test_what_is_no_model_is_refused(store: ModelStore, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(content)

    with pytest.raises(Problem, match="not a usable ONNX file"):
        store.add(path)


def test_a_missing_file_and_an_unknown_task(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="No such file"):
        store.add(tmp_path / "gone.onnx")
    with pytest.raises(Problem, match="no task 'singing'"):
        store.add(write_onnx(tmp_path / "net.onnx"), "singing")


def test_cut_files_never_crash_the_reader(tmp_path: Path) -> None:
    whole = build().SerializeToString()
    path = tmp_path / "net.onnx"
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        try:
            check_self_contained(path)
            read_initializers(path)
        except Problem:
            continue


@pytest.mark.parametrize(
    ("dtype", "raw"),
    # Only float32 is ever written as numbers instead of bytes.
    [(np.float16, True), (np.float32, True), (np.float64, True), (np.float32, False)],
)
def test_weights_are_read_as_the_library_reads_them(
    tmp_path: Path, dtype: type[np.floating], raw: bool
) -> None:
    values = np.random.default_rng(1).standard_normal((2, 3, 1, 1)).astype(dtype)
    kind = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    tensor = (
        numpy_helper.from_array(values, "weights")
        if raw
        else helper.make_tensor("weights", kind, values.shape, values.ravel().tolist())
    )
    model = build()
    model.graph.initializer[0].CopyFrom(tensor)
    path = tmp_path / "net.onnx"
    path.write_bytes(model.SerializeToString())

    (weight,) = read_initializers(path)

    assert weight.name == "weights"
    np.testing.assert_array_equal(weight.values, values.astype(np.float32))
