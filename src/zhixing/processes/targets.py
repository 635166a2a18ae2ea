"""Targets of measures come from screened findings. Read under a named rule, since an approver may not see answers."""

from __future__ import annotations

from zhixing.control.targets import TargetFacts
from zhixing.gateway.domain.assets import Asset, Deposit, FinancialAsset, RealRight
from zhixing.gateway.domain.canonical import Target
from zhixing.gateway.domain.holdings import (
    HousingFundAccount,
    InsurancePolicy,
    PaymentAccount,
    SecuritiesHolding,
    Vehicle,
)
from zhixing.gateway.domain.storage import from_json
from zhixing.gateway.domain.values import Coded
from zhixing.inquiry.models import Finding
from zhixing.platform import scope
from zhixing.platform.crypto import unseal_text


def facts_from_findings(finding_ids: list[int]) -> dict[int, TargetFacts]:
    """Facts of current findings of opened packets, by id."""
    with scope.system("processes.control_targets"):
        rows = list(Finding.objects.filter(pk__in=finding_ids, is_current=True, is_opened=True))
    return {row.pk: _facts(row) for row in rows}


def _facts(row: Finding) -> TargetFacts:
    asset: Asset = from_json(unseal_text(row.subject, row.detail_sealed))
    return TargetFacts(
        finding_id=row.pk,
        case_id=row.case_id,
        party_id=row.party_id,
        agency_code=row.agency_code,
        agency_name=row.agency_name,
        category=row.category,
        label=unseal_text(row.subject, row.label_sealed),
        target=target_of(asset),
        subject=row.subject,
        screen=row.screen,
        available=row.available,
        balance=row.balance,
        exempt_rule=row.exempt_rule,
        exempt_action=row.exempt_action,
        prior_count=row.prior_count,
    )


def target_of(asset: Asset) -> Target:
    """How the agency itself names the thing."""
    match asset.detail:
        case Deposit() as account:
            return Target(
                account_no=account.account_no,
                category=account.category,
                branch=account.branch,
                branch_code=account.branch_code,
            )
        case FinancialAsset() as product:
            return Target(
                asset_name=product.name,
                asset_type=product.type,
                unit=product.unit,
                sales_channel=product.sales_channel,
                region_no=product.region_no,
                product_no=product.product_no,
                wealth_account=product.wealth_account,
                cash_return_account=product.cash_return_account,
                account_no=product.cash_return_account,
            )
        case RealRight() as right:
            return Target(
                right_class=Coded.of(right.right_class),
                unit_no=right.unit_no,
                location=right.location,
                certificate_no=right.certificate_no,
                registry=right.registry,
                business_no=right.business_no,
            )
        case Vehicle() as vehicle:
            return Target(
                asset_name=f"{vehicle.brand} {vehicle.model}".strip(),
                asset_type=vehicle.vehicle_type,
                unit_no=vehicle.vin,
                certificate_no=vehicle.plate_no,
                registry=vehicle.registry,
            )
        case SecuritiesHolding() as security:
            return Target(
                account_no=security.account_no,
                asset_name=security.security_name,
                product_no=security.security_code,
                unit=security.custodian,
            )
        case InsurancePolicy() as policy:
            return Target(asset_name=policy.product, product_no=policy.policy_no, unit=policy.insurer)
        case PaymentAccount() | HousingFundAccount() as account:
            return Target(account_no=account.account_no)
    raise TypeError(f"No measure knows how to aim at {type(asset.detail).__name__}.")
