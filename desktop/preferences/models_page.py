"""Models: which ones listen and learn, how they are trained, and with which values."""

from PySide6.QtCore import QCoreApplication

from desktop.preferences.fields import NumberField, NumbersField, OneOfField, SwitchField, TextField
from desktop.preferences.form import FormPage, Group, Row

translate = QCoreApplication.translate


class ModelsPage(FormPage):
    """In plain words; the tooltip of each field is its key."""

    def __init__(self) -> None:
        groups = [_classes(), _training(), _machine(), _encoder(), _classifier(), _joint(), _weights()]
        super().__init__(translate("Preferences", "Models"), groups)


def _classes() -> Group:
    return Group(
        translate("Preferences", "Who listens and who learns"),
        [
            Row(
                "hyperparameters.encoder_class",
                translate("Preferences", "Encoder"),
                TextField(left_open="SpectralEncoder"),
                translate(
                    "Preferences",
                    "Turns a song into numbers. One of your own is named as package.module:Class.",
                ),
            ),
            Row(
                "hyperparameters.classifier_class",
                translate("Preferences", "Classifier"),
                TextField(left_open=translate("Preferences", "what predicts best")),
                translate("Preferences", "Learns your stars from these numbers."),
            ),
            Row(
                "hyperparameters.embedding_dim",
                translate("Preferences", "Numbers for a song"),
                NumberField(whole=True),
            ),
        ],
    )


def _training() -> Group:
    by_itself = translate("Preferences", "as fits the machine and the library")
    return Group(
        translate("Preferences", "Training"),
        [
            Row(
                "training_mode",
                translate("Preferences", "What is trained"),
                OneOfField(
                    {
                        "classifier": translate("Preferences", "What learns your stars"),
                        "encoder": translate("Preferences", "What listens"),
                        "joint": translate("Preferences", "Both together"),
                    }
                ),
            ),
            Row(
                "hyperparameters.preset",
                translate("Preferences", "How thoroughly"),
                OneOfField(
                    {
                        "": by_itself,
                        "quick": translate("Preferences", "Quick: minutes"),
                        "overnight": translate("Preferences", "Overnight: hours"),
                        "gpu": translate("Preferences", "With a graphics card"),
                    }
                ),
            ),
            _mode(),
            Row(
                "hyperparameters.use_multitask",
                translate("Preferences", "Several tasks"),
                SwitchField(translate("Preferences", "Several tasks, where nothing else is chosen")),
            ),
            Row(
                "music.use_play_counts",
                translate("Preferences", "Plays and skips"),
                SwitchField(translate("Preferences", "Learn from plays and skips too, if that helps")),
            ),
            Row("seed", translate("Preferences", "Seed of chance"), NumberField(whole=True)),
        ],
    )


def _mode() -> Row:
    choices = {
        "": translate("Preferences", "What the preset says"),
        "contrastive": translate("Preferences", "Which excerpts are of one song"),
        "supervised": translate("Preferences", "Your stars"),
        "multitask": translate("Preferences", "Artists, albums, genres and periods too"),
        "distill": translate("Preferences", "What a larger model hears"),
    }
    return Row("hyperparameters.mode", translate("Preferences", "What the encoder learns"), OneOfField(choices))


def _machine() -> Group:
    return Group(
        translate("Preferences", "Machine"),
        [
            Row(
                "compute.device",
                translate("Preferences", "Computed by"),
                OneOfField(
                    {
                        "auto": translate("Preferences", "whatever is there"),
                        "cuda": translate("Preferences", "the graphics card"),
                        "cpu": translate("Preferences", "the processor"),
                    }
                ),
            ),
            Row(
                "compute.gpu_memory_limit_gb",
                translate("Preferences", "Memory of the graphics card"),
                NumberField(left_open=translate("Preferences", "all of it"), unit="GB"),
            ),
            Row(
                "compute.dataloader_workers",
                translate("Preferences", "Processes that fetch sound"),
                NumberField(whole=True),
            ),
            Row("framework", translate("Preferences", "Framework"), OneOfField({"pytorch": "PyTorch"})),
        ],
    )


def _encoder() -> Group:
    return Group(translate("Preferences", "Training the encoder"), _pass("encoder"))


def _classifier() -> Group:
    return Group(
        translate("Preferences", "Training the classifier"),
        [
            *_pass("classifier"),
            Row(
                "hyperparameters.classifier_hidden_dims",
                translate("Preferences", "Sizes of its layers"),
                NumbersField(is_optional=False),
            ),
            Row(
                "hyperparameters.dropout",
                translate("Preferences", "Share left out at random"),
                NumberField(),
                translate("Preferences", "0 to below 1: against learning by heart."),
            ),
        ],
    )


def _joint() -> Group:
    return Group(translate("Preferences", "Training both"), _pass("joint"))


def _pass(name: str) -> list[Row]:
    return [
        Row(f"hyperparameters.{name}_lr", translate("Preferences", "Step of learning"), NumberField()),
        Row(
            f"hyperparameters.{name}_epochs",
            translate("Preferences", "Times through the songs"),
            NumberField(whole=True),
        ),
        Row(
            f"hyperparameters.{name}_batch_size",
            translate("Preferences", "Songs at a time"),
            NumberField(whole=True),
        ),
    ]


def _weights() -> Group:
    names = {
        "contrastive": translate("Preferences", "Which excerpts are of one song"),
        "artist": translate("Preferences", "Artist"),
        "album": translate("Preferences", "Album"),
        "genre": translate("Preferences", "Genre"),
        "period": translate("Preferences", "Period"),
    }
    return Group(
        translate("Preferences", "How much each task counts"),
        [
            *(Row(f"hyperparameters.{name}_weight", words, NumberField()) for name, words in names.items()),
            Row(
                "hyperparameters.top_k_artists",
                translate("Preferences", "Most artists to tell apart"),
                NumberField(whole=True),
            ),
            Row(
                "hyperparameters.top_k_albums",
                translate("Preferences", "Most albums to tell apart"),
                NumberField(whole=True),
            ),
        ],
    )
