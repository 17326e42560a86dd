"""An identity service that stands in for the province's: discovery, keys, tokens; no network is asked."""

import json
import time
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import override_settings
from requests import ConnectionError as NoConnection

from tests import world

SERVER = "https://id.example.gov.cn"
CLIENT = "zhida"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FOREIGN_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
DISCOVERY = {
    "issuer": SERVER,
    "authorization_endpoint": f"{SERVER}/authorize",
    "token_endpoint": f"{SERVER}/token",
    "userinfo_endpoint": f"{SERVER}/userinfo",
    "jwks_uri": f"{SERVER}/keys",
}


class Answer:
    """What a request was answered."""

    def __init__(self, data, status=200):
        self.data, self.status_code = data, status
        self.headers = {"content-type": "application/json"}
        self.text = json.dumps(data)

    def json(self):
        return self.data

    def raise_for_status(self):
        if self.status_code >= 400:
            raise NoConnection(str(self.status_code))


class Service:
    """Vouches for one person; `claims` is what it says of them."""

    def __init__(self):
        self.claims = {"sub": "subject-1", "name": "张三", "id_number": ""}
        self.userinfo = None
        self.key, self.algorithm, self.audience, self.down = KEY, "RS256", CLIENT, False

    def __enter__(self):
        return self

    def __exit__(self, *failed):
        return None

    def get(self, url, **options):
        return self.request("GET", url, **options)

    def post(self, url, **options):
        return self.request("POST", url, **options)

    def request(self, method, url, **options):
        if self.down:
            raise NoConnection("down")
        path = urlsplit(url).path
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        answers = {
            "/.well-known/openid-configuration": lambda: DISCOVERY,
            "/keys": lambda: {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]},
            "/userinfo": lambda: self.userinfo or self.claims,
            "/token": lambda: {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": self.token()},
        }
        return Answer(answers[path]())

    def token(self):
        now = int(time.time())
        content = self.claims | {"iss": SERVER, "aud": self.audience, "iat": now, "exp": now + 300}
        key = "shared-secret-shared-secret-shared" if self.algorithm.startswith("HS") else self.key
        return jwt.encode(content, None if self.algorithm == "none" else key, self.algorithm, headers={"kid": "one"})


@contextmanager
def set_up(monkeypatch):
    """The site has an identity service."""
    service = Service()
    monkeypatch.setattr("project.sign_in.identity.IdentityAccountAdapter.get_requests_session", lambda adapter: service)
    app = {"provider_id": "province", "name": "统一身份认证", "client_id": CLIENT, "secret": "s"}
    app["settings"] = {"server_url": SERVER, "oauth_pkce_enabled": True}
    providers = {"openid_connect": {"SCOPE": ["openid", "profile"], "APPS": [app]}}
    with override_settings(OIDC_SERVER_URL=SERVER, OIDC_ID_CLAIM="id_number", SOCIALACCOUNT_PROVIDERS=providers):
        yield service


def through(client, **asked):
    """There and back, showing the password on the way where it is asked for; the last answer."""
    there = client.post("/accounts/identity/province/login/", asked)
    if there["Location"].startswith("/accounts/reauthenticate/"):
        there = client.post(there["Location"], {"password": world.PASSWORD})
    assert there["Location"].startswith(f"{SERVER}/authorize"), there["Location"]
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]
    return client.get("/accounts/identity/province/login/callback/", {"code": "c", "state": state})
