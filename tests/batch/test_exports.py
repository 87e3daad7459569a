"""Files as programs export them: bills of messengers, statements of banks, lists of calls, with the names of the files."""

from __future__ import annotations

import pytest
from planted import Work

BILL = """导出信息：
姓名：栾晓彤
支付宝账户：luanxt_88@163.com
起始时间：[2024-01-01 00:00:00]    终止时间：[2024-03-31 23:59:59]
------------支付宝（中国）网络技术有限公司  电子客户回单------------
交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,交易状态,交易订单号
2024-01-05 12:01:22,转账红包,秦素娟,136******72,陪诊费,收入,1200.00,交易成功,20240105200040011100770012345678
2024-02-11 20:00:08,日用百货,平安是福,pafu***@qq.com,收纳盒,支出,88.00,交易成功,2024021122001498765432109876
2024-03-01 08:31:42,转账红包,*海燕,hai***@qq.com,转账,支出,500.00,交易成功,20240301200040011100330098765432
"""
STATEMENT = """招商银行账户交易明细
户名：杭州安和医疗咨询有限公司,,账号：571908765410801,,币种：人民币
交易日,交易时间,交易类型,借方金额,贷方金额,摘要,对方户名,对方账号,业务参考号,业务摘要
20240105,14:01:09,转账汇款,,5800.00,陪诊服务费-葛兰英,葛建军,6222021202034567895,H24010500331,
20240117,09:12:50,对外支付,12000.00,,退款 客户逄丽,逄丽,6217001540009876543,H24011700201,退服务费
"""
CALLS = """通话开始时间,通话时长(秒),主叫号码,被叫号码,坐席工号,坐席姓名,录音文件
2024-05-12 09:01:22,183,13957120013,057187654321,8012,娄晨曦,20240512090122_13957120013_8012.wav
2024-05-12 09:11:05,12,057187654321,18758120933,8015,蒙安,20240512091105_18758120933_8015.wav
"""
EXPORTS = {
    "支付宝交易明细.csv": (
        BILL,
        "栾晓彤 luanxt_88 2024-01-05 秦素娟 136******72 平安是福 *海燕 网络技术有限公司",
        "支付宝账户 收入,1200.00,交易成功,20240105200040011100770012345678 电子客户回单",
    ),
    "银行流水.csv": (
        STATEMENT,
        "安和 571908765410801 20240105 葛兰英 葛建军 6222021202034567895 逄丽",
        "H24010500331 H24011700201 5800.00 对方户名 退服务费",
    ),
    "话单.csv": (
        CALLS,
        "2024-05-12 13957120013 18758120933 057187654321 娄晨曦 蒙安 20240512",
        "183 录音文件 .wav 09:01:22",
    ),
}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", EXPORTS)
def test_persons_go_and_what_programs_write_stays(tmp_path, key, name, encoding):
    content, gone, kept = EXPORTS[name]
    work = Work(tmp_path / "records", tmp_path / "safe")
    work.write(name, content.replace("\n", "\r\n").encode(encoding))

    done = work.run(key=key, known=[])

    assert done.report.complete
    written = work.outputs()[name].decode(encoding)
    assert [word for word in gone.split() if word in written] == []
    assert [word for word in kept.split() if word not in written] == []
    assert written.count("\r\n") == content.count("\n")
