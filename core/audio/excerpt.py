"""Take the wished part out of an open sound file: where it lies, what of it decodes, and how channels become one."""

from dataclasses import dataclass
from itertools import pairwise

import torch

from core.audio.end_of_sound import find_end
from core.audio.probe import AudioMetadata
from core.audio.reader import SoundReader, SpanError, has_sound
from core.audio.reasons import AudioError, SkipReason

SHORTEST = 0.5
"""Seconds; a shorter file or section has nothing to analyse."""
LEAST_SHARE = 0.5
"""Of the excerpt: if less than this decodes, the file is damaged, if more, it is damaged in part."""
LOUDEST = 32.0
"""A sample beyond it (+30 dB over full scale) or one that is not a number is damage, not music."""

_PIECES = 60
"""Into which an excerpt with damage is cut: a damaged packet costs half a second of thirty."""
_SLACK = 0.1
"""Seconds by which an excerpt may be short; 210 real ones were short by less than 0.03."""
_SLACK_AT_END = 0.5
"""Seconds: encoders pad the last frame, and headers count the padding."""
_CANCELLED = 1e-3
"""Of the channels' mean power (-30 dB): with less than this in their mix, they cancel each other out."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is heard of a song."""

    samples: torch.Tensor
    """float32, full scale is -1 to 1; (n,) if mono, else (channels, n)."""
    metadata: AudioMetadata
    start: float
    """Seconds from the beginning of the file."""
    damage: str = ""
    """What is wrong with a file that decoded in part; empty for a sound one."""

    @property
    def damaged(self) -> bool:
        """Whether the file is damaged in part: at least half of the excerpt decoded, but not all of it."""
        return bool(self.damage)


@dataclass(frozen=True, slots=True)
class Wish:
    """The part of a file that is asked for; times in seconds."""

    duration: float | None = 30.0
    center_crop: bool = True
    max_duration: float = 900.0
    beginning: float = 0.0
    length: float | None = None

    def section_end(self, file_end: float) -> float:
        """Where the section ends in a file that ends at ``file_end``."""
        return min(self.beginning + self.length, file_end) if self.length and self.length > 0 else file_end

    def span(self, section_end: float) -> tuple[float, float]:
        """The start and the stop of the excerpt."""
        section = section_end - self.beginning
        taken = section if self.duration is None else min(self.duration, section)
        start = self.beginning + ((section - taken) / 2 if self.center_crop else 0.0)
        return start, start + taken


def take_excerpt(reader: SoundReader, wish: Wish, *, sample_rate: int, mono: bool) -> Excerpt:
    """Read what ``wish`` asks for at ``sample_rate`` Hz, the reader's own; see ``decode_excerpt``."""
    stated_end = wish.section_end(reader.metadata.duration)
    _check_length(reader, wish, stated_end)
    start, stop = wish.span(stated_end)
    wanted = stop - start
    samples, damage = _read(reader, start, stop, sample_rate)
    if damage and not has_sound(reader, stop - SHORTEST) and not has_sound(reader, stated_end - 1):
        # A download that broke off: its header still names the whole length, so the centre lies elsewhere.
        real_end = find_end(lambda at: has_sound(reader, at), expected=stated_end)
        start, stop = wish.span(max(real_end, wish.beginning))
        samples, _ = _read(reader, start, stop, sample_rate)
        damage = f"ends at {real_end:.0f} s of {reader.metadata.duration:.0f} s"
    samples, noise = _without_noise(samples)
    if samples.shape[1] < LEAST_SHARE * wanted * sample_rate:
        raise AudioError(SkipReason.DAMAGED, damage or noise)
    return Excerpt(_mixed(samples) if mono else samples, reader.metadata, start, damage or noise)


def read_mono(reader: SoundReader, start: float, stop: float, *, sample_rate: int) -> tuple[torch.Tensor, str]:
    """What decodes of a span, joined without gaps, as one channel (n,); and what is wrong with it, if anything."""
    samples, damage = _read(reader, start, stop, sample_rate)
    samples, noise = _without_noise(samples)
    return (_mixed(samples) if samples.shape[1] else samples[0]), damage or noise


def _check_length(reader: SoundReader, wish: Wish, section_end: float) -> None:
    section = section_end - wish.beginning
    if section < SHORTEST:
        raise AudioError(SkipReason.TOO_SHORT, f"{max(section, 0):.2f} s, the least is {SHORTEST} s")
    # A header that claims hours is not believed before something was heard after the limit.
    if section > wish.max_duration and has_sound(reader, wish.beginning + wish.max_duration):
        raise AudioError(SkipReason.TOO_LONG, f"{section:.0f} s, the limit is {wish.max_duration:.0f} s")


def _read(reader: SoundReader, start: float, stop: float, sample_rate: int) -> tuple[torch.Tensor, str]:
    """The samples (channels, n) of a span, and what is wrong with them (empty if nothing is)."""
    wanted = round((stop - start) * sample_rate)
    try:
        samples, damage = reader.read(start, stop)[:, :wanted], ""
    except SpanError as error:
        samples, damage = _read_in_pieces(reader, start, stop), str(error)
    missing = stop - start - samples.shape[1] / sample_rate
    slack = _SLACK_AT_END if stop > reader.metadata.duration - 1 else _SLACK
    if missing > slack:
        damage = damage or f"{missing:.1f} s of {stop - start:.0f} s are missing"
    return samples, damage


def _read_in_pieces(reader: SoundReader, start: float, stop: float) -> torch.Tensor:
    """What decodes of a span, joined without gaps: silence in its place would weigh more than the cut.

    Ends when too much is lost anyway: FFmpeg listens to the end of the file for a piece that lies in a hole.
    """
    pieces, lost = [torch.empty(reader.metadata.channels, 0)], 0
    for begin, end in pairwise(torch.linspace(start, stop, _PIECES + 1, dtype=torch.float64).tolist()):
        try:
            pieces.append(reader.read(begin, end))
        except SpanError:
            lost += 1
            if lost > (1 - LEAST_SHARE) * _PIECES:
                break
    return torch.cat([piece for piece in pieces if piece.shape[0] == pieces[0].shape[0]], dim=1)


def _without_noise(samples: torch.Tensor) -> tuple[torch.Tensor, str]:
    """The samples without the moments at which one is no sound, and how many there were."""
    if samples.shape[1] == 0:
        return samples, ""
    # One pass without a copy for the usual case; a NaN passes through aminmax and fails every comparison.
    lowest, highest = torch.aminmax(samples)
    if lowest >= -LOUDEST and highest <= LOUDEST:
        return samples, ""
    is_sound = (samples.abs() <= LOUDEST).all(dim=0)
    return samples[:, is_sound], f"{int((~is_sound).sum())} samples are no sound"


def _mixed(samples: torch.Tensor) -> torch.Tensor:
    """The mean of the channels (n,), or the loudest of them where the mean is nearly silent and they are not."""
    mix = samples.mean(dim=0)
    # Every 16th sample is enough to tell, and costs nothing.
    powers = samples[:, ::16].square().mean(dim=1)
    if mix[::16].square().mean() < _CANCELLED * powers.mean():
        return samples[int(powers.argmax())].clone()
    return mix
