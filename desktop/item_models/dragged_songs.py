"""Songs on their way to another program: their addresses are put together when they are taken, not when lifted."""

from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QMetaType, QMimeData, QUrl

from core.song import Song

ADDRESSES = "text/uri-list"


class DraggedSongs(QMimeData):
    """A file once, named by the very bytes that the player has: so it knows them."""

    def __init__(self, songs: Sequence[Song], numbers: NDArray[np.intp]) -> None:
        super().__init__()
        self._songs, self._numbers = songs, numbers

    def formats(self) -> list[str]:
        return [ADDRESSES]

    def retrieveData(self, form: str, wanted: QMetaType | QMetaType.Type) -> QByteArray | list[QUrl] | None:
        """Another program asks for the bytes, a widget for a list."""
        if form != ADDRESSES:
            return None
        songs = [self._songs[number] for number in self._numbers.tolist()]
        names = dict.fromkeys(map(attrgetter("filename"), songs))
        if QMetaType(wanted).id() == QMetaType.Type.QVariantList.value:
            return [QUrl.fromEncoded(name.encode(errors="surrogateescape")) for name in names]
        return QByteArray("\r\n".join([*names, ""]).encode(errors="surrogateescape"))
