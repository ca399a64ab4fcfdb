"""The search space of a configuration: which of its keys a kind of training reads, and what Optuna is told of them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import UserError

SPACE = "tuning.search_space.parameters"
READ_BY: dict[str, Callable[[str], bool]] = {
    "encoder": lambda name: not name.startswith(("classifier_", "joint_")) and name != "dropout",
    "classifier": lambda name: name.startswith("classifier_") or name == "dropout",
    "joint": lambda name: not name.startswith("encoder_") and name not in ("classifier_lr", "classifier_epochs"),
}
"""Keys that change nothing would only make the search longer; a function of the owner's may read them all."""

PLAIN = (str, int, float, bool, type(None))


@dataclass(frozen=True)
class Searched:
    """A key that is searched."""

    name: str
    distribution: Any
    """Optuna's."""
    is_json: bool = False
    """Whether its choices are written as JSON, because Optuna keeps no lists."""

    def value(self, suggested: object) -> Any:  # noqa: ANN401 - as the configuration allows
        """What the hyperparameter becomes."""
        return json.loads(str(suggested)) if self.is_json else suggested


def searched_keys(space: Mapping[str, Mapping[str, Any]], *, what: str) -> list[Searched]:
    """The keys that this kind of training reads; raises UserError for a space that cannot be searched."""
    reads = READ_BY.get(what)
    found = [_searched(name, parameter) for name, parameter in space.items() if reads is None or reads(name)]
    if not found:
        raise UserError(f"There is nothing to tune: name what training the {what} reads under {SPACE}.")
    return found


def _searched(name: str, parameter: Mapping[str, Any]) -> Searched:
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    kind = parameter.get("type")
    if kind == "categorical":
        choices = parameter.get("choices")
        if not choices:
            raise UserError(f"{SPACE}.{name} needs choices, a list of values.")
        is_json = not all(isinstance(choice, PLAIN) for choice in choices)
        kept = [json.dumps(choice) for choice in choices] if is_json else list(choices)
        return Searched(name, CategoricalDistribution(kept), is_json)
    low, high = _range(name, parameter)
    match kind:
        case "uniform":
            return Searched(name, FloatDistribution(low, high))
        case "loguniform" if low > 0:
            return Searched(name, FloatDistribution(low, high, log=True))
        case "loguniform":
            raise UserError(f"{SPACE}.{name}.low must be above 0 for loguniform.")
        case "int" if low == int(low) and high == int(high):
            return Searched(name, IntDistribution(int(low), int(high)))
        case "int":
            raise UserError(f"{SPACE}.{name} needs whole numbers as low and high.")
    raise UserError(f"{SPACE}.{name}.type is {kind!r}, but it must be categorical, uniform, loguniform or int.")


def _range(name: str, parameter: Mapping[str, Any]) -> tuple[float, float]:
    low, high = parameter.get("low"), parameter.get("high")
    if low is None or high is None:
        raise UserError(f"{SPACE}.{name} needs low and high.")
    if low > high:
        raise UserError(f"{SPACE}.{name}.low is {low}, above its high {high}.")
    return float(low), float(high)
