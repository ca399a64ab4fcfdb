"""Errors that a person can act on; anything else that is raised is a bug and keeps its traceback."""


class UserError(Exception):
    """One sentence for the owner: what is wrong, with which thing, and what to do about it."""


class TooFewRatingsError(UserError):
    """Nothing is wrong: a taste is known from some stars on."""
