"""Counting the library from a shell."""

import pytest

from core.cli.music_stats import MEANINGS
from core.statistics import CLASSES
from tests.planted_findings import PlantedFindings
from tests.shell_calls import Call, Told, the_object


def test_statistics_are_told_as_one_object(call: Call, scanned: Told) -> None:
    answer = the_object(call("music-stats", "--json", *scanned.arguments).stdout_bytes)
    assert {"songs", "rated", "unrated", "classes", "doubtful", "embeddings", "active_version"} <= set(answer)
    assert set(answer["classes"]) == {"analysed", "waiting", "skipped", "duplicate", "spoken", "unavailable"}
    assert sum(answer["classes"].values()) == answer["songs"] == answer["rated"] + answer["unrated"] == 6
    assert (answer["classes"]["analysed"], answer["classes"]["skipped"]) == (3, 3)
    assert answer["embeddings"] == {answer["active_version"]: 3}


def test_what_waits_for_the_owner_is_counted(call: Call, findings: PlantedFindings) -> None:
    answer = the_object(call("music-stats", "--json", *findings.arguments).stdout_bytes)
    assert (answer["songs"], answer["doubtful"], answer["possible_duplicates"]) == (15, 1, 1)


@pytest.mark.parametrize("width", [80, 160])
def test_the_rows_add_up_and_explain_themselves(
    call: Call, findings: PlantedFindings, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = call("music-stats", *findings.arguments).stdout
    cells = [[cell.strip() for cell in line.strip("│").split("│")] for line in shown.splitlines() if line[:1] == "│"]
    numbers = {cells[0]: int(cells[1]) for cells in cells}
    assert set(MEANINGS) == set(CLASSES)
    assert sum(numbers[name] for name in MEANINGS) == numbers["songs"] == 15
    assert (numbers["doubtful"], numbers["possible duplicates"], numbers["by hand"]) == (1, 1, 12)
    assert all(cells[2] for cells in cells)
