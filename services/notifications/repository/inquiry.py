"""Where is kept what was heard of inquiries."""

from services.notifications.model.inquiry import InquiryTold
from services.notifications.repository import OwnCopies


class InquiriesTold(OwnCopies[InquiryTold]):
    """What was heard of inquiries, for us alone; who made them stands in the letters to them."""

    collection = "inquiries_told"
    aggregate = InquiryTold
