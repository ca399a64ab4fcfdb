"""What a process of the pool runs: a task in, a value out; it knows neither a store nor a window.

The app process hands these functions to the pool by name, so torch is imported inside them only.
"""

import gc
import traceback
from functools import lru_cache
from typing import TYPE_CHECKING

from core.analysis.facts import (
    AnalysisSettings,
    EncoderChoice,
    EncoderFacts,
    Part,
    SongFailure,
    SongOutcome,
    SongTask,
)
from core.analysis.known_sound import SpeechModelError
from core.audio.reasons import AudioError, SkipReason
from core.jobs.memory_limit import is_out_of_memory, limit_growth

if TYPE_CHECKING:
    from torch import nn

PRELOAD = ("core.analysis.analyse_song", "core.models.checkpoint", "core.models.encoders", "silero_vad")
"""What the fork server imports once for all workers."""
OUT_OF_MEMORY = "the worker ran out of memory"


def analyse(task: SongTask, settings: AnalysisSettings) -> SongOutcome:
    """Analyse one song; whatever is wrong with it comes back as a value."""
    from core.analysis.analyse_song import analyse_song

    encoder = load_encoder(settings.encoder)
    try:
        return analyse_song(task, encoder=encoder, settings=settings)
    except SpeechModelError:
        raise  # it concerns every song
    except AudioError as error:
        return SongFailure.of(task, error.reason, error.detail)
    except Exception as error:  # noqa: BLE001 - a decoder or the owner's encoder may raise anything at one song of many
        if is_out_of_memory(error):
            return SongFailure.of(task, SkipReason.TOO_MUCH_MEMORY, OUT_OF_MEMORY)
        brief = f"{type(error).__name__}: {error}".partition("\n")[0]
        return SongFailure.of(task, SkipReason.CRASHED, brief, traceback=traceback.format_exc())


def analyse_within_limit(task: SongTask, settings: AnalysisSettings) -> SongOutcome:
    """``analyse`` in a process of our own, which may not take much more memory than it has when all is loaded."""
    _load_within_limit(settings)
    return analyse(task, settings)


@lru_cache(maxsize=1)
def _load_within_limit(settings: AnalysisSettings) -> None:
    warm_up(settings)
    # What is loaded stays for ever: a collector that looks through it would copy the pages shared with the fork server.
    gc.freeze()
    limit_growth()


def describe_encoder(settings: AnalysisSettings) -> EncoderFacts:
    """Build the encoder, check it on a tiny batch, and name it; raises UserError for one that breaks its promise."""
    from core.models.checks import check_encoder
    from core.models.protocols import sample_rate_of
    from core.models.versions import model_version

    encoder = load_encoder(settings.encoder)
    dimension = check_encoder(encoder, sample_rate_of(encoder))
    return EncoderFacts(model_version(encoder), dimension, settings.encoder.reference)


def warm_up(settings: AnalysisSettings) -> None:
    """Have everything loaded that the first song would wait for; raises SpeechModelError for a deaf speech model."""
    load_encoder(settings.encoder)
    check_speech_models(settings)


def check_speech_models(settings: AnalysisSettings) -> None:
    """Load the speech models, if they are wanted, and try them on known sounds; raises SpeechModelError."""
    if Part.SPEECH in settings.parts:
        from core.analysis.speech import speech_method

        speech_method()


@lru_cache(maxsize=1)
def load_encoder(choice: EncoderChoice) -> "nn.Module":
    """The encoder in evaluation mode, built once a process; one torch thread, since the pool has a process a core."""
    import torch

    from core.models import checkpoint, registry

    torch.set_num_threads(1)
    torch.manual_seed(choice.seed)
    if choice.checkpoint is not None:
        return checkpoint.load(choice.checkpoint).build(relative_to=choice.folder, weights=choice.weights)
    encoder = registry.build(
        choice.reference,
        relative_to=choice.folder,
        weights=choice.weights,
        embedding_dim=choice.embedding_dim,
        sample_rate=choice.sample_rate,
        seed=choice.seed,
    )
    return encoder.eval()
