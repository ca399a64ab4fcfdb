"""What every page is given: the session, the other pages, a voice, an ear, and what the owner says."""

from dataclasses import dataclass

from PySide6.QtCore import QSettings

from desktop.listening.listening import Listening
from desktop.listening.now_playing import NowPlaying
from desktop.messages import Messages
from desktop.navigation import Navigation
from desktop.owners_word import OwnersWord
from desktop.session import Session


@dataclass(frozen=True)
class Desk:
    """One for each window."""

    session: Session
    navigation: Navigation
    messages: Messages
    word: OwnersWord
    listening: Listening
    now_playing: NowPlaying
    settings: QSettings


def make_desk(session: Session, *, settings: QSettings) -> Desk:
    """Everything lives as long as the session, whose child it is."""
    messages = Messages(session)
    return Desk(
        session,
        Navigation(session),
        messages,
        OwnersWord(session, messages=messages),
        Listening(session),
        NowPlaying(session),
        settings,
    )
