"""Hospitals by what people call them, where what is done there shows them, and places and words of the same name."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "他的胃是[华山](CN_MEDICAL_INSTITUTION)的项主任做的",
        "明早7点 [九院](CN_MEDICAL_INSTITUTION) 补牙，[九院](CN_MEDICAL_INSTITUTION)停车难，长征停车场很远",
        "与[仁济](CN_MEDICAL_INSTITUTION)的合作续签，跟[鼓楼](CN_MEDICAL_INSTITUTION)的结算拖着，和[齐鲁](CN_MEDICAL_INSTITUTION)签了转诊备忘录，与人民的合同是另一回事",
        "提供[同济](CN_MEDICAL_INSTITUTION)、[协和](CN_MEDICAL_INSTITUTION)（武汉）、[中南医院](CN_MEDICAL_INSTITUTION)专科意见整理",
        "[华西](CN_MEDICAL_INSTITUTION)号还有没有嘛，[省肿瘤](CN_MEDICAL_INSTITUTION)隔壁租房便宜，还是[河医](CN_MEDICAL_INSTITUTION)住院快",
        "自述“村口诊所”看过的9%；邮编100007，别写医院",
        "床位紧，人家昨天就转[齐鲁](CN_MEDICAL_INSTITUTION)了，她挂了[瑞金](CN_MEDICAL_INSTITUTION)的号",
        "上周从[省中](CN_MEDICAL_INSTITUTION)出院，下个月到[鼓楼](CN_MEDICAL_INSTITUTION)复查",
        "家属问要不要请[长海](CN_MEDICAL_INSTITUTION)会诊，[道培](CN_MEDICAL_INSTITUTION)亦在问价",
        "孔先生早，[中山](CN_MEDICAL_INSTITUTION)住院单开出来了",
        "[中肿](CN_MEDICAL_INSTITUTION)的邝教授，[仁济](CN_MEDICAL_INSTITUTION)的号怎么抢，请[中大](CN_MEDICAL_INSTITUTION)的蒋主任出个意见",
        "您看是去[鼓楼](CN_MEDICAL_INSTITUTION)还是[市一](CN_MEDICAL_INSTITUTION)？都可以",
        "您看[鼓楼](CN_MEDICAL_INSTITUTION)和[中大医院](CN_MEDICAL_INSTITUTION)都可以",
        "孩子在[复儿](CN_MEDICAL_INSTITUTION)做的手术，[儿中心](CN_MEDICAL_INSTITUTION)挂的急诊，去[江苏省中](CN_MEDICAL_INSTITUTION)看肾",
        "老爷子[市二](CN_MEDICAL_INSTITUTION)复查，[九院](CN_MEDICAL_INSTITUTION)整形的号，下午[积水潭](CN_MEDICAL_INSTITUTION)骨科拍片",
        "跟[省立](CN_MEDICAL_INSTITUTION)的多点执业备案没做，赴[MD Anderson](CN_MEDICAL_INSTITUTION)二诊",
        "5/15 周三|阎红→[省立](CN_MEDICAL_INSTITUTION)|冯总巡店",
        "我姐夫在[省人民](CN_MEDICAL_INSTITUTION)当护工，[市一](CN_MEDICAL_INSTITUTION)挂不上，改[市三](CN_MEDICAL_INSTITUTION)，我们走[盛京](CN_MEDICAL_INSTITUTION)的绿色通道",
        "骨科还是[积水潭](CN_MEDICAL_INSTITUTION)强，听说[中肿](CN_MEDICAL_INSTITUTION)那个药进组，在[友谊](CN_MEDICAL_INSTITUTION)当护士，在[鼓楼](CN_MEDICAL_INSTITUTION)打的免疫针",
        "群聊「王建国-[中山](CN_MEDICAL_INSTITUTION)MDT服务群」，在院：李德茂（[长海](CN_MEDICAL_INSTITUTION)，二次引流）",
        "赴[国立癌症研究中心中央病院](CN_MEDICAL_INSTITUTION)，由[有明病院](CN_MEDICAL_INSTITUTION)的山田医生接诊，精神病院，他在病院里",
        "就诊医院暂定[北京大学第三医院](CN_MEDICAL_INSTITUTION)，备选[东部战区总医院](CN_MEDICAL_INSTITUTION)",
        "受邀医院：待定，厂里医务室给开的药，不在会上议论医院，走公司账，预付款走公司",
        "让她去[国妇婴](CN_MEDICAL_INSTITUTION)建大卡，梅奥诊断标准分四级，齐鲁大地多好医生，协和医学堂讲座看片",
        "十堰市张湾区一男的来电问医院，全市一共三家医院，市三好学生看病，约东方先生周三来看病，陆总看病",
        "穿中山装，走到鼓楼区，华西地区降水多，南方人怕冷，东方医学，朝阳般的心态，西南方向压痛",
        "省中医药年会，市一级单位，市中心房价，附二张照片，各位同仁辛苦，睡前服安定",
        "在浙江省肿瘤发病率居首，“上海市十佳医生”，省儿童健康检查，杭州市儿童近视门诊筛查，省口腔优秀医生，市九成医生，市五旬男子的病理，中大动脉检查",
        "[浙江省肿瘤](CN_MEDICAL_INSTITUTION)胃癌科的床位，[省人民](CN_MEDICAL_INSTITUTION)比[市一](CN_MEDICAL_INSTITUTION)好，号也好挂",
        "中大脑动脉通畅，肺科常见病，大家同心协和，康复出院，三院两校，他去华山旅游摔伤，去曙光小学接孩子",
        "[十院](CN_MEDICAL_INSTITUTION)补的牙，[浙肿](CN_MEDICAL_INSTITUTION)甲状腺MDT意见，[湘雅](CN_MEDICAL_INSTITUTION)好还是[附二](CN_MEDICAL_INSTITUTION)好",
        "3月2日 [鼓楼](CN_MEDICAL_INSTITUTION) PET-CT，[齐鲁](CN_MEDICAL_INSTITUTION)梁立群团队会诊，[唐都](CN_MEDICAL_INSTITUTION)腔镜下切的",
        "[贵医](CN_MEDICAL_INSTITUTION)那边的床位，[福医](CN_MEDICAL_INSTITUTION)那边催缴费，[附一](CN_MEDICAL_INSTITUTION)的病理和[附三](CN_MEDICAL_INSTITUTION)的不一样",
        "[江苏省人民](CN_MEDICAL_INSTITUTION)和[江苏省中](CN_MEDICAL_INSTITUTION)是一家吗，[爱尔](CN_MEDICAL_INSTITUTION)做的近视手术",
        "我在[协和东院](CN_MEDICAL_INSTITUTION)上班，[昆医大一附院呈贡院区](CN_MEDICAL_INSTITUTION)停车难，[省立南区](CN_MEDICAL_INSTITUTION)肾内收了",
        "在[柳州158](CN_MEDICAL_INSTITUTION)透析，[遵义医学院二附院](CN_MEDICAL_INSTITUTION)报卡，[新医大总院](CN_MEDICAL_INSTITUTION)心外换瓣",
        "[美年大健康滨江店](CN_MEDICAL_INSTITUTION)体检，[厦门长庚](CN_MEDICAL_INSTITUTION)头颈外科，转到[包河妇产](CN_MEDICAL_INSTITUTION)建的卡",
        "（现[北部战区总医院和平院区](CN_MEDICAL_INSTITUTION)）",
        "附一张片子，附二的要求见下，花了成都300手术费，南方肿瘤科用药，新华儿科学，爱尔兰修的学位",
        "这边东院改造，转到东院区，协和好的，住院部东区，总院长开会",
        "把[六院](CN_MEDICAL_INSTITUTION)的发票寄来，[瑞金](CN_MEDICAL_INSTITUTION)那边约不上号，从这里到[齐鲁](CN_MEDICAL_INSTITUTION)多远？[湘雅](CN_MEDICAL_INSTITUTION)怎么走",
        "[深圳和睦家](CN_MEDICAL_INSTITUTION)直付，[成都美莱](CN_MEDICAL_INSTITUTION)做的鼻子，[南京精卫](CN_MEDICAL_INSTITUTION)诊断双相，[武汉火神山](CN_MEDICAL_INSTITUTION)住过，[温附二](CN_MEDICAL_INSTITUTION)开的药",
        "打车去[血研所](CN_MEDICAL_INSTITUTION)，在[合肥皮研所](CN_MEDICAL_INSTITUTION)看的，父亲一直在[301](CN_MEDICAL_INSTITUTION)看，转[301海南分院](CN_MEDICAL_INSTITUTION)",
        "派驻[瑞金](CN_MEDICAL_INSTITUTION)，[九院北部](CN_MEDICAL_INSTITUTION)？送[乐从医院](CN_MEDICAL_INSTITUTION)",
        "去301房间做检查，在301看书，302看护士站，和睦家庭，精卫填海，雷神山建设者，两院的发票，医院的发票",
        "[邵逸夫钱塘院区](CN_MEDICAL_INSTITUTION)，[积水潭回龙观](CN_MEDICAL_INSTITUTION)近，家属在协和江北岸等",
        "村里诊所叫[福安堂](CN_MEDICAL_INSTITUTION)，[恒美口腔](CN_MEDICAL_INSTITUTION)贵，想问[温附一](CN_MEDICAL_INSTITUTION)能不能续",
        "诊所叫什么，诊所叫人去拿药，门诊叫号，儿童口腔贵不贵，全口口腔种植，公立眼科便宜",
    ],
)
def test_what_is_done_there_shows_a_hospital(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "CN_MEDICAL_INSTITUTION"]

    assert [text[slice(*span)] for span in found] == [text[mark.start : mark.end] for mark in expected]
