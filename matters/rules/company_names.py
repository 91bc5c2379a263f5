"""What is an organisation's own in its name: without its legal form, its place and its trade.

北京远洋科技有限公司, 远洋控股（深圳）集团 and Yuanyang Technology Co., Ltd. have 远洋 in common, and that is what a conflict
check must find. The lists are of words that tell nothing of who bears them; a name made of nothing else is its own.
"""

import re

from clients.rules.names import HAN, has_han, split_legal_form
from clients.rules.scripts import simplified

_PLACES = (
    "中华人民共和国", "中国", "中华", "全国", "华东", "华南", "华北", "华中", "北京", "上海", "天津", "重庆", "河北", "山西",
    "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川",
    "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门", "广州", "深圳",
    "珠海", "佛山", "东莞", "中山", "惠州", "厦门", "福州", "泉州", "杭州", "宁波", "温州", "嘉兴", "绍兴", "南京", "苏州",
    "无锡", "常州", "南通", "扬州", "徐州", "成都", "武汉", "长沙", "郑州", "西安", "济南", "青岛", "烟台", "大连", "沈阳",
    "长春", "哈尔滨", "石家庄", "太原", "合肥", "南昌", "南宁", "昆明", "贵阳", "兰州", "西宁", "银川", "乌鲁木齐", "拉萨",
    "呼和浩特", "海口", "三亚", "浦东", "前海", "横琴",
)  # fmt: skip
_TRADES = (
    "集团", "控股", "国际", "投资", "实业", "贸易", "商贸", "科技", "技术", "信息", "网络", "软件", "电子", "智能", "数据",
    "工程", "建设", "建筑", "房地产", "地产", "置业", "物业", "开发", "发展", "管理", "咨询", "服务", "顾问", "文化", "传媒",
    "传播", "广告", "教育", "培训", "医疗", "医药", "制药", "药业", "生物", "健康", "食品", "餐饮", "酒店", "旅游", "物流",
    "运输", "供应链", "能源", "电力", "电气", "机械", "设备", "制造", "材料", "化工", "金属", "纺织", "服装", "农业", "环保",
    "金融", "证券", "基金", "保险", "银行", "租赁", "资产", "资本", "股权", "企业", "产业", "工业", "进出口", "电子商务",
    "分公司", "子公司", "办事处", "总部", "分行", "支行",
)  # fmt: skip
_UNIT = re.compile("^(?:特别行政区|自治区|[省市区县])")
_STOCK = "股份"
_LATIN_COMMON = frozenset({
    "the", "of", "and", "in", "for", "china", "chinese", "beijing", "shanghai", "shenzhen", "guangzhou",
    "hangzhou", "hong", "kong", "hongkong", "asia", "pacific", "europe", "international", "global",
    "group", "groups", "holding", "holdings", "technology", "technologies", "tech", "trading", "trade",
    "industries", "industry", "industrial", "investment", "investments", "services", "service",
    "solutions", "systems", "software", "consulting", "management", "development", "enterprise",
    "enterprises", "capital", "partners", "associates", "engineering", "construction", "logistics",
    "media", "branch", "youxian", "gongsi", "youxiangongsi", "zeren", "gufen", "jituan", "keji",
    "jishu", "maoyi", "shiye", "fazhan", "touzi", "guoji", "konggu",
})  # fmt: skip
_PINYIN_FORMS = re.compile(
    r"(?:\s*(?:gu ?fen|you ?xian|ze ?ren|gong ?si|zong ?gong ?si|he ?huo|qi ?ye|shi ?wu ?suo)\b)+$"
)
_HAN_RUN = re.compile(f"[{HAN}]+")


def stem_of(name: str) -> str:
    """The name in one script without its legal form; a form spelled in pinyin is one too."""
    stem = split_legal_form(simplified(name))[0]
    return _PINYIN_FORMS.sub("", stem) or stem


def core_of(name: str) -> str:
    """What of the name is its bearer's own; the whole stem where nothing else is left."""
    stem = stem_of(name)
    return (_han_core(stem) if has_han(stem) else _latin_core(stem)) or stem


def _latin_core(stem: str) -> str:
    own = [word for word in stem.split() if word not in _LATIN_COMMON]
    return " ".join(own)


def _han_core(stem: str) -> str:
    """Places at either end and trades anywhere behind the first two characters are taken away."""
    own = "".join(_HAN_RUN.findall(stem))
    own = _without_places(own).removesuffix(_STOCK)
    while (shorter := _without_trade(own)) != own:
        own = _without_places(shorter)
    return own if len(own) > 1 and own not in _TRADES and own not in _PLACES else ""


def _without_places(own: str) -> str:
    changed = True
    while changed:
        changed = False
        for place in _PLACES:
            if own.startswith(place) and len(own) > len(place):
                own, changed = _UNIT.sub("", own[len(place) :]), True
            elif own.endswith(place) and len(own) > len(place) + 1:
                own, changed = own[: -len(place)], True
    return own


def _without_trade(own: str) -> str:
    for trade in (*_TRADES, _STOCK):
        if own.endswith(trade) and len(own) >= len(trade) + 2:
            return own[: -len(trade)]
    return own
