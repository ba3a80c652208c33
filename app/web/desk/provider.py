"""Signing in by an organisation's own accounts, where settings name its provider. Nobody gets an account by it."""

import hashlib
import logging

from flask import Blueprint, abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security.proxies import _security as security
from flask_security.utils import login_user, validate_redirect_url
from sqlalchemy import or_, select

from app.domain.invitations import email_of
from app.storage.accounts import DbAccount
from app.web.desk.desk import Desk
from app.web.desk.entrance import Entrance
from app.web.desk.openid import Begun, Identity, NotSignedIn, OpenId
from app.web.desk.presence import Presence
from app.web.desk.signed_in import Accounts, SignedIn
from app.web.headers import Elsewhere

log = logging.getLogger(__name__)

_KEY = "openid"


class Provider:
    """The way there, and back."""

    def __init__(self, desk: Desk, accounts: Accounts, presence: Presence) -> None:
        self._desk, self._accounts, self._presence = desk, accounts, presence
        self._settings = desk.settings.provider
        self._protocol = OpenId(self._settings) if self._settings else None

    @property
    def name(self) -> str:
        """Return what people call it, nothing where there is none."""
        return self._settings.name if self._settings else ""

    def begin(self) -> ResponseReturnValue:
        """Send somebody to the provider."""
        asked = request.args.get("next", "")
        begun = Begun.anew(asked if validate_redirect_url(asked) else url_for("work.mine"))
        try:
            address = self._there().address(begun, self._back())
        except NotSignedIn as refusal:
            return self._refused(refusal)
        session[_KEY] = begun.kept()
        return Elsewhere(status=303, headers={"Location": address})

    def back(self) -> ResponseReturnValue:
        """Let in who comes back, if they have an account here; a second factor is asked for as after a password."""
        protocol, kept = self._there(), session.pop(_KEY, None)
        if not isinstance(kept, dict):
            return redirect(url_for("security.login"), 303)
        begun = Begun(**kept)
        try:
            identity = protocol.identity(begun, request.args, self._back())
        except NotSignedIn as refusal:
            return self._refused(refusal)
        found = self._known(identity)
        if found is None:
            words = gettext(
                "Nobody here has this account of %(provider)s. Ask an administrator of the site.", provider=self.name
            )
            flash(words, "error")
            return redirect(url_for("security.login"), 303)
        asked: ResponseReturnValue | None = security.two_factor_plugins.tf_enter(
            found, False, "openid", next_loc=begun.next
        )
        if asked is not None:
            self._accounts.commit()
            return asked
        login_user(found, authn_via=["openid"])
        self._accounts.commit()
        return redirect(begun.next, 303)

    def _known(self, identity: Identity) -> SignedIn | None:
        """Return whose identity it is: who came by it before, or, the first time, who has its verified address."""
        issuer = self._settings.issuer if self._settings else ""
        subject = hashlib.sha256(f"{issuer}\0{identity.subject}".encode()).hexdigest()
        by_address = (DbAccount.email == email_of(identity.email)) & DbAccount.oidc_subject.is_(None)
        wanted = (
            or_(DbAccount.oidc_subject == subject, by_address) if identity.email else DbAccount.oidc_subject == subject
        )
        asked = select(DbAccount).where(wanted, DbAccount.active).order_by(DbAccount.oidc_subject.is_(None))
        with self._desk.writing() as writing:
            row = writing.scalars(asked.with_for_update()).first()
            if row is None:
                return None
            if row.oidc_subject is None:
                row.oidc_subject = subject
                self._presence.tell(row.name, "openid")
            return self._accounts.shown(writing, row)

    def _refused(self, refusal: NotSignedIn) -> ResponseReturnValue:
        log.warning("a sign-in by %s failed: %s", self.name, refusal)
        words = gettext("The sign-in by %(provider)s did not work. Nothing was changed.", provider=self.name)
        flash(words, "error")
        return redirect(url_for("security.login"), 303)

    def _there(self) -> OpenId:
        return self._protocol or abort(404)

    def _back(self) -> str:
        base = self._desk.site.url or request.host_url.rstrip("/")
        return base + url_for("provider.back")


def blueprint(desk: Desk, accounts: Accounts, presence: Presence) -> Blueprint:
    """Return the routes of this area, and tell the sign-in page of it."""
    area, view = Blueprint("provider", __name__), Provider(desk, accounts, presence)
    desk.rule(area, "/sign-in/provider", view.begin, Entrance.ANYBODY)
    desk.rule(area, "/sign-in/provider/back", view.back, Entrance.ANYBODY)
    area.app_context_processor(lambda: {"provider": view.name})
    return area
