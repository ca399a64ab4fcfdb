"""Spoken and doubtful songs, from a shell."""

import csv
import io

from core.analysis.speech_class import SpeechClass
from tests.planted_findings import PlantedFindings, id_of, path_of
from tests.shell_calls import Call, Told, the_object


def test_spoken_and_doubtful_songs_are_told_as_one_object(call: Call, findings: PlantedFindings) -> None:
    answer = the_object(call("speech", "--json", *findings.arguments).stdout_bytes)
    assert set(answer) == {"spoken", "doubtful"}
    (spoken,), (doubtful,) = answer["spoken"], answer["doubtful"]
    assert (spoken["path"], spoken["ratio"], spoken["said_by_owner"]) == (path_of("talk.mp3"), 0.9, False)
    assert (doubtful["path"], doubtful["ratio"]) == (path_of("maybe.mp3"), 0.5)


def test_the_table_tells_whose_word_it_is(call: Call, findings: PlantedFindings) -> None:
    with findings.open() as engine:
        engine.speech.say(id_of("maybe.mp3"), SpeechClass.SPOKEN)
    rows = list(csv.DictReader(io.StringIO(call("speech", "--csv", *findings.arguments).stdout, newline="")))
    assert [(row["class"], row["ratio"], row["said_by_owner"], row["song"]) for row in rows] == [
        ("spoken", "0.9", "no", id_of("talk.mp3")),
        ("spoken", "0.5", "yes", id_of("maybe.mp3")),
    ]
    assert "   50%  /planted/music/maybe.mp3   (you said so)" in call("speech", *findings.arguments).stdout


def test_people_see_shares_and_what_to_do(call: Call, findings: PlantedFindings) -> None:
    shown = call("speech", *findings.arguments).stdout
    assert "   90%  /planted/music/talk.mp3\n" in shown
    assert "Doubtful songs, which stay in until you say what they are: 1" in shown
    assert "marmalade verdict music PATH" in shown


def test_none_are_a_sentence(call: Call, learned: Told) -> None:
    assert call("speech", *learned.arguments).stdout == "No song is taken for speech.\n"


def test_what_is_switched_off_is_said(call: Call, findings: PlantedFindings) -> None:
    configuration = findings.listened.profile.config_file
    configuration.parent.mkdir(parents=True)
    configuration.write_text("music: {speech_detection: {enabled: false}}\n")
    assert "music.speech_detection.enabled" in call("speech", *findings.arguments).stdout
