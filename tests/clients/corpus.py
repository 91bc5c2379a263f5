"""Two thousand names as a firm in China meets them, made anew from one seed: people, minorities, foreigners, companies."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SINGLE = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "雷钱汤尹黎易常武乔贺赖龚文"
)
POLYPHONIC = "曾单仇解查朴区盖任华尉覃翟乐员缪冼种薄那车隗葛宁燕应卜柏召祭句阚牟撒都干过"
COMPOUND = [
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "尉迟",
    "皇甫",
    "慕容",
    "令狐",
    "司徒",
    "宇文",
    "长孙",
    "夏侯",
    "东方",
    "南宫",
    "万俟",
    "单于",
    "澹台",
    "呼延",
    "端木",
    "公孙",
    "轩辕",
    "鲜于",
    "闾丘",
    "钟离",
    "完颜",
    "纳兰",
    "赫连",
    "第五",
    "濮阳",
    "太史",
]
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞鹏建国文博雪梅晓东志远思源子涵雨桐浩然欣怡俊熙梓萱天佑嘉琪若曦宇航诗涵睿哲一诺海燕春生永福德胜金凤红旗立新少波庆龄光远"
MINORITY = [
    "买买提·艾力",
    "古丽娜尔·吐尔逊",
    "阿卜杜拉·卡迪尔",
    "帕提古丽·麦麦提",
    "迪丽热巴·迪力木拉提",
    "巴特尔·孟和",
    "乌兰·其其格",
    "扎西·多吉",
    "卓玛·央金",
    "次仁·罗布",
    "努尔兰·叶尔肯",
    "阿依古丽·哈山",
    "艾山江·吐尔地",
    "热孜万古丽·司马义",
    "格桑·梅朵",
    "达瓦·扎西",
    "玛丽亚木·亚森",
    "居马洪·马合木提",
    "吐尔洪·阿不都",
    "加纳提·赛力克",
]
MINORITY_PARTS = [
    "买买提",
    "艾力",
    "古丽",
    "吐尔逊",
    "阿卜杜",
    "卡迪尔",
    "帕提",
    "麦麦提",
    "热巴",
    "木拉提",
    "巴特尔",
    "孟和",
    "乌兰",
    "其其格",
    "扎西",
    "多吉",
    "卓玛",
    "央金",
    "次仁",
    "罗布",
    "努尔兰",
    "叶尔肯",
    "哈山",
    "格桑",
    "梅朵",
    "达瓦",
    "亚森",
    "居马洪",
    "马合木提",
    "赛力克",
]
LATIN_GIVEN = [
    "Anna",
    "Élodie",
    "Jürgen",
    "Søren",
    "Łukasz",
    "Zoë",
    "François",
    "Björn",
    "José",
    "María",
    "Håkon",
    "Renée",
    "Günther",
    "Siobhán",
    "Agnès",
    "Peter",
    "Olivia",
    "Charlotte",
    "Dmitri",
    "Fatima",
    "Hiroshi",
    "Ingrid",
    "Marcus",
    "Nadia",
    "Oscar",
    "Priya",
    "Quentin",
    "Ramón",
    "Sofía",
    "Thérèse",
    "Ulrich",
    "Valérie",
    "William",
    "Xavier",
    "Yusuf",
    "Zsófia",
    "Catherine",
    "Andrew",
    "Beatriz",
    "Chloé",
]
LATIN_FAMILY = [
    "Müller",
    "Martin",
    "O'Brien",
    "Lefèvre",
    "Østergård",
    "García",
    "Núñez",
    "Kowalski",
    "Łapiński",
    "Schäfer",
    "Strauß",
    "Dvořák",
    "Novák",
    "Ångström",
    "Bäcker",
    "Castellano",
    "Delacroix",
    "Eriksson",
    "Fitzgerald",
    "Gauthier",
    "Hoffmann",
    "Ivanov",
    "Jørgensen",
    "Kaufmann",
    "Lindqvist",
    "Moretti",
    "Nakamura",
    "Oyelaran",
    "Papadopoulos",
    "Quiñones",
    "Rasmussen",
    "Silverstein",
    "Takahashi",
    "Underwood",
    "Villanueva",
    "Wójcik",
    "Xenakis",
    "Yamamoto",
    "Zimmermann",
    "Harrington",
    "Whitfield",
    "Kensington",
]
PLACES = [
    "北京",
    "上海",
    "深圳",
    "广州",
    "杭州",
    "南京",
    "成都",
    "武汉",
    "苏州",
    "天津",
    "重庆",
    "青岛",
    "大连",
    "厦门",
    "宁波",
    "长沙",
    "西安",
    "合肥",
    "济南",
    "沈阳",
]
CORES = [
    "华",
    "恒",
    "瑞",
    "博",
    "鼎",
    "泰",
    "宏",
    "盛",
    "嘉",
    "德",
    "信",
    "诚",
    "达",
    "通",
    "联",
    "创",
    "新",
    "科",
    "远",
    "景",
    "星",
    "龙",
    "凤",
    "海",
    "天",
    "云",
    "金",
    "银",
    "腾",
    "飞",
    "安",
    "康",
    "美",
    "佳",
    "奥",
    "凯",
    "尚",
    "品",
    "一",
    "中",
]
TRADES = [
    "科技",
    "贸易",
    "实业",
    "投资",
    "建设",
    "工程",
    "医药",
    "电子",
    "物流",
    "文化传媒",
    "新材料",
    "能源",
    "化工",
    "机械",
    "食品",
    "纺织",
    "置业",
    "环保",
    "软件",
    "供应链管理",
]
FORMS = [
    "有限公司",
    "有限责任公司",
    "股份有限公司",
    "集团有限公司",
    "（集团）有限公司",
    "合伙企业（有限合伙）",
]
LATIN_CORES = [
    "Nordwind",
    "Stahlwerk",
    "Aldgate",
    "Kestrel",
    "Brandt",
    "Osterman",
    "Meridian",
    "Calloway",
    "Hartmann",
    "Silverlake",
    "Pacific",
    "Redwood",
    "Fairmont",
    "Lindgren",
    "Montrose",
]
LATIN_FORMS = ["GmbH", "Co., Ltd.", "Ltd", "Inc.", "S.A.", "AG", "LLC", "B.V.", "Limited", "GmbH & Co. KG"]
TRADITIONAL = str.maketrans(
    "张陈刘赵黄吴孙罗郑谢韩冯苏卢蒋贾叶阎余钟谭邹陆顾龙万钱汤贺赖龚伟丽军娟涛杰飞鹏建国华玉兰东远刚强凤红庆龄光晓梅静华恒瑞鼎泰龙凤云银腾飞创联达诚广苏宁庆连长汉阳",
    "張陳劉趙黃吳孫羅鄭謝韓馮蘇盧蔣賈葉閻余鍾譚鄒陸顧龍萬錢湯賀賴龔偉麗軍娟濤傑飛鵬建國華玉蘭東遠剛強鳳紅慶齡光曉梅靜華恆瑞鼎泰龍鳳雲銀騰飛創聯達誠廣蘇寧慶連長漢陽",
)


@dataclass(frozen=True)
class Known:
    name: str
    kind: str  # person, minority, latin, mixed, company, latin_company
    latin_name: str = ""
    former: str = ""
    phone: str = ""


def corpus(seed: int = 7, size: int = 2_000) -> list[Known]:
    """So many, no two of one name."""
    random = Random(seed)
    shares = (
        ("person", 0.36),
        ("minority", 0.07),
        ("latin", 0.13),
        ("mixed", 0.07),
        ("company", 0.3),
        ("latin_company", 0.07),
    )
    made: dict[str, Known] = {}
    for kind, share in shares:
        wanted = len(made) + round(size * share)
        while len(made) < wanted:
            one = _MAKERS[kind](random)
            if one.name not in made:
                phone = "1" + "".join(random.choices("3456789", k=1) + random.choices("0123456789", k=9))
                made[one.name] = Known(one.name, one.kind, one.latin_name, one.former, phone)
    return list(made.values())


def _chinese(random: Random) -> str:
    family = random.choices(
        (random.choice(SINGLE), random.choice(POLYPHONIC), random.choice(COMPOUND)), (7, 2, 1)
    )[0]
    return family + "".join(random.sample(GIVEN, random.choice((1, 2, 2))))


def _person(random):
    return Known(_chinese(random), "person")


def _minority(random):
    if random.random() < 0.2:
        return Known(random.choice(MINORITY), "minority")
    return Known("·".join(random.sample(MINORITY_PARTS, 2)), "minority")


def _latin(random):
    family = random.choice(LATIN_FAMILY)
    if random.random() < 0.2:
        family = f"{family}-{random.choice(LATIN_FAMILY)}"
    return Known(f"{random.choice(LATIN_GIVEN)} {family}", "latin")


def _mixed(random):
    name = _chinese(random)
    given = random.choice(LATIN_GIVEN)
    if random.random() < 0.5:
        return Known(f"{name} {given}", "mixed")
    return Known(name, "mixed", latin_name=f"{given} {random.choice(LATIN_FAMILY)}")


def _company_name(random) -> str:
    core = "".join(random.sample(CORES, random.choice((2, 2, 3))))
    place, trade, form = random.choice(PLACES), random.choice(TRADES), random.choice(FORMS)
    if random.random() < 0.2:
        return f"{core}{trade}（{place}）{form.replace('（集团）', '')}"
    return f"{place}{core}{trade}{form}"


def _company(random):
    former = _company_name(random) if random.random() < 0.2 else ""
    return Known(_company_name(random), "company", former=former)


def _latin_company(random):
    first, second = random.sample(LATIN_CORES, 2)
    number = random.choice(("", " Holdings", " Trading", " Shipping", " Capital", " Industries", " Partners"))
    return Known(f"{first} {second}{number} {random.choice(LATIN_FORMS)}", "latin_company")


_MAKERS = {
    "person": _person,
    "minority": _minority,
    "latin": _latin,
    "mixed": _mixed,
    "company": _company,
    "latin_company": _latin_company,
}
