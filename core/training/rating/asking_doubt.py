"""How much is not known of songs, and how much of it the answer to a question would take away."""

from dataclasses import dataclass

import numpy as np

from core.training.rating.asking_hypotheses import NOISE, Hypothesis, Listened, hypothesis, likely
from core.training.rating.effects import Array

PIECE = 256
"""Rows."""


@dataclass(frozen=True)
class Doubt:
    """Covariances given all ratings; ``settle`` changes the arrays in place, as if a question had been answered.

    What is to be known of the songs is their sound alone, less the mean of all: that is what predicts the order of
    songs by artists who were never rated. An answer holds the artist's effect and chance as well.
    """

    answers: Array
    """(questions, questions), without the noise."""
    songs: Array
    """(songs, questions)."""
    variances: Array
    """(songs,)."""
    open_share: Array
    """(questions,): how much of what the sound says of each the ratings have left open when this was made, 0 to 1."""
    whole: float
    """The doubt about all songs together when this was made."""

    def worth(self) -> Array:
        """(questions,): the share of the doubt about all songs that each answer would take away.

        Transductive experimental design (Yu, Bi and Tresp 2006).
        """
        found: Array = _squares(self.songs) / (np.diag(self.answers) + NOISE) / max(self.whole, 1e-12)
        return found

    def told(self, question: int) -> Array:
        """(songs,): the share of the doubt about each that one answer would take away."""
        lost = self.songs[:, question] ** 2 / (self.answers[question, question] + NOISE)
        found: Array = lost / np.maximum(self.variances, 1e-12)
        return found

    def settle(self, question: int) -> None:
        """Go on as if this was answered: whatever the answer is, the covariances are the same."""
        answer, song = self.answers[:, question].copy(), self.songs[:, question].copy()
        whole = answer[question] + NOISE
        self.variances[:] -= song**2 / whole
        _take_away(self.songs, song[None] / whole, answer[None])
        _take_away(self.answers, answer[None] / whole, answer[None])


def doubt(*, songs: Listened, questions: Listened, rated: Listened, ratings: Array, scales: list[Array]) -> Doubt:
    """What is not known: within each likely hypothesis, and by how much they disagree (the law of total covariance).

    ``ratings`` (rated,) have a mean of 0 and a deviation of about 1; ``scales`` are one for each hypothesis.
    """
    center = songs.features.mean(axis=0)
    about, own = songs.features - center, questions.features - center
    chosen = likely([hypothesis(each, rated=rated, ratings=ratings) for each in scales])
    # The sum of likenesses is the likeness of the summed squares, so that it is computed once.
    mean_scales = np.sqrt(sum((share * each.scales**2 for share, each in chosen), np.zeros(len(center))))
    about_scaled, asked = about * mean_scales, questions.scaled(mean_scales)
    answers, cross = asked.likeness(asked), about_scaled @ asked.features.T
    variances, own_before = _squares(about_scaled.T), _squares((own * mean_scales).T)
    own_after = own_before.copy()
    told = []
    for share, each in chosen:
        of_answers = each.explained(each.rated.likeness(questions.scaled(each.scales)))
        of_songs, of_own = (each.explained(_likeness(each, features)) for features in (about, own))
        _take_away(answers, share * of_answers, of_answers)
        _take_away(cross, share * of_songs, of_answers)
        variances -= share * _squares(of_songs)
        own_after -= share * _squares(of_own)
        told.append((share, each.whitened @ of_answers, each.whitened @ of_songs))
    _disagree(told, answers=answers, cross=cross, variances=variances)
    open_share = np.divide(own_after, own_before, out=np.ones(len(own_after)), where=own_before > 0)
    return Doubt(answers, cross, np.maximum(variances, 0), open_share, float(variances.sum()))


def _likeness(of: Hypothesis, features: Array) -> Array:
    """(rated, songs): of ratings with the sound alone."""
    found: Array = of.rated.features @ (features * of.scales).T
    return found


def _take_away(whole: Array, left: Array, right: Array) -> None:
    """``whole -= left.T @ right``, a piece at a time: the product would take as much memory again as the whole has."""
    for begin in range(0, len(whole), PIECE):
        rows = slice(begin, begin + PIECE)
        whole[rows] -= left[:, rows].T @ right


def _squares(columns: Array) -> Array:
    found: Array = np.einsum("ij,ij->j", columns, columns)
    return found


def _disagree(told: list[tuple[float, Array, Array]], *, answers: Array, cross: Array, variances: Array) -> None:
    """Add the covariance of what the hypotheses predict, of answers and of songs."""
    mean_answer = np.sum([share * answer for share, answer, _ in told], axis=0)
    mean_song = np.sum([share * song for share, _, song in told], axis=0)
    for share, answer, song in told:
        off, apart = answer - mean_answer, song - mean_song
        _take_away(answers, -share * off[None], off[None])
        _take_away(cross, -share * apart[None], off[None])
        variances += share * apart**2
