"""What a shell can do about an error or a notice: core names the cause, and only here the command or the option."""

from core.errors import Cause

HINTS = {
    Cause.NO_DATABASE: "--database FILE names it, and “marmalade demo” shows Marmalade with a library of its own.",
    Cause.DATABASE: "--database FILE names another.",
    Cause.CONFIGURATION: "--config FILE names another.",
    Cause.PROFILE: "--profile DIR names another.",
    Cause.NOT_HEARD: "“marmalade scan” listens to songs, “marmalade skipped” tells which could not be listened to.",
    Cause.NOT_LEARNED: "“marmalade recommend” learns from them.",
    Cause.SPOKEN: "“marmalade verdict music PATH” objects to that.",
    Cause.ENCODER_IN_USE: "“marmalade models use VERSION” chooses another.",
    Cause.NOT_DOWNLOADED: "“marmalade models download NAME” does so.",
}


def with_hint(sentence: str, cause: Cause) -> str:
    """The sentence, and the command that mends it where there is one."""
    return f"{sentence} {HINTS[cause]}" if cause in HINTS else sentence
