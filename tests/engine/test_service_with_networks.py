# SPDX-License-Identifier: Apache-2.0
"""The whole walk with the real program and real weights, where they were pulled."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest

from prodedit.core.problem import Problem
from prodedit.engine.results import MaskResult
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.desk import PATIENCE
from prodedit.engine.service.jobs import Job
from prodedit.engine.service.store import Status, default_store
from prodedit.engine.tasks import RemoveBackground
from tests.fakes import wait_until
from tests.scenes import studio_scene


@pytest.fixture(scope="module")
def client() -> Iterator[EngineClient]:
    if default_store().state("u2net").status is Status.MISSING:
        pytest.skip("no weights: prodedit models pull u2net")
    with EngineClient() as engine:
        engine.start(RemoveBackground("u2net"))
        yield engine


@pytest.mark.slow
def test_a_product_is_cut_out_in_the_other_process(client: EngineClient) -> None:
    scene = studio_scene("mug", "sweep", (480, 360))
    source = np.dstack([scene.picture[..., ::-1], np.full_like(scene.alpha, 255)])
    seen: list[Job] = []
    result = client.run(RemoveBackground("u2net"), {"source": source}, on_progress=seen.append)
    assert isinstance(result, MaskResult)
    found, true = result.alpha > 127, scene.alpha > 127
    assert (found & true).sum() / (found | true).sum() > 0.9
    assert result.model == "u2net"
    assert seen[-1].progress.fraction == 1.0


@pytest.mark.slow
def test_a_plain_picture_is_refused_and_the_process_stays(client: EngineClient) -> None:
    wait_until(lambda: client.process_id is not None)
    pid = client.process_id
    with pytest.raises(Problem):
        client.run(RemoveBackground("u2net"), {"source": np.full((64, 64, 4), 255, np.uint8)})
    with pytest.raises(Problem) as caught:
        client.run(RemoveBackground("no-such-model"), {"source": np.zeros((64, 64, 4), np.uint8)})
    assert "no-such-model" in str(caught.value) or caught.value.code == "nothing-found"
    assert client.process_id == pid


@pytest.mark.slow
def test_a_cancelled_network_stops_and_the_process_stays(client: EngineClient) -> None:
    """IS-Net runs for seconds, of which one that is cancelled early does not take half."""
    if default_store().state("isnet").status is Status.MISSING:
        pytest.skip("no weights: prodedit models pull isnet")
    scene = studio_scene("mug", "sweep", (480, 360))
    source = np.dstack([scene.picture[..., ::-1], np.full_like(scene.alpha, 255)])
    task, plain = RemoveBackground("isnet"), np.zeros((8, 8, 4), np.uint8)
    with EngineClient(patience=PATIENCE._replace(cancel=600.0)) as client:
        whole = -time.monotonic()
        client.run(task, {"source": source})  # it is loaded, then
        whole += time.monotonic()
        pid = client.process_id
        ticket = client.submit(task, {"source": source})
        wait_until(lambda: ticket.job.progress.text)
        time.sleep(whole / 10)  # in the midst of it
        begun = time.monotonic()
        ticket.cancel()
        with pytest.raises(Problem):  # the next job's turn comes when the network has let go
            client.run(task, {"source": plain})
        assert time.monotonic() - begun < whole / 2
        assert client.process_id == pid
