"""The nine operations, and the older name that one family of clients still calls."""

from __future__ import annotations

from zhixing.gateway.profiles.base import Operation, OperationKind

NAMESPACE = "http://syyh.service.webService.ckw.tdh/"
SERVICE = "SyyhConvertDataService"

_ONE = ("arg0",)
_TWO = ("arg0", "arg1")

_ALL = (
    Operation(name="getXzcxList", kind=OperationKind.LIST_INQUIRIES, parameters=_ONE, summary="查询请求列表"),
    Operation(name="getXzkzList", kind=OperationKind.LIST_CONTROLS, parameters=_ONE, summary="控制请求列表"),
    Operation(name="cxwsInfo", kind=OperationKind.INQUIRY_DOCUMENTS, parameters=_TWO, summary="查询法律文书"),
    Operation(name="kzwsInfo", kind=OperationKind.CONTROL_DOCUMENTS, parameters=_TWO, summary="控制法律文书"),
    Operation(name="zjInfo", kind=OperationKind.CERTIFICATES, parameters=_TWO, summary="承办人证件"),
    Operation(name="shfeedXzcxInfo", kind=OperationKind.FEED_INQUIRY, parameters=_TWO, summary="查询反馈"),
    Operation(
        name="shfeedXzcxwlxxInfo",
        kind=OperationKind.FEED_TRANSACTIONS,
        parameters=_TWO,
        summary="资金往来反馈",
    ),
    Operation(name="shfeedXzkzInfo", kind=OperationKind.FEED_CONTROL, parameters=_TWO, summary="控制反馈"),
    Operation(name="htInfo", kind=OperationKind.ROLLBACK, parameters=_TWO, summary="请求回退"),
    Operation(
        name="wsInfo",
        kind=OperationKind.DOCUMENTS,
        parameters=_TWO,
        summary="法律文书（旧点对点，按请求单号）",
    ),
)
OPERATIONS = {operation.name: operation for operation in _ALL}
# Served to whoever calls it, but described only where the older dialect is spoken.
OLD_NAMES = frozenset({"wsInfo"})
