"""The companion store: what became of each file, predictions, runs and choices outlive the process."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.song import SongId
from core.store.companion import MIGRATIONS, CompanionStore, FileState, Prediction
from core.store.database import Database

HEARD = FileState(SongId("file:///a.mp3"), 100, 1600000000.25, "center-30s")
SKIPPED = FileState(SongId("file:///b.mp3"), -1, -1.0, "center-30s", "missing", "No such file")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "companion.db"


@pytest.fixture
def store(path: Path) -> Iterator[CompanionStore]:
    opened = CompanionStore(path)
    yield opened
    opened.close()


def test_states_of_files_come_back(store: CompanionStore, path: Path) -> None:
    store.save_file_states([HEARD, SKIPPED])
    again = CompanionStore(path)
    assert again.file_states() == {HEARD.song_id: HEARD, SKIPPED.song_id: SKIPPED}
    assert again.skipped_states() == {SKIPPED.song_id: SKIPPED}
    again.close()


@pytest.mark.parametrize(
    ("excerpt", "holds"),
    [("center-30s", True), ("center-30s v-1", True), ("center-30s v-2", False), ("center-3", False), ("", False)],
)
def test_a_failure_holds_for_its_excerpt_and_where_one_is_named_for_its_encoder(excerpt: str, holds: bool) -> None:
    assert SKIPPED._replace(excerpt=excerpt).holds_for("center-30s", "v-1") is holds


def test_the_newest_state_of_a_file_stands(store: CompanionStore) -> None:
    changed = HEARD._replace(size=200, mtime=1700000000.0, reason="damaged", detail="half")
    store.save_file_states([HEARD])
    store.save_file_states([changed])
    assert store.file_states() == {HEARD.song_id: changed}


def test_a_checksum_comes_back_and_goes_with_its_sound(store: CompanionStore, path: Path) -> None:
    store.save_file_states([HEARD._replace(checksum="c0ffee")])
    assert store.file_states()[HEARD.song_id].checksum == "c0ffee"
    store.save_file_states([HEARD._replace(reason="damaged")])
    assert store.file_states()[HEARD.song_id].checksum == ""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT checksum FROM files").fetchall() == [(None,)]


def test_a_passing_reason_never_overwrites_what_was_heard(store: CompanionStore) -> None:
    good, bad = HEARD._replace(checksum="c0ffee"), SKIPPED._replace(reason="damaged")
    store.save_file_states([good, bad])
    gone = [FileState(each.song_id, -1, -1.0, "center-30s", "missing", "gone") for each in (good, bad)]
    store.save_file_states(gone, passing={"missing", "no permission"})
    assert store.file_states() == {good.song_id: good, bad.song_id: gone[1]}
    store.save_file_states([gone[0]._replace(reason="damaged")], passing={"missing"})
    assert store.file_states()[good.song_id].reason == "damaged", "that says something of the file"


def test_predictions_are_replaced_for_one_predictor_alone(store: CompanionStore) -> None:
    first, second = (Prediction(SongId(name), 0.7, 0.5, 0.9) for name in "ab")
    store.replace_predictions("old", [first])
    store.replace_predictions("new", [first, second])
    store.replace_predictions("new", [second])
    assert store.predictions("new") == {"b": second}
    assert store.predictions("old") == {"a": first}
    store.forget_predictions_except("new")
    assert (store.predictions("new"), store.predictions("old")) == ({"b": second}, {})


def test_predictions_are_added_beside_the_earlier_ones(store: CompanionStore) -> None:
    first, second = (Prediction(SongId(name), 0.7, 0.5, 0.9) for name in "ab")
    store.replace_predictions("new", [first])
    store.add_predictions("new", [second, first._replace(rating=0.2)])
    assert store.predictions("new") == {"a": first._replace(rating=0.2), "b": second}
    assert (store.predicted("new"), store.predicted("old")) == ({"a", "b"}, set())


def test_a_file_of_the_first_version_keeps_all_that_is_in_it(path: Path) -> None:
    with closing(Database(path, migrations=MIGRATIONS[:1])) as database, database.transaction() as connection:
        connection.execute("INSERT INTO files VALUES ('file:///a.mp3', 1, 2.0, NULL, 'x', NULL, '', 3.0)")
    with closing(CompanionStore(path)) as store:
        assert store.file_states() == {"file:///a.mp3": FileState(SongId("file:///a.mp3"), 1, 2.0, "x")}
        store.verdicts.say_keep(SongId("file:///a.mp3"))
        assert store.verdicts.kept_copies() == {"file:///a.mp3"}
        assert store.ratings.changed_at() == {}


def test_predictions_that_cannot_all_be_stored_leave_the_earlier_ones(store: CompanionStore) -> None:
    one = Prediction(SongId("a"), 0.7, 0.5, 0.9)
    store.replace_predictions("new", [one])
    with pytest.raises(sqlite3.IntegrityError):
        store.replace_predictions("new", [one._replace(rating=0.1), one._replace(rating=0.2)])
    assert store.predictions("new") == {"a": one}


def test_runs_of_all_kinds_are_listed_the_newest_first(store: CompanionStore) -> None:
    for number, kind in enumerate(["scan", "evaluate", "scan"]):
        store.save_run(kind, model_version="v", report={"number": number})
    assert [(run.kind, run.report["number"]) for run in store.runs(newest=2)] == [("scan", 2), ("evaluate", 1)]


def test_only_skipped_songs_are_tried_again(store: CompanionStore) -> None:
    store.save_file_states([HEARD, SKIPPED])
    store.try_again([HEARD.song_id, SKIPPED.song_id])
    assert store.file_states() == {HEARD.song_id: HEARD, SKIPPED.song_id: SKIPPED._replace(size=-2)}


def test_the_newest_run_of_a_kind_is_told(store: CompanionStore) -> None:
    assert store.last_run("evaluate") is None
    for mae in (0.3, 0.2):
        store.save_run("evaluate", model_version="v", report={"mae": mae})
    store.save_run("train", model_version="v", report={"epochs": 3})
    assert store.last_run("evaluate") == {"mae": 0.2}


@pytest.mark.parametrize("value", ["text", 3, None, ["a", 1.5], {"version": "v", "deep": {"x": [True]}}])
def test_choices_come_back(store: CompanionStore, value: object) -> None:
    store.save_setting("choice", "before")
    store.save_setting("choice", value)
    assert store.setting("choice") == value
    assert store.setting("another") is None


def test_the_time_of_predictions_is_known(store: CompanionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.predicted_at("rating-1") is None
    for moment, name in ((100.0, "file:///a.mp3"), (200.0, "file:///b.mp3")):
        monkeypatch.setattr("core.store.companion.time.time", lambda now=moment: now)
        store.add_predictions("rating-1", [Prediction(SongId(name), 0.5, 0.4, 0.6)])
    assert store.predicted_at("rating-1") == 200.0
    assert store.predicted_at("rating-2") is None
