"""Spoken songs leave, doubtful ones stay and are listed, and the owner's word wins in both directions."""

import pytest

from core.analysis.speech import method_name
from core.analysis.speech_class import SpeechClass
from core.engine import Engine
from core.recommend.ranking import Wish
from core.song import SongId
from core.store.speech import SpeechEntry, SpeechFacts
from tests.planted_library import RATED, SONGS, PlantedLibrary, predict

VOICE = SpeechFacts(0.9, 30.0, speech=0.9, singing=0.05, background=-45.0, bass=-40.0, method=method_name())
RAP = SpeechFacts(0.6, 30.0, speech=0.7, singing=0.2, background=-3.0, bass=-4.0, method=method_name())
UNCLEAR = SpeechFacts(0.5, 30.0, speech=0.5, singing=0.4, background=-40.0, bass=-40.0, method=method_name())


def hear(engine: Engine, row: int, facts: SpeechFacts) -> SongId:
    """Let a scan have heard this in the song of a row."""
    song = engine.library().songs[row - 1]
    engine.stores.speech.save([SpeechEntry(song.song_id, song.filepath.stat().st_mtime, facts)])
    return song.song_id


def classes(engine: Engine) -> dict[SongId, SpeechClass]:
    return engine.speech.classes(engine.library().songs)


def test_a_voice_alone_is_spoken_and_one_over_beats_is_music(engine: Engine) -> None:
    spoken, _, unclear = hear(engine, 1, VOICE), hear(engine, 2, RAP), hear(engine, 3, UNCLEAR)
    found = classes(engine)
    assert found[spoken] is SpeechClass.SPOKEN
    assert found.keys() <= {spoken, unclear}, "what is plainly music is not mentioned"
    assert found.get(unclear) is SpeechClass.DOUBTFUL


def test_the_owner_s_word_wins_in_both_directions_and_can_be_taken_back(engine: Engine) -> None:
    voice, plain = hear(engine, 1, VOICE), engine.library().songs[1].song_id
    engine.speech.say(voice, SpeechClass.MUSIC)
    engine.speech.say(plain, SpeechClass.SPOKEN)
    assert classes(engine) == {plain: SpeechClass.SPOKEN}
    engine.speech.take_back(voice)
    engine.speech.take_back(plain)
    assert classes(engine) == {voice: SpeechClass.SPOKEN}


def test_the_list_says_how_much_speech_there_is_and_who_says_so(library: PlantedLibrary, engine: Engine) -> None:
    hear(engine, 1, VOICE)
    hear(engine, 2, UNCLEAR)
    hear(engine, 3, VOICE)
    engine.speech.say(engine.library().songs[4].song_id, SpeechClass.SPOKEN)
    library.database.change(library.paths[2], unavailable=1)
    listed = [
        (each.song.rowid, each.speech_class, each.ratio, each.by_owner)
        for each in engine.speech.listed(engine.library().songs)
    ]
    assert listed == [
        (1, SpeechClass.SPOKEN, 0.9, False),
        (2, SpeechClass.DOUBTFUL, 0.5, False),
        (5, SpeechClass.SPOKEN, 0.0, True),
    ]


def test_switched_off_only_the_owner_s_word_counts(library: PlantedLibrary, engine: Engine) -> None:
    hear(engine, 1, VOICE)
    said = engine.library().songs[1].song_id
    engine.speech.say(said, SpeechClass.SPOKEN)
    library.profile.config_file.write_text("music: {speech_detection: {enabled: false}}")
    with library.open() as opened:
        assert classes(opened) == {said: SpeechClass.SPOKEN}


def test_the_threshold_is_the_owner_s(library: PlantedLibrary, engine: Engine) -> None:
    quiet = SpeechFacts(0.3, 30.0, speech=0.9, singing=0.05, background=-45.0, bass=-40.0, method=method_name())
    song_id = hear(engine, 1, quiet)
    assert classes(engine).get(song_id) is SpeechClass.SPOKEN
    library.profile.config_file.write_text("music: {speech_detection: {speech_threshold: 0.5}}")
    with library.open() as opened:
        assert classes(opened).get(song_id) is not SpeechClass.SPOKEN


@pytest.mark.parametrize("genre", ["Audiobook", "Speech"])
def test_a_tag_alone_makes_doubtful_at_most(library: PlantedLibrary, engine: Engine, genre: str) -> None:
    library.database.change(library.paths[0], genre=genre)
    assert classes(engine).get(engine.library().songs[0].song_id) in (None, SpeechClass.DOUBTFUL)


def test_spoken_songs_leave_training_ranking_and_map_and_doubtful_ones_stay(engine: Engine) -> None:
    predict(engine, dict.fromkeys(range(1, SONGS + 1), 0.9))
    rated_voice, voice = hear(engine, 1, VOICE), hear(engine, SONGS, VOICE)
    rated_doubt, doubt = hear(engine, 2, UNCLEAR), hear(engine, SONGS - 1, UNCLEAR)
    wish = Wish(top_n=SONGS, min_rating=0.0)
    learned = {song.song_id for song in engine.learning.job("train-classifier").rated}
    offered = {each.song.song_id for each in engine.rank(wish).recommendations}
    assert (rated_voice in learned, rated_doubt in learned, len(learned)) == (False, True, RATED - 1)
    assert (voice in offered, doubt in offered, len(offered)) == (False, True, SONGS - RATED - 1)
    engine.speech.say(voice, SpeechClass.MUSIC)
    engine.speech.say(doubt, SpeechClass.SPOKEN)
    offered = {each.song.song_id for each in engine.rank(wish).recommendations}
    assert (voice in offered, doubt in offered) == (True, False)
    stats = engine.stats()
    assert (stats.classes["spoken"], stats.doubtful) == (2, 1)
    assert sum(stats.classes.values()) == stats.songs
