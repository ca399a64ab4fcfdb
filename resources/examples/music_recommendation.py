"""An encoder and a classifier of one's own: copy this folder, change the classes, name them in the YAML beside it.

``encoder_class: "examples.music_recommendation:MyEncoder"`` and ``classifier_class`` are looked for beside the
configuration. Then, from a shell::

    marmalade scan --config examples/music_example.yaml
    marmalade train-classifier --config examples/music_example.yaml
    marmalade recommend --config examples/music_example.yaml
"""

from core.models.classifiers import SimpleRatingClassifier
from core.models.encoders import SimpleAudioEncoder


class MyEncoder(SimpleAudioEncoder):
    """Waveforms (batch, samples) in, embeddings (batch, ``get_embedding_dim()``) out; ``forward`` is yours to write."""


class MyClassifier(SimpleRatingClassifier):
    """Embeddings (batch, embedding_dim) in, ratings (batch, 1) from 0 to 1 out."""
