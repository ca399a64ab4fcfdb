"""That songs were listened to is told now and then, not for each."""

import pytest

from core.jobs.events import Progress, SongAnalysed
from core.song import SongId
from desktop.heard_more import BETWEEN, HeardMore


def test_it_is_told_once_for_the_songs_of_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now, told = [1000.0], []
    monkeypatch.setattr("desktop.heard_more.time.monotonic", lambda: now[0])
    heard_more = HeardMore(lambda: told.append(now[0]))
    song = SongAnalysed(SongId("file:///a.mp3"))
    heard_more.tell([Progress(1, 9)])
    heard_more.tell([song, Progress(1, 9)])
    heard_more.tell([song])
    now[0] += BETWEEN + 1
    heard_more.tell([song])
    assert told == [1000.0, 1000.0 + BETWEEN + 1]
