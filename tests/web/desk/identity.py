"""A provider of identities (OpenID Connect) that tests start: it speaks HTTP on a port of its own, and signs."""

import base64
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.web.browser import served

CLIENT, SECRET = "tilmash", "a secret / of two"
_UNSIGNED = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
KANAT: dict[str, object] = {"sub": "1", "email": "kanat@example.org", "email_verified": True}


@dataclass
class Provider:
    """Who signs in there is `who`; `lies` and `about_itself` stand in place of what is true in its tokens and metadata.

    `unsigned` tokens are of the algorithm `none`; keys that `moved` are behind a redirect; `tokens` were given out.
    """

    who: dict[str, object] = field(
        default_factory=lambda: {"sub": "1", "email": "kanat@example.org", "email_verified": True}
    )
    lies: dict[str, object] = field(default_factory=dict)
    about_itself: dict[str, str] = field(default_factory=dict)
    unsigned: bool = False
    moved: bool = False
    tokens: list[str] = field(default_factory=list)
    refuses: bool = False
    address: str = ""

    def __post_init__(self) -> None:
        self.key = self.published = RSAKey.generate_key(2048, {"kid": "one"})
        self.codes: dict[str, dict[str, str]] = {}
        self.app = Flask("identity")
        for path, view, method in (
            ("/.well-known/openid-configuration", self.about, "GET"), ("/authorize", self.authorize, "GET"),
            ("/token", self.token, "POST"), ("/keys", self.keys, "GET"),
        ):  # fmt: skip
            self.app.add_url_rule(path, view.__name__, view, methods=[method])

    def about(self) -> Response:
        base = self.address
        true = {
            "issuer": base, "authorization_endpoint": f"{base}/authorize", "token_endpoint": f"{base}/token",
            "jwks_uri": f"{base}/keys",
        }  # fmt: skip
        return jsonify(true | self.about_itself)

    def authorize(self) -> ResponseReturnValue:
        asked = request.args.to_dict()
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert set(asked["scope"].split()) == {"openid", "email"}
        if self.refuses:
            return redirect(f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}")
        code = f"code {len(self.codes)}"
        self.codes[code] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    def token(self) -> ResponseReturnValue:
        asked = self.codes.pop(request.form["code"], None)
        verifier = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        auth = request.authorization
        if (
            asked is None
            or (asked["code_challenge"], asked["redirect_uri"]) != (challenge, request.form["redirect_uri"])
            or auth is None
            or (auth.username, auth.password) != (CLIENT, "a%20secret%20%2F%20of%20two")
        ):
            return jsonify(error="invalid_grant"), 400
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        claims = {name: value for name, value in {**claims, **self.who, **self.lies}.items() if value is not None}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        if self.unsigned:
            signed = f"{_UNSIGNED}.{signed.split('.')[1]}."
        self.tokens.append(signed)
        return jsonify({"access_token": "opaque", "token_type": "Bearer", "id_token": signed})

    def keys(self) -> ResponseReturnValue:
        if self.moved and not request.args:
            return redirect(f"{self.address}/keys?moved=1")
        return jsonify(keys=[self.published.as_dict(private=False)])


@contextmanager
def provider() -> Iterator[Provider]:
    found = Provider()
    with served(found.app) as address:
        found.address = address
        yield found
