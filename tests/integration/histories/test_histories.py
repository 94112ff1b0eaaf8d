"""Random histories, told in disorder: every service ends where the tidy history would have led it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import nameko
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from nameko.cli.utils.config import load_config

from chassis.persistence.unit_of_work import INBOX
from chassis.runtime.config import validated
from cli.connection.services import services
from cli.local.parts import Parts
from tests.integration.histories.canonical_state import State, meaning, state_of
from tests.integration.histories.event_feed import Telling
from tests.integration.histories.generated_history import Partner, World, worlds
from tests.integration.histories.service_expectations import PARTICULARS, Particulars
from tests.service_harness import ServiceHarness
from tests.waiting import own_store

CONFIG = Path(__file__).resolve().parents[3] / "config.yml"
SERVICES = services()
# The same histories in each run, and a failing one as it was found: to shrink one would take minutes.
some = settings(
    max_examples=25, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


@pytest.fixture(params=sorted(SERVICES))
def service(request: pytest.FixtureRequest, parts: Parts) -> Iterator[ServiceHarness]:
    """Each service in turn, with what it needs beside its store made from the settings."""
    given = {"AMQP_URI": parts.amqp_uri, "MONGO_URI": parts.mongo_uri, "SMTP_URI": parts.smtp_uri}
    given |= {"LINK_SECRET": "a secret of these histories alone"}
    with (
        CONFIG.open() as file,
        nameko.config.patch(validated(load_config(file) | given)),
        own_store(parts.mongo_uri, envelope_fields={"partnerid": "partner_id"}) as store,
    ):
        by_hand = ServiceHarness(SERVICES[request.param], store)
        by_hand.inject_dependencies()
        yield by_hand


@pytest.mark.slow
@pytest.mark.timeout(300)  # some 20 000 transactions, which a busy machine takes its time for
@given(world=worlds(), seed=st.integers(0, 2**32))
@some
def test_a_history_told_in_disorder_ends_as_the_tidy_one(service: ServiceHarness, world: World, seed: int) -> None:
    acts = particulars_of(service).acts(world)

    tidy = ended(service, world, lambda telling: telling.tidily(acts))
    disorderly = ended(service, world, lambda telling: telling.in_disorder(acts, Random(seed)))

    assert meaning(disorderly) == meaning(tidy)


def test_every_event_that_a_service_hears_happens_in_these_histories(service: ServiceHarness) -> None:
    turns = ("paused", "profile_changed", "resumed", "departed")
    partner = Partner(
        id="prt_1", leaders=("per_1",), late_people=(("per_late", "improver"),), milestones=("mst_1", "mst_2"),
        fates=(("uncertain", "sent"),), reopened=frozenset({"mst_1"}), coached=frozenset({"mst_2"}),
        answers=("accepted", "tentative", "declined", "answer_undone", "expired", "withdrawn"), turns=turns,
    )  # fmt: skip
    world = World(partners=(partner,), capacity=120)
    telling = Telling(service, world)

    telling.tidily(particulars_of(service).acts(world))
    telling.then(particulars_of(service).answers(world))

    assert service.hears <= telling.types


def ended(service: ServiceHarness, world: World, tell: Callable[[Telling], None]) -> State:
    """Tell a history to the service, which knows nothing yet, and give where it ends, but for what order may decide."""
    for name in service.store.database.list_collection_names():
        service.store.database[name].delete_many({})
    telling = Telling(service, world)
    tell(telling)
    telling.then(particulars_of(service).answers(world))
    state = state_of(service.store)
    assert {row["_id"] for row in service.store.database[INBOX].find()} == telling.to_be_heard
    particulars_of(service).by_record(world, state)
    return particulars_of(service).forgiven(state, world)


def particulars_of(service: ServiceHarness) -> Particulars:
    return PARTICULARS.get(service.name, Particulars())
