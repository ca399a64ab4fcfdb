"""What a fixed backbone hears of a song: the excerpt that a scan hears, and stretches beside it, from one open file.

Imported by what trains: importing this module imports torch.
"""

from torch import Tensor

from core.analysis.facts import ExcerptChoice
from core.audio.decode import decode_wish
from core.audio.excerpt import SHORTEST, Wish, read_mono
from core.audio.open_file import OpenFile, open_file
from core.audio.reader import open_readers
from core.training.data.excerpts import Place

LEAST_SECONDS = 3.0
"""Of a stretch: in shorter ones there is little to tell songs apart by."""
LEAST_SHARE = 0.5
"""Of a stretch that has to decode."""

Span = tuple[float, float]


def song_parts(
    place: Place, excerpt: ExcerptChoice, *, seconds: float, count: int, with_excerpt: bool = True
) -> tuple[Tensor | None, list[Tensor]]:
    """The excerpt (n,) of a scan, None without ``with_excerpt``, and stretches (m,) of ``seconds``, in order.

    ``count`` places are spread evenly over the song, and the one nearest to the excerpt is left out, for that is heard
    already. In a song that is too short for all they are shorter, then fewer. Raises ``AudioError`` where the
    excerpt does not decode; stretches that do not are left out.
    """
    wish = Wish(excerpt.duration, excerpt.center_crop, excerpt.max_duration, place.beginning, place.length)
    with open_file(place.path) as file:
        heard = decode_wish(file, wish, sample_rate=excerpt.sample_rate).samples if with_excerpt else None
        return heard, _stretches(file, wish, sample_rate=excerpt.sample_rate, seconds=seconds, count=count)


def _stretches(file: OpenFile, wish: Wish, *, sample_rate: int, seconds: float, count: int) -> list[Tensor]:
    for reader in open_readers(file, sample_rate=sample_rate):
        found = []
        for start, stop in _beside(wish, reader.metadata.duration, seconds=seconds, count=count):
            samples, _ = read_mono(reader, start, stop, sample_rate=sample_rate)
            if len(samples) >= LEAST_SHARE * (stop - start) * sample_rate:
                found.append(samples)
        if found:
            return found
    return []


def _beside(wish: Wish, file_end: float, *, seconds: float, count: int) -> list[Span]:
    """Where the stretches lie."""
    end = wish.section_end(file_end)
    section = end - wish.beginning
    count = min(count, int(section / LEAST_SECONDS))
    if section < SHORTEST or count < 2:
        return []
    excerpt_middle = sum(wish.span(end)) / 2
    taken = min(seconds, section / count)
    middles = [wish.beginning + section * (number + 0.5) / count for number in range(count)]
    middles.remove(min(middles, key=lambda middle: abs(middle - excerpt_middle)))
    return [(middle - taken / 2, middle + taken / 2) for middle in middles]
