"""Where somebody is led back to, when a page was told it: never out of here."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def leads_here(request: HttpRequest, address: str) -> bool:
    """Tell whether an address is one of ours, and no less protected than this page."""
    hosts, encrypted = {request.get_host()}, request.is_secure()
    return url_has_allowed_host_and_scheme(address, hosts, require_https=encrypted)
