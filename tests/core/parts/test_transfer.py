"""Encoders that travel between two libraries, and models that are fetched; children run in this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.engine import Engine
from core.errors import UserError
from core.jobs.events import Control, Event, Notice, Progress
from core.models import checkpoint, hub_download
from core.models.checkpoint import CheckpointConfig
from core.models.classifiers import SimpleRatingClassifier
from core.models.hub_download import Offer
from core.models.transfer import card_file
from core.parts import encoders, transfer
from core.parts.encoders import EncoderFinished
from core.parts.transfer import EncoderExported, EncoderImported, ModelDownloaded
from core.parts.workplace import EncoderInUse
from core.training.process import TrainingFinished
from core.training.protocol import TrainingJob
from tests.planted_library import FACTS, SONGS, PlantedLibrary
from tests.trained_encoder import METRICS, plant_encoder, run_here


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PlantedLibrary:
    monkeypatch.setattr(transfer, "run_training", run_here)
    return PlantedLibrary.create(tmp_path / "first")


@pytest.fixture
def engine(library: PlantedLibrary) -> Iterator[Engine]:
    with library.open() as opened:
        yield opened


@pytest.fixture
def other(tmp_path: Path, library: PlantedLibrary) -> Iterator[Engine]:
    """Somebody else's Marmalade."""
    with PlantedLibrary.create(tmp_path / "second").open() as opened:
        yield opened


@pytest.fixture
def sent(engine: Engine, tmp_path: Path) -> Path:
    file = tmp_path / "jazz.safetensors"
    exported(engine.transfer.export(plant_encoder(engine), file, license_text="CC0-1.0", note="For jazz."))
    return file


def exported(events: Iterator[Event]) -> EncoderExported:
    *_, last = events
    assert isinstance(last, EncoderExported)
    return last


def imported(events: Iterator[Event]) -> EncoderImported:
    *_, last = events
    assert isinstance(last, EncoderImported)
    return last


class Children:
    """Embeds every song, as a child would, and compares."""

    def __init__(self, engine: Engine) -> None:
        self.jobs: list[TrainingJob] = []
        self.complete = True
        self._engine = engine

    def __call__(self, job: TrainingJob, *, control: Control | None = None) -> Iterator[Event]:
        self.jobs.append(job)
        if job.kind == "embed" and self.complete:
            store = self._engine.stores.embeddings
            old = store.matrix(FACTS.version)
            rows = list(zip(old.filenames, old.vectors[:, :8], strict=True))
            store.store_embeddings_batch(rows, job.options["version"])
        yield TrainingFinished(complete=self.complete, result={"complete": self.complete, "better": FACTS.version})


@pytest.fixture
def children(other: Engine, monkeypatch: pytest.MonkeyPatch) -> Children:
    played = Children(other)
    monkeypatch.setattr(encoders, "run_training", played)
    return played


def test_an_encoder_is_written_with_its_card(engine: Engine, tmp_path: Path) -> None:
    version = plant_encoder(engine)
    done = exported(engine.transfer.export(version, tmp_path / "sent.safetensors", license_text="CC0-1.0", note="Hm."))
    assert done.card is not None
    assert (done.card.version, done.card.license, done.card.note) == (version, "CC0-1.0", "Hm.")
    assert done.card.metrics == {**METRICS, "encoder_loss": 3.25}
    assert done.card.data["songs_in_the_library"] == SONGS
    assert (done.file, done.card_file) == (tmp_path / "sent.safetensors", card_file(tmp_path / "sent.safetensors"))
    assert done.size == done.file.stat().st_size
    assert "CC0-1.0" in done.card_file.read_text()


def test_no_title_no_path_and_no_name_of_the_library_is_inside(engine: Engine, sent: Path) -> None:
    written = sent.read_bytes() + card_file(sent).read_bytes()
    songs = engine.library().songs
    names = {name for song in songs for name in (song.title, song.artist, song.album, song.genre, str(song.filepath))}
    names |= {str(song.song_id) for song in songs} | {song.filepath.name for song in songs}
    names |= {str(engine.profile.data), str(engine.database.path), str(engine.profile.data.parent)}
    assert len(names) > 2 * SONGS
    assert [name for name in names if name and name.encode(errors="surrogateescape") in written] == []


def test_what_nobody_trained_is_not_exported(engine: Engine, tmp_path: Path) -> None:
    store = engine.stores.embeddings
    for version, reference in (("tiny-1", "huggingface:someone/tiny"), ("own-1", "mine:Mine")):
        store.store_embeddings_batch([("file:///a", store.matrix(FACTS.version).vectors[0])], version)
        store.store_metadata(version, encoder_class=reference, hyperparameters={})
    store.store_metadata(FACTS.version, encoder_class="SpectralEncoder", hyperparameters={})
    file = tmp_path / "sent.safetensors"
    for version, sentence in (
        (FACTS.version, "every Marmalade has it as SpectralEncoder"),
        ("tiny-1", "others download it themselves"),
        ("own-1", "the module of “mine:Mine”"),
        ("no-1", "There is no version no-1"),
    ):
        with pytest.raises(UserError, match=sentence):
            list(engine.transfer.export(version, file))
    assert not file.exists()


def test_only_a_file_of_weights_is_written(engine: Engine, tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    song.write_bytes(b"music")
    with pytest.raises(UserError, match=r"written as \.safetensors: name the file song\.mp3\.safetensors"):
        list(engine.transfer.export(plant_encoder(engine), song))
    assert song.read_bytes() == b"music"


def test_it_is_listed_before_any_song_was_heard(other: Engine, sent: Path) -> None:
    done = imported(other.transfer.take_in(sent))
    assert (done.is_new, done.songs) == (True, 0)
    assert done.card is not None
    assert done.card.license == "CC0-1.0"
    first, second = other.encoders.versions()
    assert first.is_active
    assert (second.version, second.encoder_class, second.dimension) == (done.version, "MelEncoder", 8)
    assert (second.songs, second.note, second.is_active) == (0, "For jazz.", False)
    assert second.created_at > 0
    assert second.checkpoint == other.encoders.checkpoint_of(done.version)


def test_taken_in_again_it_is_the_same(other: Engine, sent: Path) -> None:
    first = imported(other.transfer.take_in(sent))
    since = other.encoders.versions()[1].created_at
    again = imported(other.transfer.take_in(sent, name="Jazz of a friend"))
    assert (again.version, again.is_new) == (first.version, False)
    assert [each.version for each in other.encoders.versions()] == [FACTS.version, first.version]
    assert other.encoders.versions()[1].note == "Jazz of a friend"
    assert other.encoders.versions()[1].created_at == since


def test_one_s_own_encoder_that_comes_back_stays_one_s_own(engine: Engine, sent: Path) -> None:
    done = imported(engine.transfer.take_in(sent))
    assert (done.is_new, done.songs) == (False, SONGS)
    assert {each.note for each in engine.encoders.versions()} == {""}


def test_using_it_listens_to_every_song_first(other: Engine, sent: Path, children: Children) -> None:
    version = imported(other.transfer.take_in(sent)).version
    *_, finished = other.encoders.use(version)
    assert isinstance(finished, EncoderFinished)
    assert finished.is_used
    assert [job.kind for job in children.jobs] == ["embed"]
    assert children.jobs[0].options["reference"] == "MelEncoder"
    assert other.active_version == version
    assert other.encoders.versions()[0].songs == SONGS
    assert other._workplace.encoder_in_use() == EncoderInUse(
        version, "MelEncoder", str(other.encoders.checkpoint_of(version))
    )


def test_comparing_it_listens_to_every_song_first(other: Engine, sent: Path, children: Children) -> None:
    version = imported(other.transfer.take_in(sent)).version
    *_, finished = other.encoders.compare(FACTS.version, version)
    assert isinstance(finished, TrainingFinished)
    assert [job.kind for job in children.jobs] == ["embed", "compare"]
    assert children.jobs[1].options["versions"] == [FACTS.version, version]
    children.jobs = []
    list(other.encoders.compare(FACTS.version, version))
    assert [job.kind for job in children.jobs] == ["compare"], "what was heard is not heard again"


def test_a_comparison_that_is_stopped_while_it_listens_compares_nothing(
    other: Engine, sent: Path, children: Children
) -> None:
    version = imported(other.transfer.take_in(sent)).version
    children.complete = False
    *_, finished = other.encoders.compare(FACTS.version, version)
    assert isinstance(finished, TrainingFinished)
    assert not finished.complete
    assert [job.kind for job in children.jobs] == ["embed"]


def test_deleted_it_is_gone_and_may_come_again(other: Engine, sent: Path) -> None:
    version = imported(other.transfer.take_in(sent)).version
    assert other.encoders.delete(version) == 0
    assert [each.version for each in other.encoders.versions()] == [FACTS.version]
    assert not other.encoders.checkpoint_of(version).exists()
    assert imported(other.transfer.take_in(sent)).is_new


def test_weights_that_are_gone_are_told(other: Engine, sent: Path, children: Children) -> None:
    version = imported(other.transfer.take_in(sent)).version
    other.encoders.checkpoint_of(version).unlink()
    with pytest.raises(UserError, match=f"The weights of {version} are gone: import its file again"):
        list(other.encoders.use(version))
    assert imported(other.transfer.take_in(sent)).version == version
    assert children.jobs == []


def test_a_taste_is_not_taken_over(other: Engine, tmp_path: Path) -> None:
    file = tmp_path / "taste.pt"
    config = CheckpointConfig("SimpleRatingClassifier", {"embedding_dim": 8})
    checkpoint.save(file, SimpleRatingClassifier(embedding_dim=8), config=config)
    with pytest.raises(UserError, match="get_embedding_dim"):
        list(other.transfer.take_in(file))
    assert [each.version for each in other.encoders.versions()] == [FACTS.version]


def test_a_missing_file_starts_no_child(other: Engine, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        list(other.transfer.take_in(tmp_path / "nothing.safetensors"))


OFFER = Offer("someone/tiny", "abc", ["config.json", "model.safetensors"], 3_000_000, "license mit")


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps of a download, of which none is done."""
    steps: list[str] = []

    def fetch(offer: Offer, *, cache: Path, stopped: Callable[[], bool]) -> Iterator[int]:
        steps.append(f"fetch to {cache.name}")
        yield 1_000_000
        if not stopped():
            yield offer.size

    monkeypatch.setattr(hub_download, "look_up", lambda name: steps.append(f"look up {name}") or OFFER)
    monkeypatch.setattr(hub_download, "fetch", fetch)
    monkeypatch.setattr(hub_download, "complete", lambda _, cache: cache / "snapshot")
    return steps


def test_a_download_says_what_it_fetches_first(engine: Engine, hub: list[str]) -> None:
    events = list(engine.transfer.download("huggingface:someone/tiny"))
    assert events[0] == Notice("someone/tiny from huggingface.co: 2 files, 3 MB, license mit.")
    assert [event for event in events if isinstance(event, Progress)] == [Progress(1, 3), Progress(3, 3)]
    folder = engine.profile.cache / "huggingface" / "snapshot"
    assert events[-1] == ModelDownloaded(
        reference="huggingface:someone/tiny", folder=folder, size=3_000_000, license="license mit"
    )
    assert hub == ["look up someone/tiny", "fetch to huggingface"]


def test_a_download_that_is_stopped_is_not_used(engine: Engine, hub: list[str]) -> None:
    control = Control()
    control.stop()
    *_, last = engine.transfer.download("someone/tiny", control=control)
    assert last == ModelDownloaded(complete=False)


@pytest.mark.parametrize("name", ["/home/anna/model", "../model", "a/b/c"])
def test_a_path_is_not_asked_for(engine: Engine, hub: list[str], name: str) -> None:
    with pytest.raises(UserError, match="is no name of the Hugging Face hub"):
        list(engine.transfer.download(name))
    assert hub == []
