"""Modules of the owner's: where they are found, what they may not be called, how their failures are told."""

import sys
from pathlib import Path

import pytest

from core.errors import UserError
from core.models.own_module import brief, explained, import_own, own_file, reference_of


class Mine:
    """A class that is handed over as it is."""


@pytest.fixture(autouse=True)
def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("own_things")]:
        monkeypatch.delitem(sys.modules, name)


def test_a_module_is_found_beside_the_configuration_and_above(tmp_path: Path) -> None:
    (tmp_path / "own_things.py").write_text("ANSWER = 42\n")
    for folder in (tmp_path, tmp_path / "configs"):
        assert import_own("own_things", relative_to=folder).ANSWER == 42
        assert own_file("own_things", folder) == tmp_path / "own_things.py"


def test_without_a_folder_only_installed_modules_count() -> None:
    assert own_file("own_things", None) is None
    assert import_own("core.errors", relative_to=None).UserError is UserError


@pytest.mark.parametrize("name", ["core", "torch", "json"])
def test_a_file_may_not_take_the_place_of_what_is_needed(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.py").write_text("")
    with pytest.raises(UserError, match=f'Python has another "{name}": give it another name'):
        import_own(name, relative_to=tmp_path)


def test_a_class_has_a_reference() -> None:
    assert reference_of(Mine) == f"{__name__}:Mine"
    assert reference_of("MelEncoder") == "MelEncoder"


@pytest.mark.parametrize(
    ("error", "words"),
    [(ValueError("not today.\nnor tomorrow"), "ValueError: not today"), (KeyError(), "KeyError")],
)
def test_an_error_is_told_in_half_a_sentence(error: Exception, words: str) -> None:
    assert brief(error) == words


OWN_TROUBLE = """
def fall(deep):
    return {}["nothing"] if not deep else fall(deep - 1)
"""


def test_an_error_out_of_an_own_module_is_a_sentence_and_ours_stays_a_bug(tmp_path: Path) -> None:
    (tmp_path / "own_trouble.py").write_text(OWN_TROUBLE)
    module = import_own("own_trouble", relative_to=tmp_path)
    with pytest.raises(UserError, match=r'"own_trouble:Net" failed: KeyError'), explained(["own_trouble:Net"]):
        module.fall(3)
    with pytest.raises(KeyError), explained(["other:Net", "MelEncoder"]):
        module.fall(0)
    with pytest.raises(UserError, match="as it is"), explained(["own_trouble:Net"]):
        raise UserError("as it is")
