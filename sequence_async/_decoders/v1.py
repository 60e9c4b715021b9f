# Generated from openapi/v1.yaml 1.0.0 (SHA-256 a97065379c9f6122741a19189150f7fcc0fac04076ea31e49b9192017c15e233) by `python -m codegen`; do not edit.
"""The decoders of Sequence API v1: straight-line, strict, and without the path of a mismatch."""

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
from sequence_async.models.v1 import (
    Account,
    AccountNode,
    AccountRole,
    AccountSummary,
    AccountType,
    ActionLimit,
    AllCondition,
    AnyCondition,
    AvalancheAction,
    Balance,
    Card,
    CardStatus,
    CardTransaction,
    CardTransactionDirection,
    CardType,
    ChainableCondition,
    ConditionFact,
    ConditionOperator,
    ConditionParams,
    ConditionValueFact,
    CreateTransferRequest,
    ExecutionTriggerType,
    ExternalAccountType,
    FixedAmountAction,
    FundsTransferredTrigger,
    FundsTransferredTriggerDetails,
    LimitPeriod,
    LinkedAccount,
    ManualTrigger,
    ManualTriggerDetails,
    NextPaymentMinimumAction,
    PageInfo,
    PercentageAction,
    PercentageTarget,
    RoundDownAction,
    Rule,
    RuleAction,
    RuleCondition,
    RuleDraft,
    RuleExecution,
    RuleExecutionStatus,
    RuleExecutionSummary,
    RuleStatus,
    RuleStep,
    RuleSummary,
    ScheduledTrigger,
    ScheduledTriggerDetails,
    ScheduleType,
    SingleCondition,
    SnowballAction,
    TopUpAction,
    Transfer,
    TransferAccountRef,
    TransferDirection,
    TransferOrigin,
    TransferStatus,
    Trigger,
    TriggerDetails,
    TriggeredRule,
    TriggerRuleRequest,
    TriggerType,
    UnknownVariant,
    WebhookEvent,
    WebhookEventName,
    WebhookTransferData,
)

_AccountType = members(AccountType)
_ExternalAccountType = members(ExternalAccountType)
_AccountRole = members(AccountRole)
_TransferDirection = members(TransferDirection)
_TransferOrigin = members(TransferOrigin)
_TransferStatus = members(TransferStatus)
_RuleStatus = members(RuleStatus)
_TriggerType = members(TriggerType)
_ScheduleType = members(ScheduleType)
_ConditionFact = members(ConditionFact)
_ConditionValueFact = members(ConditionValueFact)
_ConditionOperator = members(ConditionOperator)
_LimitPeriod = members(LimitPeriod)
_PercentageTarget = members(PercentageTarget)
_RuleExecutionStatus = members(RuleExecutionStatus)
_ExecutionTriggerType = members(ExecutionTriggerType)
_CardType = members(CardType)
_CardStatus = members(CardStatus)
_CardTransactionDirection = members(CardTransactionDirection)
_WebhookEventName = members(WebhookEventName)
_PageInfo = unfrozen(PageInfo)
_AccountSummary = unfrozen(AccountSummary)
_Account = unfrozen(Account)
_LinkedAccount = unfrozen(LinkedAccount)
_Balance = unfrozen(Balance)
_TransferAccountRef = unfrozen(TransferAccountRef)
_Transfer = unfrozen(Transfer)
_CreateTransferRequest = unfrozen(CreateTransferRequest)
_AccountNode = unfrozen(AccountNode)
_RuleSummary = unfrozen(RuleSummary)
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
_ActionLimit = unfrozen(ActionLimit)
_PercentageAction = unfrozen(PercentageAction)
_FixedAmountAction = unfrozen(FixedAmountAction)
_TopUpAction = unfrozen(TopUpAction)
_RoundDownAction = unfrozen(RoundDownAction)
_NextPaymentMinimumAction = unfrozen(NextPaymentMinimumAction)
_AvalancheAction = unfrozen(AvalancheAction)
_SnowballAction = unfrozen(SnowballAction)
_TriggerRuleRequest = unfrozen(TriggerRuleRequest)
_TriggeredRule = unfrozen(TriggeredRule)
_RuleExecutionSummary = unfrozen(RuleExecutionSummary)
_RuleExecution = unfrozen(RuleExecution)
_ManualTriggerDetails = unfrozen(ManualTriggerDetails)
_ScheduledTriggerDetails = unfrozen(ScheduledTriggerDetails)
_FundsTransferredTriggerDetails = unfrozen(FundsTransferredTriggerDetails)
_Card = unfrozen(Card)
_CardTransaction = unfrozen(CardTransaction)
_WebhookEvent = unfrozen(WebhookEvent)
_WebhookTransferData = unfrozen(WebhookTransferData)


def decode_page_info(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _PageInfo()
    get = raw.get
    model.has_next_page = value = get("has_next_page")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.end_cursor = value = get("end_cursor")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = PageInfo
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
    model.can_be_source = value = raw["can_be_source"]
    if value.__class__ is not bool:
        raise TypeError
    model.description = value = get("description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("external_account_type")
    model.external_account_type = None if value is None else _ExternalAccountType(value) or ExternalAccountType(value)
    model.beneficiary_name = value = get("beneficiary_name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.institution_name = value = get("institution_name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("created_at")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.created_at = value
    value = get("updated_at")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.updated_at = value
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
    model.can_be_source = value = raw["can_be_source"]
    if value.__class__ is not bool:
        raise TypeError
    model.description = value = get("description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("external_account_type")
    model.external_account_type = None if value is None else _ExternalAccountType(value) or ExternalAccountType(value)
    model.beneficiary_name = value = get("beneficiary_name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.institution_name = value = get("institution_name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("created_at")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.created_at = value
    value = get("updated_at")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.updated_at = value
    model.routing_number = value = get("routing_number")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.bank_account_number = value = get("bank_account_number")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("balance")
    model.balance = None if value is None else decode_balance(value)
    model.savings_target_in_cents = value = get("savings_target_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    value = get("linked_account")
    model.linked_account = None if value is None else decode_linked_account(value)
    model.__class__ = Account
    return model


def decode_linked_account(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _LinkedAccount()
    get = raw.get
    model.id = value = get("id")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.name = value = get("name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("type")
    model.type = None if value is None else _AccountType(value) or AccountType(value)
    model.description = value = get("description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("external_account_type")
    model.external_account_type = None if value is None else _ExternalAccountType(value) or ExternalAccountType(value)
    model.beneficiary_name = value = get("beneficiary_name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.institution_name = value = get("institution_name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.can_be_source = value = get("can_be_source")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.routing_number = value = get("routing_number")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.bank_account_number = value = get("bank_account_number")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("balance")
    model.balance = None if value is None else decode_balance(value)
    model.savings_target_in_cents = value = get("savings_target_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.__class__ = LinkedAccount
    return model


def decode_balance(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _Balance()
    get = raw.get
    model.balance_in_cents = value = get("balance_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.available_balance_in_cents = value = get("available_balance_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.last_statement_balance_in_cents = value = get("last_statement_balance_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    value = get("last_statement_date")
    model.last_statement_date = None if value is None else calendar_date(value)
    model.next_payment_minimum_in_cents = value = get("next_payment_minimum_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    value = get("next_payment_due_date")
    model.next_payment_due_date = None if value is None else calendar_date(value)
    value = get("balance_last_updated_at")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.balance_last_updated_at = value
    model.error = value = get("error")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("interest_rate_percentage")
    model.interest_rate_percentage = None if value is None else number(value)
    model.original_loan_amount_in_cents = value = get("original_loan_amount_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.__class__ = Balance
    return model


def decode_transfer_account_ref(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TransferAccountRef()
    get = raw.get
    model.name = value = raw["name"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["type"]
    model.type = _AccountType(value) or AccountType(value)
    model.id = value = get("id")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.is_deleted = value = get("is_deleted")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.__class__ = TransferAccountRef
    return model


def decode_transfer(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _Transfer()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.amount_in_cents = value = raw["amount_in_cents"]
    if value.__class__ is not int:
        raise TypeError
    value = raw["direction"]
    model.direction = _TransferDirection(value) or TransferDirection(value)
    value = raw["origin"]
    model.origin = _TransferOrigin(value) or TransferOrigin(value)
    value = raw["status"]
    model.status = _TransferStatus(value) or TransferStatus(value)
    value = get("source")
    model.source = None if value is None else decode_transfer_account_ref(value)
    value = get("destination")
    model.destination = None if value is None else decode_transfer_account_ref(value)
    model.rule_id = value = get("rule_id")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.rule_execution_id = value = get("rule_execution_id")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.error_code = value = get("error_code")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("created_at")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.created_at = value
    value = get("completed_at")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.completed_at = value
    model.__class__ = Transfer
    return model


def decode_create_transfer_request(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _CreateTransferRequest()
    get = raw.get
    model.source_account_id = value = raw["source_account_id"]
    if value.__class__ is not str:
        raise TypeError
    model.destination_account_id = value = raw["destination_account_id"]
    if value.__class__ is not str:
        raise TypeError
    model.amount_in_cents = value = raw["amount_in_cents"]
    if value.__class__ is not int:
        raise TypeError
    model.description = value = get("description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = CreateTransferRequest
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


def decode_rule_summary(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleSummary()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["status"]
    model.status = _RuleStatus(value) or RuleStatus(value)
    value = raw["trigger_type"]
    model.trigger_type = _TriggerType(value) or TriggerType(value)
    value = raw["created_at"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    value = raw["updated_at"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.updated_at = value
    model.nickname = value = get("nickname")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.description = value = get("description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("source")
    model.source = None if value is None else decode_account_node(value)
    model.__class__ = RuleSummary
    return model


def decode_rule(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _Rule()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["status"]
    model.status = _RuleStatus(value) or RuleStatus(value)
    model.trigger = decode_trigger(raw["trigger"])
    model.steps = tuple(map(decode_rule_step, array(raw["steps"])))
    value = raw["created_at"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    value = raw["updated_at"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.updated_at = value
    model.nickname = value = get("nickname")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.description = value = get("description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = Rule
    return model


def decode_rule_draft(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleDraft()
    get = raw.get
    value = raw["status"]
    model.status = _RuleStatus(value) or RuleStatus(value)
    model.trigger = decode_trigger(raw["trigger"])
    model.steps = tuple(map(decode_rule_step, array(raw["steps"])))
    model.nickname = value = get("nickname")
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
    model.account_id = value = raw["account_id"]
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
    value = get("schedule_type")
    model.schedule_type = None if value is None else _ScheduleType(value) or ScheduleType(value)
    value = get("start_date")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.start_date = value
    model.account_id = value = get("account_id")
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
    model.account_id = value = get("account_id")
    if value is not None and value.__class__ is not str:
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
    model.account_id = value = get("account_id")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = ConditionParams
    return model


def decode_rule_condition(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleCondition()
    get = raw.get
    value = raw["fact"]
    model.fact = _ConditionFact(value) or ConditionFact(value)
    value = raw["operator"]
    model.operator = _ConditionOperator(value) or ConditionOperator(value)
    model.value = value = get("value")
    if value is not None and value.__class__ is not int:
        raise TypeError
    value = get("value_fact")
    model.value_fact = None if value is None else _ConditionValueFact(value) or ConditionValueFact(value)
    value = get("params")
    model.params = None if value is None else decode_condition_params(value)
    model.__class__ = RuleCondition
    return model


def decode_action_limit(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ActionLimit()
    get = raw.get
    value = get("period")
    model.period = None if value is None else _LimitPeriod(value) or LimitPeriod(value)
    model.amount_in_cents = value = get("amount_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.__class__ = ActionLimit
    return model


def decode_percentage_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _PercentageAction()
    get = raw.get
    model.source = decode_account_node(raw["source"])
    model.destination = decode_account_node(raw["destination"])
    model.group_index = value = raw["group_index"]
    if value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = raw["up_to_enabled"]
    if value.__class__ is not bool:
        raise TypeError
    if get("type", "percentage") != "percentage":
        raise ValueError
    model.type = "percentage"
    model.percentage_value = number(raw["percentage_value"])
    value = raw["percentage_target"]
    model.percentage_target = _PercentageTarget(value) or PercentageTarget(value)
    model.is_direct_deposit = value = get("is_direct_deposit")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    value = get("limit")
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = get("ach_description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = PercentageAction
    return model


def decode_fixed_amount_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _FixedAmountAction()
    get = raw.get
    model.source = decode_account_node(raw["source"])
    model.destination = decode_account_node(raw["destination"])
    model.group_index = value = raw["group_index"]
    if value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = raw["up_to_enabled"]
    if value.__class__ is not bool:
        raise TypeError
    if get("type", "fixed_amount") != "fixed_amount":
        raise ValueError
    model.type = "fixed_amount"
    model.amount_in_cents = value = raw["amount_in_cents"]
    if value.__class__ is not int:
        raise TypeError
    model.is_direct_deposit = value = get("is_direct_deposit")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    value = get("limit")
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = get("ach_description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = FixedAmountAction
    return model


def decode_top_up_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TopUpAction()
    get = raw.get
    if get("type", "top_up") != "top_up":
        raise ValueError
    model.type = "top_up"
    value = get("source")
    model.source = None if value is None else decode_account_node(value)
    value = get("destination")
    model.destination = None if value is None else decode_account_node(value)
    model.group_index = value = get("group_index")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = get("up_to_enabled")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = get("is_direct_deposit")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    value = get("limit")
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = get("ach_description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = TopUpAction
    return model


def decode_round_down_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RoundDownAction()
    get = raw.get
    if get("type", "round_down") != "round_down":
        raise ValueError
    model.type = "round_down"
    value = get("source")
    model.source = None if value is None else decode_account_node(value)
    value = get("destination")
    model.destination = None if value is None else decode_account_node(value)
    model.group_index = value = get("group_index")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = get("up_to_enabled")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = get("is_direct_deposit")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    value = get("limit")
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = get("ach_description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = RoundDownAction
    return model


def decode_next_payment_minimum_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _NextPaymentMinimumAction()
    get = raw.get
    if get("type", "next_payment_minimum") != "next_payment_minimum":
        raise ValueError
    model.type = "next_payment_minimum"
    value = get("source")
    model.source = None if value is None else decode_account_node(value)
    value = get("destination")
    model.destination = None if value is None else decode_account_node(value)
    model.group_index = value = get("group_index")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = get("up_to_enabled")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = get("is_direct_deposit")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    value = get("limit")
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = get("ach_description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = NextPaymentMinimumAction
    return model


def decode_avalanche_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _AvalancheAction()
    get = raw.get
    if get("type", "avalanche") != "avalanche":
        raise ValueError
    model.type = "avalanche"
    value = get("source")
    model.source = None if value is None else decode_account_node(value)
    value = get("destination")
    model.destination = None if value is None else decode_account_node(value)
    model.group_index = value = get("group_index")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = get("up_to_enabled")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = get("is_direct_deposit")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    value = get("limit")
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = get("ach_description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = AvalancheAction
    return model


def decode_snowball_action(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _SnowballAction()
    get = raw.get
    if get("type", "snowball") != "snowball":
        raise ValueError
    model.type = "snowball"
    value = get("source")
    model.source = None if value is None else decode_account_node(value)
    value = get("destination")
    model.destination = None if value is None else decode_account_node(value)
    model.group_index = value = get("group_index")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.up_to_enabled = value = get("up_to_enabled")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.is_direct_deposit = value = get("is_direct_deposit")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    value = get("limit")
    model.limit = None if value is None else decode_action_limit(value)
    model.ach_description = value = get("ach_description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = SnowballAction
    return model


def decode_trigger_rule_request(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TriggerRuleRequest()
    get = raw.get
    model.manual_execute_amount = value = get("manual_execute_amount")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.__class__ = TriggerRuleRequest
    return model


def decode_triggered_rule(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TriggeredRule()
    get = raw.get
    model.execution_id = value = get("execution_id")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = TriggeredRule
    return model


def decode_rule_execution_summary(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleExecutionSummary()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.rule_id = value = get("rule_id")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.rule_name = value = get("rule_name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("trigger_type")
    model.trigger_type = None if value is None else _ExecutionTriggerType(value) or ExecutionTriggerType(value)
    value = get("status")
    model.status = None if value is None else _RuleExecutionStatus(value) or RuleExecutionStatus(value)
    value = get("created_at")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.created_at = value
    model.__class__ = RuleExecutionSummary
    return model


def decode_rule_execution(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RuleExecution()
    get = raw.get
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.rule_id = value = raw["rule_id"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["trigger_type"]
    model.trigger_type = _ExecutionTriggerType(value) or ExecutionTriggerType(value)
    value = raw["status"]
    model.status = _RuleExecutionStatus(value) or RuleExecutionStatus(value)
    value = raw["created_at"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    model.rule_name = value = get("rule_name")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("trigger_details")
    model.trigger_details = None if value is None else decode_trigger_details(value)
    model.step_index_matched = value = get("step_index_matched")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.conditions_not_met = value = get("conditions_not_met")
    if value is not None and value.__class__ is not bool:
        raise TypeError
    model.transfers_attempted = value = get("transfers_attempted")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.transfers_completed = value = get("transfers_completed")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.transfers_failed = value = get("transfers_failed")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.transfers_pending = value = get("transfers_pending")
    if value is not None and value.__class__ is not int:
        raise TypeError
    value = get("transfer_ids")
    model.transfer_ids = None if value is None else tuple(map(text, array(value)))
    model.error_message = value = get("error_message")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("next_attempt_at")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.next_attempt_at = value
    model.__class__ = RuleExecution
    return model


def decode_manual_trigger_details(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ManualTriggerDetails()
    get = raw.get
    if get("type", "manual") != "manual":
        raise ValueError
    model.type = "manual"
    model.amount_in_cents = value = get("amount_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.__class__ = ManualTriggerDetails
    return model


def decode_scheduled_trigger_details(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _ScheduledTriggerDetails()
    get = raw.get
    if get("type", "scheduled") != "scheduled":
        raise ValueError
    model.type = "scheduled"
    value = get("scheduled_time")
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
    if get("type", "on_funds_transferred") != "on_funds_transferred":
        raise ValueError
    model.type = "on_funds_transferred"
    model.amount_in_cents = value = get("amount_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.__class__ = FundsTransferredTriggerDetails
    return model


def decode_card(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _Card()
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["type"]
    model.type = _CardType(value) or CardType(value)
    value = raw["status"]
    model.status = _CardStatus(value) or CardStatus(value)
    model.last_four = value = raw["last_four"]
    if value.__class__ is not str:
        raise TypeError
    model.holder_name = value = raw["holder_name"]
    if value.__class__ is not str:
        raise TypeError
    model.expiration_date = value = raw["expiration_date"]
    if value.__class__ is not str:
        raise TypeError
    model.account_id = value = raw["account_id"]
    if value.__class__ is not str:
        raise TypeError
    value = raw["created_at"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    model.__class__ = Card
    return model


def decode_card_transaction(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _CardTransaction()
    get = raw.get
    model.id = value = get("id")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("direction")
    model.direction = None if value is None else _CardTransactionDirection(value) or CardTransactionDirection(value)
    model.amount_in_cents = value = get("amount_in_cents")
    if value is not None and value.__class__ is not int:
        raise TypeError
    model.description = value = get("description")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("created_at")
    if value is not None:
        value = parse_moment(value)
        if value.tzinfo is None:
            raise ValueError
    model.created_at = value
    model.__class__ = CardTransaction
    return model


def decode_webhook_event(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _WebhookEvent()
    value = raw["event"]
    model.event = _WebhookEventName(value) or WebhookEventName(value)
    value = raw["created_at"]
    value = parse_moment(value)
    if value.tzinfo is None:
        raise ValueError
    model.created_at = value
    model.data = decode_webhook_transfer_data(raw["data"])
    model.__class__ = WebhookEvent
    return model


def decode_webhook_transfer_data(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _WebhookTransferData()
    get = raw.get
    model.transfer_id = value = get("transfer_id")
    if value is not None and value.__class__ is not str:
        raise TypeError
    value = get("previous_status")
    model.previous_status = None if value is None else _TransferStatus(value) or TransferStatus(value)
    model.__class__ = WebhookTransferData
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
    "percentage": decode_percentage_action,
    "fixed_amount": decode_fixed_amount_action,
    "top_up": decode_top_up_action,
    "round_down": decode_round_down_action,
    "next_payment_minimum": decode_next_payment_minimum_action,
    "avalanche": decode_avalanche_action,
    "snowball": decode_snowball_action,
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
    "manual": decode_manual_trigger_details,
    "scheduled": decode_scheduled_trigger_details,
    "on_funds_transferred": decode_funds_transferred_trigger_details,
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
    PageInfo: decode_page_info,
    AccountSummary: decode_account_summary,
    Account: decode_account,
    LinkedAccount: decode_linked_account,
    Balance: decode_balance,
    TransferAccountRef: decode_transfer_account_ref,
    Transfer: decode_transfer,
    CreateTransferRequest: decode_create_transfer_request,
    AccountNode: decode_account_node,
    RuleSummary: decode_rule_summary,
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
    ActionLimit: decode_action_limit,
    PercentageAction: decode_percentage_action,
    FixedAmountAction: decode_fixed_amount_action,
    TopUpAction: decode_top_up_action,
    RoundDownAction: decode_round_down_action,
    NextPaymentMinimumAction: decode_next_payment_minimum_action,
    AvalancheAction: decode_avalanche_action,
    SnowballAction: decode_snowball_action,
    TriggerRuleRequest: decode_trigger_rule_request,
    TriggeredRule: decode_triggered_rule,
    RuleExecutionSummary: decode_rule_execution_summary,
    RuleExecution: decode_rule_execution,
    ManualTriggerDetails: decode_manual_trigger_details,
    ScheduledTriggerDetails: decode_scheduled_trigger_details,
    FundsTransferredTriggerDetails: decode_funds_transferred_trigger_details,
    Card: decode_card,
    CardTransaction: decode_card_transaction,
    WebhookEvent: decode_webhook_event,
    WebhookTransferData: decode_webhook_transfer_data,
    Trigger: decode_trigger,
    ChainableCondition: decode_chainable_condition,
    RuleAction: decode_rule_action,
    TriggerDetails: decode_trigger_details,
}
"""The decoder of each model and union."""
