"""What is new is told beside the visit of the process before."""

from pathlib import Path

from core.recommend.skill import Skill
from core.store.visits import Moved
from tests.planted_library import SONGS, PlantedLibrary, predict


def test_news_are_those_since_the_last_process(tmp_path: Path) -> None:
    library = PlantedLibrary.create(tmp_path)
    with library.open() as engine:
        predict(engine, dict.fromkeys(range(1, SONGS), 0.5))
        first = engine.news.look()
        assert (first.since, first.moved, first.skill, first.is_measured) == (None, Moved(0, 0), None, False)
        assert first.knowledge.songs == SONGS
    with library.open() as engine:
        assert engine.news.look().moved == Moved(0, 0)
        predict(engine, {number: 0.8 if number == 1 else 0.5 for number in range(1, SONGS + 1)})
        for _ in range(2):  # a second look compares with the same visit
            again = engine.news.look()
            assert again.moved == Moved(1, 1)
            assert again.since is not None
            assert again.heard_since == 0
        report = {"unseen_artist": {"model": {"auc4": 0.75}, "songs": 30}}
        engine.stores.companion.save_run("evaluate", model_version="x", report=report)
        assert engine.news.look().skill == Skill(0.75, 30)
