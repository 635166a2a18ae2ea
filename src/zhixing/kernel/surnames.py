"""Family names whose reading differs from the common reading of the character.

pypinyin has no reading for family names (it gives 单田芳 as dan, 曾国藩 as ceng), so this list is our own.
Only names that differ are listed.
"""

from __future__ import annotations

SURNAME_READINGS: dict[str, str] = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "任": "ren", "区": "ou", "朴": "piao",
    "盖": "ge", "种": "chong", "乐": "yue", "翟": "zhai", "尹": "yin", "冼": "xian", "缪": "miao", "宓": "mi",
    "冯": "feng", "洗": "xian", "员": "yun", "覃": "qin", "召": "shao", "折": "she", "黑": "he", "秘": "bi",
    "繁": "po", "车": "che", "祭": "zhai", "能": "nai", "乜": "nie", "芮": "rui", "卜": "bu", "费": "fei",
    "华": "hua", "纪": "ji", "宁": "ning", "万": "wan", "重": "chong", "贾": "jia", "燕": "yan", "应": "ying",
    "撒": "sa", "长": "zhang", "阚": "kan", "隗": "kui", "郗": "xi", "逄": "pang", "会": "gui", "句": "gou",
    "那": "na", "哈": "ha", "不": "fou", "谌": "chen", "幺": "yao", "晟": "cheng", "宿": "su", "牟": "mu",
    "訾": "zi", "相": "xiang", "干": "gan", "行": "xing", "藏": "zang", "教": "jiao", "曲": "qu", "石": "shi",
    "尉迟": "yu chi", "万俟": "mo qi", "单于": "chan yu", "澹台": "tan tai", "长孙": "zhang sun",
    "令狐": "ling hu", "鲜于": "xian yu", "宗政": "zong zheng", "呼延": "hu yan", "诸葛": "zhu ge",
}  # fmt: skip
