"""The whole application in a process of its own: what it loads, what it says, and that nothing outlives it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.config import load_config
from core.paths import Profile
from tests.listened_library import ListenedLibrary

ROOT = Path(__file__).parents[2]
FORBIDDEN = ("torch", "torchaudio", "torchcodec", "sklearn", "openTSNE", "onnxruntime", "silero_vad")

PROBE = """
import json, sys
from pathlib import Path

def main():
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel, QPushButton, QTableView
    import desktop.app
    from desktop.navigation import Place

    looks = []

    def look(application):
        window = application.window
        button = lambda text: next(each for each in window.findChildren(QPushButton) if each.text() == text)
        window.show_page(Place.LIBRARY)
        print(json.dumps({
            "loaded": sorted(name for name in sys.argv[3].split(",") if name in sys.modules),
            "rows": window.findChild(QTableView).model().rowCount(),
            "said": [each.text() for each in window.findChildren(QLabel) if each.isVisible() and each.text()],
            "buttons": [each.text() for each in window.findChildren(QPushButton) if each.isVisible()],
        }), flush=True)
        WHEN_SEEN

    class Probed(desktop.app.Application):
        def open(self, **arguments):
            self.session.update_ended.connect(lambda: look(self))
            self.session.progressed.connect(lambda progress: WHILE_WORKING)
            self.session.not_opened.connect(lambda _: QTimer.singleShot(0, lambda: look(self)))
            super().open(**arguments)

    desktop.app.Application = Probed
    database = Path(sys.argv[2]) if sys.argv[2] else None
    sys.exit(desktop.app.run(desktop.app.Choices(profile=Path(sys.argv[1]), database=database)))

if __name__ == "__main__":
    main()
"""


def start(
    folder: Path, *, profile: Path, database: Path | None, when_seen: str, while_working: str = "None"
) -> subprocess.Popen[str]:
    """Open the application and look at it once it is quiet; ``when_seen`` is what it does then."""
    script = folder / "probe.py"
    source = PROBE.replace("WHEN_SEEN", when_seen).replace("WHILE_WORKING", while_working)
    script.write_text(source, encoding="utf-8")
    command = [sys.executable, str(script), str(profile), str(database or ""), ",".join(FORBIDDEN)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def seen_by(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    with process.stdout as lines:
        line = next(lines, "")
    assert line, f"it ended with {process.wait(timeout=60)} before it was seen"
    return json.loads(line)


def test_the_window_loads_no_learning_library_and_ends_by_itself(library: ListenedLibrary, tmp_path: Path) -> None:
    profile = library.profile.data.parent
    process = start(tmp_path, profile=profile, database=library.database.path, when_seen="window.close()")
    seen = seen_by(process)
    assert process.wait(timeout=60) == 0
    assert seen["loaded"] == []
    assert seen["rows"] == 6


def test_no_database_offers_the_demo_and_names_the_places(tmp_path: Path) -> None:
    process = start(tmp_path, profile=tmp_path / "profile", database=None, when_seen="window.close()")
    seen = seen_by(process)
    assert process.wait(timeout=60) == 0
    assert "Try the demo library" in seen["buttons"]
    assert any("~/.config/Clementine/clementine.db" in text for text in seen["said"])


def test_a_file_that_is_no_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    wrong = tmp_path / "letter.db"
    wrong.write_text("Dear Marmalade", encoding="utf-8")
    process = start(tmp_path, profile=tmp_path / "profile", database=wrong, when_seen="window.close()")
    seen = seen_by(process)
    assert process.wait(timeout=60) == 0
    assert any("letter.db" in text for text in seen["said"])


DEMO_AND_STOP = "(button('Try the demo library').click(), QTimer.singleShot(0, button('Stop').click))"


def test_a_demo_that_is_stopped_leads_back(tmp_path: Path) -> None:
    deeds = f"looks.append(1); {DEMO_AND_STOP} if len(looks) == 1 else window.close()"
    with start(tmp_path, profile=tmp_path / "profile", database=None, when_seen=deeds) as process:
        before, after = (json.loads(line) for line in process.communicate(timeout=200)[0].splitlines()[:2])
    assert process.returncode == 0
    assert after["said"] == before["said"]
    assert after["buttons"] == before["buttons"]


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_it_in_order(library: ListenedLibrary, tmp_path: Path, sent: signal.Signals) -> None:
    profile = library.profile.data.parent
    process = start(tmp_path, profile=profile, database=library.database.path, when_seen="pass")
    seen_by(process)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(sent)
    assert process.wait(timeout=60) == 0
    assert [child for child in children if child.is_running()] == []
    assert (profile / "config" / "window.ini").is_file()


@pytest.mark.timeout(300)
def test_closing_while_songs_are_analysed_leaves_no_process(unheard: ListenedLibrary, tmp_path: Path) -> None:
    """The window is told to close at the first song; what the pool started has to end with it."""
    profile = unheard.profile.data.parent
    unheard.open().close()  # it was started before: nobody is asked which library it is
    tell = 'print(json.dumps({"pids": [each.pid for each in __import__("psutil").Process().children(recursive=True)]}))'
    process = start(
        tmp_path,
        profile=profile,
        database=unheard.database.path,
        when_seen="pass",
        while_working=f"({tell}, self.window.close()) if progress.done else None",
    )
    started = seen_by(process)["pids"]
    assert process.wait(timeout=60) == 0
    assert started
    _, alive = psutil.wait_procs([psutil.Process(pid) for pid in started if psutil.pid_exists(pid)], timeout=60)
    assert alive == []


def test_a_damaged_configuration_can_be_set_aside(library: ListenedLibrary, tmp_path: Path) -> None:
    """The second look is at the library, after a click in the first one."""
    file = library.profile.config_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("music: [")
    press = (
        '[each.click() for each in window.findChildren(QPushButton) if each.text() == "Begin with the defaults"]'
        " if window.not_opened.isVisible() else window.close()"
    )
    process = start(tmp_path, profile=library.profile.data.parent, database=library.database.path, when_seen=press)
    assert process.stdout is not None
    with process.stdout as lines:
        first, second = (json.loads(next(lines)) for _ in range(2))
    assert process.wait(timeout=60) == 0
    assert not any("--" in text for text in first["said"])
    assert "Begin with the defaults" in first["buttons"]
    assert second["rows"] == 6
    (kept,) = file.parent.glob("marmalade.yaml.damaged-*")
    assert kept.read_text() == "music: ["


def test_a_profile_that_cannot_be_written_leads_to_another_folder(library: ListenedLibrary, tmp_path: Path) -> None:
    """A file in the place of a folder stops the superuser too."""
    profile, other = tmp_path / "profile-of-before", tmp_path / "other"
    Profile.below(profile).data.mkdir(parents=True)
    Profile.below(profile).companion_database.touch()
    Profile.below(profile).cache.write_text("in the way")
    Profile.below(other).data.mkdir(parents=True)
    Profile.below(other).companion_database.touch()
    leave = (
        f"window.not_opened.folder_chosen.emit(Path({str(other)!r}))"
        " if window.not_opened.isVisible() else window.close()"
    )
    process = start(tmp_path, profile=profile, database=library.database.path, when_seen=leave)
    assert process.stdout is not None
    with process.stdout as lines:
        first, second = (json.loads(next(lines)) for _ in range(2))
    assert process.wait(timeout=60) == 0
    assert "Choose another folder…" in first["buttons"]
    assert not any("--" in text for text in first["said"])
    assert second["rows"] == 6


def test_a_database_that_is_chosen_is_opened_and_remembered(library: ListenedLibrary, tmp_path: Path) -> None:
    wrong = tmp_path / "letter.db"
    wrong.write_text("Dear Marmalade", encoding="utf-8")
    choose = (
        f"window.not_opened.database_chosen.emit(Path({str(library.database.path)!r}))"
        " if window.not_opened.isVisible() else window.close()"
    )
    process = start(tmp_path, profile=library.profile.data.parent, database=wrong, when_seen=choose)
    assert process.stdout is not None
    with process.stdout as lines:
        first, second = (json.loads(next(lines)) for _ in range(2))
    assert process.wait(timeout=60) == 0
    assert "Choose a database…" in first["buttons"]
    assert second["rows"] == 6
    assert load_config(library.profile.config_file).music.database_path == library.database.path
