"""Flask-Security on the desk: which of its parts are used, and how. Its own blueprint, pages and words are not.

Passwords are hashed by argon2id. Nobody registers, and nobody is remembered by a cookie of its own: a session is a row
(`services/sittings.py`), and the cookie holds the secret that opens it.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from flask import Flask, Request, Response, current_app
from flask_security import PasswordUtil, Security
from flask_security.core import UserMixin
from werkzeug.exceptions import Unauthorized

from app.domain.passwords import normal
from app.domain.site import INTERFACE
from app.services.passwords import refused
from app.web import headers
from app.web.catalogues import LiveDomain
from app.web.desk.cookies import Cookies
from app.web.desk.desk import Desk
from app.web.desk.passkeys import PasskeyForm, Passkeys
from app.web.desk.password_words import said_of
from app.web.desk.second_factor import OneTimeCodes, RecoveryCodes
from app.web.desk.security_words import MESSAGES
from app.web.desk.sign_in_form import SignInForm
from app.web.desk.signed_in import Accounts, SignedIn

FRESH: Final = timedelta(minutes=30)
"""For so long after signing in one may change how one signs in; after that one shows again that it is oneself."""

_COSTS: Final = {"type": "ID", "memory_cost": 19_456, "time_cost": 2, "parallelism": 1}
"""The parameters that OWASP names for a server that many may ask at once."""


def derived(app: Flask, purpose: str) -> bytes:
    """Return a key of the site's secret for one purpose alone."""
    return hmac.new(str(app.config["SECRET_KEY"]).encode(), purpose.encode(), hashlib.sha256).digest()


_ASKS: Final = "publickey-credentials-get"


class Passwords(PasswordUtil):
    """Our rules for passwords (`domain/passwords.py`)."""

    def normalize(self, password: str) -> str:
        """Return a password as it is hashed."""
        return normal(password)

    def validate(
        self,
        password: str,
        is_register: bool,  # noqa: ARG002  # the library's signature
        **kwargs: UserMixin,
    ) -> tuple[list[str] | None, str]:
        """Return what is wrong with a new password, and what would be hashed."""
        chosen, user, desk = normal(password), kwargs.get("user"), current_app.extensions["desk"]
        about = user.known() if isinstance(user, SignedIn) else ()
        found = refused(chosen, about=about, site=desk.site)
        return ([said_of(found)] if found else None), chosen


def install(app: Flask, desk: Desk, accounts: Accounts) -> Security:
    """Let the library check passwords, codes and passkeys; what it shows are our pages."""
    app.session_interface = Cookies()
    app.config.update({f"SECURITY_{name}": value for name, value in _SETTINGS.items()})
    app.config["SECURITY_TOTP_SECRETS"] = {"1": derived(app, "totp").hex()}
    app.config.update({f"SECURITY_MSG_{name}": (words, _KINDS.get(name, "error")) for name, words in MESSAGES.items()})
    security = Security(
        app, accounts, register_blueprint=False, login_form=SignInForm, password_util_cls=Passwords,
        totp_cls=OneTimeCodes, mf_recovery_codes_util_cls=RecoveryCodes, webauthn_util_cls=Passkeys,
        wan_signin_response_form=PasskeyForm,
        render_template=_rendered(desk),
    )  # fmt: skip
    security.i18n_domain = LiveDomain(desk.published, INTERFACE)
    security.want_json(_never)
    security.unauthn_handler(_stranger)
    security.login_manager.request_loader(_nobody)  # no tokens
    return security


_KINDS: Final = {
    "PASSWORD_CHANGE": "done", "REAUTHENTICATION_REQUIRED": "info", "REAUTHENTICATION_SUCCESSFUL": "done",
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": "done", "TWO_FACTOR_DISABLED": "done", "TWO_FACTOR_LOGIN_SUCCESSFUL": "done",
    "WEBAUTHN_CREDENTIAL_DELETED": "done", "WEBAUTHN_REGISTER_SUCCESSFUL": "done",
}  # fmt: skip


_SETTINGS: Final[Mapping[str, object]] = {
    "API_ENABLED_METHODS": ["session"],
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": ["argon2"],  # no pepper: a lost key would take all passwords with it
    "PASSWORD_HASH_PASSLIB_OPTIONS": {f"argon2__{name}": value for name, value in _COSTS.items()},
    "RETURN_GENERIC_RESPONSES": True,
    "CHANGEABLE": True,
    "SEND_PASSWORD_CHANGE_EMAIL": False,
    "FRESHNESS": FRESH,
    "FRESHNESS_GRACE_PERIOD": FRESH,
    "POST_LOGIN_VIEW": "work.mine",
    "POST_LOGOUT_VIEW": "security.login",
    "POST_CHANGE_VIEW": "account.own",
    "POST_VERIFY_VIEW": "account.own",
    "LOGIN_USER_TEMPLATE": "desk/sign-in.html",
    "VERIFY_TEMPLATE": "desk/account-confirm.html",
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # seconds that a clock may be wrong
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TWO_FACTOR_POST_SETUP_VIEW": "account.own",
    "TWO_FACTOR_SETUP_TEMPLATE": "desk/second-factor.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "desk/sign-in-code.html",
    "TWO_FACTOR_SELECT_TEMPLATE": "desk/sign-in-second.html",
    "TWO_FACTOR_IMPLEMENTATIONS": {
        "code": "flask_security.twofactor.CodeTfPlugin",
        "webauthn": "app.web.desk.passkeys.SecondPasskey",
    },
    "TOTP_ISSUER": "Tilmash",
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "desk/recovery-codes.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "desk/sign-in-recovery.html",
    "WEBAUTHN": True,
    "WAN_RP_NAME": "Tilmash",
    "WAN_ALLOW_USER_HINTS": False,  # nobody learns who has one
    "WAN_POST_REGISTER_VIEW": "account.own",
    "WAN_REGISTER_TEMPLATE": "desk/passkeys.html",
    "WAN_SIGNIN_TEMPLATE": "desk/sign-in-passkey.html",
    "WAN_VERIFY_TEMPLATE": "desk/confirm-passkey.html",
    "CHANGE_PASSWORD_TEMPLATE": "desk/account-password.html",
}
"""The library's settings; whatever is not here has its default, and is off."""


def passkeys_allowed(response: Response) -> Response:
    """Let the desk's own pages ask a device for a passkey, which readers' pages never do."""
    allowed = headers.SECURITY["Permissions-Policy"].replace(f"{_ASKS}=()", f"{_ASKS}=(self)")
    response.headers.setdefault("Permissions-Policy", allowed)
    return response


def _rendered(desk: Desk) -> Callable[..., str]:
    return desk.render


def _never(_request: Request) -> bool:
    return False


def _stranger(*_mechanisms: object, **_headers: object) -> Response:
    raise Unauthorized


def _nobody(_request: Request) -> None:
    return None
