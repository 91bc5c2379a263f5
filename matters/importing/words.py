"""How lists write the columns and closed lists of matters and invoices, in English and Chinese."""

from clients.rules.normalise import Choices

MATTER_HEADINGS = {
    "client": "Client; Client name; Customer; Company; 客户; 客户名称; 委托人; 所属客户; 当事人",
    "client_number": "Client number; Client's number; Client registration number; Client identity number; 客户证件号码; "
    "客户统一社会信用代码; 客户编号",
    "matter_title": "Title; Matter; Matter title; Matter name; Case; Case name; Case title; Project; Project name; "
    "案件名称; 案件; 项目名称; 项目; 事项; 委托事项; 案由; 案件标题; 标题",
    "matter_number": "Number; Matter number; Matter no; File number; File no; Case number; Case no; Reference; 案号; 案件编号; "
    "案件号; 项目编号; 卷号; 编号; 所内案号",
    "matter_kind": "Kind; Matter kind; Field; Business field; Practice area; Area of law; 性质; 案件性质; 案件类别; 业务领域; "
    "案件类型; 类别",
    "matter_service": "Service type; Service; Type of service; Matter type; 服务项目; 服务类型; 业务类型; 代理类型",
    "responsible": "Responsible lawyer; Responsible; Lawyer; Handling lawyer; Attorney; Owner; 负责律师; 主办律师; 承办律师; "
    "责任律师; 律师; 负责人",
    "accepted_on": "Accepted on; Accepted; Date accepted; Opened; Opened on; Date opened; Start date; Instructed on; "
    "收案日期; 委托日期; 立案日期; 接案日期; 签约日期; 开始日期; 受理日期",
    "matter_stage": "Stage; Phase; 阶段; 案件阶段; 所处阶段; 进展阶段; 进度",
    "opposing": "Opposing party; Opposing parties; Opponent; Other side; Adverse party; Defendant; 对方当事人; 对方; 相对方; "
    "被告; 对方名称",
    "related": "Related parties; Related party; Third party; Third parties; 关联方; 第三人; 其他当事人",
    "authority": "Court or authority; Court; Authority; Tribunal; 法院; 受理法院; 审理机构; 仲裁机构; 受理机关; 法院或机关; 管辖法院",
    "fee_basis": "How the fee is agreed; Fee basis; Fee type; Billing; 收费方式; 计费方式; 费用方式; 收费类型",
    "agreed_fee": "Agreed fee; Fee; Fees; Contract value; 律师费; 约定费用; 代理费; 合同金额; 收费金额; 约定律师费",
    "ends_on": "Runs until; Ends on; End date; Expires on; Expiry date; 到期日期; 到期日; 合同到期日; 服务截止日; 顾问期限至; 期限至",
    "next_date": "Next date; Next step date; Next deadline; 下一日期; 下次日期; 下一步日期; 开庭日期",
    "next_date_note": "What happens then; Next step; Next event; 届时事项; 下一步; 下次事项",
    "closed_on": "Closed on; Closed; Date closed; 结案日期; 办结日期; 归档日期",
    "outcome": "Outcome; Result; 结果; 处理结果; 结案结果; 裁判结果",
    "closing_summary": "Summary; Closing summary; 结案小结; 总结; 结案总结",
    "note": "Note; Notes; Remark; Remarks; Comment; Comments; 备注; 说明",
}  # fmt: skip
INVOICE_HEADINGS = {
    "client": MATTER_HEADINGS["client"],
    "client_number": MATTER_HEADINGS["client_number"],
    "matter": "Matter; Matter number; Matter title; Matter name; Matter no; Case; Case number; Case name; File number; Project; "
    "案件; 案件名称; 案件编号; 案号; 项目; 项目名称; 项目编号; 所属案件",
    "invoice_number": "Invoice number; Invoice no; Invoice; Bill number; Number; No; 发票号; 发票号码; 账单号; 账单编号; 发票编号; 票号",
    "invoice_title": "What for; Description; Subject; Details; Item; 款项; 内容; 摘要; 费用名称; 款项说明; 事由; 项目内容",
    "amount": "Amount; Invoice amount; Total; Invoiced; Billed; 金额; 账单金额; 应收金额; 开票金额; 应收款; 应收; 发票金额",
    "issued_on": "Issued on; Issued; Invoice date; Date; Billed on; Bill date; 开票日期; 开具日期; 账单日期; 日期",
    "due_on": "Due on; Due; Due date; Pay by; 到期日; 应付日期; 付款期限; 应收日期; 付款到期日; 到期日期",
    "received": "Received; Paid; Amount paid; Amount received; Payment; 已收; 已收金额; 实收; 实收金额; 到账金额; 回款金额; 已付",
    "received_on": "Last received on; Received on; Paid on; Payment date; Date paid; 收款日期; 到账日期; 回款日期; 最近收款日期",
}  # fmt: skip

STAGES = Choices.of({
    "intake": ("Intake", "New", "Opened", "收案", "接案", "立项"),
    "preparation": ("Preparation", "准备", "准备阶段", "庭前准备"),
    "filed": ("Filed", "Filing", "立案", "已立案", "起诉"),
    "hearing": ("Hearing", "Trial", "开庭", "庭审", "审理", "一审"),
    "decision": ("Decision", "Judgment", "Award", "裁判", "判决", "裁决"),
    "enforcement": ("Enforcement", "Execution", "执行", "强制执行"),
    "drafting": ("Drafting", "起草", "文件起草"),
    "negotiation": ("Negotiation", "谈判", "磋商"),
    "completion": ("Completion", "Closing", "完成", "交割", "办结"),
    "service": ("In service", "Service", "Ongoing", "服务中", "服务期内"),
    "evidence": ("Evidence", "举证", "证据"),
    "appeal": ("Appeal", "上诉", "二审"),
    "investigation": ("Investigation", "侦查", "侦查阶段"),
    "prosecution": ("Review for prosecution", "Prosecution", "审查起诉"),
    "reconsideration": ("Administrative reconsideration", "Reconsideration", "行政复议", "复议"),
    "renewal": ("Renewal", "续约", "续聘"),
})  # fmt: skip
FEE_BASES = Choices.of({
    "fixed": ("Fixed fee", "Fixed", "Flat fee", "Lump sum", "固定收费", "固定", "包干", "定额"),
    "hourly": ("By the hour", "Hourly", "Time", "计时收费", "计时", "小时", "按小时"),
    "staged": ("By stages", "Staged", "Instalments", "分阶段收费", "分阶段", "按阶段"),
    "contingent": ("Contingent on the result", "Contingent", "Contingency", "Success fee", "风险代理", "风险", "按结果收费"),
    "retainer": ("Yearly retainer", "Retainer", "Annual", "年度顾问费", "顾问费", "年费"),
})  # fmt: skip
