"""An encoder, a classifier and training functions of one's own: copy this folder, change them, name them in the YAML.

``encoder_class: "examples.music_recommendation:MyEncoder"`` and ``classifier_class`` are looked for beside the
configuration, and so are the functions. Then, from a shell::

    marmalade run examples/music_example.yaml --train-fn examples.music_recommendation:train_encoder_stage
    marmalade run examples/music_example.yaml --train-fn examples.music_recommendation:train_classifier_stage
    marmalade recommend --config examples/music_example.yaml
"""

from collections.abc import Sequence
from typing import cast

from torch import Tensor, nn

from core import TrainingContext, TrainingResult

SHORTEST = 1024 + 271 * 256
"""Samples below which the strides leave the last convolution nothing to see."""


class MyEncoder(nn.Module):
    """Waveforms (batch, samples) in, embeddings (batch, ``get_embedding_dim()``) out; ``forward`` is yours to write."""

    def __init__(self, embedding_dim: int = 512, sample_rate: int = 22050) -> None:
        super().__init__()
        self.embedding_dim = embedding_dim
        self.sample_rate = sample_rate
        self.conv_layers = nn.Sequential(
            nn.Conv1d(1, 64, kernel_size=1024, stride=256),
            nn.ReLU(),
            nn.MaxPool1d(4),
            nn.Conv1d(64, 128, kernel_size=8, stride=4),
            nn.ReLU(),
            nn.MaxPool1d(4),
            nn.Conv1d(128, 256, kernel_size=4, stride=2),
            nn.ReLU(),
            nn.AdaptiveAvgPool1d(1),
        )
        self.projection = nn.Sequential(nn.Linear(256, 512), nn.ReLU(), nn.Dropout(0.3), nn.Linear(512, embedding_dim))

    def forward(self, audio: Tensor) -> Tensor:
        """Waveforms (batch, samples) at ``sample_rate`` in; embeddings (batch, embedding_dim) out."""
        audio = nn.functional.pad(audio, (0, max(0, SHORTEST - audio.shape[-1])))
        features = self.conv_layers(audio.unsqueeze(1)).squeeze(-1)
        return cast("Tensor", self.projection(features))

    def get_embedding_dim(self) -> int:
        """The number of values in one embedding."""
        return self.embedding_dim


class MyClassifier(nn.Module):
    """Embeddings (batch, embedding_dim) in, ratings (batch, 1) from 0 to 1 out."""

    def __init__(self, embedding_dim: int, hidden_dims: Sequence[int] = (256, 128), dropout: float = 0.3) -> None:
        super().__init__()
        # The values of an embedding may lie anywhere; a network learns best from such as lie around zero.
        layers: list[nn.Module] = [nn.BatchNorm1d(embedding_dim)]
        width = embedding_dim
        for hidden in hidden_dims:
            layers += [nn.Linear(width, hidden), nn.ReLU(), nn.Dropout(dropout)]
            width = hidden
        self.network = nn.Sequential(*layers, nn.Linear(width, 1), nn.Sigmoid())

    def forward(self, embeddings: Tensor) -> Tensor:
        """Embeddings (batch, embedding_dim) in; ratings (batch, 1) out."""
        return cast("Tensor", self.network(embeddings))


def train_encoder_stage(ctx: TrainingContext) -> TrainingResult:
    """Stage 1: train the encoder; afterwards every song gets an embedding of it."""
    from core.training.encoder import train_encoder

    ctx.hyperparameters["encoder_class"] = MyEncoder
    return train_encoder(ctx)


def train_classifier_stage(ctx: TrainingContext) -> TrainingResult:
    """Stage 2: train the classifier on the embeddings that are there."""
    from core.training.rating.classifier_stage import train_classifier

    ctx.hyperparameters["classifier_class"] = MyClassifier
    return train_classifier(ctx)


def train_joint(ctx: TrainingContext) -> TrainingResult:
    """Both at once, from the sound to the rating."""
    from core.training.joint import train_joint as train_both

    ctx.hyperparameters["encoder_class"] = MyEncoder
    ctx.hyperparameters["classifier_class"] = MyClassifier
    return train_both(ctx)
