"""The library of examples that a team can begin from."""

from tests.integration.engagements.improving import Improving


def test_each_example_of_the_library_can_be_begun_as_it_stands(improving: Improving) -> None:
    call = improving.engagements.command
    examples = call("show_initiative_examples")["items"]

    for each in examples:
        idea = call("propose_initiative", engagement_id=improving.engagement["id"], **each["initiative"])
        for measure in each["measures"]:
            call("define_measure", engagement_id=improving.engagement["id"], initiative_id=idea["id"], **measure)
        improving.do("draw_driver_diagram", idea, **each["driver_diagram"])
        assert improving.overview(idea)["missing"] == ["no_aim", "no_sponsor", "no_lead"]

    assert [each["code"] for each in examples] == ["fewer_infections", "older_adults_at_home", "value_without_loss"]


def test_infections_are_counted_in_a_thousand_line_days_on_a_u_chart(improving: Improving) -> None:
    infections = improving.engagements.command("show_initiative_examples")["items"][0]["measures"][0]

    assert (infections["chart"], infections["definition"]["multiplier"]) == ("u", 1000)


def test_older_adults_with_complex_needs_are_cared_for_at_home_and_in_hospital(improving: Improving) -> None:
    older = improving.engagements.command("show_initiative_examples")["items"][1]["initiative"]

    assert (older["settings"], older["intervention_focus"]) == (["community", "health_care"], "population_health")
