"""What can go wrong when a report is read."""

from tasks.problems import Problem, ProblemKind, Stage, by_code
from warehouse.text import Text

EXTRACT_KINDS = by_code(
    ProblemKind(
        "empty_file",
        Text("文件没有内容", "the file holds nothing"),
        Text("重新抓取；用浏览器打开该地址", "fetch the page again; look at the address in a browser"),
    ),
    ProblemKind(
        "binary_file",
        Text("内容不是勾稽所能读取的任何格式", "the bytes are none of the formats that Gouji reads"),
        Text("转换为 HTML、DOCX、XLSX、PDF 或文本", "convert the file to HTML, DOCX, XLSX, PDF or text"),
    ),
    ProblemKind(
        "damaged_file",
        Text("文件自称某种格式，却无法打开", "the file says which format it is, but its reader could not open it"),
        Text("重新抓取；手工打开；转换为其他格式", "fetch it again; open it by hand; convert it to another format"),
    ),
    ProblemKind(
        "encrypted_file",
        Text("文件有密码保护", "the file is protected by a password"),
        Text("向发布机关索取无密码的文件", "ask the publisher for a file without one"),
    ),
    ProblemKind(
        "too_large",
        Text("文件或其解压内容大于任何年报", "the file, or what it unpacks to, is larger than any report"),
        Text("核对这是年报，而不是压缩包或压缩炸弹", "check that this is the report and not an archive or a bomb"),
    ),
    ProblemKind(
        "converter_missing",
        Text(
            "旧式 DOC、XLS 或 OpenDocument 需要 LibreOffice，而本机没有安装",
            "a legacy DOC or XLS, or an OpenDocument, needs LibreOffice, which is not installed",
        ),
        Text(
            "安装 LibreOffice（soffice 在 PATH 上），或转换为 DOCX、XLSX",
            "install LibreOffice (soffice on the PATH), or convert the file to DOCX or XLSX",
        ),
    ),
    ProblemKind(
        "not_a_report",
        Text(
            "文中没有任何迹象表明它是政府信息公开工作年度报告",
            "nothing in the document says that it is an annual report on government information disclosure",
        ),
        Text("改正来源的列表，或忽略该地址", "correct the source's list, or ignore the address"),
    ),
    ProblemKind(
        "traditional_characters",
        Text(
            "页面为繁体字：是转载，不是发布机关的页面",
            "the page is in traditional characters: a mirror, not the publisher's page",
        ),
        Text("抓取发布机关自己的页面", "fetch the publisher's own page"),
    ),
    ProblemKind(
        "no_tables",
        Text(
            "文中谈及年报，却没有任何一张法定表格",
            "the document speaks of the report, but none of the statutory tables stands in it",
        ),
        Text("查看页面：表格可能发布在别处", "look at the page: the tables may be published elsewhere"),
    ),
    ProblemKind(
        "tables_are_images",
        Text("表格是图片，或文档是没有文字的扫描件", "the tables are pictures, or the document is a scan without text"),
        Text(
            "留待日后：向发布机关索取文字版，或录入表格",
            "kept for later: ask the publisher for text, or type the tables",
        ),
    ),
    ProblemKind(
        "tables_in_attachment",
        Text("表格在页面的附件里", "the tables stand in an attachment of the page"),
        Text("提取详情中所列的附件", "extract the attachment named in the detail"),
    ),
    ProblemKind(
        "table_missing",
        Text("三张法定表格缺一张", "one of the three statutory tables was not found"),
        Text("查看页面；其规则无法核对", "look at the page; its rules are not assessable"),
    ),
    ProblemKind(
        "table_incomplete",
        Text("表格有法定单元格没有找到", "some statutory cells of a table were not found"),
        Text(
            "与页面比对（gouji show）；其规则无法核对",
            "compare the table with the page (gouji show); its rules are not assessable",
        ),
    ),
    ProblemKind(
        "edition_unknown",
        Text(
            "表格自身的标签不能说明它是哪一版式",
            "a table's own labels do not tell which edition of the form it follows",
        ),
        Text("将表头与法定格式比对", "compare the table's headers with the form"),
    ),
    ProblemKind(
        "labels_conflict",
        Text(
            "某行的表头与同表其余部分属于不同版式",
            "a row's header belongs to another edition of the form than the rest of its table",
        ),
        Text("将该栏与法定格式比对；该行未读取", "compare the block with the form; the row was not read"),
    ),
    ProblemKind(
        "columns_unclear",
        Text(
            "数字旁有空白格，看不出数字属于哪一列，或数字过多",
            "blank cells around a row's figures leave open which columns they stand in, or there are too many figures",
        ),
        Text("与页面比对；这些行未读取", "compare the rows with the page; they were not read"),
    ),
    ProblemKind(
        "copies_differ",
        Text("同一表格在文中出现两次而数字不同", "the same table stands twice in the document, with different figures"),
        Text(
            "询问发布机关以哪一张为准；不同之处不取数字，不据此产生勾稽问题",
            "ask the publisher which one holds; no figure is taken where they differ, no finding is raised",
        ),
    ),
    ProblemKind(
        "several_reports",
        Text("文中另有其他机关或其他年度的年报", "the document also holds reports of other organs or years"),
        Text(
            "各按其机关与年度读取；来源未列明的机关，请在来源文件中写明",
            "each is read as its organ's; those of organs that the source does not declare want to be declared in it",
        ),
    ),
    ProblemKind(
        "figures_left_out",
        Text(
            "年报旁另有其他机关或其他年度的统计表，未读取",
            "tables of another organ or year stand beside the report; they were not read",
        ),
        Text(
            "与页面比对；只读取本机关本年度的表格",
            "compare with the page; only the tables of its organ and year were read",
        ),
    ),
    ProblemKind(
        "readings_disagree",
        Text("按网格与按文字顺序读出的数字不一致", "reading by grid and reading by text order gave different figures"),
        Text(
            "与页面比对；不据此产生勾稽问题；将页面告知开发者",
            "compare the table with the page; no finding is raised from it; report the page to Gouji's developers",
        ),
    ),
    ProblemKind(
        "figure_unreadable",
        Text("法定单元格里不是数字", "a statutory cell holds something that is not a figure"),
        Text("与页面比对；询问发布机关", "compare the cell with the page; ask the publisher"),
    ),
    ProblemKind(
        "figure_out_of_range",
        Text("数字的位数超过仓库所能保存", "a figure has more digits than the warehouse keeps"),
        Text("与页面比对；该格按无法辨认记录", "compare the cell with the page; it is kept as unreadable"),
    ),
    ProblemKind(
        "unknown_unit",
        Text("金额在单元格、表头和标题中都没有单位", "an amount of money has no unit in its cell, header or caption"),
        Text("询问发布机关；数字照录，不带单位", "ask the publisher; the figure is kept without a unit"),
    ),
    ProblemKind(
        "year_unknown",
        Text("文中没有写明年度", "the document does not say its report year"),
        Text("采用列表链接的年度", "the year of the list's link is used"),
    ),
    ProblemKind(
        "organ_unknown",
        Text("文中没有写明机关", "the document does not name its organ"),
        Text("在来源文件中写明，或忽略该页面", "name it in the source, or ignore the page"),
    ),
    ProblemKind(
        "date_disputed",
        Text(
            "页面所列发布日期与页面元数据不同", "the byline and the page's metadata give different dates of publication"
        ),
        Text("查看页面；采用页面所列的日期", "look at the page; the byline's date is used"),
    ),
    ProblemKind(
        "year_disputed",
        Text(
            "标题与统计期、窗口标题或列表所称年度不同",
            "the title names another year than the statistics period, the window's title or the list",
        ),
        Text("查看页面；采用标题的年度", "look at the page; the title's year is used"),
    ),
    ProblemKind(
        "organ_disputed",
        Text(
            "标题与发布来源或窗口标题所称机关不同",
            "the title names another organ than the publishing source or the window's title",
        ),
        Text("查看页面；采用标题的机关", "look at the page; the title's organ is used"),
    ),
    ProblemKind(
        "extractor_failed",
        Text(
            "提取程序本身在该文档上出错：是勾稽的错误",
            "the extractor itself failed on this document: an error of Gouji's",
        ),
        Text("将页面告知开发者", "report the page to Gouji's developers"),
    ),
    ProblemKind(
        "not_in_archive",
        Text("页面已不在档案中，或档案中的文件已损坏", "the page is no longer in the archive, or damaged there"),
        Text("用 --force 重新抓取该年份", "fetch the year again with --force"),
    ),
    ProblemKind(
        "internal_error",
        Text(
            "整批处理失败，如磁盘已满、档案损坏或勾稽自身出错",
            "a whole batch failed: the disk was full, the archive damaged, or Gouji itself in error",
        ),
        Text(
            "按详情排除原因后再运行；已完成的不会重做",
            "remove the cause that the detail names, then run again; what is done is not done again",
        ),
    ),
)
"""Every code that extraction can give."""


def problem(item: str, code: str, detail: str) -> Problem:
    """Record a problem of the extraction; ``KeyError`` if the code is not declared."""
    return Problem(Stage.EXTRACT, item, EXTRACT_KINDS[code].code, " ".join(detail.split()))
