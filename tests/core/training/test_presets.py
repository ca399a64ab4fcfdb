"""Which preset a machine and a library get, why, and what the owner's own keys do to it."""

from dataclasses import replace
from pathlib import Path

import pytest
from torch import nn

from core.config import Hyperparameters
from core.errors import UserError
from core.training import presets
from core.training.context import TrainingContext
from core.training.loop import encoder_config
from core.training.loop.encoder_config import config_of, joint_encoder_config
from core.training.presets import ChosenPreset, choose_preset, merged
from core.training.protocol import TrainingJob, TrainingSong
from tests.planted_views import Recorder, Tiny


def chosen(**changes: object) -> ChosenPreset:
    facts: dict[str, object] = {"songs": 200, "cores": 2, "has_gpu": False, "has_musicnn": True}
    return choose_preset(**{**facts, **changes})  # type: ignore[arg-type]


def context(folder: Path, *, job: TrainingJob | None = None, device: str = "cpu", **hyper: object) -> TrainingContext:
    songs = [TrainingSong(f"file:///{row}", -1.0, str(row), "") for row in range(200)]
    return TrainingContext(hyper, device, folder, job=job, songs=songs, reporter=Recorder())


def job(folder: Path, **options: object) -> TrainingJob:
    return TrainingJob("train-encoder", folder, folder, folder, "", [], seed=7, options=options)


@pytest.fixture(autouse=True)
def two_cores_with_taggers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_config, "usable_cores", lambda: 2)
    monkeypatch.setattr(encoder_config, "has_musicnn", lambda _kept: True)


def test_a_small_library_without_a_gpu_is_done_quickly() -> None:
    preset = chosen()
    assert preset.name == "quick"
    assert "200 songs" in preset.reason
    assert "about 40 seconds" in preset.reason


def test_a_large_library_is_distilled_and_the_reason_tells_the_hours() -> None:
    preset = chosen(songs=60_000)
    assert preset.name == "overnight"
    assert preset.settings["mode"] == "distill"
    assert "60,000 songs" in preset.reason
    assert "about 3 hours" in preset.reason
    assert chosen(songs=60_000, cores=16).name == "quick", "more cores hear it in less than an hour"
    assert chosen(songs=60_000, seconds_per_song=0.02).name == "quick"


def test_a_gpu_learns_from_sound() -> None:
    preset = chosen(has_gpu=True, songs=60_000)
    assert preset.name == "gpu"
    assert preset.settings["mode"] == "multitask"
    assert preset.settings["encoder_epochs"] == 50


def test_without_the_pretrained_taggers_the_reason_names_them() -> None:
    preset = chosen(has_musicnn=False, songs=60_000)
    assert preset.name == "quick"
    assert "musicnn" in preset.reason


def test_a_wish_is_taken_and_an_unknown_one_is_a_sentence() -> None:
    assert chosen(wish="gpu").name == "gpu"
    with pytest.raises(UserError, match="choose quick, overnight, gpu"):
        chosen(wish="fast")


def test_keys_that_the_owner_set_win_over_the_preset() -> None:
    preset = chosen()
    values = merged({"encoder_lr": 0.5, "encoder_epochs": 50, "dropout": 0.3}, preset, explicit={"encoder_lr"})
    assert values["encoder_lr"] == 0.5
    assert values["encoder_epochs"] == preset.settings["encoder_epochs"] != 50
    assert values["dropout"] == 0.3


def test_a_job_is_trained_by_the_preset_and_says_why(tmp_path: Path) -> None:
    defaults = {"encoder_lr": 0.001, "encoder_epochs": 50, "encoder_batch_size": 32, "embedding_dim": 512}
    ctx = context(tmp_path, job=job(tmp_path, explicit=["encoder_epochs"]), **(defaults | {"encoder_epochs": 7}))
    config = config_of(ctx)
    quick = presets.SETTINGS["quick"]
    assert (config.reference, config.preset, config.epochs, config.seed) == ("AdaptedEncoder", "quick", 7, 7)
    assert config.learning_rate == quick["encoder_lr"]
    assert config.objective["temperature"] == quick["temperature"]
    said = ctx.reporter.of("preset")[0]  # type: ignore[attr-defined]
    assert said["name"] == "quick"
    assert said["reason"].endswith(".")


def test_an_encoder_of_the_owners_is_trained_as_the_configuration_says(tmp_path: Path) -> None:
    hyper = {"encoder_class": "mine:Mine", "encoder_lr": 0.001, "encoder_epochs": 50, "use_multitask": False}
    config = config_of(context(tmp_path, job=job(tmp_path), **hyper))
    assert (config.reference, config.preset, config.mode) == ("mine:Mine", "own", "contrastive")
    assert (config.learning_rate, config.epochs) == (0.001, 50)
    multitask = {**hyper, "use_multitask": True}
    assert config_of(context(tmp_path, job=job(tmp_path, explicit=["use_multitask"]), **multitask)).mode == "multitask"


def test_an_encoder_of_the_owners_is_trained_with_nothing_but_the_defaults_of_the_configuration(tmp_path: Path) -> None:
    hyper = Hyperparameters(encoder_class="mine:Mine").model_dump()
    assert config_of(context(tmp_path, job=job(tmp_path, explicit=["encoder_class"]), **hyper)).mode == "contrastive"
    assert joint_encoder_config(context(tmp_path, job=job(tmp_path), **hyper)).mode == "contrastive"


def test_a_class_is_as_good_as_a_reference(tmp_path: Path) -> None:
    class Mine(Tiny):
        pass

    config = config_of(context(tmp_path, encoder_class=Mine, encoder_lr=0.2, encoder_epochs=3, seed=9))
    assert config.reference.endswith("Mine")
    assert (config.learning_rate, config.epochs, config.seed) == (0.2, 3, 9)
    assert issubclass(Mine, nn.Module)


def test_ours_by_name_is_trained_by_the_preset_that_is_made_for_it(tmp_path: Path) -> None:
    ctx = context(
        tmp_path, job=job(tmp_path, explicit=["encoder_class"]), device="cuda", encoder_class="AdaptedEncoder"
    )
    assert config_of(ctx).preset == "quick"


def test_a_mode_can_be_asked_for_and_an_unknown_one_is_a_sentence(tmp_path: Path) -> None:
    assert config_of(context(tmp_path, job=job(tmp_path, mode="supervised"))).mode == "supervised"
    distilled = config_of(context(tmp_path, job=job(tmp_path, mode="distill")))
    assert (distilled.preset, distilled.reference) == ("overnight", "MelEncoder")
    with pytest.raises(UserError, match="choose contrastive, supervised, multitask, distill"):
        config_of(context(tmp_path, job=job(tmp_path, mode="magic")))


def test_a_joint_run_is_never_distilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presets, "LONGEST_WAIT", 0.0)
    assert config_of(context(tmp_path, job=job(tmp_path))).mode == "distill"
    ctx = context(tmp_path, job=job(tmp_path))
    assert joint_encoder_config(ctx).mode == "contrastive"
    (said,) = ctx.reporter.of("preset")  # type: ignore[attr-defined]
    assert said["name"] == "quick"
    assert "learns together with a classifier" in said["reason"], "nobody has asked for it"


def test_presets_name_keys_that_exist() -> None:
    taken = {*encoder_config.TAKEN, *encoder_config.RENAMED, *encoder_config.OBJECTIVE_KEYS, "encoder_class", "mode"}
    for settings in presets.SETTINGS.values():
        assert set(settings) <= taken
    assert replace(encoder_config.EncoderConfig(), epochs=1).epochs == 1
