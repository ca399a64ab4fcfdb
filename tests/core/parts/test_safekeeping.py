"""Safekeeping through the engine: a playlist of lost stars, and a backup that finds its songs on another machine."""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from core.engine import Engine
from core.errors import UserError
from core.song import Song, SongId
from core.store.fingerprints import ComparisonRecord
from core.store.keepsakes import Keepsakes
from tests.library_databases import SongRow
from tests.planted_library import SETTINGS, PlantedLibrary

PLACES = "music: {path_map: {/a: /b}}\n"


@pytest.fixture
def there(tmp_path: Path) -> PlantedLibrary:
    """The machine that a backup is made on."""
    return PlantedLibrary.create(tmp_path / "there", songs=12, rated=4)


@pytest.fixture
def here(tmp_path: Path) -> PlantedLibrary:
    """Another one, with the same music in another folder, and no stars in the player."""
    return PlantedLibrary.create(tmp_path / "here", songs=12, rated=0)


@pytest.fixture
def engine(here: PlantedLibrary) -> Iterator[Engine]:
    with here.open() as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


def hear(engine: Engine) -> None:
    """Give every song the sound that its number names."""
    states = engine.stores.companion.file_states()
    engine.stores.companion.save_file_states(
        states[song.song_id]._replace(checksum=song.title) for song in engine.library().songs
    )


def ids(songs: Sequence[Song], *numbers: int) -> list[SongId]:
    return [songs[number].song_id for number in numbers]


def back_up(library: PlantedLibrary, file: Path, *, heard: bool) -> Keepsakes:
    """Say something of everything, and write it down."""
    with library.open() as engine:
        if heard:
            hear(engine)
        songs = engine.library().songs
        engine.ratings.say(ids(songs, 6, 7), 0.9)
        engine.duplicates.say_different(ids(songs, 0, 1))
        engine.duplicates.say_keep(songs[2].song_id, copies=None)
        engine.stores.companion.verdicts.say_speech(songs[3].song_id, "spoken")
        engine.stores.companion.save_setting("recipe:morning", {"length": 20})
        return engine.safekeeping.back_up(file)


def require_everything(engine: Engine) -> None:
    """All that ``back_up`` said is known of the songs of this machine."""
    songs, companion = engine.library().songs, engine.stores.companion
    own = companion.own_ratings.statements()
    assert [own[song_id].rating for song_id in ids(songs, 6, 7)] == [0.9, 0.9]
    assert frozenset(ids(songs, 0, 1)) in companion.verdicts.not_duplicates()
    assert companion.verdicts.kept_copies({song.song_id for song in songs}) == set(ids(songs, 2))
    assert companion.verdicts.speech()[songs[3].song_id] == "spoken"
    assert companion.setting("recipe:morning") == {"length": 20}


def test_another_machine_knows_the_songs_by_their_sound(there: PlantedLibrary, engine: Engine, file: Path) -> None:
    keepsakes = back_up(there, file, heard=True)
    hear(engine)
    restored = engine.safekeeping.restore(file)
    assert restored.counts == restored.new == keepsakes.counts()
    assert restored.without_song == ()
    require_everything(engine)
    again = engine.safekeeping.restore(file)
    assert (set(again.new.values()), again.without_song, again.configuration) == ({0}, (), None)


def test_another_machine_knows_the_songs_by_the_path_map(
    here: PlantedLibrary, there: PlantedLibrary, engine: Engine, file: Path
) -> None:
    back_up(there, file, heard=False)
    folders = {str(there.paths[0].parent): str(here.paths[0].parent)}
    restored = engine.safekeeping.restore(file, path_map=folders)
    assert restored.without_song == ()
    require_everything(engine)
    assert set(engine.safekeeping.restore(file, path_map=folders).new.values()) == {0}


@pytest.mark.parametrize("is_turned", [False, True])
def test_the_path_map_of_the_configuration_serves_too(
    here: PlantedLibrary, there: PlantedLibrary, file: Path, is_turned: bool
) -> None:
    back_up(there, file, heard=False)
    pair = [str(there.paths[0].parent), str(here.paths[0].parent)]
    old, new = reversed(pair) if is_turned else pair
    here.profile.config_file.write_text(f"{SETTINGS}music: {{path_map: {{{old}: {new}}}}}\n")
    with here.open() as engine:
        assert engine.safekeeping.restore(file).without_song == ()
        require_everything(engine)


def test_what_finds_no_song_here_is_told_and_kept_until_it_is_heard(
    there: PlantedLibrary, engine: Engine, file: Path
) -> None:
    back_up(there, file, heard=True)
    with there.open() as other:
        names = set(ids(other.library().songs, 0, 1, 2, 3, 6, 7))
    assert set(engine.safekeeping.restore(file).without_song) == names
    hear(engine)
    require_everything(engine)


def test_on_a_new_machine_the_stars_of_the_old_player_are_lost_ones(
    there: PlantedLibrary, engine: Engine, file: Path
) -> None:
    back_up(there, file, heard=True)
    hear(engine)
    assert engine.safekeeping.lost() == []
    engine.safekeeping.restore(file)
    lost, songs = engine.safekeeping.lost(), engine.library().songs
    assert [each.song for each in lost] == songs[:4]
    with there.open() as other:
        assert [each.last.rating for each in lost] == [song.rating for song in other.library().songs[:4]]
    rated = {song.song_id: song.rating for song in engine.curation().songs if song.is_rated}
    assert set(rated) == set(ids(songs, 0, 1, 2, 6, 7)), "the fourth is spoken"


def test_lost_stars_make_a_playlist_and_none_make_none(here: PlantedLibrary, engine: Engine, tmp_path: Path) -> None:
    assert engine.safekeeping.write_playlist(engine.safekeeping.lost()) is None
    path = here.paths[5]
    here.database.rate(path, 0.8)
    hear(engine)
    list(engine.scan())
    here.database.rate(path, -1)
    lost = engine.safekeeping.lost()
    written = engine.safekeeping.write_playlist(lost)
    assert written == engine.playlist_folder / "Lost ratings.xspf"
    assert "05%20%5Blive%5D.mp3" in written.read_text()
    assert engine.safekeeping.write_playlist(lost, output=tmp_path / "again.m3u8") == tmp_path / "again.m3u8"


def test_of_two_copies_that_lost_their_stars_one_is_to_be_rated_again(here: PlantedLibrary, engine: Engine) -> None:
    first, second, other = (here.paths[number] for number in (5, 6, 7))
    rate = here.database.rate
    for path in (first, second, other):
        rate(path, 0.8)
    hear(engine)
    list(engine.scan())
    for path in (first, second, other):
        rate(path, -1)
    songs = engine.library().songs
    pair = ComparisonRecord(*ids(songs, 5, 6), "same audio", 0.9, "")
    engine.stores.fingerprints.save_comparisons([pair])
    for kept in (5, 6):
        engine.duplicates.say_keep(songs[kept].song_id, copies=None)
        lost = engine.safekeeping.lost()
        assert len(lost) == 3
        assert engine.safekeeping.to_rate_again(lost) == [songs[kept], songs[7]]
        engine.duplicates.take_back_keep(songs[kept].song_id)


def test_what_no_playlist_can_name_makes_none(here: PlantedLibrary, engine: Engine, file: Path) -> None:
    row = SongRow(path=Path("/music/AC\\DC.mp3"), rating=0.8)
    here.database.add(row)
    engine.safekeeping.back_up(file)  # which notes the stars
    here.database.rate(row.path, -1)
    assert len(engine.safekeeping.lost()) == 1
    assert engine.safekeeping.write_playlist(engine.safekeeping.lost()) is None


def test_a_configuration_is_taken_where_there_is_none(there: PlantedLibrary, here: PlantedLibrary, file: Path) -> None:
    back_up(there, file, heard=True)
    here.profile.config_file.unlink()
    with here.open() as engine:
        restored = engine.safekeeping.restore(file)
    assert (restored.configuration, restored.is_in_use) == (here.profile.config_file, True)
    assert here.profile.config_file.read_text() == SETTINGS


@pytest.mark.parametrize("is_here", [True, False])
def test_a_configuration_of_another_machine_is_laid_beside(
    there: PlantedLibrary, here: PlantedLibrary, file: Path, is_here: bool
) -> None:
    there.profile.config_file.write_text(PLACES)
    back_up(there, file, heard=True)
    if not is_here:
        here.profile.config_file.unlink()
    with here.open() as engine:
        restored = engine.safekeeping.restore(file)
    assert restored.configuration == here.profile.config / "marmalade.from-backup.yaml"
    assert not restored.is_in_use
    assert restored.configuration.read_text() == PLACES
    assert here.profile.config_file.is_file() is is_here


def test_a_damaged_backup_changes_nothing(there: PlantedLibrary, engine: Engine, file: Path) -> None:
    back_up(there, file, heard=True)
    with zipfile.ZipFile(file) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, b"[{}]" if name == "speech.json" else text)
    before = engine.stores.companion.backups.collect()
    with pytest.raises(UserError, match="is damaged"):
        engine.safekeeping.restore(file)
    assert engine.stores.companion.backups.collect() == before


def test_the_player_s_database_is_never_written(there: PlantedLibrary, engine: Engine, file: Path) -> None:
    back_up(there, file, heard=True)

    def digest() -> str:
        return hashlib.sha256(engine.database.path.read_bytes()).hexdigest()

    before = digest()
    engine.safekeeping.restore(file)
    engine.safekeeping.write_playlist(engine.safekeeping.lost())
    engine.safekeeping.back_up(file)
    with pytest.raises(UserError, match="no backup of Marmalade"):
        engine.safekeeping.back_up(engine.database.path)
    assert digest() == before


def test_a_backup_is_not_laid_below_the_music(here: PlantedLibrary, engine: Engine, tmp_path: Path) -> None:
    (music,) = engine.library().directories
    link = tmp_path / "link"
    link.symlink_to(music)
    before = sorted(music.rglob("*"))
    for place in (music / "my.backup", music / "new" / "my.backup", link / "my.backup"):
        with pytest.raises(UserError, match="lies in your music folder"):
            engine.safekeeping.back_up(place)
    assert sorted(music.rglob("*")) == before
    engine.safekeeping.back_up(music.with_name(f"{music.name} backups") / "my.backup")
