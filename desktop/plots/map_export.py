"""The map as a file: a picture of twice the size of the screen's, or circles and texts that stay sharp at any size."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from desktop.plots.map_view import MapView
from desktop.plots.points_layer import OPACITY, RING_WIDTH, SIZES, Layer
from desktop.plots.view_layer import Camera
from desktop.style import fonts
from desktop.style.measures import MEDIUM, PAGE_MARGIN, SMALL
from desktop.style.scales import name
from desktop.style.theme import current_colors

SHARPNESS = 2.0
LINE = 20


@dataclass(frozen=True, eq=False)
class MapPicture:
    """Everything that is seen of the map, in logical pixels."""

    camera: Camera
    places: NDArray[np.float32]
    """(points, 2), those in sight, the lowest first."""
    radii: NDArray[np.float32]
    colors: NDArray[np.uint32]
    opacities: NDArray[np.float32]
    is_ring: NDArray[np.bool_]
    labels: Sequence[tuple[str, float, float, bool]]
    """Text, middle, and whether it is one of the large ones."""
    legend: Sequence[tuple[str, str]]
    """Color and name."""
    caption: str
    font: str
    ground: str
    text: str


def picture_of(view: MapView, *, legend: Sequence[tuple[str, str]], caption: str) -> MapPicture:
    """What the view shows now."""
    viewport, points = view.viewport(), view.points
    camera = view.camera()
    places, groups = camera.pixels(points.positions), points.groups
    layers, sizes = groups // 16, groups % 16 // 2
    (across, down), reach = places.T, 16
    seen = (
        (across > -reach) & (across < viewport.width() + reach) & (down > -reach) & (down < viewport.height() + reach)
    )
    order = np.flatnonzero(seen & (layers != Layer.HIDDEN))
    order = order[np.argsort(layers[order], kind="stable")]
    shares = np.zeros(4, dtype=np.float32)
    for layer, opacity in OPACITY.items():
        shares[layer] = opacity
    colors = current_colors()
    return MapPicture(
        camera,
        places[order],
        (np.array(SIZES)[sizes[order]] * points.diameter(camera) / 2).astype(np.float32),
        points.colors[order],
        shares[layers[order]],
        (groups[order] % 2).astype(bool),
        view.labels.placed(camera),
        legend,
        caption,
        fonts.body().family(),
        colors.base,
        colors.secondary,
    )


def save_svg(picture: MapPicture, path: Path) -> None:
    """A circle for each song; raises OSError."""
    path.write_text("\n".join(_svg(picture)), encoding="utf-8")


def _svg(picture: MapPicture) -> Sequence[str]:
    width, height = picture.camera.width, picture.camera.height
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" fill="{picture.ground}"/>',
    ]
    points = zip(
        picture.places.tolist(),
        picture.radii.tolist(),
        picture.colors.tolist(),
        picture.opacities.tolist(),
        picture.is_ring.tolist(),
        strict=True,
    )
    lines += [_circle(*point) for point in points]
    family = f"font-family={quoteattr(picture.font)}"
    for text, x, y, is_large in picture.labels:
        weight = "600" if is_large else "400"
        place = f'x="{x:.1f}" y="{y + 4:.1f}" font-size="13" font-weight="{weight}" text-anchor="middle"'
        halo = f'fill="none" stroke="{picture.ground}" stroke-width="4" stroke-linejoin="round"'
        # Two texts, for not every program knows paint-order and some would draw the halo over the letters.
        lines += [f"<text {place} {look} {family}>{escape(text)}</text>" for look in (halo, f'fill="{picture.text}"')]
    for line, (color, text) in enumerate(picture.legend):
        y = height - PAGE_MARGIN - LINE * (len(picture.legend) - line)
        lines.append(f'<circle cx="{PAGE_MARGIN + 5}" cy="{y}" r="5" fill="{color}"/>')
        place = f'x="{PAGE_MARGIN + 18}" y="{y + 4}" font-size="12"'
        lines.append(f'<text {place} fill="{picture.text}" {family}>{escape(text)}</text>')
    place = f'x="{PAGE_MARGIN}" y="{height - SMALL}" font-size="11"'
    lines.append(f'<text {place} fill="{picture.text}" {family}>{escape(picture.caption)}</text>')
    return [*lines, "</svg>"]


def _circle(place: list[float], radius: float, color: int, opacity: float, is_ring: bool) -> str:  # noqa: FBT001 - a row
    where = f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{radius:.1f}"'
    if is_ring:
        return f'{where} fill="none" stroke="{name(color)}" stroke-width="1.5" stroke-opacity="{opacity:.2f}"/>'
    return f'{where} fill="{name(color)}" fill-opacity="{opacity:.2f}"/>'


def save_png(picture: MapPicture, path: Path) -> None:
    """The same as pixels, twice as many as on the screen; raises OSError."""
    camera, ratio = picture.camera, SHARPNESS * picture.camera.ratio
    image = QImage(round(camera.width * ratio), round(camera.height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(picture.ground))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_points(painter, picture)
    _draw_texts(painter, picture)
    painter.end()
    if not image.save(str(path)):
        message = f"{path} cannot be written"
        raise OSError(message)


def _draw_points(painter: QPainter, picture: MapPicture) -> None:
    looks = zip(picture.colors.tolist(), picture.opacities.tolist(), picture.is_ring.tolist(), strict=True)
    last: tuple[int, float, bool] | None = None
    for place, radius, look in zip(picture.places.tolist(), picture.radii.tolist(), looks, strict=True):
        if look != last:
            color, last = QColor(look[0]), look
            color.setAlphaF(look[1])
            painter.setPen(QPen(color, RING_WIDTH) if look[2] else Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush if look[2] else color)
        painter.drawEllipse(QPointF(*place), radius, radius)


def _draw_texts(painter: QPainter, picture: MapPicture) -> None:
    font = QFont(picture.font)
    for text, x, y, is_large in picture.labels:
        font.setWeight(QFont.Weight.DemiBold if is_large else QFont.Weight.Normal)
        path = QPainterPath()
        path.addText(0, 0, font, text)
        path.translate(x - path.boundingRect().width() / 2, y + path.boundingRect().height() / 2)
        painter.strokePath(path, QPen(QColor(picture.ground), 4))
        painter.fillPath(path, QColor(picture.text))
    font.setWeight(QFont.Weight.Normal)
    painter.setFont(font)
    for line, (color, text) in enumerate(picture.legend):
        y = picture.camera.height - PAGE_MARGIN - LINE * (len(picture.legend) - line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(QPointF(PAGE_MARGIN + 5, y), 5, 5)
        _write(painter, text, PAGE_MARGIN + 18, y, picture)
    _write(painter, picture.caption, PAGE_MARGIN, picture.camera.height - MEDIUM, picture)


def _write(painter: QPainter, text: str, left: float, middle: float, picture: MapPicture) -> None:
    painter.setPen(QColor(picture.text))
    box = QRectF(left, middle - LINE / 2, picture.camera.width - left, LINE)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
