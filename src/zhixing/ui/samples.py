"""Invented data for the gallery. People, companies, accounts and case numbers do not exist."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from zhixing.kernel import clock
from zhixing.kernel.errors import Problem
from zhixing.ui.forms import Choice, FieldView, FormView
from zhixing.ui.parts import ApprovalStep, BarPart, CheckLine, Clock, Stage, TwoClocks, WaterfallRow
from zhixing.ui.shell import PLACES, NavItem, Shell, has_page

COURT = "孟村回族自治县人民法院"


def shell(path: str, *, phone: bool = False) -> Shell:
    """An invented frame; places that have no page yet lead back to the gallery."""
    if phone:
        return Shell(
            court_name=COURT,
            user_name="刘秀兰",
            role_name="申请执行人",
            now=clock.now(),
            nav=_phone_nav(path),
        )
    counts = {"workbench": 21, "approvals": 3}
    nav = tuple(
        NavItem(
            key=place.key,
            label=place.label,
            icon=place.icon,
            href=place.href if has_page(place.href) else path,
            count=counts.get(place.key, 0),
            current=place.key == "workbench",
        )
        for place in PLACES[:6]
    )
    return Shell(court_name=COURT, user_name="张文清", role_name="执行法官", now=clock.now(), nav=nav)


def _phone_nav(path: str) -> tuple[NavItem, ...]:
    return (
        NavItem(key="now", label="进展", icon="route", href=path, current=True),
        NavItem(key="money", label="钱款财产", icon="coin", href=path),
        NavItem(key="do", label="我能做的", icon="message-report", href=path, count=1),
    )


def _clocks(today: date) -> dict[str, Clock]:
    day = timedelta(days=1)
    return {
        "calm": Clock(
            label="执行期限",
            start=today - 35 * day,
            end=today + 146 * day,
            today=today,
            start_note="立案",
            cut_note="扣除 0 天",
        ),
        "cut": Clock(
            label="执行期限，有扣除",
            start=today - 190 * day,
            end=today + 21 * day,
            today=today,
            cuts=((today - 60 * day, today - 30 * day),),
            cut_note="评估扣除 30 天",
        ),
        "near": Clock(
            label="申请人六个月，临近",
            start=today - 170 * day,
            end=today + 11 * day,
            today=today,
            warn_days=15,
        ),
        "late": Clock(label="执行期限，已超", start=today - 187 * day, end=today - 6 * day, today=today),
        "target": Clock(
            label="本院目标，已过", start=today - 20 * day, end=today - 2 * day, today=today, tier="T4"
        ),
    }


def _form() -> FormView:
    law_limit = "查扣冻规定第十九条"
    return FormView(
        action="",
        title="冻结存款",
        idempotency_key="gallery",
        submit_label="提交审批",
        confirm="提交后由执行局长审批，确定吗？",
        problems=(
            Problem(
                code="gallery.salary",
                sentence="该账户近三个月有工资入账，可能是工资卡。",
                mend="留足生活必需费用后可以继续。",
                law="查扣冻规定第三条",
                level="warning",
            ),
        ),
        fields=(
            FieldView(
                name="amount",
                label="冻结金额",
                unit="元",
                widget="money",
                value="620000.00",
                required=True,
                problems=(
                    Problem(
                        code="gallery.over",
                        sentence="超出应执行总额 11,469.91 元。",
                        mend="最多填 608,530.09。",
                        law=law_limit,
                        field="amount",
                    ),
                ),
            ),
            FieldView(
                name="account",
                label="账号",
                value="6228 4800 1199 771",
                required=True,
                problems=(
                    Problem(
                        code="gallery.digits",
                        sentence="农业银行卡号 19 位，现为 15 位。",
                        mend="请对照反馈重新填写。",
                    ),
                ),
            ),
            FieldView(
                name="from_day",
                label="起算日",
                widget="date",
                value="2026-03-04",
                required=True,
                hint="届满日自动算出：2027-03-03",
            ),
            FieldView(
                name="bank",
                label="协助单位",
                widget="select",
                value="abc",
                required=True,
                choices=(
                    Choice(value="abc", label="农业银行孟村支行", group="全国性银行"),
                    Choice(value="cz", label="沧州银行", group="地方银行"),
                ),
            ),
            FieldView(
                name="verdict",
                label="您的认定",
                widget="radio",
                value="false",
                required=True,
                choices=(
                    Choice(value="false", label="虚报", hint="登记权利人仍为被执行人"),
                    Choice(value="true", label="属实，已出售未过户"),
                    Choice(value="later", label="传唤后再定", disabled=True, hint="已超过认定期限"),
                ),
            ),
            FieldView(
                name="menu",
                label="查什么",
                widget="checkboxes",
                value=("deposit",),
                choices=(
                    Choice(
                        value="deposit", label="银行存款", hint="账户、余额、在先冻结", group="现金与存款"
                    ),
                    Choice(value="fund", label="银行理财产品", group="现金与存款"),
                    Choice(value="realty", label="不动产登记", group="不动产"),
                ),
            ),
            FieldView(
                name="paper",
                label="执行依据",
                widget="file",
                accept=".pdf,.docx,.txt",
                max_bytes=30 * 1024 * 1024,
                required=True,
            ),
            FieldView(
                name="reason",
                label="补充理由",
                widget="textarea",
                value="两次送达未果，邻居称已外出务工。",
                law="法释〔2017〕8号第一条",
            ),
            FieldView(
                name="items",
                label="申报的财产",
                widget="rows",
                items=(_row("0", "银行存款", "12000.00"),),
                blank=_row("__n__", "", ""),
            ),
            FieldView(name="seen", label="我已核对清单与文书，未见反馈内容", widget="checkbox", value=True),
        ),
    )


def _row(number: str, kind: str, amount: str) -> tuple[FieldView, ...]:
    return (
        FieldView(name=f"items-{number}-kind", label="种类", value=kind, required=True),
        FieldView(
            name=f"items-{number}-amount",
            label="价值",
            unit="元",
            widget="money",
            value=amount,
            required=True,
        ),
    )


def login_form() -> FormView:
    """Account and password."""
    return FormView(
        action="",
        submit_label="登录",
        submit_icon="login",
        fields=(
            FieldView(name="username", label="账号", required=True, autocomplete="username"),
            FieldView(
                name="password",
                label="密码",
                widget="password",
                required=True,
                autocomplete="current-password",
            ),
        ),
    )


def gallery() -> dict[str, object]:
    """Everything that `ui/gallery.html` shows."""
    today = clock.today()
    clocks = _clocks(today)
    return {
        "clocks": list(clocks.values()),
        "case_clocks": (
            clocks["calm"],
            Clock(
                label="申请人六个月",
                start=today - timedelta(days=37),
                end=today + timedelta(days=144),
                today=today,
                start_note="收到申请",
            ),
        ),
        "nearest": _nearest(today, clocks),
        "stages": _stages(),
        "states": _states(),
        "branch": (
            Stage(name="通知提供线索", state="done", day="2月2日"),
            Stage(name="线索核查", state="done", day="2月27日"),
            Stage(name="限制消费令", day="可以签发"),
            Stage(name="报告不实处理", day="待您认定"),
            Stage(name="失信决定", day="认定后"),
        ),
        "steps": (
            ApprovalStep(name="张文清　拟稿", state="done", meta="3月3日 16:20"),
            ApprovalStep(name="刘振国　退回", state="back", meta="“补充隐匿会计账簿的证据”"),
            ApprovalStep(name="张文清　修改重报", state="now", meta="已等 1 天"),
            ApprovalStep(name="马建平院长　签发", meta="法定最低层级，不可下移"),
        ),
        "checks": (
            CheckLine(sentence="判决生效，履行期已届满", law="民诉法第二百四十七条"),
            CheckLine(
                state="warn", sentence="支付账户期限无全国统一规定", note="本院设定 1 年，可以继续，须看过"
            ),
            CheckLine(
                state="bad",
                sentence="冻结数额超出应执行总额",
                note="一次列出全部原因，各带依据",
                law="查扣冻规定第十九条",
            ),
            CheckLine(state="todo", sentence="送达回证尚未收到"),
        ),
        "bar": (
            BarPart(value=31, kind="b1", label="通知报告"),
            BarPart(value=62, kind="b2", label="查控"),
            BarPart(value=48, kind="b3", label="处置变价"),
            BarPart(value=19, kind="b4", label="案款"),
            BarPart(value=12, kind="b6", label="终本约谈"),
            BarPart(value=42, kind="b5", label="和解、中止等"),
        ),
        "controlled": (BarPart(value=Decimal("41206.55"), kind="b2", label="已控制"),),
        "owed": Decimal("608530.09"),
        "waterfall": _waterfall(),
        "form": _form(),
        "moment": datetime(2026, 3, 4, 0, 46, tzinfo=clock.now().tzinfo),
        "due_late": today - timedelta(days=2),
        "due_today": today,
        "due_soon": today + timedelta(days=7),
        "due_far": today + timedelta(days=40),
    }


def _nearest(today: date, clocks: dict[str, Clock]) -> tuple[TwoClocks, ...]:
    full = Clock(
        label="申请人六个月",
        start=today - timedelta(days=190),
        end=today - timedelta(days=1),
        today=today,
        tier="T3",
    )
    return (
        TwoClocks(
            case_no="（2025）冀0930执1120号",
            parties="林秀芝 / 海通化工",
            href="#",
            upper=clocks["near"],
            lower=full,
        ),
        TwoClocks(
            case_no="（2025）冀0930执1533号",
            parties="邱海霞 / 郭长顺",
            href="#",
            upper=clocks["cut"],
            lower=clocks["near"],
        ),
        TwoClocks(
            case_no="（2026）冀0930执123号",
            parties="恒达管道 / 马立群",
            href="#",
            upper=clocks["calm"],
            lower=clocks["calm"],
        ),
    )


def _stages() -> tuple[Stage, ...]:
    return (
        Stage(name="立案", state="done", day="1月28日", href="#"),
        Stage(name="分案承办", state="done", day="1月30日", leg="2 天（3）", href="#"),
        Stage(name="通知送达", state="done", day="2月4日", leg="5 天（6）", href="#"),
        Stage(name="财产报告", state="done", day="2月24日", leg="20 天（17）", href="#"),
        Stage(name="网络查询", state="done", day="2月26日", leg="2 天（3）", href="#"),
        Stage(name="反馈比对", state="now", flag="warn", day="3月4日 今日", leg="6 天（5）", href="#"),
        Stage(name="冻结查封", day="3月6日前", href="#"),
        Stage(name="处置变价", day="现金足额则免", href="#"),
        Stage(name="发放结案", day="7月28日前", href="#"),
    )


def _states() -> tuple[Stage, ...]:
    return (
        Stage(name="已完成", state="done", day="1月28日"),
        Stage(name="超期完成", state="done", flag="latedone", day="晚 4 天", leg="14 天（6）"),
        Stage(name="进行中", state="now", day="今日", leg="6 天（5）"),
        Stage(name="预警", state="now", flag="warn", day="剩 1 天"),
        Stage(name="超期", state="now", flag="late", day="2 天"),
        Stage(name="未到", day="3月6日前"),
    )


def _waterfall() -> tuple[WaterfallRow, ...]:
    return (
        WaterfallRow(
            title="拍卖价款", note="首拍成交，买受人 陈立峰", amount=Decimal("1500000.00"), kind="w0"
        ),
        WaterfallRow(
            title="执行费用",
            note="评估 8,000、拍卖辅助 17,000；执行申请费 17,400",
            amount=Decimal("-42400.00"),
            kind="w1",
        ),
        WaterfallRow(
            title="优先受偿", note="沧州银行孟村支行，抵押权", amount=Decimal("-600000.00"), kind="w2"
        ),
        WaterfallRow(title="普通债权 郑学文", note="债权 400,000.00 × 42.88%", amount=Decimal("-171520.00")),
        WaterfallRow(
            title="普通债权 鑫泰建材", note="债权 900,000.00 × 42.88%", amount=Decimal("-385920.00")
        ),
        WaterfallRow(title="普通债权 李桂枝", note="债权 700,000.00 × 42.88%", amount=Decimal("-300160.00")),
        WaterfallRow(title="余额", amount=Decimal("0.00"), kind="end"),
    )
