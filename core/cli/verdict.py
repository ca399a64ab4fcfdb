"""The commands with which the owner judges songs; their word stands above everything that was heard."""

from collections.abc import Sequence
from typing import Annotated

import typer

from core.analysis.speech_class import SpeechClass
from core.cli.named_songs import NamedSongs
from core.cli.shell import HELP, Shell, application, command
from core.cli.standing import Standings, members
from core.cli.terminal import Terminal
from core.cli.verdicts import KEEP, NOT_A_DUPLICATE, Said, everything_said, names_of
from core.engine import Engine
from core.errors import UserError
from core.song import SongId

group = typer.Typer(help="Judge songs; your word holds for ever.", no_args_is_help=True, context_settings=HELP)
application.add_typer(group, name="verdict")

Song = Annotated[str, typer.Argument(metavar="PATH", help="A song of your library.")]
Songs = Annotated[list[str], typer.Argument(metavar="PATH…", help="Songs of your library.")]


@command(NOT_A_DUPLICATE, of=group)
def not_a_duplicate(shell: Shell, songs: Songs) -> None:
    """None of these songs is a copy of another of them."""
    with shell.engine() as engine:
        found = _find(engine, songs)
        if len(found) < 2:
            raise typer.BadParameter("Name two songs or more that are no copies of each other.")
        engine.duplicates.say_different(found)
        _tell(shell.terminal, engine, NOT_A_DUPLICATE, found)


@command(KEEP, of=group)
def keep(shell: Shell, song: Song) -> None:
    """This is the one to keep of its copies."""
    with shell.engine() as engine:
        (found,) = _find(engine, [song])
        copies = Standings(engine).copies_of(found)
        if copies is None:
            raise UserError(f"{song} has no copies, so there is nothing to choose.")
        engine.duplicates.say_keep(found, copies=copies)
        others = [each.song_id for each in members(copies) if each.song_id != found]
        _tell(shell.terminal, engine, KEEP, [found], also=others)


@command("music", of=group)
def music(shell: Shell, songs: Songs) -> None:
    """These songs are music, whatever is heard in them."""
    _say_class(shell, songs, SpeechClass.MUSIC)


@command("spoken", of=group)
def spoken(shell: Shell, songs: Songs) -> None:
    """These songs are spoken: they leave training and playlists."""
    _say_class(shell, songs, SpeechClass.SPOKEN)


@command("take-back", of=group)
def take_back(shell: Shell, songs: Songs) -> None:
    """Take back what you said about these songs, and of several also what you said between them."""
    with shell.engine() as engine:
        everything = everything_said(engine)
        found = _find(engine, songs, also=[song_id for said in everything for song_id in said.songs])
        taken = [said for said in everything if set(said.songs) <= set(found)]
        names = names_of(engine.library().songs, also=everything)
        if not taken:
            raise UserError(_nothing_said(found, everything, names))
        for said in taken:
            _undo(engine, said)
        for said in taken if not shell.terminal.as_json else []:
            shell.terminal.say(f"Taken back: {said.sentence(names)}.")
        _tell(shell.terminal, engine, "take-back", found)


def _say_class(shell: Shell, songs: Sequence[str], speech_class: SpeechClass) -> None:
    with shell.engine() as engine:
        found = _find(engine, songs)
        for song_id in found:
            engine.speech.say(song_id, speech_class)
        _tell(shell.terminal, engine, speech_class.value, found)


def _find(engine: Engine, songs: Sequence[str], *, also: Sequence[SongId] = ()) -> list[SongId]:
    """All songs that are meant: before anything is stored, so that one wrong name stores nothing."""
    return NamedSongs(engine.library().songs, also=also).find(songs, else_unchanged=True)


def _undo(engine: Engine, said: Said) -> None:
    if said.verdict == NOT_A_DUPLICATE:
        engine.duplicates.take_back_different(said.songs)
    elif said.verdict == KEEP:
        engine.duplicates.take_back_keep(said.songs[0])
    else:
        engine.speech.take_back(said.songs[0])


def _nothing_said(found: Sequence[SongId], everything: Sequence[Said], names: dict[SongId, str]) -> str:
    named = " and ".join(names[each] for each in found)
    beside = next((said for said in everything if set(said.songs) & set(found)), None)
    hint = f"; what you said of a pair needs both: {beside.undoing(names)}" if beside else ""
    return f"You have said nothing about {named}{hint}."


def _tell(
    terminal: Terminal, engine: Engine, verdict: str, songs: Sequence[SongId], *, also: Sequence[SongId] = ()
) -> None:
    """What the verdict means for its songs, and for others that it moves."""
    standings = Standings(engine).of([*songs, *also])
    if terminal.as_json:
        terminal.json({"verdict": verdict, "songs": [each.facts() for each in standings]})
        return
    for each in standings:
        terminal.say(each.sentence)
