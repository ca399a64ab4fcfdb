"""A clock that the test sets, in the place of the module ``time``."""


class Clock:
    """Seconds since 1970."""

    now = 100.0

    def time(self) -> float:
        return self.now
