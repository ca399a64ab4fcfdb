"""``python -m core.cli``: the command line without its installed name."""

from core.cli import main

if __name__ == "__main__":
    main()
