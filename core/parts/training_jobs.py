"""What the training child is told of the library: songs with their stars, names, groups and files."""

from core.curation import Curation
from core.parts.workplace import Workplace
from core.settings import analysis_settings, hyperparameters
from core.song import Song
from core.training.protocol import Kind, TrainingJob, TrainingSong


def training_job(kind: Kind, workplace: Workplace, *, curation: Curation, **options: object) -> TrainingJob:
    """A job over the library as it is now; ``options`` are what only this kind knows, in plain values."""
    config, profile = workplace.config, workplace.profile
    return TrainingJob(
        kind=kind,
        embeddings_db=workplace.stores.embeddings.path,
        companion_db=profile.companion_database,
        checkpoint_dir=profile.checkpoints,
        embedding_version=workplace.active_version or "",
        songs=training_songs(curation),
        classifier_class=config.hyperparameters.classifier_class,
        encoder_class=config.hyperparameters.encoder_class,
        hyperparameters=hyperparameters(config),
        folder=config.folder,
        cache_dir=profile.cache,
        excerpt=analysis_settings(config).excerpt,
        device=config.compute.device,
        seed=config.seed,
        options=dict(options),
    )


def training_songs(curation: Curation) -> list[TrainingSong]:
    """One available copy of each song that is not spoken; the names of all its copies go with it."""
    albums_of = {each.keep.song_id: each.albums for each in curation.copies}
    return [
        _training_song(song, albums_of.get(song.song_id) or ((song.artist, song.album),)) for song in curation.songs
    ]


def _training_song(song: Song, albums: tuple[tuple[str, str], ...]) -> TrainingSong:
    return TrainingSong(
        song_id=song.song_id,
        rating=song.rating if song.is_rated else -1.0,
        group=song.group,
        album=song.album.casefold(),
        artist=song.artist,
        albums=tuple((artist, album) for artist, album in albums if artist and album),
        genre=song.genre,
        year=song.year,
        path=song.location,
        beginning=song.beginning,
        length=song.duration if song.is_cue_track and song.duration > 0 else None,
    )

