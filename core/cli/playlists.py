"""Commands about suggestions: write a playlist, draw the map."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from core.cli.albums import tell_albums
from core.cli.destination import Destination, OpenPlayer, Output, Overwrite, another_place_told, require_ending
from core.cli.shell import ACT, Shell, command, required
from core.cli.song_lists import learn_if_possible, show_songs, tell_playlist
from core.cli.stars import iso
from core.cli.terminal import Terminal, stopped_by_interrupt
from core.errors import UserError
from core.jobs.events import Event, Finished
from core.parts.suggestions import Playlist, Source
from core.recommend.filters import Filters
from core.recommend.ranking import Recommendation, Wish
from core.training.process import TrainingFinished

SONGS, ALBUMS = 100, 10
AT_A_TIME = 256
SHOWN = 20
"""Songs of a playlist that are shown; all are in the file."""

EncoderFile = Annotated[
    Path | None, typer.Argument(metavar="ENCODER_PT", help="A trained encoder; best_model.pt is one and the other.")
]
ClassifierFile = Annotated[
    Path | None, typer.Argument(metavar="CLASSIFIER_PT", help="A classifier that was trained on its embeddings.")
]


@command("recommend")
def recommend(  # noqa: PLR0917 - Typer reads the options from here
    shell: Shell,
    encoder_pt: EncoderFile = None,
    classifier_pt: ClassifierFile = None,
    top_n: Annotated[
        int | None, typer.Option(min=1, help="How many songs, or albums.", show_default="100 songs, 10 albums")
    ] = None,
    min_rating: Annotated[float, typer.Option(min=0, max=1, help="The least predicted rating, 0 to 1.")] = 0.7,
    output: Output = None,
    genre: Annotated[str, typer.Option(help="Only songs whose genre contains this.")] = "",
    max_per_artist: Annotated[int | None, typer.Option(min=1, help="At most so many of one artist.")] = None,
    albums: Annotated[bool, typer.Option("--albums", help="Whole albums, by all of their songs.")] = False,
    explore: Annotated[
        float | None, typer.Option(min=0, max=1, help="The share of songs to find out about.", show_default="0")
    ] = None,
    batch_size: Annotated[
        int | None, typer.Option(min=1, help="Songs that ENCODER_PT embeds at a time.", show_default=str(AT_A_TIME))
    ] = None,
    overwrite: Overwrite = False,
    open_player: OpenPlayer = False,
) -> None:
    """Write a playlist of the unrated songs that you would probably like best.

    With ENCODER_PT and CLASSIFIER_PT it is these two that predict, for this playlist only.
    """
    require_ending(output)
    _require_classifier(encoder_pt, classifier_pt)
    _require_of_one_kind(albums=albums, encoder_pt=encoder_pt, explore=explore, batch_size=batch_size)
    terminal = shell.terminal
    with shell.engine() as engine, stopped_by_interrupt() as control:
        source: Source | None = None
        if encoder_pt is not None and classifier_pt is not None:
            at_a_time = batch_size or AT_A_TIME
            work = engine.given_models.predict_with(encoder_pt, classifier_pt, batch_size=at_a_time, control=control)
            source = _predicted(terminal, work)
        else:
            learn_if_possible(terminal, engine, control=control)
        if albums:
            filters = Filters(genre=genre, min_rating=min_rating, max_per_artist=max_per_artist)
            destination = Destination(output, overwrite, open_player)
            tell_albums(terminal, engine, filters, wanted=top_n or ALBUMS, destination=destination)
            return
        wish = Wish(top_n or SONGS, min_rating, genre, max_per_artist, explore or 0.0)
        with another_place_told():
            playlist = engine.recommend(wish, output=output, source=source, overwrite=overwrite)
        if open_player and playlist.path is not None:
            engine.open_in_player(playlist.path)
    _tell_playlist(terminal, playlist)
    if playlist.path is None:
        raise typer.Exit(ACT)


@command("visualize-embeddings")
def visualize_embeddings(shell: Shell, output: Annotated[Path, typer.Option(help="A PNG, SVG or PDF file.")]) -> None:
    """Draw the library as a map (t-SNE of the embeddings)."""
    terminal = shell.terminal
    with shell.engine() as engine:
        finished = terminal.follow(engine.draw_map(output), what="Drawing the map", kind=Finished)
    required(finished)
    terminal.json({"output": str(output.absolute())}) if terminal.as_json else terminal.say(f"The map is at {output}.")


def _require_classifier(encoder_pt: Path | None, classifier_pt: Path | None) -> None:
    if encoder_pt is not None and classifier_pt is None:
        raise UserError("An encoder predicts no rating by itself: name a classifier after it, or the same file twice.")


def _require_of_one_kind(
    *, albums: bool, encoder_pt: Path | None, explore: float | None, batch_size: int | None
) -> None:
    """Refuse what would have no effect."""
    if albums and encoder_pt is not None:
        raise typer.BadParameter("Albums are ranked by the predictor in use: leave out ENCODER_PT or --albums.")
    if encoder_pt is not None and explore is not None:
        raise typer.BadParameter(
            "The predictor in use finds songs to find out about: leave out --explore or ENCODER_PT."
        )
    if albums and explore is not None:
        raise typer.BadParameter("Albums hold no songs to find out about: leave out --explore or --albums.")
    if encoder_pt is None and batch_size is not None:
        raise typer.BadParameter("Only ENCODER_PT embeds songs: leave out --batch-size, or name an encoder.")


def _predicted(terminal: Terminal, work: Iterator[Event]) -> Source:
    finished = required(terminal.follow(work, what="Predicting", kind=TrainingFinished))
    if not finished.complete:
        raise UserError("Stopped before the end; the same command goes on where it was.")
    return Source(finished.result["model_version"], finished.result["embedding_version"])


def _tell_playlist(terminal: Terminal, playlist: Playlist) -> None:
    ranking = playlist.ranking
    if terminal.as_json:
        output = str(playlist.path) if playlist.path else None
        songs = [_song_facts(each) for each in ranking.recommendations]
        origin = {"model_version": playlist.source.model_version, "predicted_at": iso(playlist.predicted_at)}
        terminal.json({"output": output, "songs": songs, "notice": ranking.notice, **origin})
    elif playlist.path is not None:
        shown, number = ranking.recommendations[:SHOWN], len(ranking.recommendations)
        show_songs(terminal, "Recommended", shown)
        if number > len(shown):
            terminal.say(f"… and {number - len(shown):,} more.")
        tell_playlist(terminal, playlist.path, songs=number)
    if ranking.notice:
        terminal.warn(ranking.notice)


def _song_facts(each: Recommendation) -> dict[str, object]:
    return {
        "rank": each.rank,
        "path": str(each.song.filepath),
        "title": each.song.title,
        "artist": each.song.artist,
        "album": each.song.album,
        "predicted": each.predicted_rating,
        "low": each.low,
        "high": each.high,
        "why": each.why,
        "exploration": each.is_exploration,
    }
