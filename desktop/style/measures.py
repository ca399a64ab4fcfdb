"""The measures of every page, in device-independent pixels; no other distance is used anywhere."""

TINY = 4
SMALL = 8
"""Inside a group."""
MEDIUM = 12
PAGE_MARGIN = 16
BETWEEN_GROUPS = 24

ROW_HEIGHT = 28
CONTROL_HEIGHT = 32
CHIP_HEIGHT = 24
ICON_IN_ROW = 16
ICON_IN_RAIL = 20
RAIL_WIDTH = 72
STATUS_HEIGHT = 36

STAR = 14
"""The side of one star."""
