"""The metrics of a process, as Prometheus scrapes them."""

from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families


class MetricsPage:
    """One scrape of `/metrics`."""

    def __init__(self, address: str) -> None:
        with urlopen(f"http://{address}/metrics", timeout=10) as answer:
            text = answer.read().decode()
        self._samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]

    @property
    def names(self) -> set[str]:
        return {sample.name for sample in self._samples}

    def __call__(self, name: str, **labels: str) -> float | None:
        """The sum over all samples that fit; None when there is none."""
        fitting = [each.value for each in self._samples if each.name == name and labels.items() <= each.labels.items()]
        return sum(fitting) if fitting else None
