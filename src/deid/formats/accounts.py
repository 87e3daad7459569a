"""Authors of documents who are nobody: accounts as they come with a computer, and programs that write documents.

Were they names of persons, every 'user' and 'sheet' of a folder would be taken for one.
"""

from __future__ import annotations

AUTHOR = ("姓名", "文档作者")
"""Labels of who wrote something, as a program notes it: a name, an account, or both (财务 May)."""
_NOBODY = frozenset(
    name.strip()
    for name in """
    user, users, your user name, windows user, microsoft office user, microsoft office, microsoft, terminal server users,
    administrator, administrators, admin, root, guest, owner, test, author, unknown, unknown author, unknown creator, default,
    default user, anonymous, pc, home, office, dell, lenovo, lenovo user, hp, asus, acer, thinkpad, huawei, honor, xiaomi, apple, mac,
    python-docx, python-pptx, openpyxl, xlsxwriter, apache poi, poi, docx4j, phpword, php word, phpexcel, phpspreadsheet,
    phpoffice, sheet, sheetjs, sheet js, closedxml, epplus, exceljs, aspose, aspose.words, spire.doc, pandoc, libreoffice,
    openoffice, openoffice.org, wps, wps office, kingsoft, google, google docs, easyexcel, hutool, poi-tl, crystal decisions,
    用户, 微软用户, microsoft 用户, microsoft office 用户, microsoft 帐户, 微软中国, windows 用户, 管理员, 系统管理员, 超级管理员, 作者, 未知, 匿名, 默认,
    雨林木风, 番茄花园, 深度技术, 深度联盟, 系统天地
    """.replace("\n", " ").split(",")
)


def is_nobody(author: str) -> bool:
    """Whether an author is an account or a program.

    >>> is_nobody("Microsoft Office User"), is_nobody("微软用户"), is_nobody("Wang Fang"), is_nobody("王芳")
    (True, True, False, False)
    """
    return " ".join(author.split()).casefold() in _NOBODY
