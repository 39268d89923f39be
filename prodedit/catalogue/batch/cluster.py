# SPDX-License-Identifier: Apache-2.0
"""The work of a batch on a dask.distributed cluster (https://distributed.dask.org).

Each worker has a Workshop of its own, so its models are loaded once. It reads photos and writes
files itself, so all need the same folders; only what was asked and what came of it travels. A
worker that is lost is no picture's fault: the scheduler gives what it had to another one. A file is
written whole or not at all, and is the same whoever makes it, so what was made twice is there once.
Needs the extra `cluster`.
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prodedit import __version__
from prodedit.catalogue.batch.asking import CLUSTER_GONE
from prodedit.catalogue.batch.doing import Doing
from prodedit.catalogue.batch.errand import Made, Work
from prodedit.catalogue.batch.mishaps import make_folder
from prodedit.catalogue.batch.work import Doer, OnStage
from prodedit.core.document import Document
from prodedit.core.problem import QT_TRANSLATE_NOOP, Cancelled, Problem

_PATIENCE = 15.0
"""Seconds in which a scheduler has to answer."""
Make = Callable[[Doing], Doer]
"""What makes a worker's Workshop; has to be importable there."""


class Cluster:
    """A Doer. Making one raises Problem where the cluster can't be reached, has no workers, or they
    are not like this computer. here: for what a person looks at, on this computer."""

    def __init__(self, address: str, doing: Doing, target: Path, make: Make, here: Doer) -> None:
        self._address = address
        self._target = target
        self._here = here
        self._bench = f"prodedit-{uuid.uuid4().hex}"
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._client: Any = self._connected()
        try:
            self.at_once = self._checked_workers()
            self._client.register_plugin(_plugin(doing, make), name=self._bench)
        except BaseException:
            self._client.close()
            raise

    def start(self) -> None:
        """Its workers load what they need when the first picture comes."""

    def do(self, work: Work, on_stage: OnStage) -> Made:
        """Raises Problem, Cancelled."""
        on_stage("cutting", 0.0)
        future = self._submitted(work)
        over = threading.Event()
        future.add_done_callback(lambda done: over.set())
        while not over.wait(0.2):
            if self._stopped.is_set():
                future.cancel()
                raise Cancelled
        return self._result(future)

    def cut_out(self, work: Work) -> Document:
        """As the Workshop on this computer does it."""
        return self._here.cut_out(work)

    def let_go(self) -> None:
        self._stopped.set()
        self._here.let_go()

    def close(self) -> None:
        self.let_go()
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            _quietly(lambda: client.unregister_worker_plugin(self._bench))
            _quietly(client.close)
        self._here.close()

    def _submitted(self, work: Work) -> Any:
        client = self._client
        if client is None or self._stopped.is_set():
            raise Cancelled
        key = f"{self._bench}-{uuid.uuid4().hex}"
        return client.submit(_do, self._bench, work, key=key, pure=False)

    def _result(self, future: Any) -> Made:
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        try:
            made: Made = future.result()
        except KilledWorker as error:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem", "The cluster lost every worker that tried this picture."
                ),
                code="workers-lost",
                details=str(error),
            ) from error
        except (FutureCancelledError, TimeoutError, OSError) as error:
            if self._stopped.is_set():
                raise Cancelled from None
            raise _unreachable(self._address, error) from error
        return made

    def _connected(self) -> Any:
        try:
            from distributed import Client
        except ImportError as error:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "Dask is not installed, which clusters need. Install it with: {command}",
                ),
                code="no-dask",
                command="pip install prodedit[cluster]",
            ) from error
        try:
            return Client(self._address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise _unreachable(self._address, error) from error

    def _checked_workers(self) -> int:
        """How many pictures they take at once. Raises Problem where there are none, or where one
        has another version or other folders."""
        make_folder(self._target / "x")
        token = self._target / f".prodedit-{uuid.uuid4().hex}.part"
        token.touch()
        try:
            found = self._client.run(_seen, str(token))
        finally:
            token.unlink(missing_ok=True)
        if not found:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "The cluster at {address} has no workers. Start some, then try again.",
                ),
                code="no-workers",
                address=self._address,
            )
        for worker, (version, sees) in found.items():
            _check_worker(worker, version, self._target if not sees else None)
        threads: dict[str, int] = self._client.nthreads()
        return sum(threads.values()) + len(threads)  # the next picture waits there already


def _check_worker(worker: str, version: str, unseen: Path | None) -> None:
    if version != __version__:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The worker {worker} has version {there} of ProdEdit, and this computer {here}. "
                "Install the same.",
            ),
            code="worker-version",
            worker=worker,
            there=version,
            here=__version__,
        )
    if unseen is not None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The worker {worker} does not see the folder “{folder}”. All workers need the same "
                "folders.",
            ),
            code="worker-folders",
            worker=worker,
            folder=str(unseen),
        )


def _unreachable(address: str, error: BaseException) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The cluster at {address} could not be reached: {why}."),
        code=CLUSTER_GONE,
        address=address,
        why=str(error) or type(error).__name__,
    )


def _quietly(end: Callable[[], object]) -> None:
    """A cluster that is gone needs no goodbye."""
    with contextlib.suppress(Exception):  # whatever a lost connection says
        end()


# On the workers ----------------------------------------------------------------------------------


def _plugin(doing: Doing, make: Make) -> Any:
    """Keeps a worker's Workshop, from its first picture until the batch is over."""
    from distributed import WorkerPlugin

    class Bench(WorkerPlugin):  # type: ignore[misc]
        def __init__(self) -> None:
            self.keeper = Keeper(doing, make)

        def teardown(self, worker: Any) -> None:
            del worker
            self.keeper.close()

    return Bench()


class Keeper:
    """Of a Workshop that is made when it is first asked for. Travels without it."""

    def __init__(self, doing: Doing, make: Make) -> None:
        self._doing = doing
        self._make = make
        self._lock = threading.Lock()
        self._doer: Doer | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return Keeper, (self._doing, self._make)

    def doer(self) -> Doer:
        with self._lock:
            if self._doer is None:
                self._doer = self._make(self._doing)
                self._doer.start()
            return self._doer

    def close(self) -> None:
        with self._lock:
            doer, self._doer = self._doer, None
        if doer is not None:
            doer.close()


def _do(bench: str, work: Work) -> Made:
    from distributed import get_worker

    keeper: Keeper = get_worker().plugins[bench].keeper
    return keeper.doer().do(work, _nobody)


def _nobody(stage: str, fraction: float) -> None:
    """Stages are not told over the network."""


def _seen(token: str) -> tuple[str, bool]:
    return __version__, Path(token).exists()
