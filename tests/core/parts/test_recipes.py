"""Playlists that were made: written, remembered, kept up to date, and never over what others wrote."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.engine import Engine
from core.errors import UserError
from core.jobs.events import Control, Notice
from core.parts.kitchen import Kitchen
from core.parts.recipes import ChangedByOthers, Made, MadeState, PlaylistRenewed
from core.recommend.filters import Filters
from core.recommend.recipe import Dish, Order, Recipe
from core.recommend.suggestion import SongList
from core.song import Song
from tests.planted_library import RATED, TASTE, PlantedLibrary, predict

RECIPE = Recipe(wanted=6, filters=Filters(max_per_artist=2), order=Order.YEAR)


@pytest.fixture
def engine(library: PlantedLibrary) -> Iterator[Engine]:
    with library.open() as engine:
        songs = sorted(engine.library().songs, key=lambda song: song.track)
        predict(engine, {song.rowid: float(rating) for song, rating in zip(songs, TASTE.ratings, strict=True)})
        yield engine


def save(engine: Engine, name: str = "Evening", recipe: Recipe = RECIPE, **wishes: object) -> Made:
    return engine.recipes.save(recipe, engine.recipes.cook(recipe), name=name, **wishes)  # type: ignore[arg-type]


def renewed(engine: Engine) -> tuple[list[str], list[str]]:
    """The playlists that were written anew, and what was said."""
    events = list(engine.recipes.renew())
    return (
        [event.made.name for event in events if isinstance(event, PlaylistRenewed)],
        [event.sentence for event in events if isinstance(event, Notice)],
    )


def rate_the_best(engine: Engine, library: PlantedLibrary) -> None:
    """The first song of the list gets stars in the player, so the list cannot hold it any more."""
    first: Song = engine.recipes.cook(RECIPE).suggestions[0].song
    library.database.rate(first.filepath, 0.9)


def test_a_saved_list_is_a_playlist_file_and_an_entry_of_the_history(engine: Engine) -> None:
    made = save(engine, "Évening/1", formats=("xspf", "m3u8"))
    assert [path.name for path in made.files] == ["Évening-1.xspf", "Évening-1.m3u8"]
    assert all(path.parent == engine.playlist_folder and path.is_file() for path in made.files)
    assert made.files[0].read_text().count("<track>") == made.songs == 6
    assert (made.state, made.recipe, made.keep_up_to_date) == (MadeState.THERE, RECIPE, False)
    assert engine.recipes.history() == [made]


def test_the_history_outlives_the_process_the_newest_first(engine: Engine, library: PlantedLibrary) -> None:
    names = [save(engine, name).name for name in ("One", "Two")]
    with library.open() as again:
        assert [made.name for made in again.recipes.history()] == names[::-1]


def test_a_playlist_in_a_folder_of_ones_own_choice(engine: Engine, tmp_path: Path) -> None:
    made = save(engine, folder=tmp_path / "mine", formats=("m3u8",))
    assert made.files == (tmp_path / "mine/Evening.m3u8",)
    assert made.files[0].read_text().startswith("#EXTM3U")


def test_ours_is_written_over_and_is_one_entry(engine: Engine) -> None:
    both = save(engine, formats=("xspf", "m3u8"))
    other = save(engine, recipe=replace(RECIPE, wanted=3), instead_of=both.key)
    assert [made.key for made in engine.recipes.history()] == [other.key]
    assert other.songs == 3
    assert set(other.files) == set(both.files), "a file of another format stays known"


def test_the_name_of_another_list_is_only_taken_when_its_owner_says_so(engine: Engine, tmp_path: Path) -> None:
    first, other = save(engine), replace(RECIPE, wanted=3)
    written = first.files[0].read_bytes()
    with pytest.raises(ChangedByOthers, match="“Evening” is another list that you made"):
        save(engine, recipe=other, formats=("m3u8", "xspf"))
    assert (first.files[0].read_bytes(), engine.recipes.history()) == (written, [first])
    assert save(engine, recipe=other, folder=tmp_path / "elsewhere").songs == 3
    assert save(engine, recipe=other, overwrite=True).songs == 3
    assert save(engine, recipe=other).songs == 3, "the same once more is no other list"


@pytest.mark.parametrize("wrote_before", [True, False])
def test_what_others_wrote_is_not_written_over_without_asking(engine: Engine, *, wrote_before: bool) -> None:
    file = engine.playlist_folder / "Evening.xspf"
    if wrote_before:
        save(engine)
    file.parent.mkdir(exist_ok=True)
    file.write_text("by somebody else")
    sentence = "has changed Evening.xspf since" if wrote_before else "already that was not made here"
    with pytest.raises(ChangedByOthers, match=sentence):
        save(engine)
    assert file.read_text() == "by somebody else"
    assert [made.state for made in engine.recipes.history()] == [MadeState.CHANGED] * wrote_before
    assert save(engine, overwrite=True).state is MadeState.THERE
    assert "<track>" in file.read_text()


def test_the_best_hundred_are_written_over_nothing_but_their_like(engine: Engine) -> None:
    first = engine.recipes.make_best().made
    assert first is not None
    assert (first.files[0].name, first.recipe) == (
        "Marmalade.xspf",
        Recipe(wanted=100, filters=Filters(min_rating=0.7)),
    )
    engine.recipes.keep_up_to_date(first, wanted=True)
    again = engine.recipes.make_best().made
    assert again is not None
    assert [(made.name, made.keep_up_to_date) for made in engine.recipes.history()] == [("Marmalade", True)]
    again.files[0].write_text("by somebody else")
    save(engine, "Marmalade 2")
    other = engine.recipes.make_best().made
    assert other is not None
    assert other.name == "Marmalade 3"
    assert again.files[0].read_text() == "by somebody else"


def test_where_nothing_is_good_enough_no_playlist_is_made(engine: Engine) -> None:
    predict(engine, {song.rowid: 0.3 for song in engine.library().songs})
    served = engine.recipes.make_best()
    assert (served.made, engine.recipes.history()) == (None, [])
    assert "A minimum of 1.5 stars would give" in served.songs.notice


def test_an_empty_list_is_not_written(engine: Engine) -> None:
    with pytest.raises(UserError, match="no song in the list"):
        engine.recipes.save(RECIPE, SongList("x", ()), name="x")
    with pytest.raises(UserError, match="Choose a format"):
        save(engine, formats=())
    assert engine.recipes.history() == []


def test_what_became_of_a_playlist_is_seen(engine: Engine) -> None:
    made = save(engine)
    made.files[0].write_text("changed")
    (changed,) = engine.recipes.history()
    assert (changed.state, changed.remark) == (MadeState.CHANGED, "Another program has changed its file since.")
    made.files[0].unlink()
    assert [each.state for each in engine.recipes.history()] == [MadeState.GONE]


def test_a_forgotten_playlist_keeps_its_file(engine: Engine) -> None:
    made = save(engine)
    engine.recipes.forget(made)
    assert engine.recipes.history() == []
    assert made.files[0].is_file()
    with pytest.raises(UserError, match="not in the history"):
        engine.recipes.keep_up_to_date(made, wanted=True)


@pytest.mark.parametrize("what", ["forget", "delete"])
def test_a_playlist_that_was_taken_away_comes_back_as_it_was(engine: Engine, what: str) -> None:
    made = save(engine, formats=("xspf", "m3u8"), keep_up_to_date=True)
    written = made.files[0].read_bytes()
    taken = getattr(engine.recipes, what)(made)
    assert made.files[0].exists() == (what == "forget")
    assert engine.recipes.history() == []
    assert engine.recipes.bring_back(taken) == replace(made, key=engine.recipes.history()[0].key)
    assert made.files[0].read_bytes() == written


def test_what_was_taken_away_leaves_what_has_its_place_now(engine: Engine) -> None:
    taken = engine.recipes.delete(save(engine))
    other = save(engine, recipe=replace(RECIPE, wanted=3))
    with pytest.raises(UserError, match="another playlist has its name"):
        engine.recipes.bring_back(taken)
    file = other.files[0]
    engine.recipes.delete(other)
    file.write_text("by somebody else")
    with pytest.raises(ChangedByOthers):
        engine.recipes.bring_back(taken)
    assert file.read_text() == "by somebody else"


@pytest.mark.parametrize("what", ["forget", "delete", "keep_up_to_date"])
def test_what_the_owner_says_while_a_list_is_cooked_stands(
    engine: Engine, library: PlantedLibrary, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    made = save(engine, keep_up_to_date=True)
    rate_the_best(engine, library)
    cook, wanted = Kitchen.cook, {"wanted": False} if what == "keep_up_to_date" else {}

    def slow(self: Kitchen, recipe: Recipe) -> SongList:
        found = cook(self, recipe)
        getattr(engine.recipes, what)(made, **wanted)
        return found

    monkeypatch.setattr(Kitchen, "cook", slow)
    assert renewed(engine) == ([], [])
    assert [each.keep_up_to_date for each in engine.recipes.history()] == [False] * (what == "keep_up_to_date")
    assert made.files[0].exists() == (what != "delete")


def test_what_others_changed_is_not_deleted(engine: Engine) -> None:
    made = save(engine, formats=("xspf", "m3u8"))
    made.files[1].write_text("mine")
    with pytest.raises(ChangedByOthers, match=r"changed Evening\.m3u8, so it was not deleted"):
        engine.recipes.delete(made)
    assert all(path.exists() for path in made.files)


def test_a_playlist_that_is_kept_up_to_date_follows_new_stars(engine: Engine, library: PlantedLibrary) -> None:
    kept, other = save(engine, keep_up_to_date=True), save(engine, "Other")
    before = other.files[0].read_bytes()
    assert renewed(engine) == ([], [])
    rate_the_best(engine, library)
    assert renewed(engine) == (["Evening"], [])
    assert kept.files[0].read_bytes() != before
    assert other.files[0].read_bytes() == before
    assert [each.state for each in engine.recipes.history()] == [MadeState.THERE] * 2
    assert renewed(engine) == ([], [])


def test_keeping_up_to_date_can_be_chosen_later(engine: Engine, library: PlantedLibrary) -> None:
    made = engine.recipes.keep_up_to_date(save(engine), wanted=True)
    assert made.keep_up_to_date
    rate_the_best(engine, library)
    assert renewed(engine)[0] == ["Evening"]
    engine.recipes.keep_up_to_date(made, wanted=False)
    rate_the_best(engine, library)
    assert renewed(engine) == ([], [])


def test_an_update_renews(engine: Engine, library: PlantedLibrary) -> None:
    save(engine, keep_up_to_date=True)
    rate_the_best(engine, library)
    engine.scan = engine.learn_if_possible = lambda **_: iter(())  # type: ignore[method-assign]
    assert [type(event) for event in engine.update()] == [PlaylistRenewed]


def test_a_playlist_that_others_changed_is_not_renewed_which_is_said_once(
    engine: Engine, library: PlantedLibrary
) -> None:
    made = save(engine, keep_up_to_date=True)
    made.files[0].write_text("mine")
    rate_the_best(engine, library)
    sentence = "The playlist “Evening” was not renewed. Another program has changed Evening.xspf since it was written."
    assert renewed(engine) == ([], [sentence])
    assert renewed(engine) == ([], [])
    assert made.files[0].read_text() == "mine"


def test_a_playlist_whose_file_was_deleted_is_not_made_again(engine: Engine, library: PlantedLibrary) -> None:
    made = save(engine, keep_up_to_date=True)
    made.files[0].unlink()
    rate_the_best(engine, library)
    assert renewed(engine) == ([], [])
    assert not made.files[0].exists()


def test_an_unreadable_recipe_never_stops_the_others(engine: Engine, library: PlantedLibrary) -> None:
    save(engine, keep_up_to_date=True)
    history = engine.stores.companion.made_playlists
    for name, text in {
        "Newer": '{"version": 99}',
        "Odd": '{"version": 1, "dish": "mix", "variety": 7}',
        "Empty": '{"version": 1, "dish": "chosen"}',
    }.items():
        made = save(engine, name, keep_up_to_date=True)
        row = next(each for each in history.all() if each.key == made.key)
        history.save(replace(row, recipe=text))
    rate_the_best(engine, library)
    names, sentences = renewed(engine)
    assert names == ["Evening"]
    assert len(sentences) == 3
    assert any("“Newer” was not renewed. It was made by a newer Marmalade" in each for each in sentences)
    newer = next(made for made in engine.recipes.history() if made.name == "Newer")
    assert newer.recipe is None
    assert "newer Marmalade" in newer.remark
    assert newer.state is MadeState.THERE


def test_a_list_of_which_nothing_is_left_stays_as_it_was(engine: Engine, library: PlantedLibrary) -> None:
    songs = tuple(song.song_id for song in engine.library().songs if song.track == RATED + 1)
    made = save(engine, "One", Recipe(Dish.CHOSEN, songs=songs), keep_up_to_date=True)
    library.paths[RATED].unlink()
    assert renewed(engine) == ([], [])
    assert "<track>" in made.files[0].read_text()


def test_a_stopped_update_renews_nothing(engine: Engine, library: PlantedLibrary) -> None:
    save(engine, keep_up_to_date=True)
    rate_the_best(engine, library)
    control = Control()
    control.stop()
    assert list(engine.recipes.renew(control=control)) == []
