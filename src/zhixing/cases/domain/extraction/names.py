"""What a Chinese name looks like: surnames, endings of organisations' names, words that cannot be names."""

from __future__ import annotations

import re

from zhixing.cases.domain.extraction.model import PartyKind

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任"
    "袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴"
    "谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应"
    "宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班"
    "仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄"
    "姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文"
    "寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公丛么岳帅代"
    "仉郄郅缑亓笪佴麴呙妫种冼撖昃俎禤贠闳忻迮銮斛訚芦戢邝阳揣拜杲卯回撒昂"
    "佟仝展肖闫楚苑鹿信初门邸原回刀覃涂付揭战智绪滿昝麦哈萨买朴线栗来禚由撒巨兰及药牟占苟佘宛商"
)
COMPOUND = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|长孙|慕容|宇文|司徒|夏侯|端木|南宫|百里|呼延|完颜|赫连|澹台|轩辕|闻人|申屠|独孤"
HAN = "[\u3400-\u9fff\U00020000-\U0002ffff]"
SURNAME = f"(?:{COMPOUND}|[{SURNAMES}])"
FOREIGN = f"{HAN}{{1,10}}(?:·{HAN}{{1,10}})+"
MASKED = f"[{SURNAMES}]某(?:某|[甲乙丙丁戊0-9]{{1,2}})?"

ORG_ENDINGS = (
    "有限责任公司|股份有限公司|有限公司|总公司|分公司|子公司|公司|合伙企业(?:\\((?:有限|普通|特殊普通)合伙\\))?|支行|分行|营业部|总行|银行|"
    "信用合作联社|信用联社|联社|信用社|合作社|农场|林场|工厂|厂|商店|门市部|门市|经营部|经销处|经销部|销售部|加工部|维修部|服务部|商行|"
    "商贸行|贸易行|车行|超市|饭店|酒店|宾馆|餐厅|酒楼|药店|药房|书店|网吧|诊所|卫生院|卫生室|医院|大学|学院|中学|小学|幼儿园|学校|"
    "事务所|服务所|研究院|研究所|设计院|中心|集团|村民委员会|居民委员会|村委会|居委会|委员会|管委会|人民政府|财政局|工程处|"
    "项目部|工作室|服务站|加油站|养殖场|养殖户|砖厂|货场|物流园|商场|协会|基金会|联合会"
)
ORGANISATION = f"(?:{HAN}|[A-Za-z0-9·]|\\({HAN}{{1,12}}\\)){{2,36}}?(?:{ORG_ENDINGS})(?!{HAN}{{0,6}}(?:公司|支行|分行|分公司))"
ENDS_AS_ORGANISATION = re.compile(rf"(?:{ORG_ENDINGS}|[局院所部店厂行场站队会处])(?:\([^()]{{1,12}}\))?$")

FOLLOWERS = (
    r"(?=$|[\s,。;:、()\"“”'/<>《》|0-9]|"
    r"于|向|与|和|及|以及|的|之|在|因|未|系|名下|出具|偿还|支付|承担|归还|返还|给付|诉|对|将|从|到|为|是|至今|经|同意|签订|"
    r"所有|提供|借|欠|称|男|女|某|应|已|仍|不|自|以|持|等|均|共|作|负|有|没|本人|送达|委托|辩|申请|主张|认|就|向|把|被|"
    r"需|可|曾|现|又|还|说|表示|账|帐|银行|微信|电话|手机|身份|住|尾号|名|购|转|汇|收|取|通过|使|用|按|按照|一案|二人|两人|夫妻|民间|买卖|合同|提起)"
)
NOT_NAMES = re.compile(
    r"^(?:原告|原审|居民|被告|第三人|申请|本人|同上|无|某某?|先生|女士|如下|以下|上述|双方|签名|签字|盖章|公章|捺印|法官|书记员|姓名|不详|自然人|何某?时|"
    r"高利|任何|应当|方面|方式|时间|和解|明确|成立|全部|全额|国家|公司|单位|经理|经营|经审|经济|经本|经查|计算|向本|通知|"
    r"相关|于本|双倍|后续|原审|一审|二审|师傅|平均|平时|安全|关于|关系|应付|查询|权利|解除|解释|"
    r"万元|连带|程序|武力|时候|代理|代表|代收|代为|代付|信息|信用|家庭|家中|家里|能力|越来|任职|应收|都是|那么|那个|来源)"
)
BAD_IN_NAME = re.compile(
    r"(?:法务|经理|主任|律师|法官|会计|先生|女士|师傅|老师|老板|大哥|大姐|书记|局长|厂长|总|人|某某公司)$|[的了不是我你他她们这在把被请号年月日什么吗呢吧]|应当|提供|已经|公司|银行|电话"
)

PERSON_LOOSE = f"(?:{FOREIGN}|{MASKED}|{SURNAME}{HAN}{{1,2}})"
PERSON_SHORTEST = f"(?:{FOREIGN}|{MASKED}|{SURNAME}{HAN}{{1,2}}?{FOLLOWERS})"

_PERSON_FULL = re.compile(f"(?:{FOREIGN}|{MASKED}|{SURNAME}{HAN}{{1,3}})$")
_ANY_PERSON = re.compile(f"(?:{FOREIGN}|{HAN}{{2,4}})$")


def squeeze(text: str) -> str:
    """A name without the blanks of typesetting."""
    return re.sub(r"\s+", "", text)


def is_person(name: str, *, strict: bool = True) -> bool:
    """Whether a text may be a person's name; not strict = any two to four characters after a label."""
    if NOT_NAMES.match(name) or BAD_IN_NAME.search(name):
        return False
    return bool((_PERSON_FULL if strict else _ANY_PERSON).match(name))


def is_organisation(name: str) -> bool:
    """Whether a text ends like the name of an organisation."""
    return len(name) >= 4 and bool(ENDS_AS_ORGANISATION.search(name)) and not re.match(r"[该本其贵我]", name)


def kind_of(name: str) -> PartyKind:
    """Person or organisation, by the ending of the name."""
    return PartyKind.ORGANISATION if is_organisation(name) else PartyKind.PERSON


def proper(name: str) -> str:
    """A name as registers write it: no blanks, full-width brackets."""
    return squeeze(name).replace("(", "（").replace(")", "）")
