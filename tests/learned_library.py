"""A planted library of which the ratings were learned in this process: the child would take seconds to start.

Use::

    library = learn(PlantedLibrary.create(tmp_path))
    with library.open() as engine:
        engine.predictions()
"""

from core.parts.learning import PREDICTOR
from core.training.rating.fitting import fit_predictor
from tests.planted_library import PlantedLibrary
from tests.recorded_messages import Messages


def learn(library: PlantedLibrary) -> PlantedLibrary:
    """Learn the ratings as they are, as ``Learning.update_predictions`` has them learned; returns the library."""
    with library.open() as engine:
        job = engine.learning.job("fit-predictor")
        version = fit_predictor(job, Messages())["model_version"]
        predictor = {"version": version, "key": engine.learning.predictor_key(job)}
        engine.stores.companion.save_setting(PREDICTOR, predictor)
    return library
