"""What the songs sound like: repeatable, within bounds, and different from style to style."""

from dataclasses import replace
from functools import cache

import numpy as np

from core.demo.composition import compose, length_seconds
from core.demo.recipe import SongSound, plan_songs
from core.demo.styles import STYLES
from core.demo.synthesis import render
from core.demo.voices import SAMPLE_RATE, Samples


@cache
def sound_of(style: str) -> SongSound:
    return next(song.sound for song in plan_songs(1) if song.sound.style == style)


@cache
def rendered(style: str) -> Samples:
    return render(sound_of(style))


def centroid(samples: Samples) -> float:
    """Hertz: the mean frequency, weighted with magnitude."""
    spectrum = np.abs(np.fft.rfft(samples.mean(axis=0)))
    frequencies = np.fft.rfftfreq(samples.shape[1], 1.0 / SAMPLE_RATE)
    return float((spectrum * frequencies).sum() / spectrum.sum())


def onsets_per_second(samples: Samples) -> float:
    """How often the energy of a 20 ms frame jumps to over twice its surroundings."""
    frames = samples.mean(axis=0)[: samples.shape[1] // 640 * 640].reshape(-1, 640)
    energy = (np.diff(frames, axis=1) ** 2).mean(axis=1)
    rises = np.diff(np.log(energy + 1e-7))
    return float((rises > 0.7).sum() / (samples.shape[1] / SAMPLE_RATE))


def test_same_sound_gives_the_same_samples() -> None:
    assert np.array_equal(rendered("dub"), render(sound_of("dub")))


def test_another_seed_gives_other_samples() -> None:
    other = render(replace(sound_of("dub"), seed=1))
    count = min(other.shape[1], rendered("dub").shape[1])
    assert not np.allclose(other[:, :count], rendered("dub")[:, :count], atol=0.05)


def test_samples_are_stereo_within_bounds_and_as_long_as_announced() -> None:
    samples = rendered("dub")
    assert samples.shape[0] == 2
    assert samples.dtype == np.float32
    assert 0.3 < np.abs(samples).max() <= 1.0
    assert abs(samples.shape[1] / SAMPLE_RATE - length_seconds(sound_of("dub"))) < 0.01
    assert not np.array_equal(samples[0], samples[1])


def test_no_part_of_a_song_is_silent() -> None:
    samples = rendered("piano")
    seconds = np.abs(samples[:, : samples.shape[1] // SAMPLE_RATE * SAMPLE_RATE]).max(axis=0).reshape(-1, SAMPLE_RATE)
    assert seconds.max(axis=1)[:-2].min() > 0.01


def test_styles_differ_in_timbre() -> None:
    assert centroid(rendered("ambient")) * 3 < centroid(rendered("chiptune"))
    assert centroid(rendered("piano")) * 1.5 < centroid(rendered("drum_and_bass"))


def test_styles_differ_in_pace() -> None:
    assert onsets_per_second(rendered("ambient")) < onsets_per_second(rendered("drum_and_bass"))


def test_tempo_moves_the_notes() -> None:
    slow, fast = (compose(replace(sound_of("folk"), tempo=tempo)) for tempo in (80.0, 100.0))
    assert slow.sections["A"].seconds * 80 == fast.sections["A"].seconds * 100


def test_brightness_is_heard() -> None:
    dark, bright = (render(replace(sound_of("dub"), brightness=hertz)) for hertz in (2000.0, 9000.0))
    assert centroid(dark) * 1.3 < centroid(bright)


def test_every_style_is_played_by_somebody() -> None:
    assert {song.sound.style for song in plan_songs(1)} == set(STYLES)
