"""Why a filter leaves no song, in a heading and a sentence that helps."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.item_models.song_filter import SongFilter
from desktop.item_models.song_rows import Subset

translate = QCoreApplication.translate


def why_nothing(wanted: SongFilter, *, player: str) -> tuple[str, str]:
    """For the owner of a library that has songs."""
    text = wanted.text.strip()
    if text:
        heading = translate("NothingFound", "No song matches “{text}”").format(text=text)
        if replace(wanted, text=""):
            return heading, translate("NothingFound", "Only the songs that the chips above leave were searched.")
        return heading, translate("NothingFound", "Every word has to be in the title, artist, album, genre or year.")
    if wanted.songs:
        return translate("NothingFound", "These songs are not in your library any more"), ""
    alone = next(iter(wanted.subsets)) if len(wanted.subsets) == 1 and not (wanted.genres or wanted.decades) else None
    heading, hint = _of_subset(alone)
    return heading, hint.format(player=player)


def _of_subset(subset: Subset | None) -> tuple[str, str]:
    match subset:
        case Subset.PROMISING:
            hint = translate(
                "NothingFound", "Predictions become surer with every rating. Rate some songs, or look at all of them."
            )
            return translate("NothingFound", "No song is surely worth 4 stars to you yet"), hint
        case Subset.NEW:
            return translate("NothingFound", "No song came in the last seven days"), translate(
                "NothingFound", "Songs that come appear here by themselves."
            )
        case Subset.RATED:
            hint = translate(
                "NothingFound", "Give stars here or in {player}: from ten on, Marmalade begins to know your taste."
            )
            return translate("NothingFound", "You have not rated a song yet"), hint
        case Subset.UNRATED:
            return translate("NothingFound", "You have rated every song"), ""
        case None:
            return translate("NothingFound", "No song is in all that you chose"), translate(
                "NothingFound", "A song has to pass every chip that is switched on."
            )
        case _:
            return translate("NothingFound", "No song is left here"), translate(
                "NothingFound", "All of them are settled."
            )
