"""Encoders as files: what goes out comes in again, and nothing else does, whoever wrote the file."""

import json
import pickle
import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from core.errors import UserError
from core.models import checkpoint, registry
from core.models.card import Card
from core.models.checkpoint import Checkpoint, CheckpointConfig
from core.models.transfer import FORMAT, build_arrival, card_file, place_encoder, read_encoder, write_encoder
from core.models.versions import model_version

ARGUMENTS = {"embedding_dim": 16, "seed": 3}
CARD = Card("MelEncoder", "mel-1-ab12cd34", 16, metrics={"probe/score": 0.5}, note="Small.")

OWN = """
import torch
from torch import nn

class Mine(nn.Module):
    def __init__(self, embedding_dim=4, gains=()):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(embedding_dim))
        self.gains = list(gains)

    def forward(self, audio):
        return audio.abs().mean(dim=1, keepdim=True) * self.scale

    def get_embedding_dim(self):
        return len(self.scale)
"""


@pytest.fixture(scope="module")
def saved() -> Checkpoint:
    """A trained encoder, or one that could be."""
    encoder = registry.build("MelEncoder", **ARGUMENTS)
    config = CheckpointConfig("MelEncoder", ARGUMENTS, {"probe/score": 0.5}, {"held_out": ["a group"]})
    return Checkpoint(config, checkpoint.weights_of(encoder))


@pytest.fixture
def file(tmp_path: Path, saved: Checkpoint) -> Path:
    path = tmp_path / "sent" / "encoder.safetensors"
    write_encoder(path, saved, card=CARD)
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a configuration lies, with a module of its owner's."""
    monkeypatch.delitem(sys.modules, "my_encoder", raising=False)
    place = tmp_path / "configs"
    place.mkdir()
    (place / "my_encoder.py").write_text(OWN)
    return place


def rewrite(file: Path, *, state: dict[str, torch.Tensor] | None = None, **metadata: str) -> Path:
    """The same file with other words, or other weights."""
    with safe_open(file, framework="pt") as opened:
        before, weights = opened.metadata(), {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    save_file({**weights, **(state or {})}, file, metadata={**before, **metadata})
    return file


def test_what_goes_out_comes_in_again(file: Path, saved: Checkpoint, tmp_path: Path) -> None:
    arrival = read_encoder(file)
    assert (arrival.reference, arrival.arguments, arrival.card, arrival.data) == ("MelEncoder", ARGUMENTS, CARD, {})
    encoder = build_arrival(arrival)
    assert model_version(encoder) == model_version(saved.build())
    path = tmp_path / "models" / "mel.pt"
    assert place_encoder(encoder, arrival, path)
    again = checkpoint.load(path)
    assert (again.config.reference, again.config.arguments) == ("MelEncoder", ARGUMENTS)
    assert again.config.metrics == CARD.metrics
    assert Card.from_dict(again.config.data["card"]) == CARD
    sound = torch.randn(1, 44100, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        torch.testing.assert_close(again.build()(sound), saved.build()(sound), rtol=0, atol=0)


def test_the_same_encoder_again_changes_nothing(file: Path, tmp_path: Path) -> None:
    arrival, path = read_encoder(file), tmp_path / "mel.pt"
    encoder = build_arrival(arrival)
    assert place_encoder(encoder, arrival, path)
    before = path.stat().st_mtime_ns
    assert not place_encoder(encoder, arrival, path)
    assert path.stat().st_mtime_ns == before


def test_another_encoder_of_that_name_is_not_overwritten(file: Path, tmp_path: Path) -> None:
    arrival, path = read_encoder(file), tmp_path / "mel.pt"
    place_encoder(registry.build("MelEncoder", embedding_dim=16, seed=4), arrival, path)
    before = path.read_bytes()
    with pytest.raises(UserError, match="another encoder named mel"):
        place_encoder(build_arrival(arrival), arrival, path)
    assert path.read_bytes() == before


def test_a_card_for_people_lies_beside_it(file: Path) -> None:
    assert card_file(file) == file.with_name("encoder.safetensors.md")
    assert card_file(file).read_text().startswith("# An encoder of Marmalade\n\nSmall.")


def test_what_is_known_of_the_songs_stays_here(file: Path) -> None:
    assert b"a group" not in file.read_bytes()
    assert b"a group" not in card_file(file).read_bytes()


def test_a_checkpoint_of_ours_is_taken_too(saved: Checkpoint, tmp_path: Path) -> None:
    path = tmp_path / "encoder.pt"
    checkpoint.copy(saved, path)
    arrival = read_encoder(path)
    assert model_version(build_arrival(arrival)) == model_version(saved.build())
    assert arrival.card.metrics == {"probe/score": 0.5}
    assert arrival.data == {}, "without the way of training, nothing is known to be held out"


def test_a_checkpoint_keeps_what_a_comparison_has_to_know(saved: Checkpoint, tmp_path: Path) -> None:
    path, known = tmp_path / "encoder.pt", {"held_out": ["a group"], "config": {"mode": "contrastive"}}
    checkpoint.copy(replace(saved, config=replace(saved.config, data={**known, "songs": 3})), path)
    assert read_encoder(path).data == known


def test_of_a_joint_training_only_the_encoder_is_taken(saved: Checkpoint, tmp_path: Path) -> None:
    path = tmp_path / "best_model.pt"
    classifier = registry.build("SimpleRatingClassifier", embedding_dim=16)
    taste = Checkpoint(
        CheckpointConfig("SimpleRatingClassifier", {"embedding_dim": 16}), checkpoint.weights_of(classifier)
    )
    checkpoint.save_joint(path, encoder=saved, classifier=taste)
    assert read_encoder(path).state.keys() == saved.state.keys()


class Trap:
    """Creates a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("name", ["trap.pt", "trap.safetensors"])
@pytest.mark.parametrize("writes", ["pickle", "torch"])
def test_code_in_a_file_is_not_run(tmp_path: Path, name: str, writes: str) -> None:
    path, trap = tmp_path / name, Trap(tmp_path / "sprung")
    if writes == "pickle":
        path.write_bytes(pickle.dumps(trap))
    else:
        torch.save({"format": "marmalade-checkpoint-1", "config": trap, "state": {}}, path)
    with pytest.raises(UserError, match=r"a pickle, which can hold a program|Nothing in it was run"):
        read_encoder(path)
    assert not (tmp_path / "sprung").exists()


def huge_header(path: Path) -> None:
    path.write_bytes(struct.pack("<Q", 2**62) + b"{}")


def long_header(path: Path) -> None:
    path.write_bytes(struct.pack("<Q", 1000) + b"{" * 1000)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no weights at all " * 50),
        lambda path: path.write_bytes(path.read_bytes()[:-100]),
        lambda path: path.write_bytes(path.read_bytes()[:200]),
        lambda path: path.write_bytes(b"\xff" * 4096),
        huge_header,
        long_header,
    ],
)
def test_a_damaged_file_is_one_sentence(file: Path, spoil: Callable[[Path], object]) -> None:
    spoil(file)
    with pytest.raises(UserError, match="is damaged, or no file of weights"):
        read_encoder(file)


def test_a_missing_file_and_a_folder_are_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.safetensors", tmp_path):
        with pytest.raises(UserError, match="cannot be read"):
            read_encoder(path)


def test_weights_of_another_program_say_so(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    save_file({"a": torch.ones(2)}, path)
    with pytest.raises(UserError, match="does not say of which encoder"):
        read_encoder(path)


@pytest.mark.parametrize(
    "content",
    [
        {"config": {"reference": "MelEncoder", "arguments": {}}},
        {"config": {"strange": 1}, "state": {}},
        {"config": {"reference": 3, "arguments": {}}, "state": {}},
        {"config": {"reference": "MelEncoder", "arguments": []}, "state": {}},
        {"config": {"reference": "MelEncoder", "arguments": {}}, "state": [1]},
        {"config": {"reference": "MelEncoder", "arguments": {}}, "state": {"a": 1}},
        {"parts": 5},
        {"parts": {"encoder": 1}},
    ],
)
def test_a_checkpoint_of_another_form_is_one_sentence(tmp_path: Path, content: dict[str, Any]) -> None:
    path = tmp_path / "odd.pt"
    torch.save({"format": "marmalade-checkpoint-1", **content}, path)
    with pytest.raises(UserError, match=r"no checkpoint of this version"):
        read_encoder(path)


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "os:system",
        "antigravity:Mine",
        "torch.nn:Linear",
        "stranger:Mine",
        "/elsewhere/evil:Mine",
        "..my_encoder:Mine",
        "huggingface:/elsewhere/model",
        "huggingface:../model",
        "my_encoder:",
        "core.models.own_module:own_file",
    ],
)
def test_a_file_brings_no_program_and_imports_none(file: Path, folder: Path, reference: str) -> None:
    loaded = set(sys.modules)
    with pytest.raises(UserError, match="the file brings no program along"):
        build_arrival(read_encoder(rewrite(file, reference=reference)), relative_to=folder)
    assert not {"antigravity", "my_encoder", "stranger"} & (set(sys.modules) - loaded)


def test_a_module_of_the_owner_s_without_that_class_is_not_run(file: Path, folder: Path) -> None:
    for name, text in (("tidy_up", "open('swept', 'w')\nEncoder = 3\n"), ("broken", "class Encoder(\n")):
        (folder / f"{name}.py").write_text(text)
        with pytest.raises(UserError, match="the file brings no program along"):
            build_arrival(read_encoder(rewrite(file, reference=f"{name}:Encoder")), relative_to=folder)
        assert name not in sys.modules


def test_a_model_of_the_hub_has_to_be_here(file: Path) -> None:
    with pytest.raises(UserError, match="download someone/tiny once"):
        build_arrival(read_encoder(rewrite(file, reference="huggingface:someone/tiny")))


def test_a_class_that_lies_beside_the_configuration_is_taken(folder: Path, tmp_path: Path) -> None:
    config = CheckpointConfig("my_encoder:Mine", {"embedding_dim": 3, "gains": [1.0, 2.0]})
    sent = tmp_path / "mine.safetensors"
    write_encoder(sent, Checkpoint(config, {"scale": torch.tensor([1.0, 2.0, 3.0])}), card=replace(CARD, dimension=3))
    encoder = build_arrival(read_encoder(sent), relative_to=folder)
    assert encoder.state_dict()["scale"].tolist() == [1.0, 2.0, 3.0]
    with pytest.raises(UserError, match='class "my_encoder:Mine", which is neither'):
        build_arrival(read_encoder(sent))


def test_our_classes_by_their_long_name_are_ours(file: Path, tmp_path: Path) -> None:
    arrival = read_encoder(rewrite(file, reference="core.models.mel:MelEncoder"))
    place_encoder(build_arrival(arrival), arrival, tmp_path / "mel.pt")
    assert checkpoint.load(tmp_path / "mel.pt").config.reference == "MelEncoder"


@pytest.mark.parametrize(
    "arguments",
    [
        {"weights": "/elsewhere/written"},
        {"relative_to": "/elsewhere"},
        {"reference": "os:system"},
        {"embedding_dim": "16"},
        {"embedding_dim": 16, "other": 1},
        {"backbone": ["auto"]},
        {"not a name": 1},
    ],
)
def test_arguments_that_no_training_writes_are_refused(file: Path, arguments: dict[str, object]) -> None:
    with pytest.raises(UserError, match="arguments that it does not take"):
        build_arrival(read_encoder(rewrite(file, arguments=json.dumps(arguments))))


@pytest.mark.parametrize("dimension", [17, 8192, 10**9])
def test_an_embedding_that_the_weights_do_not_have_is_not_made_room_for(file: Path, dimension: int) -> None:
    with pytest.raises(UserError, match="do not fit the class"):
        build_arrival(read_encoder(rewrite(file, arguments=json.dumps({"embedding_dim": dimension}))))


def test_weights_of_another_form_are_refused(file: Path, saved: Checkpoint) -> None:
    name = next(name for name, tensor in saved.state.items() if tensor.ndim > 1)
    with pytest.raises(UserError, match="do not fit the class"):
        build_arrival(read_encoder(rewrite(file, state={name: torch.zeros(1, 2, 3)})))
    with pytest.raises(UserError, match="do not fit the class"):
        build_arrival(read_encoder(rewrite(file, state={"more": torch.zeros(1)})))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_values_that_are_no_numbers_are_refused(file: Path, saved: Checkpoint, value: float) -> None:
    name = next(name for name, tensor in saved.state.items() if tensor.is_floating_point())
    spoiled = torch.full_like(saved.state[name], value)
    with pytest.raises(UserError, match="values that are not numbers"):
        build_arrival(read_encoder(rewrite(file, state={name: spoiled})))


def test_a_classifier_is_no_encoder(tmp_path: Path) -> None:
    model = registry.build("SimpleRatingClassifier", embedding_dim=8)
    config = CheckpointConfig("SimpleRatingClassifier", {"embedding_dim": 8})
    sent = tmp_path / "taste.safetensors"
    write_encoder(sent, Checkpoint(config, checkpoint.weights_of(model)), card=CARD)
    with pytest.raises(UserError, match="get_embedding_dim"):
        build_arrival(read_encoder(sent))


@pytest.mark.parametrize(
    ("reference", "arguments", "sentence"),
    [
        ("huggingface:/home/anna/model", {}, "which nobody else has"),
        ("my_encoder:Mine", {"table": "/home/anna/table.npy"}, 'argument "table", which cannot be sent'),
        ("my_encoder:Mine", {"model": object()}, 'argument "model", which cannot be sent'),
    ],
)
def test_what_names_a_file_of_its_owner_does_not_leave(
    tmp_path: Path, reference: str, arguments: dict[str, object], sentence: str
) -> None:
    sent = tmp_path / "mine.safetensors"
    with pytest.raises(UserError, match=sentence):
        write_encoder(sent, Checkpoint(CheckpointConfig(reference, arguments), {"a": torch.ones(1)}), card=CARD)
    assert not sent.exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, saved: Checkpoint) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be written"):
        write_encoder(tmp_path / "file" / "encoder.safetensors", saved, card=CARD)


def test_the_file_says_its_form(file: Path) -> None:
    with safe_open(file, framework="pt") as opened:
        assert opened.metadata()["format"] == FORMAT


def test_a_header_whose_length_begins_like_a_pickle_is_none(file: Path) -> None:
    """Weights begin with the length of their header in eight bytes; of that header's text blanks may follow."""
    content = file.read_bytes()
    length = int.from_bytes(content[:8], "little")
    longer = (length // 256 + 1) * 256 + 0x80
    header = content[8 : 8 + length].ljust(longer)
    file.write_bytes(longer.to_bytes(8, "little") + header + content[8 + length :])
    assert file.read_bytes()[:1] == b"\x80"
    assert read_encoder(file).reference
