"""Which services there are, for tests that must cover each of them."""

from pathlib import Path


def services() -> list[str]:
    """Every service by the name of its folder."""
    folder = Path(__file__).resolve().parents[1] / "services"
    return sorted(path.parent.name for path in folder.glob("*/service.py"))
