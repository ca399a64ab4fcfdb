"""The child's jobs about encoders that travel: what a card tells, and what it does not."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.analysis.facts import ExcerptChoice
from core.errors import UserError
from core.models import checkpoint, registry
from core.models.card import Card
from core.models.checkpoint import CheckpointConfig
from core.training.protocol import TrainingJob, TrainingSong
from core.training.transfer_stage import export_encoder, import_encoder
from tests.recorded_messages import Messages

ARGUMENTS = {"embedding_dim": 8, "seed": 5}
SECRETS = ["Secret Artist", "secret group", "Secret Album", "Secret Genre", "secret-folder", "secret.mp3"]


def song(number: int) -> TrainingSong:
    return TrainingSong(
        song_id=f"file:///home/anna/secret-folder/{number}-secret.mp3",
        rating=0.8 if number < 4 else -1.0,
        group=f"secret group {number}",
        album="Secret Album",
        artist=f"Secret Artist {number // 2}" if number else "",
        genre=f"Secret Genre {number % 2}",
        path=f"/home/anna/secret-folder/{number}-secret.mp3",
    )


@pytest.fixture
def job(tmp_path: Path) -> TrainingJob:
    """An export of an encoder that was trained on eight songs of ten."""
    encoder = registry.build("MelEncoder", **ARGUMENTS)
    data = {
        "songs": 8,
        "rated": 4,
        "held_out": ["secret group 1", "secret group 2"],
        "epoch": 3,
        "config": {"mode": "multitask", "reference": "MelEncoder"},
    }
    trained = tmp_path / "models" / "mel-1-old.pt"
    checkpoint.save(trained, encoder, config=CheckpointConfig("MelEncoder", ARGUMENTS, {"probe/score": 0.5}, data))
    return TrainingJob(
        kind="export",
        embeddings_db=tmp_path / "embeddings.db",
        companion_db=tmp_path / "companion.db",
        checkpoint_dir=tmp_path / "models",
        embedding_version="",
        songs=[song(number) for number in range(10)],
        options={
            "version": "mel-1-old",
            "checkpoint": str(trained),
            "file": str(tmp_path / "sent.safetensors"),
            "license": "",
            "note": "",
            "figures": {"encoder_loss": 2.5, "infinite": float("inf")},
        },
    )


def arriving(job: TrainingJob, folder: Path) -> TrainingJob:
    """An import of what the job exported, somewhere else."""
    return replace(job, kind="import", checkpoint_dir=folder / "models", options={"file": job.options["file"]})


def test_the_card_tells_of_data_metrics_and_license(job: TrainingJob) -> None:
    wishes = {"license": "CC0-1.0", "note": "For jazz."}
    card = export_encoder(replace(job, options=job.options | wishes), Messages())["card"]
    assert card["data"] == {
        "songs_learned_from": 8,
        "of_them_rated": 4,
        "artists_held_out": 2,
        "way_of_training": "multitask",
        "best_epoch": 3,
        "songs_in_the_library": 10,
        "artists_in_the_library": 5,
        "genres_in_the_library": 2,
    }
    assert card["metrics"] == {"probe/score": 0.5, "encoder_loss": 2.5}
    assert card["excerpt"] == {"duration": 30.0, "center_crop": True, "sample_rate": 22050}
    assert (card["dimension"], card["version"], card["license"], card["note"]) == (
        8,
        "mel-1-old",
        "CC0-1.0",
        "For jazz.",
    )


def test_nothing_private_leaves(job: TrainingJob, tmp_path: Path) -> None:
    told = export_encoder(job, Messages())
    for file in (told["file"], told["card_file"]):
        written = Path(file).read_bytes()
        assert [secret for secret in [*SECRETS, "anna", str(tmp_path)] if secret.encode() in written] == []
    stays = Path(job.options["checkpoint"]).read_bytes()
    assert b"secret group" in stays, "or the test would find nothing anywhere"


def test_it_arrives_under_the_hash_of_its_contents(job: TrainingJob, tmp_path: Path) -> None:
    export_encoder(job, Messages())
    messages = Messages()
    told = import_encoder(arriving(job, tmp_path / "new"), messages)
    path = Path(told["checkpoint"])
    assert path == tmp_path / "new" / "models" / f"{told['embedding_version']}.pt"
    assert told["embedding_version"].startswith("mel-1-")
    assert (told["reference"], told["dimension"], told["is_new"]) == ("MelEncoder", 8, True)
    assert messages.sentences == []
    assert not import_encoder(arriving(job, tmp_path / "new"), Messages())["is_new"]
    other = registry.build("MelEncoder", embedding_dim=8, seed=6)
    saved = checkpoint.load(Path(job.options["checkpoint"])).config
    checkpoint.save(Path(job.options["checkpoint"]), other, config=saved)
    export_encoder(job, Messages())
    assert import_encoder(arriving(job, tmp_path / "new"), Messages())["embedding_version"] != told["embedding_version"]


def test_another_excerpt_is_told(job: TrainingJob, tmp_path: Path) -> None:
    export_encoder(replace(job, excerpt=ExcerptChoice(duration=60.0)), Messages())
    messages = Messages()
    import_encoder(arriving(job, tmp_path / "new"), messages)
    assert messages.sentences == [
        "The encoder was made with excerpts of 60 s, and yours are of 30 s: it may hear them otherwise."
    ]


def test_one_that_is_passed_on_keeps_its_card_and_its_license(job: TrainingJob, tmp_path: Path) -> None:
    options = job.options | {"license": "CC BY 4.0", "note": "For jazz."}
    first = export_encoder(replace(job, options=options), Messages())["card"]
    told = import_encoder(arriving(job, tmp_path / "new"), Messages())
    onward = job.options | {"checkpoint": told["checkpoint"], "version": told["embedding_version"]}
    again = replace(job, songs=[], options=onward)
    assert export_encoder(again, Messages())["card"] == first
    with pytest.raises(UserError, match=r"not yours to change: CC BY 4\.0"):
        export_encoder(replace(again, options=onward | {"license": "mine"}), Messages())
    assert (
        Card.from_dict(export_encoder(replace(again, options=onward | {"note": "!"}), Messages())["card"]).note == "!"
    )


def test_a_file_that_is_refused_leaves_nothing(job: TrainingJob, tmp_path: Path) -> None:
    export_encoder(job, Messages())
    sent = Path(job.options["file"])
    sent.write_bytes(sent.read_bytes()[:-10])
    with pytest.raises(UserError, match="damaged"):
        import_encoder(arriving(job, tmp_path / "new"), Messages())
    assert not (tmp_path / "new").exists()


def test_what_hears_nothing_but_numbers_out_of_range_is_refused(job: TrainingJob, tmp_path: Path) -> None:
    encoder = registry.build("MelEncoder", **ARGUMENTS)
    for tensor in encoder.state_dict().values():
        if tensor.is_floating_point():
            tensor.fill_(torch.finfo(tensor.dtype).max)
    checkpoint.save(Path(job.options["checkpoint"]), encoder, config=CheckpointConfig("MelEncoder", ARGUMENTS))
    export_encoder(job, Messages())
    with pytest.raises(UserError, match="not finite numbers"):
        import_encoder(arriving(job, tmp_path / "new"), Messages())
