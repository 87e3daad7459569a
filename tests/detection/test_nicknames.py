"""Nicknames behind the words that announce them, and quotes of ordinary words behind the same."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "网友“[草原骑士](USERNAME)”说，这家医院态度好",
        "病友“[不倒翁](USERNAME)”和大家分享",
        "网友“[huahua123](USERNAME)”：求推荐儿科",
        "网友[一笑而过](USERNAME)：我也是甲减",
        "患者在群里的网名为“[一叶知秋](USERNAME)”，已实名登记",
        "网名[二月春风](USERNAME)，线上咨询失眠",
        "微信昵称[云淡风轻](USERNAME)的家属来电",
        "网名叫[老槐树下](USERNAME)的网友，[老槐树下](USERNAME)又问",
        "ID叫[夜猫子](USERNAME)的网友问能不能停药",
        "绰号“[老K](PERSON)”的男子把他打伤",
        "外号叫[大牙](PERSON)，头部外伤",
        "网友“[想减肥的喵](USERNAME)”、“[月月鸟](USERNAME)”都说好；病友“[不倒翁](USERNAME)”和“糖尿病”较劲",
        "有位网友叫[冬日暖阳](USERNAME)，她说；微信昵称：[A°凉城](USERNAME)",
        "乳名“[圆圆](PERSON)”",
        "网名 [静水流深](USERNAME)，微信号她不知道；[梁晓彤](PERSON)(昵称 [Tong.L](USERNAME)) 来了",
        "客户昵称由“[静水无声](USERNAME)”改为“[静水流深2022](USERNAME)”",
        "“[莲藕排骨](USERNAME)”邀请“[抗癌小战士](USERNAME)”加入了群聊；论坛ID：[孤舟蓑笠翁_58](USERNAME)，2017年注册",
        "用户名：[旅行的猫](USERNAME)\n评论人：[橙子🍊](USERNAME)\n账号：[大同老郭](USERNAME)，QQ昵称 [风里的旧书店](USERNAME)，昵称[kk-520](USERNAME)，用户[一叶知秋](USERNAME)留言：好",
        "昵称从“[静待花开](USERNAME)”改成了“等你”，粉丝“[沉默是金](USERNAME)”来自江西，账号叫[风雨后见](USERNAME)，会员名是[春暖花开](USERNAME)，感谢[宇宙第一帅](USERNAME)的火箭",
        "网上大家叫他“[菜包子](USERNAME)”，我在群里叫[橙子🍊](USERNAME)，他微信名就叫“[夜空不黑](USERNAME)”",
        "昵称[柚子🍋](USERNAME)，昵称 [岁岁平安](USERNAME) 女，群昵称改成了“[向阳花](USERNAME)”，闲鱼昵称 [老钱二手轮椅](USERNAME)",
        "来源：小红书 [星星不睡觉0718](USERNAME)\n来源：抖音 [橘子味的云](USERNAME)，抖音粉丝[云淡风轻](USERNAME)留言，淘宝旺旺 [静静的小河](USERNAME) 催单",
        "[云朵飘飘](USERNAME)回复[石头剪刀布34](USERNAME)：我妈也是\n[石头剪刀布34](USERNAME)：好",
        "“[糖水不加冰](USERNAME)”撤回了一条消息\n[静待花开](USERNAME) 撤回了一条消息",
        "提问者:[momo_7731](USERNAME)(辽宁营口)，微博网友“[行走的鱼](USERNAME)”爆料",
        "欢迎新朋友进群，感谢大家的礼物，账号叫什么，博主推荐：，楼主你好：，用户“投诉”提交，会员“积分”刷了",
        "账号：已停用\n用户名：患者姓名全拼\n登录名：大写字母开头\n账号：招商银行深圳分行\n当前用户：门诊护士站\n老用户反馈：好\n提问者：谢谢\n提问人：您好",
        "抖音粉丝主动私信，微博网友纷纷留言，小红书用户真实评论，淘宝买家评论说好，抖音粉丝大量留言，快手主播带货说",
        "来源：抖音 直播0718，来源：美团 体检套餐2024，来源：抖音 的士广告，旺旺 在线客服 您好，官方旺旺 康宁旗舰店 说",
        "昵称 不能为空，昵称 长度限制，昵称改为“实名”，群昵称已改为“科室加姓名”，昵称✅已填，账号：审核中\n昵称：默认",
        "群主撤回了一条消息\n对方撤回了一条消息\n家属回复医生：好的\n客服回复患者：您好\n新成员加入了群聊",
        "网上都叫“三高”人群，群里叫“打卡”，她在平台上叫车，我在群里叫你你不应，我在网上叫外卖。",
        "群昵称：3床家属-[李明](PERSON)",
        "昵称 修改失败，昵称 不能为空。昵称 重复；网名 不详",
        "昵称 头像\n微信名 请填写\n群名片 科室加姓名。群名片 改为实名。ID以前是手机号。昵称由“必填项”改为“选填项”",
        "“红十字会”邀请“媒体记者”，“健康体检”通过扫描二维码预约，“管理员”撤回了一条消息",
        "他把“自费”移出了“医保”目录，医院邀请“北京专家”会诊，“绿色通道”邀请",
        "网友“点赞”超过一万，用户“满意度”为98%，“三高”",
        "人称“清道夫”的高密度脂蛋白",
        "昵称重复，请更换；昵称不能超过10个字；网名不详",
        "ID号5521908，ID是唯一的",
        "提问人：[暖暖的小橘灯](USERNAME)　发布：2023-12-03\n宝宝半岁\n追问　[暖暖的小橘灯](USERNAME)　2023-12-04",
        "楼主 [小米粥不加糖](USERNAME)：有没有去过的\n1楼 [晋阳湖边](USERNAME)：看的！\n2楼 [momo](USERNAME)：不急\n3楼 楼主回1楼：打针了没？",
        "用户 [曲靖小石榴](USERNAME)　2024-12-03 22:16\n客服与“[安心的桥](USERNAME)”的会话",
        "提问者：匿名　发布：2023-12-03",
        "人称代词使用障碍，绰号会伤害孩子自尊",
        "您的昵称发我\n好的；昵称写错，网名记不清，网名就行，外号起得不好，",
        "网友们好：网友热议：病友交流群：",
    ],
)
def test_nicknames(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [
        (e.entity_type, e.start, e.end)
        for e in deidentifier.detect(text)
        if e.entity_type in ("PERSON", "USERNAME")
    ]

    assert found == [(mark.entity_type, mark.start, mark.end) for mark in expected]
