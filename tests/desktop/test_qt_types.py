"""Qt's classes are there before another thread names them, and making them does not hold up the window."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.qt_types import QtTypes

ROOT = Path(__file__).parents[2]
SECOND_THREAD = """
import sys, threading
from PySide6.QtCore import QCoreApplication
from desktop.qt_types import MODULES, QtTypes

application = QCoreApplication([])
types = QtTypes()
types.made.connect(application.quit)
types.start()
application.exec()

def made():
    return {name: len(vars(sys.modules[f"PySide6.{name}"])) for name in MODULES}

before = made()
from desktop.pages.catalog import load_all
loading = threading.Thread(target=load_all)
loading.start()
loading.join()
assert "pyqtgraph" in sys.modules
assert made() == before, [name for name in MODULES if made()[name] != before[name]]
"""


def test_what_is_imported_in_the_background_makes_no_class_of_qt() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SECOND_THREAD], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr


def test_it_comes_to_its_end(qtbot: QtBot) -> None:
    types = QtTypes()
    with qtbot.waitSignal(types.made):
        types.start()
    assert not types.findChild(QTimer).isActive()
