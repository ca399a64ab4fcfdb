"""One song: what is known of its sound is found again under other tags and names, and nothing else is."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from core.analysis.speech import method_name
from core.analysis.speech_class import SpeechClass
from tests.planted_copies import melody
from tests.scanned_library import SECONDS, ScannedLibrary, id_of, retag, sound, touch_later, vector_of, written_at

# --------------------------------------------------------------------------------------------- other tags, other sound


@pytest.mark.parametrize("ending", ["flac", "mp3", "ogg", "opus", "m4a"])
def test_other_tags_cost_no_decode(music: ScannedLibrary, ending: str) -> None:
    path = music.add(f"a.{ending}", sound(1))
    with music.open() as engine:
        music.scan(engine)
        before, vector, speech = (
            written_at(engine),
            vector_of(engine, id_of(engine, path)),
            engine.stores.speech.entries(),
        )
        items = engine.stores.fingerprints.excerpts()[id_of(engine, path)]
        retag(path)
        scanned = music.scan(engine)
        song_id = id_of(engine, path)
        assert (scanned.counts, scanned.decoded) == ((0, 1, 0), 0)
        assert scanned.recognized == {song_id: song_id}
        assert written_at(engine) == before
        np.testing.assert_array_equal(vector_of(engine, song_id), vector)
        np.testing.assert_array_equal(engine.stores.fingerprints.excerpts()[song_id], items)
        assert engine.stores.speech.entries()[song_id].facts == speech[song_id].facts
        assert engine.stores.companion.file_states()[song_id].size == path.stat().st_size
        assert music.scan(engine).opened == 0, "and it is looked at once"


def test_what_was_damaged_is_still_told_of_a_retagged_file(music: ScannedLibrary) -> None:
    path = music.add("a.mp3", melody(seed=1, seconds=40.0))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4000] = os.urandom(4000)
    path.write_bytes(data)
    with music.open() as engine:
        music.scan(engine)
        damage = engine.stores.companion.file_states()[id_of(engine, path)].detail
        retag(path)
        assert music.scan(engine).counts == (0, 1, 0)
        assert engine.stores.companion.file_states()[id_of(engine, path)].detail == damage
        assert engine.stats().damaged_in_part == int(bool(damage))


def test_another_sound_of_the_same_size_is_heard_again(music: ScannedLibrary) -> None:
    path = music.add("a.wav", sound(1))
    with music.open() as engine:
        music.scan(engine, encoder="SimpleAudioEncoder")
        music.scan(engine)
        song_id, size = id_of(engine, path), path.stat().st_size
        before = vector_of(engine, song_id)
        assert len(engine.stores.embeddings.get_all_versions(song_id)) == 2
        music.database.remove(path)
        music.add("a.wav", sound(2))
        touch_later(path)
        assert path.stat().st_size == size
        scanned = music.scan(engine)
        assert (scanned.counts, scanned.decoded) == ((1, 0, 0), 1)
        assert not np.allclose(vector_of(engine, song_id), before)
        assert engine.stores.embeddings.get_all_versions(song_id) == [engine.active_version]


def test_a_broken_file_in_the_place_of_a_good_one_loses_all(music: ScannedLibrary) -> None:
    path = music.add("a.flac", sound(1))
    with music.open() as engine:
        music.scan(engine)
        path.write_text("no music any more" * 100)
        scanned = music.scan(engine)
        assert scanned.skipped == {id_of(engine, path): "not audio"}
        stores = engine.stores
        assert (stores.embeddings.count(), stores.fingerprints.known(), stores.speech.entries()) == (0, set(), {})
        assert engine.stats().classes["skipped"] == 1


# ----------------------------------------------------------------------------------------------------- moved and copied


def move(music: ScannedLibrary, path: Path, to: str, *, keeps_row: bool) -> Path:
    """Move a file as the player sees it: it finds a new song, and its old row goes or becomes unavailable."""
    target = music.music / to
    target.parent.mkdir(exist_ok=True)
    path.rename(target)
    music.enter(target, duration=SECONDS)
    if keeps_row:
        music.database.change(path, unavailable=1)
    else:
        music.database.remove(path)
    return target


@pytest.mark.parametrize("keeps_row", [True, False])
@pytest.mark.parametrize("is_retagged", [True, False])
@pytest.mark.parametrize("to", ["b.flac", "other folder/a.flac"])
def test_a_moved_file_keeps_its_facts_and_the_owner_s_word(
    music: ScannedLibrary, keeps_row: bool, is_retagged: bool, to: str
) -> None:
    path, other = music.add("a.flac", sound(1)), music.add("other.flac", sound(2))
    with music.open() as engine:
        music.scan(engine)
        old, apart = id_of(engine, path), id_of(engine, other)
        vector = vector_of(engine, old)
        engine.speech.say(old, SpeechClass.MUSIC)
        engine.duplicates.say_keep(old, copies=None)
        engine.duplicates.say_different([old, apart])
        target = move(music, path, to, keeps_row=keeps_row)
        if is_retagged:
            retag(target)
        scanned = music.scan(engine)
        new = id_of(engine, target)
        assert (scanned.counts, scanned.decoded, scanned.recognized) == ((0, 1, 0), 0, {new: old})
        np.testing.assert_array_equal(vector_of(engine, new), vector)
        assert new in engine.stores.fingerprints.known() & engine.stores.speech.known(method_name())
        verdicts = engine.stores.companion.verdicts
        assert verdicts.speech()[new] == "music"
        assert verdicts.kept_copies({new, apart}) == {new}
        assert frozenset((new, apart)) in verdicts.not_duplicates()


def test_a_file_that_is_moved_back_is_known_at_once(music: ScannedLibrary) -> None:
    path = music.add("a.flac", sound(1))
    with music.open() as engine:
        music.scan(engine)
        target = move(music, path, "b.flac", keeps_row=True)
        music.scan(engine)
        target.rename(path)
        music.database.change(target, unavailable=1)
        music.database.change(path, unavailable=0)
        scanned = music.scan(engine)
        assert (scanned.counts, scanned.opened) == ((0, 0, 0), 0)
        assert engine.stats().classes["analysed"] == 1


def test_a_renamed_folder_keeps_what_was_said_of_its_songs(music: ScannedLibrary) -> None:
    paths = [music.add(f"album/{seed}.flac", sound(seed)) for seed in range(3)]
    with music.open() as engine:
        music.scan(engine)
        engine.duplicates.say_different([id_of(engine, path) for path in paths])
        moved = [move(music, path, f"renamed/{path.name}", keeps_row=False) for path in paths]
        assert music.scan(engine).counts == (0, 3, 0)
        ids = [id_of(engine, path) for path in moved]
        pairs = {frozenset((ids[0], ids[1])), frozenset((ids[0], ids[2])), frozenset((ids[1], ids[2]))}
        assert pairs <= engine.stores.companion.verdicts.not_duplicates()


def test_tracks_that_are_numbered_anew_keep_their_own_facts(music: ScannedLibrary) -> None:
    for seed in range(3):
        music.add(f"{seed}.wav", sound(seed))
    with music.open() as engine:
        music.scan(engine)
        vectors = [vector_of(engine, id_of(engine, music.music / f"{seed}.wav")) for seed in range(3)]
        items = [engine.stores.fingerprints.excerpts()[id_of(engine, music.music / f"{seed}.wav")] for seed in range(3)]
        for number in (2, 1, 0):
            (music.music / f"{number}.wav").rename(music.music / f"{number + 1}.wav")
            touch_later(music.music / f"{number + 1}.wav")
        music.database.remove(music.music / "0.wav")
        music.enter(music.music / "3.wav", duration=SECONDS)
        music.scan(engine)
        for seed in range(3):
            song_id = id_of(engine, music.music / f"{seed + 1}.wav")
            np.testing.assert_allclose(vector_of(engine, song_id), vectors[seed], rtol=1e-4, atol=1e-4)
            np.testing.assert_array_equal(engine.stores.fingerprints.excerpts()[song_id], items[seed])


def test_a_copy_of_the_same_bytes_is_not_decoded_and_is_what_was_said_of_its_sound(music: ScannedLibrary) -> None:
    path = music.add("a.flac", sound(1))
    with music.open() as engine:
        music.scan(engine)
        old = id_of(engine, path)
        engine.speech.say(old, SpeechClass.SPOKEN)
        engine.duplicates.say_keep(old, copies=None)
        shutil.copy(path, music.music / "copy.flac")
        music.enter(music.music / "copy.flac", duration=SECONDS)
        scanned = music.scan(engine)
        assert (scanned.counts, scanned.decoded) == ((0, 1, 0), 0)
        copy = id_of(engine, music.music / "copy.flac")
        assert engine.stores.companion.verdicts.speech() == {old: "spoken", copy: "spoken"}
        assert engine.stores.companion.verdicts.kept_copies({old, copy}) == {old}, "the copy was not chosen"
        (group,) = engine.duplicates.groups(engine.library().songs)
        assert (len(group.members), group.likeness.value) == (2, "identical")
