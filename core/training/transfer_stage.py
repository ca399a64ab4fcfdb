"""The child's jobs about encoders that travel: write one to a file for others, take one in from a file of anybody."""

from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.models import checkpoint
from core.models.card import Card, Plain, finite, licenses_inside
from core.models.checkpoint import Checkpoint
from core.models.transfer import build_arrival, card_file, place_encoder, read_encoder, write_encoder
from core.training.context import Reporter
from core.training.embed import version_of_embeddings
from core.training.protocol import TrainingJob

PROGRAM = "marmalade"
HEARD = ("duration", "center_crop", "sample_rate")


def export_encoder(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Write the encoder of a version with its card; returns where, and what the card says."""
    options, file = job.options, Path(job.options["file"])
    saved = checkpoint.load(Path(options["checkpoint"]), part="encoder")
    card = _card(job, saved)
    reporter.say("started", kind=job.kind)
    write_encoder(file, saved, card=card)
    told = {"file": str(file), "card_file": str(card_file(file)), "bytes": file.stat().st_size, "card": card.as_dict()}
    return {"embedding_version": options["version"], **told}


def import_encoder(job: TrainingJob, reporter: Reporter) -> dict[str, Any]:
    """Try the encoder in a file, and keep it among those that were trained here; returns its version and its card."""
    reporter.say("started", kind=job.kind)
    arrival = read_encoder(Path(job.options["file"]))
    encoder = build_arrival(arrival, relative_to=job.folder, weights=job.pretrained_weights)
    version = version_of_embeddings(encoder, job.excerpt)
    path = job.checkpoint_dir / f"{version}.pt"
    is_new = place_encoder(encoder, arrival, path, relative_to=job.folder)
    if _hears_otherwise(arrival.card, job):
        told = f"{arrival.card.excerpt['duration']:g} s, and yours are of {job.excerpt.duration:g} s"
        reporter.say("warning", sentence=f"The encoder was made with excerpts of {told}: it may hear them otherwise.")
    return {
        "embedding_version": version,
        "reference": checkpoint.load(path).config.reference,
        "checkpoint": str(path),
        "dimension": encoder.get_embedding_dim(),  # type: ignore[operator]  # nn.Module types every attribute as a tensor
        "is_new": is_new,
        "card": arrival.card.as_dict(),
    }


def _hears_otherwise(card: Card, job: TrainingJob) -> bool:
    duration = card.excerpt.get("duration")
    return isinstance(duration, int | float) and duration != job.excerpt.duration


def _card(job: TrainingJob, saved: Checkpoint) -> Card:
    """What may be told of an encoder of this library; one that came from elsewhere keeps the card that it came with."""
    options = job.options
    known = Card.from_dict(saved.config.data.get("card", {}))
    if known.license and options["license"]:
        raise UserError(f"The encoder came with a license, which is not yours to change: {known.license}")
    wishes = {name: options[name] for name in ("license", "note") if options[name]}
    if known.encoder_class:
        return replace(known, **wishes)
    excerpt = asdict(job.excerpt)
    dimension = saved.build(relative_to=job.folder, weights=job.pretrained_weights).get_embedding_dim()  # type: ignore[operator]  # as above
    return Card(
        encoder_class=saved.config.reference,
        version=options["version"],
        dimension=dimension,
        data=_learned_from(job, saved.config.data),
        metrics=finite({**saved.config.metrics, **options["figures"]}),
        excerpt={name: excerpt[name] for name in HEARD},
        licenses_inside=licenses_inside(saved.state),
        made_by=f"Marmalade {installed_version(PROGRAM)}",
        made_on=datetime.now(tz=UTC).astimezone().date().isoformat(),
        **wishes,
    )


def _learned_from(job: TrainingJob, data: dict[str, Any]) -> dict[str, Plain]:
    """Numbers only: a name of an artist, an album, a genre or a file may tell of its owner."""
    config, held_out = data.get("config", {}), data.get("held_out", [])
    told: dict[str, Plain | None] = {
        "songs_learned_from": data.get("songs"),
        "of_them_rated": data.get("rated"),
        "artists_held_out": len(held_out) if held_out else None,
        "way_of_training": config.get("mode"),
        "best_epoch": data.get("epoch"),
        "songs_in_the_library": len(job.songs),
        "artists_in_the_library": len({song.artist for song in job.songs} - {""}),
        "genres_in_the_library": len({song.genre for song in job.songs} - {""}),
    }
    return {name: value for name, value in told.items() if value is not None}
