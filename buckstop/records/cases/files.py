"""The files of a case, for who may see it."""

from buckstop.domain.cases.state.case import replay
from buckstop.domain.words.ids import CaseId, EvidenceId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.evidence.queries import Served, served
from buckstop.records.log import store
from buckstop.records.people.access import Viewer, require_sight


def file_of(case: CaseId, evidence: EvidenceId, viewer: Viewer) -> Served:
    """Give an item of a case to any of its parties or the desk; others learn of no such case."""
    require_sight(viewer, house=viewer.house, case=case)
    item = replay(store.read(store.head(case))).evidence.every.get(evidence)
    if item is None:
        raise NotAllowed("no-such-file")
    return served(case, item.sha256, viewer, submitted=True)
