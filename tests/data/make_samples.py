"""Builds the sample client lists in this folder: `python tests/data/make_samples.py`.

Every name, number and address is made up. Identity numbers carry valid check digits but order codes from 900 on and
round birth dates; registration numbers stand on organisation codes 00000001, 00000002 and so on, which are not issued.
"""

import csv
import datetime
import io
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

HERE = Path(__file__).parent

EN = ["Name", "Kind", "Business field", "Source", "Responsible lawyer", "Phone", "Email", "Identity number",
      "Registration number", "Birth date", "Client since", "Grade", "Address", "Note"]  # fmt: skip
ZH = ["客户名称", "客户性质", "业务领域", "客户来源", "负责律师", "电话", "邮箱", "身份证号", "统一社会信用代码",
      "出生日期", "建立关系日期", "客户分级", "地址", "备注"]  # fmt: skip

AREAS = ["110101", "310104", "440305", "330106", "320102", "510104", "420106", "370202"]
CATEGORY = {"company": "91", "trader": "92", "department": "11", "institution": "12", "society": "51"}


def identity_number(area: str, born: datetime.date, order: int) -> str:
    """GB 11643: area, birth date, order code, check digit."""
    body = f"{area}{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def registration_number(category: str, area: str, serial: int) -> str:
    """GB 32100 around a GB 11714 organisation code."""
    code = f"{serial:08d}"
    check = 11 - sum(int(d) * w for d, w in zip(code, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    body = category + area + code + {10: "X", 11: "0"}.get(check, str(check))
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(letters.index(c) * (3**place % 31) for place, c in enumerate(body))
    return body + letters[(31 - total % 31) % 31]


def born(n: int) -> datetime.date:
    return datetime.date(1960 + n % 40, 1 + n % 12, 1 + n % 28)


def since(n: int) -> datetime.date:
    return datetime.date(2012 + n % 13, 1 + (5 * n) % 12, 1 + (7 * n) % 28)


# Name, kind, business field, source, grade, note
EN_COMPANIES = [
    ("Harbour Light Logistics Ltd", "Private enterprise", "Commercial", "Referred", "A", "Annual retainer, renews in June"),
    ("Northgate Textiles Co., Ltd", "Private enterprise", "Commercial", "Direct", "B", ""),
    ("Silver Birch Foods plc", "Private enterprise", "Commercial; Civil", "Direct", "B", "Prefers email"),
    ("Jadeview Semiconductor (Suzhou) Co., Ltd", "Foreign-invested enterprise", "Commercial", "Alliance", "A", ""),
    ("Eastern Rivers Shipping Group", "State-owned enterprise", "Commercial", "Direct", "A", "Board meets each quarter"),
    ("Bluecrane Medical Devices", "Foreign-invested enterprise", "Commercial; Administrative", "Referred", "B", ""),
    ("Cartwright & Yao Design Studio", "Sole trader", "Civil", "Referred", "D", ""),
    ("Lotus Pond Hotels", "Private enterprise", "Civil", "Direct", "C", "Two open tenancy questions"),
    ("Meridian Water Works", "State-owned enterprise", "Administrative", "Direct", "B", ""),
    ("Fernhill Veterinary Clinic", "Sole trader", "Civil", "Direct", "", ""),
    ("Pinecrest Renewable Energy", "Foreign-invested enterprise", "Commercial", "Alliance", "A", "Calls before 10:00 London time"),
    ("Ormond Street Bakery", "Sole trader", "Civil", "Direct", "D", ""),
    ("Kestrel Robotics Co., Ltd", "Private enterprise", "Commercial", "Referred", "C", "Series B planned"),
    ("Whitewater Outdoor Goods", "Private enterprise", "Commercial", "Direct", "C", ""),
    ("Old Mill Museum", "Public institution", "Administrative", "Direct", "C", ""),
    ("Riverside District Housing Office", "Government department", "Administrative", "Direct", "B", ""),
    ("Association of Harbour Pilots", "Social organisation", "Civil", "Referred", "C", "Seminar each spring"),
    ("Tallis Concert Hall Trust", "Social organisation", "Civil", "Direct", "", ""),
    ("St. Alban's Teaching Hospital", "Public institution", "Civil; Administrative", "Direct", "B", ""),
    ("Quarry Lane Builders", "Private enterprise", "Civil", "Referred", "D", "Invoices to the owner's wife"),
]  # fmt: skip
EN_PEOPLE = [
    ("Margaret Ellison", "C", ""), ("Tobias Achterberg", "B", "Speaks German"), ("Priya Raghunathan", "", ""),
    ("Owen Pritchard", "D", ""), ("Lin Xiaoyan", "A", "Family trust"), ("Hugo Lefèvre", "C", ""),
    ("Zhao Mingyuan", "B", ""), ("Aoife Brennan", "", "Met at the spring seminar"), ("Samuel Okonkwo", "C", ""),
    ("Ingrid Søndergaard", "C", ""), ("Wu Jialing", "B", "WeChat preferred"), ("Daniel Fairweather", "D", ""),
    ("Renata Kowalczyk", "", ""), ("Qian Zhiheng", "C", ""), ("Beatrice Holloway", "B", "Hard of hearing: write"),
    ("Marcus Thorne", "C", ""), ("Yvonne Castellanos", "", ""), ("Peter O'Donnell", "D", ""),
    ("Sun Lihua", "A", ""), ("Elif Yıldız", "C", ""),
]  # fmt: skip
ZH_COMPANIES = [
    ("北京澄明科技有限公司", "民营", "商事", "直接", "A", "年度顾问，六月续签"),
    ("上海远帆物流有限公司", "民营", "商事", "推荐", "B", ""),
    ("苏州玉衡半导体有限公司", "外资", "商事", "合作", "A", "董事会每季度召开"),
    ("东江港务集团有限公司", "国有", "商事、行政", "直接", "A", ""),
    ("杭州青禾食品有限公司", "民营", "商事、民事", "直接", "B", "优先邮件联系"),
    ("成都蓉城建设有限公司", "民营", "民事", "推荐", "C", ""),
    ("武汉长桥医疗器械有限公司", "外资", "商事", "合作", "B", ""),
    ("青岛海岸水务有限公司", "国有", "行政", "直接", "B", ""),
    ("南京梧桐酒店管理有限公司", "民营", "民事", "直接", "C", "两项租赁问题待答复"),
    ("深圳星链机器人有限公司", "民营", "商事", "推荐", "C", "计划B轮融资"),
    ("老城面包房", "个体工商户", "民事", "直接", "D", ""),
    ("单记裁缝铺", "个体工商户", "民事", "推荐", "D", ""),
    ("仇氏中医诊所", "个体工商户", "民事", "直接", "", ""),
    ("河畔区住房保障局", "机关", "行政", "直接", "B", ""),
    ("云山区市场监督管理局", "机关", "行政", "直接", "C", ""),
    ("古磨坊博物馆", "事业单位", "行政", "直接", "C", ""),
    ("第二人民医院", "事业单位", "民事、行政", "直接", "B", ""),
    ("港口引航员协会", "社会团体", "民事", "推荐", "C", "每年春季培训"),
    ("江南书画研究会", "社会团体", "民事", "直接", "", ""),
    ("西岭风能有限公司", "外资", "商事", "合作", "A", ""),
]  # fmt: skip
ZH_PEOPLE = [
    ("曾国栋", "C", ""), ("单雪梅", "B", ""), ("仇志远", "", ""), ("欧阳静怡", "A", "家族信托"), ("林晓燕", "A", ""),
    ("赵明远", "B", ""), ("吴佳玲", "B", "微信联系"), ("钱志恒", "C", ""), ("孙丽华", "A", ""), ("周文博", "D", ""),
    ("郑婉清", "C", "春季研讨会结识"), ("冯少峰", "C", ""), ("解红霞", "", ""), ("查良辰", "D", ""), ("任天行", "C", ""),
    ("万俟雨桐", "C", ""), ("尉迟剑", "D", ""), ("区美仪", "B", ""), ("盖世豪", "C", "听力不便，请书面联系"), ("长孙无名", "", ""),
]  # fmt: skip
KIND_CODE = {
    "Sole trader": "trader", "个体工商户": "trader", "Government department": "department", "机关": "department",
    "Public institution": "institution", "事业单位": "institution", "Social organisation": "society", "社会团体": "society",
}  # fmt: skip


def clean_rows(companies, people, *, words: dict, offset: int) -> list[list]:
    rows = []
    for n, (name, kind, field, source, grade, note) in enumerate(companies, 1):
        area = AREAS[n % len(AREAS)]
        number = registration_number(CATEGORY[KIND_CODE.get(kind, "company")], area, offset + n)
        rows.append(
            [name, kind, field, source, words["lawyers"][n % 2], f"010-5550{offset + n:04d}",
             f"office{offset + n}@client{n}.example", "", number, None, since(n), grade, words["street"] % (n, n * 3), note]
        )  # fmt: skip
    for n, (name, grade, note) in enumerate(people, 1):
        day = born(3 * n + offset)
        number = identity_number(AREAS[n % len(AREAS)], day, 900 + n) if n % 4 else ""
        rows.append(
            [name, words["person"], words["civil"], words["direct"], words["lawyers"][n % 2], f"138{offset + n:08d}",
             f"person{offset + n}@mail.example", number, "", day, since(n + 5), grade, words["street"] % (n + 30, n * 2), note]
        )  # fmt: skip
    return rows


EN_WORDS = {"lawyers": ["Chen Wei", "lawyer2"], "person": "Natural person", "civil": "Civil", "direct": "Direct",
            "street": "Flat %d, %d Jianguo Road, Chaoyang, Beijing"}  # fmt: skip
ZH_WORDS = {"lawyers": ["陈伟", "李娜"], "person": "自然人", "civil": "民事", "direct": "直接",
            "street": "北京市朝阳区建国路%d号%d室"}  # fmt: skip

GOOD_ID = identity_number("110101", datetime.date(1990, 3, 7), 901)
OTHER_ID = identity_number("310104", datetime.date(1985, 12, 1), 902)
COMPANY = registration_number("91", "110101", 801)

UGLY_TITLE = "示例律师事务所客户名册（内部资料）"
UGLY_HEADINGS = ["客户名称 ", "客户性质", "业务领域", "客户来源", "负责律师", "电话", "", "邮箱", "身份证号",
                 "统一社会信用代码", "出生日期", "建立关系日期", "客户分级", "地址", "备注", "备注"]  # fmt: skip
# None leaves a whole row blank. What becomes of each row is told in the second list, for the tests.
UGLY_ROWS = [
    (["曾国荃", "自然人", "民事", "推荐", "陈伟", "13800000101", "旧", "zeng@mail.example", GOOD_ID, "", "1990-03-07", "2019/5/6", "A", "北京市东城区", "老客户", ""], "create"),
    ([" 李　静\u200b ", "自然人 ", "民事", "直接", "李娜", "１３８０００００１０２", "", "Li.Jing@Mail.Example ", "", "", "1988年6月1日", "2020.07.15", "b", "上海市徐汇区", "全角电话", ""], "create"),
    (["王建军", "自然人", "刑事", "直接", "lawyer", "13800000103.0", "", "", "", "", "", "2021-01-20", "C", "", "电话被存为小数", "第二条备注"], "create"),
    (["张伟民", "自然人", "民事", "直接", "陈伟", "13800000104", "", "", "1.10101E+17", "", "1990-03-07", "2021-03-01", "C", "", "身份证号被表格软件损坏", ""], "refuse"),
    None,
    (["北京晨曦科技有限公司", "民营", "商事", "合作", "李娜", "010-55501234", "", "office@chenxi.example", "", COMPANY, "", "2018-09-01", "A", "北京市海淀区", "", ""], "create"),
    (["刘芳", "自然人", "民事", "直接", "陈伟", "13800000105", "", "", "", "", "1991-02-30", "2022-05-01", "C", "", "出生日期不存在", ""], "refuse"),
    (["赵敏", "自然人", "民事", "直接", "李娜", "13800000106", "", "", "", "", "1975-08-08", "去年", "C", "", "日期不是日期", ""], "refuse"),
    (["曾国荃", "自然人", "民事", "推荐", "陈伟", "138 0000 0101", "", "zeng@mail.example", GOOD_ID, "", "1990-03-07", "2019-05-06", "A", "北京市东城区", "与第5行相同", ""], "duplicate"),
    (["陈晓东", "自然人", "民事", "直接", "王不在", "13800000107", "", "", "", "", "", "2022-02-02", "", "", "律师不存在", ""], "refuse"),
    (["周瑞", "自然人", "民事", "直接", "陈伟", "13800000108", "", "", OTHER_ID[:-1] + ("1" if OTHER_ID[-1] != "1" else "2"), "", "", "2022-02-03", "", "", "校验码不对", ""], "refuse"),
    (["孙悦", "未知类型", "民事", "直接", "李娜", "13800000109", "", "", "", "", "", "2022-02-04", "", "", "客户性质不明", ""], "refuse"),
    (["", "自然人", "民事", "直接", "李娜", "13800000110", "", "", "", "", "", "2022-02-05", "", "", "没有名称", ""], "refuse"),
    (["吴\u200b桐", "自然人", "民事", "直接", "李娜", "+86 138-0000-0111", "", "wu.tong@mail.example", OTHER_ID, "", "1985-12-01", "2023年11月3日", "D", "=1+1", "地址像公式", ""], "create"),
    (["郑爽朗", "自然人", "民事", "直接", "李娜", "13800000112", "", "zheng#mail.example", "", "", "", "2022-02-06", "", "", "邮箱不对", ""], "refuse"),
    (["李静", "自然人", "民事", "直接", "李娜", "13800000102", "", "li.jing@mail.example", "", "", "1988-06-01", "2020-07-15", "B", "上海市徐汇区", "与第6行同一人", ""], "duplicate"),
    (["合计", "", "", "", "", "", "", "", "", "", "", "", "", "", "共15户", ""], "refuse"),
]  # fmt: skip


def write_clean(path: Path, headings: list[str], rows: list[list]) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Clients"
    sheet.append(headings)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([value if value != "" else None for value in row])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, datetime.date):
                cell.number_format = "yyyy-mm-dd"
            else:
                cell.number_format = "@"
    save(book, path)


def write_ugly_csv(path: Path) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([UGLY_TITLE] + [""] * 15)
    writer.writerow([])
    writer.writerow(["制表：行政部", "", "2025年3月"])
    writer.writerow(UGLY_HEADINGS)
    for row in UGLY_ROWS:
        writer.writerow(row[0] if row else [""] * 16)
    path.write_bytes(buffer.getvalue().encode("gb18030"))


def write_ugly_xlsx(path: Path) -> None:
    """The same with what only a workbook can hold: merged cells, a numeric identity number, phones and dates as numbers."""
    book = Workbook()
    sheet = book.active
    sheet.title = "客户"
    sheet["A1"] = UGLY_TITLE
    sheet.merge_cells("A1:P1")
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    sheet["A3"], sheet["C3"] = "制表：行政部", "2025年3月"
    for column, title in enumerate(UGLY_HEADINGS, 1):
        sheet.cell(4, column, title or None)
    for number, row in enumerate(UGLY_ROWS, 5):
        for column, value in enumerate(row[0] if row else [], 1):
            write_ugly_cell(sheet.cell(number, column), value)
    save(book, path)


def write_ugly_cell(cell, value: str) -> None:
    if value == "1.10101E+17":
        cell.value = 1.10101199003079e17
    elif value == "13800000103.0":
        cell.value = 13800000103.0
    elif value == "2018-09-01":
        cell.value, cell.number_format = datetime.date(2018, 9, 1), 'yyyy"年"m"月"d"日"'
    elif value:
        cell.value = value
        cell.data_type = "s"


def save(book: Workbook, path: Path) -> None:
    """The same bytes each time: no clock in the file."""
    book.properties.creator = "LawCRM sample"
    book.properties.created = book.properties.modified = datetime.datetime(2025, 1, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                start, end = content.index(b"<dcterms:modified"), content.index(b"</dcterms:modified>")
                content = (
                    content[:start]
                    + content[
                        content.index(b"<dcterms:created") : content.index(b"</dcterms:created>")
                    ].replace(b"created", b"modified")
                    + content[end:]
                )
            fixed.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def main(folder: Path = HERE) -> None:
    write_clean(
        folder / "clients_en.xlsx", EN, clean_rows(EN_COMPANIES, EN_PEOPLE, words=EN_WORDS, offset=100)
    )
    write_clean(
        folder / "clients_zh.xlsx", ZH, clean_rows(ZH_COMPANIES, ZH_PEOPLE, words=ZH_WORDS, offset=200)
    )
    write_ugly_csv(folder / "clients_ugly.csv")
    write_ugly_xlsx(folder / "clients_ugly.xlsx")


if __name__ == "__main__":
    main()
