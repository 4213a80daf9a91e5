"""The kinds of proof that requests, burdens and grounds list."""

from buckstop.domain.words.ids import ProofKind

ORDER_RECORD = ProofKind("order-record")
INVOICE = ProofKind("invoice")
PAYMENT_RECORD = ProofKind("payment-record")
BANK_STATEMENT = ProofKind("bank-statement")
FAULT_RECORD = ProofKind("fault-record")
UNBOXING_RECORD = ProofKind("unboxing-record")
APPRAISAL_REPORT = ProofKind("appraisal-report")
JOINT_CONDITION_RECORD = ProofKind("joint-condition-record")
REPAIR_RECORD = ProofKind("repair-record")
HAND_IN_RECORD = ProofKind("hand-in-record")
ACTIVATION_RECORD = ProofKind("activation-record")
PURCHASE_CONFIRMATION = ProofKind("purchase-confirmation")
DELIVERY_RECORD = ProofKind("delivery-record")
WAYBILL = ProofKind("waybill")
PACKING_RECORD = ProofKind("packing-record")
LISTING_VERSION = ProofKind("listing-version")
CHAT_RECORD = ProofKind("chat-record")
CONSENT_RECORD = ProofKind("consent-record")
USAGE_LEDGER = ProofKind("usage-ledger")
CUSTODY_STATEMENT = ProofKind("custody-statement")
CONTRACT = ProofKind("contract")
IDENTITY_RECORD = ProofKind("identity-record")
COMPETENCE_LIST = ProofKind("competence-list")
FINDING_NAMING_OTHER = ProofKind("finding-naming-other")
STOCK_RECORD = ProofKind("stock-record")
COURT_NOTICE = ProofKind("court-notice")
FREIGHT_RECEIPT = ProofKind("freight-receipt")
PURCHASE_RECORD = ProofKind("purchase-record")

PROOFS = frozenset(
    {
        ORDER_RECORD, INVOICE, PAYMENT_RECORD, BANK_STATEMENT, FAULT_RECORD, UNBOXING_RECORD,
        APPRAISAL_REPORT, JOINT_CONDITION_RECORD, REPAIR_RECORD, HAND_IN_RECORD,
        ACTIVATION_RECORD, PURCHASE_CONFIRMATION, DELIVERY_RECORD, WAYBILL, PACKING_RECORD,
        LISTING_VERSION, CHAT_RECORD, CONSENT_RECORD, USAGE_LEDGER, CUSTODY_STATEMENT, CONTRACT,
        IDENTITY_RECORD, COMPETENCE_LIST, FINDING_NAMING_OTHER, STOCK_RECORD, COURT_NOTICE,
        FREIGHT_RECEIPT, PURCHASE_RECORD,
    }
)  # fmt: skip
"""Every kind of proof that the law lists."""
