"""What severities are called where people read of findings."""

SEVERITIES = {
    "zh": {"critical": "不符", "warning": "存疑", "info": "提示"},
    "en": {severity: severity for severity in ("critical", "warning", "info")},
}
