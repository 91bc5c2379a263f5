"""Builds small files as other programs write them, in tests/data/foreign: `python tests/data/make_foreign.py`.

Every name, number and address is made up; the headings are those of the programs' exports.
"""

import csv
import io
from pathlib import Path

HERE = Path(__file__).parent / "foreign"

GOOGLE = [
    "First Name",
    "Middle Name",
    "Last Name",
    "Phonetic First Name",
    "Phonetic Middle Name",
    "Phonetic Last Name",
    "Name Prefix",
    "Name Suffix",
    "Nickname",
    "File As",
    "Organization Name",
    "Organization Title",
    "Organization Department",
    "Birthday",
    "Notes",
    "Photo",
    "Labels",
    "E-mail 1 - Label",
    "E-mail 1 - Value",
    "E-mail 2 - Label",
    "E-mail 2 - Value",
    "Phone 1 - Label",
    "Phone 1 - Value",
    "Phone 2 - Label",
    "Phone 2 - Value",
    "Address 1 - Label",
    "Address 1 - Formatted",
    "Address 1 - Street",
    "Address 1 - City",
    "Address 1 - PO Box",
    "Address 1 - Region",
    "Address 1 - Postal Code",
    "Address 1 - Country",
    "Address 1 - Extended Address",
    "Website 1 - Label",
    "Website 1 - Value",
]
OUTLOOK = [
    "Title",
    "First Name",
    "Middle Name",
    "Last Name",
    "Suffix",
    "Company",
    "Department",
    "Job Title",
    "Business Street",
    "Business Street 2",
    "Business City",
    "Business State",
    "Business Postal Code",
    "Business Country/Region",
    "Home Street",
    "Home City",
    "Home State",
    "Home Postal Code",
    "Home Country/Region",
    "Assistant's Phone",
    "Business Fax",
    "Business Phone",
    "Business Phone 2",
    "Company Main Phone",
    "Home Phone",
    "Mobile Phone",
    "Other Phone",
    "Account",
    "Anniversary",
    "Birthday",
    "Categories",
    "E-mail Address",
    "E-mail Type",
    "E-mail Display Name",
    "E-mail 2 Address",
    "Gender",
    "Government ID Number",
    "Notes",
    "Priority",
    "Private",
    "Referred By",
    "Sensitivity",
    "Web Page",
]
OUTLOOK_ZH = [
    "英文称谓",
    "名",
    "中间名",
    "姓",
    "中文称谓",
    "单位",
    "部门",
    "职务",
    "商务地址 街道",
    "商务地址 街道 2",
    "商务地址 市/县",
    "商务地址 省/市/自治区",
    "商务地址 邮政编码",
    "商务地址 国家/地区",
    "住宅地址 街道",
    "住宅地址 市/县",
    "住宅地址 省/市/自治区",
    "住宅地址 邮政编码",
    "助理的电话",
    "商务传真",
    "商务电话",
    "商务电话 2",
    "单位主要电话",
    "住宅电话",
    "移动电话",
    "其他电话",
    "电子邮件地址",
    "电子邮件类型",
    "电子邮件显示名称",
    "电子邮件 2 地址",
    "附注",
    "纪念日",
    "类别",
    "敏感度",
    "身份证编号",
    "生日",
    "私有",
    "网页",
    "性别",
    "引用者",
    "优先级",
]
HUBSPOT_CONTACTS = [
    "Record ID",
    "First Name",
    "Last Name",
    "Email",
    "Phone Number",
    "Mobile Phone Number",
    "Contact owner",
    "Associated Company",
    "Job Title",
    "Street Address",
    "City",
    "State/Region",
    "Postal Code",
    "Country/Region",
    "Lifecycle Stage",
    "Create Date",
    "Last Activity Date",
]
HUBSPOT_COMPANIES = [
    "Record ID",
    "Company name",
    "Company owner",
    "Create Date",
    "Phone Number",
    "Last Activity Date",
    "Street Address",
    "City",
    "State/Region",
    "Postal Code",
    "Country/Region",
    "Industry",
    "Company Domain Name",
    "Description",
]
ZOHO_CONTACTS = [
    "Record Id",
    "Contact Owner.id",
    "Contact Owner",
    "Lead Source",
    "First Name",
    "Last Name",
    "Account Name.id",
    "Account Name",
    "Email",
    "Title",
    "Department",
    "Phone",
    "Mobile",
    "Fax",
    "Date of Birth",
    "Created By.id",
    "Created By",
    "Modified Time",
    "Contact Name",
    "Mailing Street",
    "Mailing City",
    "Mailing State",
    "Mailing Zip",
    "Mailing Country",
    "Description",
    "Email Opt Out",
    "Salutation",
    "Secondary Email",
]
SALESFORCE_ACCOUNTS = [
    "Id",
    "Name",
    "Type",
    "BillingStreet",
    "BillingCity",
    "BillingState",
    "BillingPostalCode",
    "BillingCountry",
    "Phone",
    "Fax",
    "Website",
    "Industry",
    "Description",
    "OwnerId",
    "CreatedDate",
]
CLIO = [
    "title",
    "job_title",
    "first_name",
    "last_name",
    "company",
    "business_street",
    "business_city",
    "business_state",
    "business_postal_code",
    "email_address",
    "primary_phone",
]


def table(headings: list[str], *rows: dict[str, str]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, headings, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def google() -> bytes:
    return table(
        GOOGLE,
        {"First Name": "伟", "Last Name": "陈", "Phonetic First Name": "Wei", "Phonetic Last Name": "Chen",
         "Name Prefix": "先生", "Birthday": "1980-05-03", "Notes": "喜欢围棋", "Labels": "* myContacts",
         "E-mail 1 - Label": "* Home", "E-mail 1 - Value": "wei.chen@example.com", "E-mail 2 - Label": "Work",
         "E-mail 2 - Value": "chenwei@example.cn", "Phone 1 - Label": "Work", "Phone 1 - Value": "010-65051234",
         "Phone 2 - Label": "* Mobile", "Phone 2 - Value": "+86 138-0013-8000 ::: +86 139-0013-9000",
         "Address 1 - Label": "Home", "Address 1 - Street": "建国路88号", "Address 1 - City": "北京市",
         "Address 1 - Region": "北京市", "Address 1 - Postal Code": "100022", "Address 1 - Country": "中国"},
        {"First Name": "Nadia", "Middle Name": "J.", "Last Name": "Okafor", "Name Suffix": "KC", "Birthday": " --04-12",
         "Phone 1 - Label": "Mobile", "Phone 1 - Value": "+44 7700 900123", "Nickname": "Nad",
         "Address 1 - Formatted": "12 Quay Street\nBristol\nBS1 4XX"},
        {"Organization Name": "Harbour Light Logistics Ltd", "Phone 1 - Label": "Main",
         "Phone 1 - Value": "+44 117 496 0000", "Website 1 - Value": "https://harbourlight.example"},
        {"First Name": "Tom", "Last Name": "Reeve", "Organization Name": "Harbour Light Logistics Ltd",
         "Organization Title": "General Counsel", "E-mail 1 - Value": "tom@harbourlight.example",
         "Phone 1 - Label": "Mobile", "Phone 1 - Value": "+44 7700 900456"},
        {"First Name": "静怡", "Last Name": "欧阳", "Organization Name": "苏州晴川食品有限公司", "Organization Title": "法务总监",
         "Phone 1 - Label": "Mobile", "Phone 1 - Value": "13700137000"},
    ).encode()  # fmt: skip


def outlook() -> bytes:
    return ("\ufeff" + table(
        OUTLOOK,
        {"Title": "Mr.", "First Name": "Daniel", "Last Name": "Brooks", "Home Street": "4 Mill Lane",
         "Home City": "Leeds", "Home Postal Code": "LS1 1AA", "Home Country/Region": "United Kingdom",
         "Home Phone": "+44 113 496 0001", "Mobile Phone": "+44 7700 900789", "Birthday": "4/25/1975",
         "E-mail Address": "dan@example.org", "Gender": "Unspecified", "Priority": "Normal", "Private": "False",
         "Notes": "Met at the chamber of commerce"},
        {"Title": "Ms.", "First Name": "Ines", "Last Name": "Duarte", "Company": "Silver Birch Foods plc",
         "Job Title": "Head of Legal", "Business Street": "1 Birch Way", "Business City": "York",
         "Business Postal Code": "YO1 7AA", "Business Phone": "+44 1904 496 002", "Company Main Phone": "+44 1904 496 000",
         "Business Fax": "+44 1904 496 003", "Birthday": "5/3/1981", "E-mail Address": "ines@silverbirch.example",
         "Gender": "Female"},
        {"First Name": "Omar", "Last Name": "Haddad", "Birthday": "0/0/00", "Mobile Phone": "+44 7700 900111"},
    )).encode()  # fmt: skip


def outlook_chinese() -> bytes:
    return table(
        OUTLOOK_ZH,
        {"姓": "司马", "名": "文", "单位": "杭州远帆科技有限公司", "职务": "总经理", "商务电话": "0571-87654321",
         "移动电话": "13600136000", "电子邮件地址": "simawen@example.cn", "商务地址 街道": "文三路100号",
         "商务地址 市/县": "杭州市", "商务地址 省/市/自治区": "浙江省", "商务地址 邮政编码": "310012", "生日": "00/0/0",
         "性别": "未指定", "优先级": "普通", "私有": "False"},
        {"姓": "李", "名": "静", "中文称谓": "女士", "移动电话": "13500135000", "住宅地址 街道": "中山路5号",
         "住宅地址 市/县": "南京市", "住宅地址 省/市/自治区": "江苏省", "生日": "1978/11/30", "性别": "女", "附注": "继承案件咨询"},
    ).encode("gb18030")  # fmt: skip


def hubspot_contacts() -> bytes:
    return table(
        HUBSPOT_CONTACTS,
        {"Record ID": "101", "First Name": "Marta", "Last Name": "Silva", "Email": "marta@northgate.example",
         "Phone Number": "+44 20 7946 0018", "Contact owner": "Li Na", "Associated Company": "Northgate Textiles Co., Ltd",
         "Job Title": "CFO", "City": "London", "Lifecycle Stage": "customer", "Create Date": "2024-03-05 10:22"},
        {"Record ID": "102", "First Name": "Paul", "Last Name": "Imre", "Email": "paul@northgate.example",
         "Contact owner": "Somebody Who Left", "Associated Company": "Northgate Textiles Co Ltd", "Job Title": "CEO"},
        {"Record ID": "103", "First Name": "Grace", "Last Name": "Onwu", "Email": "grace@example.org",
         "Mobile Phone Number": "+44 7700 900222"},
    ).encode()  # fmt: skip


def hubspot_companies() -> bytes:
    return table(
        HUBSPOT_COMPANIES,
        {"Record ID": "9001", "Company name": "Bluecrane Medical Devices", "Company owner": "",
         "Phone Number": "+44 161 496 0000", "City": "Manchester", "Country/Region": "United Kingdom",
         "Industry": "Medical Devices", "Company Domain Name": "bluecrane.example"},
        {"Record ID": "9002", "Company name": "华东政法研究协会", "Phone Number": "021-61234567", "City": "上海市"},
    ).encode()  # fmt: skip


def zoho_contacts() -> bytes:
    return table(
        ZOHO_CONTACTS,
        {"Record Id": "zcrm_1", "Contact Owner.id": "zcrm_9", "Contact Owner": "Zhang", "First Name": "Kenji",
         "Last Name": "Mori", "Account Name": "Jadeview Semiconductor", "Email": "k.mori@jadeview.example",
         "Mobile": "+81 90 1234 5678", "Title": "Director", "Mailing City": "Suzhou", "Contact Name": "Kenji Mori"},
        {"Record Id": "zcrm_2", "Contact Owner.id": "zcrm_9", "Last Name": "赵", "First Name": "敏", "Salutation": "Ms.",
         "Phone": "13400134000", "Date of Birth": "1990-01-20", "Description": "Asked about a tenancy"},
    ).encode()  # fmt: skip


def salesforce_accounts() -> bytes:
    return table(
        SALESFORCE_ACCOUNTS,
        {"Id": "001A", "Name": "Eastern Rivers Shipping Group", "BillingStreet": "Pier 7", "BillingCity": "Ningbo",
         "BillingCountry": "China", "Phone": "+86 574 8765 4321", "Website": "easternrivers.example",
         "Industry": "Shipping", "OwnerId": "005A", "CreatedDate": "2021-02-03T04:05:06.000Z"},
        {"Id": "001B", "Name": "Riverside Primary School", "Phone": "+44 117 496 0009", "OwnerId": "005A"},
    ).encode()  # fmt: skip


def clio() -> bytes:
    return table(
        CLIO,
        {"title": "Mrs", "first_name": "Helen", "last_name": "Achebe", "email_address": "helen@example.org",
         "primary_phone": "+1 415 555 0132", "business_street": "1 Main St", "business_city": "Oakland",
         "business_state": "CA", "business_postal_code": "94601"},
        {"company": "Lumen Studio LLC", "email_address": "office@lumen.example", "primary_phone": "+1 415 555 0199"},
    ).encode()  # fmt: skip


def _quoted(text: str, encoding: str = "utf-8") -> str:
    return "".join(f"={byte:02X}" for byte in text.encode(encoding))


def cards_21() -> bytes:
    """As telephones of the years after 2000 wrote them."""
    return (
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{_quoted('陈')};{_quoted('伟')};;;\r\n"
        f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{_quoted('陈')}=\r\n{_quoted('伟')}\r\n"
        "TEL;WORK;FAX:010-65051235\r\nTEL;WORK:010-65051234\r\nTEL;CELL;PREF:+86 138 0013 8000\r\n"
        "EMAIL;INTERNET:chenwei@example.cn\r\nBDAY:19800503\r\n"
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsL\r\n"
        " DBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQ==\r\n\r\n"
        "END:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        f"N;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:{_quoted('周', 'gb18030')};{_quoted('敏', 'gb18030')}\r\n"
        f"ORG;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:{_quoted('南京秦淮置业有限公司', 'gb18030')};{_quoted('法务部', 'gb18030')}\r\n"
        "TEL;CELL:13300133000\r\nEND:VCARD\r\n"
    ).encode()


def cards_30(encoding: str = "utf-8") -> bytes:
    """As Apple's and Google's address books write them: folded, grouped, with labels of their own."""
    return (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Example//Address Book//EN\r\n"
        "N:Okafor;Nadia;Jane;Ms.;\r\nFN:Nadia Jane Okafor\r\nNICKNAME:Nad\r\n"
        "TEL;type=CELL;type=VOICE;type=pref:+44 7700 900123\r\nitem1.TEL:+44 117 496 0010\r\n"
        "item1.X-ABLabel:_$!<Assistant>!$_\r\n"
        "EMAIL;type=INTERNET;type=HOME;type=pref:nadia@example.org\r\n"
        "item2.ADR;type=HOME;type=pref:;;12 Quay Street;Bristol;;BS1 4XX;United Kingdom\r\n"
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12\r\n"
        "NOTE:First seen in March\\; likes short letters\\, no calls.\\nSecond line that is folde\r\n d here.\r\n"
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQEAYABgAAD\r\n"
        "END:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:欧阳;静怡;;;\r\nFN:欧阳静怡\r\nORG:苏州晴川食品有限公司;法务部\r\nTITLE:法务总监\r\n"
        "TEL;TYPE=CELL:13700137000\r\nADR;TYPE=WORK:;;星湖街328号;苏州市;江苏省;215000;中国\r\n"
        "X-WECHAT:ouyang_jy\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nX-ABShowAs:COMPANY\r\nN:;;;;\r\nFN:北京蓝天律师协会\r\nORG:北京蓝天律师协会;\r\n"
        "TEL;TYPE=WORK:010-61234567\r\nEND:VCARD\r\n"
    ).encode(encoding)  # fmt: skip


def cards_40() -> bytes:
    return (
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\nN:Mori;Kenji;;;\r\nFN:Kenji Mori\r\nGENDER:M\r\n"
        b'TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+81-90-1234-5678\r\n'
        b"EMAIL;TYPE=work:kenji@example.jp\r\nBDAY:--0412\r\nEND:VCARD\r\n"
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:Harbour Light Logistics Ltd\r\n"
        b"TEL;VALUE=uri;TYPE=work:tel:+44-117-496-0000;ext=12\r\n"
        b'ADR;TYPE=work;LABEL="Dock 3: Bristol":;;Dock 3;Bristol;;BS1 4XY;United Kingdom\r\nEND:VCARD\r\n'
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Golf club\r\nMEMBER:urn:uuid:1\r\nEND:VCARD\r\n"
    )


FILES = {
    "google.csv": google,
    "outlook.csv": outlook,
    "outlook_zh.csv": outlook_chinese,
    "hubspot_contacts.csv": hubspot_contacts,
    "hubspot_companies.csv": hubspot_companies,
    "zoho_contacts.csv": zoho_contacts,
    "salesforce_accounts.csv": salesforce_accounts,
    "clio.csv": clio,
    "cards_21.vcf": cards_21,
    "cards_30.vcf": cards_30,
    "cards_40.vcf": cards_40,
}


def main() -> None:
    HERE.mkdir(exist_ok=True)
    for name, make in FILES.items():
        (HERE / name).write_bytes(make())


if __name__ == "__main__":
    main()
