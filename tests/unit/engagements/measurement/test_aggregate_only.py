"""Names that look like a person's, and names that only contain the same letters."""

import pytest

from services.engagements.model.measurement.aggregate_only import looks_like_a_persons


@pytest.mark.parametrize(
    "name",
    ["name", "patient", "Patients", "patientId", "nhs_number", "NHSNumber", "date_of_birth", "dateOfBirth", "DOB",
     "email", "e-mail", "SSN", "mrn", "home_address", "phone2", "last name", "PATIENT_NAME"],
)  # fmt: skip
def test_a_word_of_people_anywhere_in_a_name_is_seen(name: str) -> None:
    assert looks_like_a_persons(name)


@pytest.mark.parametrize(
    "name",
    ["on", "value", "denominator", "stratum", "impatient", "unnamed", "username1", "inpatients", "headphone", "ward"],
)
def test_a_word_that_only_contains_one_is_not(name: str) -> None:
    assert not looks_like_a_persons(name)
