"""Settings of the whole site: one file, fed by the environment (see .env.example)."""

import base64
import hashlib
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from project.content_policy import content_policy
from project.logs import logging_settings
from project.sign_in.configured import ACCOUNT_FORMS, AUTH_PASSWORD_VALIDATORS, MFA_FORMS, identity_providers  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

DEMO = env.bool("DEMO", default=False)
PRACTICE = env.bool("PRACTICE", default=False)
DEBUG = False
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _secret(name: str) -> str:
    """A secret from the environment; demo sites get a fixed one that production refuses to use."""
    value = env.str(name, default="")
    if value:
        return value
    if not DEMO:
        raise ImproperlyConfigured(f"{name} must be set when DEMO=0; see .env.example")
    return base64.b64encode(hashlib.sha256(f"zhida demo {name}".encode()).digest()).decode()


SECRET_KEY = _secret("SECRET_KEY")
VAULT_MASTER_VERSION = env.int("VAULT_MASTER_VERSION", default=1)
VAULT_MASTER_KEYS = {VAULT_MASTER_VERSION: _secret("VAULT_MASTER_KEY")}
VAULT_MASTER_KEYS |= {int(version): key for version, key in env.dict("VAULT_OLD_MASTER_KEYS", default={}).items()}
VAULT_INDEX_KEY = _secret("VAULT_INDEX_KEY")
# Newest first; asked only for codes handed out under them (docs/operations.md, keys).
VAULT_OLD_INDEX_KEYS = env.list("VAULT_OLD_INDEX_KEYS", default=[])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
SOURCE_URL = env.str("SOURCE_URL", default="/source/archive/")
PRACTICE_URL = env.str("PRACTICE_URL", default="")
HELP_PHONE = env.str("HELP_PHONE", default="12345")

INSTALLED_APPS = [
    "project.apps.ProjectConfig",
    "audit.apps.AuditConfig",
    "people.apps.PeopleConfig",
    "schemes.apps.SchemesConfig",
    "workflows.apps.WorkflowsConfig",
    "papers.apps.PapersConfig",
    "applications.apps.ApplicationsConfig",
    "benefits.apps.BenefitsConfig",
    "approvals.apps.ApprovalsConfig",
    "payouts.apps.PayoutsConfig",
    "archives.apps.ArchivesConfig",
    "helping.apps.HelpingConfig",
    "telling.apps.TellingConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "guardian",
    "viewflow",
    "viewflow.workflow",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "django_prometheus",
    "csp",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "project.request_log.RequestLogMiddleware",
    "project.packing.PackTextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "project.sign_in.ends.SignInEndsMiddleware",
    "project.middleware.RememberingMiddleware",
    "project.sign_in.expiry.PasswordAgeMiddleware",
    "project.middleware.SecondFactorMiddleware",
    "project.downloads.DownloadMiddleware",
    "project.upload_scan.UploadScanMiddleware",
    "project.middleware.RefusalMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "project.context.site",
            ],
        },
    }
]
FORM_RENDERER = "project.forms.ZhidaRenderer"

# A file's path is no URL: it may hold #, ? and %.
EMBEDDED = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "zhida.sqlite3")}
DATABASES = {"default": env.db_url("DATABASE_URL") if env.str("DATABASE_URL", default="") else EMBEDDED}
_database = DATABASES["default"]
_database["ATOMIC_REQUESTS"] = False
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    _database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    _database["CONN_HEALTH_CHECKS"] = True
    _database.setdefault("OPTIONS", {})["options"] = "-c lock_timeout=10s -c statement_timeout=120s"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Papers are rendered in processes of their own: so many at once, each paper within these limits.
PAPER_RENDERER = env.str("PAPER_RENDERER", default="papers.engine.guarded.Guarded")
RENDER_PROCESSES = env.int("RENDER_PROCESSES", default=2)
RENDER_SECONDS = env.int("RENDER_SECONDS", default=120)
RENDER_MEMORY_MB = env.int("RENDER_MEMORY_MB", default=1024)
RENDER_PAPERS_A_PROCESS = env.int("RENDER_PAPERS_A_PROCESS", default=500)

# Electronic seals: the provider each kind of seal is signed by, the folder of PKCS#12 files and their passphrase, and the
# certificates (PEM) of the authorities by which seals are trusted.
SEAL_PROVIDERS = {
    "demo": "papers.seals.demo.DemoCertificate",
    "local": "papers.seals.local.Pkcs12",
    "none": "papers.seals.providers.NoCertificate",
}
SEAL_KEYS = env.str("SEAL_KEYS", default=str(VAR_DIR / "seals"))
SEAL_PASSPHRASE = env.str("SEAL_PASSPHRASE", default="")
SEAL_ROOTS = env.str("SEAL_ROOTS", default=str(VAR_DIR / "seals" / "roots.pem"))

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_RAISE_403 = True

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "project.sign_in.adapter.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "5/30m/key,50/30m/ip"}
MFA_ADAPTER = "project.sign_in.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Zhida"

# The province's identity service (OpenID Connect); off while no server is named. OIDC_ID_CLAIM: the claim in which it
# vouches for the citizen ID.
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
OIDC_NAME = env.str("OIDC_NAME", default="统一身份认证")
OIDC_ID_CLAIM = env.str("OIDC_ID_CLAIM", default="")
SOCIALACCOUNT_ADAPTER = "project.sign_in.identity.IdentityAccountAdapter"
SOCIALACCOUNT_PROVIDERS = identity_providers(
    OIDC_SERVER_URL,
    OIDC_NAME,
    env.str("OIDC_CLIENT_ID", default=""),
    env.str("OIDC_CLIENT_SECRET", default=""),
    env.list("OIDC_SCOPE", default=["openid", "profile"]),
)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = env.int("SESSION_SECONDS", default=4 * 60 * 60)
SESSION_SAVE_EVERY_REQUEST = False
# Minutes without an act after which a sign-in ends; who is at a page is warned before.
IDLE_MINUTES_STAFF = env.int("IDLE_MINUTES_STAFF", default=30)
IDLE_MINUTES_APPLICANTS = env.int("IDLE_MINUTES_APPLICANTS", default=60)
# Whose new sign-in ends their earlier ones: staff, all or off.
SINGLE_SESSION = env.str("SINGLE_SESSION", default="off")
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=not DEMO)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEMO)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEMO else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_HSTS_PRELOAD = not DEMO
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Without it every visitor has the proxy's address, and one who mistypes passwords stops sign-in for all.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_policy(OIDC_SERVER_URL)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
FORMAT_MODULE_PATH = ["project.formats"]
LOCALE_PATHS = [BASE_DIR / "project" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Only our own files are served: viewflow's and allauth's pages are not mounted or not theirs.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_DIRS = [BASE_DIR / "project" / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=10 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["people.upload_handler.BoundedUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
# Address of a virus scanner (clamd): unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310. Set and out of reach, uploads stop.
CLAMD = env.str("CLAMD", default="")
CLAMD_SECONDS = env.int("CLAMD_SECONDS", default=20)

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "cache"),
        # Counters of failed sign-ins stand here: few entries would let somebody push them out.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="zhida@localhost")

# By what notices leave the site (telling/gateways): a class a channel; an empty one switches the channel off. A demo
# site writes them into its log.
_console = "telling.gateways.console.Console" if DEMO else ""
TELL_GATEWAYS = {
    "email": env.str("TELL_EMAIL_GATEWAY", default=_console),
    "sms": env.str("TELL_SMS_GATEWAY", default=_console),
}
if PRACTICE:
    TELL_GATEWAYS = {}  # its people are invented, but an invented number may be somebody's
SMS_URL = env.str("SMS_URL", default="")
SMS_KEY = env.str("SMS_KEY", default="")
SMS_SIGN = env.str("SMS_SIGN", default="直达")
SMS_TIMEOUT = env.int("SMS_TIMEOUT", default=10)
SMS_REPORT_SECRET = env.str("SMS_REPORT_SECRET", default="")

# Lines as data for a collector, or plain words for a terminal.
LOGGING = logging_settings(env.str("LOG_STYLE", default="plain" if DEMO else "json"), env.str("LOG_LEVEL", "WARNING"))
# What went wrong and where; never what a visitor sent.
DEFAULT_EXCEPTION_REPORTER = "project.error_reports.BareReporter"
# Who shows this token at /metrics sees the numbers; without one the page does not exist.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
SILENCED_SYSTEM_CHECKS: list[str] = []
