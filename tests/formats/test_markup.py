"""Web pages, XML and SVG: nothing planted survives, and what is not personal stays byte for byte."""

from __future__ import annotations

import re
from base64 import b64encode
from html import unescape
from urllib.parse import quote, unquote

import pytest
from lxml import etree, html
from planting import Planter, document_of, replaced, rewritten, survivors

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats import read, sniff, text_of, write
from deid.formats.edits import Edit
from deid.normalize import shadow

ORDINARY = """<!DOCTYPE html>
<html lang=zh><HEAD><meta charset="utf-8"><title>门诊</title><style>td > b { color: #c00 }</style></head>
<body class='a  b'><p>血压 120&nbsp;/ 80 &lt; 正常<br/>复查<P>没有结束<img src="a.png"   alt="x"><a href=/x?y=%E4%BD%A0>链接</a>
</BODY></html>
"""


def entities(value):
    return "".join(f"&#{ord(one)};" if index % 2 else f"&#x{ord(one):x};" for index, one in enumerate(value))


def page(planter):
    n = planter.name
    split = n("split")
    return f"""<!DOCTYPE html PUBLIC "{n("doctype")}">
<html><head><meta charset="utf-8"><title>{n("title")}</title><meta name="author" content="{n("meta")}">
<style>/* {n("style comment")} */ p::after {{ content: "{n("style string")}" }}</style>
<script>var x = "{n("script")}"; y = "{n("script escape").encode("unicode_escape").decode()}"</script>
<script type="application/json">{{"a": "{n("json script")}"}}</script>
<!-- {n("comment")} --><!--[if mso]><p>{n("conditional")}</p><![endif]--></head>
<body data-owner="{n("data")}" onload="f('{n("handler")}')" class={n("bare attribute")}>
<p>{split[:1]}<b>{split[1:2]}</b><span class="x">{split[2:3]}<!-- x --></span>{split[3:]}</p>
<p>{entities(n("entities"))}</p>
<img src="{n("src")}.png" alt="{n("alt")}" title='{n("title attribute")}'>
<input placeholder="{n("placeholder")}" value="{entities(n("value entities"))}">
<textarea><b>{n("textarea")}</textarea><noscript>{n("noscript")}</noscript>
<a href="/p?n={quote(n("percent"))}">x</a><a href="/p?n={quote(n("gbk percent").encode("gb18030"))}">x</a>
<a href="javascript:f('{n("javascript")}')">x</a><img src="data:image/svg+xml,<svg>{n("data address")}</svg>">
<iframe srcdoc="<p>{n("srcdoc")}</p>"></iframe><table><tr><th>姓名<td>{n("cell")}</table>
<svg><text><tspan>{n("svg")}</tspan></text><![CDATA[{n("cdata")}]]></svg><?php {n("instruction")} ?><!{n("bogus")}></{n("bogus end")}>
<p style="background: url({n("style attribute")})">x</p> 3 < {n("less than")}
<p {n("name of an attribute")}="1" 13912349876>x</p><iframe srcdoc="&lt;p title=&quot;{entities(n("entities in srcdoc")).replace("&", "&amp;")}&quot;&gt;"></iframe>
<meta property="og:{n("property")}" content="x"><meta http-equiv="refresh" content="0;url=/?{quote(n("refresh"))}"><base href="/{n("base")}/">
<template><p>{n("template")}</p></template><object data="{n("object")}"><param name="{n("parameter")}" value="{n("value of a parameter")}"></object>
<a href="mailto:{n("address")}@x.cn?subject={quote(n("subject"))}" ping="/{n("ping")}" download="{n("download")}.pdf" hreflang="{n("language")}">x</a>
<select><optgroup label="{n("group")}"><option value="{n("option")}" label="{n("label of an option")}">x</select><track label="{n("track")}">
<math><mtext>{n("formula")}</mtext><annotation>{n("annotation")}</annotation></math><svg><metadata>{n("metadata")}</metadata><a xlink:href="{n("xlink")}"/></svg>
<style>.b::before {{ content: "{"".join(f"{chr(92)}{ord(one):x} " for one in n("escaped style"))}" }} p {{ background: url(/{quote(n("address in a style"))}) }}</style>
</p{n("end of a tag")}></h{planter.phone("number at the end of a tag")}><h{planter.phone("name of an element")}>x &#{planter.phone("number of a character")};&amp{planter.phone("behind an entity")};
<img srcset="{n("picture set")}.png 2x" longdesc="{n("description")}"><xmp>{n("example")}</xmp><plaintext>{n("plain text")}
"""


def sheet(planter):
    n = planter.name
    split, name = n("split"), n("name of an element")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<?note {n("instruction")}?>
<root xmlns:x="urn:{quote(n("namespace"))}"><!-- {n("comment")} -->
<name kind="{n("attribute")}">{n("text")}</name><name>{entities(n("entities"))}</name>
<{name}><x {n("name of an attribute")}="1" i{planter.phone("number in a name")}="2"/></{name}><y:z xmlns:y="http://www.w3.org/{planter.phone("schema")}"/>
<p>{split[:2]}<unknown>{split[2:]}</unknown> 来诊</p><![CDATA[{n("cdata")} <b>]]>
<svg><text><tspan>{n("tspan")}</tspan></text><desc>{n("desc")}</desc><script><![CDATA[{n("script")}]]></script>
<style>a {{ content: "{n("style")}" }}</style><path d="M 0 0 L 10.25 3 Z" id="{n("id")}"/></svg></root>"""


def views(text):
    yield text
    yield unescape(text)
    yield unquote(unescape(text))
    yield unquote(text, encoding="gb18030", errors="ignore")


@pytest.mark.parametrize(("make", "suffix"), [(page, "html"), (sheet, "xml"), (sheet, "svg")])
def test_nothing_planted_survives_in_bytes_or_in_a_second_reader(tmp_path, make, suffix):
    planter = Planter()
    document = document_of(tmp_path / f"a.{suffix}", make(planter))
    out = tmp_path / f"out.{suffix}"

    write(document, replaced(document, planter.values), out)

    data = out.read_bytes()
    tree = html.document_fromstring(data) if suffix == "html" else etree.fromstring(data)
    second = ["".join(tree.itertext()), *(value for one in tree.iter() for value in one.attrib.values())]
    third = list(text_of(out, format=document.format))
    assert (
        survivors(planter.values, [v for text in (data.decode(), *second, *third) for v in views(text)])
        == set()
    )
    assert "〔替〕" in second[0]
    assert b"13912349876" not in data  # the name of an attribute


def test_names_in_latin_letters_are_read_where_elements_and_attributes_are_called_so(tmp_path):
    document = document_of(
        tmp_path / "a.xml", '<r><zhangsan_v2 ouyangJia="1"><name/></zhangsan_v2><t:Lisi xmlns:t="urn:x"/></r>'
    )

    text = rewritten(document, ["zhangsan", "ouyangJia", "Lisi"], tmp_path / "b.xml")

    assert not any(name in text for name in ("zhangsan", "ouyangJia", "Lisi"))
    assert etree.fromstring(text.encode()).xpath("count(//name)") == 1


def test_names_in_latin_letters_are_read_in_the_tags_of_pages(tmp_path):
    page = (
        '<html xmlns:zhangsan="urn:schemas-microsoft-com:office:office"><body><p data-Lisi="1" onzhangsan="2" '
        "class=a>正文</p><zhangsan:p>甲</ZHANGSAN:p><ouyangjia>乙</ouyangjia></body></html>"
    )
    document = document_of(tmp_path / "a.html", page)

    text = rewritten(document, ["zhangsan", "Lisi", "ouyangjia"], tmp_path / "b.html")

    assert not any(name in text.lower() for name in ("zhangsan", "lisi", "ouyangjia"))
    assert "class=a>正文</p><x_替_:p>甲</x_替_:p><x_替_>乙</x_替_></body>" in text


def test_an_attribute_that_says_what_a_text_says_is_changed_as_it_is(tmp_path):
    page = '<p data-from="山茶花" title=山茶花><b> 山茶花 </b>2024-03-05 10:12:33</p><img alt="山茶花的头像">'
    document = document_of(tmp_path / "a.html", page)
    [source] = [block.segments[0].source for block in document.blocks() if block.text.startswith(" 山")]

    write(document, {source: [Edit(1, 4, "〔替〕")]}, tmp_path / "b.html")

    written = (tmp_path / "b.html").read_text(encoding="utf-8")
    assert written.startswith('<p data-from="〔替〕" title="〔替〕"><b> 〔替〕 </b>2024')
    assert 'alt="山茶花的头像"' in written


@pytest.mark.parametrize("whole", ["2", "0", "9999999"])
def test_cells_stand_in_the_columns_that_they_have_beside_wide_and_tall_ones(tmp_path, whole):
    page = (
        f"<table><tr><th rowspan={whole if whole == '2' else 2}>序号<th colspan=' 2'>客户信息<th rowspan=2>诊断</tr>"
        f"<tr><th>姓名<th>手机</tr><tr><td rowspan={whole}>1<td>茯苓<td>138<td>肺癌<tr><td>当归<td>139<td>胃癌</table>"
    )

    cells = {
        block.text: (block.labels, block.table.column)
        for block in document_of(tmp_path / "a.html", page).blocks()
        if block.table
    }

    assert cells["茯苓"] == cells["当归"] == (("姓名",), 1)
    assert cells["胃癌"] == (("诊断",), 3)


def test_cells_of_a_workbook_of_excel_2003_have_the_labels_of_their_columns(tmp_path):
    def row(*cells):
        return (
            "<Row>"
            + "".join(f"<Cell{said}><Data ss:Type='String'>{text}</Data></Cell>" for said, text in cells)
            + "</Row>"
        )

    sheet = (
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        "<Worksheet ss:Name='a'><Table>"
        + row((" ss:MergeDown='1'", "序号"), (" ss:MergeAcross='1'", "客户信息"))
        + row(("", "姓名"), ("", "手机"), ("", "诊断"))
        + row(("", "1"), ("", "茯苓"), (" ss:Index='4'", "肺癌"))
        + "<Row><Cell/><Cell><Data ss:Type='String'>当归</Data></Cell><Cell><Data ss:Type='String'>139</Data></Cell></Row></Table></Worksheet></Workbook>"
    )

    blocks = document_of(tmp_path / "a.xml", sheet).blocks()
    cells = {block.text: (block.labels[:1], block.table.column) for block in blocks if block.table}

    assert cells["茯苓"] == cells["当归"] == (("姓名",), 1)
    assert cells["肺癌"] == (("诊断",), 3)


def test_a_field_has_the_label_before_it_without_a_colon_too(tmp_path):
    page = "<label>姓名</label><input value=茯苓><table><tr><td>责任医生<td><input type=text value='当归'></table>血压<p>正文<input value=x>"

    labels = {block.text: block.labels[:1] for block in document_of(tmp_path / "a.html", page).blocks()}

    assert (labels["茯苓"], labels["当归"], labels["x"]) == (("姓名",), ("责任医生",), ("value",))


def test_vocabularies_that_everybody_uses_keep_their_names(tmp_path):
    markup = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:h="http://www.w3.org/1999/xhtml" xmlns:p="http://zhangsan.example/ns"><use xlink:href="#a"/></svg>'
    )
    document = document_of(tmp_path / "a.svg", markup)

    assert [block.text for block in document.blocks() if "://" in block.text] == [
        "http://zhangsan.example/ns"
    ]
    assert not any("w3.org" in text for text in text_of(tmp_path / "a.svg", format="svg"))


@pytest.mark.parametrize("suffix", ["html", "htm", "xhtml"])
def test_a_page_that_begins_like_xml_and_is_none_is_read_as_browsers_do(tmp_path, suffix):
    page = '<?xml version="1.0" encoding="utf-8"?>\n<html><body><p>患者张三<br>复诊</body></html>'

    document = document_of(tmp_path / f"a.{suffix}", page)

    assert document.format == "html"
    assert "<p>患者〔替〕<br>复诊" in rewritten(document, ["张三"], tmp_path / "c.html")
    with pytest.raises(UnreadableDocument, match="not well formed"):
        document_of(tmp_path / "a.xml", page)


@pytest.mark.parametrize("space", ['xmlns="urn:病历"', 'xmlns:b="病 历"', 'xmlns:b="http://a b/"'])
def test_a_namespace_may_be_called_as_it_likes(tmp_path, space):
    document = document_of(tmp_path / "a.xml", f"<r {space}><x>张三</x></r>")

    assert rewritten(document, ["张三"], tmp_path / "b.xml") == f"<r {space}><x>〔替〕</x></r>"
    with pytest.raises(UnreadableDocument, match="not well formed"):
        document_of(tmp_path / "c.xml", f"<r {space}><x></r>")


@pytest.mark.parametrize(
    ("page", "new"),
    [
        (
            r"""<td style="mso-number-format:'\@'">张三</td>""",
            r"""<td style="mso-number-format:'\@'">〔替〕</td>""",
        ),
        (
            r"""<style>.a{font-family:"\5B8B\4F53"} .b:after{content:"\5f20\4e09 "}</style>""",
            r"""<style>.a{font-family:"\5B8B\4F53"} .b:after{content:"〔替〕"}</style>""",
        ),
        (
            r"""<p style='--a:&quot;\5f20 \004e09&quot;'>x</p>""",
            r"""<p style='--a:&quot;〔替〕&quot;'>x</p>""",
        ),
        (
            r"""<p style="--a:'&#92;5f20 &#x5c;4e09'">x</p>""",
            r"""<p style="--a:'〔替〕'">x</p>""",
        ),
        (
            r"""<style>.c{width:1px\9} .d\:e{color:red}</style>""",
            r"""<style>.c{width:1px\9} .d\:e{color:red}</style>""",
        ),
    ],
)
def test_escapes_of_styles_are_read_and_kept(tmp_path, page, new):
    page, new = (f"<html><body>{text}</body></html>" for text in (page, new))

    assert rewritten(document_of(tmp_path / "a.html", page), ["张三"], tmp_path / "b.html") == new
    assert any("张三" in text for text in text_of(tmp_path / "a.html", format="html")) == ("〔替〕" in new)


@pytest.mark.parametrize(
    "page",
    [
        "<style>p{font-family:宋体} h1{font:12px '华文楷体',\"方正小标宋简体\"}</style>",
        r'<style>p{font-family:"\5B8B\4F53"}</style>',
        '<p style="font-family:仿宋_GB2312;mso-ascii-font-family:黑体">x</p>',
        '<font face="宋体">x</font>',
    ],
)
def test_names_of_fonts_are_not_read_in_styles(tmp_path, page):
    blocks = document_of(tmp_path / "a.html", f"<html>{page}</html>").blocks()

    assert not any(re.search("[一-鿿]", block.text) for block in blocks)


def test_references_in_styles_of_xml_are_read(tmp_path):
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'><style>{}</style><text>x</text></svg>"
    style = "/* a */.a{content:'&#x5c;5f20&#x5c;4e09'}"

    text = rewritten(document_of(tmp_path / "a.svg", drawing.format(style)), ["张三"], tmp_path / "b.svg")

    assert text == drawing.format(".a{content:'〔替〕'}")


def test_somebody_in_a_style_is_read(tmp_path):
    page = '<html><p style="font-family:宋体,张三体;--a:张三">x</p></html>'

    assert "张三" not in rewritten(document_of(tmp_path / "a.html", page), ["张三"], tmp_path / "b.html")


def test_cells_of_old_workbooks_in_xml_that_are_no_number_any_more_are_called_texts(tmp_path):
    row = '<Row><Cell><Data ss:Type="{}">{}</Data></Cell><Cell><Data ss:Type="Number">5</Data></Cell></Row>'
    book = (
        '<?xml version="1.0"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{}</Workbook>'
    )
    (tmp_path / "a.xls").write_text(book.format(row.format("Number", "13912345678")), encoding="utf-8")

    text = rewritten(read(tmp_path / "a.xls", ref="#1"), ["13912345678"], tmp_path / "b.xls")

    assert text == book.format(row.format("String", "〔替〕"))


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.xls", "<meta charset=gbk><table><tr><td>姓名</td></tr></table>", "html"),
        ("a.doc", "<html><p>姓名</p></html>", "html"),
        ("a.et", '<?xml version="1.0"?><Workbook/>', "xml"),
        ("a.xls", "姓名\t电话\n张三\t1\n李四\t2\n", "csv"),
        ("a.wps", "患者张三", "txt"),
        ("a.doc", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n", "eml"),
        ("a.mht", "From: <Saved by Blink>\nMIME-Version: 1.0\n\nx\n", "eml"),
        ("a.xls", "\t\x08\x10\x00\x00\x06", ""),
    ],
)
def test_programs_call_pages_and_tables_files_of_office(tmp_path, name, text, kind):
    (tmp_path / name).write_text(text, encoding="gb18030")

    if kind:
        assert sniff(tmp_path / name) == kind
    else:
        with pytest.raises(UnsupportedDocument):
            sniff(tmp_path / name)


def test_an_emoji_that_a_phone_wrote_as_two_halves_stays(tmp_path):
    messages = (
        '<?xml version="1.0"?><smses><sms body="张三&#55357;&#56898;好" to="张三&#xD83D;&#xDE02;"/></smses>'
    )
    document = document_of(tmp_path / "a.xml", messages)

    text = rewritten(document, ["张三"], tmp_path / "b.xml")

    assert text.replace("〔替〕", "张三") == messages
    assert "张三" not in "".join(text_of(tmp_path / "b.xml", format="xml"))
    (tmp_path / "c.xml").write_text(messages.replace("<sms ", "<sms &#1; "))
    with pytest.raises(UnreadableDocument):
        read(tmp_path / "c.xml", ref="#1")


def test_names_that_become_one_stay_two(tmp_path):
    document = document_of(tmp_path / "a.xml", '<?xml version="1.0"?><r 张三="1" 李四="2"><张三/></r>')

    text = rewritten(document, ["张三", "李四"], tmp_path / "b.xml")

    assert etree.fromstring(text.encode()).attrib == {"_替_": "1", "_替_2": "2"}
    assert "<_替_/>" in text


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_a_page_without_anything_personal_keeps_its_bytes(tmp_path, codec):
    path, out = tmp_path / "a.html", tmp_path / "b.html"
    path.write_bytes(ORDINARY.replace("utf-8", codec).encode(codec))
    document = read(path, ref="#1")

    write(document, {}, out)

    assert out.read_bytes() == path.read_bytes()
    assert document.details["removed"] == {}


def test_text_over_tags_is_one_block_and_cells_know_their_headers(tmp_path):
    source = (
        "<p>患者<b>张</b>三&#20016;来诊</p><table><tr><th>姓名<th>电话<tr><td>李四<td>13800138000</table>"
    )
    document = document_of(tmp_path / "a.html", source)

    found = {block.text: block.labels for block in document.blocks() if not block.search_only}

    assert "患者张三丰来诊" in found
    assert (found["李四"], found["13800138000"]) == (("姓名",), ("电话",))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<p><span>13912345028</span><span>45</span><a>2024</a></p>"),
        ("a.html", "<p>第<b>3</b><b>13912345028</b></p>"),
        ("a.xml", "<r><phone>13912345028</phone><code>5028</code></r>"),
    ],
)
def test_a_number_that_touches_another_number_is_read_by_itself(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8")

    blocks = read(tmp_path / name, ref="#1").blocks()

    assert any("13912345028" in re.split("[^0-9]+", block.text) for block in blocks)


def test_elements_of_xml_name_their_text_and_stand_apart(tmp_path):
    document = document_of(
        tmp_path / "a.xml",
        '<?xml version="1.0"?><r><name>张三</name><phone>138</phone><f name="姓名">李四</f></r>',
    )

    found = {block.text: block.labels for block in document.blocks()}

    assert found["张三"][0] == "name"
    assert found["138"][0] == "phone"
    assert found["李四"][0] == "姓名"


@pytest.mark.parametrize(
    "inner",
    [
        "<r><rPr><rFonts/></rPr><t>电话1380</t></r><r><rPr><rFonts/><b/></rPr><t>013</t></r><proofErr/><r><t>8000</t></r>",
        "<r><t>电话1380</t></r><r><rPr><color></color></rPr><x></x><t>0138000</t></r>",
        "电话1380<lb/>013<pb n='2'/>8000",
        "<r><instrText>电话1380</instrText></r><r><instrText>0138000</instrText></r>",
        "电话<code>1380</code>0138000",
        "电话138<data>0013</data>8000",
    ],
)
def test_elements_of_xml_without_text_do_not_part_a_value(tmp_path, inner):
    document = document_of(tmp_path / "a.xml", f'<?xml version="1.0"?><p>{inner}</p>')

    new = rewritten(document, ["13800138000"], tmp_path / "b.xml")

    assert re.sub("<[^>]*>", "", new) == "电话〔替〕"


@pytest.mark.parametrize(
    "inner",
    [
        "<year>1380</year><count>0138000</count>",
        "<year>1380</year><x/><count>0138000</count>",
        "<row><x/><y>1380</y></row><row><x/><y>0138000</y></row>",
        "1380<tab/>0138000",
        "<price>1380</price><code>0138000</code>",
        "<code>1380</code><price>0138000</price>",
        "<time>1380</time><data>0138000</data>",
    ],
)
def test_fields_of_xml_stay_apart_whatever_is_empty_between_them(tmp_path, inner):
    document = document_of(tmp_path / "a.xml", f'<?xml version="1.0"?><r>{inner}</r>')

    texts = [block.text.strip() for block in document.blocks() if "+" not in block.id]

    assert "1380" in texts
    assert not any("13800138000" in text for text in texts)


def test_parts_of_a_telephone_are_one_whatever_they_are_called(tmp_path):
    inner = "<phone><area>138</area><mid>0013</mid><end>8000</end></phone><size><high>138</high><wide>0013</wide><deep>8000</deep></size>"
    document = document_of(tmp_path / "a.xml", f'<?xml version="1.0"?><r>{inner}</r>')

    texts = [block.text for block in document.blocks() if not block.search_only]

    assert texts.count("13800138000") == 1


def test_a_new_value_is_escaped_where_it_stands(tmp_path):
    document = document_of(tmp_path / "a.html", '<p title=张三>张三</p><a href="?n=%E5%BC%A0%E4%B8%89">x</a>')
    out = tmp_path / "b.html"

    write(document, replaced(document, ["张三"], '<"&'), out)

    assert out.read_text() == '<p title="&lt;&quot;&amp;">&lt;&quot;&amp;</p><a href="?n=%3C%22%26">x</a>'


def test_what_the_encoding_of_a_page_lacks_becomes_a_reference(tmp_path):
    path, out = tmp_path / "a.html", tmp_path / "b.html"
    path.write_bytes("<p>病人張三，電話已登記，請於明日上午覆診</p>".encode("big5"))
    document = read(path, ref="#1")

    write(document, replaced(document, ["張三"], "䶮"), out)

    assert "&#19886;" in out.read_bytes().decode("big5")


@pytest.mark.parametrize(
    "charset", ["us-ascii", "ISO-8859-1", "windows-1252", "GB2312", "GBK", "Big5", "utf-8"]
)
@pytest.mark.parametrize(
    "body",
    [
        '<a b="Wei Q">Wei Q</a>',
        "<a><![CDATA[Wei Q]]></a>",
        "<a><?x Wei Q?><b>Wei Q</b></a>",
        "<a style='font-family: &quot;Wei Q&quot;'>Wei Q</a>",
    ],
)
def test_what_is_written_into_xml_in_ascii_is_in_the_encoding_that_it_declares(tmp_path, charset, body):
    path, out = tmp_path / "a.xml", tmp_path / "b.xml"
    path.write_text(f'<?xml version="1.0" encoding="{charset}"?>\n{body}\n')
    document = read(path, ref="#1")

    write(document, replaced(document, ["Wei Q"], "〔姓名1䶮〕"), out)

    assert "".join(etree.parse(out).getroot().itertext()) == "〔姓名1䶮〕"
    assert "Wei Q" not in out.read_text("latin-1")


@pytest.mark.parametrize("charset", ["us-ascii", "gb2312", "x-gbk", "iso-8859-1", "utf-8", "utf-16"])
def test_what_is_written_into_a_page_in_ascii_is_in_the_encoding_that_it_declares(tmp_path, charset):
    path, out = tmp_path / "a.html", tmp_path / "b.html"
    records = "<script>var m = [{who: 'Wei Q', said: '\\u597d\\u7684'}]</script>"
    path.write_text(f'<html><head><meta charset="{charset}"></head><body><p>Wei Q</p>{records}</body></html>')
    document = read(path, ref="#1")

    write(document, replaced(document, ["Wei Q"], "〔姓名1〕"), out)

    codec = {"x-gbk": "gbk", "utf-16": "ascii"}.get(charset, charset)
    page = unescape(out.read_bytes().decode(codec))
    assert "<p>〔姓名1〕</p>" in page
    assert "好的" in page


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a.html", '<meta charset="utf-8"><p>Ѧ да</p>'),
        ("a.html", '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><p>Ѧ да</p>'),
        ("a.xml", '<?xml version="1.0" encoding="utf-8"?><a>Ѧ да</a>'),
        ("a.xml", "<a>да</a>"),
    ],
)
def test_a_page_that_says_that_it_is_in_utf8_is_believed(tmp_path, name, page):
    (tmp_path / name).write_text(page, "utf-8")

    assert read(tmp_path / name, ref="#1").details["encoding"].codec == "utf-8"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a.html", '<meta charset="gbk"><p>小谢</p>'),
        ("a.html", "<p>谢平</p>"),
        ("a.xml", '<?xml version="1.0" encoding="gb2312"?><a>小谢</a>'),
    ],
)
def test_a_page_in_gbk_is_read_as_such_however_short(tmp_path, name, page):
    (tmp_path / name).write_text(page, "gbk")

    assert read(tmp_path / name, ref="#1").details["encoding"].codec == "gb18030"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.xml", '<?xml version="1.0"?><a><b></a>'),
        ("a.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY n "张三">]><a>&n;</a>'),
        ("a.html", '<meta charset="utf-7"><p>+XyBOCQ-</p>'),
        ("a.html", "<p>x</p><img alt='张三"),
    ],
)
def test_markup_that_cannot_be_read_for_sure_is_refused(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableDocument) as error:
        read(tmp_path / name, ref="#1")

    assert "张三" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.txt", "<!DOCTYPE html><p>x", "html"),
        ("a.txt", "<?xml version='1.0'?><svg xmlns='x'/>", "svg"),
        ("a.html", "<?xml version='1.0'?><html/>", "xml"),
        ("a.htm", "<p>x", "html"),
        ("a.txt", "a < b", "txt"),
    ],
)
def test_content_says_what_kind_of_markup_it_is(tmp_path, name, text, kind):
    (tmp_path / name).write_text(text)

    assert sniff(tmp_path / name) == kind


@pytest.mark.parametrize("written", ["<{}>", "< {}>", "<Wang {}>", "<http://example.com/{}>", "<a.b{}>"])
def test_what_people_write_in_angle_brackets_is_text(tmp_path, written):
    text = f"<html><p>发件人 {written.format('wang@163.com')} 收</p><o:p>x</o:p><st1:place w:st='on'>y</st1:place></html>"
    document = document_of(tmp_path / "a.html", text)

    new = rewritten(document, ["wang@163.com"], tmp_path / "b.html")

    assert new == text.replace("wang@163.com", "〔替〕")


@pytest.mark.parametrize("name", ["a.xml", "a.html"])
def test_short_texts_in_base64_are_left_out(tmp_path, name):
    text = b64encode("患者张三".encode() * 2).decode()
    document = document_of(
        tmp_path / name, f'<r><a data-x="{text}" id="Gastroenterology">{text}</a><p>复诊</p></r>'
    )

    written = rewritten(document, ("没有这个",), tmp_path / "out")

    assert text not in written
    assert "Gastroenterology" in written
    assert "复诊" in written
    assert document.details["removed"] == {"embedded file": 2}


def test_spaces_around_a_word_cost_no_time(tmp_path):
    gap = " " * 20_000
    document = document_of(tmp_path / "a.html", f"<p>{gap}A1{gap}复诊</p>")

    written = rewritten(document, ("没有这个",), tmp_path / "out")

    assert "A1" in written


@pytest.mark.parametrize("name", ["a.xml", "a.html"])
@pytest.mark.parametrize("end", ["&#13;\n", "&#xD;&#xA;"])
def test_files_in_base64_with_ends_of_lines_as_references_are_left_out(tmp_path, name, end):
    photo = b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(256))).decode()
    lines = end.join(photo[start : start + 76] for start in range(0, len(photo), 76))
    document = document_of(tmp_path / name, f'<r><a data-x="{lines}">{lines}</a><p>复诊</p></r>')

    written = rewritten(document, ("没有这个",), tmp_path / "out")

    assert photo[:20] not in written
    assert photo[80:100] not in written
    assert document.details["removed"] == {"embedded file": 2}


@pytest.mark.parametrize("name", ["a.xml", "a.html"])
def test_files_in_addresses_within_a_text_are_left_out(tmp_path, name):
    photo = b64encode(bytes(range(256))).decode()
    document = document_of(tmp_path / name, f"<p>复诊 &lt; ![](data:image/png;base64,{photo}) 已取</p>")

    written = rewritten(document, ("已取",), tmp_path / "out")

    assert "<p>复诊 &lt; ![](data:,) 〔替〕</p>" in written
    assert document.details["removed"] == {"embedded file": 1}


@pytest.mark.parametrize("page", ["<p>电话<b>13912345678</b><a>Call</a></p>", "<p><b>Tel</b>13912345678</p>"])
def test_a_number_beside_a_word_of_another_element_is_read_alone(tmp_path, page):
    (tmp_path / "a.html").write_text(f"<html>{page}</html>", "utf-8")

    texts = [block.text for block in read(tmp_path / "a.html", ref="#1").blocks()]

    assert any(re.search(r"(?<![A-Za-z])13912345678(?![A-Za-z])", text) for text in texts)
    assert any(re.search(r"13912345678Call|Tel13912345678", text) for text in texts)


@pytest.mark.parametrize(
    "cell",
    [
        '<td {}="45" class=a>45</td>',
        "<td class='a' {}='45'><b>45</b></td>",
        "<TH {}=45 class=a>45</TH>",
        '<td x:str="45" {}="45" class=a>45</td>',
    ],
)
@pytest.mark.parametrize("name", ["sdval", "x:num", "data-order"])
def test_the_value_of_a_cell_goes_with_what_it_shows(tmp_path, cell, name):
    cell = cell.format(name)
    page = f"<html><table><tr>{cell}</tr><tr>{cell.replace('45', '46')}</tr></table></html>"
    document = document_of(tmp_path / "a.html", page)

    new = rewritten(document, ["45"], tmp_path / "b.html")

    assert "45" not in new
    assert new.count(name) == 1
    assert cell.replace("45", "46") in new
    assert re.search(r"<t[dh] class=['\"]?a['\"]? ?>(<b>)?〔替〕", new, re.IGNORECASE)
    write(document, {}, tmp_path / "c.html")
    assert (tmp_path / "c.html").read_text() == page


def test_nothing_planted_in_a_style_sheet_survives_and_what_is_not_personal_stays(tmp_path):
    planter = Planter()
    n = planter.name
    plain = """@charset "utf-8";\n@media (max-width: 600px) { body { margin: 0 auto; font-family: 宋体, "Microsoft YaHei" } }\n"""
    escaped = "".join(f"\\{ord(one):x} " for one in n("escaped"))
    style = f"""{plain}.a::before {{ content: "{n("shown")}" }}
.b::after {{ content: "{escaped}" }} .{n("class")} {{ width: 1px }} /* {n("comment")} */
.c {{ background: url(https://x.cn/{quote(n("address"))}.png) }} .d {{ src: url(data:a/b;base64,{n("file")}) }}
"""
    path, out = tmp_path / "a.css", tmp_path / "b.css"
    path.write_text(style, "utf-8")
    document = read(path, ref="#1")

    write(document, replaced(document, planter.values), out)

    new = out.read_text("utf-8")
    assert document.format == "css"
    assert survivors(planter.values, [new, unquote(new), *text_of(out)]) == set()
    assert new.startswith(plain)
    assert escaped not in new
    assert survivors(planter.values, text_of(path)) == set(planter.values.values())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('sdval="45502" sdnum="1033;0;DD.MM.YY"', "29.07.24"),
        ("x:num=45502.5", "7/29/2024"),
        ("data-sheets-value='{&quot;1&quot;:3,&quot;3&quot;:45502}'", "24-7-29"),
        ('data-order="2024-07-29T08:00"', "29/07/24"),
    ],
)
def test_a_cell_that_shows_a_day_in_an_order_of_its_own_is_the_day_that_its_value_says(
    tmp_path, value, shown
):
    page = f"<html><table><tr><th>入院日期</th><td {value}>{shown} 13:05</td></tr></table></html>"
    document = document_of(tmp_path / "a.html", page)
    block = next(block for block in document.blocks() if block.text.endswith("13:05"))

    assert block.text == "2024-07-29 13:05"
    for edit in (Edit(0, 10, "2024-07"), Edit(7, 10, "")):
        write(document, {block.segments[0].source: [edit]}, tmp_path / "b.html")
        assert re.search(r"<td(?: sdnum=\S+)?\s*>2024-07 13:05</td>", (tmp_path / "b.html").read_text())
    write(document, {}, tmp_path / "c.html")
    assert (tmp_path / "c.html").read_text() == page


def test_what_a_cell_shows_is_read_as_it_stands_where_its_value_is_another_day(tmp_path):
    page = '<html><table><tr><td sdval="45503">29.07.24</td></tr><tr><td>29.07.24</td></tr></table></html>'

    texts = [block.text for block in document_of(tmp_path / "a.html", page).blocks()]

    assert texts.count("29.07.24") == 2


_STRAYS = "<!DOCTYPE html>\n<html><meta charset={}><body><p>\x07患者：赵\x01思远，\x03\x04电话138\x050013\x088000</p></body></html>"
"""LibreOffice writes control characters where fields and bookmarks are."""


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("suffix", ["html", "htm", "xhtml", "txt"])
def test_control_characters_of_a_page_are_left_out_and_part_no_value(tmp_path, suffix, codec):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(_STRAYS.format(codec).encode(codec))

    document = read(path, ref="#1")
    write(document, {}, tmp_path / "out.html")

    assert document.format == "html"
    assert document.details["removed"] == {"control character": 6}
    assert "患者：赵思远，电话13800138000" in [block.text for block in document.blocks()]
    assert "<p>患者：赵思远，电话13800138000</p>" in (tmp_path / "out.html").read_text(codec)


@pytest.mark.parametrize(
    "data",
    [
        _STRAYS.encode().replace(b"\x04", b"\0"),
        _STRAYS.encode().replace(b"\x04", b"\x0e"),
        b"<html>" + bytes(range(1, 9)) * 9,
    ],
)
def test_a_page_with_more_than_strays_is_refused(tmp_path, data):
    path = tmp_path / "a.html"
    path.write_bytes(data)

    with pytest.raises(UnreadableDocument, match=r"control characters|binary"):
        read(path, ref="#1")


def test_references_to_control_characters_part_no_value(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<p>患者：赵&#1;思远，电话138&#x5;00138000</p>", "utf-8")

    (text,) = [shadow(block.text).text for block in read(path, ref="#1").blocks()]

    assert text == "患者:赵思远,电话13800138000"


@pytest.mark.parametrize(
    "page",
    [
        '<html><ul><li data-value="1">a</li></ul><button data-text="x">c</button><p>{}</p></html>',
        "<html><table><tr><td>use data-value=<b>x</b>{}</td></tr></table></html>",
        '<html><table><tr><td data-value="1">a</td></tr></table><i data-value="2">b</i>{}</html>',
    ],
)
def test_what_is_no_value_of_the_cell_stays(tmp_path, page):
    document = document_of(tmp_path / "a.html", page.format("45"))

    assert rewritten(document, ["45"], tmp_path / "b.html") == page.format("〔替〕")


@pytest.mark.parametrize(
    ("names", "whole"),
    [
        ("<name><family>茯</family><given>苓</given></name>", ["茯苓"]),
        ("<name>\n<family>茯</family>\n<given>苓</given>\n</name>", ["茯苓"]),
        ("<name><given>芪</given><family>黄</family></name><sex>1</sex><name><given>三</given><family>张</family></name>", ["黄芪", "张三"]),
        ("<lastName>欧阳</lastName><firstName>平安</firstName>", ["欧阳平安"]),
        ("<name><family>茯</family></name><ward><given>苓</given></ward>", []),
    ],
)  # fmt: skip
def test_elements_that_are_called_parts_of_a_name_are_one(tmp_path, names, whole):
    document = document_of(tmp_path / "a.xml", f"<patient>{names}</patient>")

    assert [block.text for block in document.blocks() if "姓名" in block.labels] == whole


def test_parts_of_two_names_are_not_read_as_one(tmp_path):
    one, two = (
        "<name><family>{}</family><given>{}</given></name>".format(*name) for name in ("茯苓", "黄芪")
    )
    document = document_of(tmp_path / "a.xml", f"<a>{one}<b><c>{two}</c></b></a>")

    assert not any(len(block.text) > 2 for block in document.blocks() if not block.search_only)


def test_a_term_of_a_list_says_what_is_said_of_it(tmp_path):
    page = "<dl><dt>患者</dt><dd>云朵</dd><dt>处方</dt><dd>茯苓15g</dd></dl><p>好转</p>"

    document = document_of(tmp_path / "a.html", page)

    labels = {block.text: block.labels for block in document.blocks()}
    assert (labels["云朵"], labels["茯苓15g"], labels["好转"]) == (("患者",), ("处方",), ())


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ('<div class="row">{}</div>', '<div class="cell">{}</div>'),
        ('<li class="list-item">{}</li>', "<span>{}</span>"),
        ('<div role="row">{}</div>', '<span role="cell">{}</span>'),
        ('<div style="display: table-row">{}</div>', "<p>{}</p>"),
    ],
)
def test_a_table_may_be_made_of_other_elements(tmp_path, row, cell):
    rows = [("姓名", "电话", "用药"), ("平安", "138", "黄芪"), ("石头", "139", "白术")]
    page = "".join(row.format("".join(map(cell.format, texts))) for texts in rows)

    document = document_of(tmp_path / "a.html", f"<div>{page}</div><p>好转</p>")

    labels = {block.text: block.labels for block in document.blocks()}
    for text, label in zip(
        ("平安", "138", "黄芪", "石头", "好转"), ("姓名", "电话", "用药", "姓名", ""), strict=True
    ):
        assert labels[text] == ((label,) if label else ())


def test_forms_of_rows_are_told_from_columns_of_the_page(tmp_path):
    page = (
        '<div class="row"><div><h3>小结</h3><p>石头在门口等了很久</p></div><div><p>天气</p></div></div>'
        '<div class="row"><div>姓名</div><div>平安</div><div>处方</div><div>黄芪</div></div>'
        '<div class="row"><div>电话</div><div>138</div><div>诊断</div><div>胃炎</div></div>'
    )

    document = document_of(tmp_path / "a.html", page)

    labels = {block.text: block.labels for block in document.blocks() if block.labels and block.text != "row"}
    assert labels == {"平安": ("姓名",), "黄芪": ("处方",), "138": ("电话",), "胃炎": ("诊断",)}


def test_a_word_that_looks_part_in_a_row_is_read_whole(tmp_path):
    rows = ("患者<b>欧</b><i>阳</i>平安来诊", "<b>欧阳</b><i>石头</i>")
    page = "".join(f'<div class="row">{row}</div>' for row in (*rows, *rows))

    document = document_of(tmp_path / "a.html", page)

    assert {"患者欧阳平安来诊", "欧阳石头"} <= {block.text for block in document.blocks()}


@pytest.mark.parametrize(
    ("record", "is_somebody"),
    [
        ("<row><name>茯苓</name><sex>女</sex></row>", True),
        ("<p><xm>茯苓</xm><xb>女</xb></p>", True),
        ('<row xm="茯苓" xb="女"/>', True),
        ("<patient><name>茯苓</name><note>x</note></patient>", True),
        ("<row><name>茯苓</name><dosage>15g</dosage></row>", False),
    ],
)
def test_whose_name_an_element_holds_is_told_by_those_beside_it(tmp_path, record, is_somebody):
    (tmp_path / "a.xml").write_text(f"<rows>{record}{record}</rows>", "utf-8")

    labels = [block.labels for block in read(tmp_path / "a.xml", ref="#1").blocks() if block.text == "茯苓"]

    assert len(labels) == 2
    assert all(("姓名" in found) == is_somebody for found in labels)


@pytest.mark.parametrize(
    "fields", ["<price>15</price><code>310300012</code>", "<code>15</code><time>310300012</time>"]
)
def test_fields_of_xml_that_are_called_as_what_pages_have_within_a_line_stand_apart(tmp_path, fields):
    path = tmp_path / "a.xml"
    path.write_text(f'<?xml version="1.0"?>\n<items><item>{fields}</item></items>\n')

    texts = [block.text.strip() for block in read(str(path), ref="x").blocks()]

    assert {"15", "310300012"} <= set(texts)
    assert "15310300012" not in texts
