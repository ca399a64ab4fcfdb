"""Laying the map out anew: begun once by itself where there is none, watched as it unfolds, stopped at any time."""

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.jobs.events import Event
from core.recommend.song_map import SongMap
from desktop.desk import Desk
from desktop.task_runner import Ending, Task

ENOUGH = 100
"""Songs, of which a map is worth looking at while more are listened to."""


class MapDrawing(QObject):
    """One at a time."""

    began = Signal(object)
    """The first frame, a SongMap."""
    unfolded = Signal(object, int, int)
    """The songs' positions, and how much of the work is done, of how much."""
    started = Signal()
    ended = Signal(bool)
    """Whether a map was drawn to its end."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self._began_by_itself = False

    @property
    def is_drawing(self) -> bool:
        return self._task is not None

    def begin(self) -> None:
        """Draw; what goes wrong is told above the page."""
        if self._task is None:
            fail = self._desk.messages.fail
            work = self._desk.session.work
            self._task = work(lambda engine, control: engine.maps.draw(control=control), otherwise=fail)
            self._task.happened.connect(self._follow)
            self._task.ended.connect(self._end)
            self.started.emit()

    def begin_by_itself(self, heard: int) -> None:
        """Draw the first map when all songs were heard, or enough; what failed or was stopped is not begun again."""
        if not self._began_by_itself and (heard >= ENOUGH or not self._desk.session.is_working):
            self._began_by_itself = True
            self.begin()

    def stop(self) -> None:
        """Leave the map as it was."""
        if self._task is not None:
            self._task.stop()

    def _follow(self, events: list[Event]) -> None:
        """Ten times a second at most; only the last frame is worth showing."""
        from core.recommend.map_drawing import LayoutMoved

        frames = [event for event in events if isinstance(event, LayoutMoved)]
        first = next((frame for frame in frames if frame.song_ids), None)
        if first is not None:
            nothing = np.zeros(len(first.song_ids), dtype=np.bool_)
            self.began.emit(SongMap(first.song_ids, first.positions, nothing, ""))
        if frames:
            self.unfolded.emit(frames[-1].positions, frames[-1].done, frames[-1].total)

    def _end(self, ending: Ending) -> None:
        from core.recommend.map_drawing import MapFinished

        self._task = None
        done = ending.result
        self.ended.emit(isinstance(done, MapFinished) and done.song_map is not None)
