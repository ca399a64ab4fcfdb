"""A real Dask scheduler with two workers on the loopback: the same outcomes as here, and what ends costs one song."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import numpy as np
import psutil
import pytest

from core.analysis import worker
from core.analysis.facts import AnalysisSettings, EncoderChoice, Part, SongFacts, SongFailure, SongOutcome, SongTask
from core.analysis.run import analyse_songs
from core.audio.reasons import SkipReason
from core.errors import UserError
from core.jobs.cluster import ClusterPool, cluster_pool
from core.jobs.events import Control
from core.jobs.process_pool import WorkerDied, WorkerPool
from core.song import SongId
from tests.audio_files import tone, write_sound
from tests.integration.waiting import wait_for

pytest.importorskip("distributed", reason="the extra cluster is not installed")

ROOT = Path(__file__).parents[2]
LIMIT = 30.0
SETTINGS = AnalysisSettings(EncoderChoice("SpectralEncoder", 64, 42), parts=Part.EMBEDDING | Part.FINGERPRINT)


class Cluster:
    """A scheduler and workers in processes of their own; what they say is in ``log``."""

    def __init__(self, folder: Path, *, processes: ExitStack) -> None:
        self._folder, self._processes = folder, processes
        self._log = processes.enter_context((folder / "log").open("a"))
        place = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(place))
        wait_for(place.exists, limit=LIMIT, what="the scheduler")
        self.address = str(json.loads(place.read_text())["address"]).removeprefix("tcp://")

    def add_workers(self, count: int, *, threads: int = 1) -> None:
        self._start(
            "worker",
            self.address,
            *("--nthreads", str(threads), "--nworkers", str(count), "--local-directory", str(self._folder)),
        )

    def pool(self, *, workers: int = 2, time_limit: float = 60.0) -> ClusterPool:
        """A pool, once so many workers are there."""

        def ask() -> ClusterPool | None:
            try:
                pool = cluster_pool(self.address, time_limit=time_limit)
            except UserError:
                return None
            if pool.workers >= workers:
                return pool
            pool.shutdown()
            return None

        return wait_for(ask, limit=LIMIT, what=f"{workers} workers")

    def _start(self, kind: str, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1", "--no-dashboard"]
        return self._processes.enter_context(running([*command, *arguments], log=self._log))


@contextmanager
def running(command: list[str], *, log: IO[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that is ended with all that it started."""
    with subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
                for member in reversed(family):  # the nanny first, or it would start another worker
                    try:
                        member.kill()
                    except psutil.NoSuchProcess:
                        continue


@contextmanager
def started(folder: Path, *, workers: int) -> Iterator[Cluster]:
    with ExitStack() as processes:
        cluster = Cluster(folder, processes=processes)
        if workers:
            cluster.add_workers(workers)
        yield cluster


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started(tmp_path_factory.mktemp("cluster"), workers=2) as shared:
        yield shared


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> list[SongTask]:
    folder = tmp_path_factory.mktemp("music")
    names = ["a.wav", "b.flac", "na\udcefve.wav", "d.wav"]
    paths = [write_sound(folder / name, tone(300.0 + 50 * n)) for n, name in enumerate(names)]
    (folder / "empty.mp3").touch()
    paths += [folder / "empty.mp3", folder / "missing.flac"]
    return [SongTask(SongId(str(number)), path) for number, path in enumerate(paths)]


def outcomes(
    songs: list[SongTask], pool: ClusterPool | WorkerPool, *, analyse: Callable[..., SongOutcome] = worker.analyse
) -> Iterator[SongOutcome]:
    return analyse_songs(
        songs, analyse=analyse, settings=SETTINGS, executor=pool, workers=pool.workers, control=Control()
    )


def brief(outcome: SongOutcome) -> tuple[str, object]:
    if isinstance(outcome, SongFacts):
        return outcome.song_id, outcome.metadata
    return outcome.song_id, (outcome.reason, outcome.detail)


def vectors(found: list[SongOutcome]) -> dict[str, "np.ndarray[tuple[int, ...], np.dtype[np.float32]] | None"]:
    return {outcome.song_id: outcome.embedding for outcome in found if isinstance(outcome, SongFacts)}


def test_the_workers_find_what_the_local_pool_finds(cluster: Cluster, songs: list[SongTask]) -> None:
    with WorkerPool(1, preload=worker.PRELOAD) as pool:
        here = sorted(outcomes(songs, pool), key=lambda outcome: outcome.song_id)
    with cluster.pool() as pool:
        there = sorted(outcomes(songs, pool), key=lambda outcome: outcome.song_id)
    assert [brief(outcome) for outcome in there] == [brief(outcome) for outcome in here]
    assert len(vectors(there)) == 4
    np.testing.assert_allclose(list(vectors(there).values()), list(vectors(here).values()), rtol=1e-5)


def test_a_worker_that_is_killed_costs_one_song_at_most(cluster: Cluster, songs: list[SongTask]) -> None:
    many = [SongTask(SongId(f"{song.song_id}-{n}"), song.path) for n in range(8) for song in songs[:4]]
    with cluster.pool() as pool:
        victim = pool.submit(os.getpid).result(LIMIT)
        run = outcomes(many, pool, analyse=look_briefly)
        found = [next(run)]
        psutil.Process(victim).kill()
        found += run
    assert sorted(outcome.song_id for outcome in found) == sorted(song.song_id for song in many)
    crashed = [outcome for outcome in found if isinstance(outcome, SongFailure) and outcome.reason != SkipReason.EMPTY]
    assert [outcome.reason for outcome in crashed] in ([], [SkipReason.CRASHED])


def test_what_kills_its_worker_kills_no_other(cluster: Cluster) -> None:
    with cluster.pool() as pool:
        before = all_workers(pool)
        poison: Future[None] = pool.submit(os._exit, 9)
        others = [pool.submit(abs, -number) for number in range(20)]
        with pytest.raises(WorkerDied):
            poison.result(LIMIT)
        assert [other.result(LIMIT) for other in others] == list(range(20))
        wait_for(lambda: pool.workers == 2, limit=LIMIT, what="the nanny's new worker")
        assert len(before & all_workers(pool)) == 1


def test_what_hangs_is_given_up(cluster: Cluster) -> None:
    with cluster.pool(time_limit=1.0) as pool:
        with pytest.raises(TimeoutError):
            pool.submit(time.sleep, 3600).result(LIMIT)
        assert pool.submit(abs, -1).result(LIMIT) == 1


def test_the_error_of_a_task_is_its_own(cluster: Cluster) -> None:
    with cluster.pool(workers=1) as pool, pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 1, 0).result(LIMIT)


def test_what_waits_can_be_taken_back_and_what_is_left_is_dropped(cluster: Cluster) -> None:
    pool = cluster.pool(workers=1)
    waiting = [pool.submit(time.sleep, 0.3) for _ in range(12)]
    assert waiting[-1].cancel()
    pool.shutdown(cancel_futures=True)
    assert all(future.done() for future in waiting)


def test_a_worker_without_the_music_is_named(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = Path("Music of another machine")  # relative, so that it is only there where the test runs
    monkeypatch.chdir(tmp_path)
    hidden.mkdir()
    with cluster.pool(workers=1) as pool:
        pool.require_paths([tmp_path, tmp_path / "is not here either"])
        with pytest.raises(UserError, match=r"The Dask worker tcp://127\.0\.0\.1:\d+ cannot read Music of another"):
            pool.require_paths([tmp_path, hidden])


def test_a_scheduler_that_goes_away_ends_the_run(
    tmp_path: Path, songs: list[SongTask], capfd: pytest.CaptureFixture[str]
) -> None:
    with started(tmp_path, workers=0) as own:
        with pytest.raises(UserError, match=f"The Dask scheduler at {own.address} has no worker"):
            cluster_pool(own.address)
        own.add_workers(1, threads=2)
        with own.pool(workers=1) as pool:
            assert "--nthreads 1" in pool.notice
            run = outcomes(songs * 200, pool, analyse=look_briefly)
            next(run)
            own.scheduler.kill()
            with pytest.raises(UserError, match=rf"the Dask scheduler at {own.address} was lost.*kept"):
                list(run)
            with pytest.raises(UserError, match="was lost"):
                pool.submit(abs, -1)
    assert capfd.readouterr() == ("", "")


def all_workers(pool: ClusterPool) -> set[int]:
    """The processes, each of which answers while the other is busy."""
    busy = [pool.submit(slow_pid) for _ in range(2)]
    return {future.result(LIMIT) for future in busy}


def look_briefly(task: SongTask, _settings: AnalysisSettings) -> SongOutcome:
    """An analysis that is in work when something ends, and needs no torch in a worker that is new."""
    time.sleep(0.05)
    return SongFailure(task.song_id, SkipReason.EMPTY, "")


def slow_pid() -> int:
    time.sleep(0.5)
    return os.getpid()
