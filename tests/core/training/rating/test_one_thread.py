"""One thread of BLAS within, and what was there before after it."""

from contextlib import ExitStack, suppress

from threadpoolctl import threadpool_info, threadpool_limits

from core.training.rating.one_thread import one_thread


def threads() -> list[int]:
    found = [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]
    assert len(found) >= 2, "numpy's and scipy's"
    return found


def test_within_there_is_one_and_then_what_was() -> None:
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        with one_thread():
            assert set(threads()) == {1}
        assert threads() == before
        with suppress(ValueError), one_thread():
            raise ValueError
        assert threads() == before


def test_the_last_to_leave_gives_the_threads_back() -> None:
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        first, second = ExitStack(), ExitStack()
        first.enter_context(one_thread())
        second.enter_context(one_thread())
        first.close()
        assert set(threads()) == {1}
        second.close()
        assert threads() == before
