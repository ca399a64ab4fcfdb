"""Where batches come from: crops of the songs' sound, or what a backbone that is not trained made of them, once.

``WaveformViews(songs, labels, plan=...)`` and ``FeatureViews(bank, songs, labels, ...)`` are both ``Views``.
"""

from core.training.data.feature_views import FeatureBank, FeaturePlan, FeatureViews, Interrupted, compute_features
from core.training.data.waveform_views import WaveformPlan, WaveformViews

__all__ = [
    "FeatureBank",
    "FeaturePlan",
    "FeatureViews",
    "Interrupted",
    "WaveformPlan",
    "WaveformViews",
    "compute_features",
]
