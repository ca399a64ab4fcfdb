"""Fits a rating classifier on fixed embeddings: MSE, early stopping on held-out groups, the best weights kept."""

import copy
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.errors import UserError
from core.models import registry
from core.models.checks import check_classifier
from core.training.metrics import conformal_radius

LEAST_STEPS = 1000
"""On 200 ratings the plan's 20 epochs are 20 steps, after which the error is above the ratings' own deviation."""
LEAST_GAIN = 0.001
"""Of the held-out error: with less, training would creep on for ever (9,885 epochs were seen with a small network)."""
PREDICTED_AT_ONCE = 4096
ALIKE = 1e-6
"""Ratings that differ by less are one: half a star is 0.1."""


@dataclass(frozen=True)
class ClassifierConfig:
    """What a run is made with; the plan's defaults."""

    reference: str = registry.DEFAULT_CLASSIFIER
    folder: Path | None = None
    hidden_dims: list[int] = field(default_factory=lambda: [256, 128])
    dropout: float = 0.3
    learning_rate: float = 1e-4
    weight_decay: float = 1e-4
    epochs: int = 20
    """At least; training goes on until ``LEAST_STEPS`` steps and ``patience`` are through, if there is a taste."""
    batch_size: int = 256
    patience: int = 200
    """Steps without a better held-out error before training ends."""
    device: str = "cpu"
    seed: int = 42

    @property
    def arguments(self) -> dict[str, Any]:
        """What the classifier's constructor is offered besides ``embedding_dim``."""
        return {"hidden_dims": list(self.hidden_dims), "dropout": self.dropout, "seed": self.seed}


@dataclass(frozen=True)
class Examples:
    """Embeddings (songs, dim), their ratings (songs,) from 0 to 1, and which of them are held out (songs,)."""

    embeddings: NDArray[np.float32]
    ratings: NDArray[np.float64]
    held_out: NDArray[np.bool_]

    @property
    def are_alike(self) -> bool:
        """Whether all ratings that would be learned from are the same."""
        learned = self.ratings[~self.held_out]
        return not learned.size or float(np.ptp(learned)) < ALIKE


@dataclass(frozen=True, slots=True)
class Epoch:
    """One pass over the training songs."""

    number: int
    train_mse: float
    val_mse: float


@dataclass(frozen=True)
class FittedClassifier:
    """The classifier with its best weights, and what is known of its error on the groups that were held out."""

    model: nn.Module
    val_mse: float
    epochs: int
    radius: float
    """Half the width of an interval that holds 90 of 100 ratings; infinite when too few were held out to say."""

    def predict(self, embeddings: NDArray[np.float32]) -> NDArray[np.float64]:
        """Ratings (songs,) from 0 to 1 for embeddings (songs, dim)."""
        return predict(self.model, embeddings)

    def interval(self, ratings: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The lower and the upper end for predicted ratings, kept within 0 to 1."""
        return np.clip(ratings - self.radius, 0, 1), np.clip(ratings + self.radius, 0, 1)


def train(
    examples: Examples,
    *,
    config: ClassifierConfig,
    on_epoch: Callable[[Epoch], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> FittedClassifier:
    """Fit the classifier that ``config`` names; raises UserError when it breaks the promise of its protocol.

    Ratings that are all the same are no taste: the owner's epochs are trained, and no more.
    """
    model = _prepared_model(examples, config)
    train_x, train_y = _tensors(examples, ~examples.held_out, config.device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay)
    generator = torch.Generator().manual_seed(config.seed)
    best_error, best_state = math.inf, copy.deepcopy(model.state_dict())
    last_gain, error_then = 0, math.inf
    steps_per_epoch = math.ceil(len(train_x) / config.batch_size)
    least_steps, patience = (0, 0) if examples.are_alike else (LEAST_STEPS, config.patience)
    least_epochs = max(config.epochs, math.ceil(least_steps / steps_per_epoch))
    patience = math.ceil(patience / steps_per_epoch)
    number = 0
    while number < least_epochs or number - last_gain < patience:
        number += 1
        train_mse = _train_epoch(
            model, train_x, train_y, optimizer=optimizer, batches=_batches(train_x, config, generator)
        )
        error = _held_out_error(model, examples)
        on_epoch(Epoch(number, train_mse, error))
        if error < best_error:
            best_error, best_state = error, copy.deepcopy(model.state_dict())
        if error < error_then * (1 - LEAST_GAIN):
            last_gain, error_then = number, error
        if stopped():
            break
    model.load_state_dict(best_state)
    residuals = examples.ratings[examples.held_out] - predict(model, examples.embeddings[examples.held_out])
    return FittedClassifier(model.eval(), best_error, number, conformal_radius(residuals))


def predict(model: nn.Module, embeddings: NDArray[np.float32]) -> NDArray[np.float64]:
    """Ratings (songs,) from 0 to 1 for embeddings (songs, dim); a memory-mapped matrix is read in parts.

    Raises UserError when the model breaks its promise: it was checked on noise, before it had learned anything.
    """
    model.eval()
    device = _device_of(model)
    parts = [np.empty(0)]
    with torch.inference_mode():
        for start in range(0, len(embeddings), PREDICTED_AT_ONCE):
            batch = torch.from_numpy(np.array(embeddings[start : start + PREDICTED_AT_ONCE], dtype=np.float32))
            parts.append(model(batch.to(device)).squeeze(1).double().cpu().numpy())
    return _promised(np.concatenate(parts), model)


def _prepared_model(examples: Examples, config: ClassifierConfig) -> nn.Module:
    """The model at its start: standardized input and the mean rating, for classifiers that can take them."""
    torch.manual_seed(config.seed)
    dimension = examples.embeddings.shape[1]
    model = registry.build(config.reference, relative_to=config.folder, embedding_dim=dimension, **config.arguments)
    check_classifier(model, dimension)
    inputs, ratings = _tensors(examples, ~examples.held_out, "cpu")
    if hasattr(model, "fit_input"):
        cast("Callable[[Tensor], None]", model.fit_input)(inputs)
    if hasattr(model, "start_at"):
        cast("Callable[[float], None]", model.start_at)(float(ratings.mean()))
    return model.to(config.device)


def _train_epoch(
    model: nn.Module, inputs: Tensor, ratings: Tensor, *, optimizer: torch.optim.Optimizer, batches: Iterator[Tensor]
) -> float:
    model.train()
    total = 0.0
    for batch in batches:
        loss = nn.functional.mse_loss(model(inputs[batch]).squeeze(1), ratings[batch])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        optimizer.step()
        total += loss.item() * len(batch)
    return total / len(inputs)


def _batches(inputs: Tensor, config: ClassifierConfig, generator: torch.Generator) -> Iterator[Tensor]:
    order = torch.randperm(len(inputs), generator=generator)
    # Batches of equal size: a last one of a single song stops a classifier of the owner's that normalizes batches.
    return iter(torch.tensor_split(order, math.ceil(len(order) / config.batch_size)))


def _held_out_error(model: nn.Module, examples: Examples) -> float:
    predicted = predict(model, examples.embeddings[examples.held_out])
    return float(((predicted - examples.ratings[examples.held_out]) ** 2).mean())


def _tensors(examples: Examples, chosen: NDArray[np.bool_], device: str) -> tuple[Tensor, Tensor]:
    inputs = torch.from_numpy(np.ascontiguousarray(examples.embeddings[chosen], dtype=np.float32))
    ratings = torch.from_numpy(examples.ratings[chosen].astype(np.float32))
    return inputs.to(device), ratings.to(device)


def _promised(ratings: NDArray[np.float64], model: nn.Module) -> NDArray[np.float64]:
    subject = f'The classifier "{type(model).__name__}"'
    if not np.isfinite(ratings).all():
        raise UserError(f"{subject} returns values that are not finite numbers: lower classifier_lr, or mend its code.")
    if ratings.size and not 0 <= ratings.min() <= ratings.max() <= 1:
        found = f"from {ratings.min():.2f} to {ratings.max():.2f}"
        raise UserError(f"{subject} returns ratings {found}, but they must lie in 0 to 1.")
    return ratings


def _device_of(model: nn.Module) -> torch.device:
    parameter = next(model.parameters(), None)
    return torch.device("cpu") if parameter is None else parameter.device
