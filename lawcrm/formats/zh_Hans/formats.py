"""Django's, but 3月5日 without the leading nought, and dates as they are typed: 2026-03-05, 2026/3/5, 2026年3月5日."""

MONTH_DAY_FORMAT = "n月j日"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"]
