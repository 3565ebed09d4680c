"""The growth of a library as an SVG: search time, searches a second and memory, over a logarithmic scale of passages.

The picture is one file that needs nothing else; its colours are the chat page's, light or dark as the reader's screen.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

_WIDTH, _HEIGHT = 300, 250  # of one panel
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 16, 54, 40
_LINES = 4  # across a panel, beside the axis

_CSS = """
text { font: 11px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #5c6b69; }
.title { font-size: 12.5px; font-weight: 600; fill: #1b2423; } .card { fill: #fff; } .grid { stroke: #dfe4e3; }
.ours { stroke: #0b6e63; } .peer { stroke: #b07513; } .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.dash { stroke-dasharray: 4 3; stroke-width: 1.4; }
circle.ours { fill: #0b6e63; } circle.peer { fill: #b07513; }
@media (prefers-color-scheme: dark) {
  text { fill: #a3b3b0; } .title { fill: #e4ebe9; } .card { fill: #161b1a; } .grid { stroke: #2c3634; }
  .ours { stroke: #4fb5a7; } .peer { stroke: #d3a24a; } circle.ours { fill: #4fb5a7; } circle.peer { fill: #d3a24a; } }
"""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel; ``side`` is "ours" or "peer", points are passages and a figure, ascending."""

    name: str
    side: str
    points: tuple[Point, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A small plot with its title."""

    title: str
    lines: tuple[Line, ...]


def growth_plot(document: Mapping[str, Any]) -> str:
    """Return the SVG of a bench's document."""
    sizes = sorted(document["sizes"], key=lambda size: size["passages"])
    panels = (
        Panel(
            "Search, ms",
            (
                _line("ours, median", "ours", sizes, "search", "ours", "p50_ms"),
                _line("ours, 95 of 100", "ours", sizes, "search", "ours", "p95_ms", dashed=True),
                _line("peer, median", "peer", sizes, "search", "peer", "p50_ms"),
            ),
        ),
        Panel(
            "Searches a second",
            (
                _line("ours, 32 HTTP clients", "ours", sizes, "server", "searches", "ours", "per_s"),
                _line("peer, 8 threads", "peer", sizes, "server", "searches", "peer", "per_s"),
            ),
        ),
        Panel(
            "Resident memory, MB",
            (
                _line("server", "ours", sizes, "server", "memory_mb", "served"),
                _line("peer, peak", "peer", sizes, "server", "memory_mb", "peer_peak"),
            ),
        ),
    )
    width = _WIDTH * len(panels)
    label = "Search time, searches a second and memory, over the number of passages"
    drawn = "\n".join(
        f'<g transform="translate({place * _WIDTH} 0)">{_panel(panel)}</g>' for place, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" '
        f'role="img" aria-label="{label}">\n<style>{_CSS}</style>\n'
        f'<rect class="card" width="{width}" height="{_HEIGHT}" rx="10"/>\n{drawn}\n</svg>\n'
    )


def _line(name: str, side: str, sizes: Sequence[Mapping[str, Any]], *path: str, dashed: bool = False) -> Line:
    """Follow ``path`` into each size; where a figure was not measured there is no point."""
    points: list[Point] = []
    for size in sizes:
        value: Any = size
        for key in path:
            value = None if value is None else value[key]
        if value is not None:
            points.append((float(size["passages"]), float(value)))
    return Line(name, side, tuple(points), dashed)


def _panel(panel: Panel) -> str:
    lines = [line for line in panel.lines if line.points]
    if not lines:
        return f'<text class="title" x="{_LEFT}" y="20">{escape(panel.title)}</text>'
    everything = [point for line in lines for point in line.points]
    decades = (math.log10(min(x for x, _ in everything)), math.log10(max(x for x, _ in everything)))
    step = _step(max(y for _, y in everything))

    def place(point: Point) -> Point:
        spread = decades[1] - decades[0]
        share = (math.log10(point[0]) - decades[0]) / spread if spread else 0.5
        x = _LEFT + share * (_WIDTH - _LEFT - _RIGHT)
        return x, _HEIGHT - _BOTTOM - point[1] / (step * _LINES) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [f'<text class="title" x="{_LEFT}" y="20">{escape(panel.title)}</text>']
    for count in range(_LINES + 1):
        y = place((everything[0][0], count * step))[1]
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{count * step:g}</text>')
    for passages in sorted({x for x, _ in everything}):
        x = place((passages, 0))[0]
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">{_short(passages)}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle:.0f}" y="{_HEIGHT - _BOTTOM + 31}" text-anchor="middle">passages</text>')
    parts += [_drawn(line, [place(point) for point in line.points]) for line in lines]
    return "".join(parts) + _key(lines)


def _drawn(line: Line, places: Sequence[Point]) -> str:
    track = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    shape = f'<polyline class="line {line.side}{" dash" if line.dashed else ""}" points="{track}"/>'
    if line.dashed:
        return shape
    dots = (f'<circle class="{line.side}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places)
    return shape + "".join(dots)


def _key(lines: Sequence[Line]) -> str:
    """Name the lines below the title, two in a row at most."""
    parts = []
    for count, line in enumerate(lines):
        x, y = _LEFT + count % 2 * 140, 34 + count // 2 * 13
        dash = " dash" if line.dashed else ""
        parts.append(f'<line class="line {line.side}{dash}" x1="{x}" x2="{x + 16}" y1="{y - 3}" y2="{y - 3}"/>')
        parts.append(f'<text x="{x + 21}" y="{y + 1}">{escape(line.name)}</text>')
    return "".join(parts)


def _step(greatest: float) -> float:
    """Return a round number, so that four steps of it reach ``greatest``."""
    if greatest <= 0:
        return 1.0
    rough = greatest / _LINES
    unit = 10.0 ** math.floor(math.log10(rough))
    return next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= rough * (1 - 1e-9))


def _short(passages: float) -> str:
    return f"{passages / 1000:.0f}k" if passages >= 1000 else f"{passages:.0f}"
