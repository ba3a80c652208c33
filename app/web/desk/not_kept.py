"""What is said above a form that comes back since the disk or the database took nothing."""

import logging

from sqlalchemy.exc import OperationalError

from app.domain.said import Said, saying
from app.web.desk.uploads import is_full

log = logging.getLogger(__name__)


def not_kept(error: OSError | OperationalError) -> tuple[Said, int]:
    """Return what to say of it, and the status of the answer; the log is told."""
    log.error("a text could not be saved: %s", error)
    if is_full(error):
        reason = saying(
            "The disk of the server is full, so nothing was saved. What you typed is here: try again later."
        )
        return reason, 507
    return saying(
        "The database does not answer, so nothing was saved. What you typed is here: try again in a moment."
    ), 503
