"""The same court and case as the tests of inquiry, with an opened packet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "inquiry"))

from inquiry_world import ABC, CCB, World, account, result, world_make


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Rolled back after the test."""
    from zhixing.platform import scope

    with scope.system("test"):
        yield world_make()


@pytest.fixture
def findings(world: World) -> Callable[..., list[int]]:
    """Opened findings, own unless told otherwise: (agency, number, balance, changes) each. Gives their ids."""
    from zhixing.gateway.domain.storage import canonical_json
    from zhixing.gateway.models import Agency
    from zhixing.inquiry.domain.records import records_of
    from zhixing.inquiry.findings import label_of
    from zhixing.inquiry.models import Finding, Request
    from zhixing.kernel.clock import now
    from zhixing.platform.crypto import blind, new_subject, seal

    def make(*rows: tuple[str, str, str, dict[str, object]]) -> list[int]:
        request = Request.objects.create(
            case=world.case,
            court_key=world.case.court_key,
            party=world.obligor,
            judge=world.staff["judge"],
            menu=["deposit"],
            identifiers=[],
            agencies=[ABC, CCB],
            ruling_no="x",
            draft_id=new_subject(),
            documents={},
            state="opened",
            approved_at=now(),
        )
        made = []
        for agency, number, balance, changes in rows:
            record = next(records_of(result(account(number, balance))))
            name, subject = Agency.objects.get(pk=agency).name, world.case.subject
            fields = {
                "screen": "own",
                "category": "cash",
                "balance": record.balance,
                "available": record.balance,
            } | changes
            made.append(
                Finding.objects.create(
                    request=request,
                    case_id=world.case.pk,
                    court_key=world.case.court_key,
                    party=world.obligor,
                    order_id=new_subject(),
                    agency_code=agency,
                    agency_name=name,
                    version=1,
                    subject=subject,
                    detail_sealed=seal(subject, canonical_json(record.asset)),
                    label_sealed=seal(subject, label_of(record, name)),
                    asset_index=blind("asset", number),
                    judge_id=world.staff["judge"].pk,
                    is_opened=True,
                    **fields,
                ).pk
            )
        return made

    return make
