#!/bin/sh
# Prints the first Python that Marmalade can use: 3.11 or newer, able to make a virtual environment.
# With --quiet it only answers through its exit code.

usable() {
    # A pyenv shim may exist for a version that is not chosen, so the interpreter itself has to answer.
    "$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

for python in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
    if usable "$python"; then
        [ "${1:-}" = --quiet ] || command -v "$python"
        exit 0
    fi
done
[ "${1:-}" = --quiet ] ||
    echo "Marmalade needs Python 3.11 or newer with its venv module; install it, or name it: make run PYTHON=/path/to/python" >&2
exit 1
