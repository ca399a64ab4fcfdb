"""Options that every command has, before and after it, and the exit codes 0, 1 and 2."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.cli import main
from core.cli.program import application
from core.cli.shell import required
from core.errors import UserError
from tests.shell_calls import Call, Told, call_program, the_object

COMMANDS = (
    *("music-stats", "scan", "watch", "skipped", "duplicates", "speech", "verdicts"),
    *("train", "train-classifier", "train-encoder", "train-joint", "run", "tune", "evaluate", "recommend", "demo"),
)
VERDICTS = ("not-a-duplicate", "keep", "music", "spoken", "take-back")
MODELS = ("list", "use", "compare", "delete")
GROUPS = {"verdict": VERDICTS, "models": MODELS}


def orders(arguments: list[str]) -> list[list[str]]:
    """The common options before the command, after it, and on both sides."""
    profile, database = arguments[:2], arguments[2:4]
    return [
        [*arguments, "--json", "music-stats"],
        ["music-stats", *arguments, "--json"],
        [*profile, "music-stats", *database, "--json"],
        ["--json", *database, "music-stats", *profile],
    ]


@pytest.mark.parametrize("order", range(4))
def test_common_options_stand_before_or_after_the_command(call: Call, learned: Told, order: int) -> None:
    result = call(*orders(learned.arguments)[order])
    assert result.exit_code == 0
    assert the_object(result.stdout_bytes)["songs"] == 60


def test_what_is_said_after_the_command_counts(call: Call, learned: Told, tmp_path: Path) -> None:
    result = call("--database", tmp_path / "gone.db", "music-stats", *learned.arguments, "--json")
    assert the_object(result.stdout_bytes)["songs"] == 60


@pytest.mark.parametrize(
    "name", [*((name,) for name in COMMANDS), *((group, name) for group, names in GROUPS.items() for name in names)]
)
def test_every_command_explains_itself_and_takes_the_common_options(call: Call, name: tuple[str, ...]) -> None:
    result = call(*name, "--help")
    assert result.exit_code == 0
    for option in ("--config", "--profile", "--database", "--json", "--debug"):
        assert option in result.stdout


def test_the_help_lists_the_commands(call: Call) -> None:
    result = call("-h")
    assert all(name in result.stdout for name in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["scan", "--workers", "0"],
        ["recommend", "--min-rating", "2"],
        ["music-stats", "--nope"],
        ["scan", "--mode", "paused"],
    ],
)
def test_wrong_usage_ends_with_2(call: Call, arguments: list[str]) -> None:
    assert call(*arguments).exit_code == 2


def test_what_the_owner_can_mend_is_one_sentence_and_ends_with_1(tmp_path: Path) -> None:
    finished = call_program("music-stats", "--json", "--profile", str(tmp_path), "--database", str(tmp_path / "x.db"))
    assert finished.returncode == 1
    assert finished.stdout == b""
    (line,) = finished.stderr.decode().splitlines()
    assert line.startswith(f"There is no database at {tmp_path / 'x.db'}")


def test_the_same_in_this_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["marmalade", "skipped", "--profile", str(tmp_path)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 1
    assert "marmalade demo" in capsys.readouterr().err


def test_debug_writes_the_log_to_stderr(learned: Told) -> None:
    finished = call_program("music-stats", "--json", "--debug", *learned.arguments)
    assert finished.returncode == 0
    assert the_object(finished.stdout)["songs"] == 60


def test_no_command_opens_the_window_with_the_common_options(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _, arguments: started.append(arguments))
    call("--profile", tmp_path, "--debug")
    assert [arguments[1:] for arguments in started] == [["-P", "-m", "desktop", "--profile", str(tmp_path), "--debug"]]


def test_work_without_an_end_is_a_sentence() -> None:
    assert required(5) == 5
    with pytest.raises(UserError, match="ended before it was done"):
        required(None)


def test_nothing_of_the_window_or_the_network_is_loaded_for_a_count(learned: Told) -> None:
    program = (
        "import sys\nfrom core.cli.program import application\n"
        f"application({['music-stats', *learned.arguments]!r}, standalone_mode=False)\n"
        "print(sorted({'torch', 'sklearn', 'matplotlib', 'PySide6', 'openTSNE'} & set(sys.modules)))"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout.splitlines()[-1] == "[]"


def test_all_commands_have_their_place() -> None:
    assert {command.name for command in application.registered_commands} >= set(COMMANDS)
    assert [group.name for group in application.registered_groups] == ["models", "verdict"]
