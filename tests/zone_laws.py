"""For tests only: a law of zones that changes, as when a country gives up summer time and a newer tzdata comes."""

import shutil
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import pytest
import tzdata

LATER_LAW = "2099a"


@contextmanager
def another_law(folder: Path, zone: str, *, as_in: str, release: str = LATER_LAW) -> Iterator[None]:
    """Have a zone obey the rules of another one, such as Etc/GMT+5, by the files of a release in a folder."""
    rules = folder / zone
    rules.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(str(files("tzdata.zoneinfo").joinpath(as_in)), rules)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tzdata, "IANA_VERSION", release)
        zoneinfo.reset_tzpath(to=[str(folder)])
        zoneinfo.ZoneInfo.clear_cache()
        yield
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()
