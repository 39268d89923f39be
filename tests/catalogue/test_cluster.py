# SPDX-License-Identifier: Apache-2.0
"""A batch done by a cluster of two worker processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from prodedit import cli
from prodedit.catalogue.batch.alike import Alike
from prodedit.catalogue.batch.batch import Batch
from prodedit.catalogue.batch.cluster import Cluster
from prodedit.catalogue.batch.doing import Doing
from prodedit.catalogue.batch.inputs import gather
from prodedit.catalogue.batch.ledger import Ledger, Order
from prodedit.catalogue.batch.naming import default_pattern
from prodedit.catalogue.batch.work import Workshop
from prodedit.core import edits
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.engine.recipe import Recipe, to_bytes
from prodedit.engine.tasks import RemoveBackground
from prodedit.files.decoder import Decoder
from tests import batches
from tests.fakes import wait_until

distributed = pytest.importorskip(
    "distributed", reason="the extra `cluster` (dask.distributed) is not installed"
)
# What Dask and Tornado warn of is not ours to mend.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

DOING = Doing(Recipe("Cut", (RemoveBackground(),)), export=ExportSetting("png"))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.batches", "cluster"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    )
    try:
        assert program.stdout is not None
        yield program.stdout.readline().strip()
    finally:
        try:
            program.communicate(timeout=60)  # the end of its input ends it
        finally:
            program.kill()


def order(folder: Path, count: int, out: str = "out") -> Order:
    for number in range(count):
        batches.picture(folder / "in" / f"{number:02}.png")
    (folder / "in" / "bad.png").write_bytes(b"no picture")
    found = gather([str(folder / "in")]).pictures
    return Order(found, DOING, folder / out, default_pattern(0))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.png")}


def done(asked: Order, doer: Any, at_once: int) -> Batch:
    ledger, _ = Ledger.opened(asked)
    return Batch(ledger, doer, at_once=at_once)


def test_two_workers_do_it_and_what_a_lost_one_had_is_redone(address: str, tmp_path: Path) -> None:
    """With the same bytes as on this computer, and models loaded once by each worker."""
    made = tmp_path / "made"
    made.mkdir()
    here = Workshop(DOING, Decoder(), batches.engine())
    plain = done(order(tmp_path, 12), here, 3)
    try:
        plain.start()
        assert plain.wait(300)
        asked = order(tmp_path, 12, "by-cluster")
        make = partial(batches.workshop, made)
        here = Workshop(DOING, Decoder(), batches.engine())
        cluster = Cluster(address, DOING, asked.target, make, here)
        batch = done(asked, cluster, cluster.at_once)
        try:
            batch.start()
            wait_until(lambda: batch.progress.done >= 2, 300)
            loaded = sorted(path.name.split("-")[0] for path in made.iterdir())
            assert len(loaded) == len(set(loaded)) <= 2
            os.kill(int(loaded[0]), signal.SIGKILL)
            assert batch.wait(300)
            assert batch.progress.done == 12
            assert [each.code for each in batch.pictures if each.state == "failed"] == [
                "not-a-picture"
            ]
        finally:
            batch.close()
    finally:
        plain.close()
    assert len(files(tmp_path / "out")) == 12
    assert files(tmp_path / "by-cluster") == files(tmp_path / "out")


def test_groups_are_made_alike_by_a_cluster_too(address: str, tmp_path: Path) -> None:
    """Measured by one worker and made by another: with the same bytes as on this computer."""
    made = tmp_path / "made"
    made.mkdir()
    for number, light in enumerate((100, 120, 140, 160, 180)):
        path = tmp_path / "in" / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (48 + 8 * number, 48), (light, light, light)).save(path)
    found = gather([str(tmp_path / "in")]).pictures
    alike = msgspec.structs.replace(DOING, alike=Alike("all", "real"))
    outputs = {}
    for name, doing in {"alone": DOING, "here": alike, "there": alike}.items():
        asked = Order(found, doing, tmp_path / name, default_pattern(0))
        doer: Any = Workshop(doing, Decoder(), batches.engine())
        if name == "there":
            make = partial(batches.workshop, made)
            doer = Cluster(address, doing, asked.target, make, doer)
        batch = done(asked, doer, 3)
        try:
            batch.start()
            assert batch.wait(300)
            assert batch.progress.done == 5
        finally:
            batch.close()
        outputs[name] = files(tmp_path / name)
    assert outputs["there"] == outputs["here"] != outputs["alone"]


def test_the_command_line_says_what_became_of_it(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order(tmp_path, 3)
    recipe = tmp_path / "small.json"
    small = Recipe("Small", (edits.ResizeImage(Size(8, 8)),), ExportSetting("png"))
    recipe.write_bytes(to_bytes(small))
    words = ["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--recipe", str(recipe)]
    assert cli.main([*words, "--cluster", address, "--json"]) == 1
    found = batches.report(capsys.readouterr().out)
    assert batches.failures(found) == {"bad.png": "not-a-picture"}
    assert len(files(tmp_path / "out")) == 3


def test_a_cluster_that_is_not_there_is_said_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prodedit.catalogue.batch.cluster._PATIENCE", 0.5)
    here = Workshop(DOING, Decoder(), batches.engine())
    with pytest.raises(Problem) as caught:
        Cluster("tcp://127.0.0.1:9", DOING, tmp_path, batches.workshop, here)  # type: ignore[arg-type]
    assert caught.value.code == "cluster-gone"
