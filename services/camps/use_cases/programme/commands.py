"""What one can have done with sessions and programmes, for the contents page of the service."""

from services.camps.use_cases.programme import availability, by_hand, decision, programme

COMMANDS = (
    by_hand.draft_session,
    by_hand.change_session,
    by_hand.submit_session,
    by_hand.withdraw_session,
    by_hand.confirm_session,
    decision.accept_session,
    decision.decline_session,
    decision.decide_session,
    decision.take_back_decision,
    decision.disclose_decision,
    decision.cancel_session,
    decision.reinstate_session,
    decision.deliver_session,
    decision.undo_delivery,
    programme.arrange_programme,
    programme.acknowledge_warnings,
    programme.withdraw_acknowledgements,
    programme.release_programme,
    availability.state_availability,
)
