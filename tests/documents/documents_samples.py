"""Invented contents for every kind of document."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

MOMENT = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
COURT = "孟村回族自治县人民法院"
CASE = "（2026）冀0930执123号"
PERSON = {
    "role": "被执行人", "name": "马立群", "is_person": True, "sex": "男", "ethnicity": "回族", "born": "1974-03-15",
    "id_number": "130930197403150016", "address": "河北省孟村回族自治县孟村镇建设大街锦绣苑3号楼2单元501室",
}  # fmt: skip
COMPANY = {
    "role": "申请执行人", "name": "沧州恒达管道装备有限公司", "is_person": False,
    "id_number": "91130930MA0XXXXX1K", "address": "河北省孟村回族自治县城北工业园恒达路6号",
    "representative": "孙志远", "representative_title": "经理",
}  # fmt: skip
CONTACT = {
    "person": "王晓楠",
    "phone": "0317-6720000",
    "address": "河北省孟村回族自治县建设大街88号",
    "postcode": "061400",
}
ACCOUNT = {"holder": COURT, "bank": "示例银行孟村支行", "account": "62280000093020260000123"}
OFFICERS = [
    {"name": "张文清", "work_card": "冀0930-0017", "duty_card": "冀执0930017"},
    {"name": "郝建新", "work_card": "冀0930-0021", "duty_card": "冀执0930021"},
]
ITEMS = [
    {
        "institution": "示例农业银行股份有限公司孟村支行",
        "account": "6228480000000000123",
        "amount": "300000.00",
    },
    {
        "institution": "示例支付科技有限公司",
        "account": "2088000000000001",
        "what": "支付账户资金",
        "amount": "267323.54",
    },
]
HOUSE = {
    "location": "河北省孟村回族自治县孟村镇建设大街锦绣苑3号楼2单元501室",
    "certificate": "冀（2019）孟村县不动产权第0001234号", "unit_number": "130930001001GB00012F00030021",
}  # fmt: skip
STEPS = [
    {"role": "承办人意见", "name": "张文清", "opinion": "拟同意，请审批。", "day": "2026-03-04"},
    {"role": "执行局局长", "name": "刘振国", "opinion": "同意。", "day": "2026-03-04"},
]
HEAD = {"court": COURT, "number": CASE, "issued_on": "2026-03-04"}
SIDES = {
    **HEAD, "case_number": CASE, "cause": "买卖合同纠纷", "applicants": [COMPANY], "debtors": [PERSON],
    "instrument": {"issuer": "本院", "number": "（2025）冀0930民初871号", "name": "民事判决书"}, "contact": CONTACT,
}  # fmt: skip
RULING = {
    **SIDES, "number": CASE + "之一", "notified_on": "2026-02-02", "debtor": "马立群",
    "signers": [{"role": "审判员", "name": "张文清"}, {"role": "书记员", "name": "王晓楠"}],
}  # fmt: skip
ASSIST = {
    **HEAD, "number": CASE + "之一", "addressee": "示例农业银行股份有限公司", "case_number": CASE,
    "ruling_number": CASE + "之一", "applicant_names": COMPANY["name"], "cause": "买卖合同纠纷", "debtor": "马立群",
    "debtor_id": PERSON["id_number"], "officers": OFFICERS, "phone": "0317-6720000",
}  # fmt: skip
SUBJECTS = [
    {"name": "马立群", "id_kind": "居民身份证", "id_number": "130930197403150016"},
    {"name": "孟村县立群管件经营部", "id_kind": "统一社会信用代码", "id_number": "92130930MA0YYYYY2X"},
]
PERIOD = {"term_months": 12, "starts_on": "2026-03-04", "ends_on": "2027-03-03"}

SAMPLES: dict[str, dict[str, Any]] = {
    "acceptance_notice": {
        **SIDES, "addressee": COMPANY["name"], "applied_on": "2026-01-26", "docketed_on": "2026-01-28",
        "judge": "张文清", "clerk": "王晓楠", "clue_days": 7,
    },
    "enforcement_notice": {
        **SIDES, "addressee": "马立群", "applied_on": "2026-01-26", "docketed_on": "2026-01-28", "perform_days": 7,
        "duties": ["向申请执行人沧州恒达管道装备有限公司支付货款人民币558200元及违约金。", "负担案件受理费人民币4691元。"],
        "enforcement_fee": "7982.00", "account": ACCOUNT,
    },
    "declaration_order": {
        **SIDES, "addressee": "马立群", "docketed_on": "2026-01-28", "report_days": 10, "look_back_years": 1,
        "supplement_days": 10,
    },
    "inquiry_approval": {
        **SIDES, "drafter": "张文清",
        "subjects": [{"name": "马立群", "id_kind": "居民身份证", "id_number": "130930********0016"}],
        "menu": ["银行存款、理财产品：示例农业银行等 3 家", "不动产登记：孟村回族自治县不动产登记中心"],
        "reason": "被执行人收到执行通知书后逾期未履行，需要查明财产。", "steps": STEPS,
    },
    "inquiry_ruling": {
        **{k: v for k, v in RULING.items() if k != "debtor"}, "subjects": ["马立群"],
        "scope": "银行存款、理财产品、支付账户资金、证券、不动产、车辆等财产",
    },
    "deposit_inquiry_notice": {
        **HEAD, "number": CASE + "之一", "addressee": "示例农业银行股份有限公司", "case_number": CASE,
        "ruling_number": CASE + "之一", "request_number": "130930202603040000000000000001", "subjects": SUBJECTS,
        "items": ["名下全部账户的账号、状态、余额和可用余额。", "理财产品等金融资产。", "已有冻结措施、优先权和共有情况。"],
        "movements_from": "2025-03-01", "movements_until": "2026-03-03", "answer_hours": 24, "officers": OFFICERS,
        "phone": "0317-6720000",
    },
    "realty_inquiry_notice": {
        **HEAD, "number": CASE + "之一", "addressee": "孟村回族自治县不动产登记中心", "case_number": CASE,
        "ruling_number": CASE + "之一", "subjects": SUBJECTS[:1], "officers": OFFICERS, "phone": "0317-6720000",
        "items": ["权属登记、共有情况。", "抵押、查封、异议和预告登记。"],
    },
    "property_inquiry_notice": {
        **HEAD, "number": CASE + "之一", "addressee": "示例车辆管理所", "case_number": CASE,
        "ruling_number": CASE + "之一", "subjects": SUBJECTS[:1], "officers": OFFICERS, "phone": "0317-6720000",
        "items": ["号牌、车型、状态、抵押、查封。"],
    },
    "freeze_ruling": {
        **RULING, "property_text": "银行存款、理财产品、支付账户资金", "limit": "567323.54", "term_months": 12,
        "renew_request_days": 15, "accounts": ITEMS,
    },
    "freeze_notice": {**ASSIST, **PERIOD, "accounts": ITEMS[:1]},
    "renew_freeze_ruling": {
        **RULING, "number": CASE + "之三", "term_months": 12, "earlier_ruling": CASE + "之一", "expires_on": "2027-03-03",
        "accounts": ITEMS, "issued_on": "2027-02-20",
    },
    "renew_freeze_notice": {
        **ASSIST, "term_months": 12, "starts_on": "2027-03-01", "ends_on": "2028-02-29", "accounts": ITEMS[:1],
        "earlier_notice": CASE + "之一",
    },
    "release_freeze_ruling": {
        **RULING, "number": CASE + "之四", "earlier_ruling": CASE + "之一",
        "ground": "生效法律文书确定的债务已经全部清偿", "accounts": ITEMS,
    },
    "release_freeze_notice": {**ASSIST, "accounts": ITEMS[:1], "earlier_notice": CASE + "之一"},
    "deduct_ruling": {**RULING, "number": CASE + "之二", "total": "567323.54", "accounts": ITEMS},
    "deduct_notice": {
        **ASSIST, "number": CASE + "之二", "ruling_number": CASE + "之二", "accounts": ITEMS[:1], "total": "300000.00",
        "account": ACCOUNT,
    },
    "seal_ruling": {**RULING, "things": [HOUSE], "term_months": 36, "renew_request_days": 15},
    "seal_notice": {
        **ASSIST, "addressee": "孟村回族自治县不动产登记中心", "things": [HOUSE], "term_months": 36,
        "starts_on": "2026-03-04", "ends_on": "2029-03-03",
    },
    "freeze_advice": {
        **SIDES, "addressee": "马立群", "ruling_number": CASE + "之一", "outstanding": "567323.54", "review_days": 15,
        "reconsider_days": 10, "account": ACCOUNT,
        "frozen": [
            {"institution": "示例农业银行股份有限公司孟村支行", "account": "6228****0123", "amount": "300000.00",
             "actual": "41206.55", "ends_on": "2027-03-03"},
        ],
    },
    "comparison_table": {
        **HEAD, "case_number": CASE, "debtor": "马立群", "order_received_on": "2026-02-03", "declared_on": "2026-02-11",
        "found_until": "2026-03-03",
        "rows": [
            {"group": "存款", "item": "示例农业银行尾号0123", "declared": "存款约四万元", "declared_amount": "40000.00",
             "found": "可用余额", "found_amount": "41206.55", "source": "示例农业银行", "verdict": "数额不符"},
            {"group": "存款", "item": "示例建设银行尾号7788", "found": "定期存款", "found_amount": "150000.00",
             "source": "示例建设银行", "verdict": "未报告"},
            {"group": "不动产", "item": "锦绣苑3号楼2单元501室", "declared": "自住，已抵押", "found": "单独所有，有抵押",
             "source": "不动产登记中心", "verdict": "一致"},
            {"group": "车辆", "item": "冀J00000", "declared": "轻型货车", "declared_amount": "30000.00",
             "verdict": "未查到"},
        ],
    },
    "evasion_leads": {
        **HEAD, "case_number": CASE, "searched_on": "2026-03-03",
        "rows": [
            {"code": "EVA-08", "title": "没有来由的款项转给关联人", "sentence": "自 2026-02-03 起，马立群向马小妹转出 2 笔，其中 120,000.00 元没有查到来由。",
             "law": "民法典第五百三十八条", "evidence": ["银行流水 2 项"], "innocent": ["归还债务发生前的真实借款（借条、转账流水）"]},
        ],
    },
    "exhaustion_list": {
        **HEAD, "case_number": CASE, "cut_off": "2026-03-05 09:00", "debtors": ["马立群"], "digest": "0" * 64,
        "attachment": '{"schema":"zhixing/exhaustion/1"}',
        "rows": [
            {"debtor": "马立群", "source": "银行存款", "agency": "示例农业银行", "request_nos": ["2026030413093000001"],
             "asked_at": "2026-03-04 09:00", "answered_at": "2026-03-04 10:00", "answer": "查无", "is_gap": False, "is_asked": True},
            {"debtor": "马立群", "source": "机动车", "answer": "没有接入，须线下调查", "is_gap": True, "is_asked": False},
        ],
    },
    "payout_form": {
        **HEAD, "case_number": CASE, "cause": "买卖合同纠纷", "applicant_names": COMPANY["name"], "debtor_names": "马立群",
        "payer": "示例农业银行股份有限公司（协助扣划）", "received": "567323.54", "received_on": "2026-03-10",
        "received_way": "网络扣划", "balance_before": "567323.54", "balance_after": "7982.00", "total": "559341.54",
        "payees": [{"name": COMPANY["name"], "bank": "示例银行沧州分行营业部", "account": "13050000000000000456",
                    "amount": "559341.54"}],
        "reason": "案款已到账，执行依据确定的债权人唯一，收款账户已核对，无其他法院冻结。", "steps": STEPS,
    },
    "closing_notice": {
        **SIDES, "addressees": [COMPANY["name"], "马立群"], "docketed_on": "2026-01-28", "closed_on": "2026-04-02",
        "claimed": "558200.00", "paid": "567323.54", "fee_paid": "7982.00",
        "course": "本院依法冻结并扣划了被执行人马立群的存款，案款已全部发放给申请执行人",
    },
    "archive_index": {
        **HEAD, "case_number": CASE, "cause": "买卖合同纠纷", "applicant_names": COMPANY["name"], "debtor_names": "马立群",
        "docketed_on": "2026-01-28", "closed_on": "2026-04-02", "closing_mode": "执行完毕", "handler": "张文清",
        "filer": "王晓楠",
        "entries": [
            {"name": "申请执行书", "day": "2026-01-26", "first_page": 1, "last_page": 3},
            {"name": "受理案件通知书", "number": CASE, "day": "2026-01-28", "first_page": 4, "last_page": 4},
            {"name": "执行裁定书（冻结）", "number": CASE + "之一", "day": "2026-03-04", "first_page": 5, "last_page": 6,
             "remark": "附清单"},
        ],
    },
    "institution_letter": {
        **HEAD, "number": CASE, "addressee": "示例农业银行股份有限公司", "first_day": "2026-02-01", "last_day": "2026-02-28",
        "counted_at": "2026年03月04日 10:00", "contact_line": "陆佳，孟村回族自治县人民法院执行指挥中心，电话0317-6720000",
        "duty": "通知要求金融机构收到网络查控请求后24小时内有效反馈。",
        "figures": [
            {"name": "送达的请求", "value": "312 件", "meaning": "查询和控制请求，含重发"},
            {"name": "反馈用时中位数", "value": "3.5 小时", "meaning": "一半请求在此时间内反馈"},
            {"name": "超过时限", "value": "6 件（1.9%）", "meaning": "占已反馈和超时限未反馈之和的比例"},
        ],
    },
    "answer_reminder": {
        **HEAD, "number": CASE, "addressee": "示例农业银行股份有限公司", "counted_at": "2026年03月04日 10:00", "more": 3,
        "duty": "通知要求金融机构收到网络查控请求后24小时内有效反馈。", "contact_line": "陆佳，电话0317-6720000",
        "owed": [{"request_number": "20260302130930000017", "kind": "查询", "handed_at": "2026年03月02日 09:00", "hours": 49}],
    },
}  # fmt: skip
