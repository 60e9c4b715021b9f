# Generated from openapi/platform.yaml 1.0.0 (SHA-256 6ab6758fcdd4353fd1c62a183740d243229c5741b2d7ea20c9fae90ac39894f8) by `python -m codegen`; do not edit.
"""The decoders of Sequence platform API v1: straight-line, strict, and without the path of a mismatch."""

from collections.abc import Callable
from typing import Any, Final

from sequence_async._decoders._runtime import (
    array,
    calendar_date,
    members,
    number,
    parse_moment,
    text,
    unfrozen,
)
from sequence_async.models.platform import (
    Account,
    AccountNode,
    AccountRole,
    AccountState,
    AccountSummary,
    AccountSummaryPage,
    AccountType,
    ActionLimit,
    AllCondition,
    AnyCondition,
    AuditLogAction,
    AuditLogEntry,
    AuditLogEntryPage,
    AuditLogOutcome,
    Balance,
    CardTransaction,
    CardTransactionPage,
    CardTransactionStatus,
    CardTransactionSubtype,
    CardType,
    ChainableCondition,
    ConditionFact,
    ConditionOperator,
    ConditionParams,
    ConditionValueFact,
    CreateTransferRequest,
    ErrorCode,
    ExecutionMode,
    ExecutionTriggerType,
    ExternalAccountType,
    ExternalTransaction,
    ExternalTransactionPage,
    ExternalTransactionStatus,
    FixedAction,
    FundsTransferredTrigger,
    FundsTransferredTriggerDetails,
    LastStatementBalanceAction,
    LimitPeriod,
    LinkedAccount,
    LinkedAccountSummary,
    ListMode,
    ManualTrigger,
    ManualTriggerDetails,
    NextPaymentMinimumAction,
    Pagination,
    PercentageAction,
    PercentageLiabilityBalanceAction,
    PercentageTarget,
    RemoteApiTriggerDetails,
    RoundDownAction,
    Rule,
    RuleAction,
    RuleCondition,
    RuleDraft,
    RuleExecution,
    RuleExecutionStatus,
    RuleExecutionSummary,
    RuleExecutionSummaryPage,
    RuleStatus,
    RuleStep,
    RuleSummary,
    RuleSummaryPage,
    ScheduledTrigger,
    ScheduledTriggerDetails,
    ScheduleType,
    SequenceApiTriggerDetails,
    SingleCondition,
    TopUpAction,
    TotalAmountDueAction,
    TransactionDirection,
    Transfer,
    TransferAccountRef,
    TransferAccountType,
    TransferDirection,
    TransferErrorCode,
    TransferOrigin,
    TransferPage,
    TransferStatus,
    Trigger,
    TriggerDetails,
    TriggeredRule,
    TriggerRuleRequest,
    UnknownVariant,
)

_ErrorCode = members(ErrorCode)
_ExecutionMode = members(ExecutionMode)
_ListMode = members(ListMode)
_AccountType = members(AccountType)
_AccountState = members(AccountState)
_ExternalAccountType = members(ExternalAccountType)
_AccountRole = members(AccountRole)
_TransferDirection = members(TransferDirection)
_TransferOrigin = members(TransferOrigin)
_TransferStatus = members(TransferStatus)
_TransferErrorCode = members(TransferErrorCode)
_TransferAccountType = members(TransferAccountType)
_RuleStatus = members(RuleStatus)
_ScheduleType = members(ScheduleType)
_ConditionFact = members(ConditionFact)
_ConditionValueFact = members(ConditionValueFact)
_ConditionOperator = members(ConditionOperator)
_LimitPeriod = members(LimitPeriod)
_PercentageTarget = members(PercentageTarget)
_RuleExecutionStatus = members(RuleExecutionStatus)
_ExecutionTriggerType = members(ExecutionTriggerType)
_TransactionDirection = members(TransactionDirection)
_ExternalTransactionStatus = members(ExternalTransactionStatus)
_CardType = members(CardType)
_CardTransactionSubtype = members(CardTransactionSubtype)
_CardTransactionStatus = members(CardTransactionStatus)
_AuditLogAction = members(AuditLogAction)
_AuditLogOutcome = members(AuditLogOutcome)
_Pagination = unfrozen(Pagination)
_LinkedAccountSummary = unfrozen(LinkedAccountSummary)
_LinkedAccount = unfrozen(LinkedAccount)
_AccountSummary = unfrozen(AccountSummary)
_Account = unfrozen(Account)
_AccountSummaryPage = unfrozen(AccountSummaryPage)
_Balance = unfrozen(Balance)
_TransferAccountRef = unfrozen(TransferAccountRef)
_Transfer = unfrozen(Transfer)
_TransferPage = unfrozen(TransferPage)
_CreateTransferRequest = unfrozen(CreateTransferRequest)
_RuleSummary = unfrozen(RuleSummary)
_RuleSummaryPage = unfrozen(RuleSummaryPage)
_Rule = unfrozen(Rule)
_RuleDraft = unfrozen(RuleDraft)
_FundsTransferredTrigger = unfrozen(FundsTransferredTrigger)
_ScheduledTrigger = unfrozen(ScheduledTrigger)
_ManualTrigger = unfrozen(ManualTrigger)
_RuleStep = unfrozen(RuleStep)
_SingleCondition = unfrozen(SingleCondition)
_AnyCondition = unfrozen(AnyCondition)
_AllCondition = unfrozen(AllCondition)
_ConditionParams = unfrozen(ConditionParams)
_RuleCondition = unfrozen(RuleCondition)
_AccountNode = unfrozen(AccountNode)
_ActionLimit = unfrozen(ActionLimit)
_FixedAction = unfrozen(FixedAction)
_PercentageAction = unfrozen(PercentageAction)
_TopUpAction = unfrozen(TopUpAction)
_RoundDownAction = unfrozen(RoundDownAction)
_NextPaymentMinimumAction = unfrozen(NextPaymentMinimumAction)
_TotalAmountDueAction = unfrozen(TotalAmountDueAction)
_LastStatementBalanceAction = unfrozen(LastStatementBalanceAction)
_PercentageLiabilityBalanceAction = unfrozen(PercentageLiabilityBalanceAction)
_TriggerRuleRequest = unfrozen(TriggerRuleRequest)
_TriggeredRule = unfrozen(TriggeredRule)
_RuleExecutionSummary = unfrozen(RuleExecutionSummary)
_RuleExecutionSummaryPage = unfrozen(RuleExecutionSummaryPage)
_RuleExecution = unfrozen(RuleExecution)
_ManualTriggerDetails = unfrozen(ManualTriggerDetails)
_SequenceApiTriggerDetails = unfrozen(SequenceApiTriggerDetails)
_ScheduledTriggerDetails = unfrozen(ScheduledTriggerDetails)
_FundsTransferredTriggerDetails = unfrozen(FundsTransferredTriggerDetails)
_RemoteApiTriggerDetails = unfrozen(RemoteApiTriggerDetails)
_ExternalTransaction = unfrozen(ExternalTransaction)
_ExternalTransactionPage = unfrozen(ExternalTransactionPage)
_CardTransaction = unfrozen(CardTransaction)
_CardTransactionPage = unfrozen(CardTransactionPage)
_AuditLogEntry = unfrozen(AuditLogEntry)
_AuditLogEntryPage = unfrozen(AuditLogEntryPage)


def decode_pagination(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _Pagination()
    get = raw.get
    model.page = value = get("page")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.page_size = value = get("pageSize")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.has_next_page = value = get("hasNextPage")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.__class__ = Pagination
    return model


def decode_linked_account_summary(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _LinkedAccountSummary()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.name = value = raw["name"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["type"]
    model.type = _AccountType(value) or AccountType(value)
    model.description = value = raw["description"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = raw["externalAccountType"]
    model.external_account_type = None if value is None else _ExternalAccountType(value) or ExternalAccountType(value)
    model.beneficiary_name = value = raw["beneficiaryName"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.institution_name = value = raw["institutionName"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.can_be_source = value = raw["canBeSource"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    value = raw["updatedAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.updated_at = value
    value = raw["deletedAt"]
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.deleted_at = value
    model.can_be_destination = value = get("canBeDestination")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.__class__ = LinkedAccountSummary
    return model


def decode_linked_account(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _LinkedAccount()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.name = value = raw["name"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["type"]
    model.type = _AccountType(value) or AccountType(value)
    model.description = value = raw["description"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = raw["externalAccountType"]
    model.external_account_type = None if value is None else _ExternalAccountType(value) or ExternalAccountType(value)
    model.beneficiary_name = value = raw["beneficiaryName"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.institution_name = value = raw["institutionName"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.can_be_source = value = raw["canBeSource"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    value = raw["updatedAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.updated_at = value
    value = raw["deletedAt"]
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.deleted_at = value
    model.routing_number = value = raw["routingNumber"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.bank_account_number = value = raw["bankAccountNumber"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = raw["balance"]
    model.balance = None if value is None else decode_balance(value)
    model.savings_target_in_cents = value = raw["savingsTargetInCents"]
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.can_be_destination = value = get("canBeDestination")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.__class__ = LinkedAccount
    return model


def decode_account_summary(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _AccountSummary()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.name = value = raw["name"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["type"]
    model.type = _AccountType(value) or AccountType(value)
    model.description = value = raw["description"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = raw["externalAccountType"]
    model.external_account_type = None if value is None else _ExternalAccountType(value) or ExternalAccountType(value)
    model.beneficiary_name = value = raw["beneficiaryName"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.institution_name = value = raw["institutionName"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.can_be_source = value = raw["canBeSource"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    value = raw["updatedAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.updated_at = value
    value = raw["deletedAt"]
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.deleted_at = value
    model.can_be_destination = value = get("canBeDestination")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    value = get("linkedAccount")
    model.linked_account = None if value is None else decode_linked_account_summary(value)
    model.__class__ = AccountSummary
    return model


def decode_account(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _Account()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.name = value = raw["name"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["type"]
    model.type = _AccountType(value) or AccountType(value)
    model.description = value = raw["description"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = raw["externalAccountType"]
    model.external_account_type = None if value is None else _ExternalAccountType(value) or ExternalAccountType(value)
    model.beneficiary_name = value = raw["beneficiaryName"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.institution_name = value = raw["institutionName"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.can_be_source = value = raw["canBeSource"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    value = raw["updatedAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.updated_at = value
    value = raw["deletedAt"]
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.deleted_at = value
    model.routing_number = value = raw["routingNumber"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.bank_account_number = value = raw["bankAccountNumber"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = raw["balance"]
    model.balance = None if value is None else decode_balance(value)
    model.savings_target_in_cents = value = raw["savingsTargetInCents"]
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.can_be_destination = value = get("canBeDestination")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    value = get("linkedAccount")
    model.linked_account = None if value is None else decode_linked_account(value)
    model.__class__ = Account
    return model


def decode_account_summary_page(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _AccountSummaryPage()
    model.items = tuple(map(decode_account_summary, array(raw["items"])))
    model.pagination = decode_pagination(raw["pagination"])
    model.__class__ = AccountSummaryPage
    return model


def decode_balance(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _Balance()
    get = raw.get
    model.balance_in_cents = value = get("balanceInCents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.available_balance_in_cents = value = get("availableBalanceInCents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.last_statement_balance_in_cents = value = get("lastStatementBalanceInCents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    value = get("lastStatementDate")
    model.last_statement_date = None if value is None else calendar_date(value)
    model.next_payment_minimum_in_cents = value = get("nextPaymentMinimumInCents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    value = get("nextPaymentDueDate")
    model.next_payment_due_date = None if value is None else calendar_date(value)
    value = get("balanceLastUpdatedAt")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.balance_last_updated_at = value
    model.error = value = get("error")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("interestRatePercentage")
    model.interest_rate_percentage = None if value is None else number(value)
    model.original_loan_amount_in_cents = value = get("originalLoanAmountInCents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.__class__ = Balance
    return model


def decode_transfer_account_ref(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TransferAccountRef()
    model.id = value = raw["id"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.name = value = raw["name"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["type"]
    model.type = _TransferAccountType(value) or TransferAccountType(value)
    model.is_deleted = value = raw["isDeleted"]
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.__class__ = TransferAccountRef
    return model


def decode_transfer(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _Transfer()
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.amount_in_cents = value = raw["amountInCents"]
    if value.__class__ is not int:
        raise TypeError
    value = raw["direction"]
    model.direction = _TransferDirection(value) or TransferDirection(value)
    value = raw["origin"]
    model.origin = _TransferOrigin(value) or TransferOrigin(value)
    value = raw["source"]
    model.source = None if value is None else decode_transfer_account_ref(value)
    value = raw["destination"]
    model.destination = None if value is None else decode_transfer_account_ref(value)
    value = raw["status"]
    model.status = _TransferStatus(value) or TransferStatus(value)
    value = raw["executionMode"]
    model.execution_mode = _ExecutionMode(value) or ExecutionMode(value)
    model.rule_id = value = raw["ruleId"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.rule_execution_id = value = raw["ruleExecutionId"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = raw["errorCode"]
    model.error_code = None if value is None else _TransferErrorCode(value) or TransferErrorCode(value)
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    value = raw["completedAt"]
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.completed_at = value
    model.__class__ = Transfer
    return model


def decode_transfer_page(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TransferPage()
    model.items = tuple(map(decode_transfer, array(raw["items"])))
    model.pagination = decode_pagination(raw["pagination"])
    model.__class__ = TransferPage
    return model


def decode_create_transfer_request(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _CreateTransferRequest()
    get = raw.get
    model.source_account_id = value = raw["sourceAccountId"]
    if value.__class__ is not str:
        raise TypeError
    model.destination_account_id = value = raw["destinationAccountId"]
    if value.__class__ is not str:
        raise TypeError
    model.amount_in_cents = value = raw["amountInCents"]
    if value.__class__ is not int:
        raise TypeError
    model.description = value = get("description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.simulation = value = get("simulation")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.__class__ = CreateTransferRequest
    return model


def decode_rule_summary(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleSummary()
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.name = value = raw["name"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.description = value = raw["description"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = raw["status"]
    model.status = _RuleStatus(value) or RuleStatus(value)
    model.is_supported = value = raw["isSupported"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    value = raw["updatedAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.updated_at = value
    value = raw["deletedAt"]
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.deleted_at = value
    model.__class__ = RuleSummary
    return model


def decode_rule_summary_page(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleSummaryPage()
    model.items = tuple(map(decode_rule_summary, array(raw["items"])))
    model.pagination = decode_pagination(raw["pagination"])
    model.__class__ = RuleSummaryPage
    return model


def decode_rule(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _Rule()
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.name = value = raw["name"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.description = value = raw["description"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = raw["status"]
    model.status = _RuleStatus(value) or RuleStatus(value)
    model.trigger = decode_trigger(raw["trigger"])
    model.steps = tuple(map(decode_rule_step, array(raw["steps"])))
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    value = raw["updatedAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.updated_at = value
    value = raw["deletedAt"]
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.deleted_at = value
    model.__class__ = Rule
    return model


def decode_rule_draft(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleDraft()
    get = raw.get
    model.trigger = decode_trigger(raw["trigger"])
    model.steps = tuple(map(decode_rule_step, array(raw["steps"])))
    model.name = value = get("name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.description = value = get("description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = RuleDraft
    return model


def decode_funds_transferred_trigger(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _FundsTransferredTrigger()
    get = raw.get
    if get("type", "ON_FUNDS_TRANSFERRED") != "ON_FUNDS_TRANSFERRED":
        raise ValueError
    model.type = "ON_FUNDS_TRANSFERRED"
    model.account_id = value = raw["accountId"]
    if value.__class__ is not str:
        raise TypeError
    model.__class__ = FundsTransferredTrigger
    return model


def decode_scheduled_trigger(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ScheduledTrigger()
    get = raw.get
    if get("type", "SCHEDULED") != "SCHEDULED":
        raise ValueError
    model.type = "SCHEDULED"
    value = raw["scheduleType"]
    model.schedule_type = _ScheduleType(value) or ScheduleType(value)
    value = raw["startDate"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.start_date = value
    model.account_id = value = raw["accountId"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = ScheduledTrigger
    return model


def decode_manual_trigger(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ManualTrigger()
    get = raw.get
    if get("type", "MANUAL") != "MANUAL":
        raise ValueError
    model.type = "MANUAL"
    model.account_id = value = raw["accountId"]
    if value.__class__ is not str:
        raise TypeError
    model.__class__ = ManualTrigger
    return model


def decode_rule_step(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleStep()
    value = raw["conditions"]
    model.conditions = None if value is None else decode_chainable_condition(value)
    model.actions = tuple(map(decode_rule_action, array(raw["actions"])))
    model.__class__ = RuleStep
    return model


def decode_single_condition(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _SingleCondition()
    model.condition = decode_rule_condition(raw["condition"])
    model.__class__ = SingleCondition
    return model


def decode_any_condition(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _AnyCondition()
    model.any = tuple(map(decode_chainable_condition, array(raw["any"])))
    model.__class__ = AnyCondition
    return model


def decode_all_condition(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _AllCondition()
    model.all = tuple(map(decode_chainable_condition, array(raw["all"])))
    model.__class__ = AllCondition
    return model


def decode_condition_params(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ConditionParams()
    get = raw.get
    model.account_id = value = get("accountId")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = ConditionParams
    return model


def decode_rule_condition(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleCondition()
    value = raw["fact"]
    model.fact = _ConditionFact(value) or ConditionFact(value)
    value = raw["operator"]
    model.operator = _ConditionOperator(value) or ConditionOperator(value)
    model.value = value = raw["value"]
    if value is not None and value.__class__ is not int:
        raise TypeError
    value = raw["valueFact"]
    model.value_fact = None if value is None else _ConditionValueFact(value) or ConditionValueFact(value)
    value = raw["params"]
    model.params = None if value is None else decode_condition_params(value)
    model.__class__ = RuleCondition
    return model


def decode_account_node(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _AccountNode()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["type"]
    model.type = _AccountType(value) or AccountType(value)
    model.name = value = get("name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = AccountNode
    return model


def decode_action_limit(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ActionLimit()
    value = raw["period"]
    model.period = _LimitPeriod(value) or LimitPeriod(value)
    model.amount_in_cents = value = raw["amountInCents"]
    if value.__class__ is not int:
        raise TypeError
    model.__class__ = ActionLimit
    return model


def decode_fixed_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _FixedAction()
    get = raw.get
    model.source = decode_account_node(raw["source"])
    model.destination = decode_account_node(raw["destination"])
    model.group_index = value = raw["groupIndex"]
    if value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = raw["upToEnabled"]
    if value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = raw["isDirectDeposit"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["limit"]
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = raw["achDescription"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    if get("type", "FIXED") != "FIXED":
        raise ValueError
    model.type = "FIXED"
    model.amount_in_cents = value = raw["amountInCents"]
    if value.__class__ is not int:
        raise TypeError
    model.__class__ = FixedAction
    return model


def decode_percentage_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _PercentageAction()
    get = raw.get
    model.source = decode_account_node(raw["source"])
    model.destination = decode_account_node(raw["destination"])
    model.group_index = value = raw["groupIndex"]
    if value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = raw["upToEnabled"]
    if value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = raw["isDirectDeposit"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["limit"]
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = raw["achDescription"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    if get("type", "PERCENTAGE") != "PERCENTAGE":
        raise ValueError
    model.type = "PERCENTAGE"
    model.percentage_value = number(raw["percentageValue"])
    value = raw["percentageTarget"]
    model.percentage_target = _PercentageTarget(value) or PercentageTarget(value)
    model.__class__ = PercentageAction
    return model


def decode_top_up_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TopUpAction()
    get = raw.get
    model.source = decode_account_node(raw["source"])
    model.destination = decode_account_node(raw["destination"])
    model.group_index = value = raw["groupIndex"]
    if value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = raw["upToEnabled"]
    if value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = raw["isDirectDeposit"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["limit"]
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = raw["achDescription"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    if get("type", "TOP_UP") != "TOP_UP":
        raise ValueError
    model.type = "TOP_UP"
    model.amount_in_cents = value = raw["amountInCents"]
    if value is not None and value.__class__ is not int:
        raise TypeError
    value = raw["nextPaymentMinimumAccount"]
    model.next_payment_minimum_account = None if value is None else decode_account_node(value)
    value = raw["currentBalanceAccount"]
    model.current_balance_account = None if value is None else decode_account_node(value)
    value = raw["lastStatementBalanceAccount"]
    model.last_statement_balance_account = None if value is None else decode_account_node(value)
    model.__class__ = TopUpAction
    return model


def decode_round_down_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RoundDownAction()
    get = raw.get
    model.source = decode_account_node(raw["source"])
    model.destination = decode_account_node(raw["destination"])
    model.group_index = value = raw["groupIndex"]
    if value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = raw["upToEnabled"]
    if value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = raw["isDirectDeposit"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["limit"]
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = raw["achDescription"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    if get("type", "ROUND_DOWN") != "ROUND_DOWN":
        raise ValueError
    model.type = "ROUND_DOWN"
    model.amount_in_cents = value = raw["amountInCents"]
    if value.__class__ is not int:
        raise TypeError
    model.__class__ = RoundDownAction
    return model


def decode_next_payment_minimum_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _NextPaymentMinimumAction()
    get = raw.get
    model.source = decode_account_node(raw["source"])
    model.destination = decode_account_node(raw["destination"])
    model.group_index = value = raw["groupIndex"]
    if value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = raw["upToEnabled"]
    if value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = raw["isDirectDeposit"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["limit"]
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = raw["achDescription"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    if get("type", "NEXT_PAYMENT_MINIMUM") != "NEXT_PAYMENT_MINIMUM":
        raise ValueError
    model.type = "NEXT_PAYMENT_MINIMUM"
    model.__class__ = NextPaymentMinimumAction
    return model


def decode_total_amount_due_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TotalAmountDueAction()
    get = raw.get
    model.source = decode_account_node(raw["source"])
    model.destination = decode_account_node(raw["destination"])
    model.group_index = value = raw["groupIndex"]
    if value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = raw["upToEnabled"]
    if value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = raw["isDirectDeposit"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["limit"]
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = raw["achDescription"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    if get("type", "TOTAL_AMOUNT_DUE") != "TOTAL_AMOUNT_DUE":
        raise ValueError
    model.type = "TOTAL_AMOUNT_DUE"
    model.__class__ = TotalAmountDueAction
    return model


def decode_last_statement_balance_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _LastStatementBalanceAction()
    get = raw.get
    model.source = decode_account_node(raw["source"])
    model.destination = decode_account_node(raw["destination"])
    model.group_index = value = raw["groupIndex"]
    if value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = raw["upToEnabled"]
    if value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = raw["isDirectDeposit"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["limit"]
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = raw["achDescription"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    if get("type", "LAST_STATEMENT_BALANCE") != "LAST_STATEMENT_BALANCE":
        raise ValueError
    model.type = "LAST_STATEMENT_BALANCE"
    model.__class__ = LastStatementBalanceAction
    return model


def decode_percentage_liability_balance_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _PercentageLiabilityBalanceAction()
    get = raw.get
    model.source = decode_account_node(raw["source"])
    model.destination = decode_account_node(raw["destination"])
    model.group_index = value = raw["groupIndex"]
    if value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = raw["upToEnabled"]
    if value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = raw["isDirectDeposit"]
    if value.__class__ is not bool:
        raise TypeError
    value = raw["limit"]
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = raw["achDescription"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    if get("type", "PERCENTAGE_LIABILITY_BALANCE") != "PERCENTAGE_LIABILITY_BALANCE":
        raise ValueError
    model.type = "PERCENTAGE_LIABILITY_BALANCE"
    model.percentage_value = number(raw["percentageValue"])
    model.__class__ = PercentageLiabilityBalanceAction
    return model


def decode_trigger_rule_request(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TriggerRuleRequest()
    get = raw.get
    model.execute_amount = value = get("executeAmount")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.simulation = value = get("simulation")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.__class__ = TriggerRuleRequest
    return model


def decode_triggered_rule(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TriggeredRule()
    model.execution_id = value = raw["executionId"]
    if value.__class__ is not str:
        raise TypeError
    model.__class__ = TriggeredRule
    return model


def decode_rule_execution_summary(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleExecutionSummary()
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.rule_id = value = raw["ruleId"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["status"]
    model.status = _RuleExecutionStatus(value) or RuleExecutionStatus(value)
    value = raw["executionMode"]
    model.execution_mode = _ExecutionMode(value) or ExecutionMode(value)
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    model.__class__ = RuleExecutionSummary
    return model


def decode_rule_execution_summary_page(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleExecutionSummaryPage()
    model.items = tuple(map(decode_rule_execution_summary, array(raw["items"])))
    model.pagination = decode_pagination(raw["pagination"])
    model.__class__ = RuleExecutionSummaryPage
    return model


def decode_rule_execution(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleExecution()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.rule_id = value = raw["ruleId"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["status"]
    model.status = _RuleExecutionStatus(value) or RuleExecutionStatus(value)
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    model.trigger_details = decode_trigger_details(raw["triggerDetails"])
    model.step_index_matched = value = raw["stepIndexMatched"]
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.conditions_not_met = value = raw["conditionsNotMet"]
    if value.__class__ is not bool:
        raise TypeError
    model.transfers_attempted = value = raw["transfersAttempted"]
    if value.__class__ is not int:
        raise TypeError
    model.transfers_completed = value = raw["transfersCompleted"]
    if value.__class__ is not int:
        raise TypeError
    model.transfers_failed = value = raw["transfersFailed"]
    if value.__class__ is not int:
        raise TypeError
    model.transfers_pending = value = raw["transfersPending"]
    if value.__class__ is not int:
        raise TypeError
    model.transfer_ids = tuple(map(text, array(raw["transferIds"])))
    model.error_message = value = raw["errorMessage"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = raw["nextAttemptAt"]
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.next_attempt_at = value
    value = get("executionMode")
    model.execution_mode = None if value is None else _ExecutionMode(value) or ExecutionMode(value)
    model.__class__ = RuleExecution
    return model


def decode_manual_trigger_details(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ManualTriggerDetails()
    get = raw.get
    if get("type", "MANUAL") != "MANUAL":
        raise ValueError
    model.type = "MANUAL"
    model.amount_in_cents = value = raw["amountInCents"]
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.__class__ = ManualTriggerDetails
    return model


def decode_sequence_api_trigger_details(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _SequenceApiTriggerDetails()
    get = raw.get
    if get("type", "SEQUENCE_API") != "SEQUENCE_API":
        raise ValueError
    model.type = "SEQUENCE_API"
    model.amount_in_cents = value = raw["amountInCents"]
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.__class__ = SequenceApiTriggerDetails
    return model


def decode_scheduled_trigger_details(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ScheduledTriggerDetails()
    get = raw.get
    if get("type", "SCHEDULED") != "SCHEDULED":
        raise ValueError
    model.type = "SCHEDULED"
    value = raw["scheduledTime"]
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.scheduled_time = value
    model.__class__ = ScheduledTriggerDetails
    return model


def decode_funds_transferred_trigger_details(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _FundsTransferredTriggerDetails()
    get = raw.get
    if get("type", "ON_FUNDS_TRANSFERRED") != "ON_FUNDS_TRANSFERRED":
        raise ValueError
    model.type = "ON_FUNDS_TRANSFERRED"
    model.amount_in_cents = value = raw["amountInCents"]
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.__class__ = FundsTransferredTriggerDetails
    return model


def decode_remote_api_trigger_details(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RemoteApiTriggerDetails()
    get = raw.get
    if get("type", "REMOTE_API") != "REMOTE_API":
        raise ValueError
    model.type = "REMOTE_API"
    model.__class__ = RemoteApiTriggerDetails
    return model


def decode_external_transaction(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ExternalTransaction()
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.account_id = value = raw["accountId"]
    if value.__class__ is not str:
        raise TypeError
    model.amount_in_cents = value = raw["amountInCents"]
    if value.__class__ is not int:
        raise TypeError
    value = raw["direction"]
    model.direction = _TransactionDirection(value) or TransactionDirection(value)
    value = raw["status"]
    model.status = _ExternalTransactionStatus(value) or ExternalTransactionStatus(value)
    model.description = value = raw["description"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["transactionDate"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.transaction_date = value
    model.__class__ = ExternalTransaction
    return model


def decode_external_transaction_page(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ExternalTransactionPage()
    model.items = tuple(map(decode_external_transaction, array(raw["items"])))
    model.pagination = decode_pagination(raw["pagination"])
    model.__class__ = ExternalTransactionPage
    return model


def decode_card_transaction(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _CardTransaction()
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.card_id = value = raw["cardId"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["cardType"]
    model.card_type = _CardType(value) or CardType(value)
    model.account = decode_transfer_account_ref(raw["account"])
    value = raw["direction"]
    model.direction = _TransactionDirection(value) or TransactionDirection(value)
    value = raw["subtype"]
    model.subtype = _CardTransactionSubtype(value) or CardTransactionSubtype(value)
    value = raw["status"]
    model.status = _CardTransactionStatus(value) or CardTransactionStatus(value)
    model.amount_in_cents = value = raw["amountInCents"]
    if value.__class__ is not int:
        raise TypeError
    model.description = value = raw["description"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    value = raw["completedAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.completed_at = value
    model.__class__ = CardTransaction
    return model


def decode_card_transaction_page(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _CardTransactionPage()
    model.items = tuple(map(decode_card_transaction, array(raw["items"])))
    model.pagination = decode_pagination(raw["pagination"])
    model.__class__ = CardTransactionPage
    return model


def decode_audit_log_entry(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _AuditLogEntry()
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["createdAt"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    model.api_key_id = value = raw["apiKeyId"]
    if value.__class__ is not str:
        raise TypeError
    model.api_key_name = value = raw["apiKeyName"]
    if value.__class__ is not str:
        raise TypeError
    model.path = value = raw["path"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["action"]
    model.action = None if value is None else _AuditLogAction(value) or AuditLogAction(value)
    model.request_id = value = raw["requestId"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["outcome"]
    model.outcome = _AuditLogOutcome(value) or AuditLogOutcome(value)
    model.error_code = value = raw["errorCode"]
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = AuditLogEntry
    return model


def decode_audit_log_entry_page(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _AuditLogEntryPage()
    model.items = tuple(map(decode_audit_log_entry, array(raw["items"])))
    model.pagination = decode_pagination(raw["pagination"])
    model.__class__ = AuditLogEntryPage
    return model


_Trigger = {
    "ON_FUNDS_TRANSFERRED": decode_funds_transferred_trigger,
    "SCHEDULED": decode_scheduled_trigger,
    "MANUAL": decode_manual_trigger,
}.get


def decode_trigger(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    tag = raw["type"]
    if tag.__class__ is not str:
        raise TypeError
    decode = _Trigger(tag)
    return UnknownVariant(tag=tag, raw=raw) if decode is None else decode(raw)


_ChainableCondition = (
    ("condition", decode_single_condition),
    ("any", decode_any_condition),
    ("all", decode_all_condition),
)


def decode_chainable_condition(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    found = [decode for member, decode in _ChainableCondition if raw.get(member) is not None]
    return found[0](raw) if len(found) == 1 else UnknownVariant(tag=None, raw=raw)


_RuleAction = {
    "FIXED": decode_fixed_action,
    "PERCENTAGE": decode_percentage_action,
    "TOP_UP": decode_top_up_action,
    "ROUND_DOWN": decode_round_down_action,
    "NEXT_PAYMENT_MINIMUM": decode_next_payment_minimum_action,
    "TOTAL_AMOUNT_DUE": decode_total_amount_due_action,
    "LAST_STATEMENT_BALANCE": decode_last_statement_balance_action,
    "PERCENTAGE_LIABILITY_BALANCE": decode_percentage_liability_balance_action,
}.get


def decode_rule_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    tag = raw["type"]
    if tag.__class__ is not str:
        raise TypeError
    decode = _RuleAction(tag)
    return UnknownVariant(tag=tag, raw=raw) if decode is None else decode(raw)


_TriggerDetails = {
    "MANUAL": decode_manual_trigger_details,
    "SEQUENCE_API": decode_sequence_api_trigger_details,
    "SCHEDULED": decode_scheduled_trigger_details,
    "ON_FUNDS_TRANSFERRED": decode_funds_transferred_trigger_details,
    "REMOTE_API": decode_remote_api_trigger_details,
}.get


def decode_trigger_details(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    tag = raw["type"]
    if tag.__class__ is not str:
        raise TypeError
    decode = _TriggerDetails(tag)
    return UnknownVariant(tag=tag, raw=raw) if decode is None else decode(raw)


DECODERS: Final[dict[Any, Callable[[Any], Any]]] = {
    Pagination: decode_pagination,
    LinkedAccountSummary: decode_linked_account_summary,
    LinkedAccount: decode_linked_account,
    AccountSummary: decode_account_summary,
    Account: decode_account,
    AccountSummaryPage: decode_account_summary_page,
    Balance: decode_balance,
    TransferAccountRef: decode_transfer_account_ref,
    Transfer: decode_transfer,
    TransferPage: decode_transfer_page,
    CreateTransferRequest: decode_create_transfer_request,
    RuleSummary: decode_rule_summary,
    RuleSummaryPage: decode_rule_summary_page,
    Rule: decode_rule,
    RuleDraft: decode_rule_draft,
    FundsTransferredTrigger: decode_funds_transferred_trigger,
    ScheduledTrigger: decode_scheduled_trigger,
    ManualTrigger: decode_manual_trigger,
    RuleStep: decode_rule_step,
    SingleCondition: decode_single_condition,
    AnyCondition: decode_any_condition,
    AllCondition: decode_all_condition,
    ConditionParams: decode_condition_params,
    RuleCondition: decode_rule_condition,
    AccountNode: decode_account_node,
    ActionLimit: decode_action_limit,
    FixedAction: decode_fixed_action,
    PercentageAction: decode_percentage_action,
    TopUpAction: decode_top_up_action,
    RoundDownAction: decode_round_down_action,
    NextPaymentMinimumAction: decode_next_payment_minimum_action,
    TotalAmountDueAction: decode_total_amount_due_action,
    LastStatementBalanceAction: decode_last_statement_balance_action,
    PercentageLiabilityBalanceAction: decode_percentage_liability_balance_action,
    TriggerRuleRequest: decode_trigger_rule_request,
    TriggeredRule: decode_triggered_rule,
    RuleExecutionSummary: decode_rule_execution_summary,
    RuleExecutionSummaryPage: decode_rule_execution_summary_page,
    RuleExecution: decode_rule_execution,
    ManualTriggerDetails: decode_manual_trigger_details,
    SequenceApiTriggerDetails: decode_sequence_api_trigger_details,
    ScheduledTriggerDetails: decode_scheduled_trigger_details,
    FundsTransferredTriggerDetails: decode_funds_transferred_trigger_details,
    RemoteApiTriggerDetails: decode_remote_api_trigger_details,
    ExternalTransaction: decode_external_transaction,
    ExternalTransactionPage: decode_external_transaction_page,
    CardTransaction: decode_card_transaction,
    CardTransactionPage: decode_card_transaction_page,
    AuditLogEntry: decode_audit_log_entry,
    AuditLogEntryPage: decode_audit_log_entry_page,
    Trigger: decode_trigger,
    ChainableCondition: decode_chainable_condition,
    RuleAction: decode_rule_action,
    TriggerDetails: decode_trigger_details,
}
"""The decoder of each model and union."""
