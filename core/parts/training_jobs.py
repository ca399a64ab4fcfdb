"""What the training child is told of the library: songs with their stars, names, groups and files."""

from dataclasses import replace
from typing import Any

from core.curation import Curation
from core.file_url import is_local
from core.parts.workplace import Workplace
from core.recommend.popularity import popularity
from core.settings import analysis_settings, hyperparameters
from core.song import Song, SongId
from core.training.protocol import Kind, TrainingJob, TrainingSong

UNKNOWN = -1.0
OF_THE_JOB = ("encoder_class", "classifier_class", "device")


def training_job(kind: Kind, workplace: Workplace, *, curation: Curation, **options: Any) -> TrainingJob:  # noqa: ANN401 - plain values
    """A job over the library as it is now; ``options`` are what only this kind knows, in plain values.

    Among them ``encoder_class``, ``classifier_class`` and ``device`` take the place of the configuration's.
    """
    asked = {name: options.pop(name) for name in OF_THE_JOB if name in options}
    return replace(_job(kind, workplace, curation=curation, options=options), **asked)


def _job(kind: Kind, workplace: Workplace, *, curation: Curation, options: dict[str, Any]) -> TrainingJob:
    config, profile = workplace.config, workplace.profile
    uses_plays = config.music.use_play_counts
    return TrainingJob(
        kind=kind,
        embeddings_db=workplace.stores.embeddings.path,
        companion_db=profile.companion_database,
        checkpoint_dir=profile.checkpoints,
        embedding_version=workplace.active_version or "",
        songs=_with_popularity(curation, training_songs(curation)) if uses_plays else training_songs(curation),
        classifier_class=config.hyperparameters.classifier_class,
        encoder_class=config.hyperparameters.encoder_class,
        hyperparameters=hyperparameters(config),
        folder=config.folder,
        cache_dir=profile.cache,
        excerpt=analysis_settings(config).excerpt,
        device=config.compute.device,
        seed=config.seed,
        options=_standing(workplace) | options,
    )


def _standing(workplace: Workplace) -> dict[str, Any]:
    """What every kind of training may ask for."""
    config = workplace.config
    return {
        "name": config.name,
        "explicit": sorted(config.hyperparameters.model_fields_set),
        "compute": config.compute.model_dump(),
        "mlflow": config.mlflow.model_dump(exclude_unset=True),
        "tuning": config.tuning.model_dump(),
        "data_dir": str(workplace.profile.data),
        "measured_version": workplace.measured_version(),
        "use_play_counts": config.music.use_play_counts,
    }


def training_songs(curation: Curation) -> list[TrainingSong]:
    """One available copy of each song that is not spoken; the names of all its copies go with it."""
    albums_of = {each.keep.song_id: each.albums for each in curation.copies}
    return [
        _training_song(song, albums_of.get(song.song_id) or ((song.artist, song.album),))
        for song in curation.songs
        if song.mapped_path or is_local(song.filename)  # a stream has no file
    ]


def _with_popularity(curation: Curation, songs: list[TrainingSong]) -> list[TrainingSong]:
    """The same songs with how much each is played, where that is known: one without plays and skips is not disliked."""
    values = zip(curation.songs, popularity(curation.songs).tolist(), strict=True)
    known = {song.song_id: value for song, value in values if song.playcount or song.skipcount}
    return [replace(song, popularity=known.get(SongId(song.song_id), UNKNOWN)) for song in songs]


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
