"""Django's settings, fed by the environment; `docs/operations.md` lists what can be set."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb
from typing import Any

import structlog
from django.utils.csp import CSP

from buckstop import database

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = database.make_home()

ORIGIN = os.environ.get("BUCKSTOP_ORIGIN", "http://localhost:8000")
DEBUG = os.environ.get("BUCKSTOP_DEBUG") == "1"
OPERATIONS_TOKEN = os.environ.get("BUCKSTOP_OPERATIONS_TOKEN", "")
"""Lets in who asks for health and metrics from another machine."""

# Each web process writes its counts into files here, and any of them tells those of all.
METRICS_DIR = DATA_DIR / "metrics"
METRICS_DIR.mkdir(mode=0o700, exist_ok=True)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)  # its library looks nowhere else
PROXIES = int(os.environ.get("BUCKSTOP_PROXIES", "0"))
"""How many proxies of ours each request comes through: they tell where it comes from."""

ALLOWED_HOSTS = os.environ.get("BUCKSTOP_HOSTS", "localhost,127.0.0.1,[::1]").split(",")


def _secret_key() -> str:
    """Read the key of this checkout; the first start makes it, whole and private."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        draft = DATA_DIR / f"secret_key-{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        with suppress(FileExistsError):  # another process was faster
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


SECRET_KEY = os.environ.get("BUCKSTOP_SECRET_KEY") or _secret_key()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "buckstop.records.log",
    "buckstop.records.operations",
    "buckstop.records.houses",
    "buckstop.records.people",
    "buckstop.records.evidence",
    "buckstop.records.cases",
    "buckstop.web",
]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["buckstop.records.people.sign_in.PersonBackend"]

PROJECTIONS = ["buckstop.records.cases.projections"]
"""Dotted paths of the modules that keep tables in step with facts, in order."""

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "buckstop.web.counting.counted",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "buckstop.web.middleware.speak",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "buckstop.web.middleware.Doorkeeper",
]

ROOT_URLCONF = "buckstop.urls"
WSGI_APPLICATION = "buckstop.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "buckstop" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "buckstop.web.context.frame",
            ],
            "builtins": [
                "django.templatetags.static",
                "buckstop.web.templatetags.pages",
                "django_htmx.templatetags.django_htmx",
            ],
        },
    },
]

# The app's role is bound by row security; the owner's is for migrations alone.
DATABASES = {"default": database.settings_for("app"), "owner": database.settings_for("owner")}
APP_ROLE = database.role_name("app")

HOUSE = os.environ.get("BUCKSTOP_HOUSE", "demo")
"""The house that a visitor without a case is at; the first one if none has this word."""

CSRF_FAILURE_VIEW = "buckstop.web.errors.forged"
SESSION_SERIALIZER = "buckstop.web.sessions.Sealed"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "buckstop" / "web" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "buckstop" / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
VAULT_DIR = Path(os.environ.get("BUCKSTOP_VAULT") or DATA_DIR / "vault").absolute()

# A long complaint is welcome; a flood is not. Files stream to disk and do not count here.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = None  # `Crowd` lets in only so many, and keeps the words
FILE_UPLOAD_HANDLERS = [
    "buckstop.web.uploads.Crowd",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

_ENCRYPTED = ORIGIN.startswith("https://")
CSRF_TRUSTED_ORIGINS = [ORIGIN]
# By this mark a browser takes them from this very host only, not from one beside it.
_MARK = "__Host-" if _ENCRYPTED else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_MARK}sessionid", f"{_MARK}csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _ENCRYPTED
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if _ENCRYPTED else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _ENCRYPTED else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

_LOGGED = frozenset(
    {
        *("event", "level", "logger", "timestamp", "took_ms"),
        *("case", "house", "code", "step", "status", "method", "route", "request"),
    }
)


def _without_personal_data(
    _logger: Any,  # noqa: ANN401 - structlog's own signature
    _method: str,
    entry: structlog.typing.EventDict,
) -> structlog.typing.EventDict:
    """Keep known keys only; of an exception, what it is and where, never what it says."""
    kept = {key: value for key, value in entry.items() if key in _LOGGED or key[0] == "_"}
    kept |= _of_request(entry.get("_record"))
    match entry.get("exc_info"):
        case (kind, _, trace) if kind is not None:
            kept["exception"] = kind.__name__
            kept["at"] = [f"{step.filename}:{step.lineno}" for step in extract_tb(trace)]
    return kept


def _of_request(record: object) -> dict[str, object]:
    """Say of a request what was asked and answered: the name of its route, never its path.

    Django's own text is a pattern for what is left out here.
    """
    request = getattr(record, "request", None)
    if not hasattr(record, "status_code") or request is None:
        return {}
    match = getattr(request, "resolver_match", None)
    return {
        "event": "a request failed",
        "status": record.status_code,
        "method": getattr(request, "method", None),
        "route": match.view_name if match else None,
    }


_BEFORE: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _BEFORE,
            "processors": [
                _without_personal_data,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "use_get_message": False,
        },
    },
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["lines"], "level": os.environ.get("BUCKSTOP_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Each request has a line of its own; another only tells where an error was.
        "django.request": {"level": "ERROR"},
    },
}
structlog.configure(
    processors=[*_BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
