"""Second factors: codes of an app that count once, and recovery codes of which nobody but their owner has a copy."""

from typing import Final, Protocol

import qrcode
from flask import current_app, g
from flask_security import Totp, UserMixin
from flask_security.recovery_codes import MfRecoveryCodesUtil

from app.web.desk.signed_in import Accounts, SignedIn

_MARGIN: Final = 4  # modules, as the standard of the code wants it


class Match(Protocol):
    """For which half minute a code was."""

    counter: int


class OneTimeCodes(Totp):
    """Codes by RFC 6238. One that was taken is taken no more, nor is an older one."""

    def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:
        """Tell whether a code is right and new; of two who send one at once, one is let in."""
        g.totp_is_new = totp_secret != user.tf_totp_secret
        return super().verify_totp(token.replace(" ", ""), totp_secret, user, window) and bool(g.totp_counted)

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return the half minute whose code was taken last; None for a secret that is only being set up."""
        return user.last_counter if isinstance(user, SignedIn) and not g.totp_is_new else None

    def set_last_counter(self, user: UserMixin, tmatch: Match) -> None:
        """Note which code was taken."""
        g.totp_counted = _store().count_code(user.id, tmatch.counter, anew=g.totp_is_new)

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Return the picture for a camera: how many squares it has each way, and an SVG path over the dark ones."""
        picture = qrcode.QRCode(border=_MARGIN)
        picture.add_data(self.get_totp_uri(username, totp))
        rows = picture.get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return f"{len(rows)} {path}"


class RecoveryCodes(MfRecoveryCodesUtil):
    """Codes for when an app or a passkey was lost: shown once, kept by digest, each used up by who types it first."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        """Return new codes; those of before open nothing any more."""
        codes: list[str] = current_app.extensions["security"].totp_factory.generate_recovery_codes(COUNT)
        _store().keep_codes(user.id, codes)
        return codes

    def get_recovery_codes(self, user: UserMixin) -> list[str]:  # noqa: ARG002  # the library's signature
        """Return nothing: they were shown when they were made."""
        return []

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Use a code up; False if it is none, or was used before."""
        return _store().use_code(user.id, code)

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:  # noqa: ARG002  # the library's signature
        """Do nothing: it was used up by being checked."""
        return True


COUNT: Final = 10


def _store() -> Accounts:
    store = current_app.extensions["security"].datastore
    assert isinstance(store, Accounts)  # noqa: S101  # it is ours
    return store
