"""The address by which who gets mail wants no more of it: signed, so that nobody can stop another one's."""

import hashlib
import hmac


def token(secret: str, account_id: int) -> str:
    """Return what stands at the end of that address; it never ends, since letters are kept for years."""
    return f"{account_id}.{_signature(secret, account_id)}"


def account_of(secret: str, written: str) -> int | None:
    """Return whose address this is; None if nobody signed it here."""
    number, _, signature = written.partition(".")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    account_id = int(number)
    return account_id if hmac.compare_digest(signature.encode(), _signature(secret, account_id).encode()) else None


def _signature(secret: str, account_id: int) -> str:
    return hmac.new(secret.encode(), f"stop mail to {account_id}".encode(), hashlib.sha256).hexdigest()[:40]
