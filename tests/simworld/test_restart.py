"""Killed with kill -9 again and again, the outside world repeats messages but never an act."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from simworld_court import PAYEE, SECRET

from simworld.institutions.clock import now

SOURCES = Path(__file__).resolve().parents[2] / "src"
HERO, HERO_ID, CARD = "马立群", "130930197403049617", "6228484830000037719"


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(tmp_path, court) -> subprocess.Popen:
    command = [
        sys.executable, "-m", "simworld", "run", "--home", tmp_path, "--court", court.url, "--size", "60",
        "--config", tmp_path / "agencies.json", "--only", "bank:abc", "--poll", "0.02",
    ]  # fmt: skip
    return subprocess.Popen(
        [str(part) for part in command],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        stderr=subprocess.PIPE,
        text=True,
    )


def books(tmp_path) -> dict:
    command = [sys.executable, "-m", "simworld", "books", "--home", str(tmp_path), "--json"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(SOURCES)}, capture_output=True, check=True
    )
    return json.loads(done.stdout)["abc"]


@pytest.mark.slow
def test_kill_and_restart_gives_every_order_and_every_yuan_once(tmp_path, court):
    row = {
        "code": "C1010313000093001", "name": "模拟农业银行孟村支行", "kind": "bank", "username": "YH1",
        "password": "p", "statement_secret": SECRET,
    }  # fmt: skip
    config = {"agencies": [row], "delay_seconds": [0, 0], "faults": "off", "backoff_cap_seconds": 0.1}
    (tmp_path / "agencies.json").write_text(json.dumps(config), encoding="utf-8")
    day = (now() + timedelta(days=300)).strftime("%Y-%m-%d")
    court.order_control("K0", HERO, HERO_ID, [{"KZCS": "01", "KHZH": CARD, "JE": "1000.00", "JSRQ": day}])
    for n in range(1, 6):
        item = {"KZCS": "06", "KHZH": CARD, "JE": "100.00", "ZXKZHZH": PAYEE, "YDJDH": "K0"}
        court.order_control(f"K{n}", HERO, HERO_ID, [item])
    # each time the court has just worked a message whose answer the bank will never read
    for expected in (1, 2, 4):
        process = start(tmp_path, court)
        end = time.monotonic() + 20
        while len(court.fed_back) < expected and time.monotonic() < end:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert len(court.fed_back) >= expected
    process = start(tmp_path, court)
    end = time.monotonic() + 20
    while (len(court.fed_back) < 6 or len(court.statements) < 5) and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=15)
    assert process.returncode == 0
    assert "stopped" in log
    assert HERO not in log
    assert CARD not in log

    found = books(tmp_path)
    assert sorted((o["request_no"], o["amount"]) for o in found["orders"]) == [
        ("K0", "1000.00"), ("K1", "100.00"), ("K2", "100.00"), ("K3", "100.00"), ("K4", "100.00"), ("K5", "100.00"),
    ]  # fmt: skip
    assert [t["state"] for t in found["transfers"]] == ["accepted"] * 5
    assert sorted(line["amount"] for line in court.statements.values()) == ["100.00"] * 5
    mine = next(f for f in found["freezes"] if f["request_no"] == "K0")
    assert (mine["limit_fen"], mine["frozen_fen"]) == (500_00, 500_00)
    assert all(d["state"] == "sent" for d in found["deliveries"])


def test_court_that_comes_late_loses_nothing(make, court, until):
    bank = make("abc")
    court.order_inquiry("B1", HERO, HERO_ID)
    bank.soap.url = "http://127.0.0.1:9/nobody"
    for _ in range(3):
        bank.step()
    assert not court.feedback
    bank.soap.url = court.url + "/gateway/bank-soap-gbk/SyyhConvertDataService"
    until(bank, lambda: court.feedback)
