"""How people write the closed lists of a client's profile, in English and in Chinese.

A word that names several codes at once (企业: state-owned, private or foreign-invested?) is not here: it is refused
and the person chooses.
"""

from clients.rules.normalise import Choices

KINDS = Choices.of({
    "state_owned": ("State-owned enterprise", "State-owned", "SOE", "国有", "国有企业", "国企", "央企", "国有控股",
                    "国有独资", "国有公司", "國有企業"),
    "private": ("Private enterprise", "Private", "Private company", "Privately owned", "民营", "民营企业", "私营",
                "私营企业", "民企", "私企", "民營企業"),
    "foreign_invested": ("Foreign-invested enterprise", "Foreign-invested", "Foreign", "FIE", "WFOE", "Joint venture",
                         "外资", "外资企业", "外商投资企业", "外商投资", "外企", "合资", "中外合资", "外商独资", "外資企業"),
    "person": ("Natural person", "Person", "Individual", "Private individual", "自然人", "个人", "个人客户", "自然人客户",
               "個人"),
    "sole_trader": ("Sole trader", "Sole proprietor", "Self-employed", "个体工商户", "个体户", "个体", "個體工商戶"),
    "department": ("Government department", "Department", "Government agency", "Government", "机关", "国家机关",
                   "政府机关", "政府部门", "行政机关", "政府", "党政机关", "政府機關"),
    "public_institution": ("Public institution", "Institution", "事业单位", "事业", "事業單位"),
    "social_organisation": ("Social organisation", "Social organization", "Association", "NGO", "Non-profit", "社会团体",
                            "社团", "社会组织", "协会", "民办非企业单位", "基金会", "社會團體"),
})  # fmt: skip

BUSINESS_FIELDS = Choices.of({
    "civil": ("Civil", "Civil law", "民事", "民事业务", "民事类", "民法"),
    "commercial": ("Commercial", "Commercial law", "Business", "Corporate", "商事", "商事业务", "商事类", "商业", "公司业务"),
    "criminal": ("Criminal", "Criminal law", "Criminal defence", "刑事", "刑事业务", "刑事类", "刑事辩护", "刑法"),
    "administrative": ("Administrative", "Administrative law", "Public law", "行政", "行政业务", "行政类", "行政法", "行政诉讼"),
})  # fmt: skip

SERVICE_TYPES = Choices.of({
    "advice": ("Legal advice", "Advice", "Consultation", "法律咨询", "咨询"),
    "litigation": ("Litigation", "Dispute resolution", "诉讼代理", "诉讼", "诉讼仲裁"),
    "non_contentious": ("Non-contentious", "Non-litigation", "Transactions", "非诉服务", "非诉", "非诉讼", "非诉讼服务"),
    "retainer": ("Retainer", "General counsel", "常年法律顾问", "法律顾问", "常年顾问", "顾问"),
})  # fmt: skip

SOURCES = Choices.of({
    "direct": ("Direct", "Walk-in", "Own", "直接", "直接委托", "直接客户", "自行上门", "上门", "主动咨询", "自来"),
    "referred": ("Referred", "Referral", "Introduced", "Recommendation", "推荐", "转介绍", "介绍", "推荐客户", "老客户推荐",
                 "客户介绍", "推薦"),
    "alliance": ("Alliance", "Partner", "Cooperation", "Partnership", "合作", "合作伙伴", "联盟", "合作机构", "合作所"),
})  # fmt: skip

GRADES = Choices.of({
    "A": ("Key", "Key client", "Grade A", "A级", "A类", "A级客户", "A类客户", "重点", "重点客户", "核心客户", "VIP"),
    "B": ("Important", "Important client", "Grade B", "B级", "B类", "B级客户", "B类客户", "优质", "优质客户", "重要客户"),
    "C": ("Standard", "Standard client", "Grade C", "C级", "C类", "C级客户", "C类客户", "普通", "普通客户", "一般客户"),
    "D": ("Developing", "Developing client", "Grade D", "D级", "D类", "D级客户", "D类客户", "潜力", "潜力客户", "潜在客户"),
})  # fmt: skip

SEXES = Choices.of({
    "female": ("Female", "F", "Woman", "Ms", "Mrs", "女", "女性", "女士"),
    "male": ("Male", "M", "Man", "Mr", "男", "男性", "先生"),
})  # fmt: skip

LANGUAGES = Choices.of({
    "zh-hans": ("Chinese", "Simplified Chinese", "Mandarin", "zh", "zh-CN", "中文", "汉语", "普通话", "简体中文"),
    "zh-hant": ("Traditional Chinese", "zh-TW", "zh-HK", "繁体中文", "繁體中文", "粤语", "Cantonese"),
    "en": ("English", "en-GB", "en-US", "英文", "英语"),
})  # fmt: skip

TEMPERAMENTS = Choices.of({
    "demanding": ("Demanding", "要求型"),
    "confused": ("Confused", "困惑型"),
    "agitated": ("Agitated", "激动型"),
})  # fmt: skip

PREFERRED_CHANNELS = Choices.of({
    "phone": ("Phone", "Telephone", "Call", "电话", "手机"),
    "instant_message": ("Instant message", "WeChat", "Chat", "即时消息", "微信", "即时通讯", "微信等"),
    "email": ("Email", "Mail", "邮件", "电子邮件", "邮箱"),
    "video": ("Video", "Video call", "视频", "视频会议"),
    "face_to_face": ("Face to face", "In person", "Visit", "面谈", "当面", "拜访"),
    "letter": ("Letter", "Post", "信函", "书信"),
})  # fmt: skip

COMPANY_SIZES = Choices.of({
    "micro": ("Micro", "微型", "微型企业"),
    "small": ("Small", "小型", "小型企业"),
    "medium": ("Medium-sized", "Medium", "中型", "中型企业"),
    "large": ("Large", "大型", "大型企业"),
})  # fmt: skip

CREDIT_STANDINGS = Choices.of({
    "good": ("Good", "良好", "好"),
    "average": ("Average", "一般", "中"),
    "doubtful": ("Doubtful", "存疑", "差"),
    "listed": ("On the list of defaulting debtors", "Listed", "失信被执行人", "失信"),
})  # fmt: skip

CONSENT_BASES = Choices.of({
    "contract": ("Needed for the instruction", "Contract", "办理委托所必需", "合同"),
    "consent": ("Consent", "同意", "本人同意"),
    "law": ("Required by law", "Law", "法律要求", "法定"),
})  # fmt: skip

CONSENT_FORMS = Choices.of({
    "written": ("In writing", "Written", "书面"),
    "electronic": ("Electronically", "Electronic", "电子"),
    "spoken": ("By word of mouth", "Spoken", "Oral", "口头"),
})  # fmt: skip

PERSON_ROLES = Choices.of({
    "decision_maker": ("Decision maker", "Decides", "决策者", "决策人"),
    "user": ("User", "使用者", "使用人"),
    "payer": ("Payer", "Pays", "付款人", "付款方"),
    "gatekeeper": ("Gatekeeper", "把关者", "把关人", "守门人"),
    "other": ("Other", "其他", "联系人"),
})  # fmt: skip
