"""What one can see of sessions and programmes, for the contents page of the service."""

from services.camps.views import linked_programme, programme, programme_feed, programme_releases

QUERIES = (
    programme.list_sessions,
    programme.show_session,
    programme.list_untold_decisions,
    programme_releases.show_released_programme,
    programme_releases.show_programme_conflicts,
    linked_programme.show_programme_by_link,
    programme_feed.show_programme_feed_by_link,
    programme_releases.show_programme,
    programme_releases.show_programme_release,
    programme_releases.list_programme_releases,
    programme_releases.show_availability,
)
