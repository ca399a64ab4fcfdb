"""The order in which Tab goes through what was made later than what stands after it."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def join_tab_order(added: QWidget, *, into: QWidget) -> None:
    """Let Tab come through ``added`` where it comes to ``into``, which holds it; Qt would come to it at the end."""
    before = into.previousInFocusChain()
    while before is not None and before is not into and not _takes_keyboard(before):
        before = before.previousInFocusChain()
    if before is not None and before is not into:
        for one, next_one in pairwise([before, *_in_order(added)]):
            QWidget.setTabOrder(one, next_one)


def _in_order(added: QWidget) -> list[QWidget]:
    """Whatever takes the keyboard in a widget, itself too, in the order of now."""
    found, each = [added], added.nextInFocusChain()
    while each is not None and each is not added:
        found.append(each)
        each = each.nextInFocusChain()
    return [each for each in found if _takes_keyboard(each) and (each is added or added.isAncestorOf(each))]


def _takes_keyboard(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
