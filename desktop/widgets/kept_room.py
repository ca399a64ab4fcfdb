"""Controls that come and go without moving others."""

from PySide6.QtWidgets import QWidget


def keep_room(widget: QWidget) -> None:
    """Leave its place empty while it is hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
