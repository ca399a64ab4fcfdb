"""The players on the session bus, by MPRIS: what each says of itself, asked for whenever one has something new."""

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusArgument,
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusServiceWatcher,
    QDBusVariant,
)

PLAYERS = ("org.mpris.MediaPlayer2.clementine", "org.mpris.MediaPlayer2.strawberry")
PATH = "/org/mpris/MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"


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
        bus.connect("", PATH, PROPERTIES, "PropertiesChanged", self, SLOT("hear(QDBusMessage)").encode())
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
        answer = [] if watcher.isError() else _plain(watcher.reply().arguments())
        watcher.deleteLater()
        self.told.emit(player, answer[0] if answer and isinstance(answer[0], dict) else {})


def has_bus() -> bool:
    """Without an address, Qt would start a bus, and wait for it."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or bool(folder and (Path(folder) / "bus").exists())


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever came over the bus
    """Without the wrappings of D-Bus."""
    if isinstance(value, QDBusArgument):
        return _plain(value.asVariant())
    if isinstance(value, QDBusVariant):
        return _plain(value.variant())
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
