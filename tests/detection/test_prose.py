from __future__ import annotations

import time

import pytest

from deid.detection.prose import shipped_prose


@pytest.fixture(scope="module")
def is_prose():
    return shipped_prose()


@pytest.mark.parametrize(
    "text",
    [
        "昨天下午大家一起去了江边,看了很久的落日。",
        "真好看//@雯子:转了",
        "#周末去哪儿#和小新在公园",
        "站在门口的老人笑着说:今年的雪比往年来得都早。",
        '通讯稿里只写了一句:"大家辛苦了,早点回家。"',
    ],
)
def test_letters_and_posts_are_prose(text, is_prose):
    assert is_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "患者昨天下午头痛明显加重,今晨来院复诊。",
        "联系人:昨天下午来过的那一位,地址见下。",
        "昨天下午|来过的那一位|还要再来一次|复核",
        "高峰时段",
    ],
)
def test_records_tables_and_cells_are_not(text, is_prose):
    assert not is_prose(text)


STORY = (
    "那年秋天村里来了一个放映队，在打谷场上支起白布，天一黑，附近几个村子的人都搬着板凳赶来了。"
    "电影放到一半下起了小雨，谁也不肯走，大人把孩子搂在怀里，孩子举着草帽。"
    "散场以后路上全是手电筒的光，有人还在学银幕上的人说话，一直学到自家门口。"
)


def test_a_long_story_may_hold_a_word_of_medicine(is_prose):
    assert is_prose(STORY + "第二天放映员感冒了，多住了一晚才走。")
    assert not is_prose("第二天放映员感冒了，多住了一晚才走。")
    assert not is_prose(STORY + "第二天放映员感冒、发烧、咳嗽，吃了布洛芬，还是头痛。")


def test_a_page_of_a_textbook_is_no_story(is_prose):
    page = "这一层薄而透明，由排列整齐的单元组成，" * 12

    assert is_prose(page + "菊花。")
    assert not is_prose(page + "菊花。细胞之间有神经末梢，呼吸时肌肉收缩。")


def test_lists_and_textbooks_tell_of_nobody(is_prose):
    assert is_prose.tells("昨天她跟圆圆去了海边")
    assert is_prose.tells("//@春天:1、今年也要加油 2、早睡")
    assert not is_prose.tells("3、当场签收，回执交前台")
    assert not is_prose.tells("传导束与窦房交接区相连，周围是韧带")


def test_many_short_lines_are_no_story(is_prose):
    assert not is_prose(STORY.replace("，", "，\n") + "第二天放映员感冒了，多住了一晚才走。")


def test_a_group_of_patients_is_no_post(is_prose):
    assert is_prose("@周末去哪儿 昨天那家店的面真好吃")
    assert not is_prose("@所有人 布洛芬和美林先别吃，发烧、咳嗽的到护士站量体温")


def found(deidentifier, text):
    return {text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"}


def test_in_prose_the_tagger_is_believed_without_a_rule(deidentifier):
    text = "晚上泰森又赢了一场比赛，观众们都站起来为他鼓掌。"

    assert found(deidentifier, text) == {"泰森"}


def test_long_stories_are_read_as_short_ones_are(deidentifier):
    text = "晚上泰森又赢了一场比赛，观众们都站起来为他鼓掌。"

    assert found(deidentifier, STORY + text) == {"泰森"}
    assert found(deidentifier, STORY + "放映队是一个公司派来的。" + text) == {"泰森"}


def test_words_that_name_things_are_nobody(deidentifier):
    assert found(deidentifier, "三楼有“江山”“高远”两个会议室，麦克风用毕归位。") == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("昨晚的决赛里，琼斯从第三道出发，最后十米才被追上。", "琼斯"),
        ("卡尔瓦迪斯说，下个月的会谈不会再推迟了。", "卡尔瓦迪斯"),
        ("那一年莫拉塔扎德生于一个铁匠的家里。", "莫拉塔扎德"),
        ("工厂在卡尔瓦迪斯的带领下又开工了。", "卡尔瓦迪斯"),
        ("代表团向莫拉塔扎德议长转交了一封信。", "莫拉塔扎德"),
    ],
)
def test_foreign_names_in_prose(deidentifier, text, name):
    assert found(deidentifier, text) == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("比赛由佐藤直也和另外三名队员参加。", "佐藤直也"),
        ("会长是福岛健太郎，去年刚刚上任。", "福岛健太郎"),
        ("福岛安正和大卫昨天一起去了边境上的小城。", "福岛安正"),
        ("在高桥留美子的带领下，球队以三比一战胜了对手。", "高桥留美子"),
        ("冷玲家四世同堂，邓一诺三世行医，街坊都认得。", "邓一诺"),
        ("传说腓力八世在登基前做过木匠。", "腓力八世"),
        ("后来国王路易十五买下了那座磨坊。", "路易十五"),
        ("英王乔治九世的马车停在桥头。", "乔治九世"),
        ("后来郑氏和两个儿子搬到了城外。", "郑氏"),
        ("代表团衷心祝贺布兰特先生当选协会主席，并希望他早日来访。", "布兰特"),
        ("大桥首相兑现了承诺，随后辞职。", "大桥"),
        pytest.param(
            "2019年4月，阿巴查从过渡政府手中接管了权力。",
            "阿巴查",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        ("主持人Walter Brinkman告诉大家不要离开座位。", "Walter Brinkman"),
        ("他们的女儿萨凡妮（Savanne Pillips）后来去了南方。", "Savanne Pillips"),
    ],
)
def test_names_from_abroad_and_of_old_end_where_they_end(deidentifier, text, name):
    assert name in found(deidentifier, text)


def test_parts_of_foreign_names_stand_for_them(deidentifier):
    text = "卡尔文·德雷珀（Calvin Draper）住在河边。那里的人说，是德雷珀修了桥，Draper的名字还刻在桥上。"

    assert found(deidentifier, text) == {"卡尔文·德雷珀", "Calvin Draper", "德雷珀", "Draper"}


def test_bodies_called_after_somebody_are_not_him(deidentifier):
    text = "卡尔文·德雷珀（Calvin Draper）住在河边，德雷珀大学和 Draper Hall 离得不远。"

    assert found(deidentifier, text) == {"卡尔文·德雷珀", "Calvin Draper"}


@pytest.mark.parametrize(
    "text",
    [
        "四世同堂的人家里，三生三世说的是缘分。",
        "他去墨西哥城住了半年，又回到墨西哥湾。",
        "马拉维总统和科威特议长在南斯拉夫会面。",
    ],
)
def test_generations_and_countries_are_nobody(deidentifier, text):
    assert found(deidentifier, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "船到帕拉戈尼亚的时候天已经黑了。",
        "卡尔瓦迪斯山上的雪到五月还没有化完。",
        "卡尔瓦迪斯政府昨天宣布了新的关税。",
    ],
)
def test_foreign_places_in_prose_are_no_persons(deidentifier, text):
    assert found(deidentifier, text) == set()


def test_an_eponym_is_none_beside_a_sign(deidentifier):
    assert found(deidentifier, "琼斯征阳性者要再看一次，其他人可以先回家休息。") == set()


def test_words_are_no_names_in_prose_either(deidentifier):
    assert "说明" not in str(found(deidentifier, "向丰田说明，与税务沟通，对新来的同事做了介绍。"))
    assert found(deidentifier, "高峰时段请错峰，常青套餐980元，周末另加。") == set()
    assert found(deidentifier, "来访者提到导师施压论文，室友陪伴较多。") == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("在铁柱的影响下，大家也都戒了烟。", "铁柱"),
        ("月峰这孩子从小体弱，文博妈很担心", "月峰"),
        ("招弟去世三年了，家里只剩一个人住。", "招弟"),
        ("记得告诉招弟别忘了下周去复查一趟。", "招弟"),
    ],
)
def test_given_names_that_are_rare_words_are_names(deidentifier, text, name):
    assert name in [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"]


def test_accounts_in_two_scripts_hold_names(deidentifier):
    assert found(deidentifier, "昨天对@子琳Windy说了，明天更冷") == {"子琳Windy"}
    assert found(deidentifier, "研究的J链基因有4个外显子，外显子1编码信号肽") == set()


def test_what_goes_on_in_digits_is_a_number(deidentifier):
    assert found(deidentifier, "家用血压计三百台，型号HEM-7136，注册证号苏械注准20222071845。") == set()


@pytest.mark.slow
def test_time_grows_with_the_names_of_a_text(deidentifier):
    """And not with their square, which would be sixteen times as much."""

    def taken(count):
        start = time.process_time()
        deidentifier.detect("艾山、吐尔逊、买买提、" * count)
        return time.process_time() - start

    assert taken(6000) < 8 * taken(1500)


def test_paragraphs_apart_links_and_cues_within_sentences_make_no_record(is_prose, deidentifier):
    assert is_prose(STORY + "\n\n    \n\n第二天放映员感冒了，多住了一晚才走。")
    assert is_prose("更多照片在http://t.cn/zX2b 里面")
    assert is_prose("他们一家守护着这片林子，也保护着山下的水源。")
    assert not is_prose("一级护理,每两小时巡视一次,协助翻身。")
    text = "晚上泰森又赢了一场比赛，观众们都站起来为他鼓掌。"
    assert found(deidentifier, "门口停着一辆汽车，是从外地开来的。" + text) == {"泰森"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("第三节开始后，马尔文-科斯特换下了队友，比分很快追平。", {"马尔文-科斯特"}),
        ("约翰-孔尼逊的右肩明显比左肩低。", {"约翰-孔尼逊"}),
        ("教练说乔-布伦南的脚伤已经好了，下周就能上场。", {"乔-布伦南"}),
        ("角膜上可见马尔文-科斯特环，随年龄加深。", set()),
        ("这趟车从上海-哈尔滨一路北上，要走一天一夜。", set()),
        ("邱宜丹-福泉组合击败雍妃昊，晋级决赛，观众们为她们鼓掌，气氛热烈。", {"邱宜丹-福泉", "雍妃昊"}),
    ],
)
def test_foreign_names_with_hyphens(deidentifier, text, names):
    assert found(deidentifier, text) == names


@pytest.mark.parametrize("name", ["高盛", "康佳", "夏朗"])
def test_who_is_called_like_a_brand_is_somebody(deidentifier, name):
    assert name in found(deidentifier, f"患者{name}入院，家属李敏陪同。")


def test_in_a_long_text_what_the_tagger_hardly_takes_for_a_name_is_none_by_itself(deidentifier):
    brand = "她们买的是云雀牌的缝纫机，后来换成了飞梦，也用了好些年，搬了三次家都没有舍得扔掉。"

    assert found(deidentifier, STORY + brand) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("梁启山动员郝国栋出任会长，郝的态度十分踌躇。", {"梁启山", "郝国栋", "郝"}),
        ("张立中和罗达一起去了县城，张、罗二人在桥头等了一会儿。", {"张立中", "罗达", "张", "罗"}),
        ("他把表格交给韦志峰，郝的那一份还在桌上。", {"韦志峰", "郝"}),
        ("梁启山动员郝国栋出任会长，郝的态度十分踌躇，梁只好另请他人。", {"梁启山", "郝国栋", "郝", "梁"}),
        ("白晓燕和徐静怡轮流值班，6.8白，6.9 徐静怡。", {"白晓燕", "徐静怡"}),
    ],
)
def test_surnames_alone_where_the_whole_name_stands(deidentifier, text, names):
    assert found(deidentifier, text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("据说会长国松文次当晚就离开了那座城。", "国松文次"),
        ("后来索维格拉底带着学生去了南方的海港。", "索维格拉底"),
        ("球队从另一个州得到了Herschel Brandt，球迷都很高兴。", "Herschel Brandt"),
    ],
)
def test_names_from_abroad_are_whole(deidentifier, text, name):
    assert name in found(deidentifier, text)


def test_a_name_ends_behind_what_always_follows_it(deidentifier):
    text = "葛恩曾请缨去了天津。葛恩曾知道这件事很难，还是答应了。"

    assert found(deidentifier, text) == {"葛恩曾"}
    assert "山田宏和" not in found(deidentifier, "山田宏和中田宏一起参加了那次聚会。")


def test_brands_are_nobody(deidentifier):
    text = "门口停着一辆沃尔沃和一辆桑塔纳，埃森哲的人说是他们的。"

    assert found(deidentifier, text) == set()
    assert found(deidentifier, "姓名：奥迪") == {"奥迪"}


@pytest.mark.parametrize(
    "text",
    [
        "大家都盼着这座小城早日腾飞，日子一天比一天富强。",
        "他在会上反复强调，要弘扬这种精神。",
    ],
)
def test_words_are_nobody_where_the_tagger_is_not_sure(deidentifier, text):
    assert found(deidentifier, text) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("那位道德模范史振平和CEO卫志哲昨天一起上了车。", {"史振平", "卫志哲"}),
        ("后来耶律留哥带着人马去了北方。", {"耶律留哥"}),
    ],
)
def test_names_begin_behind_words_and_end_with_their_last_character(deidentifier, text, names):
    assert found(deidentifier, text) == names


def test_two_whom_the_tagger_is_sure_of_are_told_of_in_a_long_record(deidentifier):
    text = STORY + "他头晕、咳嗽、发烧、流鼻涕，吃了布洛芬。周佛川主动找上门来，把药给了戴立笠。"

    assert {"周佛川", "戴立笠"} <= found(deidentifier, text)


def test_empty_lines_are_passed_at_once(is_prose):
    started = time.perf_counter()

    is_prose("\n" * 100_000)

    assert time.perf_counter() - started < 2  # twenty seconds, where each line looked through those behind it
