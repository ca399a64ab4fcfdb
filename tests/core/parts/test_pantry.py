"""What there is to choose from is made once, and anew after every word, rating and change."""

from collections.abc import Iterator

import pytest

from core.analysis.speech_class import SpeechClass
from core.engine import Engine
from core.store.embeddings import EmbeddingStore
from tests.planted_library import PlantedLibrary, predict


@pytest.fixture
def engine(library: PlantedLibrary) -> Iterator[Engine]:
    with library.open() as engine:
        engine.pantry.curation()  # the first look notes the ratings of the player
        yield engine


def test_nothing_is_made_twice(engine: Engine) -> None:
    assert engine.pantry.curation() is engine.pantry.curation()
    assert engine.stock.now() is engine.stock.now()


def test_stars_in_the_player_are_seen(engine: Engine, library: PlantedLibrary) -> None:
    before = engine.stock.now().is_rated.sum()
    library.database.rate(library.paths[-1], 0.8)
    assert engine.stock.now().is_rated.sum() == before + 1


def test_what_the_owner_says_is_seen(engine: Engine) -> None:
    last = engine.stock.now().songs[-1].song_id
    engine.speech.say(last, SpeechClass.SPOKEN)
    assert last not in engine.stock.now().row_of


def test_new_predictions_are_seen(engine: Engine) -> None:
    stock = engine.stock.now()
    predict(engine, {song.rowid: 0.5 for song in stock.songs})
    assert engine.stock.now() is not stock


def test_what_another_process_stores_is_seen(engine: Engine) -> None:
    stock, version = engine.stock.now(), str(engine.active_version)
    other = EmbeddingStore(engine.stores.embeddings.path)
    other.store_embeddings_batch([(stock.songs[0].song_id, -stock.space.units[1])], version)
    other.close()
    assert engine.stock.now() is not stock
