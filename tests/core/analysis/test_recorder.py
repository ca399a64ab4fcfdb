"""What a scan finds goes into all four stores, in an order that no kill can break."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.analysis import recorder as module
from core.analysis.facts import Part, SongFacts, SongFailure
from core.analysis.recorder import BATCH, OutcomeRecorder, RecordedRun
from core.audio.probe import AudioMetadata
from core.audio.reasons import SkipReason
from core.song import SongId
from core.store.companion import FileState, Prediction
from core.store.fingerprints import ComparisonRecord
from core.store.speech import SpeechFacts
from core.store.stores import Stores
from tests.stored_facts import open_stores

EXCERPT = "center-30s"
VERSION, OLD_VERSION = "test-2", "test-1"
ITEMS = np.arange(50, dtype=np.uint32)
SPEECH = SpeechFacts(0.2, 30.0, method="m")
A, B, NEW = SongId("file:///a.mp3"), SongId("file:///b.mp3"), SongId("file:///new.mp3")


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = open_stores(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is stored for having waited too long."""
    monkeypatch.setattr(module, "LONGEST_WAIT", 1e9)


def recorder(stores: Stores) -> OutcomeRecorder:
    return OutcomeRecorder(stores, run=RecordedRun(VERSION, EXCERPT, stores.companion.file_states()))


def record(stores: Stores, *outcomes: SongFacts | SongFailure) -> None:
    one = recorder(stores)
    for outcome in outcomes:
        one.add(outcome)
    one.store()


def heard(name: str, *, damage: str = "", size: int = 100, mtime: float = 1.5, value: float = 1.0) -> SongFacts:
    return SongFacts(
        SongId(name),
        AudioMetadata(name, size, 180.0, 44100, 192, 2, "MP3", mtime),
        np.full(8, value, np.float32),
        damage,
        checksum=f"sum of {value:g}",
        items=ITEMS,
        speech=SPEECH,
    )


def recognized(name: str, same_as: str, *, size: int = 120, mtime: float = 2.5) -> SongFacts:
    """The same sound as that of a known song; nothing was decoded."""
    metadata = AudioMetadata(name, size, 180.0, 44100, 192, 2, "MP3", mtime)
    return SongFacts(SongId(name), metadata, damage=None, checksum="sum of 1", same_as=SongId(same_as))


def lost(name: str, reason: SkipReason = SkipReason.DAMAGED, *, mtime: float = 1.5) -> SongFailure:
    return SongFailure(SongId(name), reason, "why", 100, mtime)


def value_of(stores: Stores, name: str, version: str = VERSION) -> float | None:
    vector = stores.embeddings.get_embedding(name, version)
    return None if vector is None else float(vector[0])


def test_outcomes_become_facts_in_all_four_stores(stores: Stores) -> None:
    one = recorder(stores)
    for outcome in (heard("a"), heard("b", damage="half"), lost("c")):
        one.add(outcome)
    assert stores.companion.file_states() == {}, "a transaction for each song would cost more than the song"
    one.store()
    assert stores.companion.file_states() == {
        "a": FileState(SongId("a"), 100, 1.5, EXCERPT, checksum="sum of 1"),
        "b": FileState(SongId("b"), 100, 1.5, EXCERPT, None, "half", checksum="sum of 1"),
        "c": FileState(SongId("c"), 100, 1.5, EXCERPT, "damaged", "why"),
    }
    assert stores.embeddings.filenames(VERSION) == {"a", "b"}
    assert stores.fingerprints.metadata()[SongId("a")] == heard("a").metadata
    assert {name: items.tolist() for name, items in stores.fingerprints.excerpts().items()} == {
        "a": ITEMS.tolist(),
        "b": ITEMS.tolist(),
    }
    assert {name: (entry.facts, entry.mtime) for name, entry in stores.speech.entries().items()} == {
        "a": (SPEECH, 1.5),
        "b": (SPEECH, 1.5),
    }


def test_a_full_batch_is_stored_at_once(stores: Stores) -> None:
    one = recorder(stores)
    for number in range(BATCH + 5):
        one.add(heard(str(number)))
    assert (stores.embeddings.count(), len(stores.companion.file_states())) == (BATCH, BATCH)
    one.store()
    one.store()
    assert stores.embeddings.count() == len(stores.speech.entries()) == BATCH + 5


def test_the_batches_are_as_large_as_they_were_wished() -> None:
    assert 100 <= BATCH <= 1000


def test_a_song_can_soon_be_seen(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_WAIT", 0.0)
    recorder(stores).add(heard("a"))
    assert stores.embeddings.count() == 1


# ---------------------------------------------------------------------------------------- interrupted in the middle


class PowerCutError(BaseException):
    """Stands for the end of the process at a write."""


WRITES = [
    ("embeddings", "store_embeddings_batch"),
    ("fingerprints", "save"),
    ("speech", "save"),
    ("companion", "save_file_states"),
]


@pytest.mark.parametrize(("store", "write"), WRITES)
def test_between_two_stores_no_song_is_called_known_whose_facts_are_not_there(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, store: str, write: str
) -> None:
    def end(*_: object, **__: object) -> None:
        raise PowerCutError

    monkeypatch.setattr(type(getattr(stores, store)), write, end)
    with pytest.raises(PowerCutError):
        record(stores, heard("a"), heard("b"))
    assert stores.companion.file_states() == {}, "the next run takes exactly these songs again"
    monkeypatch.undo()
    record(stores, heard("a"), heard("b"))
    everywhere = {*stores.companion.file_states()}
    assert everywhere == stores.embeddings.filenames(VERSION) == stores.fingerprints.known() == {"a", "b"}
    assert set(stores.speech.entries()) == everywhere


def test_what_could_not_be_stored_for_want_of_the_disk_is_not_called_known(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The embedding of a song that is heard again must not outlive the sound that it is of."""
    record(stores, heard("a"))

    def end(*_: object, **__: object) -> None:
        raise PowerCutError

    monkeypatch.setattr(type(stores.companion), "save_file_states", end)
    with pytest.raises(PowerCutError):
        record(stores, heard("a", value=2.0, mtime=9.0))
    state = stores.companion.file_states()[SongId("a")]
    assert state.mtime == 1.5, "the file differs from what is known of it, so it is heard again"


KILLED = """
import os, signal, sys
from pathlib import Path
from core.store.{module} import {kind}
from tests.core.analysis.test_recorder import heard, record
from tests.stored_facts import open_stores

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

setattr({kind}, {write!r}, die)
record(open_stores(Path(sys.argv[1])), heard("a"), heard("b"))
"""


@pytest.mark.parametrize(
    ("where", "kind", "write"),
    [("fingerprints", "FingerprintStore", "copy"), ("companion", "CompanionStore", "save_file_states")],
)
def test_a_kill_between_two_stores_leaves_no_half_written_row(
    tmp_path: Path, where: str, kind: str, write: str
) -> None:
    code = KILLED.format(module=where, kind=kind, write=write)
    root = Path(__file__).parents[3]
    child = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=os.environ | {"PYTHONPATH": str(root)}, check=False
    )
    assert child.returncode == -signal.SIGKILL
    stores = open_stores(tmp_path)
    assert stores.companion.file_states() == {}
    assert stores.embeddings.filenames(VERSION) in (set(), {"a", "b"}), "all of a batch or nothing"
    for name in stores.embeddings.filenames(VERSION):
        assert stores.embeddings.get_embedding(name, VERSION) is not None
    record(stores, heard("a"), heard("b"))
    assert set(stores.companion.file_states()) == stores.fingerprints.known() == {"a", "b"}
    stores.close()


# ------------------------------------------------------------------------------------------------- what is replaced


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        (SkipReason.DAMAGED, False),
        (SkipReason.TOO_LONG, False),
        (SkipReason.EMPTY, False),
        (SkipReason.NO_PERMISSION, True),
        (SkipReason.MISSING, True),
    ],
)
def test_what_is_known_of_a_file_goes_when_a_bad_one_is_in_its_place(
    stores: Stores, reason: SkipReason, kept: bool
) -> None:
    stores.embeddings.store_embedding("a", np.ones(8, np.float32), OLD_VERSION)
    record(stores, heard("a"))
    stores.embeddings.store_embedding("a", np.ones(8, np.float32), OLD_VERSION)
    record(stores, lost("a", reason, mtime=7.5))
    assert stores.embeddings.get_all_versions("a") == ([OLD_VERSION, VERSION] if kept else [])
    assert (stores.fingerprints.known() == {"a"}) is kept
    assert (set(stores.speech.entries()) == {"a"}) is kept
    assert (stores.companion.file_states()[SongId("a")].reason is None) is kept


def test_a_worker_that_dies_over_what_was_missing_of_a_song_costs_no_other_fact(stores: Stores) -> None:
    record(stores, heard("a"))
    record(stores, lost("a", SkipReason.CRASHED))
    assert stores.embeddings.get_all_versions("a") == [VERSION]
    assert stores.fingerprints.known() == {"a"}
    assert stores.companion.file_states()[SongId("a")].reason == "crashed"


def test_another_sound_under_the_same_name_loses_all_that_was_known(stores: Stores) -> None:
    record(stores, heard("a"), heard("b"))
    stores.embeddings.store_embedding("a", np.ones(8, np.float32), OLD_VERSION)
    stores.fingerprints.save_whole([(heard("a").metadata, "AQAA")])
    stores.fingerprints.save_comparisons([ComparisonRecord(SongId("a"), SongId("b"), "same audio", 0.9, "")])
    record(stores, heard("a", value=2.0, mtime=7.5))
    assert stores.embeddings.get_all_versions("a") == [VERSION], "the others are of another sound"
    assert value_of(stores, "a") == 2.0
    assert stores.fingerprints.whole() == {}
    assert stores.fingerprints.comparisons() == []
    assert stores.fingerprints.unsearched() >= {"a"}
    assert stores.companion.file_states()[SongId("a")].checksum == "sum of 2"


@pytest.mark.parametrize("outcome", [heard("a", value=2.0, mtime=7.5), lost("a")])
def test_what_was_predicted_of_another_sound_goes(stores: Stores, outcome: SongFacts | SongFailure) -> None:
    record(stores, heard("a"), heard("b"))
    stores.companion.add_predictions("v", [Prediction(SongId(name), 0.9, 0.8, 1.0) for name in "ab"])
    record(stores, recognized("a", "a"), lost("b", SkipReason.MISSING))
    assert stores.companion.predicted("v") == {"a", "b"}
    record(stores, outcome)
    assert stores.companion.predicted("v") == {"b"}


def test_speech_of_another_sound_goes_even_where_nobody_listens_for_it_any_more(stores: Stores) -> None:
    record(stores, heard("a"))
    record(stores, replace(heard("a", value=2.0, mtime=7.5), speech=None, items=None))
    assert stores.speech.entries() == {}
    assert stores.fingerprints.known() == set()


def test_a_part_that_was_missing_is_added_and_the_others_stay(stores: Stores) -> None:
    record(stores, heard("a"))
    stores.embeddings.store_embedding("a", np.ones(8, np.float32), OLD_VERSION)
    written = stores.embeddings.written_at(["a"], VERSION)
    stores.speech.forget([SongId("a")])
    only_speech = replace(heard("a"), embedding=None, items=None, same_as=SongId("a"))
    record(stores, only_speech)
    assert stores.speech.entries()[SongId("a")].facts == SPEECH
    assert stores.embeddings.written_at(["a"], VERSION) == written
    assert stores.embeddings.get_all_versions("a") == [OLD_VERSION, VERSION]
    assert stores.fingerprints.known() == {"a"}


# -------------------------------------------------------------------------------------------------- retagged and moved


def test_other_tags_change_nothing_but_size_and_time(stores: Stores) -> None:
    record(stores, heard("a", damage="ends at 3 s"), heard("b"))
    stores.embeddings.store_embedding("a", np.ones(8, np.float32), OLD_VERSION)
    stores.fingerprints.save_whole([(heard("a").metadata, "AQAA")])
    written = stores.embeddings.written_at(["a"], VERSION)
    record(stores, recognized("a", "a"))
    assert stores.companion.file_states()[SongId("a")] == FileState(
        SongId("a"), 120, 2.5, EXCERPT, None, "ends at 3 s", "sum of 1"
    )
    assert stores.embeddings.written_at(["a"], VERSION) == written
    assert stores.embeddings.get_all_versions("a") == [OLD_VERSION, VERSION]
    assert stores.fingerprints.whole() == {"a": "AQAA"}
    assert (stores.fingerprints.metadata()[SongId("a")].file_size, stores.fingerprints.known()) == (120, {"a", "b"})
    assert (stores.speech.entries()[SongId("a")].mtime, stores.speech.entries()[SongId("a")].facts) == (2.5, SPEECH)


def test_a_new_name_gets_all_facts_of_the_old_one_which_keeps_them(stores: Stores) -> None:
    record(stores, heard(A, damage="ends at 3 s"))
    stores.embeddings.store_embedding(A, np.full(8, 5, np.float32), OLD_VERSION)
    stores.fingerprints.save_whole([(heard(A).metadata, "AQAA")])
    record(stores, recognized(NEW, A))
    assert (value_of(stores, NEW), value_of(stores, NEW, OLD_VERSION)) == (1.0, 5.0)
    assert stores.fingerprints.whole() == {A: "AQAA", NEW: "AQAA"}
    assert stores.fingerprints.excerpts()[NEW].tolist() == ITEMS.tolist()
    assert stores.speech.entries()[NEW].facts == SPEECH
    states = stores.companion.file_states()
    assert (states[NEW].detail, states[NEW].checksum, states[NEW].size) == ("ends at 3 s", "sum of 1", 120)
    assert states[A].size == 100, "its drive may only be away"
    assert NEW in stores.fingerprints.unsearched()


@pytest.mark.parametrize("reason", SkipReason)
def test_a_failure_that_may_be_the_encoder_s_is_held_against_the_encoder(stores: Stores, reason: SkipReason) -> None:
    record(stores, lost("a", reason))
    state, version = stores.companion.file_states()[SongId("a")], RecordedRun(VERSION, EXCERPT, {}).version
    assert state.holds_for(EXCERPT, version)
    may_be_the_encoder = reason in {SkipReason.CRASHED, SkipReason.TIMED_OUT, SkipReason.TOO_MUCH_MEMORY}
    assert state.holds_for(EXCERPT, OLD_VERSION) is not may_be_the_encoder


FACTS: dict[Part, Callable[[Stores], set[str]]] = {
    Part.EMBEDDING: lambda stores: stores.embeddings.filenames(VERSION),
    Part.FINGERPRINT: lambda stores: {str(song_id) for song_id in stores.fingerprints.known()},
    Part.SPEECH: lambda stores: {str(song_id) for song_id in stores.speech.entries()},
}


@pytest.mark.parametrize("part", FACTS)
def test_a_part_that_was_not_listened_for_is_not_there(stores: Stores, part: Part) -> None:
    empty = {Part.EMBEDDING: "embedding", Part.FINGERPRINT: "items", Part.SPEECH: "speech"}
    record(stores, replace(heard("a"), **{empty[part]: None}))
    assert {each: find(stores) for each, find in FACTS.items()} == {
        each: set() if each == part else {"a"} for each in FACTS
    }
