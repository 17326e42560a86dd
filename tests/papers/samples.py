"""Papers of invented people, as the rooms above put them together."""

from dataclasses import replace

from papers.content import PaperContent, Section, Table

ORGAN = "蒙自市人力资源和社会保障局"
BASIS = "云政办发〔2025〕51号五（一）"
CODE = "7KQ4-M2XD-9RTW"
REMEDY = Section(
    "救济途径",
    (
        "如不服本决定，可以自收到本决定书之日起六十日内向蒙自市人民政府申请行政复议，也可以自收到本决定书之日起"
        "六个月内依法直接向蒙自市人民法院提起行政诉讼。",
    ),
)
ACCEPTANCE = PaperContent(
    title="受理通知书",
    title_en="Notice of acceptance",
    organ=ORGAN,
    organ_mark=ORGAN,
    addressee="王小明",
    opening=(
        "您于2026年3月2日提出的一次性求职补贴申请（编号QZ20260302001）收悉。经审查，申请材料齐全，决定予以受理。",
    ),
    sections=(),
    closing=("本局将自受理之日起二十个工作日内作出决定，公示时间不计算在内。",),
    signer=ORGAN,
    date="2026年3月5日",
    contact=f"{ORGAN} 0873-0000000",
    seal_note="样章",
    number="蒙人社受〔2026〕7号",
    verify_code=CODE,
    verify_url="https://zhida.example/verify/7KQ4M2XD9RTW/",
    english=("Your application of 2 March 2026 has been accepted.",),
    machine={"case": "QZ20260302001", "scheme": "grad-jobseeking", "kind": "acceptance"},
)
GRANT = replace(
    ACCEPTANCE,
    title="一次性求职补贴决定书",
    title_en="Decision on the one-off job-seeking grant",
    addressee="欧阳𬱖",
    opening=(
        "您于2026年3月2日提出的一次性求职补贴申请（编号QZ20260302001），经审核符合条件，决定发给一次性求职补贴"
        "人民币1000.00元（大写：壹仟元整）。",
        "依据：《云南省促进残疾人就业三年行动实施方案（2025—2027年）》（云政办发〔2025〕51号）五（一）。",
        "补贴将发放到您申请时填写的本人银行账户。此项补贴每人只能领取一次。",
    ),
    sections=(
        Section(
            "审核认定的情况",
            (),
            Table(
                "审核认定情况表",
                ("项目", "认定", "结果", "依据"),
                (
                    ("残疾人证号与身份证号码一致", "是", "符合", BASIS),
                    ("全日制学习", "全日制", "符合", BASIS),
                    ("属于当年毕业生", "2027-07-01", "符合", BASIS),
                    ("有就业意愿并正在求职", "是", "符合", BASIS),
                    ("以前没有领取过", "否", "符合", BASIS),
                    ("补贴金额（元）", "1000.00", "金额", BASIS),
                ),
            ),
        ),
        REMEDY,
    ),
    closing=(),
    date="2026年3月12日",
    copies_to="蒙自市财政局，蒙自市残疾人联合会。",
    number="蒙人社决〔2026〕12号",
    english=("You are granted 1000.00 yuan.",),
    machine={"case": "QZ20260302001", "kind": "grant", "amount": "1000.00"},
)
REFUSAL = replace(
    GRANT,
    title="关于不予发给一次性求职补贴的决定书",
    title_en="Refusal of the one-off job-seeking grant",
    addressee="马㛃儿·买买提江",
    opening=("您于2026年3月2日提出的一次性求职补贴申请（编号QZ20260302013），经审核不符合条件，决定不予批准。",),
    sections=(
        Section(
            "审核认定的情况",
            (),
            Table(
                "审核认定情况表",
                ("项目", "认定", "结果", "依据"),
                (
                    ("学习形式", "非全日制", "不符合", BASIS),
                    ("毕业时间", "2026年7月1日", "符合", BASIS),
                ),
            ),
        ),
        Section(
            "不予批准的理由和依据",
            (
                "此项补贴只面向全日制毕业生，您的学习形式不符合条件。依据：云政办发〔2025〕51号五（一）。",
                "经核验，您提交的学籍证明载明学习形式为非全日制。本局已于2026年3月5日向您告知上述情况并听取陈述、申辩，"
                "您于2026年3月7日提出的意见为“毕业后一直未就业”。经复核，该意见不影响学习形式的认定，不予采纳。",
            ),
        ),
        REMEDY,
    ),
    number="蒙人社决〔2026〕13号",
    english=("Your application is refused.",),
    machine={"case": "QZ20260302013", "kind": "refusal", "reasons": ["study_mode"]},
)
CORRECTION = replace(
    ACCEPTANCE,
    title="补正材料一次性告知书",
    title_en="Notice of what to correct",
    opening=(
        "您于2026年3月2日提出的一次性求职补贴申请（编号QZ20260302014）收悉。经审查，申请材料不齐全，"
        "现将需要补正的全部内容一次性告知如下：",
    ),
    sections=(
        Section(
            "需要补正的全部内容",
            (),
            Table(
                "需要补正的内容",
                ("序号", "项目", "需要怎样补正"),
                (
                    ("1", "残疾人证", "上传的第2页图像模糊，请重新上传，或者授权本局在线核验。"),
                    ("2", "社会保障卡", "没有上传银行账户页，请补充。"),
                    ("3", "求职登记", "登记日期早于毕业学年，请补充本学年的求职登记记录。"),
                ),
            ),
        ),
    ),
    closing=("请于2026年3月22日前通过原申请渠道补正，补正期间不计入办理期限。如有疑问，请拨打0873—0000000。",),
    number="蒙人社补〔2026〕14号",
    machine={"case": "QZ20260302014", "kind": "correction", "points": ["certificate", "card", "register"]},
)
MONTHS = tuple((f"2026年{month}月", "650.00", "120.00", "770.00") for month in range(4, 13))
PHASE_OUT = replace(
    GRANT,
    title="最低生活保障渐退期决定书",
    title_en="Decision on the phase-out of the minimum living allowance",
    organ="蒙自市民政局",
    organ_mark="蒙自市民政局",
    signer="蒙自市民政局",
    sections=(
        Section(
            "发放计划",
            (),
            Table("按月发放计划（单位：元）", ("月份", "保障金", "分类施保", "合计"), MONTHS, numeric=(1, 2, 3)),
        ),
        REMEDY,
    ),
    number="蒙民决〔2026〕3号",
    machine={"case": "DB20260302001", "kind": "phase_out", "amount": "6930.00"},
)
ALL = {"acceptance": ACCEPTANCE, "grant": GRANT, "refusal": REFUSAL, "correction": CORRECTION, "phase_out": PHASE_OUT}
