"""Passkeys (WebAuthn): each lets its owner in alone, since its device has asked who holds it, or after a password."""

from flask import redirect, session, url_for
from flask.typing import ResponseValue
from flask_babel import lazy_gettext
from flask_security import UserMixin, WebauthnUtil
from flask_security.tf_plugin import TfPluginBase
from flask_security.utils import get_message
from flask_security.webauthn import WebAuthnSigninResponseForm
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)


class Passkeys(WebauthnUtil):
    """What we ask of a device: that it keeps the passkey itself, and asks by finger, face or PIN who holds it."""

    def authenticator_selection(self, user: UserMixin, usage: str) -> AuthenticatorSelectionCriteria:  # noqa: ARG002  # the library's signature
        """Return what a new passkey must be."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        )

    def user_verification(self, user: UserMixin | None, usage: list[str]) -> UserVerificationRequirement:  # noqa: ARG002  # the library's signature
        """Return that the device has to ask who holds it."""
        return UserVerificationRequirement.REQUIRED


class PasskeyForm(WebAuthnSigninResponseForm):
    """The library's form, for passkeys that serve as first factor and as second alike."""

    def validate(self, **kwargs: object) -> bool:
        """Tell whether a passkey opens an account that may be used, after a password that of the same account."""
        second, self.is_secondary = self.is_secondary, False
        passed = super().validate(**kwargs)
        self.is_secondary = second
        if self.user is None or not passed or not self.user.active:
            return False
        if second and self.user.fs_uniquifier != session.get("tf_user_id"):
            self.credential.errors = [get_message("WEBAUTHN_MISMATCH_USER_HANDLE")[0]]
            return False
        return True


class SecondPasskey(TfPluginBase):
    """Asks who has typed a password for a passkey, if they have any."""

    def get_setup_methods(self, user: UserMixin) -> list[tuple[str, str]]:
        """Return how the account proves itself besides a password."""
        return [("webauthn", lazy_gettext("A passkey"))] if user.webauthn else []

    def tf_login(self, user: UserMixin, json_payload: dict[str, object], next_loc: str | None) -> ResponseValue:  # noqa: ARG002  # the library's signature
        """Lead to where the passkey is asked for."""
        session["tf_state"] = "ready"
        return redirect(url_for("security.wan_signin", next=next_loc))
