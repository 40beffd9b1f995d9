"""Two small panels with a logarithmic x axis, as SVG by hand."""

from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from statistics import median

WIDTH, HEIGHT = 360, 250  # of one panel
LEFT, RIGHT, TOP, BOTTOM = 62, 24, 58, 40  # around what is drawn in it

# A ground of its own, so that it can be read wherever it is put; darker where the reader's screen is.
STYLE = """
text { font: 12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #57606a }
.title { font-size: 14px; font-weight: 600; fill: #1f2328 }
.value { fill: #1f2328; text-anchor: middle }
.ground { fill: #ffffff; stroke: #d0d7de }
.grid { stroke: #d8dee4 }
.line { fill: none; stroke: #0969da; stroke-width: 2 }
.spread { stroke: #0969da; stroke-width: 1.5 }
.point { fill: #0969da }
@media (prefers-color-scheme: dark) {
  text { fill: #9198a1 } .title, .value { fill: #f0f6fc } .ground { fill: #0d1117; stroke: #3d444d }
  .grid { stroke: #2a313c } .line, .spread { stroke: #58a6ff } .point { fill: #58a6ff }
}
"""


@dataclass
class Panel:
    title: str
    points: list[tuple[int, list[float]]]
    """x, and what was measured there, run by run."""


def draw(panels: list[Panel], title: str) -> str:
    width = WIDTH * len(panels)
    size = f'viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="ground" x="0.5" y="0.5" width="{width - 1}" height="{HEIGHT - 1}" rx="6"/>',
        f'<text class="title" x="16" y="24">{escape(title)}</text>',
    ]
    for index, panel in enumerate(panels):
        parts += [f'<g transform="translate({index * WIDTH} 0)">', *contents(panel), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def contents(panel: Panel) -> list[str]:
    first, last = log10(panel.points[0][0]), log10(panel.points[-1][0])
    step, top = scale(max(max(values) for _, values in panel.points))

    def x(value: float) -> float:
        return round(LEFT + 14 + (log10(value) - first) / ((last - first) or 1) * (WIDTH - LEFT - RIGHT - 28), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 1)

    parts = [f'<text x="{LEFT}" y="{TOP - 14}">{escape(panel.title)}</text>']
    for tick in range(round(top / step) + 1):
        at = y(tick * step)
        parts.append(f'<path class="grid" d="M{LEFT} {at}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4}" text-anchor="end">{tick * step:,g}</text>')
    medians = [(x(count), y(median(values))) for count, values in panel.points]
    parts.append('<path class="line" d="M' + "L".join(f"{a} {b}" for a, b in medians) + '"/>')
    for (count, values), (a, b) in zip(panel.points, medians):
        above = y(max(values))
        parts.append(f'<path class="spread" d="M{a} {y(min(values))}V{above}"/>')
        parts.append(f'<circle class="point" cx="{a}" cy="{b}" r="3.5"/>')
        parts.append(f'<text class="value" x="{a}" y="{round(above - 8, 1)}">{median(values):,.0f}</text>')
        parts.append(f'<text x="{a}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{count:,}</text>')
    return parts


def scale(most: float) -> tuple[float, float]:
    """The distance of the grid's lines, and where it ends: at most five lines, with room for a figure at the top."""
    size = 10 ** floor(log10(most))
    step = next(size * part for part in (0.2, 0.25, 0.5, 1, 2, 2.5) if most * 1.1 / (size * part) <= 5)
    return step, step * ceil(most * 1.1 / step)
