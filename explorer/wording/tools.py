"""What visitors ask and check themselves, and what operators look at, in Chinese and English."""

from collections.abc import Mapping

from warehouse.text import Text

WORDS: Mapping[str, Text] = {
    # SQL
    "to sql": Text("用 SQL 查询", "Ask it in SQL"),
    "sql note": Text(
        "只读，限 30 秒；名称不带模式者属 main。问题即地址，可以引用。$名称 是参数，可在下方填写。",
        "Read-only, 30 seconds at most; names without a schema mean main. The question is the address, to be cited. "
        "$name is a parameter, to be filled in below.",
    ),
    "sql question": Text("查询", "Question"),
    "sql go": Text("执行", "Run"),
    "sql answer": Text("结果", "Answer"),
    "sql rows": Text("{n} 行", "{n} rows"),
    "sql shown": Text("此处显示前 {shown} 行", "the first {shown} are shown"),
    "sql cut": Text(
        "答案超过 {most} 行，不全者不供下载：请在查询中汇总、加 LIMIT，或下载 DuckDB 文件自行查询",
        "the answer has more than {most} rows, and no part of it is offered as the whole: add up in the question, add "
        "a LIMIT, or ask the DuckDB file",
    ),
    "cookbook": Text("例题", "Questions to start from"),
    # Check
    "check": Text("核对", "Check"),
    "check title": Text("核对一份报告", "Check a report"),
    "check note": Text(
        "在发布之前或之后，看一份报告哪里不符、多半哪个数错、应为多少。所传文件只在内存中读取，不留存。",
        "Before or after it is published: where a report contradicts itself, which figure is likely wrong, and what it "
        "should be. Files are read in memory and not kept.",
    ),
    "check files": Text("文件", "Files"),
    "check go": Text("核对", "Check"),
    "check limits": Text(
        "网页、DOCX、PDF、XLSX 或文本，至多 7 份，每份至多 10 MB；同一机关的各年报告也逐年互校。",
        "Pages, DOCX, PDF, XLSX or text; at most 7 files of 10 MB each. Reports of one organ are also held against "
        "each other, year by year.",
    ),
    "check again": Text(
        "结果不留存：换语言或刷新须重新选文件。",
        "Nothing is kept: to see it in Chinese, or again, choose the files again.",
    ),
    "contact": Text("联系：", "Contact: "),
    # Problems, runs, data
    "problems": Text("读取问题", "Problems"),
    "problems title": Text("读取问题：本站未能抓取或读取的内容", "Problems: what we could not fetch or read"),
    "problems note": Text(
        "这些不是报告的过错，从不计入不符。",
        "None of these is a fault of a report; they are never counted as findings.",
    ),
    "detail": Text("原始记录（英文）", "On record"),
    "remedy": Text("怎么办", "What to do"),
    "no problems": Text("没有未解决的问题。", "No problem is open."),
    "runs": Text("运行", "Runs"),
    "runs title": Text("运行记录", "Runs"),
    "run": Text("运行", "Run"),
    "started": Text("开始", "Started"),
    "seconds": Text("秒", "Seconds"),
    "links": Text("列出", "Listed"),
    "pages fetched": Text("抓取", "Fetched"),
    "reports new": Text("新版本", "New versions"),
    "stages": Text("各阶段", "Stages"),
    "data title": Text("数据", "Data"),
    "data note": Text(
        "全部数据在一个 DuckDB 文件里（{size}），任何客户端都能打开：每个表、每一列都有中英文说明。",
        "All of it is one DuckDB file ({size}) that any client opens; every table and column says what it holds.",
    ),
    "download snapshot": Text("下载整个快照（DuckDB，{size}）", "Download the whole snapshot (DuckDB, {size})"),
    "data title whole": Text(
        "政府信息公开工作年度报告数据", "Annual disclosure reports of China’s administrative organs, data"
    ),
    "whole lists": Text("整份下载", "Whole lists"),
    "page word": Text("网页", "page"),
    "dictionary": Text("数据字典", "Dictionary"),
}
