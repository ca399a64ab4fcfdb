"""Why there is no map yet, and what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.widgets.empty_state import EmptyState

translate = QCoreApplication.translate

LEAST_SONGS = 5


def say_why_empty(empty: EmptyState, heard: int, *, draw: Callable[[], object]) -> None:
    """``heard`` songs could be on it."""
    if not heard:
        words = translate(
            "MapPage", "Marmalade draws the map when it has listened to your songs. It is at work; come back soon."
        )
        empty.say(translate("MapPage", "No song has a place yet"), words)
    elif heard < LEAST_SONGS:
        words = translate("MapPage", "A map needs at least {count} songs that were listened to.")
        empty.say(translate("MapPage", "Too few songs for a map"), words.format(count=LEAST_SONGS))
    else:
        words = translate("MapPage", "It shows which songs sound alike. For a large library it takes some minutes.")
        title, button = translate("MapPage", "There is no map yet"), translate("MapPage", "Draw the map")
        empty.say(title, words, button=button, act=draw)
