"""What the prose claims, and what the tables say."""

from itertools import product

from expectations.checks.claim import Claim, Reading
from expectations.checks.growth import GrowthOfFigures, GrowthOnLastYear
from expectations.checks.same_year import SameYear
from expectations.checks.share import ShareOfParts
from expectations.checks.statement import StatementEquals
from expectations.model import Rule, Scope, Severity
from expectations.naming import column_name, row_name
from warehouse.forms import (
    APPLICANT_GROUP,
    APPLICANT_PARTS,
    DISPUTE_PARTS,
    FORMS,
    STATUTORY_EDITIONS,
    Edition,
    TableCode,
)
from warehouse.prose import DECISIONS, DOCUMENT_COLUMNS, DOCUMENTS, LAWSUITS, ORGANIZATIONS, REASONS
from warehouse.text import Text

_ORGANISATIONS = tuple(column for column in APPLICANT_PARTS if column != "natural_person")
_NEW = Text("本年新收", "received in this year")
_NEW_AND_CARRIED_IN = Text("本年新收与上年结转之和", "received in this year and carried in")
_RECEIVED_READINGS = ((("received_new",), _NEW), (("received_new", "carried_in"), _NEW_AND_CARRIED_IN))
_SOURCE = "中华人民共和国政府信息公开条例第五十条：年度报告内容应当一致"


def _group(code: str) -> tuple[str, ...]:
    """Return the rows of a group, of any edition: the other editions' rows have no figures in a table."""
    forms = (FORMS[TableCode.APPLICATIONS, edition] for edition in STATUTORY_EDITIONS)
    return tuple(dict.fromkeys(row.code for form in forms for row in form.rows_in(code)))


RECEIVED = Rule(
    id="E1",
    version=1,
    title=Text("文表一致：收到申请", "Prose and table agree on what was received"),
    explanation=Text(
        "文中收到、新收的件数，等于表中本年新收总计，或者本年新收与上年结转之和。",
        "What the prose says was received equals the total received in this year, or that plus what was carried in.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=Claim(
        TableCode.APPLICATIONS,
        tuple(
            Reading("received_new", rows, name=Text("收到申请", "applications received"), of=of)
            for rows, of in _RECEIVED_READINGS
        ),
    ),
    source=_SOURCE,
)

CARRIED_OVER = Rule(
    id="E1b",
    version=1,
    title=Text("文表一致：结转", "Prose and table agree on what was carried over"),
    explanation=Text(
        "文中上年结转、结转下年度的件数，等于表中该行总计。",
        "What the prose says was carried in from the year before, or into the next one, equals the total of that row.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=Claim(
        TableCode.APPLICATIONS,
        (
            Reading("carried_in", ("carried_in",), name=Text("上年结转", "carried in")),
            Reading("carried_out", ("carried_out",), name=Text("结转下年度", "carried out")),
        ),
    ),
    source=_SOURCE,
)

CONCLUDED = Rule(
    id="E2",
    version=1,
    title=Text("文表一致：办结答复", "Prose and table agree on what was concluded"),
    explanation=Text(
        "文中答复、办结的件数，等于表中办理结果总计。",
        "What the prose says was answered or concluded equals the total concluded.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=Claim(
        TableCode.APPLICATIONS, (Reading("concluded_total", ("concluded_total",), name=Text("办结答复", "concluded")),)
    ),
    source=_SOURCE,
)

_UNAVAILABLE = Text("无法提供", "unavailable")

OUTCOMES = Rule(
    id="E3",
    version=1,
    title=Text("文表一致：办理结果", "Prose and table agree on the outcomes"),
    explanation=Text(
        "文中予以公开、部分公开、不予公开、无法提供、不予处理、其他处理的件数，等于表中该项各行总计之和。"
        "“予以公开及部分公开”为一个数；“因不掌握等原因无法提供”可仅指该一行。总计未填的，以各栏之和核对；有一行没有读到的，不作判断。",
        "What the prose says of an outcome equals the total of its rows. Granted and partially granted, named "
        "together, are one figure; unavailable because not held may mean that row alone. Where a total is not stated, "
        "its parts are added up; not assessable where a row was not read.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=Claim(
        TableCode.APPLICATIONS,
        (
            Reading("granted", ("granted",)),
            Reading("partially_granted", ("partially_granted",)),
            Reading(
                "granted_or_partially_granted",
                ("granted", "partially_granted"),
                name=Text("予以公开及部分公开", "granted or partially granted"),
            ),
            Reading("denied", _group("denied")),
            Reading("unavailable", _group("unavailable")),
            Reading("unavailable_or_not_held", _group("unavailable"), name=_UNAVAILABLE, of=_UNAVAILABLE),
            Reading("unavailable_or_not_held", ("unavailable_not_held",), of=Text("本机关不掌握", "not held")),
            Reading("not_processed", _group("not_processed")),
            Reading("other_total", ("other_total", *_group("other")), name=Text("其他处理", "other handling")),
            *(Reading(row, (row,)) for row in REASONS),
        ),
    ),
    source=_SOURCE,
)

APPLICANTS = Rule(
    id="E4",
    version=1,
    title=Text("文表一致：申请人", "Prose and table agree on the applicants"),
    explanation=Text(
        "文中自然人、法人或其他组织的申请件数，等于表中该栏本年新收，或者本年新收与上年结转之和。",
        "What the prose says of natural persons or organisations equals their columns, of what was received in this "
        "year or of that plus what was carried in.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=Claim(
        TableCode.APPLICATIONS,
        tuple(
            Reading(measure, rows, columns, name=name, of=of)
            for measure, columns, name in (
                ("natural_person", ("natural_person",), None),
                ("organizations", _ORGANISATIONS, Text(APPLICANT_GROUP.chinese, APPLICANT_GROUP.english)),
                *((column, (column,), None) for column in ORGANIZATIONS),
            )
            for rows, of in _RECEIVED_READINGS
        ),
    ),
    source=_SOURCE,
)

_BOTH = Text("行政复议和行政诉讼", "reviews and lawsuits")
_DISPUTES = FORMS[TableCode.DISPUTES, Edition.E2021]

_DISPUTE_ROWS = {
    "review": ("review",),
    "litigation": LAWSUITS,
    **{row: (row,) for row in LAWSUITS},
    "disputes": ("review", *LAWSUITS),
}

DISPUTES = Rule(
    id="E6",
    version=1,
    title=Text("文表一致：复议诉讼", "Prose and table agree on disputes"),
    explanation=Text(
        "文中行政复议、行政诉讼的件数，等于表中总计，或者总计减尚未审结；合计一个数的，等于各项之和。",
        "What the prose says of reviews or lawsuits equals their total, or that without what is pending; one figure "
        "for both equals their sum.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=Claim(
        TableCode.DISPUTES,
        tuple(
            Reading(measure, rows, name=name, subtracted=subtracted, of=of)
            for measure, rows, name in (
                ("review", ("review",), None),
                ("litigation", LAWSUITS, None),
                *((f"{row}_total", (row,), row_name(_DISPUTES, row)) for row in LAWSUITS),
                ("review_and_litigation", ("review", *LAWSUITS), _BOTH),
            )
            for subtracted, of in (
                ((), Text("总计", "the total")),
                (("pending",), Text("总计减尚未审结", "the total without what is pending")),
            )
        ),
    ),
    source=_SOURCE,
)


_PROACTIVE = FORMS[TableCode.PROACTIVE, Edition.E2021]


def _cell_name(row: str, column: str) -> Text:
    """Name a cell of section two."""
    of, in_ = row_name(_PROACTIVE, row), column_name(_PROACTIVE, column)
    return Text(f"{of.chinese}{in_.chinese}", f"{of.english.lower()}, {in_.english.lower()}")


DISPUTE_OUTCOMES = Rule(
    id="E6b",
    version=1,
    title=Text("文表一致：复议诉讼结果", "Prose and table agree on the outcomes of disputes"),
    explanation=Text(
        "文中复议、诉讼维持、纠正（败诉）、其他结果、尚未审结的件数，等于表中该栏；“没有一件被纠正”“全部审结”即为零。",
        "What the prose says was upheld, corrected, otherwise ended or is pending equals that column; that none was "
        "corrected, or all were settled, means zero.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=Claim(
        TableCode.DISPUTES,
        tuple(
            Reading(f"{measure}_{column}", rows, (column,), name=column_name(_DISPUTES, column))
            for (measure, rows), column in product(_DISPUTE_ROWS.items(), DISPUTE_PARTS)
        ),
    ),
    source=_SOURCE,
)

SECTION_TWO = Rule(
    id="E10",
    version=1,
    title=Text("文表一致：规章文件与行政行为", "Prose and table agree on documents and decisions"),
    explanation=Text(
        "文中规章、行政规范性文件制发、废止、现行有效的件数，行政许可、行政处罚、行政强制决定的件数，等于表二该格；"
        "“未作出行政强制决定”即为零。审核、备案、公示的件数和案件数不作核对。",
        "What the prose says of regulations and normative documents issued, repealed or in force, and of decisions on "
        "licences, penalties and coercion, equals that cell of section two; none means zero. What was reviewed, filed "
        "or published, and cases, are other figures.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=Claim(
        TableCode.PROACTIVE,
        tuple(
            Reading(f"{row}_{column}", (row,), (column,), name=_cell_name(row, column))
            for row, column in (*product(DOCUMENTS, DOCUMENT_COLUMNS), *product(DECISIONS, ("decisions",)))
        ),
        editions=(Edition.E2021,),
    ),
    source=_SOURCE,
)

FEES = Rule(
    id="E11",
    version=1,
    title=Text("文表一致：行政事业性收费", "Prose and table agree on the fees"),
    explanation=Text(
        "文中行政事业性收费金额，按其所取位数四舍五入或者去尾，等于表二本年收费金额；“未收取”即为零。"
        "约数和信息处理费不作核对。",
        "The administrative fees that the prose says were collected are those of section two, rounded or cut off to "
        "the digit it gives; none means zero. Left aside where the figure is not exact; fees for processing "
        "information are others.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=Claim(
        TableCode.PROACTIVE,
        (Reading("fees_amount", ("fees",), ("amount",), name=Text("行政事业性收费（元）", "fees in yuan")),),
        editions=(Edition.E2021,),
    ),
    source=_SOURCE,
)

MEMBERS_ADD_UP = Rule(
    id="E8",
    version=1,
    title=Text("文中分项合计", "Members listed in the prose add up"),
    explanation=Text(
        "文中总数后括号内列举的各项、合计之前的各项之和，等于该总数；“其中”列举了全部各项的亦同，没有全部列举的不大于总数。"
        "各项须为同一类（渠道、申请人、结果、理由等），“等”“主要”不作核对。",
        "The members listed in brackets behind a total in the prose, or before their sum, add up to it; those listed "
        "as among them do so if they are all there are, and are else no more than it. Members are of one family "
        "(channels, applicants, outcomes, reasons); lists that say they leave some out are left aside.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=StatementEquals(
        ("listed_members", "members_among"),
        "CASE measure WHEN 'listed_members' THEN list_sum(statement.parts) "
        "ELSE greatest(statement.value, list_sum(statement.parts)) END",
        Text("总数为 {left}，而所列各项之和为 {right}", "the total is {left}, but its members add up to {right}"),
        said="申请12件（当面5件、网络6件）",
    ),
    source=_SOURCE,
)

YEARS_AGREE = Rule(
    id="E9",
    version=1,
    title=Text("年份一致", "The years agree"),
    explanation=Text(
        "文中的报告年度和统计期限起止的年份，等于标题中的报告年度。其余年份一致而只有标题不同的，指明标题。",
        "The year that the prose gives the report, and those of both ends of its statistics period, are the report "
        "year of the title. Where the others agree and only the title differs, the title is named.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=SameYear(("report_year", "period_year")),
    source=_SOURCE,
)

SHARES = Rule(
    id="E5",
    version=1,
    title=Text("文中百分比", "Percentages of the prose"),
    explanation=Text(
        "文中“共N件，其中M件，占P%”的百分比，等于M除以N，四舍五入或者去尾均可。一句中看不出总数的，不作判断。",
        "A percentage of the prose is that of its part in its whole, rounded or cut off. Left aside where the sentence "
        "does not say which figure is the whole.",
    ),
    severity=Severity.WARNING,
    scope=Scope.STATEMENT,
    check=ShareOfParts("share"),
    source=_SOURCE,
)

GROWTH = Rule(
    id="E7",
    version=1,
    title=Text("文中增减", "Growth told within a sentence"),
    explanation=Text(
        "一句中既有本年件数、又有上年件数（或者增减件数）的，所称增减的百分比、件数与之相符，四舍五入或者去尾均可。"
        "倍数、百分点亦同。“约”“左右”“基本持平”以及看不出指哪一个数的，不作判断。",
        "Where one sentence tells this year's figure and last year's, or by how many it grew, the growth that it "
        "states is theirs, rounded or cut off; multiples and percentage points alike. Left aside where it is not "
        "exact, or not plainly of one figure.",
    ),
    severity=Severity.INFO,
    scope=Scope.STATEMENT,
    check=GrowthOfFigures("growth", "increase", "multiple", "points"),
    source=_SOURCE,
)

GROWTH_ON_LAST_YEAR = Rule(
    id="E7b",
    version=1,
    title=Text("文中增减与上年报告一致", "Growth told agrees with last year's report"),
    explanation=Text(
        "文中收到申请件数后所称与上年相比的增减、持平，与上年报告所载本年新收总计（或者与上年结转之和）相符，四舍五入或者去尾均可。"
        "文中件数与表中不同的、没有上年报告的、机构合并的，不作判断。",
        "Behind the applications received, the growth on the year before is that from last year's total received, or "
        "that plus what was carried in, rounded or cut off. Left aside where the prose counts something else than the "
        "table, no report of the year before is there, or organs were merged; not assessable where a figure was not "
        "read.",
    ),
    severity=Severity.INFO,
    scope=Scope.STATEMENT,
    check=GrowthOnLastYear("growth_of_received", "increase_of_received"),
    source=_SOURCE,
)

RULES = (
    RECEIVED,
    CARRIED_OVER,
    CONCLUDED,
    OUTCOMES,
    APPLICANTS,
    DISPUTES,
    DISPUTE_OUTCOMES,
    SECTION_TWO,
    FEES,
    MEMBERS_ADD_UP,
    YEARS_AGREE,
    SHARES,
    GROWTH,
    GROWTH_ON_LAST_YEAR,
)
