"""Invented data for the gallery's phone and hall pages. Nothing here exists."""

from __future__ import annotations

from decimal import Decimal

from zhixing.ui.parts import ApprovalStep, BarPart


def phone() -> dict[str, object]:
    """A party's page."""
    return {
        "got": (BarPart(value=Decimal("32000.00"), kind="bg", label="已收到"),),
        "claim": Decimal("86363.68"),
        "steps": (
            ApprovalStep(name="立案", state="done", meta="1 月 21 日"),
            ApprovalStep(name="通知王德海履行", state="done", meta="1 月 29 日，本人签收，到期没有履行"),
            ApprovalStep(name="查找财产，扣划存款", state="done", meta="2 月 27 日，32,000.00 元到法院"),
            ApprovalStep(name="核实线索，继续查找", state="now", meta="3 月 4 日前"),
            ApprovalStep(name="把收到的钱发给您", meta="3 月 19 日前"),
            ApprovalStep(name="结案", meta="7 月 21 日前。超期您可以向上一级法院反映"),
        ),
    }


def hall() -> dict[str, object]:
    """Charts of the command hall (figures are invented)."""
    names = "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 雄安".split()
    nodes = "立案 分案 通知书 报告令 发查询 看反馈 线上控 续封 定价 一拍 认领 发放 结案".split()
    cells = [
        [x, y, (x * 7 + y * 5 + x * y) % 11 // 3, "amber" if x in {4, 6, 10} else "red", "样例"]
        for y in range(len(names))
        for x in range(len(nodes))
    ]
    return {
        "tiles": [
            {"name": name, "open": 8000 + 1313 * i, "late": 30 + 27 * (i % 5), "level": i % 4}
            for i, name in enumerate(names)
        ],
        "flow": {
            "x": ["8时", "9时", "10时", "11时", "12时"],
            "series": [
                {"name": "立案", "values": [0, 560, 1130, 1287, 1302], "tone": "ink"},
                {"name": "结案", "values": [0, 430, 920, 1064, 1100], "tone": "brass"},
                {"name": "上周三立案", "values": [0, 450, 960, 1390, 1720], "tone": "ink2", "dashed": True},
            ],
        },
        "expiry": {
            "y": ["3 日内", "7 日内", "15 日内", "30 日内"],
            "series": [
                {"name": "存款", "values": [318, 846, 2105, 4610], "tone": "ink"},
                {"name": "动产", "values": [70, 201, 522, 1090], "tone": "ink2"},
                {"name": "不动产与其他", "values": [198, 560, 1404, 3020], "tone": "ink3"},
            ],
            "totals": ["586", "1,607", "4,031", "8,720"],
        },
        "tree": {
            "items": [
                {"name": name, "value": value, "note": f"{late}%", "level": level}
                for name, value, late, level in (
                    ("中院", 612, "0.2", 0),
                    ("新华", 1108, "0.6", 1),
                    ("运河", 1342, "0.4", 0),
                    ("沧县", 1420, "0.9", 1),
                    ("南皮", 858, "2.6", 3),
                    ("孟村", 774, "0.4", 0),
                    ("任丘", 2190, "1.8", 2),
                    ("河间", 1500, "0.7", 1),
                )
            ]
        },
        "heat": {"x": nodes, "y": names, "cells": cells},
        "money": {
            "nodes": [
                {"name": "网络扣划", "tone": "ink"},
                {"name": "拍卖价款", "tone": "ink"},
                {"name": "已认领", "tone": "done", "words": "6,915.55"},
                {"name": "已发放", "tone": "done", "words": "5,420.80"},
                {"name": "待发放", "tone": "ink2", "words": "1,494.75"},
            ],
            "links": [
                ["网络扣划", "已认领", 3104.2],
                ["拍卖价款", "已认领", 3811.35],
                ["已认领", "已发放", 5420.8],
                ["已认领", "待发放", 1494.75],
            ],
        },
    }
