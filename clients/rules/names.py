"""Names of people and organisations: their normal form, their reading in pinyin, their place in a list.

The normal form makes two spellings of one name equal: full-width letters, case, accents, punctuation, invisible
characters and the spaces between Chinese characters make no difference. It is for comparing, never for showing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from clients.rules.readings import read, words_of

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
CJK = HAN + "\u3040-\u30ff\uac00-\ud7af"  # scripts written without spaces (Korean as its names are)

_HAN_RUN = re.compile(f"[{HAN}]+")
_PARTS = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
_JOINERS = re.compile(r"['’‘ʼ`´.]")  # O'Brien, U.S.A.
_NOT_WORD = re.compile(r"[\W_]+")
_SPACE_BY_CJK = re.compile(rf"(?<=[{CJK}]) (?=[{CJK}])")
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


# -- normal form --------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)  # one row's name is asked for by search, sorting and matching in turn
def normal_form(text: str) -> str:
    """The name reduced to its letters, digits and characters: 'Müller & Co.,Ltd.' is 'muller co ltd'."""
    if not text.isascii():
        text = _plain_letters(text)
    text = _JOINERS.sub("", text.casefold())
    text = _NOT_WORD.sub(" ", text).strip()
    return text if text.isascii() else _SPACE_BY_CJK.sub("", text)


def _plain_letters(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = "".join([c for c in text if unicodedata.category(c) != "Cf"])  # zero-width and direction marks
    text = _ACCENTS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return unicodedata.normalize("NFC", text).translate(_LETTERS)


def parts(normal: str) -> list[str]:
    """A normal form cut into runs of Chinese (or Japanese, Korean) and words of other scripts."""
    return _PARTS.findall(normal)


def is_han(text: str) -> bool:
    return _HAN_RUN.fullmatch(text) is not None


def has_han(text: str) -> bool:
    return _HAN_RUN.search(text) is not None


def after_renaming(former: Iterable[str], old: str, new: str) -> list[str] | None:
    """The former names of somebody who was called `old` until now; None where the new name only reads otherwise."""
    normal_new, normal_old = normal_form(new), normal_form(old)
    if normal_new == normal_old:
        return None
    names = [one for one in former if normal_form(one) != normal_new]
    return names if normal_old in map(normal_form, names) else [*names, old]


# -- organisations ------------------------------------------------------------------------------------------

_CHINESE_FORMS = (
    "特殊普通合伙", "股份有限公司", "有限责任公司", "会计师事务所", "律师事务所", "有限公司", "股份公司", "事务所",
    "普通合伙", "有限合伙", "合伙企业", "总公司", "公司", "特殊普通合夥", "股份有限公司", "有限責任公司",
    "會計師事務所", "律師事務所", "事務所",
)  # fmt: skip
_LATIN_FORMS = frozenset({
    "ab", "ag", "as", "bhd", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg", "kk",
    "limited", "llc", "llp", "lp", "ltd", "nv", "oy", "plc", "pte", "pty", "sa", "sarl", "sas", "sdn", "se", "spa",
    "srl",
})  # fmt: skip


def split_legal_form(name: str) -> tuple[str, str]:
    """Normal form of an organisation's name without its legal form, and that form ('' if it has none)."""
    stem = normal_form(name)
    whole = stem
    while stem:
        shorter = _without_last_form(stem)
        if not shorter:
            break
        stem = shorter
    return stem, whole[len(stem) :].strip()


def _without_last_form(stem: str) -> str:
    """One legal form less; '' when there is none left, or nothing would remain."""
    for form in _CHINESE_FORMS:
        if stem.endswith(form):
            return stem[: -len(form)].rstrip()
    head, _space, last = stem.rpartition(" ")
    return head if last in _LATIN_FORMS else ""


# -- Chinese personal names ---------------------------------------------------------------------------------

# Surnames with several readings: the usual one first, then others in use.
_SURNAME_READINGS = {
    "曾": "zeng", "单": "shan", "單": "shan", "仇": "qiu", "解": "xie", "查": "zha", "朴": "piao", "区": "ou",
    "區": "ou", "盖": "ge gai", "蓋": "ge gai", "任": "ren", "华": "hua", "華": "hua", "尉": "wei", "覃": "qin tan",
    "繁": "po", "翟": "zhai di", "乐": "yue le", "樂": "yue le", "员": "yun", "員": "yun", "黑": "he", "缪": "miao",
    "繆": "miao", "冼": "xian", "洗": "xian", "折": "she", "种": "chong", "重": "chong", "秘": "bi", "薄": "bo",
    "宓": "mi fu", "那": "na", "车": "che", "車": "che", "逄": "pang", "逢": "pang", "隗": "wei kui", "佴": "nai",
    "郇": "xun huan", "祭": "zhai", "召": "shao", "柏": "bai", "葛": "ge", "沈": "shen", "石": "shi", "贾": "jia",
    "賈": "jia", "句": "gou", "阚": "kan", "闞": "kan", "牟": "mu mou", "能": "nai", "宁": "ning", "寧": "ning",
    "曲": "qu", "撒": "sa", "燕": "yan", "要": "yao", "叶": "ye", "葉": "ye", "应": "ying", "應": "ying", "卜": "bu",
    "晁": "chao", "都": "du", "干": "gan", "炅": "gui", "和": "he", "乜": "nie", "莘": "shen", "盛": "sheng",
    "相": "xiang", "行": "xing", "占": "zhan", "长": "chang", "藏": "zang", "万": "wan", "萬": "wan", "吕": "lv",
    "呂": "lv", "郗": "xi chi", "谌": "chen", "諶": "chen", "隽": "juan", "过": "guo", "過": "guo",
}  # fmt: skip
_COMPOUND_SURNAMES = {
    "欧阳": "ou yang", "歐陽": "ou yang", "太史": "tai shi", "端木": "duan mu", "上官": "shang guan",
    "司马": "si ma", "司馬": "si ma", "东方": "dong fang", "東方": "dong fang", "独孤": "du gu", "獨孤": "du gu",
    "南宫": "nan gong", "南宮": "nan gong", "万俟": "mo qi", "萬俟": "mo qi", "闻人": "wen ren", "聞人": "wen ren",
    "夏侯": "xia hou", "诸葛": "zhu ge", "諸葛": "zhu ge", "尉迟": "yu chi", "尉遲": "yu chi", "公羊": "gong yang",
    "赫连": "he lian", "赫連": "he lian", "澹台": "tan tai", "澹臺": "tan tai", "皇甫": "huang fu",
    "宗政": "zong zheng", "濮阳": "pu yang", "濮陽": "pu yang", "公冶": "gong ye", "太叔": "tai shu",
    "申屠": "shen tu", "公孙": "gong sun", "公孫": "gong sun", "慕容": "mu rong", "仲孙": "zhong sun",
    "仲孫": "zhong sun", "钟离": "zhong li", "鍾離": "zhong li", "长孙": "zhang sun", "長孫": "zhang sun",
    "宇文": "yu wen", "司徒": "si tu", "鲜于": "xian yu", "鮮于": "xian yu", "司空": "si kong", "闾丘": "lv qiu",
    "閭丘": "lv qiu", "子车": "zi ju", "亓官": "qi guan", "司寇": "si kou", "巫马": "wu ma", "公西": "gong xi",
    "颛孙": "zhuan sun", "壤驷": "rang si", "公良": "gong liang", "漆雕": "qi diao", "乐正": "yue zheng",
    "宰父": "zai fu", "谷梁": "gu liang", "拓跋": "tuo ba", "夹谷": "jia gu", "轩辕": "xuan yuan",
    "軒轅": "xuan yuan", "令狐": "ling hu", "段干": "duan gan", "百里": "bai li", "呼延": "hu yan",
    "东郭": "dong guo", "東郭": "dong guo", "南门": "nan men", "羊舌": "yang she", "微生": "wei sheng",
    "单于": "chan yu", "單于": "chan yu", "淳于": "chun yu", "西门": "xi men", "西門": "xi men", "第五": "di wu",
    "公仪": "gong yi", "梁丘": "liang qiu", "左丘": "zuo qiu", "东门": "dong men", "达奚": "da xi", "哥舒": "ge shu",
    "贺兰": "he lan", "纳兰": "na lan", "納蘭": "na lan", "爱新": "ai xin", "叶赫": "ye he", "完颜": "wan yan",
    "完顏": "wan yan", "耶律": "ye lv",
}  # fmt: skip
_WITHOUT_SURNAME = re.compile(rf"[{HAN}]\s*[·•・‧∙⋅.]\s*[{HAN}]")  # 买买提·艾力: given and father's name


def split_person_name(name: str) -> tuple[str, str]:
    """Family and given name of a name in Chinese characters; ('', name) where it has no family name."""
    normal = normal_form(name)
    if not is_han(normal) or _WITHOUT_SURNAME.search(name):
        return "", normal
    length = 2 if len(normal) > 2 and normal[:2] in _COMPOUND_SURNAMES else 1
    return normal[:length], normal[length:]


def display_name(family: str, given: str, *, family_first: bool = True) -> str:
    """Family name first: together in Chinese characters, with a space in other scripts."""
    if not (family and given):
        return family or given
    if has_han(family + given):
        return family + given
    return f"{family} {given}" if family_first else f"{given} {family}"


def romanised(name: str) -> str:
    """A Chinese person's name in pinyin, family name first: 'Ouyang Nana', 'Lü Wei' as 'Lyu Wei'."""
    family, given = split_person_name(name)
    if not family:
        return ""
    syllables = syllables_of(name, is_person=True)
    words = "".join(syllables[: len(family)]), "".join(syllables[len(family) :])
    return " ".join(re.sub("(?<=[ln])v", "yu", word).capitalize() for word in words if word)


# -- readings -----------------------------------------------------------------------------------------------


def syllables_of(name: str, *, is_person: bool) -> list[str]:
    """One syllable for each Chinese character, in pinyin without tones (ü as v); other words as they are."""
    return readings_of(name, is_person=is_person)[0]


@lru_cache(maxsize=8192)  # for search, sorting and matching alike; whoever asks must not change the lists
def readings_of(name: str, *, is_person: bool) -> list[list[str]]:
    """The likely readings of a name, the usual one first: some surnames are read in two ways.

    An organisation may bear its founder's name (曾记), so a surname's reading comes second there.
    """
    family, given = split_person_name(name) if is_person else ("", normal_form(name))
    rest = [syllable for part in parts(given) for syllable in _read(part)]
    if family:
        return [[*surname, *rest] for surname in _surname_readings(family)]
    if not is_person and given[:1] in _SURNAME_READINGS:
        others = [reading for reading in _SURNAME_READINGS[given[0]].split() if reading != rest[0]]
        return [rest, *([other, *rest[1:]] for other in others)]
    return [rest]


def _surname_readings(family: str) -> list[list[str]]:
    if len(family) > 1:
        return [_COMPOUND_SURNAMES[family].split()]
    known = _SURNAME_READINGS.get(family)
    return [[reading] for reading in known.split()] if known else [list(_read(family))]


def _read(part: str) -> Iterable[str]:
    """The reading of a run of one script, word by word: a word decides how its characters are read (银行, 行走)."""
    if not has_han(part):
        return (part,)
    return [syllable for word in words_of(part) for syllable in read(word)]


def initials_of(name: str, *, is_person: bool) -> str:
    return "".join([syllable[0] for syllable in syllables_of(name, is_person=is_person)])


def may_be_read_otherwise(name: str) -> bool:
    """Whether a person and an organisation of this name may be read, and so sorted, differently."""
    family, _given = split_person_name(name)
    return bool(family) and len(normal_form(name)) <= 4 and (len(family) > 1 or family in _SURNAME_READINGS)


@lru_cache(maxsize=8192)
def sort_key(name: str, *, is_person: bool, length: int = 240) -> str:
    """The place of a name in one list of all scripts: by reading, and under one reading by character.

    Each syllable is followed by its character, so that all 张 come before all 章 as in a Chinese index.
    Compare it byte by byte (collation "C").
    """
    normal = normal_form(name)
    syllables = syllables_of(name, is_person=is_person)
    characters = [one for part in parts(normal) for one in (part if has_han(part) else [part])]
    if len(characters) != len(syllables):  # a name of signs only
        return (normal or name)[:length]
    keyed = [s if s == c else s + c for s, c in zip(syllables, characters, strict=True)]
    return (" ".join(keyed) or name)[:length]
