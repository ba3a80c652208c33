"""Who signs in types a name or an e-mail address, and a password."""

from flask import current_app
from flask_security import LoginForm
from flask_security.forms import IsString, email_required
from wtforms import EmailField, Field


class SignInForm(LoginForm):
    """The library's form, in which `email` takes a name as well: what has no @ in it."""

    email = EmailField(validators=[IsString(), email_required])

    def validate_next(self, field: Field) -> None:
        """Take whatever it says: where it leads elsewhere the library's redirect leads to the first page."""

    def validate(self, **kwargs: object) -> bool:
        """Tell whether somebody is who they say; for an unknown name as much is hashed as for a known one."""
        self.ifield, self.user = self.email, current_app.extensions["security"].datastore.typed(self.email.data or "")
        return super().validate(**kwargs)
