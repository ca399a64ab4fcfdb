"""The players on the session bus, by MPRIS: what each says of itself, asked for whenever one has something new."""

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusServiceWatcher,
)

PLAYERS = ("org.mpris.MediaPlayer2.clementine", "org.mpris.MediaPlayer2.strawberry")
PATH = "/org/mpris/MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"
STATUS, METADATA = "PlaybackStatus", "Metadata"
OUR_PATH, OURS = "/marmalade", "org.marmalade.Unpacking"
MAP_SLOT = "take_{what}(QString,QString,QVariantMap)"


class PlayerBus(QObject):
    """Never waits: every question is answered by a signal."""

    told = Signal(str, dict)
    """A player and its properties; empty when it is gone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus: QDBusConnection | None = None

    def listen(self) -> None:
        """Nothing is heard where there is no bus."""
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        self._bus = bus
        # Named without a service: Qt would ask the bus who that is, and wait for the answer.
        bus.connect("", PATH, PROPERTIES, "PropertiesChanged", self, SLOT("hear(QDBusMessage)"))  # type: ignore[call-overload]  # it is text
        for what in ("properties", "metadata"):
            bus.connect(bus.baseService(), OUR_PATH, OURS, what, self, SLOT(MAP_SLOT.format(what=what)))  # type: ignore[call-overload]  # as above
        for player in PLAYERS:
            watcher = QDBusServiceWatcher(player, bus, QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange, self)
            watcher.serviceOwnerChanged.connect(self._follow_owner)
        self._ask_all()

    @Slot(QDBusMessage)
    def hear(self, message: QDBusMessage) -> None:
        """Some player has something new; which one, it does not say by a name that is known."""
        arguments = message.arguments()
        if arguments and arguments[0] == PLAYER:
            self._ask_all()

    def _follow_owner(self, player: str, _before: str, after: str) -> None:
        if after:
            self._ask(player)
        else:
            self.told.emit(player, {})

    def _ask_all(self) -> None:
        for player in PLAYERS:
            self._ask(player)

    def _ask(self, player: str) -> None:
        if self._bus is None:
            return
        question = QDBusMessage.createMethodCall(player, PATH, PROPERTIES, "GetAll")
        question.setAutoStartService(False)
        question.setArguments([PLAYER])
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(question), self)
        watcher.finished.connect(lambda: self._take_answer(player, watcher))

    def _take_answer(self, player: str, watcher: QDBusPendingCallWatcher) -> None:
        arguments = [] if watcher.isError() else watcher.reply().arguments()
        watcher.deleteLater()
        if arguments:
            self._unpack("properties", player, "", arguments[0])
        else:
            self.told.emit(player, {})

    # ---------------------------------------------------------------------------------------------- unpacking

    def _unpack(self, what: str, player: str, status: str, packed: object) -> None:
        """Send a map to ourselves: Qt unpacks the arguments of a slot, and Python has no way to unpack others."""
        if self._bus is not None:
            letter = QDBusMessage.createTargetedSignal(self._bus.baseService(), OUR_PATH, OURS, what)
            letter.setArguments([player, status, packed])
            self._bus.send(letter)

    @Slot(str, str, "QVariantMap")
    def take_properties(self, player: str, _status: str, properties: dict[str, Any]) -> None:
        """Within the properties, the metadata are packed once more."""
        status = str(properties.get(STATUS, ""))
        if METADATA in properties:
            self._unpack("metadata", player, status, properties[METADATA])
        else:
            self.told.emit(player, {STATUS: status})

    @Slot(str, str, "QVariantMap")
    def take_metadata(self, player: str, status: str, metadata: dict[str, Any]) -> None:
        """All that is wanted has come."""
        self.told.emit(player, {STATUS: status, METADATA: metadata})


def has_bus() -> bool:
    """Without an address, Qt would start a bus, and wait for it."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or bool(folder and (Path(folder) / "bus").exists())
