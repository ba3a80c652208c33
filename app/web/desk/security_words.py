"""What Flask-Security says, in words of ours that are translated like all others."""

from typing import Final


def _(msgid: str) -> str:
    return msgid


_FAILED: Final = _("The sign-in failed: the name, the e-mail address or the password is wrong.")
_GONE: Final = _("This step took too long or was taken twice. Please begin again.")
_PASSKEY: Final = _("This passkey cannot be used here.")

MESSAGES: Final = {
    "API_ERROR": _GONE,
    "DISABLED_ACCOUNT": _FAILED,
    "EMAIL_NOT_PROVIDED": _("Type your name or your e-mail address."),
    "GENERIC_AUTHN_FAILED": _FAILED,
    "INVALID_INPUT": _("This cannot be used here."),
    "INVALID_PASSWORD": _("This is not your password."),
    "INVALID_RECOVERY_CODE": _("This is none of your recovery codes, or it was used before."),
    "PASSWORD_CHANGE": _("You have a new password. All your other sessions were ended."),
    "PASSWORD_IS_THE_SAME": _("This is the password that you have already."),
    "PASSWORD_NOT_PROVIDED": _("Type a password."),
    "REAUTHENTICATION_REQUIRED": _("Show once more that it is you: this changes how you sign in."),
    "REAUTHENTICATION_SUCCESSFUL": _("Thank you. You can go on."),
    "RETYPE_PASSWORD_MISMATCH": _("The two passwords are not the same."),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": _("From now on you sign in with a code of your app as well."),
    "TWO_FACTOR_DISABLED": _("From now on you sign in without a code."),
    "TWO_FACTOR_INVALID_TOKEN": _("This code is wrong, or its half minute is over."),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": _("You are signed in."),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": _GONE,
    "TWO_FACTOR_PERMISSION_DENIED": _GONE,
    "TWO_FACTOR_SETUP_EXPIRED": _GONE,
    "USER_DOES_NOT_EXIST": _FAILED,
    "WEBAUTHN_CREDENTIAL_DELETED": _("The passkey “%(name)s” opens nothing here any more."),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": _("You have added this passkey already."),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": _PASSKEY,
    "WEBAUTHN_EXPIRED": _GONE,
    "WEBAUTHN_MISMATCH_USER_HANDLE": _PASSKEY,
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": _("A passkey is called by letters, digits, spaces and hyphens."),
    "WEBAUTHN_NAME_INUSE": _("You have a passkey called “%(name)s” already."),
    "WEBAUTHN_NAME_NOT_FOUND": _("You have no passkey called “%(name)s”."),
    "WEBAUTHN_NAME_REQUIRED": _("Say what this passkey is to be called."),
    "WEBAUTHN_NO_VERIFY": _PASSKEY,
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": _PASSKEY,
    "WEBAUTHN_REGISTER_SUCCESSFUL": _("You can sign in with the passkey “%(name)s” from now on."),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": _PASSKEY,
}
"""By the library's names. What is not here none of our pages shows."""
