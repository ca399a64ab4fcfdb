"""What core says in English is known by the window: a sentence that core says otherwise is noticed here."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from core.audio.reasons import SkipReason
from core.config import load_config
from core.config_file import set_aside
from core.engine import Engine
from core.errors import UserError
from core.library.read_only import read_database
from core.parts import encoders, kitchen, questions, recipes, stock
from core.parts.written_files import require_ours
from core.paths import Profile
from core.playlist.files import ChangedByOthers
from core.recommend import best, confidence, mix, path, popularity, ranking, rate_next, short_reasons, surprise
from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Recipe
from core.recommend.remark import NONE_FITS, Remark, Shortage, fewer
from core.recommend.stock import Stock
from core.song import SongId
from core.training.judgment import comparison
from core.training.judgment.chance import Margin
from core.training.loop import encoder_config
from core.training.protocol import require_ratings
from core.training.rating.asking import Question
from desktop import core_sentences, core_texts
from desktop.translation import install_translation
from tests.library_databases import PlayerDatabase
from tests.planted_stock import PlantedStock

PLANTED = PlantedStock(groups=2, songs_each=4)
LIMITS = (Filters(), Filters(max_per_artist=2), Filters(max_per_album=3), Filters(max_per_artist=2, max_per_album=3))
SONG = PLANTED.stock().songs[0]


def said_of_lists() -> Iterator[str]:
    rated = PLANTED.stock(ratings={0: 0.9, 4: 0.4}, predicted=dict.fromkeys([1, 2, 3, 5, 6, 7], 0.62))
    for dish in Dish:
        for examples in ([0], [0, 4]):
            entries = [rated.suggestion(row, score=score) for row, score in ((1, 0.1), (0, 0.2), (5, 0.6))]
            entries += [replace(entries[0], is_exploration=True)]
            told = short_reasons.with_short_reasons(entries, stock=rated, recipe=Recipe(dish), examples=examples)
            yield from (each.why for each in told)
    yield best.best(rated, wanted=9, filters=Filters()).notice
    yield best.best(rated, wanted=9, filters=Filters(min_rating=0.9)).notice
    yield best.best(rated, wanted=9, filters=Filters(min_rating=0.6)).notice
    yield best.best(PLANTED.stock(), wanted=9, filters=Filters()).notice
    yield best.drawn(best.best(rated, wanted=5, filters=Filters()), wanted=2, seed=1).notice
    yield path.path(rated, start=0, end=7, wanted=20, filters=Filters()).notice
    yield path.path(rated, start=0, end=0, wanted=20, filters=Filters()).notice
    yield from (each.text for each in remarks_on_lists(rated))


def remarks_on_lists(rated: Stock) -> Iterator[Remark | Shortage]:
    for found in (0, 2, 5):
        for each in LIMITS:
            yield from mix._fewer(found, wanted=5, filters=each)
    yield from mix._fewer(mix.MOST, wanted=mix.MOST + 1, filters=Filters())
    yield from (NONE_FITS, *fewer(2, wanted=3), *path._jump(rated, [0, 7]))
    for stock_now in (rated, PLANTED.stock()):
        yield from (*surprise._fewer(stock_now, 0, wanted=9), *surprise._fewer(stock_now, 3, wanted=9))
    yield from surprise._modest(rated.predicted[[1, 2]])


def said_of_songs() -> Iterator[str]:
    plays = (replace(SONG, playcount=played, skipcount=skipped) for played in (0, 1, 1204) for skipped in (0, 1, 3))
    for song in (replace(SONG, rating=0.7), *plays):
        yield f"You {popularity._said_of(song, it=' it')}."
        yield f"Sounds like {song.name}, which you {popularity._said_of(song)}."
    for text in (surprise.SURPRISED, surprise.FARTHER, surprise.FARTHER_OF_ALL):
        yield from (text.format(done) for done in ("rated", "rated or played"))
    yield from (surprise.NOTHING_RATED, surprise.NOTHING_LIKE_IT, surprise.NOT_YET)
    yield from (kitchen.KEPT, questions.SPANNING, popularity.SPANNING, popularity.NO_SONG.text)
    yield from (rate_next.AT_RANDOM, rate_next.NONE_LEFT, rate_next.NONE_FITS)
    for tells in (0, 1, 1204):
        for open_share in (0.95, 0.8, 0.1):
            yield rate_next._why(Question(0, 0.1, tells=tells, open_share=open_share, is_random=False))


def remarks_on_first_songs() -> Iterator[Remark | Shortage]:
    new, one = PLANTED.stock(), PLANTED.stock(ratings={0: 0.8})
    some = PLANTED.stock(ratings={0: 0.8, 1: 0.6})
    for each in (new, one):
        yield from popularity._remarks(each, 3, wanted=3, rated=277)
    for each in (new, one, some):
        yield from (*popularity._remarks(each, 3, wanted=9), *popularity._remarks(each, 9, wanted=9))
    yield from (popularity._spanning_remark(each, found=True) for each in (new, some))


def said_of_much() -> Iterator[str]:
    for count in (1, 1204):
        yield stock.away_notice(count)
        yield from (each.text for each in (*kitchen._lost(count), *kitchen._missing(count)))
    yield from (each.text for each in remarks_on_first_songs())
    for ratings in (1, 412):
        for figures in ({}, {"uses_sound": 0.0}, {"uses_names": 0.0}, {"uses_sound": 0.0, "uses_names": 0.0}):
            yield confidence._sentence(ratings, 0.62, songs=1204, unpredicted=0, figures=figures)
        yield from (
            confidence._sentence(ratings, 0.62, songs=1204, unpredicted=each, figures={}) for each in (1, 9, 1204)
        )
    yield confidence._sentence(0, None, songs=9, unpredicted=9, figures={})
    wish = ranking.Wish(top_n=9)
    yield from (ranking._notice(0, [], wish=wish), ranking._notice(2, [0.9, 0.8], wish=wish))
    yield ranking._notice(2, [0.9, 0.8], wish=replace(wish, max_per_artist=2))
    yield from (encoders.EMBEDDING, encoders.COMPARING, stock.BALANCING, encoder_config.TEACHING)
    for chance, artists, is_collapsed in ((0.5, 9, False), (0.0, 9, False), (1.0, 0, False), (1.0, 9, True)):
        scores = {"old-1": {"score": 0.439, "collapsed": is_collapsed}, "new-1": {"score": 0.488, "collapsed": False}}
        yield comparison._verdict(scores, "old-1", "new-1", margin=Margin(0.05, chance, artists))["found"]
    yield from SkipReason


def said_of_files() -> Iterator[str]:
    there = Path(__file__)
    for written in ({}, {there: {"another checksum"}}):
        with pytest.raises(ChangedByOthers) as refused:
            require_ours({there: b"new"}, written)
        yield str(refused.value)
    yield recipes.ANOTHER_LIST.format(name="For Sunday")


SAID = (said_of_lists(), said_of_songs(), said_of_much(), said_of_files())
SENTENCES = sorted({each for made in SAID for each in made if each})


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    install_translation(qapp)
    yield
    for each in qapp.findChildren(QTranslator):
        qapp.removeTranslator(each)
        each.setParent(None)


def test_every_sentence_of_core_is_known() -> None:
    assert len(SENTENCES) > 100
    assert [each for each in SENTENCES if core_texts.said(each) == each and not is_known(each)] == []


def is_known(text: str) -> bool:
    """Alone, or as several that are known each."""
    parts = core_texts.BETWEEN_SENTENCES.split(text)
    return core_texts.template_of(text) is not None or all(map(core_texts.template_of, parts))


def test_in_english_nothing_changes_but_large_numbers() -> None:
    said = {each: core_texts.said(each) for each in SENTENCES if "1 stars" not in each}
    assert {each: now for each, now in said.items() if now.replace(",", "") != each.replace(",", "")} == {}


def test_no_template_hides_another() -> None:
    made = [each.source.replace("{", "").replace("}", "") for each in core_texts._templates() if "{" not in each.source]
    assert [each for each in made if core_texts.template_of(each) != each] == []


def test_the_window_says_it_in_german(german: None) -> None:
    assert core_texts.said("You gave it 4.5 stars.") == "Sie haben ihm 4,5 Sterne gegeben."
    assert core_texts.said("Only 3 of 1,204 songs: no more songs fit.") == "Nur 3 von 1.204 Titeln: Mehr passen nicht."
    assert core_texts.skipped("too long", "1316 s, the limit is 900 s") == "Zu lang: 21:56, die Grenze ist 15 Minuten"


def test_a_song_that_is_too_long_is_measured_as_a_player_measures_it(qapp: object) -> None:
    assert core_texts.skipped("too long", "3922 s, the limit is 900 s") == "Too long: 1:05:22, the limit is 15 minutes"
    assert core_texts.skipped("too long", "95 s, the limit is 90 s") == "Too long: 1:35, the limit is 1:30"


def test_names_of_songs_stay_as_they_are(german: None) -> None:
    name = "Mr. Oizo – You gave it 4 stars. Close to {me}"
    assert core_texts.said(f"Sounds like {name} (4 stars).") == f"Klingt wie {name} (4 Sterne)."
    left_out = f"{name} cannot be played and is left out."
    assert core_texts.said(f"No song fits. {left_out}").startswith(f"Kein Titel passt. {name} lässt sich")


def test_what_is_not_known_stays_and_the_rest_is_said(german: None) -> None:
    assert core_texts.said("The disk is full. No song fits.") == "The disk is full. Kein Titel passt."
    assert core_texts.said("") == ""
    assert core_texts.skipped("damaged", "ogg: End of file") == "Beschädigt: ogg: End of file"


def test_every_sentence_of_core_has_other_words_in_german(german: None) -> None:
    assert [each for each in SENTENCES if core_texts.said(each) == each] == []
    assert len(core_sentences.ALL) == len(set(core_sentences.ALL))


def tables(connection: sqlite3.Connection) -> object:
    return connection.execute("SELECT name FROM sqlite_master").fetchall()


def errors_of_core(folder: Path) -> Iterator[UserError]:
    """Those that an owner meets first, as core raises them."""
    empty, letter, broken = folder / "empty.db", folder / "letter.db", folder / "marmalade.yaml"
    empty.touch()
    letter.write_text("Dear Marmalade, " * 100)
    broken.write_text("music: [")
    (folder / "file").touch()
    database = PlayerDatabase.create(folder / "clementine.db").path
    profile = Profile.below(folder / "profile")
    attempts: list[Callable[[], object]] = [
        *(partial(read_database, path, tables) for path in (folder / "none.db", empty, folder, letter)),
        partial(require_ratings, 1),
        partial(require_ratings, 3),
        partial(load_config, broken),
        partial(set_aside, folder / "none.yaml"),
        partial(Engine.open, profile=Profile.below(folder / "file"), database=database),
    ]
    for attempt in attempts:
        with pytest.raises(UserError) as caught:
            attempt()
        yield caught.value
    with Engine.open(profile=profile, database=database) as engine, pytest.raises(UserError) as caught:
        engine.discoveries.similar([SongId("x")])
    yield caught.value


def test_the_errors_that_are_met_first_are_known(german: None, tmp_path: Path) -> None:
    met = [str(error) for error in errors_of_core(tmp_path)]
    assert [each for each in met if core_texts.said(each) == each] == []
