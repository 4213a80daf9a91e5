"""What every template knows."""

from django.http import HttpRequest

from buckstop.records.people.access import DESK_PEOPLE, Capacity
from buckstop.web import language


def frame(request: HttpRequest) -> dict[str, object]:
    """Give the frame of the page its language, and who is signed in."""
    person = getattr(request, "person", None)
    spoken = language.spoken()
    return {
        "lang": {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(spoken, spoken),
        "spoken": spoken,
        "languages": language.NAMES,
        "page_path": request.get_full_path() if request.method == "GET" else request.path,
        "refused": getattr(request, "refused", None),
        "demo": getattr(request, "is_demo", False),
        "signed_in": person
        and {
            "name": person.name,
            "face": person.name[-1:],
            "supervisor": person.role == Capacity.SUPERVISOR,
            "sees_cases": person.role in DESK_PEOPLE,
            "operator": person.role in {Capacity.SUPERVISOR, Capacity.ADMIN},
        },
    }
