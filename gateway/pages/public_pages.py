"""Every page that needs no token: those that letters link to, and the form of an inquiry."""

from collections.abc import Callable
from typing import Any

from nameko.extensions import register_entrypoint

from gateway.pages.inquiry_form import INQUIRY_ROUTES, InquiryForm
from gateway.pages.linked_page import LINKED_ROUTES, LinkedPage

PUBLIC_ROUTES = (*LINKED_ROUTES, *INQUIRY_ROUTES)


def public_pages(method: Callable[..., Any]) -> Callable[..., Any]:
    """Make a method the worker of all pages; it takes a call and returns the answer."""
    for linked in LINKED_ROUTES:
        register_entrypoint(method, LinkedPage(linked))
    for route in INQUIRY_ROUTES:
        register_entrypoint(method, InquiryForm(route))
    return method
