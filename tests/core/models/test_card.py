"""The card of an encoder: what stands in it, and what becomes of one that somebody else wrote."""

import json
import math

import pytest

from core.models.card import LONGEST_TEXT, MUSICNN, NO_LICENSE, Card, finite, licenses_inside

CARD = Card(
    encoder_class="MelEncoder",
    version="mel-1-ab12cd34",
    dimension=64,
    data={"songs_learned_from": 208, "way_of_training": "contrastive"},
    metrics={"probe/score": 0.5258},
    excerpt={"duration": 30.0},
    license="CC0-1.0",
    licenses_inside=("ISC: somebody's",),
    note="Fitted on jazz.",
    made_by="Marmalade 0.1.0",
    made_on="2026-11-23",
)


def test_a_card_comes_back_as_it_was() -> None:
    assert Card.from_text(json.dumps(CARD.as_dict())) == CARD


def test_people_read_all_of_it() -> None:
    shown = CARD.to_markdown()
    for text in ("MelEncoder", "64 values", "mel-1-ab12cd34", "songs learned from: 208", "probe/score: 0.5258"):
        assert text in shown
    for text in ("duration: 30", "CC0-1.0", "ISC: somebody's", "Fitted on jazz.", "Marmalade 0.1.0", "2026-11-23"):
        assert text in shown


def test_without_a_license_it_says_so() -> None:
    card = Card("MelEncoder", "mel-1", 64)
    assert card.terms == NO_LICENSE
    assert NO_LICENSE in card.to_markdown()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "[" * 100_000, '{"dimension": "64", "data": [1], "licenses_inside": 3, "note": {}}']
)
def test_what_is_no_card_is_an_empty_one(text: str) -> None:
    assert Card.from_text(text) == Card("", "", 0)


def test_a_card_of_anybody_has_bounds() -> None:
    values = {"note": "x" * 10**6, "data": {str(number): number for number in range(10**4)}, "metrics": {"a": math.nan}}
    card = Card.from_dict(values | {"licenses_inside": ["y"] * 10**4, "excerpt": {"duration": {"deep": 1}}})
    assert len(card.note) == LONGEST_TEXT
    assert len(card.data) == len(card.licenses_inside) == 100
    assert card.metrics == card.excerpt == {}


def test_a_card_gives_no_orders_to_a_terminal() -> None:
    assert Card.from_dict({"note": "a\x1b[2Jb\x07\u202ec\nd"}).note == "a[2Jbc\nd"


def test_figures_that_json_cannot_say_are_left_out() -> None:
    assert finite({"a": 1, "b": math.inf, "c": "0.5", "d": True, "e": 0.25}) == {"a": 1.0, "e": 0.25}


def test_the_weights_of_musicnn_bring_their_license() -> None:
    assert licenses_inside(["taggers.networks.MTT.bn.weight", "head.change"]) == (MUSICNN,)
    assert "Universitat Pompeu Fabra" in MUSICNN
    assert licenses_inside(["head.change"]) == ()
