"""One case after the other: what fails in one keeps no other from its turn."""

from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError

from buckstop.domain.words.ids import CaseId
from buckstop.records.log.isolation import HouseId

_log = structlog.get_logger(__name__)


def went(failing: str, house: HouseId, case: CaseId, todo: Callable[[], None]) -> bool:
    """Do something of one case; if that fails, log it and return False, so that others go on.

    A database that is away is raised: nobody can go on.
    """
    try:
        todo()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this case's alone
        told = (type(error), error, error.__traceback__)
        _log.error(failing, case=case, house=house, exc_info=told)
        return False
    return True
