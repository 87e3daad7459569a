from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.normalize import canonical, shadow, unpaired


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("电话：１３８００１３８０００", "电话:13800138000"),
        ("⾝份证", "身份证"),
        ("⻢⻰, ⻓沙", "马龙, 长沙"),
        ("⻙⻑⻣, ⻄湖, ⻱", "韦长骨, 西湖, 龟"),
        ("身分證字號", "身分证字号"),
        ("幺三八零零幺三八零零零", "13800138000"),
        ("一三八 零零一三 八零零零", "138 0013 8000"),
        ("138－0013—8000", "138-0013-8000"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("12345678901234567×", "12345678901234567X"),
        ("一一零一零五一九四九一二三一零零二叉", "11010519491231002X"),
        ("①③⑧ ⓪⓪①③ ⑧⓪⓪⓪", "138 0013 8000"),
        ("¹³⁸⁰⁰¹³⁸⁰⁰⁰", "13800138000"),
        ("१३८००१३८०००", "13800138000"),
        ("๑๓๘๐๐๑๓๘๐๐๐", "13800138000"),
        ("🯱🯳🯸🯰🯰🯱🯳🯸🯰🯰🯰", "13800138000"),
        ("⑴⑶⑻〇〇㈠㈢㈧⓪⓿🄀", "13800138000"),
        ("〡〣〨〇〇ⅠⅢⅧ〇〇〇", "13800138000"),
        ("幺三八洞洞幺三八洞洞洞", "13800138000"),
        ("壹參捌零零壹參捌零零零", "13800138000"),
        ("参考⑴三四", "参考⑴三四"),
        ("┃年龄┃71│男║", "|年龄|71|男|"),
        ("zhаng@qq.соm", "zhang@qq.com"),  # two letters are Cyrillic
        ("١٣٨٠٠١٣٨٠٠٠", "13800138000"),
        ("Ⅲ期 ㎎ 10⁹ ①", "Ⅲ期 ㎎ 10⁹ ①"),
        ("二〇二三年五月六日", "二〇二三年五月六日"),
        ("三四个月", "三四个月"),
    ],
)
def test_shadow_says_the_same_in_plain_characters(original, expected):
    assert shadow(original).text == expected


@pytest.mark.parametrize(
    ("original", "expected", "value"),
    [
        ("电话：\u202e0008\u202c。", "电话:8000。", "\u202e0008\u202c"),
        ("电话：&#x202e;0008&#x202c;。", "电话:8000。", "&#x202e;0008&#x202c;"),
        ("电话：\u202e不：注8000\n8000", "电话:0008注:不\n8000", "8000"),  # nothing ends it but the line
        ("8\u202e000\u202c", "8000", "8\u202e000\u202c"),
        ("&#x5f20;8000\u202e", "张8000", "8000"),
        ("\u202e\u202d80\u202c00\u202c", "0080", ""),
        ("\u2067\u202e00\u200d08\u202c\u2069.", "8000.", "\u2067\u202e00\u200d08\u202c\u2069"),
        ("\u202e00\t0008\t甲", "00\t8000\t甲", "0008"),  # cell by cell
        ("\u202e00\u202c8\u202e000", "008000", "8\u202e000"),
        ("\u202b8000\u202c\u202e\u202c", "8000", "\u202b8000\u202c"),
        (
            "\u202a" * 200 + "\u202e8000",
            "8000",
            "\u202a" * 200 + "\u202e8000",
        ),  # deeper than anything is turned
    ],
)
def test_what_is_stored_backwards_reads_as_it_is_shown(original, expected, value):
    read = shadow(original)

    assert read.text == expected
    start = expected.find("8000")
    if value and original.count("8000") < 2:
        first, end = read.original(start, start + 4)
        assert original[first:end] == value
        assert read.position(first) <= start


def test_a_value_that_is_stored_backwards_is_the_value():
    assert canonical("\u202e00083100831\u202c", "PHONE_NUMBER") == "13800138000"


def test_invisible_characters_vanish_and_offsets_lead_back():
    original = "电话138\u200b0013\u00ad8000\ufe0f。"

    read = shadow(original)

    assert read.text == "电话13800138000。"
    start, end = read.original(2, 13)
    assert original[start:end] == "138\u200b0013\u00ad8000"


def test_strays_of_a_clipboard_vanish_and_what_parts_cells_stays():
    original = "欧阳\x08靖宇\x07138\x0500138000\x01女"

    read = shadow(original)

    assert read.text == "欧阳靖宇\x0713800138000\x01女"
    assert read.original(0, 4) == (0, 5)
    assert canonical("138\x0500138000", "PHONE_NUMBER") == canonical("13800138000", "PHONE_NUMBER")


@pytest.mark.parametrize("filler", "\u115f\u1160\u3164\uffa0")
def test_letters_that_show_nothing_vanish_from_a_text_of_letters_alone(filler):
    original = f"患者欧{filler}阳靖宇来院"

    read = shadow(original)

    assert read.text == "患者欧阳靖宇来院"
    assert read.original(2, 6) == (2, 7)
    assert canonical(f"欧{filler}阳靖宇", "PERSON") == "欧阳靖宇"


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("电话<p>138<b>0013</b>8000</p>", "电话<p>13800138000</p>"),
        ('138<wbr>0013<span class="x">80</span>00', "13800138000"),
        ("[b]138[/b][color=red]0013[/color]8000", "[b]13800138000"),
        ("<bold>138</bold>0013<italic>8000</italic>", "<bold>13800138000</italic>"),
        ("患者<em>张</em>伟，张<mark>伟</mark>说", "患者张伟,张伟说"),
        (
            r"江{\b1}若琪{\b0}138457{\i1\c&H00FF00&}83386 {\bf x} {\u5f20} {\n}",
            r"江若琪13845783386 {\bf x} {张} {\n}",
        ),
        ("欧阳<!-- -->婷1511<!---->0569<!--[-->347<!-- a -->", "欧阳婷15110569347<!-- a -->"),
        ("<b>欧</b><b>阳</b><i>1</i><i>3</i><b>电话</b>", "<b>欧阳13</i><b>电话</b>"),
        (
            "姓名<b>张伟</b>男，10<sup>9</sup>，体重<b>60</b>，5<6>3",
            "姓名<b>张伟</b>男,10<sup>9</sup>,体重<b>60</b>,5<6>3",
        ),
    ],
)
def test_markup_within_a_text_does_not_cut_what_is_written_over_it(original, expected):
    assert shadow(original).text == expected


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("<em>138</em>-<em>0013</em>-<em>8000</em>", "138-0013-8000"),
        ("<b>1101</b> <b>0519</b>", "1101 0519"),
        ("<span>138001</span>&nbsp;<span>38000</span>", "138001 38000"),
        ("138<!-- 中间 -->0013<!-- 尾 -->8000", "13800138000"),
        (f"138<span style='{'x' * 900}\n'>0013</span>8000", "13800138000"),
        ('138<a title="王五">0013</a>8000', "13800138000"),
        ("wxid_<b>abcd</b>@x.<o:p>cn</o:p>", "wxid_abcd@x.cn"),
        ("<font>欧阳</font><font>婷</font>", "欧阳婷"),
        (r"138<em>0013<\/em>8000 \u003cb\u003e8\u003c/b\u003e", "13800138000 8"),
        ("138&lt;b class=&quot;x&quot;&gt;0013&lt;/b&gt;8000", "13800138000"),
        ("138001<br>38000<br/>", "138001\n38000\n"),
    ],
)
def test_without_markup_a_text_is_what_is_shown_of_it(original, expected):
    untagged = shadow(original).untagged

    assert untagged.text == expected
    assert untagged.original(0, len(expected))[1] <= len(original)


@pytest.mark.parametrize(
    "original",
    [
        "<td>138001</td><td>38000</td>",
        "<p>138001</p><p>38000</p>",
        "<li>欧阳</li><li>婷</li>",
        "姓名：<b>张伟</b>，男",
        "第一行<br>第二行",
        "5<6>3",
    ],
)
def test_what_tags_part_is_not_joined(original):
    assert shadow(original).untagged is None


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ('138</em>-<em class="hl">0013', '</em><em class="hl">'),
        ('138<font style="font-family:宋体" size=2>0013', '<font style="font-family:宋体" size=2>'),
        ('138<a href="tel:13800138000">0013', "<a>"),
        ('138<span style="x:13800138000">0013', "<span>"),
        ("138&lt;b title=张三&gt;0013", "&lt;b&gt;"),
        ("138[color=张三]0013", "[color]"),
        ("138<o:p/>0013", ""),
    ],
)
def test_tags_that_a_value_leaves_hold_nothing_of_it(value, left):
    assert unpaired(value) == left


@pytest.mark.parametrize(
    "text",
    ["<b ", "<!--", "&lt;b ", "1<b>", "1<br>", "<b>张</b>", "&lt;b &", "<b x='", "[b]1", "<b>"],
    ids=repr,
)
def test_markup_is_read_in_linear_time(text):
    many = 30_000

    started = time.process_time()
    shadow(text * many)
    unpaired(text * many)

    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        (r'{"name":"\u5f20\u4e09"}', '{"name":"张三"}'),
        (r"{\"name\":\"\\u5F20\\u4E09\"}", r"{\"name\":\"张三\"}"),
        (r"\u7535\u8bdd\uff11\u200b38", "电话138"),
        (r"\ud842\udfb7\u91ce\u3000\u5bb6", "\U00020bb7野 家"),
        (r"a\u000ab\u12", r"a b\u12"),
        (r"\ud842", r"\ud842"),
        ("name=%E7%8E%8B%e9%9b%aa&x=1", "name=王雪&x=1"),
        ("%CD%F5%D1%A9", "王雪"),  # GB 18030
        ("%F0%A0%AE%B7野", "\U00020bb7野"),
        ("zhang%40qq.com", "zhang@qq.com"),
        ("%31%33%38%30", "1380"),
        ("&#29579;&#x96EA;&amp;#26757;&nbsp;", "王雪梅 "),
        ("浓度50%20支，5%10例，10%40例", "浓度50%20支,5%10例,10%40例"),
        ("%E7 100%E7", "%E7 100%E7"),
        ("&#10;&#x0;&amp; &lt;", "&#10;&#x0;&amp; &lt;"),
        ("=E5=BC=A0=E4=B8=\n=89, =D5=C5", "张三, 张"),  # quoted-printable
        (r"b'\xe5\xbc\xa0' \\xe4\\xb8\\x89", "b'张' 三"),
        ("%25E7%258E%258B%25E9%259B%25AA %u738B%u96EA", "王雪 王雪"),
        (r"\345\274\240 \U00005f20 \u{5f20} U+5F20 C:\101\102\103\104", r"张 张 张 张 C:\101\102\103\104"),
        ("&#24352&#19977 &#x5f20 &#12345678", "张三 张 &#12345678"),
        ("张三丰".encode().decode("latin-1") + " " + "王秀莹".encode().decode("cp1252"), "张三丰 王秀莹"),
        ("å¼ ä¸‰", "张三"),  # the last byte of 张 became a blank
        ("欧阳".encode().decode("latin-1").encode().decode("latin-1") + "三丰", "欧阳三丰"),
        ("患者张建国".encode().decode("cp1252", "replace"), "患者张建国"),
        ("寮犱笁", "张三"),  # UTF-8 taken for GBK
        ("周海".encode().decode("gbk"), "周海"),  # ㄦ in it
        ("姓名:" + "王建国住院".encode().decode("gbk", "replace") + "1", "姓名:王建国住1"),
        ("姓名:" + "王建国".encode().decode("gbk", "replace") + "1", "姓名:王建1"),
        ("患者张建国，男".encode().decode("gbk", "replace"), "镇h�张建国,男"),
        ("山楂茶，菊花、枸杞茶。", "山楂茶,菊花、枸杞茶。"),
        ("电话 138××××5678, ±±±±", "电话 138××××5678, ±±±±"),
        ("姓名 ÕÅÈý·á, ÀîËÄ", "姓名 张三丰, 李四"),
        ("Müller, Zoë, naïve, ÀÉÈ", "Müller, Zoë, naïve, ÀÉÈ"),
        ("张\u0332三\u0332丰\u0332 1\ufe0f\u20e33\ufe0f\u20e3 王\ufffc雪\u3164梅\u061c", "张三丰 13 王雪梅"),
        ("x=AB=CD a=3D=3D 12=34=56", "x=AB=CD a=3D=3D 12=34=56"),
        ("x" * 60 + "138=\r\n0013 a=\nb", "x" * 60 + "1380013 a=\nb"),
        ("见https://a.cn/?n=%E7%8E%8B 和%E7%8E%8B", "见https://a.cn/?n=%E7%8E%8B 和王"),
        (r"\'bb\'bc\'d5\'df\'c5\'b7\'d1\'f4138 it\'s \'e9", r"患者欧阳138 it\'s \'e9"),  # RTF in a string
        ("\\'c5\\'b7\r\n\\'d1\\'f4 \\\\''c5\\\\''b7", "欧阳 欧"),
        (r"\'c5\'b7\'a1\'a4\'d1\'f4\'a3\'ac", "欧·阳,"),
        (r"\u27431?\u-26941\'d1\'f4\u183?\u23159 ?1", "欧雃·婷1"),
        (r"\uc0\u27431 \u30005 13 3\u20145天\u60a3\u5468?", r"\uc0欧电13 3-5天患周?"),
        (r"unistr('\6B27\9633138\3002') \\6b27\\9633 \6b27 \9633", r"unistr('欧阳138\3002') 欧阳欧阳"),
        (r"UNISTR('\0031\6BB5\5955\8FB0\FF0C\0031')", "UNISTR('1段奕辰,1')"),
        (r"U('\5434\5143') \\x\5434\5143 \5434\60012345", r"U('吴元') \\x\5434\5143 \5434\60012345"),
        ("n=%E6%AE%B5%E5%A5%95%E8%BE…", "n=段奕%E8%BE…"),  # cut by a log
        (r"\xe6\xae\xb5\xe5\xa5\x95\xe8 %E5%BC %D5%C5%C8", r"段奕\xe8 寮 %D5%C5%C8"),
        ("_x6BB5__x5955__x8FB0_ a_x005F_b my_x1_", "段奕辰 a_b my_x1_"),
        ("报文 =e5=a7=93=31 a=e5=a7 x=ab=cd=ef", "报文 姓1 a=e5=a7 x=ab=cd=ef"),
        ("#U6b27#U9633#L00020bb7.txt #Unit #U1234", "欧阳\U00020bb7.txt #Unit #U1234"),
        ("张&zwnj;三&shy;丰&thinsp;1", "张三丰 1"),
        ("x" * 60 + "138=\n> 0013 =E5=BC=\n> =A0", "x" * 60 + "1380013 张"),  # in a reply
        (r"D:\档案\5218\6768\docs\a.txt", r"D:\档案\5218\6768\docs\a.txt"),
        (r"E:\5f20\4f1f\data", r"E:\5f20\4f1f\data"),
    ],
)
def test_escapes_are_read(original, expected):
    assert shadow(original).text == expected


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("%22%5Cu6b27%5Cu9633%22", '"欧阳%22'),
        ("%26%2327431%3B%26%2349%3B%26%2351%3B 51%3B", "欧13 51%3B"),
        ("%5Cxe6%5Cxac%5Cxa7", "欧"),
        ("%3DE6%3DAC%3DA7", "欧"),
        ("%255C%2527c5%255C%2527b7", "欧"),
        ("%3Ci%3E138%3C/i%3E0013%3Cb%20class%3D%22a%22%3E8000", "<i>13800138000"),
        (r"\u0026#27431;\u0025E6%AC%A7", "欧欧"),
        ("&#92;u6b27 &#37;E6&#37;AC&#37;A7", "欧 欧"),
        ("95%26例，5%23例，a%3D1%26b%3D2 50%3Ca", "95%26例,5%23例,a=1%26b=2 50%3Ca"),
    ],
)
def test_escapes_in_escapes_are_read(original, expected):
    assert shadow(original).text == expected


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("mobile=%2B8613800131201&x=1", "mobile=+8613800131201&x=1"),
        ("phone%3D13800131204%26x%3D1", "phone=13800131204&x=1"),
        ("%22phone%22%3A%2213800131202%22%2C%22id%22%3A%22110105", '"phone":"13800131202","id":"110105'),
        ("age%22%3A30%2C%22phone%22%3A", 'age":30,"phone":'),
        ("phone%253A13800131204%0A", "phone:13800131204 "),
        ("%22%31%33%38%30%22", '"1380"'),
        (r"{\x22phone\x22:\x2213800131203\x22}", '{"phone":"13800131203"}'),
        (r"{\\x22phone\\x22:\\x2213800131203\\x22}", '{"phone":"13800131203"}'),
        (r"\u000a13800131203\u000D\u0009", " 13800131203  "),
        ("phone=3D13800131205, tel=3A=20010-62345678", "phone=13800131205, tel: 010-62345678"),
        ("=22phone=22:=2213800131205=22", '=22phone=22:"13800131205=22'),
        (r"\04213800131205\042", r'"13800131205\042'),
        (
            r"电话\n010-62345678\n京A12345\t E12345678\nwxid_abcd1234",
            r"电话 010-62345678 京A12345\t E12345678 wxid_abcd1234",
        ),
        ("2024-01-05%2013800131205", "2024-01-05 13800131205"),
        ("&nbsp010-62345678", " 010-62345678"),
    ],
)
def test_one_sign_that_is_escaped_is_read_before_a_number(original, expected):
    assert shadow(original).text == expected


@pytest.mark.parametrize(
    "original",
    [
        "rate=100%25",
        "5%20%葡萄糖 50%20mg 12.5%2Cb 0.9%3D",
        "md5=3d41402abc4b2a76b9719d911017c592 a=2b8613800131205f",
        "orderId=2013800131205 x=2213800131205",
        "x=3D3D type=3Dxyz 3=3D12345",
        r"C:\new\table\report\n1\042 \104",
        "&nbsp=1&nbspace",
    ],
)
def test_signs_of_percentages_sums_and_folders_are_no_escapes(original):
    assert shadow(original).text == original


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ('{"url":"http://x.cn/%E7%8E%8B","d":"%E7%8E%8B"}', '{"url":"http://x.cn/%E7%8E%8B","d":"王"}'),
        ("url=http://x.cn/b,name=%E7%8E%8B", "url=http://x.cn/b,name=王"),
        ("mailto:u@mail.x.cn?body=%E7%8E%8B", "mailto:u@mail.x.cn?body=王"),
        (
            "url(\"data:image/svg+xml,%3csvg xmlns='http://a.org/s'%3e%E7%8E%8B",
            "url(\"data:image/svg+xml,<svg xmlns='http://a.org/s'>王",
        ),
        ("jdbc:mysql://h/db?user=%E7%8E%8B app://x?%E7%8E%8B", "jdbc:mysql://h/db?user=王 app://x?王"),
        (
            "x.cn:8080/?n=%E7%8E%8B haodf.me/%E7%8E%8B x.cn:%E7%8E%8B",
            "x.cn:8080/?n=%E7%8E%8B haodf.me/%E7%8E%8B x.cn:王",
        ),
    ],
)
def test_escapes_behind_the_end_of_an_address_are_read(original, expected):
    assert shadow(original).text == expected


def test_offsets_of_escapes_in_escapes_lead_to_all_of_them():
    original = r"a%5Cu5f20\u0026#19977;。"

    read = shadow(original)

    assert read.text == "a张三。"
    assert original[slice(*read.original(1, 3))] == r"%5Cu5f20\u0026#19977;"


def test_offsets_of_escapes_lead_to_all_of_them():
    original = r"a\u200b \\u5f20三\u4e30。"
    read = shadow(original)

    start, end = read.original(2, 5)

    assert read.text == "a 张三丰。"
    assert original[start:end] == r"\\u5f20三\u4e30"
    assert read.position(start) == 2
    assert canonical(original[start:end], "PERSON") == "张三丰"


def test_a_known_name_is_looked_for_in_addresses_of_the_web_too():
    assert shadow("https://a.cn/?n=%E7%8E%8B", links=True).text == "https://a.cn/?n=王"


@given(st.text(alphabet="\\u5f20丰ab%E78B&#;x=\n", max_size=60))
def test_escapes_take_every_character_once(original):
    read = shadow(original)

    if read.starts is not None:
        assert read.ends is not None
        assert len(read.starts) == len(read.ends) == len(read.text)
        assert list(read.starts[1:]) == list(read.ends[:-1])


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_every_shadow_character_stands_for_the_character_at_its_offset(original):
    read = shadow(original)

    if read.starts is None:
        assert len(read.text) == len(original)
    else:
        assert len(read.starts) == len(read.text)
        assert list(read.starts) == sorted(set(read.starts))


@pytest.mark.parametrize(
    ("one", "other", "entity_type"),
    [
        ("+86 138-0013-8000", "１３８００１３８０００", "PHONE_NUMBER"),
        ("11010519491231002x", "110105 19491231 002X", "CN_RESIDENT_ID"),
        ("王 建 国", "王建国", "PERSON"),
        ("王^建国", "王建国", "PERSON"),
        ("阿依古丽·买买提", "阿依古丽•买买提", "PERSON"),
        ("歐陽娜", "欧阳娜", "PERSON"),
    ],
)
def test_two_spellings_of_one_value_have_one_canonical_form(one, other, entity_type):
    assert canonical(one, entity_type) == canonical(other, entity_type)


@pytest.mark.parametrize(
    ("value", "entity_type", "form"),
    [
        ("8613800138000", "PHONE_NUMBER", "13800138000"),
        ("8612345", "PHONE_NUMBER", "8612345"),
        ("zy0093", "MEDICAL_RECORD_NUMBER", "ZY0093"),
        ("wang", "PERSON", "WANG"),
        ("20240105t", "DATE_TIME", "20240105t"),
    ],
)
def test_letters_and_digits_have_the_form_that_they_have_with_a_gap_beside(value, entity_type, form):
    assert canonical(value, entity_type) == canonical(f"{value} ", entity_type) == form


@pytest.mark.parametrize(
    ("original", "read"),
    [
        ("phone=138%200013%201226&", "phone=138 0013 1226&"),
        ("phone=138%2D0013%2d1226", "phone=138-0013-1226"),
        ("%2B86%20138%200013%201226", "+86 138 0013 1226"),
        ("tel=%28010%2962345678", "tel=(010)62345678"),
        ("tel=0571%2D87654321", "tel=0571-87654321"),
        ("id=110105%2019491231%200025", "id=110105 19491231 0025"),
        ("50%20支,50%2050元,12%2000例,100%20例", "50%20支,50%2050元,12%2000例,100%20例"),
    ],
)
def test_escaped_blanks_and_hyphens_between_groups_of_a_number_are_read(original, read):
    assert shadow(original).text == read


@pytest.mark.parametrize(
    ("original", "number", "written"),
    [
        ("电话：1.3800131219E10，", "13800131219", "1.3800131219E10"),
        ("| 1.3800131219e+10 |", "13800131219", "1.3800131219e+10"),
        ("phone=1.38001312E10\n", "13800131200", "1.38001312E10"),
        ("8.613800131219E12", "8613800131219", "8.613800131219E12"),
        ("身份证1.10105194912310025E17", "110105194912310025", "1.10105194912310025E17"),
        ("1.1010519491231002E17", "110105194912310020", "1.1010519491231002E17"),
        ("1.10105194912310E17", "110105194912310000", "1.10105194912310E17"),
        ("1.1010519491231E17", "110105194912310000", "1.1010519491231E17"),
        ("卡6.222021234567890128E18", "6222021234567890128", "6.222021234567890128E18"),
        ("%221.380013121E10%22", "13800131210", "1.380013121E10"),
        (r"\n1.3800131219E10\n", "13800131219", "1.3800131219E10"),
    ],
)
def test_numbers_in_scientific_notation_are_read(original, number, written):
    read = shadow(original)
    start = read.text.index(number)

    first, last = read.original(start, start + len(number))

    assert original[first:last] == written
    assert canonical(written, "PHONE_NUMBER") == canonical(number, "PHONE_NUMBER")


@pytest.mark.parametrize(
    ("original", "number", "written"),
    [
        ("座机：1.062345678E9，", "01062345678", "1.062345678E9"),
        ("电话号码 = 5.718765432E+10", "057187654320", "5.718765432E+10"),
        ('{"tel":"7.552654321E9"}', "07552654321", "7.552654321E9"),
        ("| 传真 | 2.862345678e09 |", "02862345678", "2.862345678e09"),
    ],
)
def test_landlines_in_scientific_notation_are_read_behind_what_says_so(original, number, written):
    read = shadow(original)
    start = read.text.index(number)

    first, last = read.original(start, start + len(number))

    assert original[first:last] == written


@pytest.mark.parametrize(
    "original",
    [
        "血小板1.5E10/L,病毒载量1.38E10,6.02214076E23",
        "1.4567891E+07 1.38001312E9 1.3800131219E-10",
        "1.2345678901E10 1.99945678901234567E17 6.241509074E18",
        "v11.3800131219E10 1.3800131219E10f 1.38001312191E10",
        "HBV DNA:1.062345678E9 IU/ml,电话咨询5.7187654321E10",
        "电话:4.008123456E9,电话:1.0623456789E9,电话:1.062345678E10",
        "1.10105194912310E16 1.101051949123E17 1.101051949123100255E17",
    ],
)
def test_values_of_the_laboratory_stay_as_they_are(original):
    assert shadow(original).text == original


def test_what_is_turned_is_read_between_colours_of_a_terminal():
    assert shadow("\x1b[1m电话\u202e0008\u202c").text == "电话8000"


@pytest.mark.parametrize(
    "piece", ["%20", "%22138", "a-", "=22a", "\\x22", "\\", "\\n", "a.b.", "x.cn/%2C", "http://a.cn/%20"]
)
def test_reading_escapes_takes_time_in_proportion_to_the_text(piece):
    text = piece * (200_000 // len(piece)) + "%20"

    started = time.process_time()
    shadow(text)

    assert time.process_time() - started < 10


def test_a_number_that_goes_on_in_a_quoted_reply_is_the_same_number():
    assert canonical("138001\n> 31226", "PHONE_NUMBER") == canonical("13800131226", "PHONE_NUMBER")
    assert canonical("110105\\\n1949", "CN_RESIDENT_ID") == "1101051949"
    assert canonical("li@\n> a.cn", "EMAIL_ADDRESS") == canonical("li@a.cn", "EMAIL_ADDRESS")
