"""One tiny batch through a model before any real work: it has to keep the promise of its protocol."""

from typing import TYPE_CHECKING

from core.errors import UserError

if TYPE_CHECKING:
    from torch import Tensor, nn


def check_encoder(encoder: "nn.Module", sample_rate: int, *, seconds: float = 30.0) -> int:
    """Encode two excerpts of noise; returns the embedding's dimension, raises ``UserError`` when the shape is wrong."""
    import torch

    name = type(encoder).__name__
    if not callable(getattr(encoder, "get_embedding_dim", None)):
        message = f'The encoder "{name}" has no method "get_embedding_dim".'
        raise UserError(message)
    dimension = int(encoder.get_embedding_dim())  # type: ignore[operator]  # nn.Module types every attribute as a tensor
    noise = torch.randn(2, int(seconds * sample_rate), generator=torch.Generator().manual_seed(0)) * 0.1
    _check_output(_run(encoder, noise), (2, dimension), f'The encoder "{name}"')
    return dimension


def check_classifier(classifier: "nn.Module", embedding_dim: int) -> None:
    """Rate four random embeddings; raises ``UserError`` when the shape or the range is wrong."""
    import torch

    subject = f'The classifier "{type(classifier).__name__}"'
    noise = torch.randn(4, embedding_dim, generator=torch.Generator().manual_seed(0))
    ratings = _run(classifier, noise)
    _check_output(ratings, (4, 1), subject)
    lowest, highest = float(ratings.min()), float(ratings.max())
    if lowest < 0 or highest > 1:
        message = f"{subject} returns ratings from {lowest:.2f} to {highest:.2f}, but they must lie in 0 to 1."
        raise UserError(message)


def _run(model: "nn.Module", batch: "Tensor") -> "Tensor":
    import torch

    was_training = model.training
    parameter = next(model.parameters(), None)
    model.eval()
    try:
        with torch.inference_mode():
            result = model(batch if parameter is None else batch.to(parameter.device))
    except Exception as error:  # the owner's own code may raise anything; its traceback stays attached
        reason = str(error).partition("\n")[0].rstrip(".")
        message = f'The model "{type(model).__name__}" fails on a batch of shape {tuple(batch.shape)}: {reason}.'
        raise UserError(message) from error
    finally:
        model.train(was_training)
    if not isinstance(result, torch.Tensor):
        message = f'The model "{type(model).__name__}" returns {type(result).__name__}, but it must return a tensor.'
        raise UserError(message)
    return result


def _check_output(result: "Tensor", expected: tuple[int, ...], subject: str) -> None:
    if tuple(result.shape) != expected:
        message = f"{subject} returns the shape {tuple(result.shape)}, but it must return {expected}."
        raise UserError(message)
    if not (result.is_floating_point() and bool(result.isfinite().all())):
        message = f"{subject} returns values that are not finite numbers."
        raise UserError(message)
