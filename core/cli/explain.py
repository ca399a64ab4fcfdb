"""Why a song is predicted as it is, from a shell."""

from pathlib import Path
from typing import Annotated

import typer

from core.cli.named_songs import NamedSongs, path_of
from core.cli.shell import Shell, command, required
from core.cli.terminal import Terminal, stopped_by_interrupt
from core.engine import Engine
from core.errors import UserError
from core.jobs.events import Control, Finished
from core.parts.explanations import SoundExplained
from core.recommend.reasons.explanation import STARS, Explanation, SoundExplanation, SoundPart, Witness, Witnesses
from core.recommend.reasons.spectrogram_picture import draw_explanation, require_format
from core.song import SongId

Named = Annotated[str, typer.Argument(metavar="SONG", help="A song of your library, by its path.")]
Listen = Annotated[bool, typer.Option("--sound", help="Also find the seconds and the frequencies that matter.")]
Picture = Annotated[Path | None, typer.Option(help="Draw them over the spectrogram: a PNG, SVG or PDF file.")]
Excerpt = Annotated[Path | None, typer.Option("--sound-file", help="Write the excerpt that was heard: a WAV file.")]


@command("explain")
def explain(
    shell: Shell, song: Named, sound: Listen = False, picture: Picture = None, sound_file: Excerpt = None
) -> None:
    """Tell why a song is predicted as it is: by which of your ratings, by its names or its sound, and how surely."""
    terminal = shell.terminal
    if picture is not None:
        require_format(picture)
    with shell.engine() as engine, stopped_by_interrupt() as control:
        (found,) = NamedSongs(engine.library().songs).find([song])
        terminal.follow(engine.update_predictions(control=control), what="Learning", kind=Finished)
        with terminal.errors.status("Learning again without some of your ratings"):
            explanation = engine.explanations.of(found)
        is_heard = sound or picture is not None or sound_file is not None
        heard = _heard(terminal, engine, found, sound_file=sound_file, control=control) if is_heard else None
    if heard is not None and picture is not None:
        draw_explanation(heard, output=picture)
    if terminal.as_json:
        terminal.json(_facts(explanation) | ({"sound": _sound_facts(heard)} if heard else {}))
    else:
        _tell(terminal, explanation, heard)


def _heard(
    terminal: Terminal, engine: Engine, song_id: SongId, *, sound_file: Path | None, control: Control
) -> SoundExplanation:
    work = engine.explanations.sound_of(song_id, sound_file=sound_file, control=control)
    finished = required(terminal.follow(work, what="Listening", kind=SoundExplained))
    if finished.explanation is None:
        raise UserError("Stopped before the end.")
    found: SoundExplanation = finished.explanation
    return found


def _tell(terminal: Terminal, explanation: Explanation, heard: SoundExplanation | None) -> None:
    for sentence in (*explanation.sentences, *(heard.sentences if heard else ())):
        terminal.say(sentence)


def _facts(explanation: Explanation) -> dict[str, object]:
    song = explanation.song
    return {
        "path": path_of(song),
        "title": song.title,
        "artist": song.artist,
        "rating": song.rating if song.is_rated else None,
        "predicted": explanation.predicted if explanation.is_said else None,
        "low": explanation.low,
        "high": explanation.high,
        "unlimited": explanation.unlimited,
        "sure": explanation.sure,
        "parts": dict(explanation.parts),
        "shares": explanation.shares,
        "for": [_witness_facts(each) for each in explanation.for_songs.songs],
        "against": [_witness_facts(each) for each in explanation.against_songs.songs],
        "without_for": _without(explanation, explanation.for_songs),
        "without_against": _without(explanation, explanation.against_songs),
        "sentences": list(explanation.sentences),
    }


def _witness_facts(each: Witness) -> dict[str, object]:
    """``change`` is in ratings, 0 to 1: what the prediction loses without this rating; below 0 it gains.

    ``copies`` are all files that carry it, where the song is there several times.
    """
    return {
        "path": path_of(each.bearer),
        "title": each.song.title,
        "artist": each.song.artist,
        "stars": each.song.rating * STARS,
        "change": each.change,
        "copies": [path_of(copy) for copy in each.copies],
    }


def _without(explanation: Explanation, witnesses: Witnesses) -> dict[str, object] | None:
    if not witnesses.songs:
        return None
    return {"unlimited": explanation.unlimited - witnesses.together, "learned_again": witnesses.is_measured}


def _sound_facts(heard: SoundExplanation) -> dict[str, object]:
    return {
        "start": heard.start,
        "stop": heard.stop,
        "seconds": [_part_facts(each) for each in heard.seconds],
        "bands": [_part_facts(each) for each in heard.bands],
        "spectrogram": heard.spectrogram,
        "sentences": list(heard.sentences),
    }


def _part_facts(part: SoundPart) -> dict[str, object]:
    return {"from": part.low, "to": part.high, "change": part.change, "holds": part.holds}
