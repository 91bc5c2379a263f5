"""The headings of client lists, as people write them in English and Chinese.

Compared by `fold`, so that width, case, spaces and punctuation make no difference. Not translations: whoever reads
LawCRM in English may be sent a Chinese list. The values of closed lists are clients/rules/labels.py.
"""

from lawcrm.firm.spreadsheets.headings import fold_heading as fold

FURTHER = {
    "other_phones": "Further phones; Further phone; Other phones; Other phone; Phone 2; Second phone; Alternative phone; "
    "其他电话; 备用电话; 电话2; 第二电话",
    "other_emails": "Further mail addresses; Further emails; Other emails; Other email; Email 2; Second email; "
    "其他邮箱; 备用邮箱; 邮箱2",
    "other_addresses": "Further addresses; Other addresses; Other address; Address 2; Second address; 其他地址; 备用地址; 地址2",
}
HEADINGS = {
    **FURTHER,
    "name": "Name; Client; Client name; Full name; Company; Company name; Customer; Customer name; Customer/Client; "
    "客户名称; 名称; 姓名; 客户; 客户姓名; 单位名称; 公司名称; 企业名称; 委托人; 當事人; 当事人; 客戶名稱",
    "latin_name": "Latin name; English name; Name (English); Name in English; 英文名称; 英文名; 外文名; 外文名称; 拼音",
    "kind": "Kind; Type; Client type; Client kind; Category; Customer type; 客户性质; 客户类型; 性质; 类型; 客户类别; 客戶性質",
    "sex": "Sex; Gender; 性别",
    "birth_date": "Birth date; Date of birth; Birthday; DOB; Born; 出生日期; 生日; 出生年月; 出生年月日; 生日(公历)",
    "identity_number": "Identity number; ID number; ID no; ID card; ID card number; National ID; Citizen ID; Identity card; "
    "身份证号; 身份证号码; 身份证; 证件号码; 证件号; 居民身份证号; 公民身份号码; 身份證號",
    "registration_number": "Registration number; Company number; Registration no; Unified social credit code; USCC; "
    "Credit code; Business registration number; 统一社会信用代码; 社会信用代码; 信用代码; 注册号; 营业执照号; "
    "营业执照注册号; 统一信用代码; 統一社會信用代碼",
    "phone": "Phone; Phone number; Telephone; Tel; Mobile; Mobile phone; Mobile number; Cell; Cell phone; Contact number; "
    "电话; 手机; 手机号; 手机号码; 联系电话; 电话号码; 联系方式; 移动电话; 電話",
    "email": "Email; E-mail; Email address; Mail; 邮箱; 电子邮箱; 电子邮件; 邮件; 邮箱地址; 电邮; 郵箱",
    "wechat": "WeChat; WeChat ID; Weixin; 微信; 微信号",
    "address": "Address; Postal address; Street address; Registered address; Office address; "
    "地址; 通讯地址; 联系地址; 住址; 注册地址; 住所; 办公地址",
    "industry": "Industry; Sector; Line of business; 行业; 所属行业",
    "business_fields": "Business field; Business fields; Field; Practice area; Practice areas; Area of law; "
    "业务领域; 业务类型; 法律领域; 专业领域; 業務領域",
    "service_types": "Service type; Service types; Service; Services; 服务项目; 服务类型; 服务内容",
    "source": "Source; Client source; Lead source; Origin; How they came; 客户来源; 来源; 來源; 客戶來源",
    "referred_by": "Referred by; Referrer; Referral; Introduced by; 推荐人; 介绍人; 转介人",
    "responsible": "Responsible lawyer; Responsible; Lawyer; Owner; Account owner; Attorney; Responsible attorney; "
    "Responsible person; Partner in charge; 负责律师; 责任律师; 主办律师; 承办律师; 律师; 负责人; 客户负责人; 跟进人; 負責律師",
    "department": "Department; Practice group; Responsible department; 部门; 所属部门; 负责部门; 业务部门; 部門",
    "tags": "Tags; Tag; Labels; Label; 标签; 客户标签; 標籤",
    "client_since": "Client since; Since; Customer since; Relationship since; Start date; First instructed; Onboarded; "
    "建立关系日期; 建档日期; 建档时间; 签约日期; 合作日期; 客户起始日期; 首次委托日期; 合作开始日期; 合作起始日期; 建立關係日期",
    "grade": "Grade; Client grade; Rating; Tier; Class; 客户分级; 客户等级; 等级; 级别; 分级; 客戶分級",
    "former_names": "Former names; Former name; Formerly; Previous name; 曾用名; 原名; 更名前; 曾用名称",
    "language": "Language; Preferred language; 语言; 沟通语言",
    "website": "Website; Web; Web site; URL; Homepage; Home page; 网站; 网址; 官网; 主页",
    "preferred_channel": "Preferred channel; Preferred contact; Contact by; Preferred contact method; 偏好渠道; 首选联系方式; 联系渠道",
    "preferred_hours": "Preferred hours; Preferred time; Best time to call; 偏好时间; 方便时间; 联系时间",
    "temperament": "Temperament; Communication type; 沟通类型; 性格类型",
    "employer": "Employer; Works at; Workplace; 工作单位; 任职单位; 就职单位",
    "position": "Position; Job title; Title; Job; 职务; 职位; 岗位",
    "education": "Education; Degree; 学历; 教育程度; 文化程度",
    "interests": "Interests; Hobbies; Hobby; 兴趣; 爱好; 兴趣爱好",
    "family_notes": "Family; Family notes; 家庭; 家庭情况; 家庭状况",
    "company_size": "Size; Company size; 规模; 企业规模",
    "group_name": "Group; Group name; Parent company; 所属集团; 集团; 母公司",
    "listing": "Listed as; Listing; Stock code; Ticker; 上市情况; 股票代码; 证券代码",
    "credit_standing": "Credit standing; Credit; Credit status; 信用状况; 信用; 信用情况",
    "background": "Background; Background notes; 背景; 背景资料; 背景情况",
    "purpose_of_processing": "Purpose of processing; Purpose; 处理目的; 信息处理目的",
    "consent_basis": "Basis of processing; Basis; Legal basis; 处理依据; 依据; 合法性基础",
    "consent_form": "Consent given; Consent form; Form of consent; 同意方式",
    "consent_on": "Consent given on; Consent date; 同意日期; 授权日期",
    "consent_until": "Consent ends on; Consent until; 同意截止日期; 授权截止日期",
    "reference": "LawCRM reference; LawCRM 编号; LawCRM编号",
    "note": "Note; Notes; Remark; Remarks; Comment; Comments; 备注; 说明; 附注; 備註",
}  # fmt: skip
# Columns that our own workbooks and lists made by hand carry to count their rows: an import leaves them alone.
OURS = "Row; Problem; No.; #; S/N; Serial number; Result; 处理结果; 行; 行号; 问题; 序号"


def _folded(words: str) -> list[str]:
    return [fold(word) for word in words.split(";")]


def folded(headings: dict[str, str]) -> dict[str, str]:
    """Folded heading -> field."""
    return {word: field for field, words in headings.items() for word in _folded(words)}


FIELD_OF_HEADING = folded(HEADINGS)
OUR_HEADINGS = frozenset(_folded(OURS))


def field_of(heading: str) -> str | None:
    """The field a heading means, or None."""
    return FIELD_OF_HEADING.get(fold(heading))


def is_known(heading: str) -> bool:
    return field_of(heading) is not None
