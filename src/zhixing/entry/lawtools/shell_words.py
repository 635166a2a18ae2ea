"""What `zhixing law … --help` says: one line on the tool, and an example to copy. Imports nothing, so help is quick."""

from __future__ import annotations

from typing import NamedTuple


class Help(NamedTuple):
    """One line for the list of tools; example: printed below the options."""

    line: str
    example: str


_CODES = "退出码：0 已算出；2 输入有误，全部错误一次列出。"


def _file(name: str, file: str, says: str) -> str:
    return f"""示例：
  zhixing law {name} docs/examples/law/{file}.json
  zhixing law {name} docs/examples/law/{file}.json --json
  cat 文件.json | zhixing law {name} -

{says}
金额写成文本，例如 "500000.00"；日期写成 "2025-03-10"。各字段见 docs/law-tools.md。
{_CODES}"""


HELPS = {
    "law": Help(
        "法律工具：利息、费用、期限、号码、分配方案、拍卖时间表。不需要数据库，不保存输入。",
        f"""示例：
  zhixing law fee --kind execution --amount 300000
  zhixing law deadline --rule notice.issue --from 2026-03-04
  zhixing law interest docs/examples/law/interest.json --json
  zhixing law fee --help

{_CODES}""",
    ),
    "interest": Help(
        "按 JSON 文件计算一般债务利息和迟延履行的加倍部分利息",
        _file(
            "interest",
            "interest",
            "文件写明履行期间的最后一日、各项债务、约定利息、扣除的期间、已受偿的款项和计算至哪一天。",
        ),
    ),
    "distribute": Help(
        "按 JSON 文件计算分配方案",
        _file(
            "distribute",
            "distribution",
            "文件写明执行所得、各债权人的债权种类和数额；分配到分，合计与可分配数一致。",
        ),
    ),
    "auction": Help(
        "按 JSON 文件排出拍卖时间表",
        _file("auction", "auction", "文件写明财产种类、参考价、参考价确定之日和一拍公告之日。"),
    ),
    "exempt": Help(
        "按 JSON 文件列出账户中应当保留的款项",
        _file("exempt", "exempt", "文件写明账户余额、账户里的各类款项和被执行人扶养的家属。"),
    ),
    "payout": Help(
        "按 JSON 文件计算案款发放期限",
        _file("payout", "payout", "文件写明案款到账之日、认领和可以发放之日、暂缓的期间。"),
    ),
    "clocks": Help(
        "按 JSON 文件计算执行期限和申请上一级法院执行的期限",
        _file("clocks", "clocks", "文件写明立案之日、收到申请之日和各段扣除的期间。"),
    ),
    "fee": Help(
        "计算执行申请费、保全申请费、案件受理费",
        f"""示例：
  zhixing law fee --kind execution --amount 300000
  zhixing law fee --kind preservation --amount 1,000,000 --json
  zhixing law fee --kind acceptance --item divorce --amount 500000 --halved

{_CODES}""",
    ),
    "deadline": Help(
        "计算期限何时届满",
        f"""示例：
  zhixing law deadline --list
  zhixing law deadline --rule notice.issue --from 2026-03-04
  zhixing law deadline --rule objection.reconsider --from 2026-09-21 --posted 2026-10-08 --json

开始的当日不计算在内；届满日是休假日的，顺延至休假日后的第一日。
{_CODES}""",
    ),
    "id": Help(
        "核对一个号码或者案号",
        f"""示例：
  zhixing law id 13093019800101001X
  zhixing law id 91130900MA0CXXXXXX --kind uscc
  echo 13093019800101001X | zhixing law id - --json

种类由系统辨认，最可能的在前；--kind 只按一种核对。号码不保存，不写入日志。
{_CODES}""",
    ),
    "rules": Help(
        "列出全部期限的代码", "示例：\n  zhixing law rules\n  zhixing law rules --on 2020-01-01 --json"
    ),
}
"""By sub-command; `law` for the whole."""
