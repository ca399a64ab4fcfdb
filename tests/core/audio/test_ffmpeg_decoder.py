"""To decode does not load the compiler of torch, and who wants that one still gets it."""

import subprocess
import sys
from pathlib import Path

from tests.audio_files import tone, write_sound


def run(program: str, *arguments: str) -> str:
    """What a fresh process prints."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_decoding_does_without_the_compiler(tmp_path: Path) -> None:
    program = """
import sys
from core.audio.decode import decode_excerpt
heard = decode_excerpt(sys.argv[1])
print(heard.samples.shape[-1], "torch._dynamo" in sys.modules, "triton" in sys.modules)
"""
    path = write_sound(tmp_path / "a.mp3", tone(seconds=2))
    samples, *loaded = run(program, str(path)).split()
    assert abs(int(samples) - 2 * 22050) < 2000
    assert loaded == ["False", "False"]


def test_torch_still_compiles_afterwards() -> None:
    program = """
import torch, core.audio.reader
double = torch.compile(lambda values: values * 2, backend="eager")
print(double(torch.ones(1)).item(), torch._dynamo.__file__ is not None)
"""
    assert run(program).split() == ["2.0", "True"]


def test_a_compiler_that_is_loaded_already_is_left_alone() -> None:
    program = """
import torch._dynamo as before, core.audio.reader, torch
print(torch._dynamo is before, core.audio.reader.AudioDecoder.__name__)
"""
    assert run(program).split() == ["True", "AudioDecoder"]


def test_a_torchcodec_that_wants_more_of_the_compiler_gets_it(tmp_path: Path) -> None:
    package = tmp_path / "torchcodec"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "decoders.py").write_text("import torch\ntorch._dynamo.disable\nclass AudioDecoder: pass\n")
    program = """
import sys
sys.path.insert(0, sys.argv[1])
from core.audio.ffmpeg_decoder import AudioDecoder
print(AudioDecoder.__module__, "torch._dynamo" in sys.modules)
"""
    assert run(program, str(tmp_path)).split() == ["torchcodec.decoders", "True"]
