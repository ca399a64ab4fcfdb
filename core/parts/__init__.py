"""The parts that the engine owns, one noun each: the same ones for the window, the command line and the tests."""
