"""Section three, 收到和处理政府信息公开申请情况: 23 rows in the edition of 2019, 25 in that of 2021, by 7 columns."""

from warehouse.forms.model import TOTAL_COLUMN, Block, Column, Edition, Form, Group, Label, Row, TableCode

_TITLE = Label(
    "收到和处理政府信息公开申请情况",
    "Applications received and processed",
    ("收到的处理政府信息公开申请情况",),
)

_APPLICANT_COLUMNS = (
    Column("natural_person", Label("自然人", "Natural persons", ("公民",))),
    Column("commercial_enterprise", Label("商业企业", "Commercial enterprises", ("企业",))),
    Column("research_institution", Label("科研机构", "Research institutions", ("科研企业",))),
    Column("public_welfare_organization", Label("社会公益组织", "Public-welfare organisations")),
    Column("legal_service_organization", Label("法律服务机构", "Legal-service organisations")),
    Column("other", Label("其他", "Others")),
    Column(TOTAL_COLUMN, Label("总计", "Total", ("合计",))),
)

APPLICANT_PARTS = tuple(column.code for column in _APPLICANT_COLUMNS if column.code != TOTAL_COLUMN)
"""The six applicant columns that add up to ``total``."""

APPLICANT_GROUP = Label("法人或其他组织", "Legal persons and other organisations", ("法人及其他组织", "法人和其他组织"))
"""The header above the middle five applicant columns."""

OUTCOMES = "outcomes"
"""The group 三、本年度办理结果: every outcome, and (七)总计 that adds them up."""

_APPLICATION_GROUPS = (
    Group(OUTCOMES, Label("三、本年度办理结果", "Outcomes in this year", ("本年度办理结果", "本年办理结果"))),
    Group("denied", Label("（三）不予公开", "Denied"), OUTCOMES),
    Group("unavailable", Label("（四）无法提供", "Unavailable"), OUTCOMES),
    Group("not_processed", Label("（五）不予处理", "Not processed"), OUTCOMES),
)
_OTHER_GROUP = Group("other", Label("（六）其他处理", "Other handling"), OUTCOMES)

_APPLICATION_ROWS_BEFORE_OTHER = (
    Row("received_new", Label("一、本年新收政府信息公开申请数量", "Received in this year")),
    Row("carried_in", Label("二、上年结转政府信息公开申请数量", "Carried in from the previous year")),
    Row("granted", Label("（一）予以公开", "Granted"), OUTCOMES),
    Row(
        "partially_granted",
        Label(
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            "Partially granted",
            ("部分公开区分处理的，只计这一情形，不计其他情形",),
        ),
        OUTCOMES,
    ),
    Row("denied_state_secret", Label("1.属于国家秘密", "Denied: state secret"), "denied"),
    Row(
        "denied_prohibited_by_law",
        Label("2.其他法律行政法规禁止公开", "Denied: prohibited by other law or regulation"),
        "denied",
    ),
    Row(
        "denied_security_stability",
        Label(
            "3.危及“三安全一稳定”",
            "Denied: endangers the three securities and stability",
            ("公开后可能危及国家安全、公共安全、经济安全、社会稳定",),
        ),
        "denied",
    ),
    Row(
        "denied_third_party_rights",
        Label("4.保护第三方合法权益", "Denied: protects the rights of third parties"),
        "denied",
    ),
    Row(
        "denied_internal_affairs",
        Label("5.属于三类内部事务信息", "Denied: internal affairs information"),
        "denied",
    ),
    Row(
        "denied_process_information",
        Label("6.属于四类过程性信息", "Denied: process information"),
        "denied",
    ),
    Row("denied_enforcement_file", Label("7.属于行政执法案卷", "Denied: enforcement file"), "denied"),
    Row(
        "denied_administrative_inquiry",
        Label("8.属于行政查询事项", "Denied: administrative inquiry"),
        "denied",
    ),
    Row(
        "unavailable_not_held",
        Label("1.本机关不掌握相关政府信息", "Unavailable: not held by this organ"),
        "unavailable",
    ),
    Row(
        "unavailable_requires_creation",
        Label("2.没有现成信息需要另行制作", "Unavailable: would have to be created"),
        "unavailable",
    ),
    Row(
        "unavailable_still_unclear",
        Label("3.补正后申请内容仍不明确", "Unavailable: still unclear after correction"),
        "unavailable",
    ),
    Row(
        "not_processed_petition",
        Label("1.信访举报投诉类申请", "Not processed: petition, report or complaint"),
        "not_processed",
    ),
    Row("not_processed_repeated", Label("2.重复申请", "Not processed: repeated application"), "not_processed"),
    Row(
        "not_processed_publication",
        Label("3.要求提供公开出版物", "Not processed: asks for a publication"),
        "not_processed",
    ),
    Row(
        "not_processed_excessive",
        Label("4.无正当理由大量反复申请", "Not processed: excessive applications without reason"),
        "not_processed",
    ),
    Row(
        "not_processed_reissue",
        Label(
            "5.要求行政机关确认或重新出具已获取信息",
            "Not processed: asks to confirm or reissue information already obtained",
        ),
        "not_processed",
    ),
)

CONCLUDED_TOTAL = "concluded_total"
"""The row that adds the outcomes up."""

_CONCLUDED_TOTAL = Row(
    CONCLUDED_TOTAL, Label("（七）总计", "Concluded in total", ("合计", "本年度办理结果总计")), OUTCOMES
)
_CARRIED_OUT = Row("carried_out", Label("四、结转下年度继续办理", "Carried out to the next year"))

APPLICATIONS_2019 = Form(
    table=TableCode.APPLICATIONS,
    edition=Edition.E2019,
    title=_TITLE,
    groups=_APPLICATION_GROUPS,
    blocks=(
        Block(
            rows=(
                *_APPLICATION_ROWS_BEFORE_OTHER,
                Row("other_total", Label("（六）其他处理", "Other handling"), OUTCOMES),
                _CONCLUDED_TOTAL,
                _CARRIED_OUT,
            ),
            columns=_APPLICANT_COLUMNS,
        ),
    ),
)

APPLICATIONS_2021 = Form(
    table=TableCode.APPLICATIONS,
    edition=Edition.E2021,
    title=_TITLE,
    groups=(*_APPLICATION_GROUPS, _OTHER_GROUP),
    blocks=(
        Block(
            rows=(
                *_APPLICATION_ROWS_BEFORE_OTHER,
                Row(
                    "other_not_corrected",
                    Label(
                        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                        "Other handling: applicant did not correct in time",
                        ("申请人无正当理由逾期不补正",),
                    ),
                    "other",
                ),
                Row(
                    "other_fee_unpaid",
                    Label(
                        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
                        "Other handling: applicant did not pay the fee in time",
                        ("申请人逾期未按收费通知要求缴纳费用",),
                    ),
                    "other",
                ),
                Row("other_remaining", Label("3.其他", "Other handling: others"), "other"),
                _CONCLUDED_TOTAL,
                _CARRIED_OUT,
            ),
            columns=_APPLICANT_COLUMNS,
        ),
    ),
)


def outcome_rows(form: Form) -> tuple[str, ...]:
    """Return the codes of the rows that add up to (七)总计, in printed order."""
    return tuple(row.code for row in form.rows_in(OUTCOMES) if row.code != _CONCLUDED_TOTAL.code)
