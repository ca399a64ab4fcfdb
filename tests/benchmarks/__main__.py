"""``make bench``: all benchmarks, or those named: ``python -m tests.benchmarks [--music FOLDER] [NAME ...]``."""

import argparse
import importlib
import inspect
from pathlib import Path


def main() -> None:
    """Run the benchmarks one after the other; those that want music get the folder that was named."""
    found = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    parser = argparse.ArgumentParser(description=f"Benchmarks: {', '.join(found)}.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which to run; all if none is named")
    parser.add_argument("--music", type=Path, help="a folder of real music")
    chosen = parser.parse_args()
    for name in chosen.names or found:
        print(f"\n== {name}", flush=True)
        run = importlib.import_module(f"tests.benchmarks.bench_{name}").run
        takes_music = "music" in inspect.signature(run).parameters
        run(**({"music": chosen.music} if takes_music else {}))


if __name__ == "__main__":
    main()
