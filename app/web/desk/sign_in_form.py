"""Who signs in types a name or an e-mail address, and a password."""

from flask import current_app
from flask_security import LoginForm
from flask_security.forms import IsString, email_required
from wtforms import EmailField, Field

from app.domain.invitations import email_of


class SignInForm(LoginForm):
    """The library's form, in which `email` takes a name as well: what has no @ in it."""

    email = EmailField(validators=[IsString(), email_required])

    def validate_next(self, field: Field) -> None:
        """Take whatever it says: where it leads elsewhere the library's redirect leads to the first page."""

    def validate(self, **kwargs: object) -> bool:
        """Tell whether somebody is who they say; for an unknown name as much is hashed as for a known one."""
        typed = email_of(self.email.data or "")
        self.ifield = self.email
        if typed:
            store = current_app.extensions["security"].datastore
            self.user = store.find_user(**{"email" if "@" in typed else "name": typed})
        return super().validate(**kwargs)
