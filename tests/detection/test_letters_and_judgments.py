"""Letters to offices and judgments: what stands beside roles and titles there and is nobody, and how persons are masked."""

from __future__ import annotations

import pytest

from deid.pipeline import Deidentifier

TEXTS = (
    "这笔钱对我们老百姓的负担太重，老百姓还是盼着早点修好路，老百姓苦，老百姓吗？",
    "厂房四周都是居民小区，噪声很大；旁边均是小区，分别为锦绣苑、家和苑。",
    "就连开发商总经理也说不清，原干部岗位已经转为工人岗位。",
    "下游田土总砷含量偏高，我们是机械总厂退休的，农民子弟上学难，三户兄弟姐妹都在外地，镇村干部来过。",
    "县里重视教师队伍建设，请判令被告立即给付原告借款本金，原告放弃向担保人主张权利，家里没人照顾孩子。",
    "以上事实有当事人陈述、被害人陈述、证人证言在案佐证。经审理查明，双方系邻居。根据当事人陈述和经审查确认的证据，本院予以采信。",
    "原告为证明其主张，向本院提交欠条一份；被告为支持其主张，提交收据。原告为维护自身权益，诉至法院。",
    "按照《关于下达专项资金的通知》（云财办〔2016〕74号）和（2012）永冷民再字第3号裁定执行。",
    "甲、乙、丙、丁四人共同出资，丁对相机的占有属于自主占有，丙将货物交给丁保管，丁想转让。",
    "望大夫救救我父亲，望医生注意一下，望主任百忙之中回复。",
    "想戴美瞳或者隐形，可以吗？不能适应泰舒达，后来放了曼月乐，吃过慢严舒柠。",
    "在云阳县××镇××村盗窃，住大安区×镇×小区×楼×单元，31栋楼*号是空房，甲方和××公司签订合同。",
    "敬爱的[阳]市长：您好！尊敬的[胡]书记",
    "安康市劳动保护研究所原所长[陶娴宜]教授指出",
    "就连开发商总经理[孙玉琳]都抱怨",
    "原告[李某1]诉称，被告[夏某2]欠款，证人[王某10]在场。",
    "被告人[张2某]以其弟[李1某]的身份证贷款。",
    "被告人[翟X海]在家中被抓获，同案[郑XX]在逃。",
    "[王某]3次到店，[孙某]2人死亡，[张某某]55000元已付。",
    "甲、乙两组都来过，[丁]医生说没事。",
    "找[望]医生看过，",
    "开发办主任[文家富]承诺年底付清",
    "接诊的是[付建设]医生",
)


@pytest.mark.parametrize("marked", TEXTS)
def test_finds_persons_and_nobody_else(deidentifier: Deidentifier, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    found = [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"]
    assert found == [part.partition("]")[0] for part in marked.split("[")[1:]]
