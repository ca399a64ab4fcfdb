"""What is told of a list as a whole."""

from core.recommend.remark import About, Remark, fewer
from core.recommend.suggestion import SongList


def test_remarks_are_read_one_after_the_other() -> None:
    found = SongList("List", (), (*fewer(3, wanted=20), Remark("Drawn from the first 60 songs.", About.MAKING)))
    assert found.notice == "Only 3 of 20 songs: no more songs fit. Drawn from the first 60 songs."
    assert [each.about for each in found.remarks] == [About.RESULT, About.MAKING]
    assert SongList("List", ()).notice == ""


def test_enough_is_no_shortage() -> None:
    assert fewer(20, wanted=20) == ()
