"""What the words in front of a number say that it is, or that it is no clue at all."""

from __future__ import annotations

import re

from zhixing.cases.domain.extraction.view import View

TAIL = r"[^\S\n]*(?:号码|账号|帐号|账户|号|ID)?[^\S\n]*(?:\([^()]{0,12}\))?[^\S\n]*(?:分别|依次|还|应该|仍|均|都|就|也|现|一直|变更|换成|改成|改)?(?:[为是:=]|[:][^\S\n]*是|即)?[^\S\n:]*[\"“']?$"

CHAIN = re.compile(
    r"(?:[(]?\+?[0-9A-Za-z_@.\-]{5,}(?:[ \-][0-9Xx]{2,}){0,6}[)]?(?:\([^()]{1,16}\))?[^\S\n]*(?:、|,|和|及|以及|/|与|或|;)[^\S\n]*)+$"
)
NOT_A_CLUE = re.compile(
    r"(?:(?<![账帐])(?:户|学|工|批|序|版|编|型|员工|单)(?=[^\S\n]*(?:号|次))|订单|运单|快递|物流|单据|交易|流水|凭证|发票|合同|协议|借据|借条|收据|票据|汇票|支票|本票|保单|保险单|受理|回执|"
    r"查询|备案|档案|条形码|条码|邮政编码|邮编|工单|IMEI|序列|设备|车架|发动机|传票|税务登记|登记|产品|商户|商品|"
    r"文书|文件|执业证|律师证|许可证|资格证|准考证|驾驶证档案|电表|水表|燃气|缴费|会员|客户|取件|验证|校验|防伪|版本|批次|"
    r"监督|举报|服务热线|客服|投诉|凭单|账单|对账单|送货单|结算单|入库单|出库单|过磅单|磅单|提单|报告|鉴定|评估|公告|"
    r"调解协议|支付密码|密码|期限|起止|日期|时间|统计)[^\S\n]*(?:单|书|证)?(?:编|条)?(?:号码|编号|单号|代码|号|码|NO)?[^\S\n]*"
    r"(?:\([^()]{0,12}\))?[^\S\n]*(?:分别)?[为是:]?[^\S\n:.#]*(?:No\.?|NO\.?|№)?[^\S\n]*[\"“']?$",
    re.IGNORECASE,
)


def label_text(view: View, offset: int) -> str:
    """The words before an offset that may name it; earlier members of a list (`A、B和`) are skipped."""
    before = view.before(offset)
    chained = CHAIN.search(before)
    return before[: chained.start()] if chained else before


def labelled(words: str) -> re.Pattern[str]:
    """A pattern that is satisfied when a text ends with one of the label words."""
    return re.compile(f"(?:{words}){TAIL}", re.IGNORECASE)


def is_no_clue(label: str) -> bool:
    """Whether the label names a number of another kind: order, document, invoice, postcode, licence."""
    return bool(NOT_A_CLUE.search(label))
