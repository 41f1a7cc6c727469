"""What names look like: of persons by their surname, of papers by the noun they end in.

A name of a person is a surname of the list and one or two characters, or a transliterated name.

The surnames are the more frequent ones; a rarer one only makes a value doubtful (pipeline/values.py).
"""

import re

PAPERS = re.compile(
    "(?:表|书|证|证明|合同|协议|单|报告|通知|简历|凭证|函|信|卡|簿|册|回执|发票|指南|须知|声明|公告|启事|清单|收据|记录|说明|决定|条|券|票|存折|执照|标志|凭据|提示|公示|方案|纪要|总结|通报|海报|简介)(?:副页|副本|正本|存根)?$"
)
"""What names of papers end in."""
LATIN_PAPERS = re.compile(
    "(?:FORM|CERTIFICATE|LETTER|INVOICE|RECEIPT|APPLICATION|CARD|LICEN[CS]E|REPORT|NOTICE|STATEMENT|AGREEMENT|CONTRACT|TICKET|MENU|LIST|PASS|PLAN)$"
)
"""The same of English names, in capitals without blanks."""
SINGLE = frozenset(
    "赖骆詹游狄熊王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万"
    "覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁房屈饶解牟艾尤阳时穆农司卓古吉"
    "缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾丘刁商桑刚池寇敖荣郎花储雍郁强屠明封储迟巫慕原湛麻隋仲褚练沙鹿巩湛阙危滕迟冼佘郗楚晋宿丛谌植揭粟奚闻南诸滑匡况官鞠"
)
DOUBLE = frozenset(
    ("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "令狐", "慕容", "夏侯", "端木", "公孙", "轩辕", "长孙", "宇文", "南宫")
)


def surnamed(text: str) -> bool:
    """Whether `text` begins like a Chinese name and is as long as one, or has the dot of a transliterated one."""
    if "·" in text:
        return True
    return (text[:2] in DOUBLE and 3 <= len(text) <= 4) or (text[:1] in SINGLE and 2 <= len(text) <= 3)
