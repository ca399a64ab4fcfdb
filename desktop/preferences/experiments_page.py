"""Experiments: keeping each training in MLflow, and looking for better values."""

from PySide6.QtCore import QCoreApplication

from desktop.preferences.fields import NumberField, OneOfField, StructureField, SwitchField, TextField
from desktop.preferences.form import FormPage, Group, Row

translate = QCoreApplication.translate
EXAMPLE = "encoder_lr: {type: loguniform, low: 0.0001, high: 0.01}"


class ExperimentsPage(FormPage):
    """For those who compare trainings."""

    def __init__(self) -> None:
        super().__init__(translate("Preferences", "Experiments"), [_tracking(), _tuning()])


def _tracking() -> Group:
    return Group(
        translate("Preferences", "Keeping trainings"),
        [
            Row(
                "mlflow.enabled",
                translate("Preferences", "Keep in MLflow"),
                SwitchField(translate("Preferences", "Keep each training in MLflow, where it is installed")),
            ),
            Row(
                "mlflow.tracking_uri",
                translate("Preferences", "Where MLflow answers"),
                TextField(left_open=translate("Preferences", "a file in your profile")),
            ),
            Row(
                "mlflow.auto_start",
                translate("Preferences", "Start MLflow"),
                SwitchField(translate("Preferences", "Start its pages on this computer if nothing answers there")),
            ),
            Row(
                "mlflow.experiment_name",
                translate("Preferences", "Name of the experiment"),
                TextField(is_optional=False),
            ),
            Row("name", translate("Preferences", "Name of the configuration"), TextField(is_optional=False)),
        ],
    )


def _tuning() -> Group:
    return Group(
        translate("Preferences", "Looking for better values"),
        [
            Row("tuning.tuner_type", translate("Preferences", "By"), OneOfField({"optuna": "Optuna"})),
            Row("tuning.n_trials", translate("Preferences", "Trials"), NumberField(whole=True)),
            Row(
                "tuning.search_space",
                translate("Preferences", "Among"),
                StructureField(EXAMPLE),
                translate("Preferences", "A line for each key: how it is searched, and from where to where."),
            ),
        ],
    )
