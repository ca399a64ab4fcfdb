"""The history of playlists in the companion store."""

from dataclasses import replace
from pathlib import Path

from core.song import SongId
from core.store.companion import CompanionStore
from core.store.made_playlists import MadePlaylist

MADE = MadePlaylist(
    "Évening",
    {Path("/music/Evening \udcff.xspf"): "ab", Path("/music/Evening.m3u8"): "cd"},
    '{"version": 1}',
    (SongId("file:///a.mp3"), SongId("file:///\udcff.mp3")),
    12.5,
    keep_up_to_date=True,
)


def test_what_was_made_comes_back_the_newest_first(tmp_path: Path) -> None:
    store = CompanionStore(tmp_path / "companion.db")
    first = store.made_playlists.save(MADE)
    second = store.made_playlists.save(replace(MADE, name="Later", made_at=20.0))
    store.close()
    again = CompanionStore(tmp_path / "companion.db")
    assert again.made_playlists.all() == [
        replace(MADE, name="Later", made_at=20.0, key=second),
        replace(MADE, key=first),
    ]
    assert list(again.made_playlists.all()[1].files) == list(MADE.files), "the order of the files stays"
    again.close()


def test_one_playlist_takes_the_place_of_others(tmp_path: Path) -> None:
    store = CompanionStore(tmp_path / "companion.db")
    keys = [store.made_playlists.save(MADE) for _ in range(3)]
    changed = replace(MADE, key=keys[0], keep_up_to_date=False)
    assert store.made_playlists.save(changed, instead_of=[keys[1]]) == keys[0]
    assert {each.key: each.keep_up_to_date for each in store.made_playlists.all()} == {keys[0]: False, keys[2]: True}
    store.made_playlists.forget(keys[2])
    assert store.made_playlists.all() == [changed]
    store.close()
