"""Full Chinese text of the papers of a case, in the order and wording that courts and lawyers use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from simworld.records import Company, Person

if TYPE_CHECKING:
    from simworld.cases import CaseMaterial
    from simworld.population import World

COURT = "孟村回族自治县人民法院"
_FACTS = {
    "买卖合同纠纷": "{plaintiff}与{defendant}长期存在买卖业务。{plaintiff}依约交付货物后，双方对账确认尚欠货款{money}元，{defendant}出具欠款确认书，到期未付。",
    "民间借贷纠纷": "{defendant}因资金周转向{plaintiff}借款，并出具借条一张。{plaintiff}以银行转账方式交付借款。借款到期后，{defendant}尚欠本金{money}元未还。",
    "承揽合同纠纷": "{plaintiff}按{defendant}提供的图纸完成加工并交付定作物，{defendant}验收后尚欠加工费{money}元。",
    "追索劳动报酬纠纷": "{plaintiff}在{defendant}处工作期间，{defendant}拖欠劳动报酬{money}元，并出具工资欠条。",
    "机动车交通事故责任纠纷": "{defendant}驾驶机动车与{plaintiff}发生交通事故，经交警部门认定{defendant}负事故全部责任，{plaintiff}各项损失合计{money}元。",
    "租赁合同纠纷": "{plaintiff}将场地出租给{defendant}使用，租期届满后{defendant}尚欠租金{money}元。",
}
_DEBT = {
    "买卖合同纠纷": "货款",
    "民间借贷纠纷": "借款本金",
    "承揽合同纠纷": "加工费",
    "追索劳动报酬纠纷": "劳动报酬",
    "机动车交通事故责任纠纷": "赔偿款",
    "租赁合同纠纷": "租金",
}


def chinese_day(text: str) -> str:
    """2025-12-02 → 2025年12月2日."""
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"


def figures(amount: str) -> str:
    """An amount as lawyers type it: without decimals when there are none."""
    value = Decimal(amount)
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}"


def _identity(world: World, who: Person | Company, role: str, *, contacts: bool) -> str:
    """The head of a party: identity first, then whereabouts, then how to reach him."""
    if isinstance(who, Company):
        boss = world.owner(who.representative)
        text = (
            f"{role}：{who.name}，住所地{who.address}，统一社会信用代码{who.uscc}。\n"
            f"法定代表人：{boss.name}，{who.representative_title}。"
        )
        if contacts:
            text += f"\n联系电话：{who.landline}，手机{who.mobile}" + (
                f"，电子邮箱{who.email}。" if who.email else "。"
            )
        return text
    text = (
        f"{role}：{who.name}，{who.sex}，{chinese_day(who.birth)}出生，{who.nation}，"
        f"住{who.address}，公民身份号码{who.resident_id}"
    )
    if contacts:
        text += f"，联系电话{who.mobile}"
        if who.landline:
            text += f"，固定电话{who.landline}"
    return text + "。"


def _demand(material: CaseMaterial) -> str:
    title = material.title
    debt = _DEBT[title.cause]
    text = f"{debt}{figures(title.principal)}元"
    if title.rate:
        text += (
            f"及利息（以{figures(title.principal)}元为基数，自{chinese_day(title.interest_from)}起"
            f"至实际清偿之日止，按年利率{title.rate}%计算）"
        )
    return text


def enforcement_application_text(world: World, material: CaseMaterial) -> str:
    """强制执行申请书."""
    title = material.title
    applicant, names = material.applicant, "、".join(d.name for d in material.debtors)
    heads = [_identity(world, applicant, "申请执行人", contacts=True)]
    for debtor in material.debtors:
        heads.append(_identity(world, debtor, "被执行人", contacts=True))
    signed = (
        f"{applicant.name}（盖章）\n法定代表人：{world.owner(applicant.representative).name}（签字）"
        if isinstance(applicant, Company)
        else f"{applicant.name}（签字、捺印）"
    )
    jointly = "连带" if len(material.debtors) > 1 else ""
    return "\n".join(
        [
            "强制执行申请书",
            "",
            *heads,
            "",
            f"执行依据：{COURT}{title.case_number}民事判决书。",
            "",
            "请求事项：",
            f"一、请求强制执行被执行人{names}{jointly}给付申请执行人{_demand(material)}；",
            f"二、请求强制执行被执行人负担的案件受理费、保全费等诉讼费用{figures(title.costs)}元；",
            "三、请求强制执行被执行人加倍支付迟延履行期间的债务利息；",
            "四、本案执行费用由被执行人负担。",
            "",
            "事实与理由：",
            (
                f"申请执行人与被执行人{title.cause}一案，贵院于{chinese_day(title.decided)}作出"
                f"{title.case_number}民事判决书，该判决已于{chinese_day(title.effective)}发生法律效力。"
                f"判决确定的履行期限至{chinese_day(title.due)}届满，被执行人至今未履行判决确定的义务。"
                "为维护申请执行人的合法权益，依照《中华人民共和国民事诉讼法》的有关规定，特向贵院申请强制执行。"
            ),
            "",
            "此致",
            COURT,
            "",
            f"申请人：{signed}",
            chinese_day(material.applied),
            "",
            "附：1.民事判决书一份；2.生效证明一份；3.财产线索清单一份；4.身份证明材料。",
            "",
        ]
    )


def judgment_text(world: World, material: CaseMaterial) -> str:
    """民事判决书: parties, course, facts, reasons, order, signatures."""
    title = material.title
    rng = Random(f"{world.seed}:judgment:{material.number}")
    plaintiff = material.applicant.name
    names = "、".join(d.name for d in material.debtors)
    heads = [_identity(world, material.applicant, "原告", contacts=False)]
    heads += [_identity(world, d, "被告", contacts=False) for d in material.debtors]
    money = figures(title.principal)
    facts = _FACTS[title.cause].format(plaintiff=plaintiff, defendant=material.debtors[0].name, money=money)
    second = (
        f"{material.debtors[1].name}自愿对上述债务承担连带清偿责任。" if len(material.debtors) > 1 else ""
    )
    order = f"一、被告{names}于本判决生效之日起十日内{'连带' if second else ''}给付原告{plaintiff}{_demand(material)}；"
    return "\n".join(
        [
            "河北省孟村回族自治县人民法院",
            "民 事 判 决 书",
            title.case_number,
            "",
            *heads,
            "",
            (
                f"原告{plaintiff}与被告{names}{title.cause}一案，本院立案后，依法适用普通程序，公开开庭进行了审理。"
                "原告到庭参加诉讼，被告经传票传唤到庭。本案现已审理终结。"
            ),
            "",
            f"{plaintiff}向本院提出诉讼请求：判令被告给付{_demand(material)}，并承担诉讼费用。",
            "",
            f"经审理查明：{facts}{second}以上事实有当事人陈述、书面证据等在卷佐证。",
            "",
            (
                "本院认为，当事人应当按照约定全面履行自己的义务。原告的诉讼请求有事实和法律依据，本院予以支持。"
                "依照《中华人民共和国民法典》《中华人民共和国民事诉讼法》的有关规定，判决如下："
            ),
            "",
            order,
            "二、驳回原告的其他诉讼请求。",
            (
                "如果未按本判决指定的期间履行给付金钱义务，应当依照《中华人民共和国民事诉讼法》的规定，"
                "加倍支付迟延履行期间的债务利息。"
            ),
            f"案件受理费、保全费合计{figures(title.costs)}元，由被告{names}负担。",
            "如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，上诉于河北省沧州市中级人民法院。",
            "",
            f"审 判 员  {rng.choice(('高文海', '孙海燕', '杨国栋'))}",
            chinese_day(title.decided),
            f"书 记 员  {rng.choice(('王晓楠', '李静', '赵磊'))}",
            "",
        ]
    )


def clue_list_text(world: World, material: CaseMaterial) -> str:
    """财产线索清单: what the applicant knows about each debtor's money, phones and whereabouts."""
    lines = [
        "财产线索清单",
        "",
        f"案件：{material.title.case_number}，申请执行人{material.applicant.name}",
        "",
    ]
    for place, debtor in enumerate(material.debtors, start=1):
        lines.append(f"{place}. 被执行人{debtor.name}")
        lines += [f"（{n}）{line}" for n, line in enumerate(_clues(world, material, debtor), start=1)]
        lines.append("")
    lines += [
        f"提供人：{material.applicant.name}",
        chinese_day(material.applied),
        "以上线索由申请执行人提供，请贵院依法核实并采取控制措施。",
        "",
    ]
    return "\n".join(lines)


def _clues(world: World, material: CaseMaterial, debtor: Person | Company) -> list[str]:
    lines = []
    for bank, number in material.known_accounts.get(debtor.key, []):
        lines.append(f"{debtor.name}在{bank}开有账户，账号{number}；")
    for unit in world.units_of(debtor)[:1]:
        share = next(s for s in unit.owners if s.owner == debtor.key)
        lines.append(f"不动产一处，坐落于{unit.location}，不动产权证号{share.certificate}；")
    if isinstance(debtor, Company):
        lines.append(f"办公电话{debtor.landline}，经营地址{debtor.address}；")
        return lines
    lines.append(f"常用手机号{debtor.mobile}；")
    if debtor.wechat:
        lines.append(f"微信号{debtor.wechat}，曾用该微信与申请人联系；")
    if debtor.qq:
        lines.append(f"QQ号{debtor.qq}；")
    if debtor.alipay:
        lines.append(f"支付宝账号{debtor.alipay}，经常使用支付宝收款；")
    if debtor.email:
        lines.append(f"电子邮箱{debtor.email}；")
    if debtor.employer:
        lines.append(f"工作单位为{debtor.employer}，有工资收入；")
    if debtor.plate:
        lines.append(f"名下有小型轿车一辆，车牌号{debtor.plate}；")
    if debtor.passport:
        lines.append(f"持有护照，护照号{debtor.passport}；")
    return lines
