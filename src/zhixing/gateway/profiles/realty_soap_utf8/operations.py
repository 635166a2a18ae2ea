"""The seven operations of the registry format."""

from __future__ import annotations

from zhixing.gateway.profiles.base import Operation, OperationKind

SERVICE = "BdcConvertDataService"

_LIST = ("usermarker",)
_FEED = ("usermarker", "feedbackinfo")
_ASK = ("usermarker", "wsbhinfo")

_ALL = (
    Operation(name="cxBdcQL", kind=OperationKind.LIST_INQUIRIES, parameters=_LIST, summary="查询请求列表"),
    Operation(name="feedBdcQL", kind=OperationKind.FEED_INQUIRY, parameters=_FEED, summary="查询反馈"),
    Operation(name="kzBdcQL", kind=OperationKind.LIST_CONTROLS, parameters=_LIST, summary="控制请求列表"),
    Operation(name="feedkzBdcQL", kind=OperationKind.FEED_CONTROL, parameters=_FEED, summary="控制反馈"),
    Operation(name="feedkzhzBdcQL", kind=OperationKind.FEED_RECEIPT, parameters=_FEED, summary="控制回执"),
    Operation(name="kzwsInfo", kind=OperationKind.DOCUMENTS, parameters=_ASK, summary="法律文书"),
    Operation(name="zjInfo", kind=OperationKind.CERTIFICATES, parameters=_ASK, summary="承办人证件"),
)
OPERATIONS = {operation.name: operation for operation in _ALL}
