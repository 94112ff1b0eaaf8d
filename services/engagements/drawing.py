"""Has charts drawn by a process beside this one, which alone has the plotting library in its memory (decision 56)."""

from functools import lru_cache

from chassis.runtime.side_process import SideProcess
from services.engagements.charts.chart import Chart

DRAWS = "services.engagements.charts.svg:svg_of"
MOST_SECONDS = 4.0
"""For one chart, its waiting and the start of the process among them: less than a caller waits."""
MOST_KEPT = 16
"""Charts that were drawn last, some 100 kB each: what everybody opens who is sent a letter about it is drawn once."""
ENVIRONMENT = {
    "TMPDIR": "/dev/shm",  # in a container nothing else is writable, and matplotlib keeps a list of fonts in a file
    "OPENBLAS_NUM_THREADS": "1",  # each thread would reserve memory
}


class Drawing:
    """Draws charts."""

    def __init__(self) -> None:
        self._process = SideProcess(DRAWS, seconds=MOST_SECONDS, environment=ENVIRONMENT)
        self._drawn = lru_cache(MOST_KEPT)(self._process.call)

    def svg_of(self, chart: Chart) -> str:
        """Draw a chart as SVG; raises Unavailable when nobody can do that now."""
        drawn: str = self._drawn(chart)
        return drawn

    def end(self) -> None:
        """End the process."""
        self._process.end()
