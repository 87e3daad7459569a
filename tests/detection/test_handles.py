"""Names of accounts by their shape alone, and words of programs that look like them."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "晓燕姐，顾问让我加[lixiaoyan_0825](CN_WECHAT_ID)，我没找到",
        "老师您搜[wangtiezhu-66](USERNAME)就行，头像是小猫",
        "微信是我姑娘搞的，[yulan_0816](CN_WECHAT_ID)，你加她",
        "妹妹的号[xiaoqing.zhou](USERNAME)，您说一声",
        "群里那个[chen_yulan](USERNAME)是护工，[yang_liu88](USERNAME)也是",
        "客户|韩雪|13912345678|[hanxue-suzhou](USERNAME)|苏州",
        '{"op":"[suhui_nj](USERNAME)","act":"view"}',
        "[fangyuan_cw](USERNAME)、[kf_dengli](USERNAME)同时在线",
        "[pengxiaoyu_gz](USERNAME)：今天血压高",
        "字段 patient_id 和 create_time，running_total 与 metadata_list",
        "文件 xuechanggui_0412.pdf，表 t_huanzhe_info，yaopin_kucun",
        "打开 renshi_guanli 模块，参数 shen_gao=170 ti_zhong=65",
        "long-term follow-up，il-6、her-2、vitamin_d3，拼音 dang-gui",
        "字段 bingqu_bianma、lis_jieguo、emr_bingcheng，参数 shu_liang、xiang_mu_jia，tian_qi_2024，beijing-tianjin，time_taken=3, bright_magenta",
        "目录 yangliu_01 下的图片",
        "打印人 [huangyq](USERNAME) 12页，printed by: [liaoyx](USERNAME)，<operator>[lvjing](USERNAME)</operator>",
        "审方药师:[yf_cuilq](USERNAME) 08:02，登录工号[yk_zhangqf](USERNAME)密码错误，经办人登录[yb_fuyw](USERNAME)",
        "制单:[aiyun](USERNAME) 过账:[kuangmei](USERNAME)，OA 账户 [jiangrh](USERNAME)，op=[tian_y](USERNAME) act=view，agent=[nongjy](USERNAME)",
        "把[liuqing](USERNAME)的权限收回，[jiangxy](USERNAME)这个号谁在用，sample by [honglei](USERNAME)(洪磊)",
        "导出人,[louyf](USERNAME)，电子签名用的是 [pu_sx77](USERNAME)，水印:[tanzh](USERNAME)",
        "登录 lims 系统，打印 dayin 页，操作 list，审核 status，代码 yaofang，执行 yizhu，登录 guangdong 平台",
        "created by hand, op=read lg=zh, agent: langchain，认证 wechat；登录 huawei 云，用户 gateway 超时",
        "用户 kehu 表，导出 baobiao，检验 hcv rna，用的是 fentanyl，用的是 mannitol，护士 hushi 站，账号 email",
        "发起人 夏天([xiatian02](USERNAME))，血糖(xuetang2)，阿司匹林(aspirin81)，第一次(round1)",
    ],
)
def test_accounts_in_pinyin(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [
        (e.entity_type, e.start, e.end)
        for e in deidentifier.detect(text)
        if e.entity_type in ("USERNAME", "CN_WECHAT_ID")
    ]

    assert found == [(mark.entity_type, mark.start, mark.end) for mark in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "姓名：[zhang xiaoming](PERSON)，联系人=[lihong](PERSON)",
        "INFO patientName=[lixiaohong](PERSON)&x=1, real_name: '[wang fang](PERSON)'",
        '{"name":"[zhangsan](PERSON)"} 患者 [zhangxiaoming](PERSON) 男',
        "姓名：data 姓名=null 联系人: none，name=main host name=liuyang class name: wangjing",
        "name=shanghai name=redis name: banana, name: xuetang，患者 banana 过敏",
    ],
)
def test_names_in_small_letters_in_fields(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = {(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"}

    assert found == {(mark.start, mark.end) for mark in expected}
