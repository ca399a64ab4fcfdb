"""From the configuration to the rooms: each key arrives where it takes effect."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.config import parse_config
from core.paths import Profile
from core.settings import (
    analysis_settings,
    classifier_key,
    embeddings_path,
    encoder_key,
    hyperparameters,
    open_stores,
    playlist_folder,
)


def test_without_a_word_the_first_day_s_encoder_hears_the_centre() -> None:
    settings = analysis_settings(parse_config({}))
    assert settings.encoder.reference == "SpectralEncoder"
    assert settings.excerpt.name == "center-30s-22050Hz-max900s"


def test_the_keys_of_the_analysis_arrive(tmp_path: Path) -> None:
    config = parse_config(
        {
            "seed": 7,
            "music": {"audio_sample_rate": 16000, "audio_duration": 12.5, "center_crop": False},
            "hyperparameters": {"encoder_class": "MelEncoder", "embedding_dim": 64, "max_audio_duration": 600},
        }
    ).read_in(tmp_path)
    settings = analysis_settings(config)
    encoder = settings.encoder
    assert (encoder.reference, encoder.embedding_dim, encoder.seed) == ("MelEncoder", 64, 7)
    assert (encoder.sample_rate, encoder.folder) == (16000, tmp_path)
    assert settings.excerpt.name == "start-12.5s-16000Hz-max600s"
    assert analysis_settings(config, encoder="SimpleAudioEncoder").encoder.reference == "SimpleAudioEncoder"


def test_the_keys_of_the_classifier_arrive() -> None:
    wanted = {
        "classifier_hidden_dims": [8],
        "dropout": 0.1,
        "classifier_lr": 0.01,
        "classifier_epochs": 5,
        "classifier_batch_size": 16,
    }
    found = hyperparameters(parse_config({"hyperparameters": wanted}))
    assert {name: found[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (None, "{profile}/cache/embeddings.db"),
        ("./own.db", "{profile}/cache/own.db"),
        ("deep/own.db", "{profile}/cache/deep/own.db"),
        ("/elsewhere/own.db", "/elsewhere/own.db"),
        ("~/own.db", "{home}/own.db"),
    ],
)
def test_a_relative_store_lies_below_the_profile(
    tmp_path: Path, own_home: Path, named: str | None, expected: str
) -> None:
    path = embeddings_path(parse_config({"music": {"embedding_db_path": named}}), Profile.below(tmp_path))
    assert path == Path(expected.format(profile=tmp_path, home=own_home))


def test_each_store_lies_where_the_configuration_says(tmp_path: Path) -> None:
    profile = Profile.below(tmp_path / "profile")
    named = {
        "embedding_db_path": "own/vectors.db",
        "fingerprint_cache": str(tmp_path / "prints.db"),
        "speech_detection": {"cache_path": "./speech.db"},
    }
    open_stores(parse_config({"music": named}), profile).close()
    assert (tmp_path / "prints.db").is_file()
    assert {path.name for path in profile.cache.rglob("*.db")} == {"vectors.db", "speech.db"}
    assert {path.name for path in profile.data.rglob("*.db")} == {"companion.db"}
    open_stores(parse_config({}), profile).close()
    assert {path.name for path in profile.cache.glob("*.db")} == {
        *("embeddings.db", "fingerprints.db", "speech_cache.db", "speech.db"),
    }


def test_the_threshold_of_speech_is_one_that_finds_speech_with_pauses() -> None:
    speech = parse_config({}).music.speech_detection
    assert (speech.enabled, speech.speech_threshold) == (True, 0.15)
    assert parse_config({"music": {"speech_detection": {"speech_threshold": 0.5}}}).music.speech_detection.enabled


def test_playlists_lie_where_they_are_wanted(tmp_path: Path) -> None:
    profile = Profile.below(tmp_path)
    assert playlist_folder(parse_config({}), profile) == tmp_path / "recommendations"
    named = parse_config({"music": {"playlist_folder": "/music/lists"}})
    assert playlist_folder(named, profile) == Path("/music/lists")


def test_the_key_of_an_encoder_tells_every_setting_apart() -> None:
    choice = analysis_settings(parse_config({})).encoder
    others = [
        replace(choice, reference="MelEncoder"),
        replace(choice, embedding_dim=64),
        replace(choice, seed=1),
        replace(choice, sample_rate=16000),
    ]
    keys = {encoder_key(each) for each in (choice, *others)}
    assert len(keys) == 5
    assert encoder_key(choice) in keys, "and it is the same each time"


@pytest.mark.parametrize("place", ["mine.py", "mine/__init__.py", "../mine.py"])
def test_an_edit_of_the_owner_s_file_changes_its_key(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "configs"
    file = folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    file.write_text("class Mine: ...")
    config = parse_config({"hyperparameters": {"encoder_class": "mine:Mine"}}).read_in(folder)
    choice = analysis_settings(config).encoder
    before = encoder_key(choice)
    assert encoder_key(choice) == before
    os.utime(file, (1, 1))
    assert encoder_key(choice) != before


def test_a_model_of_the_hub_is_known_by_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name in ("config.json", "model.safetensors", "README.md"):
        (folder / name).touch()
    choice = analysis_settings(parse_config({"hyperparameters": {"encoder_class": f"huggingface:{folder}"}})).encoder
    before = encoder_key(choice)
    os.utime(folder / "README.md", (1, 1))
    assert encoder_key(choice) == before
    os.utime(folder / "model.safetensors", (1, 1))
    assert encoder_key(choice) != before


def test_an_edit_of_the_owner_s_classifier_changes_its_key(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("class Mine: ...")
    config = parse_config({"hyperparameters": {"classifier_class": "mine:Mine"}}).read_in(tmp_path)
    before = classifier_key(config)
    assert classifier_key(config) == before
    os.utime(file, (1, 1))
    assert classifier_key(config) != before


def test_new_weights_change_the_key_of_a_checkpoint(tmp_path: Path) -> None:
    weights = tmp_path / "encoder.pt"
    weights.touch()
    choice = replace(analysis_settings(parse_config({})).encoder, checkpoint=weights)
    before = encoder_key(choice)
    os.utime(weights, (1, 1))
    assert encoder_key(choice) != before


def test_where_weights_are_kept_does_not_change_the_key(tmp_path: Path) -> None:
    choice = analysis_settings(parse_config({})).encoder
    assert encoder_key(replace(choice, weights=tmp_path / "musicnn.safetensors")) == encoder_key(choice)
