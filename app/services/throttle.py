"""How often somebody may try: attempts fill a bucket that drains with time, so that nobody is shut out for good."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.storage.database import savepoint
from app.storage.sign_ins import DbBucket


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts at once, and one more each time that `drains` has passed."""

    most: int
    drains: timedelta


NAME = Limit(10, timedelta(minutes=1))
"""Against a name, from wherever: who knows a name can hold up others who guess at it, for a minute."""

DEVICE = Limit(10, timedelta(minutes=1))
"""Against a name, on a device from which its owner signed in before: nobody else can fill this one."""

ADDRESS = Limit(40, timedelta(seconds=10))
"""Against an address, whatever the names: a whole office may sign in behind one."""

CODE = Limit(8, timedelta(minutes=2))
"""Against an account, of codes of a second factor: six digits are few."""


def key(secret: bytes, *parts: str) -> str:
    """Return what a bucket is called: nobody reads from it who tried, or from where."""
    return hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def network(address: str) -> str:
    """Return what counts as one address: of IPv6 the 64 bits that one line is given."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(found) if found.version == 4 else found.exploded[:19]


def take(session: Session, bucket: str, limit: Limit, *, now: datetime) -> timedelta | None:
    """Count an attempt and return None, or count nothing and return how long to wait where the bucket is full.

    It counts before the attempt is looked at, so that many at once are as many as one after the other.
    """
    row = _held(session, bucket, now)
    row.at = min(row.at, now)  # a clock that was wrong by a year must not shut anybody out for one
    level = max(0.0, row.level - (now - row.at) / limit.drains)
    if level + 1 > limit.most:
        return (level + 1 - limit.most) * limit.drains
    row.level, row.at = level + 1, now
    session.flush()
    return None


def give_back(session: Session, buckets: Iterable[str]) -> None:
    """Forget what was held against somebody who has shown who they are."""
    session.execute(delete(DbBucket).where(DbBucket.key.in_(buckets)))


def sweep(session: Session, *, now: datetime) -> None:
    """Forget buckets in which nothing can be left."""
    session.execute(delete(DbBucket).where(DbBucket.at < now - timedelta(days=1)))


def _held(session: Session, bucket: str, now: datetime) -> DbBucket:
    """Return a bucket, held until the transaction ends; two who begin one at once share it."""
    asked = select(DbBucket).where(DbBucket.key == bucket).with_for_update()
    row = session.scalar(asked)
    if row is None:
        try:
            with savepoint(session):
                session.add(DbBucket(key=bucket, level=0.0, at=now))
        except IntegrityError:
            pass  # somebody else has begun it
        row = session.scalars(asked).one()
    return row
