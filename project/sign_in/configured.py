"""Which classes and rates signing in uses: the part of the settings that no environment changes."""

FORMS = "project.sign_in.forms"
ACCOUNT_FORMS = {
    "login": f"{FORMS}.SignInForm",
    "signup": f"{FORMS}.RegistrationForm",
    "change_password": f"{FORMS}.PasswordForm",
    "reauthenticate": f"{FORMS}.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": f"{FORMS}.CodeForm",
    "reauthenticate": f"{FORMS}.CodeAgainForm",
    "activate_totp": f"{FORMS}.GeneratorForm",
    "add_webauthn": f"{FORMS}.NewKeyForm",
    "edit_webauthn": f"{FORMS}.KeyNameForm",
    "login_webauthn": f"{FORMS}.KeySignInForm",
    "authenticate_webauthn": f"{FORMS}.KeyCheckForm",
    "reauthenticate_webauthn": f"{FORMS}.KeyAgainForm",
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "project.sign_in.passwords.RulesValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]


def identity_providers(server_url: str, name: str, client_id: str, secret: str, scope: list[str]) -> dict:
    """What allauth must know of the province's identity service; no service without a server."""
    service = {"provider_id": "province", "name": name, "client_id": client_id, "secret": secret}
    service["settings"] = {"server_url": server_url, "oauth_pkce_enabled": True}
    provider = {"provider_class": "project.sign_in.identity.IdentityProvider", "SCOPE": scope}
    return {"openid_connect": provider | {"APPS": [service] if server_url else []}}
