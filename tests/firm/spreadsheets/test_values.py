"""What is stored in a cell arrives as it was stored."""

import pytest

from lawcrm.firm.spreadsheets import values, xlsx
from lawcrm.firm.spreadsheets.limits import column_letter
from lawcrm.firm.spreadsheets.reader import Cell, open_sheet

from . import files

STYLES = f"""<styleSheet {files.MAIN}><numFmts><numFmt numFmtId="164" formatCode='yyyy"年"m"月"d"日"'/>
<numFmt numFmtId="165" formatCode="[$-804]yyyy/m/d h:mm"/><numFmt numFmtId="166" formatCode='0.00" d"'/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/>
<xf numFmtId="166"/><xf numFmtId="49"/><xf numFmtId="31"/></cellXfs></styleSheet>"""


def cells(xml: str, tmp_path, **parts) -> list[Cell]:
    path = tmp_path / "one.xlsx"
    path.write_bytes(files.workbook(files.sheet(f'<row r="1">{xml}</row>'), styles=STYLES, **parts))
    with open_sheet(path) as sheet:
        return [cell for row in sheet.rows() for cell in row.cells]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1"><v>13800138000</v></c>', Cell("13800138000", "number")),
        ('<c r="A1"><v>1.3800138E10</v></c>', Cell("13800138000", "number")),
        ('<c r="A1"><v>13800138000.0</v></c>', Cell("13800138000", "number")),
        ('<c r="A1"><v>1.10101199003071E+17</v></c>', Cell("1.10101199003071E+17", "number")),
        ('<c r="A1"><v>110101199003071234</v></c>', Cell("110101199003071234", "number")),
        ('<c r="A1"><v>0.30000000000000004</v></c>', Cell("0.3", "number")),
        ('<c r="A1"><v>1e-999</v></c>', Cell("0", "number")),
        ('<c r="A1"><v>1e999</v></c>', Cell("1e999", "number")),
        ('<c r="A1" s="1"><v>45351</v></c>', Cell("2024-02-29", "date", "date")),
        ('<c r="A1" s="2"><v>45351</v></c>', Cell("2024-02-29", "date", 'yyyy"年"m"月"d"日"')),
        ('<c r="A1" s="3"><v>45351.5</v></c>', Cell("2024-02-29T12:00:00", "date", "[$-804]yyyy/m/d h:mm")),
        ('<c r="A1" s="4"><v>0.75</v></c>', Cell("18:00:00", "time", "time")),
        ('<c r="A1" s="5"><v>45351</v></c>', Cell("45351", "number", '0.00" d"')),
        ('<c r="A1" s="6"><v>45351</v></c>', Cell("45351", "number", "@")),
        ('<c r="A1" s="7"><v>45351</v></c>', Cell("2024-02-29", "date", "date")),
        ('<c r="A1" s="1"><v>60</v></c>', Cell("60", "number", "date")),
        ('<c r="A1" s="1"><v>59</v></c>', Cell("1900-02-28", "date", "date")),
        ('<c r="A1" s="1"><v>-5</v></c>', Cell("-5", "number", "date")),
        ('<c r="A1" s="1"><v>1e300</v></c>', Cell("1e300", "number", "date")),
        ('<c r="A1" t="d"><v>2024-02-29T00:00:00</v></c>', Cell("2024-02-29", "date")),
        ('<c r="A1" t="b"><v>1</v></c>', Cell("TRUE", "bool")),
        ('<c r="A1" t="e"><v>#N/A</v></c>', Cell("#N/A", "error")),
        ('<c r="A1"><f>B1*2</f><v>4</v></c>', Cell("4", "number", "", True)),
        ('<c r="A1" t="str"><f>B1</f><v>Ann</v></c>', Cell("Ann", "text", "", True)),
        ('<c r="A1"><f>B1*2</f></c>', Cell("", "formula", "", True)),
        (
            '<c r="A1" t="inlineStr"><is><r><t>李</t></r><r><t>娜</t></r><rPh><t>リ</t></rPh></is></c>',
            Cell("李娜", "text"),
        ),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', Cell("a\rb_x0041_", "text")),
        ('<c t="inlineStr"><is><t>no place</t></is></c>', Cell("no place", "text")),
        ('<c r="A1" t="inlineStr"><is><t> </t></is></c>', Cell(" ", "text")),
    ],
)
def test_cell(xml, expected, tmp_path):
    assert cells(xml, tmp_path) == [expected]


def test_dates_counted_from_1904(tmp_path):
    found = cells('<c r="A1" s="1"><v>43889</v></c>', tmp_path, properties='<workbookPr date1904="1"/>')
    assert found == [Cell("2024-02-29", "date", "date")]


def test_names_with_a_prefix_and_a_number_of_its_own_for_each_row(tmp_path):
    """The OpenXML toolkit writes x:row; gaps in numbering are kept."""
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="3"><x:c r="B3" t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row><x:row r="9"/>'
        '<x:row r="12"><x:c r="A12"><x:v>1</x:v></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="A1:C1"/></x:mergeCells></x:worksheet>'
    )  # fmt: skip
    path = tmp_path / "prefixed.xlsx"
    path.write_bytes(files.workbook(xml))
    with open_sheet(path) as sheet:
        assert [(row.number, row.texts) for row in sheet.rows()] == [(3, ["", "b"]), (12, ["1"])]
    assert (sheet.name, sheet.merges, sheet.sheets) == ("People", ["A1:C1"], ["People"])


def test_shared_strings_leave_phonetic_guides_out(tmp_path):
    strings = f"<sst {files.MAIN}><si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si></sst>"
    found = cells('<c r="A1" t="s"><v>0</v></c>', tmp_path, strings=strings)
    assert found == [Cell("東京", "text")]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", None),
        ("0.00", None),
        ("#,##0;[Red]-#,##0", None),
        ('"day" 0', None),
        ("m/d/yy", "date"),
        ("mmm", "date"),
        ("[h]:mm", "time"),
        ("mm:ss.0", "time"),
        ("yyyy\\-mm\\-dd hh:mm", "datetime"),
        ("[DBNum1][$-804]yyyy年m月d日", "date"),
        ("[$-F800]dddd, mmmm dd, yyyy", "date"),
        ("@", None),
    ],
)
def test_number_format(code, kind):
    assert values.format_of("170", code).kind == kind


def test_column_letters():
    assert [column_letter(n) for n in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_lone_surrogate_escape_stays_as_written():
    assert xlsx.unescape("_xD800_") == "_xD800_"
