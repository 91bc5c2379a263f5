"""Names, numbers and addresses of a firm that does not exist.

Mail addresses end in the reserved .example; mobile numbers begin with 160, 161, 163 or 164 and identity numbers with
region codes that are given to nobody, so that no demo client can be mistaken for a living person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from clients.rules.names import romanised
from clients.rules.readings import read

CITIES = (
    ("上海", "Shanghai", "021", "310100"),
    ("北京", "Beijing", "010", "110100"),
    ("杭州", "Hangzhou", "0571", "330100"),
    ("苏州", "Suzhou", "0512", "320500"),
    ("南京", "Nanjing", "025", "320100"),
    ("宁波", "Ningbo", "0574", "330200"),
    ("无锡", "Wuxi", "0510", "320200"),
    ("深圳", "Shenzhen", "0755", "440300"),
    ("广州", "Guangzhou", "020", "440100"),
    ("成都", "Chengdu", "028", "510100"),
    ("武汉", "Wuhan", "027", "420100"),
    ("青岛", "Qingdao", "0532", "370200"),
    ("厦门", "Xiamen", "0592", "350200"),
    ("合肥", "Hefei", "0551", "340100"),
    ("嘉兴", "Jiaxing", "0573", "330400"),
    ("重庆", "Chongqing", "023", "500100"),
    ("常州", "Changzhou", "0519", "320400"),
    ("南通", "Nantong", "0513", "320600"),
    ("绍兴", "Shaoxing", "0575", "330600"),
    ("温州", "Wenzhou", "0577", "330300"),
    ("福州", "Fuzhou", "0591", "350100"),
    ("长沙", "Changsha", "0731", "430100"),
    ("郑州", "Zhengzhou", "0371", "410100"),
    ("西安", "Xi'an", "029", "610100"),
    ("天津", "Tianjin", "022", "120100"),
    ("济南", "Jinan", "0531", "370100"),
    ("大连", "Dalian", "0411", "210200"),
    ("佛山", "Foshan", "0757", "440600"),
    ("东莞", "Dongguan", "0769", "441900"),
    ("昆明", "Kunming", "0871", "530100"),
)
ROADS = (
    "中山路", "人民路", "解放路", "建设大道", "滨江大道", "科技路", "创新大道", "望江路", "文三路", "延安路",
    "和平街", "金融街", "高新路", "梅园路", "学院路", "新华街", "长江路", "黄海路", "枫林路", "湖滨路",
)  # fmt: skip
ROADS_EN = ("Zhongshan Road", "Binjiang Avenue", "Science Road", "Innovation Avenue", "Jinji Lake Road",
            "Xinhua Street", "Gaoxin Road", "Yan'an Road", "Fenglin Road", "Harbour Road")  # fmt: skip

BRAND_FIRST = "云恒泰华嘉瑞盛安博科远宏达明凯东新金鼎海龙天正启航德锦朗信康智越腾飞众丰沃源森蓝星晨润通益诚和"
BRAND_SECOND = (
    "岭山川河海洋峰达信泰元和成通宇辰光阳程业创联合力胜兴茂丰润泽林原野帆锐特克思远翔鸣谷桥石图景方"
)
INDUSTRIES = (
    ("智能科技", "Intelligent Technology", "smart devices"),
    ("信息技术", "Information Technology", "information technology"),
    ("生物医药", "Biopharma", "pharmaceuticals"),
    ("医疗器械", "Medical Devices", "medical devices"),
    ("新能源", "New Energy", "renewable energy"),
    ("新材料", "Advanced Materials", "materials"),
    ("精密机械", "Precision Machinery", "machinery"),
    ("汽车零部件", "Auto Parts", "automotive parts"),
    ("电子", "Electronics", "electronics"),
    ("建筑工程", "Construction", "construction"),
    ("置业", "Real Estate", "real estate"),
    ("物流", "Logistics", "logistics"),
    ("供应链管理", "Supply Chain", "supply chains"),
    ("国际贸易", "International Trading", "trade"),
    ("纺织", "Textiles", "textiles"),
    ("食品", "Foods", "food"),
    ("餐饮管理", "Catering", "catering"),
    ("文化传媒", "Culture and Media", "media"),
    ("教育科技", "Education Technology", "education"),
    ("投资管理", "Investment", "investment"),
    ("环保科技", "Environmental Technology", "environment"),
    ("化工", "Chemicals", "chemicals"),
    ("包装", "Packaging", "packaging"),
    ("软件", "Software", "software"),
)
FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司")
STATE_STEMS = (
    ("国资运营", "State Capital Operations"), ("城市建设投资", "Urban Construction Investment"),
    ("交通投资", "Transport Investment"), ("能源", "Energy"), ("水务", "Water"), ("港务", "Port"),
    ("轨道交通", "Metro"), ("粮食", "Grain"), ("旅游发展", "Tourism Development"), ("机场", "Airport"),
    ("文化产业", "Cultural Industries"), ("燃气", "Gas"), ("产业园区开发", "Industrial Park"), ("供销", "Supply and Marketing"),
)  # fmt: skip
FOREIGN_BRANDS = (
    ("Brandt", "布兰特"), ("Kestrel", "凯思锐"), ("Hollander", "荷兰德"), ("Lindqvist", "林德奎"), ("Moreau", "莫罗"),
    ("Ashcroft", "雅世克"), ("Castellan", "卡斯兰"), ("Nordhaven", "北港"), ("Takamine", "高岭"), ("Silverbrook", "银溪"),
    ("Winterbourne", "温特伯"), ("Albrecht", "奥博西"), ("Dufresne", "杜弗兰"), ("Pemberton", "彭博顿"), ("Ferrand", "法兰德"),
    ("Osterman", "奥斯曼"), ("Hanabishi", "花菱"), ("Greystone", "格雷石"), ("Valmont", "沃蒙"), ("Rosenthal", "罗森泰"),
    ("Meridian", "美瑞典"), ("Corvus", "科沃思"), ("Aldgate", "奥德盖"), ("Bergström", "贝斯通"), ("Marchetti", "马凯蒂"),
    ("Jinseong", "真成"), ("Okafor", "奥卡佛"), ("Sterling Bay", "斯特湾"), ("Thornbury", "索恩堡"), ("Eichler", "艾可乐"),
)  # fmt: skip
PUBLIC_DEPARTMENTS = ("市场监督管理局", "住房和城乡建设局", "教育局", "生态环境局", "人力资源和社会保障局", "交通运输局",
                      "自然资源局", "卫生健康局", "商务局", "司法局", "文化和旅游局", "科学技术局")  # fmt: skip
DISTRICTS = (
    "新湖区", "东江区", "望山区", "高新区", "开发区", "滨河区", "云溪区", "南桥区", "北城区", "青田镇", "白石区", "长丰区", "龙井区",
    "金水湾区", "西塘镇", "松林区", "海曲区", "天目区", "凤凰山区", "桃源镇", "柳河区", "临港区", "双溪镇", "石门区", "荷花池区", "红枫区",
)  # fmt: skip
INSTITUTIONS = ("第{n}人民医院", "第{n}中学", "图书馆", "职业技术学院", "中医院", "广播电视台", "博物馆", "妇幼保健院",
                "体育中心", "农业科学研究院", "第{n}实验小学", "公共资源交易中心")  # fmt: skip
SOCIETIES = ("企业家协会", "软件行业协会", "慈善基金会", "环境保护协会", "青年志愿者协会", "建筑业协会", "留学人员联谊会",
             "养老服务促进会", "跨境电商协会", "律师调解中心")  # fmt: skip
TRADES = ("修车行", "茶行", "小吃店", "家具店", "服装店", "水产行", "五金店", "花店", "装饰设计工作室", "摄影工作室",
          "烘焙坊", "印刷店", "果品批发部", "眼镜店")  # fmt: skip

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文单仇解查"
)
COMPOUND = ("欧阳", "上官", "司马", "诸葛")
GIVEN_MALE = ("伟", "强", "磊", "军", "勇", "杰", "涛", "明", "超", "鹏", "建国", "志强", "文博", "浩然", "子轩", "俊杰", "海波",
              "国栋", "宏伟", "思远", "立新", "晓东", "家豪", "永康", "振华", "天佑", "一鸣", "承志", "卫东", "瑞安")  # fmt: skip
GIVEN_FEMALE = ("芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "秀英", "桂兰", "婷婷", "雪梅", "佳怡", "雨桐", "诗涵", "晓燕",
                "文静", "丹丹", "慧敏", "玉兰", "梦琪", "若曦", "佩珊", "凤英", "思琪", "安然", "清怡", "嘉宁", "书瑶", "可欣")  # fmt: skip
GIVEN_FIRST = "子文志建晓雨佳海俊思永国明春玉宇泽梦若天云景欣博浩诗嘉立承元书安家振清瑞一"
GIVEN_SECOND_MALE = "轩博强国东辰豪波杰远军涛峰龙平鸣鹏宇辉阳然成华康林超斌健凯毅"
GIVEN_SECOND_FEMALE = "涵琪怡婷萱彤瑶欣兰梅芳莹雪静颖洁慧娜蕾倩琳月丹霞薇珊宁燕玲妍"
LATIN_FAMILY = ("Anderson", "Bennett", "Carter", "Dubois", "Evans", "Fischer", "Garcia", "Hughes", "Ivanov", "Jensen",
                "Keller", "Lambert", "Müller", "Novak", "O'Brien", "Palmer", "Quinn", "Rossi", "Schmidt", "Tanaka",
                "Usman", "Vogel", "Walsh", "Yamada", "Zimmermann", "Harper", "Lindgren", "Moretti", "Singh", "Park")  # fmt: skip
LATIN_MALE = ("James", "Thomas", "Lukas", "Daniel", "Pierre", "Marco", "Kenji", "Oliver", "Stefan", "Henrik", "Rajiv",
              "Patrick", "Matthew", "Johan", "Min-jun", "Andrew")  # fmt: skip
LATIN_FEMALE = ("Emma", "Sophie", "Claire", "Anna", "Julia", "Yuki", "Laura", "Ingrid", "Maria", "Hannah", "Priya",
                "Catherine", "Elena", "Astrid", "Ji-woo", "Rachel")  # fmt: skip

# role, Chinese, English
POSITIONS = (
    ("decision_maker", "总经理", "General Manager"),
    ("decision_maker", "董事长", "Chairman"),
    ("decision_maker", "副总经理", "Deputy General Manager"),
    ("user", "法务总监", "Head of Legal"),
    ("user", "法务经理", "Legal Manager"),
    ("user", "人力资源总监", "HR Director"),
    ("user", "采购经理", "Purchasing Manager"),
    ("user", "项目经理", "Project Manager"),
    ("payer", "财务总监", "Chief Financial Officer"),
    ("payer", "财务经理", "Finance Manager"),
    ("gatekeeper", "总经理助理", "Assistant to the General Manager"),
    ("gatekeeper", "办公室主任", "Office Manager"),
)
PUBLIC_POSITIONS = (
    ("decision_maker", "局长", "Director"), ("decision_maker", "副局长", "Deputy Director"),
    ("user", "法规科科长", "Head of Legal Affairs"), ("user", "法务专员", "Legal Officer"),
    ("payer", "财务科科长", "Head of Finance"), ("gatekeeper", "办公室主任", "Office Manager"),
)  # fmt: skip
RELATIVES = (
    ("user", "配偶", "Spouse"),
    ("other", "女儿", "Daughter"),
    ("other", "儿子", "Son"),
    ("gatekeeper", "助理", "Assistant"),
)

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass(frozen=True, slots=True)
class Name:
    """How somebody is called: in their own script, and in Latin letters where those differ."""

    name: str
    latin: str = ""
    sex: str = ""
    given: str = ""  # how a note would call them


def chinese_person(random: Random) -> Name:
    sex = "female" if random.random() < 0.48 else "male"
    family = random.choice(COMPOUND) if random.random() < 0.01 else random.choice(SURNAMES)
    name = family + _given(random, sex)
    title = "女士" if sex == "female" else "先生"
    return Name(name, romanised(name), sex, family + title)


def _given(random: Random, sex: str) -> str:
    """One of the names many people bear, or two characters put together as parents do."""
    if random.random() < 0.3:
        return random.choice(GIVEN_FEMALE if sex == "female" else GIVEN_MALE)
    return random.choice(GIVEN_FIRST) + random.choice(
        GIVEN_SECOND_FEMALE if sex == "female" else GIVEN_SECOND_MALE
    )


def foreign_person(random: Random) -> Name:
    sex = "female" if random.random() < 0.48 else "male"
    family = random.choice(LATIN_FAMILY)
    given = random.choice(LATIN_FEMALE if sex == "female" else LATIN_MALE)
    return Name(f"{given} {family}", "", sex, f"{'Ms' if sex == 'female' else 'Mr'} {family}")


def brand(random: Random) -> str:
    two = random.choice(BRAND_FIRST) + random.choice(BRAND_SECOND)
    return two + random.choice(BRAND_SECOND) if random.random() < 0.3 else two


def latin_brand(chinese: str) -> str:
    """云岭 as Yunling."""
    return "".join(read(chinese)).capitalize()


def domain(words: str) -> str:
    """A mail domain that can never exist."""
    letters = "".join(sign for sign in words.casefold() if sign.isascii() and sign.isalnum())
    return f"{letters[:24] or 'client'}.example"


def email_of(person: Name, at: str) -> str:
    words = (person.latin or person.name).casefold().replace("'", "").replace("ü", "ue").split()
    return f"{'.'.join(words)}@{at}"


def mobile(random: Random) -> str:
    return f"{random.choice(('160', '161', '163', '164'))}{random.randrange(10**8):08d}"


def landline(random: Random, area: str) -> str:
    return f"{area}-{random.randrange(5, 9)}{random.randrange(10**7):07d}"


def foreign_number(random: Random) -> str:
    """Numbers that Ofcom and the North American plan keep for stories."""
    if random.random() < 0.5:
        return f"+44 20 7946 {random.randrange(1000):04d}"
    return f"+1 {random.choice((212, 312, 415, 617))} 555 01{random.randrange(100):02d}"


def birth_date(random: Random, today: date, youngest: int = 24, oldest: int = 72) -> date:
    year = today.year - random.randrange(youngest, oldest)
    return date(year, random.randrange(1, 13), random.randrange(1, 29))


def identity_number(order: int, region: str, born: date) -> str:
    """Eighteen digits with their check sign, of a region that is no district."""
    body = f"{region}{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _IDENTITY_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def credit_code(region: str, number: int) -> str:
    """A unified social credit code (GB 32100): its middle counts, so that no two clients share one."""
    middle = ""
    left = number * 7919 + 104_729
    for _place in range(7):
        left, digit = divmod(left, 31)
        middle = _CREDIT_SIGNS[digit] + middle
    body = f"91{region}MA{middle}"
    total = sum(
        _CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(body, _CREDIT_WEIGHTS, strict=True)
    )
    return body + _CREDIT_SIGNS[(31 - total % 31) % 31]
