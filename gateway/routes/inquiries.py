"""Inquiries: anybody makes one, without a token; the institute sees them, and who made one has a page."""

from gateway.auth import EVERYBODY, INSTITUTE
from gateway.endpoints.route import Route, transitions_of

INQUIRY = "/v1/inquiries/<inquiry_id>"
INQUIRY_TRANSITIONS = {
    "acknowledged": "partners.acknowledge_inquiry",
    "screening": "partners.screen_inquiry",
    "more_information": "partners.ask_inquirer",
    "discovery": "partners.begin_discovery",
    "determination": "partners.determine_inquiry",
    "taken_back": "partners.take_back_determination",
    "closed": "partners.close_inquiry",
    "withdrawn": "partners.withdraw_inquiry",
    "reopened": "partners.reopen_inquiry",
}
ROUTES = (
    Route("POST", "/v1/inquiries", EVERYBODY, "partners.make_inquiry", is_public=True, creates=False),
    Route("GET", "/v1/inquiries", EVERYBODY, "partners.list_inquiries"),
    Route("GET", INQUIRY, EVERYBODY, "partners.show_inquiry"),
    Route("GET", f"{INQUIRY}/earlier-inquiries", EVERYBODY, "partners.show_earlier_inquiries"),
    Route("GET", f"{INQUIRY}/further-messages", EVERYBODY, "partners.list_inquiry_messages"),
    Route("POST", f"{INQUIRY}/notes", INSTITUTE, "partners.note_on_inquiry"),
    transitions_of(INQUIRY, INSTITUTE, INQUIRY_TRANSITIONS, "an inquiry"),
)
