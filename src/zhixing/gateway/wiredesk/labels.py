"""Chinese words for the fields of the canonical model."""

from __future__ import annotations

_COMMON = """
request_no 请求单号|document_no 文书编号|case_no 执行案号|seq 序号|item_seq 事项序号|name 名称|ext 未登记的字段|remark 备注
id_type 证件类型|id_no 证件号码|id_no_15 十五位证件号码|country 国家或者地区|id_issuer 发证机关|subject_kind 主体种类|code 代码
number 编号|file_format 图像格式|image 图像|phone 电话|work_card 工作证|official_card 执行公务证|officer 承办人|officers 承办人
file_type 文件类型|category 类别|registered_by 登记人|registered_at 登记时间|content 内容|md5 MD5 校验值
asset_kinds 财产种类|period_from 资金往来起始日|period_to 资金往来截止日|account_no 账号|sub_account_no 子账号|branch 开户网点
branch_code 网点代码|asset_name 财产名称|asset_type 财产类型|unit 计量单位|sales_channel 产品销售种类|region_no 地区号
product_no 金融产品编号|wealth_account 理财账号|cash_return_account 资金回款账户|right_class 权利种类|unit_no 不动产单元号
location 坐落|certificate_no 证书号|registry 登记机关|business_no 业务号|holder 户名|bank 开户行|bank_no 开户行行号|type 类型
object 控制对象|action 控制措施|scope 范围|target 标的|currency 币种|amount 金额|quantity 数额|amount_unit 数额单位|ratio 比例
effective_from 起始时间|effective_to 截止时间|ruling_no 裁定书文号|notice_no 通知书文号|fx_conversion 是否结汇|payee 执行款专户
original_request_no 原请求单号|original_case_no 原案号|original_business_no 原查封业务号|transferees 过户对象|kind 种类|nature 性质
subject 被查询（控制）人|court 执行法院|notice_name 通知书名称|contact_address 联系地址|requesting_org_no 请求机构号|items 控制事项
outcome 结果|outcome_text 结果原文|note 说明|processing 处理结果代码|responded_at 反馈时间|assets 财产|balance 余额|available 可用余额
limit 控制限额|controlled_amount 实际控制金额|controlled_quantity 实际控制数额|over_limit_amount 超额控制金额|reason 原因
agency_business_no 协助单位业务号|seizure_business_no 查封业务号|prior_measures 在先措施|priority_rights 优先权|version 版本
contact 联系人|result 受理结果|message 说明|message_id 报文编号|profile 报文格式|agency_code 机构代码|agency_kind 机构种类
batch_no 批次号|created_at 生成时间|signature 签名|response_code 应答代码|response_text 应答说明|raw 原文|key 查询编号
requests 请求|error_message 错误信息|envelope 信封|documents 法律文书|entries 各项|results 结果|receipts 回执|rollbacks 回退
acks 受理结果|members 成员文件|body 内容|asset_seq 财产序号|transactions 资金往来|measures 司法强制措施|sub_accounts 关联子账户
holdings 名下金融资产|reported_at 反馈时间|detail 明细|status 状态|opened 开户日期|closed 销户日期|linked_cash_account 关联资金账号
address 地址|postcode 邮政编码|point_to_point_flag 点对点标志|manager 管理人|tradable 是否可交易|restriction 限制类型
restriction_until 限制解除日|pledgee 质押权人|custodian 托管人|beneficiary 受益人|inception 成立日|redemption 赎回日
custody_account 托管账号|unit_price 单价|controllable_quantity 可控制数额|total_amount 总额|parcel 宗地面积|use_right 使用权面积
building 建筑面积|exclusive 专有面积|shared 分摊面积|structure 构筑物面积|project 项目名称|use_a 用海类型甲|use_b 用海类型乙
island 海岛名称|island_location 海岛位置|island_use 海岛用途|mortgagor 抵押人|mortgagee 抵押权人|mode 方式|term_from 起始日
term_to 截止日|property_type 不动产类型|authority 机关|doc_no 文号|serial_no 印刷序列号|holds_certificate 是否持证|industry 行业
household_province 户籍所在省|sex 性别|employer 工作单位|email 电子邮箱|holder_type 权利人类型|share 份额|co_ownership 共有方式
co_ownership_note 共有情况|right_state 权属状态|areas 面积|use 用途|completed 竣工时间|floors 层数|preregistration 预告登记种类
sea 海域|mortgage 抵押|seizure 查封|region 地区代码|holders 权利人|product_no 产品编号|rank 轮候顺位|right_type 权利类型
bank 开户行|direction 资金流向|time 时间|serial 流水号|counterparty 交易对手|main_account 主账号|normalized 含义|system 代码表
plate_no 号牌号码|plate_type 号牌种类|vin 车辆识别代号|engine_no 发动机号|brand 品牌|model 型号|vehicle_type 车辆类型
use_nature 使用性质|owner 所有人|owner_id_no 所有人证件号码|registered 登记日期|inspection_until 检验有效期|mortgaged 是否抵押
market 市场|security_code 证券代码|security_name 证券名称|security_type 证券类别|available_quantity 可用数量
frozen_quantity 冻结数量|pledged_quantity 质押数量|freeze_serial 冻结序号|waiting_rank 轮候顺位|market_value 市值
dividends_included 是否包括孳息|insurer 保险公司|policy_no 保单号|product 产品|policyholder 投保人|policyholder_id_no 投保人证件号码
insured 被保险人|cash_value 现金价值|loan_amount 保单贷款|sum_insured 保险金额|wealth_balance 理财余额|linked_cards 绑定银行卡
deposit_base 缴存基数|monthly_deposit 月缴存额|paid_until 缴至月份|loan_balance 贷款余额|center 公积金中心
"""
_LABELS: dict[str, str] = {
    name: word
    for line in _COMMON.split("\n")
    if line
    for name, _, word in (item.partition(" ") for item in line.split("|"))
}
_SPECIAL = {
    ("Subject", "name"): "姓名或者名称",
    ("Court", "name"): "法院名称",
    ("Court", "code"): "法院代码",
    ("Officer", "name"): "姓名",
    ("RightHolder", "name"): "权利人名称",
    ("Transferee", "name"): "姓名或者名称",
    ("Counterparty", "name"): "对手户名",
    ("Counterparty", "account_no"): "对手账号",
    ("PriorityRight", "holder"): "权利人",
    ("SecuritiesHolding", "holder"): "持有人",
    ("Measure", "effective_to"): "冻结截止日",
    ("Rollback", "note"): "回退说明",
    ("Asset", "kind"): "财产种类",
    ("Transaction", "kind"): "交易种类",
    ("Areas", "unit"): "面积单位",
    ("Request", "scope"): "查询范围",
    ("Mortgage", "mode"): "抵押方式",
    ("RealRight", "nature"): "权利性质",
}
_BODIES = {
    "NoBody": "只有身份信息的调用",
    "KeyQuery": "按编号索取文书或者证件",
    "RequestList": "请求列表",
    "DocumentList": "法律文书",
    "CertificateList": "承办人证件",
    "InquiryFeedback": "查询反馈",
    "TransactionFeedback": "资金往来反馈",
    "ControlFeedback": "控制反馈",
    "RollbackList": "回退",
    "AckList": "受理结果",
    "FilePackage": "文件包",
}


def label_of(owner: str, name: str) -> str:
    """The Chinese word for a field of a canonical class; the field's own name where nobody gave it a word."""
    return _SPECIAL.get((owner, name)) or _LABELS.get(name, name)


def has_label(owner: str, name: str) -> bool:
    """Whether somebody gave the field a word."""
    return (owner, name) in _SPECIAL or name in _LABELS


def body_label(owner: str) -> str:
    """What a whole message is, in Chinese."""
    return _BODIES.get(owner, owner)
