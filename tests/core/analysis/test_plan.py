"""Which songs are listened to, and in which order: new or changed ones, rated ones first."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.analysis import plan
from core.analysis.facts import ALL_PARTS, NO_PART, KnownSound, Part, SongTask
from core.analysis.plan import MOST_ALIKE, KnownFacts, plan_tasks, task_of
from core.file_url import url_from_path
from core.song import UNRATED, Song, SongId
from core.store.companion import FileState

EXCERPT = "center-30s"
MODIFIED = 1_600_000_000.0


@pytest.fixture
def song(tmp_path: Path) -> Song:
    """A song whose file is there."""
    path = tmp_path / "a.mp3"
    path.write_bytes(b"1234")
    os.utime(path, (MODIFIED, MODIFIED))
    return Song(1, "Title", "Artist", "Album", 2001, UNRATED, url_from_path(path))


def heard(song: Song, reason: str | None = None) -> FileState:
    return FileState(song.song_id, 4, MODIFIED, EXCERPT, reason)


def known(*states: FileState, missing: Part = NO_PART, **durations: float) -> KnownFacts:
    """All parts of these songs but the missing ones; durations by the name in the URL."""
    names = {str(state.song_id) for state in states if state.reason is None}
    having = {part: set() if part in missing else names for part in ALL_PARTS}
    lengths = {SongId(f"file:///{name}.mp3"): seconds for name, seconds in durations.items()}
    return KnownFacts({state.song_id: state for state in states}, having, lengths)


def planned(song: Song, state: FileState | None, *, missing: Part = NO_PART, excerpt: str = EXCERPT) -> bool:
    facts = known(state, missing=missing) if state else known()
    return bool(plan_tasks([song], known=facts, excerpt=excerpt))


def test_a_new_song_is_listened_to_and_a_known_one_is_not(song: Song) -> None:
    assert planned(song, None)
    assert not planned(song, heard(song))


def test_another_excerpt_or_encoder_hears_all_songs_again(song: Song) -> None:
    assert planned(song, heard(song), excerpt="start-10s")
    assert planned(song, heard(song), missing=Part.EMBEDDING)


def test_a_file_that_was_replaced_is_listened_to_again(song: Song) -> None:
    song.filepath.write_bytes(b"12345")
    os.utime(song.filepath, (MODIFIED, MODIFIED))
    assert planned(song, heard(song)), "its size differs"
    song.filepath.write_bytes(b"1234")
    os.utime(song.filepath, (MODIFIED + 1, MODIFIED + 1))
    assert planned(song, heard(song)), "its time differs"


def test_a_file_that_is_gone_for_now_keeps_its_facts(song: Song) -> None:
    song.filepath.unlink()
    assert not planned(song, heard(song))


def test_what_a_song_lacks_is_made_up_for_when_its_file_is_back(song: Song) -> None:
    away = song.filepath.with_suffix(".away")
    song.filepath.rename(away)
    assert not planned(song, heard(song), missing=Part.SPEECH)
    assert not planned(song, heard(song), excerpt="start-10s")
    away.rename(song.filepath)
    assert planned(song, heard(song), missing=Part.SPEECH)
    assert planned(song, heard(song), excerpt="start-10s")


@pytest.mark.parametrize("reason", ["damaged", "too long", "not audio", "crashed", "timed out", "too much memory"])
def test_a_skipped_song_is_tried_again_when_its_file_changes(song: Song, reason: str) -> None:
    assert not planned(song, heard(song, reason))
    os.utime(song.filepath, (MODIFIED + 1, MODIFIED + 1))
    assert planned(song, heard(song, reason))


def test_a_missing_song_is_tried_again_when_its_file_is_there(song: Song) -> None:
    state = FileState(song.song_id, -1, -1.0, EXCERPT, "missing")
    assert planned(song, state)
    song.filepath.unlink()
    assert not planned(song, state)


@pytest.mark.parametrize("is_open", [True, False])
def test_a_song_that_was_closed_to_us_is_tried_again_once_it_is_open(
    song: Song, is_open: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[tuple[str, int]]()

    def access(path: str, mode: int) -> bool:
        asked.append((path, mode))
        return is_open

    monkeypatch.setattr(plan.os, "access", access)
    assert planned(song, heard(song, "no permission")) is is_open
    assert asked == [(song.location, os.R_OK)]


def test_a_closed_song_that_is_gone_or_has_no_possible_name_is_not_tried_again(song: Song) -> None:
    song.filepath.unlink()
    assert not planned(song, heard(song, "no permission"))
    impossible = replace(song, filename="file:///music/zero%00byte.mp3")
    assert not planned(impossible, heard(impossible, "no permission"))


def test_a_skipped_song_is_tried_again_with_another_excerpt(song: Song) -> None:
    assert planned(song, heard(song, "too long"), excerpt="center-30s-max3600s")


@pytest.mark.parametrize("reason", ["crashed", "timed out", "too much memory"])
def test_what_failed_with_one_encoder_is_tried_with_another(song: Song, reason: str) -> None:
    state = heard(song, reason)._replace(excerpt=f"{EXCERPT} spectral-1")
    facts = known(state)
    assert plan_tasks([song], known=replace(facts, version="spectral-1"), excerpt=EXCERPT) == []
    (task,) = plan_tasks([song], known=replace(facts, version="spectral-2"), excerpt=EXCERPT)
    assert (task.checksum, task.missing) == ("", ALL_PARTS)
    assert planned(song, state, excerpt="start-10s")


def test_an_unavailable_song_is_never_listened_to(song: Song) -> None:
    assert not planned(replace(song, unavailable=True), None)


def test_a_stream_is_no_file_and_told_so_once(song: Song) -> None:
    stream = replace(song, filename="http://radio/live.ogg")
    assert task_of(stream).path is None
    assert not planned(stream, heard(stream, "not a local file")._replace(size=-1, mtime=-1.0))


def test_a_name_that_no_file_can_have_stops_no_plan(song: Song) -> None:
    impossible = replace(song, filename="file:///music/zero%00byte.mp3")
    assert planned(impossible, None)
    assert not planned(impossible, heard(impossible, "missing"))


def test_rated_songs_come_first_then_the_newest(song: Song) -> None:
    songs = [
        replace(song, rowid=number, filename=f"file:///{name}", rating=rating, mtime=mtime)
        for number, (name, rating, mtime) in enumerate(
            [
                ("old", UNRATED, 10),
                ("rated old", 0.2, 5),
                ("unknown time", UNRATED, -1),
                ("new", UNRATED, 30),
                ("rated new", 0.1, 20),
                ("misclick", 0.0, 40),
                ("old but added later", UNRATED, 10),
            ]
        )
    ]
    tasks = plan_tasks(songs, known=known(), excerpt=EXCERPT)
    assert [task.song_id.removeprefix("file:///") for task in tasks] == [
        *("rated new", "rated old", "misclick", "new", "old but added later", "old", "unknown time"),
    ]


def test_a_cue_track_is_a_section_of_its_file(song: Song) -> None:
    track = replace(song, is_cue_track=True, beginning=61.5, duration=120.0)
    assert task_of(track) == SongTask(track.song_id, song.filepath, 61.5, 120.0)
    assert track.song_id.endswith("#t=61.5")
    last = replace(track, duration=-1.0)
    assert task_of(last).length is None, "to the end of the file"


def test_a_whole_file_is_heard_whole_whatever_the_player_thinks_of_its_length(song: Song) -> None:
    assert task_of(replace(song, duration=3.0)) == SongTask(song.song_id, song.filepath, 0.0, None)


@pytest.mark.parametrize(
    ("beginning", "duration", "is_planned"),
    [(61.5, 120.0, False), (61.5, 90.0, True), (61.5, -1.0, True), (61.50000001, 120.0, False)],
)
def test_a_cue_track_of_another_length_is_another_sound(
    song: Song, beginning: float, duration: float, is_planned: bool
) -> None:
    track = replace(song, is_cue_track=True, beginning=61.5, duration=120.0)
    state = heard(track)._replace(checksum="1:c0ffee" + task_of(track).section)
    edited = replace(track, beginning=beginning, duration=duration)
    assert planned(edited, state) is is_planned
    assert not planned(edited, heard(track)), "a checksum from before there were any says nothing"
    song.filepath.unlink()
    assert not planned(edited, state), "what an unmounted drive holds is heard when it is back"


def test_music_that_is_mounted_elsewhere_is_heard_there(song: Song) -> None:
    mapped = replace(song, filename="file:///their/a.mp3", mapped_path=str(song.filepath))
    assert task_of(mapped).path == song.filepath
    assert not planned(mapped, heard(mapped))


# --------------------------------------------------------------------------------------------- only what is missing


@pytest.mark.parametrize("missing", [*ALL_PARTS, Part.EMBEDDING | Part.SPEECH])
def test_only_what_is_missing_is_asked_for(song: Song, missing: Part) -> None:
    state = heard(song)._replace(checksum="c0ffee")
    (task,) = plan_tasks([song], known=known(state, missing=missing), excerpt=EXCERPT)
    assert (task.missing, task.checksum, task.alike) == (missing, "c0ffee", ())


def test_a_part_that_is_not_wanted_is_not_missing(song: Song) -> None:
    names = {str(song.song_id)}
    facts = KnownFacts({song.song_id: heard(song)}, {Part.EMBEDDING: names})
    assert facts.missing(song.song_id) == NO_PART
    assert plan_tasks([song], known=facts, excerpt=EXCERPT) == []


def test_a_changed_file_is_looked_at_with_the_checksum_of_what_is_known(song: Song) -> None:
    os.utime(song.filepath, (MODIFIED + 1, MODIFIED + 1))
    state = heard(song)._replace(checksum="c0ffee")
    (task,) = plan_tasks([song], known=known(state), excerpt=EXCERPT)
    assert (task.checksum, task.missing) == ("c0ffee", NO_PART), "only its tags may have changed"


@pytest.mark.parametrize("reason", ["damaged", "crashed"])
def test_nothing_is_known_of_a_changed_file_that_gave_nothing(song: Song, reason: str) -> None:
    os.utime(song.filepath, (MODIFIED + 1, MODIFIED + 1))
    (task,) = plan_tasks([song], known=known(heard(song, reason)), excerpt=EXCERPT)
    assert (task.checksum, task.missing) == ("", ALL_PARTS)


def test_facts_of_another_excerpt_are_facts_of_another_sound(song: Song) -> None:
    state = heard(song)._replace(checksum="c0ffee")
    (task,) = plan_tasks([song], known=known(state), excerpt="start-10s")
    assert (task.checksum, task.missing, task.alike) == ("", ALL_PARTS, ())


# ------------------------------------------------------------------------------------- under another name

OLD = SongId("file:///old.mp3")
GONE = FileState(OLD, 4, MODIFIED, EXCERPT, checksum="c0ffee")


def alike(song: Song, facts: KnownFacts, *others: Song, excerpt: str = EXCERPT) -> tuple[KnownSound, ...]:
    tasks = {task.song_id: task for task in plan_tasks([song, *others], known=facts, excerpt=excerpt)}
    return tasks[song.song_id].alike


def test_a_new_song_may_be_a_known_one_of_its_size(song: Song) -> None:
    assert alike(song, known(GONE)) == (KnownSound("c0ffee", OLD),)
    assert alike(song, known(GONE._replace(size=5))) == ()


@pytest.mark.parametrize(
    ("seconds", "found"), [(100.0, True), (99.1, True), (101.9, True), (98.9, False), (102.0, False)]
)
def test_a_new_song_may_be_one_that_is_gone_and_of_its_length(song: Song, seconds: float, found: bool) -> None:
    """Moved and retagged, so that its size differs too."""
    facts = known(GONE._replace(size=5000), old=seconds)
    assert (alike(replace(song, duration=100.5), facts) != ()) is found


def test_a_song_of_no_known_length_is_found_by_its_size_alone(song: Song) -> None:
    assert alike(replace(song, duration=-1.0), known(GONE._replace(size=5000), old=0.5)) == ()


@pytest.mark.parametrize(
    "state", [GONE._replace(checksum=""), GONE._replace(reason="damaged"), GONE._replace(excerpt="x")]
)
def test_only_a_song_with_facts_that_hold_can_lend_them(song: Song, state: FileState) -> None:
    assert alike(song, known(state)) == ()


def test_a_song_of_which_a_part_is_missing_lends_nothing(song: Song) -> None:
    assert alike(song, known(GONE, missing=Part.SPEECH)) == ()


def test_a_song_that_is_looked_at_itself_lends_nothing(song: Song, tmp_path: Path) -> None:
    """Tracks that were numbered anew: 2 became 3, 1 became 2."""
    changed = replace(song, filename=url_from_path(tmp_path / "2.mp3"))
    changed.filepath.write_bytes(b"other")
    state = GONE._replace(song_id=changed.song_id)
    assert alike(song, known(state), changed) == ()
    os.utime(changed.filepath, (MODIFIED, MODIFIED))
    changed.filepath.write_bytes(b"1234")
    os.utime(changed.filepath, (MODIFIED, MODIFIED))
    assert alike(song, known(state), changed) != ()


def test_a_thousand_files_of_one_size_are_not_all_compared(song: Song) -> None:
    states = [GONE._replace(song_id=SongId(f"file:///{number}.mp3")) for number in range(MOST_ALIKE + 5)]
    assert len(alike(song, known(*states))) == MOST_ALIKE
