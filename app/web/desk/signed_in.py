"""What Flask-Security is shown of an account: a value, and a store that writes what became of it in one transaction.

No transaction stays open while a password is hashed or a passkey checked: a stranger would hold SQLite's one writer by
it. So an account is read, and let go; what was changed in it is remembered, and written where the library commits.
"""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from flask import g
from flask_security import RoleMixin, UserDatastore, UserMixin, WebAuthnMixin
from sqlalchemy import delete, literal, or_, select, update
from sqlalchemy.orm import Session

from app.domain.invitations import email_of
from app.domain.people import Person
from app.storage.accounts import DbAccount
from app.storage.database import Database
from app.storage.sign_ins import DbPasskey, DbRecoveryCode

Deed = Callable[[Session], None]

_WRITTEN: Final = ("password", "fs_uniquifier", "fs_webauthn_user_handle", "tf_primary_method", "tf_totp_secret")
_FOUND_BY: Final = {
    "fs_uniquifier": DbAccount.fs_uniquifier, "email": DbAccount.email, "name": DbAccount.name, "id": DbAccount.id
}  # fmt: skip


class NoRole(RoleMixin):
    """The library's roles are not used: `domain/permissions.py` is asked."""


class Passkey(WebAuthnMixin):
    """A passkey, by the names that the library knows."""

    def __init__(self, row: DbPasskey) -> None:
        self.id, self.user_id, self.name = row.id, row.account_id, row.name
        self.credential_id, self.public_key, self.sign_count = row.credential_id, row.public_key, row.sign_count
        self.transports = row.transports.split()
        self.device_type, self.backup_state = row.device_type, row.backup_state
        self.lastuse_datetime, self.usage, self.extensions = row.used_at, "first", None

    def write(self, session: Session) -> None:
        """Write what a use of it changed; nothing if it was deleted meanwhile."""
        row = session.get(DbPasskey, self.id)
        if row is not None:
            row.sign_count, row.backup_state, row.device_type = self.sign_count, self.backup_state, self.device_type
            row.used_at = datetime.now(UTC)


class SignedIn(UserMixin):
    """An account, by the names that the library knows. `must_prove` says that a password alone is not enough."""

    fs_uniquifier: str = ""  # the library looks for it in the class

    def __init__(self, row: DbAccount, passkeys: Sequence[DbPasskey], *, must_prove: Callable[[Person], bool]) -> None:
        self.id, self.name, self.email, self.active = row.id, row.name, row.email, row.active
        self.password, self.fs_uniquifier = row.password, row.fs_uniquifier
        self.fs_webauthn_user_handle = row.fs_webauthn_user_handle or ""
        self.tf_primary_method, self.tf_totp_secret = row.tf_primary_method, row.tf_totp_secret
        self.tf_phone_number, self.last_counter = None, row.tf_last_counter
        self.webauthn = [Passkey(one) for one in passkeys]
        self.person = row.person()
        self.must_prove = must_prove(self.person)
        self._before = {name: getattr(self, name) for name in _WRITTEN}

    def write(self, session: Session) -> None:
        """Write what was changed, and nothing else: others may have changed the rest."""
        row = session.get_one(DbAccount, self.id, with_for_update=True)
        for name in _WRITTEN:
            value = getattr(self, name)
            if value != self._before[name]:
                setattr(row, name, value)
                self._before[name] = value

    def known(self) -> tuple[str, ...]:
        """Return what others know of them, and would try in a password."""
        return self.name, self.person.full_name, self.email.partition("@")[0]

    def check_tf_required(
        self,
        tf_setup_methods: list[tuple[str, str]],
        tf_fresh: bool,  # noqa: ARG002  # the library's signature
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Ask for a second factor whoever has one, and whoever must have one."""
        return bool(tf_setup_methods) or self.must_prove, tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Tell whether the second factor can be set aside."""
        return self.must_prove


class Accounts(UserDatastore):
    """Finds accounts, each once in a request, and does all that a request wants done to them when it commits."""

    def __init__(self, database: Database, must_prove: Callable[[Person], bool], key: bytes) -> None:
        super().__init__(SignedIn, NoRole, Passkey)
        self._database, self._must_prove, self._key = database, must_prove, key

    def find_user(self, case_insensitive: bool = False, **kwargs: object) -> SignedIn | None:  # noqa: ARG002  # the library's signature
        """Return the account with one attribute of a value (`fs_uniquifier`, `email`, `name`, `id`)."""
        attribute, value = kwargs.popitem()
        with self._database.read() as session:
            row = session.scalar(select(DbAccount).where(_FOUND_BY[attribute] == value))
            return None if row is None else self.shown(session, row)

    def typed(self, name_or_address: str) -> SignedIn | None:
        """Return whom somebody means who types a name or an e-mail address."""
        typed = email_of(name_or_address)
        return self.find_user(email=typed) if "@" in typed else self.find_user(name=typed)

    def shown(self, session: Session, row: DbAccount) -> SignedIn:
        """Return an account as the library sees it, the same value all through a request."""
        seen: dict[int, SignedIn] = g.setdefault("accounts", {})
        if row.id not in seen:
            passkeys = session.scalars(select(DbPasskey).where(DbPasskey.account_id == row.id).order_by(DbPasskey.id))
            seen[row.id] = SignedIn(row, passkeys.all(), must_prove=self._must_prove)
        return seen[row.id]

    def find_webauthn(self, credential_id: bytes) -> Passkey | None:
        """Return the passkey that an authenticator names."""
        with self._database.read() as session:
            row = session.scalar(select(DbPasskey).where(DbPasskey.credential_id == credential_id))
            return None if row is None else Passkey(row)

    def create_webauthn(  # noqa: PLR0917  # the library's signature
        self,
        user: UserMixin,
        credential_id: bytes,
        public_key: bytes,
        name: str,
        sign_count: int,
        usage: str,  # noqa: ARG002  # the library's signature
        device_type: str,
        backup_state: bool,  # the library's signature
        transports: list[str] | None = None,
        extensions: str | None = None,  # noqa: ARG002  # the library's signature
        **kwargs: object,  # noqa: ARG002  # the library's signature
    ) -> None:
        """Keep a new passkey of somebody."""
        row = DbPasskey(
            account_id=user.id, name=name, credential_id=credential_id, public_key=public_key, sign_count=sign_count,
            transports=" ".join(transports or ()), device_type=device_type, backup_state=backup_state,
            used_at=datetime.now(UTC),
        )  # fmt: skip
        self.later(lambda session: session.add(row))

    def count_code(self, number: int, counter: int, *, anew: bool) -> bool:
        """Note the half minute whose code somebody used; False if it, or a later one, was noted before."""
        later = or_(DbAccount.tf_last_counter.is_(None), DbAccount.tf_last_counter < counter, literal(anew))
        noted = update(DbAccount).where(DbAccount.id == number, later).values(tf_last_counter=counter)
        with self._database.write() as session:
            return session.execute(noted.returning(DbAccount.id)).first() is not None

    def keep_codes(self, number: int, codes: Sequence[str]) -> None:
        """Have recovery codes kept at the end, in place of those of before."""
        rows = [DbRecoveryCode(account_id=number, digest=self._digest(code)) for code in codes]

        def kept(session: Session) -> None:
            session.execute(delete(DbRecoveryCode).where(DbRecoveryCode.account_id == number))
            session.add_all(rows)

        self.later(kept)

    def use_code(self, number: int, code: str) -> bool:
        """Use a recovery code up; of two who type one at once, one has it."""
        used = delete(DbRecoveryCode).where(
            DbRecoveryCode.account_id == number, DbRecoveryCode.digest == self._digest(code.strip().lower())
        )
        with self._database.write() as session:
            return session.execute(used.returning(DbRecoveryCode.id)).first() is not None

    def _digest(self, code: str) -> str:
        return hmac.new(self._key, code.encode(), hashlib.sha256).hexdigest()

    def put(self, model: SignedIn | Passkey) -> SignedIn | Passkey:
        """Have what was changed in a value written at the end."""
        if model.write not in self._deeds():
            self.later(model.write)
        return model

    def delete(self, model: Passkey) -> None:
        """Have a passkey deleted at the end."""
        number = model.id
        self.later(lambda session: _forget(session, number))

    def later(self, deed: Deed) -> None:
        """Have something done in the one transaction of this request."""
        self._deeds().append(deed)

    def commit(self) -> None:
        """Do what there is to do, in order, in one transaction with its events."""
        deeds = self._deeds()
        if deeds:
            with self._database.write() as session:
                for deed in deeds:
                    deed(session)
            deeds.clear()

    def _deeds(self) -> list[Deed]:
        deeds: list[Deed] = g.setdefault("deeds", [])
        return deeds


def _forget(session: Session, number: int) -> None:
    session.execute(delete(DbPasskey).where(DbPasskey.id == number))
