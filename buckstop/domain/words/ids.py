"""Names of things. Ids inside a case are short, counted per case and never reused."""

from typing import NewType

CaseId = NewType("CaseId", str)
"""One case; unique everywhere (a UUID in the product, any word in a story)."""
PartyId = NewType("PartyId", str)
"""One party of a case, by its part in it: `consumer`, `house`, `merchant`, `courier-2`."""
PersonId = NewType("PersonId", str)
"""A person at the house or an outsourced desk."""
DeskId = NewType("DeskId", str)
"""A team of the house."""

TaskId = NewType("TaskId", str)
ClockId = NewType("ClockId", str)
RequestId = NewType("RequestId", str)
RefusalId = NewType("RefusalId", str)
PromiseId = NewType("PromiseId", str)
ContactId = NewType("ContactId", str)
RecordId = NewType("RecordId", str)
OfferId = NewType("OfferId", str)
RemedyId = NewType("RemedyId", str)
EvidenceId = NewType("EvidenceId", str)
DecisionId = NewType("DecisionId", str)

FactKey = NewType("FactKey", str)
"""A typed statement about the purchase, such as `human-damage` or `used-amount`."""
ProofKind = NewType("ProofKind", str)
"""A kind of proof, such as `inspection-report` or `usage-ledger`."""
RowId = NewType("RowId", str)
"""A row of the table of law or a published rule, such as `CPL-23-3` or `house:respond`."""
