"""The style sheet over Fusion: the frame, the controls' height, and what shows that something has the keyboard."""

from desktop.style.measures import (
    BETWEEN_GROUPS,
    CHIP_HEIGHT,
    CONTROL_HEIGHT,
    ICON_IN_RAIL,
    ICON_IN_ROW,
    MEDIUM,
    PAGE_MARGIN,
    ROW_HEIGHT,
    SMALL,
    TINY,
)
from desktop.style.palette import Colors

INNER_HEIGHT = CONTROL_HEIGHT - 2
"""A control's height without its border."""


def style_sheet(colors: Colors) -> str:
    """Rules for the object names and properties that our widgets carry."""
    return f"""
    QToolTip {{ color: {colors.text}; background: {colors.base}; border: 1px solid {colors.border};
        padding: {TINY}px; }}
    #rail {{ background: {colors.window}; border: 0; border-right: 1px solid {colors.border}; }}
    #statusLine {{ background: {colors.window}; border: 0; border-top: 1px solid {colors.border}; }}
    #secondary {{ color: {colors.secondary}; }}
    #error {{ color: {colors.error}; }}
    #mapSelection QScrollArea, #mapSelection QScrollArea > QWidget > QWidget {{ background: transparent; }}
    {_buttons(colors)}
    {_inputs(colors)}
    {_tables(colors)}
    {_tabs(colors)}
    {_menus(colors)}
    {_scroll_bars(colors)}
    {_bars(colors)}
    {_recipes(colors)}
    {_preferences(colors)}
    """


def _buttons(colors: Colors) -> str:
    return f"""
    QPushButton {{ min-height: {INNER_HEIGHT}px; padding: 0 {MEDIUM}px; border: 1px solid {colors.border};
        border-radius: {TINY}px; background: {colors.base}; color: {colors.text}; }}
    QPushButton:hover {{ background: {colors.hover}; }}
    QPushButton:pressed {{ background: {colors.border}; }}
    QPushButton:focus {{ border-color: {colors.accent}; }}
    QPushButton:disabled {{ color: {colors.disabled}; }}
    QPushButton[primary="true"] {{ background: {colors.accent_ground}; border-color: {colors.accent_ground};
        color: {colors.on_accent}; font-weight: 600; }}
    QPushButton[primary="true"]:hover {{ background: {colors.accent_hover}; border-color: {colors.accent_hover}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {colors.text}; padding: 0 {MEDIUM - 1}px;
        min-height: {INNER_HEIGHT - 2}px; }}
    QPushButton[primary="true"]:disabled {{ background: {colors.hover}; border-color: {colors.border};
        color: {colors.disabled}; }}
    QPushButton[chip="true"] {{ min-height: {CHIP_HEIGHT - 2}px; border-radius: {CHIP_HEIGHT // 2}px;
        padding: 0 {MEDIUM}px; }}
    QPushButton[chip="true"]:checked, QPushButton[added="true"] {{ background: {colors.selection};
        border-color: {colors.accent}; }}
    QToolButton {{ border: 1px solid transparent; border-radius: {TINY}px; color: {colors.text}; padding: {TINY}px; }}
    QToolButton:hover {{ background: {colors.hover}; }}
    QToolButton:disabled {{ color: {colors.disabled}; }}
    QToolButton:focus {{ border-color: {colors.accent}; }}
    #sectionHeader {{ text-align: left; padding: {TINY}px 0; }}
    #withMenu {{ padding-right: {PAGE_MARGIN}px; }}
    #withMenu::menu-button {{ border: 0; width: {MEDIUM}px; }}
    #rail QToolButton {{ padding: {SMALL}px {TINY}px; color: {colors.secondary}; }}
    #rail QToolButton:checked {{ background: {colors.selection}; color: {colors.text}; }}
    """


def _inputs(colors: Colors) -> str:
    return f"""
    QLineEdit {{ min-height: {INNER_HEIGHT}px; border: 1px solid {colors.border}; border-radius: {TINY}px;
        background: {colors.base}; padding: 0 {SMALL}px; }}
    QLineEdit:focus {{ border-color: {colors.accent}; }}
    QSlider::groove {{ background: {colors.border}; border-radius: 2px; }}
    QSlider::groove:horizontal {{ height: {TINY}px; }}
    QSlider::groove:vertical {{ width: {TINY}px; }}
    QSlider::sub-page:horizontal, QSlider::add-page:vertical {{ background: {colors.secondary}; border-radius: 2px; }}
    QSlider::handle {{ background: {colors.text}; border-radius: {SMALL - 2}px; width: {MEDIUM}px;
        height: {MEDIUM}px; }}
    QSlider::handle:horizontal {{ margin: -{TINY}px 0; }}
    QSlider::handle:vertical {{ margin: 0 -{TINY}px; }}
    QSlider::handle:focus {{ background: {colors.accent}; }}
    QSlider::handle:disabled {{ background: {colors.disabled}; }}
    QProgressBar {{ border: 0; border-radius: 2px; background: {colors.border}; min-height: {TINY}px;
        max-height: {TINY}px; }}
    QProgressBar::chunk {{ background: {colors.secondary}; border-radius: 2px; }}
    """


def _tables(colors: Colors) -> str:
    return f"""
    QTableView {{ border: 1px solid {colors.border}; border-radius: {TINY}px; background: {colors.base};
        alternate-background-color: {colors.alternate}; }}
    QTableView:focus {{ border-color: {colors.accent}; }}
    QHeaderView {{ background: {colors.base}; border: 0; }}
    QHeaderView::section {{ background: {colors.base}; color: {colors.secondary}; border: 0;
        border-bottom: 1px solid {colors.border}; padding: 0 {SMALL}px; }}
    QHeaderView::section:hover {{ background: {colors.hover}; }}
    """


def _tabs(colors: Colors) -> str:
    return f"""
    QTabWidget::pane {{ border: 0; border-top: 1px solid {colors.border}; }}
    QTabBar {{ qproperty-drawBase: 0; }}
    QTabBar::tab {{ background: transparent; border: 0; border-bottom: 2px solid transparent; color: {colors.secondary};
        padding: 0 {MEDIUM}px; min-height: {INNER_HEIGHT - 2}px; }}
    QTabBar::tab:hover {{ color: {colors.text}; }}
    QTabBar::tab:selected {{ color: {colors.text}; border-bottom-color: {colors.accent}; }}
    QTabBar::tab:focus {{ background: {colors.hover}; }}
    QSplitter::handle {{ background: transparent; image: none; }}
    """


def _menus(colors: Colors) -> str:
    return f"""
    QMenu {{ background: {colors.base}; border: 1px solid {colors.border}; padding: {TINY}px; }}
    QMenu::item {{ padding: {TINY}px {MEDIUM}px; min-height: {ICON_IN_RAIL}px; border-radius: {TINY}px; }}
    QMenu::item:selected {{ background: {colors.selection}; color: {colors.text}; }}
    QMenu::indicator {{ width: {ICON_IN_ROW}px; height: {ICON_IN_ROW}px; left: {TINY}px; }}
    QMenu::separator {{ height: 1px; background: {colors.border}; margin: {TINY}px {SMALL}px; }}
    """


def _bars(colors: Colors) -> str:
    return f"""
    QFrame[bar="plain"] {{ background: {colors.base}; border: 1px solid {colors.border}; border-radius: {TINY}px; }}
    QFrame[chosen="true"] {{ border-color: {colors.accent}; }}
    QFrame[bar="notice"] {{ background: {colors.notice_ground}; border: 1px solid {colors.notice};
        border-radius: {TINY}px; }}
    QFrame[bar="error"] {{ background: {colors.error_ground}; border: 1px solid {colors.error};
        border-radius: {TINY}px; }}
    """


def _recipes(colors: Colors) -> str:
    return f"""
    QScrollArea, #recipe {{ background: transparent; }}
    QPushButton[choice="true"] {{ text-align: left; border-color: transparent; background: transparent;
        padding: 0 {SMALL}px; }}
    QPushButton[choice="true"]:hover {{ background: {colors.hover}; }}
    QPushButton[choice="true"]:checked {{ background: {colors.selection}; }}
    QPushButton[choice="true"]:focus {{ border-color: {colors.accent}; }}
    *[field="true"] {{ min-height: {INNER_HEIGHT}px; border: 1px solid {colors.border}; border-radius: {TINY}px;
        background: {colors.base}; color: {colors.text}; padding-left: {SMALL}px; }}
    *[field="true"]:focus {{ border-color: {colors.accent}; }}
    QAbstractSpinBox[field="true"]::up-button {{ border: 0; width: {PAGE_MARGIN}px; background: transparent;
        subcontrol-position: top right; }}
    QAbstractSpinBox[field="true"]::down-button {{ border: 0; width: {PAGE_MARGIN}px; background: transparent;
        subcontrol-position: bottom right; }}
    QAbstractSpinBox[field="true"]::up-arrow, QAbstractSpinBox[field="true"]::down-arrow {{ image: none; }}
    QComboBox[field="true"]::down-arrow {{ image: none; }}
    QComboBox[field="true"]::drop-down {{ border: 0; width: {BETWEEN_GROUPS}px; }}
    *[field="true"] QLineEdit {{ border: 0; min-height: 0; padding: 0 {SMALL}px; background: transparent; }}
    #songsFound {{ background: {colors.base}; border: 1px solid {colors.border}; padding: 0 {TINY}px; }}
    #songsFound::item {{ min-height: {ROW_HEIGHT}px; padding: 0 {SMALL}px; border-radius: {TINY}px; }}
    #songsFound::item:hover, #songsFound::item:selected {{ background: {colors.selection}; color: {colors.text}; }}
    QFrame[tag="true"] {{ background: {colors.base}; border: 1px solid {colors.border}; border-radius: {TINY}px; }}
    QFrame[tag="true"] QLabel {{ border: 0; }}
    #formats {{ border-color: {colors.border}; background: {colors.base}; padding: 0 {PAGE_MARGIN}px 0 {SMALL}px; }}
    #formats:hover {{ background: {colors.hover}; }}
    #formats:focus {{ border-color: {colors.accent}; }}
    #formats::menu-indicator {{ subcontrol-position: right center; right: {TINY}px; }}
    """


def _preferences(colors: Colors) -> str:
    return f"""
    #mistake {{ color: {colors.error}; }}
    #preferencesPages {{ background: {colors.window}; border: 0; border-right: 1px solid {colors.border};
        padding: {SMALL}px; outline: 0; }}
    #preferencesPages::item {{ padding: 0 {SMALL}px; border: 1px solid transparent; border-radius: {TINY}px; }}
    #preferencesPages::item:hover {{ background: {colors.hover}; }}
    #preferencesPages::item:selected {{ background: {colors.selection}; color: {colors.text}; }}
    #preferencesPages::item:focus {{ border-color: {colors.accent}; }}
    #folders {{ background: {colors.base}; border: 1px solid {colors.border}; border-radius: {TINY}px; outline: 0; }}
    #folders:focus {{ border-color: {colors.accent}; }}
    #folders::item {{ min-height: {ROW_HEIGHT}px; padding: 0 {SMALL}px; border: 0; }}
    #folders::item:selected {{ background: {colors.selection}; color: {colors.text}; }}
    #folders QLineEdit {{ min-height: 0; border: 0; border-radius: 0; }}
    QLineEdit:disabled {{ background: {colors.window}; color: {colors.disabled}; }}
    #preferencesPages::item:disabled {{ color: {colors.disabled}; }}
    """


def _scroll_bars(colors: Colors) -> str:
    return f"""
    QScrollBar {{ background: transparent; border: 0; }}
    QScrollBar:vertical {{ width: {MEDIUM}px; }}
    QScrollBar:horizontal {{ height: {MEDIUM}px; }}
    QScrollBar::handle {{ background: {colors.border}; border-radius: {TINY}px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: {CONTROL_HEIGHT}px; }}
    QScrollBar::handle:horizontal {{ min-width: {CONTROL_HEIGHT}px; }}
    QScrollBar::handle:hover {{ background: {colors.disabled}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QTableCornerButton::section, QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
    """
