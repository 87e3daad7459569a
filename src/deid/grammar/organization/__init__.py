"""Names of hospitals, companies, schools and authorities, by the word that closes them.

    医疗机构 = [行政区][大学/军队/企业][附属][字号/序数][专科] 医院|卫生院|诊所|… [分院/院区]

after 医疗机构管理条例实施细则 (a name is made of a recognising part and a general part), and the same for
companies after 企业名称登记管理规定. A general part alone (县医院, 三甲医院, 该公司, 某小学) names nobody and
is left out. The beginning is found as in `address`: back to a word that stands in no name.

Offsets are those of the text given, which is a shadow text: ASCII punctuation, simplified script.
In order of the flow: `closing` words, the `start` of a name and its `score`; bodies in `short`; and `find`.
"""

from deid.grammar.organization.find import find_organizations
from deid.grammar.organization.match import OrganizationMatch

__all__ = ["OrganizationMatch", "find_organizations"]
