"""A scan from files to stores: everything heard is stored, everything else is listed, nothing is lost on the way."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.analysis import recorder as recorder_module
from core.analysis import scan as scan_module
from core.analysis.facts import AnalysisSettings, EncoderChoice, EncoderFacts, ExcerptChoice, Part, SongTask
from core.analysis.plan import KnownFacts, plan_tasks
from core.analysis.recorder import OutcomeRecorder, RecordedRun
from core.analysis.scan import ScanFinished, embedding_version, progress, scan
from core.analysis.speech import method_name
from core.file_url import url_from_path
from core.jobs.events import Control, Event, Progress, SongAnalysed, SongSkipped
from core.jobs.process_pool import WorkerPool
from core.song import UNRATED, Song
from core.store.stores import Stores
from tests.audio_files import FORMATS, chord, tone, truncate, write_sound
from tests.stored_facts import open_stores

EXCERPT = ExcerptChoice(duration=2.0)
SETTINGS = AnalysisSettings(EncoderChoice("SimpleAudioEncoder", 8, 42), EXCERPT)
VERSION = "test-1"


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = open_stores(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is stored for having waited too long."""
    monkeypatch.setattr(recorder_module, "LONGEST_WAIT", 1e9)


def test_the_plan_s_own_excerpt_needs_no_mention() -> None:
    facts = EncoderFacts("spectral-1-abc", 8, "SpectralEncoder")
    assert embedding_version(facts, ExcerptChoice()) == "spectral-1-abc"
    assert embedding_version(facts, EXCERPT) == "spectral-1-abc-center-2s-22050Hz-max900s"


def test_progress_tells_speed_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_module.time, "monotonic", lambda: 110.0)
    assert progress(5, 20, started=100.0) == Progress(5, 20, 0.5, 30.0)
    assert progress(0, 20, started=100.0) == Progress(0, 20, 0.0, None)
    assert progress(0, 20, started=110.0) == Progress(0, 20, 0.0, None)


@pytest.fixture
def library(tmp_path: Path) -> list[Song]:
    """Twelve songs in the six formats, and three that cannot be heard."""
    music = tmp_path / "music"
    music.mkdir()
    for number in range(12):
        suffix = FORMATS[number % len(FORMATS)]
        write_sound(music / f"{number:02} é.{suffix}", chord(seconds=3) if number % 2 else tone(330, seconds=3))
    truncate(write_sound(music / "cut.flac", chord(seconds=6)), share=0.05)
    (music / "text.mp3").write_text("no music" * 500)
    paths = [*sorted(music.iterdir()), music / "missing.ogg"]
    return [Song(n, p.stem, "Artist", "Album", 2001, UNRATED, url_from_path(p)) for n, p in enumerate(paths)]


def recorder(stores: Stores) -> OutcomeRecorder:
    return OutcomeRecorder(stores, run=RecordedRun(VERSION, EXCERPT.name, stores.companion.file_states()))


def tasks_of(library: list[Song], stores: Stores) -> list[SongTask]:
    having: dict[Part, AbstractSet[str]] = {
        Part.EMBEDDING: stores.embeddings.filenames(VERSION),
        Part.FINGERPRINT: stores.fingerprints.known(),
        Part.SPEECH: stores.speech.known(method_name()),
    }
    known = KnownFacts(stores.companion.file_states(), having, version=VERSION)
    return plan_tasks(library, known=known, excerpt=EXCERPT.name)


def begin(library: list[Song], stores: Stores, pool: WorkerPool, *, control: Control | None = None) -> Any:  # noqa: ANN401 - a generator, closed by some tests
    return scan(
        tasks_of(library, stores),
        settings=SETTINGS,
        pool=pool,
        workers=1,
        recorder=recorder(stores),
        control=control or Control(),
    )


def last(events: list[Event]) -> ScanFinished:
    assert isinstance(events[-1], ScanFinished)
    return events[-1]


def test_a_library_is_heard_whole_and_then_known(library: list[Song], stores: Stores, pool: WorkerPool) -> None:
    events = list(begin(library, stores, pool))
    finished = last(events)
    assert (finished.complete, finished.songs, finished.analysed, finished.skipped) == (True, 15, 12, 3)
    assert (finished.failed, finished.workers) == (0, 1)
    assert finished.songs_per_second == pytest.approx(15 / finished.seconds)
    skipped = {Path(event.song_id).name: event.reason for event in events if isinstance(event, SongSkipped)}
    assert skipped == {"cut.flac": "damaged", "text.mp3": "not audio", "missing.ogg": "missing"}
    assert [event.done for event in events if isinstance(event, Progress)] == list(range(16))
    heard = stores.embeddings.filenames(VERSION)
    assert len(heard) == 12
    assert heard == stores.fingerprints.known() == stores.speech.known(method_name()), "one decode gives all of it"
    assert all(state.checksum for state in stores.companion.file_states().values() if state.reason is None)
    assert {state.reason for state in stores.companion.file_states().values()} == {None, *skipped.values()}
    assert tasks_of(library, stores) == []


def test_a_scan_that_is_dropped_keeps_what_it_has_told(
    library: list[Song], stores: Stores, pool: WorkerPool, slow_clock: None
) -> None:
    events = begin(library, stores, pool)
    told = set[str]()
    for event in events:
        if isinstance(event, SongAnalysed | SongSkipped):
            told.add(event.song_id)
        if len(told) == 4:
            break
    events.close()
    assert set(stores.companion.file_states()) == told
    finished = last(list(begin(library, stores, pool)))
    assert (finished.complete, finished.songs, stores.embeddings.count()) == (True, 11, 12)


def test_a_scan_that_is_stopped_continues_later(library: list[Song], stores: Stores, pool: WorkerPool) -> None:
    control = Control()
    events = list[Event]()
    for event in begin(library, stores, pool, control=control):
        events.append(event)
        if isinstance(event, SongAnalysed):
            control.stop()
    first = last(events)
    assert not first.complete
    assert 0 < first.analysed + first.skipped < 15
    second = last(list(begin(library, stores, pool)))
    assert second.songs == 15 - first.analysed - first.skipped
    assert (second.complete, stores.embeddings.count()) == (True, 12)


SLOW_ENCODER = """
import os, pathlib, threading, torch

class Slow(torch.nn.Module):
    def forward(self, audio):
        here = pathlib.Path(__file__).parent
        if (here / "armed").exists():
            (here / "armed").unlink()
            (here / "pid.part").write_text(str(os.getpid()))
            (here / "pid.part").replace(here / "pid")
            threading.Event().wait(60)
        return audio[:, :3]

    def get_embedding_dim(self):
        return 3
"""


def test_a_worker_that_is_killed_in_the_middle_costs_one_song(
    library: list[Song], stores: Stores, pool: WorkerPool, tmp_path: Path
) -> None:
    (tmp_path / "slow.py").write_text(SLOW_ENCODER)
    (tmp_path / "armed").touch()
    killed = threading.Event()

    def kill_worker() -> None:
        while not killed.wait(0.02):
            if (tmp_path / "pid").exists():
                os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
                killed.set()

    killer = threading.Thread(target=kill_worker)
    killer.start()
    settings = AnalysisSettings(EncoderChoice("slow:Slow", 3, 42, folder=tmp_path), EXCERPT)
    tasks = tasks_of(library, stores)
    events = list(scan(tasks, settings=settings, pool=pool, workers=1, recorder=recorder(stores), control=Control()))
    killed.set()
    killer.join()
    finished = last(events)
    assert (finished.complete, finished.analysed, finished.skipped, finished.failed) == (True, 11, 4, 1)
    (crashed,) = [state for state in stores.companion.file_states().values() if state.reason == "crashed"]
    assert crashed.detail == "the worker was ended by SIGKILL"
    (hit,) = [song.filepath for song in library if song.song_id == crashed.song_id]
    assert (hit.name, hit.stat().st_size) == ("11 é.opus", crashed.size), "the first of the plan that can be heard"
    assert tasks_of(library, stores) == [], "it is not tried again before its file or the encoder changes"


def test_a_file_that_changes_is_heard_again(library: list[Song], stores: Stores, pool: WorkerPool) -> None:
    library = library[:2]
    list(begin(library, stores, pool))
    before = stores.embeddings.get_embedding(library[0].song_id, VERSION)
    assert before is not None
    shutil.copy(library[1].filepath, library[0].filepath)
    assert last(list(begin(library, stores, pool))).songs == 1
    after = stores.embeddings.get_embedding(library[0].song_id, VERSION)
    assert after is not None
    assert not np.array_equal(before, after)
    library[0].filepath.write_text("no music any more" * 100)
    assert last(list(begin(library, stores, pool))).skipped == 1
    assert stores.embeddings.filenames(VERSION) == {library[1].song_id}


def test_the_numbers_of_one_song_are_numbers(library: list[Song], stores: Stores, pool: WorkerPool) -> None:
    finished = last(list(begin(library[:1], stores, pool)))
    assert [type(number) for number in (finished.analysed, finished.recognized, finished.damaged)] == [int] * 3
    assert (finished.analysed, finished.recognized, finished.damaged) == (1, 0, 0)


def test_nothing_to_do_is_done_at_once(stores: Stores, pool: WorkerPool) -> None:
    assert last(list(begin([], stores, pool))).complete
