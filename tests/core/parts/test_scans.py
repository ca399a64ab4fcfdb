"""A scan: one decode gives every fact, nothing is heard twice, and nothing is forgotten."""

import shutil
from importlib.metadata import PackageNotFoundError

import numpy as np
import pytest

from core.analysis import speech as speech_module
from core.analysis.known_sound import SpeechModelError
from core.analysis.speech import method_name
from core.audio.probe import probe
from core.jobs.events import Control, SongAnalysed
from core.song import SongId
from core.store.companion import CompanionStore, FileState
from tests.audio_files import truncate
from tests.planted_copies import melody
from tests.scanned_library import SECONDS, ScannedLibrary, id_of, retag, sound, vector_of, written_at

# ------------------------------------------------------------------------------------------- one decode


def test_a_song_is_opened_once_and_decoded_once_and_gives_every_fact(music: ScannedLibrary) -> None:
    paths = [music.add(f"{seed}.{ending}", sound(seed)) for seed, ending in enumerate(("flac", "mp3", "ogg"))]
    with music.open() as engine:
        scanned = music.scan(engine)
        assert scanned.counts == (3, 0, 0)
        assert (scanned.decoded, scanned.opened) == (3, 3)
        assert scanned.calls == ["analyse_within_limit"] * 3, "no two of them are candidates"
        ids = {id_of(engine, path) for path in paths}
        stores, version = engine.stores, str(engine.active_version)
        assert stores.embeddings.filenames(version) == ids
        assert stores.fingerprints.known() == stores.speech.known(method_name()) == ids
        assert all(len(items) > 50 for items in stores.fingerprints.excerpts().values())
        for path in paths:
            found, state = probe(path), stores.companion.file_states()[id_of(engine, path)]
            assert stores.fingerprints.metadata()[id_of(engine, path)].signature() == found.signature()
            assert (state.size, state.mtime, state.reason) == (path.stat().st_size, path.stat().st_mtime, None)
            assert state.checksum
        again = music.scan(engine)
        assert (again.counts, again.opened, again.calls) == ((0, 0, 0), 0, [])
        (run,) = engine.stores.companion.runs()
        assert (run.kind, run.report["analysed"]) == ("scan", 3), "a look that finds nothing to do is no run"
        assert all(seconds > 0 for seconds in run.report["times"].values())


def test_a_skipped_song_is_tried_again_when_its_owner_says_so(music: ScannedLibrary) -> None:
    path = music.add("broken.flac", sound(1))
    path.write_bytes(b"no music at all" * 9)
    with music.open() as engine:
        assert music.scan(engine).counts == (0, 0, 1)
        assert music.scan(engine).counts == (0, 0, 0)
        engine.stores.companion.try_again([id_of(engine, path)])
        assert music.scan(engine).counts == (0, 0, 1)


def test_the_tracks_of_a_cue_sheet_are_songs_of_their_own(music: ScannedLibrary) -> None:
    image = music.add("image.flac", np.concatenate([sound(1), sound(2)]))
    music.database.remove(image)
    for track in range(2):
        music.enter(image, title=f"{track}", cue_path="image.cue", beginning=track * SECONDS, duration=SECONDS)
    with music.open() as engine:
        assert music.scan(engine).counts == (2, 0, 0)
        first, second = (vector_of(engine, song.song_id) for song in engine.library().songs)
        assert not np.allclose(first, second)
        retag(image)
        scanned = music.scan(engine)
        assert (scanned.counts, scanned.decoded) == ((0, 2, 0), 0)


def test_a_track_whose_end_was_moved_in_the_cue_sheet_is_heard_and_compared_anew(music: ScannedLibrary) -> None:
    image = music.add("image.flac", np.concatenate([melody(seed=seed, seconds=36.0) for seed in (1, 2)]))
    music.database.remove(image)
    music.enter(image, title="first", cue_path="image.cue", beginning=0.0, duration=36.0)
    music.add("single.flac", melody(seed=1, seconds=36.0))
    with music.open() as engine:
        music.scan(engine)
        (track,) = [song for song in engine.library().songs if song.is_cue_track]
        before = vector_of(engine, track.song_id)
        whole = engine.stores.fingerprints.whole()[track.song_id]
        assert len(engine.duplicates.groups(engine.library().songs)) == 1
        music.database.change(image, length=72_000_000_000)
        scanned = music.scan(engine)
        assert (scanned.counts, scanned.decoded) == ((1, 0, 0), 1)
        assert not np.allclose(before, vector_of(engine, track.song_id))
        assert engine.stores.fingerprints.whole().get(track.song_id) != whole, "it was that of the first half"
        assert engine.duplicates.groups(engine.library().songs) == []
        assert music.scan(engine).opened == 0


def test_what_the_files_were_is_read_once(music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    music.add("a.flac", sound(1))
    read, calls = CompanionStore.file_states, list[CompanionStore]()

    def read_and_count(store: CompanionStore) -> dict[SongId, FileState]:
        calls.append(store)
        return read(store)

    monkeypatch.setattr(CompanionStore, "file_states", read_and_count)
    with music.open() as engine:
        for name in ("b.flac", "c.flac"):  # the encoder is known only to the second
            calls.clear()
            music.add(name, sound(ord(name[0])))
            music.scan(engine)
            assert len(calls) == 1


def test_the_real_pool_does_the_same(music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    path = music.add("a.flac", sound(1))
    music.add("b.flac", sound(2))
    with music.open() as engine:
        music.scan(engine)
        expected = vector_of(engine, id_of(engine, path))
    monkeypatch.undo()
    shutil.rmtree(music.profile.cache)
    shutil.rmtree(music.profile.data)
    with music.open() as engine:
        events = list(engine.scan(workers=1))
        assert sum(isinstance(event, SongAnalysed) for event in events) == 2
        np.testing.assert_allclose(vector_of(engine, id_of(engine, path)), expected, rtol=1e-4, atol=1e-4)
        assert len(engine.stores.fingerprints.known()) == len(engine.stores.speech.known(method_name())) == 2


# ------------------------------------------------------------------------------------------- a drive that is away


@pytest.mark.parametrize("is_unavailable", [True, False])
def test_an_unmounted_drive_forgets_nothing(music: ScannedLibrary, is_unavailable: bool) -> None:
    path = music.add("drive/a.flac", sound(1))
    music.add("b.flac", sound(2))
    with music.open() as engine:
        music.scan(engine)
        states, before = engine.stores.companion.file_states(), written_at(engine)
        path.parent.rename(music.folder / "away")
        music.database.change(path, unavailable=int(is_unavailable))
        away = music.scan(engine)
        assert (away.counts, away.opened) == ((0, 0, 0), 0)
        assert (engine.stores.companion.file_states(), written_at(engine)) == (states, before)
        (music.folder / "away").rename(path.parent)
        music.database.change(path, unavailable=0)
        back = music.scan(engine)
        assert (back.counts, back.opened) == ((0, 0, 0), 0)
        assert (engine.stores.companion.file_states(), written_at(engine)) == (states, before)
        assert engine.stats().classes["analysed"] == 2


def test_a_missing_file_never_overwrites_what_was_heard(music: ScannedLibrary) -> None:
    path = music.add("drive/a.flac", sound(1))
    with music.open() as engine:
        music.scan(engine)
        states, version = engine.stores.companion.file_states(), str(engine.active_version)
        path.parent.rename(music.folder / "away")
        away = music.scan(engine, encoder="SimpleAudioEncoder")
        assert away.counts == (0, 0, 0), "another encoder would have to hear it, and cannot now"
        assert engine.stores.companion.file_states() == states
        assert engine.stores.embeddings.count(version) == 1
        (music.folder / "away").rename(path.parent)
        assert music.scan(engine, encoder="SimpleAudioEncoder").counts == (1, 0, 0)


def test_a_song_that_was_never_there_is_heard_when_it_comes(music: ScannedLibrary) -> None:
    path = music.add("drive/a.flac", sound(1))
    path.parent.rename(music.folder / "away")
    with music.open() as engine:
        assert list(music.scan(engine).skipped.values()) == ["missing"]
        assert music.scan(engine).opened == 0
        (music.folder / "away").rename(path.parent)
        assert music.scan(engine).counts == (1, 0, 0)


def test_an_encoder_s_failure_is_not_held_against_the_song_for_ever(
    music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = music.add("a.flac", sound(1))

    def fail(*_: object, **__: object) -> None:
        raise ValueError("the encoder gave the shape (3,), not (16,)")

    with monkeypatch.context() as patch, music.open() as engine:
        patch.setattr("core.analysis.analyse_song.embed", fail)
        assert music.scan(engine).skipped == {id_of(engine, path): "crashed"}
        assert music.scan(engine).opened == 0, "with this encoder it is not tried again"
        assert (engine.stats().classes["skipped"], [found.reason for found in engine.skipped()]) == (1, ["crashed"])
    with music.open() as engine:
        assert music.scan(engine, encoder="SimpleAudioEncoder").counts == (1, 0, 0)
        assert (engine.stats().classes["analysed"], engine.skipped()) == (1, [])


# ------------------------------------------------------------------------------------------- only what is missing


def test_a_lost_speech_cache_costs_a_decode_and_no_embedding(music: ScannedLibrary) -> None:
    music.add("a.flac", sound(1))
    with music.open() as engine:
        music.scan(engine)
        before = written_at(engine)
    for path in music.profile.cache.glob("speech_cache.db*"):
        path.unlink()
    with music.open() as engine:
        scanned = music.scan(engine)
        assert (scanned.counts, scanned.decoded) == ((1, 0, 0), 1)
        assert written_at(engine) == before
        assert len(engine.stores.speech.known(method_name())) == 1


def test_a_lost_fingerprint_cache_costs_neither_embedding_nor_speech(music: ScannedLibrary) -> None:
    music.add("a.flac", sound(1))
    with music.open() as engine:
        music.scan(engine)
        before = written_at(engine), engine.stores.speech.entries()
    for path in music.profile.cache.glob("fingerprints.db*"):
        path.unlink()
    with music.open() as engine:
        assert music.scan(engine).counts == (1, 0, 0)
        assert (written_at(engine), engine.stores.speech.entries()) == before
        assert len(engine.stores.fingerprints.known()) == 1


def test_another_encoder_hears_for_embeddings_alone(music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    music.add("a.flac", sound(1))
    with music.open() as engine:
        music.scan(engine)
        before, first = engine.stores.speech.entries(), engine.active_version

        def refuse(*_: object, **__: object) -> None:
            pytest.fail("it was listened to for what is known")

        monkeypatch.setattr("core.analysis.analyse_song.measure_speech", refuse)
        monkeypatch.setattr("core.analysis.analyse_song.fingerprint_samples", refuse)
        assert music.scan(engine, encoder="SimpleAudioEncoder").counts == (1, 0, 0)
        assert engine.active_version != first
        assert engine.stores.speech.entries() == before
        assert engine.stores.fingerprints.unsearched() == set(), "no search for copies either"
        scanned = music.scan(engine)
        assert (scanned.opened, engine.active_version) == (0, first), "and back again costs nothing"


def test_another_way_to_measure_speech_measures_speech_alone(
    music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = music.add("a.flac", sound(1))
    with music.open() as engine:
        music.scan(engine)
        before = written_at(engine)
        monkeypatch.setattr(speech_module, "RULES", speech_module.RULES + 1)
        speech_module.speech_method.cache_clear()
        assert music.scan(engine).counts == (1, 0, 0)
        assert written_at(engine) == before
        assert engine.stores.speech.entries()[id_of(engine, path)].facts.method == method_name()
        assert music.scan(engine).opened == 0
    speech_module.speech_method.cache_clear()


@pytest.mark.parametrize(
    ("settings", "has_fingerprint", "has_speech"),
    [
        ("music: {deduplicate: false}", False, True),
        ("music: {speech_detection: {enabled: false}}", True, False),
        ("music: {deduplicate: false, speech_detection: {enabled: false}}", False, False),
    ],
)
def test_what_is_switched_off_is_not_listened_for(
    music: ScannedLibrary, settings: str, has_fingerprint: bool, has_speech: bool
) -> None:
    music.add("a.flac", sound(1))
    music.add("a.mp3", sound(1))
    music.configure(settings)
    with music.open() as engine:
        scanned = music.scan(engine)
        assert (scanned.counts, scanned.notices) == ((2, 0, 0), []), "and it is no setting without effect"
        assert bool(engine.stores.fingerprints.known()) is has_fingerprint
        assert bool(engine.stores.speech.entries()) is has_speech
        assert music.scan(engine).opened == 0
        before = written_at(engine)
    music.configure("")
    with music.open() as engine:
        assert music.scan(engine).counts == (2, 0, 0), "switched on, it is heard"
        assert written_at(engine) == before


def test_a_deaf_speech_model_stops_the_feature_loudly_and_not_the_scan(
    music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = music.add("a.flac", sound(1))

    def deaf() -> None:
        raise SpeechModelError("The speech model hears no speech in a known sound.")

    with monkeypatch.context() as patch, music.open() as engine:
        speech_module.speech_method.cache_clear()
        patch.setattr(speech_module, "event_model", deaf)
        scanned = music.scan(engine)
        assert scanned.counts == (1, 0, 0)
        assert [notice for notice in scanned.notices if "hears no speech" in notice and "nothing is taken" in notice]
        assert engine.stores.speech.entries() == {}, "nothing that it says may be stored"
        assert id_of(engine, path) in engine.stores.fingerprints.known()
        music.add("b.flac", sound(2))
        again = music.scan(engine)
        assert (again.counts, again.notices) == ((1, 0, 0), []), "what was told once is remembered"
        nothing = list(engine.scan(workers=1))
        assert (len(nothing), music.pool.names()) == (1, []), "and starts no pool at each change of the library"
        before = written_at(engine)
    with music.open() as engine:
        assert music.scan(engine).counts == (2, 0, 0), "in another process it is tried again"
        assert (len(engine.stores.speech.entries()), written_at(engine)) == (2, before)


def test_another_version_of_a_deaf_speech_model_is_tried(
    music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    music.add("a.flac", sound(1))

    def deaf() -> None:
        raise SpeechModelError("deaf")

    with music.open() as engine:
        with monkeypatch.context() as patch:
            speech_module.speech_method.cache_clear()
            patch.setattr(speech_module, "event_model", deaf)
            assert len(music.scan(engine).notices) == 1
        monkeypatch.setattr(speech_module, "RULES", speech_module.RULES + 1)
        scanned = music.scan(engine)
        assert (scanned.counts, scanned.notices, len(engine.stores.speech.entries())) == ((1, 0, 0), [], 1)
    speech_module.speech_method.cache_clear()


def test_a_speech_package_that_is_not_installed_is_a_notice(
    music: ScannedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    music.add("a.flac", sound(1))

    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    with monkeypatch.context() as patch, music.open() as engine:
        speech_module.speech_method.cache_clear()
        patch.setattr(speech_module, "version", version)
        scanned = music.scan(engine)
        (notice,) = scanned.notices
        assert (scanned.counts, engine.stores.speech.entries()) == ((1, 0, 0), {})
        assert "silero-vad is not installed" in notice
        assert notice.endswith("Until then nothing is taken for speech.")
        assert len(list(engine.scan(workers=1))) == 1
        assert music.pool.names() == []
    with music.open() as engine:
        assert music.scan(engine).counts == (1, 0, 0)
    speech_module.speech_method.cache_clear()


# ------------------------------------------------------------------------------------------------------ stop and go on


def test_a_scan_that_is_stopped_goes_on_where_it_was(music: ScannedLibrary) -> None:
    for seed in range(5):
        music.add(f"{seed}.flac", sound(seed))
    truncate(music.add("cut.flac", sound(9)), share=0.05)
    control = Control()
    with music.open() as engine:
        for event in engine.scan(workers=1, control=control):
            if isinstance(event, SongAnalysed):
                control.stop()
        done = len(engine.stores.companion.file_states())
        assert 0 < done < 6
        scanned = music.scan(engine)
        assert scanned.finished.songs == 6 - done
        assert (len(engine.stores.companion.file_states()), engine.stores.embeddings.count()) == (6, 5)
        assert engine.stats().classes == dict.fromkeys(engine.stats().classes, 0) | {"analysed": 5, "skipped": 1}
