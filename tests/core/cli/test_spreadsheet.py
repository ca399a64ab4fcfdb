"""Comma-separated values: quoting, strange bytes, and nothing that a spreadsheet would run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cli.spreadsheet import to_csv
from tests.shell_calls import STRANGE_NAME


def test_lines_are_quoted_as_rfc_4180_has_it() -> None:
    rows = [('a "b"', "c, d", 0.5), ("e\nf", None, True), ("", 7, False)]
    assert to_csv(["x", "y", "z"], rows) == b'x,y,z\r\n"a ""b""","c, d",0.5\r\n"e\nf",,yes\r\n,7,no\r\n'


def test_bytes_of_a_path_leave_as_they_are() -> None:
    assert to_csv(["path"], [(STRANGE_NAME,)]) == b"path\r\ncaf\xe9 [live].wav\r\n"


@pytest.mark.parametrize("title", ["=1+1", "+49", "-", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(title: str) -> None:
    (_, (cell,)) = csv.reader(io.StringIO(to_csv(["title"], [(title,)]).decode(), newline=""))
    assert cell == f"'{title}"


def test_numbers_and_paths_are_never_touched() -> None:
    assert to_csv(["n", "path"], [(-1.5, "/=music/-a.mp3")]) == b"n,path\r\n-1.5,/=music/-a.mp3\r\n"


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map("/{}".format)


@given(st.lists(st.lists(texts, min_size=2, max_size=2)))
def test_what_was_written_is_read_again(rows: list[list[str]]) -> None:
    written = to_csv(["a", "b"], rows).decode()
    assert list(csv.reader(io.StringIO(written, newline=""))) == [["a", "b"], *rows]
