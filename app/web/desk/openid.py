"""The protocol of signing in elsewhere: OpenID Connect, the authorization code with PKCE, and nothing else of it.

What the provider says is believed where its signature, issuer, audience, time and nonce are right, and not otherwise.
"""

import base64
import json
import secrets
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, Self
from urllib.parse import quote, urlencode, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.config import IdentityProvider

_PATIENCE: Final = 10.0  # seconds that a provider may take
_LONGEST: Final = 1_000_000  # bytes of an answer
_ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""What signs: never `none`, and never a secret that both sides know."""

_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")

_LEEWAY: Final = 60  # seconds that two clocks may differ


class NotSignedIn(Exception):  # noqa: N818  # an outcome, not a fault of the program
    """The provider did not say, or not so that it can be believed, who somebody is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What is kept in the session of somebody who was sent to the provider."""

    state: str
    nonce: str
    verifier: str
    next: str

    @classmethod
    def anew(cls, leads_to: str) -> Self:
        """Return what nobody can guess."""
        return cls(
            state=secrets.token_urlsafe(32), nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48),
            next=leads_to,
        )  # fmt: skip

    def kept(self) -> dict[str, str]:
        """Return it as a session holds it."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is at the provider. `email` is empty unless the provider has verified it."""

    subject: str
    email: str


class OpenId:
    """One provider."""

    def __init__(self, provider: IdentityProvider) -> None:
        self._provider = provider

    def address(self, begun: Begun, back: str) -> str:
        """Return where somebody is sent, and from where they come back to `back`."""
        address: str = prepare_grant_uri(
            self._said()["authorization_endpoint"], self._provider.client, "code", redirect_uri=back,
            scope="openid email", state=begun.state, nonce=begun.nonce, code_challenge_method="S256",
            code_challenge=create_s256_code_challenge(begun.verifier),
        )  # fmt: skip
        return address

    def identity(self, begun: Begun, answer: Mapping[str, str], back: str) -> Identity:
        """Return who came back. NotSignedIn where the provider refused, or what it says is not to be believed."""
        if not secrets.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise NotSignedIn("another state")
        if not answer.get("code"):
            raise NotSignedIn(f"refused: {answer.get('error', 'no code')[:40]!r}")
        said = self._said()
        tokens = self._token(said["token_endpoint"], answer["code"], begun.verifier, back)
        claims = self._claims(said, tokens, begun.nonce)
        verified = claims.get("email_verified") is True
        return Identity(subject=str(claims["sub"]), email=str(claims.get("email", "")) if verified else "")

    def _said(self) -> dict[str, str]:
        said = _asked(urllib.request.Request(f"{self._provider.issuer}/.well-known/openid-configuration"))  # noqa: S310  # settings allow https alone
        if str(said.get("issuer", "")).rstrip("/") != self._provider.issuer:
            raise NotSignedIn("another issuer")
        known = {name: value for name, value in said.items() if isinstance(value, str)}
        scheme = urlsplit(self._provider.issuer).scheme
        if any(urlsplit(known.get(name, "")).scheme != scheme for name in _ENDPOINTS):
            raise NotSignedIn("an endpoint that is none, or is less safe than the provider")
        return known

    def _token(self, endpoint: str, code: str, verifier: str, back: str) -> dict[str, object]:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        names = f"{quote(self._provider.client, safe='')}:{quote(self._provider.secret, safe='')}"
        basic = base64.b64encode(names.encode()).decode()
        request = urllib.request.Request(  # noqa: S310  # settings allow https alone
            endpoint, data=urlencode(form).encode(), headers={"Authorization": f"Basic {basic}"}
        )
        return _asked(request)

    def _claims(self, said: Mapping[str, str], tokens: Mapping[str, object], nonce: str) -> Mapping[str, object]:
        try:
            keys = KeySet.import_key_set(_asked(urllib.request.Request(said["jwks_uri"])))  # type: ignore[arg-type]  # noqa: S310  # it is checked there
            token = jwt.decode(str(tokens.get("id_token", "")), keys, algorithms=_ALGORITHMS)
            options = {
                "iss": {"essential": True, "values": [said["issuer"]]},
                "aud": {"essential": True, "values": [self._provider.client]},
                "nonce": {"essential": True, "value": nonce},
            }
            params = {"nonce": nonce, "client_id": self._provider.client, "access_token": tokens.get("access_token")}
            claims = CodeIDToken(token.claims, token.header, options, params)
            claims.validate(leeway=_LEEWAY)
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise NotSignedIn(f"a token that is not to be believed: {type(error).__name__}") from error
        return dict(claims)


class _Stays(urllib.request.HTTPRedirectHandler):
    """Goes nowhere but where it was sent: what a redirect names was never looked at."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Follow none, so that the answer is an error."""


_OPENER: Final = urllib.request.build_opener(_Stays)


def _asked(request: urllib.request.Request) -> dict[str, object]:
    """Return what the provider answers."""
    try:
        with _OPENER.open(request, timeout=_PATIENCE) as answer:
            found = json.loads(answer.read(_LONGEST))
    except (OSError, ValueError) as error:
        raise NotSignedIn(f"no answer: {type(error).__name__}") from error
    if not isinstance(found, dict):
        raise NotSignedIn("an answer that is none")
    return found
