"""What was said: notes of contacts, promises, follow-ups, matters and survey answers, in Chinese and in English.

Notes are templates with {who} (somebody at the client), {matter} (its title) and {topic} (a field of law).
"""

from __future__ import annotations

ZH, EN = "zh-hans", "en"

# -- contacts: purpose -> language -> notes -------------------------------------------------------------------

NOTES: dict[str, dict[str, tuple[str, ...]]] = {
    "first_consultation": {
        ZH: (
            "{who}来所咨询{topic}问题，介绍了基本情况并带来合同复印件。初步判断我方有理，但证据需要补强。",
            "首次面谈。{who}最关心费用和时间，已说明两种收费方式的区别，对方表示要和家里商量。",
            "{who}经朋友介绍来电，想了解{topic}的处理思路。约定先提供材料清单，看完材料再报价。",
            "第一次见面，谈了一个半小时。客户此前请过其他律师，不满意的地方是“交了钱就没人理”。",
            "介绍了团队和办案流程，{who}对分阶段汇报的做法很认可，当场表示愿意委托。",
        ),
        EN: (
            "{who} came in about {topic}. Went through the contract together; our position is sound, evidence is thin.",
            "First meeting. {who} wants to know cost and timing before anything else. Explained fixed fee and hourly side by side.",
            "Intro call. Their last counsel never reported back, which is why they are looking. Promised monthly updates.",
            "{who} asked whether {topic} can be settled without court. Told them what we would need to see first.",
            "Met the in-house team. They want one named contact and answers within a day.",
        ),
    },
    "progress_report": {
        ZH: (
            "向{who}汇报“{matter}”进展：材料已提交，正在等待通知，预计两周内有消息。",
            "电话告知{who}，“{matter}”一切按计划进行，下一步是交换证据。对方表示放心。",
            "“{matter}”：对方提出延期，我方已书面反对。已向{who}说明可能的影响。",
            "把“{matter}”本月的工作整理成一页发给{who}，并电话逐条说明。",
            "汇报“{matter}”：合同第二稿已改完，争议条款还剩三条。{who}同意我们的修改思路。",
            "“{matter}”案件承办法官已确定，向{who}介绍了其裁判风格和我们的准备。",
            "告知{who}“{matter}”的调解方案，客户倾向接受，但希望付款期再短一些。",
        ),
        EN: (
            "Told {who} where “{matter}” stands: papers filed, waiting for the registry, two weeks at most.",
            "Monthly update on “{matter}”. On schedule; next is exchange of evidence. {who} is comfortable.",
            "“{matter}”: the other side asked for more time, we objected in writing. Explained what it may mean.",
            "Sent {who} a one-page summary of “{matter}” and walked through it on the phone.",
            "“{matter}”: second draft is out, three clauses still open. {who} agrees with our line on liability.",
            "Reported the settlement offer on “{matter}”. They lean towards it but want a shorter payment term.",
        ),
    },
    "expectation_check": {
        ZH: (
            "接案后第一次回访。{who}对“{matter}”的期望：一是及时知道进展，二是费用不要超预算。已记下。",
            "问{who}我们的服务是否符合预期、哪里不够、怎样改进。对方希望重要节点打电话而不是发微信。",
            "“{matter}”期望回访：客户满意目前的速度，希望邮件里少用术语。",
            "与{who}核对了“{matter}”的目标：首选和解，底线是收回本金。已写入工作计划。",
            "回访{who}，对方提到开庭前希望提前三天碰头一次，已答应并排进日程。",
        ),
        EN: (
            "Early check-in on “{matter}”. {who} wants no surprises on fees, and a call before every filing.",
            "Asked {who} what good would look like on “{matter}”: a settlement by year end, no press.",
            "Expectation call. Happy with the speed; would like fewer attachments and a short summary on top.",
            "Went through goals for “{matter}” with {who}. Bottom line is recovery of the principal, interest is negotiable.",
            "{who} asked for one standing call every other Tuesday. Agreed.",
        ),
    },
    "feedback_sought": {
        ZH: (
            "征求意见：{who}认为专业没问题，回复速度可以再快一点，尤其是周五下午。",
            "请{who}给我们的服务打分：专业九分，沟通八分。建议账单附上工作明细。",
            "年度意见访谈。{who}肯定团队稳定，希望多安排年轻律师驻场熟悉业务。",
            "{who}直言上次报告太长，老板只看第一页。以后先写结论。",
            "听取意见：客户希望我们主动提示风险，而不是等他们来问。已列入改进清单。",
        ),
        EN: (
            "Asked for feedback. Work is strong; replies on Friday afternoons are slow. Will put a back-up in place.",
            "{who} rates us nine for expertise, eight for communication. Wants a breakdown with each invoice.",
            "Year-end review. {who} values the stable team, would like a junior on site once a month.",
            "{who} said the last memo was too long; the board reads page one. Conclusions first from now on.",
            "Feedback call: they want us to flag risks unasked. Added to our list.",
        ),
    },
    "legal_update": {
        ZH: (
            "给{who}讲解公司法修订后出资期限的变化，对方公司正好涉及，约定下周专门讨论。",
            "推送{topic}新司法解释解读，{who}回复说对他们很有用，要转给业务部门。",
            "介绍我们新推出的合同体检服务，{who}有兴趣，请我们发一份说明。",
            "数据出境新规提醒：{who}还没有做过自评估，建议本季度完成。",
            "与{who}聊了最新的劳动争议案例，提示竞业限制协议需要更新。",
            "电话告知社保缴费基数调整，{who}将通知人事部门。",
        ),
        EN: (
            "Walked {who} through the new capital contribution deadline; it touches their subsidiary. Follow-up next week.",
            "Sent our note on {topic}. {who} is forwarding it to the business side.",
            "Told {who} about the contract health check. Interested, wants a one-pager.",
            "Data export rules: they have not done the self-assessment. Suggested finishing it this quarter.",
            "Talked through recent labour cases; their non-compete template is out of date.",
        ),
    },
    "needs_review": {
        ZH: (
            "需求回访：{who}透露明年计划在苏州设厂，土地、环评和用工都需要法律支持。",
            "与{who}梳理下半年法律需求：两份长期供货合同、一个商标异议、员工手册更新。",
            "{who}谈到公司准备引入投资人，想先了解股权架构怎么设计。已约合伙人一起谈。",
            "询问法律需求有无变化，{who}说目前平稳，但应收账款变多，可能需要催收。",
        ),
        EN: (
            "Needs review: {who} plans a second plant next year. Land, environmental permits and hiring will need us.",
            "Went through the second half with {who}: two supply agreements, one trademark opposition, a new handbook.",
            "{who} mentioned talks with an investor and wants to understand cap table options. Bringing in a partner.",
            "Asked what has changed. Quiet for now, but overdue receivables are growing; collections may follow.",
            "{who} wants to bring all China contracts under one template. We will propose a scope.",
        ),
    },
    "risk_prevention": {
        ZH: (
            "风险提示：{who}的几份采购合同没有约定验收标准，建议统一补充协议。",
            "和{who}一起过了印章管理制度，发现外带登记缺失，已给出三条整改建议。",
            "提醒{who}诉讼时效将在三个月后届满，建议先发催款函固定证据。",
            "为{who}的销售团队做了一次反商业贿赂培训，现场问题很多，反响不错。",
            "与{who}讨论了担保风险，建议董事会决议先行，避免越权担保。",
        ),
        EN: (
            "Risk review: several purchase orders have no acceptance test. Suggested one amendment for all suppliers.",
            "Went over seal management with {who}; outgoing seals are not logged. Three fixes proposed.",
            "Warned {who} that limitation runs out in three months; a demand letter secures the claim.",
            "Anti-bribery session for their sales team. Many questions, good response.",
            "Discussed guarantees with {who}: board resolution first, or the bank carries the risk and so do we.",
        ),
    },
    "cost_planning": {
        ZH: (
            "与{who}一起测算明年法律费用，建议把零散咨询并入常年顾问，预计节省两成。",
            "费用规划：诉讼部分改为基础加风险代理，{who}回去请示。",
            "{who}希望封顶收费，我们给出三档方案，并说明每档包含的内容。",
            "梳理了今年各项支出，{who}同意把合同初审交给公司法务，我们只做终审。",
        ),
        EN: (
            "Planned next year's legal spend with {who}. Folding ad hoc advice into the retainer saves about a fifth.",
            "Fee options for the dispute: base plus success fee. {who} will take it upstairs.",
            "{who} asked for a cap. Gave three levels and what each includes.",
            "Reviewed this year's spend line by line. First review of contracts goes in-house, we keep final sign-off.",
        ),
    },
    "billing": {
        ZH: (
            "{who}询问第二期律师费的付款时间，已发送账单和明细。",
            "沟通开票信息，{who}要求分两张开具，财务已处理。",
            "提醒本期顾问费已到期，{who}表示月底前安排付款。",
        ),
        EN: (
            "{who} asked about the second instalment. Sent invoice and breakdown.",
            "Invoice details settled with {who}; two separate invoices, purchase order number on each.",
            "Reminded them of this quarter's fee. Payment by month end.",
        ),
    },
    "complaint": {
        ZH: (
            "{who}来电投诉：三次留言没有人回。已当面道歉，说明原因并承诺由我亲自跟进。",
            "{who}对账单金额有异议，认为没有事先告知。听完后未争辩，约明天给书面说明。",
            "{who}不满开庭前一天才拿到材料，语气较激动。记录诉求，换会议室由合伙人接待。",
        ),
        EN: (
            "{who} complained: three messages, no answer. Apologised, explained, and will handle it personally.",
            "{who} disputes the invoice, says the extra hours were never announced. Listened; written answer tomorrow.",
            "Upset that the bundle arrived the day before the hearing. Took it down, partner will call back today.",
        ),
    },
    "greeting": {
        ZH: (
            "中秋问候，{who}说最近在外地出差，下个月回来约喝茶。",
            "春节拜年，寄送了所里的日历和贺卡。",
            "{who}生日，发消息祝贺，对方很高兴。",
            "端午节问候，顺祝{who}公司乔迁之喜。",
        ),
        EN: (
            "Season's greetings and our calendar; {who} sends regards to the team.",
            "Wished {who} a happy birthday.",
            "Congratulated {who} on the new office.",
        ),
    },
    "event": {
        ZH: (
            "{who}参加了我所举办的“企业合规沙龙”，会后交流了半小时。",
            "邀请{who}出席年度答谢会，与管理合伙人同桌。",
        ),
        EN: (
            "{who} joined our compliance breakfast and stayed for questions.",
            "{who} came to the client dinner; introduced to the managing partner.",
        ),
    },
    "other": {
        ZH: (
            "{who}询问办公地址变更和停车事宜。",
            "{who}更换了联系电话，已更新资料。",
            "{who}问营业执照复印件是否还要原件核对，已答复。",
        ),
        EN: (
            "{who} asked for our new office address and parking.",
            "{who} has a new number; profile updated.",
            "{who} asked whether a notarised copy will do. It will.",
        ),
    },
}

# What a natural person needs is another matter than what a company needs.
NEEDS_OF_PERSONS: dict[str, tuple[str, ...]] = {
    ZH: (
        "{who}提到家里老人的房产安排，希望年内把遗嘱办好。",
        "问{who}还有什么需要，对方说孩子准备出国，想了解财产公证。",
        "{who}打算把店面转给弟弟，想知道税费和合同怎么处理。",
        "与{who}聊了近况，目前没有新的需要，担心的是对方不按判决付款。",
    ),
    EN: (
        "{who} wants a will done this year; the flat is in joint names.",
        "Asked {who} what else is on their mind: a loan to a cousin without papers. Suggested writing it up.",
        "{who} is thinking of moving abroad; we will list what has to be settled first.",
    ),
}

# The client asks, the firm answers: what a passive relationship consists of.
ASKED: dict[str, tuple[str, ...]] = {
    ZH: (
        "{who}来电询问“{matter}”现在到哪一步了，已答复正在等通知。",
        "{who}发微信问一份合同能不能签，看过后提示两处风险。",
        "{who}问员工离职补偿怎么算，当场答复。",
        "{who}催问“{matter}”的进展，表示已经很久没有消息。",
        "{who}转来对方的律师函，问是否需要回复。答复下周处理。",
        "{who}询问保证金能否退还，答复要看合同约定。",
        "{who}来邮件问“{matter}”的下次开庭时间。",
    ),
    EN: (
        "{who} called to ask where “{matter}” stands. Told them we are waiting for the court.",
        "{who} sent a draft and asked if they can sign. Pointed out two risks.",
        "Question on severance from {who}, answered on the spot.",
        "{who} chasing news on “{matter}”; has not heard from us for a while.",
        "{who} forwarded a demand letter and asked whether to answer it.",
        "{who} asked by email for the next hearing date in “{matter}”.",
    ),
}

UNANSWERED: dict[str, tuple[str, ...]] = {
    ZH: ("致电未接，已留言。", "打电话没有人接，改天再试。", "发邮件未见回复。", "拨打两次，对方占线。"),
    EN: (
        "No answer, left a message.",
        "Rang twice, engaged.",
        "Emailed, no reply yet.",
        "Voicemail; will try again.",
    ),
}

# -- promises and follow-ups ---------------------------------------------------------------------------------

PROMISES: dict[str, tuple[str, ...]] = {
    ZH: (
        "周五前发送证据清单", "整理一份费用测算表", "提供竞业限制协议模板", "出具书面法律意见", "约合伙人一起面谈",
        "发送开庭注意事项", "修改供货合同第二稿", "查询同类判决并做摘要", "起草催款函", "安排合规培训时间",
    ),
    EN: (
        "Send the evidence list by Friday", "Prepare a fee estimate", "Share the non-compete template",
        "Written opinion on the guarantee", "Set up a meeting with the partner", "Send the hearing checklist",
        "Second draft of the supply agreement", "Summarise comparable rulings", "Draft the demand letter",
        "Propose dates for the training",
    ),
}  # fmt: skip
CLIENT_PROMISES: dict[str, tuple[str, ...]] = {
    ZH: ("提供盖章的授权委托书", "补充银行流水", "确认和解方案", "提供员工花名册"),
    EN: ("Return the signed power of attorney", "Send the bank statements", "Confirm the settlement terms"),
}
FOLLOW_UPS: dict[str, tuple[tuple[str, str], ...]] = {  # purpose, title
    ZH: (
        ("progress_report", "告知案件进展"), ("expectation_check", "期望回访"), ("legal_update", "介绍新规影响"),
        ("needs_review", "了解明年法律需求"), ("feedback_sought", "征求对服务的意见"), ("", "回电确认材料"),
        ("billing", "跟进第二期费用"), ("risk_prevention", "讨论合同风险清单"), ("cost_planning", "确定明年费用方案"),
    ),
    EN: (
        ("progress_report", "Report on where the matter stands"), ("expectation_check", "Ask about expectations"),
        ("legal_update", "Explain what the new rules change"), ("needs_review", "Review needs for next year"),
        ("feedback_sought", "Ask for feedback"), ("", "Call back about the documents"),
        ("billing", "Second instalment"), ("risk_prevention", "Go through the contract risk list"),
        ("cost_planning", "Settle next year's fee plan"),
    ),
}  # fmt: skip

# -- matters: kind, service type -> titles; {other} is the opposing party --------------------------------------

MATTERS_OF_ORGANISATIONS: tuple[tuple[str, str, str, str, str], ...] = (
    # kind, service type, Chinese title, English title, topic
    ("commercial", "litigation", "与{other}买卖合同纠纷", "Sale of goods dispute with {other}", "sale"),
    ("commercial", "litigation", "与{other}建设工程施工合同纠纷", "Construction contract dispute with {other}", "construction"),
    ("commercial", "litigation", "与{other}股权转让纠纷", "Share transfer dispute with {other}", "shares"),
    ("commercial", "litigation", "与{other}专利侵权纠纷", "Patent infringement, {other}", "patents"),
    ("civil", "litigation", "劳动争议仲裁案", "Labour arbitration", "labour"),
    ("commercial", "non_contentious", "厂房租赁及设备采购项目", "Plant lease and equipment purchase", "lease"),
    ("commercial", "non_contentious", "股权融资法律服务", "Equity financing", "financing"),
    ("commercial", "non_contentious", "数据合规专项", "Data compliance project", "data"),
    ("commercial", "non_contentious", "供应链合同体系梳理", "Supply contract overhaul", "contracts"),
    ("commercial", "non_contentious", "收购{other}尽职调查", "Due diligence on {other}", "mergers"),
    ("commercial", "advice", "商标布局咨询", "Trademark strategy", "trademarks"),
    ("commercial", "advice", "跨境付款合规咨询", "Cross-border payment advice", "payments"),
    ("administrative", "litigation", "行政处罚复议案", "Administrative penalty review", "penalties"),
    ("criminal", "litigation", "员工职务侵占控告案", "Embezzlement complaint against an employee", "embezzlement"),
    ("commercial", "retainer", "常年法律顾问", "General counsel retainer", "retainer"),
)  # fmt: skip
MATTERS_OF_PERSONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("civil", "litigation", "离婚及财产分割案", "Divorce and division of property", "family"),
    ("civil", "litigation", "与{other}房屋买卖合同纠纷", "House purchase dispute with {other}", "housing"),
    ("civil", "litigation", "与{other}民间借贷纠纷", "Private loan dispute with {other}", "loans"),
    ("civil", "litigation", "机动车交通事故责任案", "Traffic accident claim", "accidents"),
    ("civil", "litigation", "劳动合同解除争议", "Unfair dismissal claim", "labour"),
    ("civil", "litigation", "医疗损害责任纠纷", "Medical negligence claim", "medical"),
    ("criminal", "litigation", "取保候审及辩护", "Bail and defence", "defence"),
    ("civil", "advice", "遗嘱起草与见证", "Drafting and witnessing a will", "wills"),
    ("civil", "advice", "婚前财产协议", "Prenuptial agreement", "family"),
    ("civil", "non_contentious", "家族财产传承安排", "Family succession plan", "succession"),
)  # fmt: skip
TOPICS: dict[str, tuple[str, str]] = {
    "sale": ("买卖合同", "a sale of goods"), "construction": ("建设工程", "construction"), "shares": ("股权", "shareholdings"),
    "patents": ("专利", "patents"), "labour": ("劳动用工", "employment"), "lease": ("租赁", "leases"),
    "financing": ("股权融资", "financing"), "data": ("数据合规", "data protection"), "contracts": ("合同管理", "contracts"),
    "mergers": ("并购", "acquisitions"), "trademarks": ("商标", "trademarks"), "payments": ("跨境付款", "cross-border payments"),
    "penalties": ("行政处罚", "administrative penalties"), "embezzlement": ("职务犯罪", "white-collar crime"),
    "retainer": ("公司治理", "corporate governance"), "family": ("婚姻家事", "family law"), "housing": ("房产", "real estate"),
    "loans": ("借贷", "private loans"), "accidents": ("交通事故", "accident claims"), "medical": ("医疗损害", "medical negligence"),
    "defence": ("刑事辩护", "criminal defence"), "wills": ("遗嘱继承", "wills"), "succession": ("财富传承", "succession"),
}  # fmt: skip
NEXT_DATES: dict[str, tuple[str, ...]] = {
    ZH: ("开庭", "举证期限届满", "交换证据", "提交修改稿", "调解", "合同签署", "续聘洽谈"),
    EN: ("Hearing", "Deadline for evidence", "Exchange of evidence", "Revised draft due", "Mediation", "Signing", "Renewal talks"),
}  # fmt: skip
OUTCOMES: dict[str, tuple[str, ...]] = {
    ZH: ("调解结案，款项已付清", "一审胜诉，对方未上诉", "和解撤诉", "项目完成交割", "判决部分支持，客户接受", "意见书已交付，客户采纳"),
    EN: ("Settled, paid in full", "Won at first instance, no appeal", "Settled and withdrawn", "Closed, documents delivered",
         "Partly upheld, client accepts", "Opinion delivered and followed"),
}  # fmt: skip

# -- survey answers -------------------------------------------------------------------------------------------

PRAISE: dict[str, tuple[str, ...]] = {
    ZH: ("专业、细致，沟通也很及时。", "每一步都提前告知，很放心。", "希望继续合作，培训对我们帮助很大。", "", "", "收费透明，值得推荐。"),
    EN: ("Clear advice, quick answers.", "We always knew where things stood.", "The training helped our team a lot.", "", "", ""),
}  # fmt: skip
LUKEWARM: dict[str, tuple[str, ...]] = {
    ZH: ("总体不错，回复可以再快一点。", "费用说明不够清楚。", "", "希望多一些主动沟通。"),
    EN: (
        "Good work, slow replies.",
        "Would like clearer estimates.",
        "",
        "Please call us before we call you.",
    ),
}
BLAME: dict[str, tuple[str, ...]] = {
    ZH: (
        "进展总要我们来问，账单也没有事先说明。",
        "换了三个经办人，每次都要从头解释。",
        "开庭前一天才联系我们，感觉不被重视。",
    ),
    EN: (
        "We had to chase for every update, and the bill was a surprise.",
        "Three different people in a year; we explain everything anew each time.",
        "Nobody called until the day before the hearing.",
    ),
}

# -- profiles -------------------------------------------------------------------------------------------------

BACKGROUNDS: dict[str, tuple[str, ...]] = {
    ZH: (
        "家中独子在国外读书，计划两年后回国接班。", "早年在国企任职，重视程序和书面确认。", "与合伙人关系紧张，谈话时注意分寸。",
        "喜欢喝茶和书法，周末常去爬山。", "公司由兄弟二人共同创立，重大事项需两人同意。", "曾与前任律所发生收费争议，对账单非常敏感。",
    ),
    EN: (
        "Only son studies abroad and is to take over in two years.", "Former state-owned background, likes things in writing.",
        "Founded by two brothers; both must agree on anything major.", "Had a fee dispute with former counsel; careful with invoices.",
        "Plays golf with the chairman of the industry association.", "Relocating the family next summer.",
    ),
}  # fmt: skip
CLIENT_NOTES: dict[str, tuple[str, ...]] = {
    ZH: ("重要文件请同时抄送法务部。", "付款审批需要两周，账单提前发。", "会议一般安排在周三下午。", "联系前先发微信约时间。", "", "", ""),
    EN: ("Copy the legal department on everything.", "Payment runs on the 15th.", "Prefers calls after 4 pm.", "", "", ""),
}  # fmt: skip
OVERRIDE_REASON = {
    ZH: "董事长与我所管理合伙人每月会面，未逐次记录，按伙伴型服务。",
    EN: "The chairman and our managing partner meet monthly off the record; served as a partner for now.",
}
WALL_REASON = {
    ZH: "曾代理对方当事人，按利益冲突规定回避。",
    EN: "Acted for the opposing party before; kept apart under the conflict rules.",
}
NEWS_OF_LAW = {
    ZH: "新修订的《公司法》要求五年内缴足注册资本，存量公司须在过渡期内调整。",
    EN: "The revised company law asks for registered capital to be paid up within five years; companies founded before have a "
    "time to adjust.",
}
GRADE_REASON = {
    ZH: "集团明年将集中选聘律师，先按优质客户服务。",
    EN: "Their group chooses its counsel next year; served as an important client until then.",
}
GROWTH = {
    ZH: {
        "aim": "从单项诉讼委托发展为常年法律顾问，覆盖合同与劳动用工两块业务。",
        "goals": [
            ("摸清全年法律需求", ["与法务负责人做一次需求访谈", "汇总近两年的委托与咨询"]),
            ("签订常年顾问合同", ["提交分级服务方案与报价", "邀请总经理参加年度座谈"]),
            ("劳动用工合规培训", ["确定培训主题与日期"]),
        ],
        "result": "访谈完成，客户最关心合同审查速度与劳动争议。",
    },
    EN: {
        "aim": "From single cases to a retainer that covers contracts and employment.",
        "goals": [
            (
                "Know what they need over a year",
                ["Talk with the head of legal", "List what they asked in two years"],
            ),
            (
                "Sign a retainer",
                ["Hand in a plan with two levels of service", "Invite the CEO to the yearly meeting"],
            ),
            ("Train their HR on employment law", ["Agree on subject and date"]),
        ],
        "result": "Done: what matters most to them is how quickly contracts are reviewed.",
    },
}
# layer, field of law, what they need, note
NEEDS = {
    ZH: (
        ("operations", "commercial", "统一销售合同模板", "各分公司合同条款不一，回款期相差很大。"),
        ("goals", "commercial", "明年在华南设立子公司", "需要股权架构和劳动用工方面的意见。"),
        ("value", "civil", "小额催收按结果收费", "客户认为按小时收费不划算。"),
        ("emotion", "", "案件进展主动告知", "希望每月收到一次书面进展。"),
        ("operations", "administrative", "环保合规自查", "同行近期受到处罚，担心被检查。"),
        ("goals", "civil", "家族财产传承安排", "有两名子女，希望提前安排。"),
        ("operations", "criminal", "采购人员廉洁培训", ""),
        ("value", "commercial", "常年顾问费与服务内容对应", "希望看到每季度的服务清单。"),
    ),
    EN: (
        (
            "operations",
            "commercial",
            "One template for sales contracts",
            "Each branch uses its own terms of payment.",
        ),
        ("goals", "commercial", "A subsidiary in the south next year", "Advice on shares and on employment."),
        ("value", "civil", "Debt collection paid by result", "Hourly fees do not pay for small claims."),
        ("emotion", "", "To be told how the case goes, unasked", "A written update once a month."),
        (
            "operations",
            "administrative",
            "A check of environmental compliance",
            "A competitor was fined in spring.",
        ),
        ("goals", "civil", "To arrange the succession of the family", "Two children, one in the business."),
        ("operations", "criminal", "Anti-bribery training for purchasing", ""),
        ("value", "commercial", "A retainer fee that says what it buys", "A list of services each quarter."),
    ),
}
NEED_DROPPED = {ZH: "客户已由集团法务自行处理。", EN: "Their group's own lawyers took it over."}
