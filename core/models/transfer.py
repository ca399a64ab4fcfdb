"""Encoders as files that go from hand to hand: weights and plain values, never a program."""

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors import torch as tensors
from torch import Tensor, nn

from core.errors import UserError
from core.models import checkpoint, registry
from core.models.card import Card
from core.models.checkpoint import Checkpoint, CheckpointConfig
from core.models.checks import check_encoder
from core.models.hub_files import hub_model, is_hub_reference
from core.models.own_module import own_file
from core.models.protocols import sample_rate_of
from core.store.database import sentences

FORMAT = "marmalade-encoder-1"
SUFFIX = ".safetensors"
ZIP, PICKLE = b"PK\x03\x04", b"\x80"
"""How a checkpoint begins, and how a bare pickle does."""
LARGEST_DIMENSION = 8192
CHECKED_SECONDS = 10.0
OURS = {"embedding_dim": int, "seed": int, "sample_rate": int, "backbone": str}
"""The arguments of our own classes; a file from elsewhere may name no others, such as a file to be written."""
RESERVED = {"reference", "relative_to", "weights", "name"}
"""What the registry gives to constructors itself."""

State = dict[str, Tensor]


@dataclass(frozen=True)
class Arrival:
    """An encoder that was read from a file and is not trusted yet."""

    reference: str
    arguments: dict[str, Any]
    state: State
    card: Card
    data: dict[str, Any]
    """What a checkpoint of our own says of the songs that it was not trained on; empty for a file of anybody."""


def write_encoder(file: Path, saved: Checkpoint, *, card: Card) -> None:
    """Write an encoder's weights with all that makes it again, and the card beside it as Markdown.

    Raises UserError for what cannot leave the machine: arguments that name a file, and models in a folder.
    """
    _require_sendable(saved.config)
    metadata = {
        "format": FORMAT,
        "reference": saved.config.reference,
        "arguments": json.dumps(saved.config.arguments, sort_keys=True),
        "card": json.dumps(card.as_dict(), sort_keys=True),
    }
    state = {name: tensor.detach().cpu().clone().contiguous() for name, tensor in saved.state.items()}
    with sentences(file):
        checkpoint.replace_file(file, tensors.save(state, metadata=metadata))
        checkpoint.replace_file(card_file(file), card.to_markdown().encode())


def card_file(file: Path) -> Path:
    """Where the card of an encoder lies."""
    return file.with_name(f"{file.name}.md")


def read_encoder(file: Path) -> Arrival:
    """Read what ``write_encoder`` wrote, or a checkpoint of ours; nothing in the file is run.

    Raises UserError for a file that is missing, damaged, of another kind, or holds more than weights.
    """
    try:
        with file.open("rb") as opened:
            beginning = opened.read(9)
    except OSError as error:
        raise UserError(f"The file {file} cannot be read: {error.strerror or error}.") from error
    if beginning[:4] == ZIP:
        return _from_checkpoint(file)
    # The length of a header, with which weights begin, may have the same first byte.
    if beginning[:1] == PICKLE and beginning[8:] != b"{":
        raise UserError(f"{file} is a pickle, which can hold a program: only weights are taken in, as {SUFFIX}.")
    return _from_safetensors(file)


def build_arrival(arrival: Arrival, *, relative_to: Path | None = None, weights: Path | None = None) -> nn.Module:
    """Make the encoder and try it on a sound; raises UserError for one that is not what it says.

    Its class has to be one of ours, of the hub, or in a module that lies beside the configuration already.
    """
    reference = _known_reference(arrival.reference, relative_to)
    _check_arguments(arrival, reference)
    _check_numbers(arrival.state)
    arguments: dict[str, Any] = arrival.arguments
    encoder = registry.build(reference, relative_to=relative_to, weights=weights, **arguments)
    try:
        encoder.load_state_dict(arrival.state)
    except (RuntimeError, TypeError, AttributeError) as error:
        raise UserError(f'The weights in the file do not fit the class "{reference}" as it is here.') from error
    check_encoder(encoder.eval(), sample_rate_of(encoder), seconds=CHECKED_SECONDS)
    return encoder


def place_encoder(encoder: nn.Module, arrival: Arrival, path: Path, *, relative_to: Path | None = None) -> bool:
    """Keep the encoder as a checkpoint among those that were trained here; returns whether it is new.

    ``path`` names its version, a hash of its contents. Raises UserError where another encoder lies there.
    """
    state = checkpoint.weights_of(encoder)
    if path.is_file():
        _require_same(checkpoint.load(path).state, state, path)
        return False
    reference = _known_reference(arrival.reference, relative_to)
    data = arrival.data | ({"card": arrival.card.as_dict()} if arrival.card.encoder_class else {})
    config = CheckpointConfig(reference, arrival.arguments, metrics=arrival.card.metrics, data=data)
    with sentences(path):
        checkpoint.copy(Checkpoint(config, state), path)
    return True


def _from_safetensors(file: Path) -> Arrival:
    try:
        with safe_open(file, framework="pt") as opened:
            metadata = opened.metadata() or {}
            state = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118 - it is no dict
    except (SafetensorError, OSError, ValueError, RuntimeError, MemoryError) as error:
        raise UserError(f"{file} is damaged, or no file of weights ({SUFFIX}).") from error
    if metadata.get("format") != FORMAT:
        raise UserError(f"{file} holds weights, but does not say of which encoder: was it exported by Marmalade?")
    arguments = _json_object(metadata.get("arguments", ""))
    return Arrival(metadata.get("reference", ""), arguments, state, Card.from_text(metadata.get("card", "")), {})


def _json_object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _from_checkpoint(file: Path) -> Arrival:
    strange = f"{file} is no checkpoint of this version of Marmalade."
    try:
        saved = checkpoint.load(file, part="encoder")
    except (TypeError, KeyError, AttributeError) as error:
        raise UserError(strange) from error
    except UserError as error:
        raise UserError(f"{error} Nothing in it was run.") from error.__cause__
    config: Any = saved.config
    state: Any = saved.state
    is_whole = isinstance(config.reference, str) and isinstance(config.arguments, dict) and isinstance(state, dict)
    if not is_whole or not all(isinstance(each, Tensor) for each in state.values()):
        raise UserError(strange)
    data = config.data if isinstance(config.data, dict) else {}
    known = data.get("card")
    card = Card.from_dict(known if isinstance(known, dict) else {"metrics": config.metrics})
    return Arrival(config.reference, config.arguments, state, card, _split_of(data))


def _split_of(data: dict[str, Any]) -> dict[str, Any]:
    """What keeps a comparison off the songs that an encoder has learned from, if all of it is there."""
    held_out, config = data.get("held_out"), data.get("config")
    mode = config.get("mode") if isinstance(config, dict) else None
    is_whole = isinstance(held_out, list) and all(isinstance(each, str) for each in held_out) and isinstance(mode, str)
    return {"held_out": held_out, "config": {"mode": mode}} if is_whole else {}


def _known_reference(reference: object, folder: Path | None) -> str:
    """The class that a file names, if nothing foreign has to be imported for it."""
    named = reference if isinstance(reference, str) else ""
    module, _, name = named.partition(":")
    if named in registry.SHIPPED or (is_hub_reference(named) and hub_model(named).is_public):
        return named
    if name in registry.SHIPPED and module.startswith("core.models."):
        return name
    is_a_name = all(part.isidentifier() for part in [*module.split("."), name])
    if is_a_name and _offers(own_file(module, folder), name):
        return named
    raise UserError(
        f'The encoder is of the class "{_shown(named)}", which is neither one of Marmalade\'s nor in a module beside '
        "your configuration, and the file brings no program along: ask its maker for that module."
    )


def _offers(file: Path | None, name: str) -> bool:
    """Whether a module of the owner's has a class of that name: a stranger's file runs no other module of theirs."""
    if file is None:
        return False
    try:
        statements = ast.parse(file.read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return False
    imported = [alias for each in statements if isinstance(each, ast.ImportFrom) for alias in each.names]
    names = {each.name for each in statements if isinstance(each, ast.ClassDef)}
    return name in names | {alias.asname or alias.name for alias in imported}


def _shown(text: str) -> str:
    return re.sub(r"[^\w.:/#-]", "?", text)[:100] or "nothing"


def _check_arguments(arrival: Arrival, reference: str) -> None:
    """Raise UserError for arguments that no training of ours writes."""
    is_ours = reference in registry.SHIPPED or is_hub_reference(reference)
    for name, value in arrival.arguments.items():
        is_fit = isinstance(value, OURS[name]) if is_ours and name in OURS else not is_ours and _is_plain(value)
        if not is_fit or not name.isidentifier() or name in RESERVED:
            raise UserError(f'The file asks for a "{reference}" with arguments that it does not take.')
    dimension = arrival.arguments.get("embedding_dim", 0)
    sides = {side for tensor in arrival.state.values() for side in tensor.shape}
    if not isinstance(dimension, int) or dimension > LARGEST_DIMENSION or (is_ours and dimension not in {0, *sides}):
        raise UserError(f'The weights in the file do not fit the class "{reference}" as it is here.')


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(_is_plain(each) for each in value)
    return value is None or isinstance(value, str | int | float | bool)


def _check_numbers(state: State) -> None:
    for name, tensor in state.items():
        if (tensor.is_floating_point() or tensor.is_complex()) and not bool(tensor.isfinite().all()):
            raise UserError(f"The file holds values that are not numbers (in {_shown(name)}): it is damaged.")


def _require_sendable(config: CheckpointConfig) -> None:
    reference = config.reference
    if is_hub_reference(reference) and not hub_model(reference).is_public:
        raise UserError(f"The encoder listens with the model in {reference.partition(':')[2]}, which nobody else has.")
    for name, value in config.arguments.items():
        if not _is_plain(value) or (isinstance(value, str) and ("/" in value or "\\" in value)):
            raise UserError(f'The encoder was made with the argument "{name}", which cannot be sent along: {value!r}.')


def _require_same(known: State, state: State, path: Path) -> None:
    is_same = known.keys() == state.keys() and all(torch.equal(known[name], state[name]) for name in known)
    if not is_same:
        raise UserError(f"There is another encoder named {path.stem} already: delete that one first.")
