"""The config file: all problems at once, each a sentence."""

from __future__ import annotations

import json

import pytest

from simworld.catalog import agency_for
from simworld.config import ConfigError, read_config
from simworld.institutions.faults import FaultSettings, fault_for


def write(tmp_path, data) -> object:
    path = tmp_path / "agencies.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_good_file_is_read(tmp_path):
    row = {
        "code": "C1010313000093001", "name": "模拟农业银行孟村支行", "kind": "bank", "username": "YH1",
        "password": "p", "statement_secret": "s",
    }  # fmt: skip
    data = {"agencies": [row], "sms_token": "t", "faults": "off", "delay_seconds": [0, 1]}
    config = read_config(write(tmp_path, data), seed=3)
    assert config.agencies[0].username == "YH1"
    assert config.settings.faults.scale == 0.0
    assert config.settings.delay_for("x") == (0.0, 1.0)
    assert "'p'" not in repr(config)


def test_all_problems_are_told_at_once(tmp_path):
    data = {"agencies": [{"code": "1", "name": "甲", "kind": "shop"}, 5], "faults": {"chances": {"rain": 1}}}
    with pytest.raises(ConfigError) as caught:
        read_config(write(tmp_path, data), seed=1)
    text = "\n".join(caught.value.problems)
    for part in (
        "username、password",
        "应为 bank、realty、vehicle",
        "应为 17 位机构代码",
        "第 2 项应为对象",
        "rain",
    ):
        assert part in text


def test_agency_is_found_by_name_when_the_code_is_another():
    assert agency_for(code="X" * 17, name="中国建设银行孟村支行", kind="bank").key == "ccb"
    assert agency_for(code="X" * 17, name="某登记中心", kind="realty").key == "realty"
    assert agency_for(code="X" * 17, name="某银行", kind="bank") is None


def test_faults_are_fixed_by_seed_and_stay_moderate():
    def draw(seed: int) -> list[str]:
        return [
            fault_for(
                FaultSettings(),
                seed=seed,
                code="C",
                institution="bank",
                kind="inquiry",
                request_no=f"B{n}",
                subject="甲",
            )
            for n in range(1000)
        ]

    first = draw(1)
    assert first == draw(1)
    assert first != draw(2)
    assert 150 < sum(bool(f) for f in first) < 330
    assert "rejected_later" not in first
