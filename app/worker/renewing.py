"""Everything that is made of texts is made anew, document by document: pages, addresses, standings, memory."""

from app.services import projection, site
from app.storage.database import Database


def make_anew(database: Database) -> int:
    """Make it anew, and let every worker know; return of how many documents.

    Each has a transaction of its own, so that nobody who saves or approves waits for longer than one of them takes.
    """
    with database.write() as session:
        numbers = projection.begin_anew(session)
    for number in numbers:
        with database.write() as session:
            projection.renew(session, number)
    with database.write() as session:
        site.raise_version(session)
    return len(numbers)
