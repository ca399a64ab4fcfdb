"""Questions that are chosen in a child are those that are chosen here."""

from pathlib import Path

import pytest

from core.errors import UserError
from core.recommend import asking_child
from core.recommend.asking_child import asking_in_child
from core.recommend.filters import Filters
from core.recommend.inquiry import asking_here
from core.recommend.rate_next import rate_next
from core.store.embeddings import EmbeddingStore
from core.training.rating.hearing import hearing_in
from tests.planted_stock import PlantedStock

PLANTED = PlantedStock(groups=4, songs_each=20)
STOCK = PLANTED.stock(ratings={row: 0.2 + row % 4 / 5 for row in range(40)}, unplayable=(79,))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = EmbeddingStore(tmp_path / "embeddings.db")
    names = [str(song_id) for song_id in STOCK.song_ids][::-1]
    store.store_embeddings_batch(list(zip(names, PLANTED.vectors[::-1], strict=True)), "v")
    store.close()
    return store.path


def test_a_child_asks_the_same(store: Path) -> None:
    opened = EmbeddingStore(store)
    here = asking_here(hearing_in(opened, version="v", measured=""))
    child = asking_in_child(store, version="v", measured="")
    found = [rate_next(STOCK, ask=ask, filters=Filters(max_per_artist=3), wanted=12, seed=5) for ask in (here, child)]
    opened.close()
    assert len(found[0].suggestions) == 12
    assert found[1] == found[0]


def test_a_child_that_somebody_kills_is_told_in_a_sentence(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise asking_child.KilledError(9)

    monkeypatch.setattr(asking_child, "answers", killed)
    with pytest.raises(UserError, match="signal 9"):
        rate_next(STOCK, ask=asking_in_child(store, version="v", measured=""), filters=Filters())
