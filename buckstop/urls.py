"""Where each door for people is mounted."""

from django.urls import include, path

urlpatterns = [path("", include("buckstop.web.urls"))]

handler400 = "buckstop.web.errors.bad_request"
handler403 = "buckstop.web.errors.forbidden"
handler404 = "buckstop.web.errors.not_found"
handler500 = "buckstop.web.errors.failed"
