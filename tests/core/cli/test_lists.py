"""Similar songs, paths, mixes, surprises and albums from a shell."""

from pathlib import Path

import pytest

from core.cli.song_lists import TO_FIND_OUT
from tests.planted_library import RATED, PlantedLibrary
from tests.shell_calls import Call, Told, the_object

ENTRY = {"path", "title", "artist", "album", "predicted", "low", "high", "stars", "score", "why", "exploration"}
COMMANDS = {
    "similar": ["similar", "SONG", "--top-n", "5"],
    "path": ["path", "SONG", "OTHER", "--top-n", "5"],
    "mix": ["mix", "--top-n", "5"],
    "daily mixes": ["mix", "--daily", "--top-n", "5"],
    "surprise": ["surprise", "--top-n", "5"],
    "rate-next": ["rate-next", "--top-n", "5"],
    "albums": ["recommend", "--albums", "--top-n", "3", "--min-rating", "0"],
}


def song(learned: Told, number: int) -> str:
    return str(learned.folder / "music" / f"{number:02} [live].mp3")


def without_frame(told: str) -> str:
    return " ".join(told.replace("│", " ").split())


def words(learned: Told, name: str) -> list[str]:
    named = {"SONG": song(learned, 3), "OTHER": song(learned, 8)}
    return [*(named.get(word, word) for word in COMMANDS[name]), *learned.arguments]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_list_is_told_as_one_object(call: Call, learned: Told, name: str) -> None:
    result = call("--json", *words(learned, name))
    assert result.exit_code == 0, result.output
    songs = the_object(result.stdout_bytes)["songs"]
    assert len(songs) >= 5 or name == "albums"
    assert songs
    assert all(set(each) == ENTRY for each in songs)
    assert all(Path(each["path"]).is_file() for each in songs)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_list_is_told_in_a_table(call: Call, learned: Told, name: str) -> None:
    result = call(*words(learned, name))
    assert result.exit_code == 0, result.output
    assert "stars" in result.stdout
    assert "score" not in result.stdout
    assert "[live]" in result.stdout or name == "albums"


def test_a_likeness_is_told_as_a_percentage(call: Call, learned: Told) -> None:
    told = call(*words(learned, "similar")).stdout
    assert "likeness" in told
    assert told.count("%") == 5
    assert "why" not in told, "there is no reason beside the likeness"


def test_a_list_of_one_artist_that_was_not_played_lately(call: Call, learned: Told) -> None:
    result = call("--json", *words(learned, "mix"), "--artist", "artist 3", "--not-played-for", "30")
    songs = the_object(result.stdout_bytes)["songs"]
    assert songs
    assert {each["artist"] for each in songs} == {"Artist 3"}


def test_a_path_tells_its_steps(call: Call, learned: Told) -> None:
    told = call(*words(learned, "path")).stdout
    figures = the_object(call("--json", *words(learned, "path")).stdout_bytes)["figures"]
    assert "step" in told
    largest, straight = figures["largest_step"], figures["straight_largest_step"]
    assert f"The largest step is {largest:.2f} (a straight walk has {straight:.2f})." in told


def test_a_reason_that_all_songs_have_is_told_once(call: Call, tmp_path: Path) -> None:
    library = PlantedLibrary.create(tmp_path, rated=0)
    told = call("rate-next", *library.arguments).stdout
    assert told.count("One of a few songs that together span your library") == 1


def test_songs_to_find_out_about_are_marked(call: Call, learned: Told) -> None:
    told = call("mix", "--top-n", "10", "--explore", "0.5", *learned.arguments).stdout
    assert told.count(TO_FIND_OUT) == 5


def test_mixes_are_written_and_questions_only_where_it_is_asked_for(call: Call, learned: Told, tmp_path: Path) -> None:
    mix = the_object(call("mix", "--json", *learned.arguments).stdout_bytes)
    assert Path(mix["output"]).name == "Mix.xspf"
    similar = ("similar", song(learned, 3), "--json", *learned.arguments)
    assert the_object(call(*similar).stdout_bytes)["output"] is None
    output = tmp_path / "near.m3u8"
    assert the_object(call(*similar, "--output", output).stdout_bytes)["output"] == str(output)
    assert output.read_text().count("#EXTINF") == 20


def test_filters_reach_the_list(call: Call, learned: Told) -> None:
    limits = ("--genre", "rock", "--unrated", "--max-per-artist", "1", "--json")
    songs = the_object(call("similar", song(learned, 3), *limits, *learned.arguments).stdout_bytes)["songs"]
    artists = [each["artist"] for each in songs]
    assert len(set(artists)) == len(artists) > 0
    # Every third song is rock, and a third of the twelve artists plays all of it.
    assert set(artists) <= {f"Artist {number}" for number in (0, 3, 6, 9)}
    assert all(each["stars"] is None for each in songs)


def test_less_like_a_song_moves_the_list(call: Call, learned: Told) -> None:
    asked = ("similar", song(learned, 3), "--json", "--top-n", "5", *learned.arguments)
    plain = [each["path"] for each in the_object(call(*asked).stdout_bytes)["songs"]]
    unlike = [each["path"] for each in the_object(call(*asked, "--less-like", plain[0]).stdout_bytes)["songs"]]
    assert plain[0] not in unlike


def test_no_song_that_fits_ends_with_1(call: Call, learned: Told) -> None:
    result = call("similar", song(learned, 3), "--genre", "polka", *learned.arguments)
    assert result.exit_code == 1
    assert "No song fits." in result.stderr


@pytest.mark.parametrize("name", ["similar", "path"])
def test_a_song_that_is_none_is_one_sentence(call: Call, learned: Told, name: str) -> None:
    result = call(name, "/nowhere.mp3", "/nowhere.mp3", *learned.arguments)
    assert str(result.exception) == "/nowhere.mp3 is no song of your library."


def test_more_and_less_like_the_same_song_is_one_sentence(call: Call, learned: Told) -> None:
    result = call("similar", song(learned, 3), "--less-like", song(learned, 3), *learned.arguments)
    assert "cannot be both" in str(result.exception)


@pytest.mark.parametrize(
    "options", [("--daily", "--output", "a.xspf"), ("--daily", "--variety", "0.9"), ("--mixes", "2")], ids=" ".join
)
def test_what_a_mix_would_not_heed_is_refused(call: Call, learned: Told, options: tuple[str, ...]) -> None:
    result = call("mix", *options, *learned.arguments)
    assert result.exit_code == 2
    assert f"leave out {options[-2]}" in without_frame(result.stderr)


def test_what_a_mix_heeds_is_taken(call: Call, learned: Told) -> None:
    assert (
        len(the_object(call("mix", "--daily", "--mixes", "1", "--json", *learned.arguments).stdout_bytes)["mixes"]) == 1
    )
    best, varied = (
        the_object(call("mix", "--variety", each, "--top-n", "5", "--json", *learned.arguments).stdout_bytes)["figures"]
        for each in ("0", "1")
    )
    assert varied["diversity"] > best["diversity"]


@pytest.mark.parametrize("name", ["mix", "surprise", "rate-next"])
def test_an_emptied_library_is_one_sentence(call: Call, tmp_path: Path, name: str) -> None:
    library = PlantedLibrary.create(tmp_path, rated=RATED)
    with library.database.transaction() as database:
        database.execute("DELETE FROM songs")
    result = call(name, *library.arguments)
    assert result.exit_code == 1, result.exception
    assert result.stderr


def test_without_stars_a_mix_is_made_of_plays(call: Call, tmp_path: Path) -> None:
    library = PlantedLibrary.create(tmp_path, rated=0)
    library.database.change(library.paths[7], playcount=20, score=90)
    answer = the_object(call("mix", "--json", "--top-n", "10", *library.arguments).stdout_bytes)
    assert str(library.paths[7]) in {each["path"] for each in answer["songs"]}
    assert {each["predicted"] for each in answer["songs"]} == {None}
    assert answer["notice"]


def test_a_mix_of_few_ratings_is_possible_too(call: Call, tmp_path: Path) -> None:
    library = PlantedLibrary.create(tmp_path, rated=RATED // 12)
    answer = the_object(call("mix", "--json", "--top-n", "10", *library.arguments).stdout_bytes)
    assert len(answer["songs"]) == 10


def test_questions_are_of_unrated_songs_and_say_what_is_drawn_at_random(call: Call, learned: Told) -> None:
    songs = the_object(call("rate-next", "--json", *learned.arguments).stdout_bytes)["songs"]
    assert len(songs) == 10
    assert all(each["stars"] is None for each in songs)
    assert [each["exploration"] for each in songs] == ["at random" in each["why"] for each in songs]
    assert sum(each["exploration"] for each in songs) == 1


def test_the_first_questions_span_the_library(call: Call, tmp_path: Path) -> None:
    library = PlantedLibrary.create(tmp_path, rated=0)
    songs = the_object(call("rate-next", "--json", *library.arguments).stdout_bytes)["songs"]
    assert len(songs) == 20
    assert len({each["artist"] for each in songs}) == 12, "all artists that there are"
