"""What initiatives need to know of measures, read from where those are kept."""

from chassis.persistence.unit_of_work import Reading
from services.engagements.model.improvement.charter import MeasureFact
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.measure_lifecycle import MeasureState
from services.engagements.repository.measurement import Measures


def family_of(reading: Reading, initiative_id: str) -> list[MeasureFact]:
    """Give the measures of an initiative."""
    return [fact_of(measure) for measure in Measures(reading).of_initiative(initiative_id)]


def fact_of(measure: Measure) -> MeasureFact:
    """Give what an initiative needs to know of a measure."""
    return MeasureFact(
        id=measure.id,
        engagement_id=measure.engagement_id,
        kind=measure.kind,
        quality_dimension=measure.quality_dimension,
        in_use=measure.state is MeasureState.IN_USE,
    )
