"""Where each door is mounted: for machines that watch, and for people."""

from django.urls import include, path

from buckstop.web.views import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("buckstop.web.urls")),
]

handler400 = "buckstop.web.errors.bad_request"
handler403 = "buckstop.web.errors.forbidden"
handler404 = "buckstop.web.errors.not_found"
handler500 = "buckstop.web.errors.failed"
