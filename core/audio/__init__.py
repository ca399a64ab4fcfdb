"""From a file to samples: what a file is (probe), and the excerpt of it that is analysed (decode)."""
