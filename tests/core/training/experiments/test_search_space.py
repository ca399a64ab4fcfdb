"""The search space: which keys count for what, and a sentence for one that cannot be searched."""

from typing import Any

import pytest

from core.errors import UserError
from core.training.experiments.search_space import searched_keys

pytest.importorskip("optuna")

SEED_PLAN: dict[str, dict[str, Any]] = {
    "embedding_dim": {"type": "categorical", "choices": [128, 256, 512, 1024], "low": None, "high": None},
    "encoder_lr": {"type": "loguniform", "choices": None, "low": 0.00001, "high": 0.01},
    "classifier_lr": {"type": "loguniform", "choices": None, "low": 0.000001, "high": 0.001},
}


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("encoder", ["embedding_dim", "encoder_lr"]),
        ("classifier", ["classifier_lr"]),
        ("joint", ["embedding_dim"]),
        ("mine:train", ["embedding_dim", "encoder_lr", "classifier_lr"]),
    ],
)
def test_each_training_searches_what_it_reads(what: str, names: list[str]) -> None:
    assert [key.name for key in searched_keys(SEED_PLAN, what=what)] == names


def test_every_type_is_known() -> None:
    space: dict[str, dict[str, Any]] = {
        "a": {"type": "categorical", "choices": ["x", None, 3]},
        "b": {"type": "uniform", "low": 0, "high": 1},
        "c": {"type": "loguniform", "low": 1e-5, "high": 1e-2},
        "d": {"type": "int", "low": 2.0, "high": 5.0},
    }
    found = {key.name: key.distribution for key in searched_keys(space, what="mine")}
    assert found["a"].choices == ("x", None, 3)
    assert (found["b"].low, found["b"].high, found["b"].log) == (0, 1, False)
    assert found["c"].log
    assert (found["d"].low, found["d"].high) == (2, 5)


def test_lists_are_choices_too() -> None:
    (key,) = searched_keys(
        {"classifier_hidden_dims": {"type": "categorical", "choices": [[256, 128], [64]]}}, what="classifier"
    )
    assert [key.value(choice) for choice in key.distribution.choices] == [[256, 128], [64]]


@pytest.mark.parametrize(
    ("parameter", "sentence"),
    [
        ({"type": "categorical"}, "encoder_lr needs choices"),
        ({"type": "categorical", "choices": []}, "encoder_lr needs choices"),
        ({"type": "uniform", "low": 0.1}, "encoder_lr needs low and high"),
        ({"type": "uniform", "low": 1.0, "high": 0.1}, "encoder_lr.low is 1.0, above its high 0.1"),
        ({"type": "loguniform", "low": 0.0, "high": 0.1}, "encoder_lr.low must be above 0"),
        ({"type": "int", "low": 0.5, "high": 3}, "whole numbers"),
        ({"type": "normal", "low": 0.5, "high": 3}, "encoder_lr.type is 'normal'"),
    ],
)
def test_a_space_that_cannot_be_searched_is_one_sentence(parameter: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        searched_keys({"encoder_lr": parameter}, what="encoder")


@pytest.mark.parametrize("space", [{}, {"classifier_lr": SEED_PLAN["classifier_lr"]}])
def test_nothing_to_search_is_one_sentence(space: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="nothing to tune"):
        searched_keys(space, what="encoder")
