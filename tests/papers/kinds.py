"""One paper of every kind, laid out as it is issued, each with names that ordinary fonts lack."""

from dataclasses import replace

from papers import numbering
from papers.content import PaperContent, Section, SigningLine, Table
from papers.layouts import LARGE, layout_of
from papers.models import Paper
from tests.papers import samples
from tests.papers.samples import ACCEPTANCE, CORRECTION, GRANT, PHASE_OUT, REFUSAL, REMEDY

Kind = Paper.Kind
RARE = "吾买尔·买买提、欧阳𬱖、李𠮷、王䶮、马㛃儿、赵𬀩"
EARLIER = "蒙人社决〔2026〕3号"
TWO_SIGN = (SigningLine("制单人", "吾买尔·买买提", "2026年3月5日"), SigningLine("复核人"))
FACTS = Section("查明的事实", ("经查，您于2026年1月起在蒙自市参加职工养老保险，当月已经就业。",))
BASIS = Section(
    "处理依据", ("《云南省促进残疾人就业三年行动实施方案（2025—2027年）》（云政办发〔2025〕51号）五（一）。",)
)


def said(title: str, *opening: str, sections: tuple[Section, ...] = (), **parts: object) -> PaperContent:
    """A paper with a title, what it says, and its parts."""
    known = {"title": title, "opening": opening, "sections": sections, "closing": (), "addressee": RARE}
    return replace(ACCEPTANCE, **(known | parts))


def listed(heading: str, caption: str, headers: tuple[str, ...], *rows: tuple[str, ...]) -> Section:
    """A part that is a table; amounts stand in its last column."""
    numeric = (len(headers) - 1,) if "元" in headers[-1] else ()
    return Section(heading, (), Table(caption, headers, rows, numeric))


FILES = listed(
    "收到的材料",
    "收到的材料",
    ("序号", "材料", "份数"),
    ("1", "残疾人证", "1"),
    ("2", "毕业证书", "1"),
    ("3", "银行卡", "1"),
)
PAID = listed(
    "明细",
    "拨付明细",
    ("序号", "姓名", "金额（元）"),
    ("1", "欧*𬱖", "1000.00"),
    ("2", "李*", "1000.00"),
    ("3", "马**", "1000.00"),
)
VISIT = listed(
    "核查情况",
    "核查情况表",
    ("项目", "记录"),
    ("核查时间", "2026年3月4日10:00"),
    ("核查地点", "蒙自市文澜街道"),
    ("遇到的人", "申请人本人"),
)
WRONG = listed("更正内容", "更正内容", ("原文", "更正为"), ("李吉", "李𠮷"))
NAMES = listed(
    "公示名单",
    "公示名单",
    ("序号", "姓名", "事项"),
    ("1", "欧*𬱖", "求职补贴"),
    ("2", "李*", "求职补贴"),
    ("3", "马**", "求职补贴"),
)
YEAR = listed(
    "办理情况",
    "办理情况",
    ("事项", "件数", "金额（元）"),
    ("一次性求职补贴", "12", "12000.00"),
    ("渐退期保障", "3", "20790.00"),
    ("保证金减免", "2", "0.00"),
)
RELIEF = listed(
    "减免的具体内容",
    "减免的具体内容",
    ("项目", "内容"),
    ("代销点", "蒙自市文澜街道天马路"),
    ("代销合同编号", "HH-2025-0123"),
    ("彩票种类", "福利彩票"),
    ("合同约定的押金", "10000.00元"),
    ("减免的押金", "5000.00元（伍仟元整）"),
    ("减免后仍应缴的押金", "5000.00元"),
    ("由彩票中心退还的押金", "5000.00元（伍仟元整）"),
    ("减免生效", "自2026年3月5日起"),
    ("有效期", "至代销合同终止之日；押金恢复缴纳或者决定被撤销、停止的，至该日为止"),
)
MEASURE = (FACTS, Section("理由", ("已经就业的，不再发给。",)), BASIS, REMEDY)
PARTS = {
    Kind.ACCEPTANCE: replace(ACCEPTANCE, addressee=RARE),
    Kind.NOT_ACCEPTED: said("不予受理决定书", "您的申请不属于本机关职权范围，不予受理。", sections=(REMEDY,)),
    Kind.CORRECTION: replace(CORRECTION, addressee=RARE),
    Kind.GRANT: replace(GRANT, addressee=RARE),
    Kind.WAIVER_GRANT: replace(GRANT, addressee=RARE, title="福利彩票代销者保证金减免决定书"),
    Kind.PHASE_OUT: replace(PHASE_OUT, addressee=RARE),
    Kind.SERVICE: replace(GRANT, addressee=RARE, title="集中使用残疾人用人单位认定决定书"),
    Kind.REFERRAL: said("转办告知书", "您的申请已经转交蒙自市教育体育局办理。", sections=(BASIS,)),
    Kind.ANSWER: said("办理结果告知书", "蒙自市教育体育局于2026年3月10日答复：同意办理。"),
    Kind.REFUSAL: replace(REFUSAL, addressee=RARE),
    Kind.REVOCATION: said("撤销决定书", "本机关决定撤销该决定。", sections=MEASURE, refers_to=EARLIER),
    Kind.PRIOR_NOTICE: said("处理事先告知书", "本机关拟撤销该决定。", sections=(FACTS, BASIS), refers_to=EARLIER),
    Kind.STOP: said("停发决定书", "自2026年4月1日起停发。", sections=MEASURE, refers_to=EARLIER),
    Kind.REDUCTION: said("减发决定书", "每期减为500.00元。", sections=MEASURE, refers_to=EARLIER),
    Kind.RECOVERY: said("追回决定书", "追回1000.00元（壹仟元整）。", sections=MEASURE, refers_to=EARLIER),
    Kind.NO_ACTION: said("不予处理告知书", "经查，决定不予处理，原决定继续有效。", refers_to=EARLIER),
    Kind.DOSSIER: said("批次卷", "本批次共三件。", sections=(NAMES, PAID), addressee="", signing=TWO_SIGN),
    Kind.RECEIPT: said(
        "收件凭证", "收到您的申请（编号QZ20260302001）。", sections=(FILES,), signing=(SigningLine("收件人"),)
    ),
    Kind.EXTENSION: said("延期告知书", "因案情复杂，办理期限延长十个工作日。"),
    Kind.OBJECTION_REPLY: said("异议答复书", "您对公示提出的异议，经核查不成立。"),
    Kind.STATEMENT_REPLY: said("陈述申辩答复书", "您的陈述、申辩已经收到，理由成立的部分予以采纳。"),
    Kind.COMPLAINT_REPLY: said("投诉答复书", "您的投诉已经核查，答复如下。"),
    Kind.PHASE_OUT_END: said("渐退期结束告知书", "您的渐退期于2026年12月31日结束。"),
    Kind.CERTIFICATE: said(
        "保证金减免证明",
        "吾买尔·买买提（残疾人证号后四位1234）经审核，免交福利彩票代销者保证金和销售设备押金。",
        addressee="蒙自市福利彩票管理中心",
        sections=(RELIEF,),
    ),
    Kind.AGREEMENT: said(
        "保证金减免协议书",
        "甲、乙双方就保证金减免达成以下协议。",
        sections=(Section("双方约定", ("乙方连续三期没有违约的，继续减免。", "甲方恢复收取的，提前三十日告知。")),),
        signing=(SigningLine("甲方"), SigningLine("乙方", "吾买尔·买买提", "2026年3月5日")),
    ),
    Kind.PAYMENT_ADVICE: said("拨付告知书", "已于2026年3月20日向您尾号1234的账户拨付1000.00元（壹仟元整）。"),
    Kind.NOTICE_SHEET: said("公示", "现将拟准予的名单公示如下。", sections=(NAMES,), addressee=""),
    Kind.VISIT_RECORD: said("入户核查记录", "核查情况如下。", sections=(VISIT,), addressee="", signing=TWO_SIGN),
    Kind.BATCH_COVER: said(
        "拨付审批单", "本批共三笔，合计3000.00元。", sections=(PAID,), addressee="", signing=TWO_SIGN
    ),
    Kind.YEARLY_REPORT: said("2026年度报告", "现将办理情况报告如下。", sections=(YEAR,), addressee="红河州人民政府"),
    Kind.CORRIGENDUM: said("更正决定书", "原文书有笔误，现予更正。", sections=(WRONG,), refers_to=EARLIER),
    Kind.HANDOVER: said("档案移交清单", "移交档案三卷。", sections=(FILES,), addressee="", signing=TWO_SIGN),
}


def as_issued(kind: str, content: PaperContent) -> PaperContent:
    """The content with the number and layout of its kind, and the rare names among its words."""
    number = f"蒙人社{numbering.SERIES[kind]}〔2026〕7号"
    named = content if RARE in content.addressee else replace(content, closing=(*content.closing, f"经办：{RARE}。"))
    return replace(named, number=number, layout=layout_of(kind), machine={"kind": str(kind)})


BY_KIND = {str(kind): as_issued(kind, content) for kind, content in PARTS.items()}
IN_LARGE_PRINT = {
    "large_grant": replace(BY_KIND["grant"], layout=LARGE, signing=TWO_SIGN),
    "large_phase_out": replace(samples.PHASE_OUT, layout=LARGE, seal_note=""),
    "large_wide": replace(
        GRANT,
        layout=LARGE,
        sections=(
            listed(
                "明细",
                "拨付明细表",
                ("残疾人证号后四位", "补贴项目名称", "所属行政区划", "办理机关", "金额（元）"),
                ("1234", "一次性求职补贴", "蒙自市文澜街道", "人力资源社会保障局", "1000.00"),
                ("5678", "一次性求职补贴", "蒙自市文澜街道", "人力资源社会保障局", ""),
            ),
        ),
    ),
}
ALL = BY_KIND | IN_LARGE_PRINT
# One of each layout, for what costs more than reading the text.
OF_EACH_LAYOUT = {
    "document": BY_KIND["revocation"],
    "letter": BY_KIND["correction"],
    "sheet": BY_KIND["batch_cover"],
    "certificate": BY_KIND["certificate"],
    "large": IN_LARGE_PRINT["large_grant"],
    "records": IN_LARGE_PRINT["large_wide"],
}
