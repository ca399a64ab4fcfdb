"""File URLs as the players store them, and the path bytes that they stand for."""

import os
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

SCHEME = "file://"

QT_UNESCAPED = "/[]&;+=@,!$()':*~"
"""What Qt leaves unescaped in a path besides letters, digits and ``-._`` (observed on Clementine 1.4)."""


def is_local(url: str) -> bool:
    """Whether the URL names a file of this machine; streams and cloud songs do not."""
    return url.startswith(SCHEME + "/")


def path_from_url(url: str) -> Path:
    """The path that a local URL stands for.

    Percent-escapes are decoded to bytes, so that a name that is not UTF-8 or not in NFC keeps its bytes (such bytes are
    surrogate-escaped). Raises ValueError for a URL that is not local.
    """
    return Path(path_text(url))


def path_text(url: str) -> str:
    """The same path as text, for where a hundred thousand Paths would take a second."""
    if not is_local(url):
        message = f"not a local file: {url}"
        raise ValueError(message)
    text = url.removeprefix(SCHEME)
    # Most names have no other escape than that of a blank: to look for more takes five times as long.
    plain = text.replace("%20", " ")
    return os.fsdecode(unquote_to_bytes(text)) if "%" in plain else plain


def url_from_path(path: Path) -> str:
    """The URL of an absolute path, escaped as Qt escapes it."""
    return SCHEME + quote_from_bytes(os.fsencode(path), safe=QT_UNESCAPED)


def name_from_url(url: str) -> str:
    """What to call a file or stream without a title: the last part of its URL without extension, fit to be shown."""
    last_part = unquote_to_bytes(url.rstrip("/").rpartition("/")[2]).decode("utf-8", "replace")
    return os.path.splitext(last_part)[0] or url  # noqa: PTH122 - a decoded part of a URL need not be a path
