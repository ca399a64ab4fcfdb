"""Analysis: how much of the machine it may take, what it listens to, leaves out and keeps."""

from PySide6.QtCore import QCoreApplication

from core.config import Config
from core.jobs.control import WorkMode
from desktop.preferences.fields import NumberField, OneOfField, PlaceField, SwitchField
from desktop.preferences.form import FormPage, Group, Row
from desktop.session import Session

translate = QCoreApplication.translate


class AnalysisPage(FormPage):
    """The mode is the session's, the others are keys of the configuration."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._mode = OneOfField(
            {
                WorkMode.FULL.value: translate("Preferences", "Full: four of five cores"),
                WorkMode.GENTLE.value: translate("Preferences", "Gentle: only what others leave over"),
                WorkMode.PAUSED.value: translate("Preferences", "Paused"),
            }
        )
        super().__init__(translate("Preferences", "Analysis"), [self._pace(), _excerpt(), _left_out(), _stores()])

    def _pace(self) -> Group:
        return Group(
            translate("Preferences", "Pace"),
            [
                Row("", translate("Preferences", "Work in the background"), self._mode),
                Row(
                    "compute.num_workers",
                    translate("Preferences", "Songs at the same time"),
                    NumberField(whole=True, left_open=translate("Preferences", "as the cores allow")),
                ),
            ],
        )

    def load(self, config: Config) -> None:
        super().load(config)
        self._mode.show_value(self._session.mode.value)

    def save_own(self) -> None:
        """Work as was chosen."""
        mode = WorkMode(str(self._mode.value()))
        if mode is not self._session.mode:
            self._session.choose_mode(mode)


def _excerpt() -> Group:
    seconds = translate("Preferences", "seconds")
    return Group(
        translate("Preferences", "What is listened to"),
        [
            Row(
                "music.audio_duration",
                translate("Preferences", "Length of the excerpt"),
                NumberField(unit=seconds),
                translate("Preferences", "Another excerpt means that every song is listened to again."),
            ),
            Row(
                "music.center_crop",
                translate("Preferences", "From the middle of the song"),
                SwitchField(translate("Preferences", "From the middle of the song, not from its beginning")),
            ),
            Row(
                "music.max_audio_duration",
                translate("Preferences", "Longest song"),
                NumberField(unit=seconds),
                translate("Preferences", "Longer files, such as whole sets, are skipped."),
            ),
            Row("music.audio_sample_rate", translate("Preferences", "Sample rate"), NumberField(whole=True, unit="Hz")),
        ],
    )


def _left_out() -> Group:
    return Group(
        translate("Preferences", "What is left out"),
        [
            Row(
                "music.deduplicate",
                translate("Preferences", "Find duplicates"),
                SwitchField(translate("Preferences", "Find copies of a song, and suggest only one of them")),
            ),
            Row(
                "music.merge_duplicate_ratings",
                translate("Preferences", "Stars of copies"),
                SwitchField(translate("Preferences", "The stars of any copy count for all of them")),
            ),
            Row(
                "music.speech_detection.enabled",
                translate("Preferences", "Find speech"),
                SwitchField(translate("Preferences", "Find what is spoken, and leave it out")),
            ),
            Row(
                "music.speech_detection.speech_threshold",
                translate("Preferences", "Spoken, from a share of"),
                NumberField(),
                translate("Preferences", "0 to 1: how much of an excerpt has to sound like speech."),
            ),
        ],
    )


def _stores() -> Group:
    profile = translate("Preferences", "in your profile")
    return Group(
        translate("Preferences", "Where it is kept"),
        [
            Row(
                "music.embedding_db_path",
                translate("Preferences", "What songs sound like"),
                PlaceField(left_open=profile, is_folder=False),
            ),
            Row(
                "music.fingerprint_cache",
                translate("Preferences", "Fingerprints"),
                PlaceField(left_open=profile, is_folder=False),
            ),
            Row(
                "music.speech_detection.cache_path",
                translate("Preferences", "What was found of speech"),
                PlaceField(left_open=profile, is_folder=False),
            ),
        ],
        translate("Preferences", "All of this can be made again from the music. A new place begins empty."),
    )
