"""A figure with its interval as a small drawing, for the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from deid.evaluation.intervals import Interval

_WIDTH, _HEIGHT = 92, 14


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to 1, the same for all drawings of a page."""

    low: float

    @classmethod
    def holding(cls, values: Iterable[float]) -> Axis:
        """Half of the axis is saved where no interval goes below 50 %."""
        return cls(0.5 if min(values, default=0.0) >= 0.5 else 0.0)

    def draw(self, value: float | None, interval: Interval | None) -> Markup:
        """A line from end to end of the interval, and a tick at the figure."""
        if value is None or interval is None:
            return Markup("")
        low, high, tick = (self._at(x) for x in (interval.low, interval.high, value))
        return _svg(
            f'<path d="M0 7H{_WIDTH}" class="axis"/>'
            f'<path d="M{low:.1f} 7H{max(high, low + 1):.1f}" class="range"/>'
            f'<path d="M{tick:.1f} 2V12" class="tick"/>'
        )

    def _at(self, value: float) -> float:
        return max(0.0, (value - self.low) / (1 - self.low)) * (_WIDTH - 2) + 1


def _svg(content: str) -> Markup:
    return Markup(
        f'<svg class="bar" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">{content}</svg>'
    )
