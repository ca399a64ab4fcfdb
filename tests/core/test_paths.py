"""Where files lie: as the desktop prescribes, or all below one folder."""

from dataclasses import fields
from pathlib import Path

import pytest

from core.paths import Profile


def test_the_user_s_profile_lies_where_the_desktop_says(own_home: Path) -> None:
    profile = Profile.of_user()
    assert profile.data == own_home / ".local/share/marmalade"
    assert profile.cache == own_home / ".cache/marmalade"
    assert profile.config == own_home / ".config/marmalade"
    assert profile.state == own_home / ".local/state/marmalade"
    assert profile.playlists == own_home / "Music" / "recommendations"


def test_a_throw_away_profile_lies_below_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    profile = Profile.below(Path("profile"))
    places = [getattr(profile, field.name) for field in fields(profile)]
    files = [profile.config_file, profile.companion_database, profile.embeddings_database, profile.checkpoints]
    files += [profile.fingerprints_database, profile.speech_database, profile.scan_lock, profile.pretrained_weights]
    assert all(place.is_relative_to(tmp_path / "profile") for place in [*places, *files])
    assert len(set(places)) == len(places)


def test_the_home_may_be_written_as_a_tilde(own_home: Path) -> None:
    assert Profile.below(Path("~/profile")).data == own_home / "profile" / "data"


def test_what_can_be_rebuilt_lies_apart_from_what_cannot(tmp_path: Path) -> None:
    profile = Profile.below(tmp_path)
    assert profile.companion_database.parent == profile.data
    assert profile.checkpoints.parent == profile.data
    caches = [profile.embeddings_database, profile.fingerprints_database, profile.speech_database]
    assert {path.parent for path in caches} == {profile.cache}
    assert [path.name for path in caches] == ["embeddings.db", "fingerprints.db", "speech_cache.db"], "the plan's names"


def test_naming_a_profile_creates_nothing(tmp_path: Path) -> None:
    Profile.below(tmp_path / "profile")
    assert list(tmp_path.iterdir()) == []
