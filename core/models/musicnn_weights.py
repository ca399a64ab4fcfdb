"""Where the weights of MusiCNN come from: the package ``musicnn``, of which nothing is run, or a file kept of them.

The package (ISC license, Music Technology Group, Universitat Pompeu Fabra) is installed with ``--no-deps``: it is never
imported, since that would take TensorFlow.
"""

import importlib.util
import logging
import zipfile
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor

from core.errors import UserError
from core.models.tagger import Tagger
from core.models.tensorflow_checkpoint import Variables, read_variables
from core.whole_file import written_whole

logger = logging.getLogger(__name__)

PACKAGE = "musicnn"
NETWORKS = ("MTT", "MSD")
"""The MagnaTagATune and the Million Song Dataset, which the two networks have learned from."""

State = dict[str, Tensor]


def musicnn_state(kept: Path | None = None, *, package: Path | None = None) -> State:
    """The state of ``MusiCNN``: from the file ``kept``, else from the package, of which ``kept`` is then made.

    ``package`` is the folder of the installed package, or its wheel; without it the package is looked for. Raises
    UserError when the weights are nowhere to be had, or damaged.
    """
    if kept is not None and kept.is_file():
        state = _kept_state(kept)
        if state is not None:
            return state
    state = package_state(package or _installed())
    if kept is not None:
        _keep_if_possible(state, kept)
    return state


def package_state(package: Path) -> State:
    """The state of ``MusiCNN`` from a package; raises UserError for a damaged one."""
    try:
        taggers = {name: Tagger.of(read_checkpoint(package, f"{name}_musicnn")) for name in NETWORKS}
    except (KeyError, ValueError, RuntimeError, OSError, zipfile.BadZipFile) as error:
        message = (
            f"The weights of MusiCNN in {package} are damaged: pip install --force-reinstall --no-deps musicnn==0.1.0"
        )
        raise UserError(message) from error
    return {
        f"networks.{name}.{key}": value
        for name, tagger in taggers.items()
        for key, value in tagger.state_dict().items()
    }


def read_checkpoint(package: Path, model: str) -> Variables:
    """The variables of one checkpoint ("MTT_vgg", "MSD_musicnn" ...) of a package; may raise OSError or ValueError."""
    folder = package / model if package.is_dir() else zipfile.Path(package, f"{PACKAGE}/{model}/")
    return read_variables((folder / ".index").read_bytes(), (folder / ".data-00000-of-00001").read_bytes())


def keep(state: State, path: Path) -> None:
    """Write the weights whole or not at all: workers may do so at the same moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as file:
        file.write(save(state))


def _keep_if_possible(state: State, path: Path) -> None:
    """To keep them spares a fraction of a second: a full disk must not stop anybody."""
    try:
        keep(state, path)
    except OSError as error:
        logger.warning("The weights of MusiCNN could not be kept as %s: %s", path, error)


def _kept_state(path: Path) -> State | None:
    """What was kept, or None for a file that is damaged or another's: it is made again."""
    try:
        state: State = load_file(path)
    except (SafetensorError, OSError):
        return None
    return state if {name: values.shape for name, values in state.items()} == _sides() else None


def _sides() -> dict[str, torch.Size]:
    with torch.device("meta"):
        sides = {name: values.shape for name, values in Tagger().state_dict().items()}
    return {f"networks.{network}.{name}": shape for network in NETWORKS for name, shape in sides.items()}


def _installed() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    folders = list(found.submodule_search_locations or []) if found else []
    if not folders:
        message = "MusiCNN has no weights here: pip install --no-deps musicnn==0.1.0"
        raise UserError(message)
    return Path(folders[0])
