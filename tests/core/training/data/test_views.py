"""Both kinds of views are what the loop asks for."""

import torch
from torch import nn

from core.training.data import views
from core.training.data.batch import Views
from core.training.labels import labels_of
from core.training.protocol import TrainingSong


def test_both_are_views() -> None:
    songs = [TrainingSong("a", -1.0, "x", "")]
    both: list[Views] = [
        views.WaveformViews(songs, labels_of(songs), plan=views.WaveformPlan()),
        views.FeatureViews(
            views.FeatureBank(torch.zeros(1, 2, 3).numpy(), torch.ones(1, dtype=torch.int64).numpy(), {}),
            songs,
            labels_of(songs),
        ),
    ]
    assert [len(each) for each in both] == [1, 1]
    assert not any(isinstance(each, nn.Module) for each in both)
