"""Where is kept what was heard last of candidates and of requests for faculty."""

from chassis.messaging.envelope import Envelope
from services.notifications.model.latest_news import LatestNews
from services.notifications.repository import OwnCopies


class LatestNewsHeard(OwnCopies[LatestNews]):
    """What was heard last, by the id of what it is about, for us alone."""

    collection = "latest_news"
    aggregate = LatestNews

    def keep(self, about_id: str, event: Envelope) -> None:
        """Keep that this event was heard; raises Superseded when a later one about the same thing was."""
        news = self.about(about_id)
        news.keep(sequence=event.sequence)
        self.save(news)
