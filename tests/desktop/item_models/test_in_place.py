"""Rows that stay where somebody looks at them."""

from desktop.item_models.in_place import Arrangement, in_place


def first(row: str) -> str:
    return row[0]


def test_what_was_read_in_another_order_stays_where_it_is_and_new_rows_come_below() -> None:
    arranged = in_place(["a1", "b1"], ["c1", "b2", "a1"], key=first)
    assert arranged == Arrangement(["a1", "b2", "c1"], frozenset(), 1)


def test_a_row_that_is_no_more_stays_as_past_and_may_come_back() -> None:
    arranged = in_place(["a1", "b1"], ["b1"], key=first)
    assert arranged == Arrangement(["a1", "b1"], frozenset({0}), 0)
    assert in_place(arranged.rows, ["b1", "a2"], key=first) == Arrangement(["a2", "b1"], frozenset(), 0)


def test_what_a_row_became_takes_its_place_and_may_look_as_before() -> None:
    arranged = in_place(
        ["a1", "b1"],
        ["b1", "z1"],
        key=first,
        continues=lambda before, now: (before, now) == ("a1", "z1"),
        as_seen=lambda before, now: now + before[1],
    )
    assert arranged == Arrangement(["z11", "b11"], frozenset(), 0)
