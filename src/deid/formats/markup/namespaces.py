"""Names of vocabularies of XML that everybody uses: without them a drawing shows nothing and a program reads nothing."""

from __future__ import annotations

import re

from deid.formats.odf.vocabulary import is_known

_PUBLIC = frozenset(
    """
    http://www.w3.org/1999/xhtml http://www.w3.org/1999/xlink http://www.w3.org/1998/Math/MathML
    http://www.w3.org/1999/XSL/Transform http://www.w3.org/1999/XSL/Format http://www.w3.org/2000/xmlns/
    http://www.w3.org/1999/02/22-rdf-syntax-ns# http://www.w3.org/2000/01/rdf-schema# http://www.w3.org/2002/07/owl#
    http://www.w3.org/2004/02/skos/core# http://www.w3.org/2001/xml-events http://www.w3.org/2000/09/xmldsig#
    http://www.w3.org/2001/04/xmlenc# http://www.w3.org/2003/05/soap-envelope http://www.w3.org/2001/XInclude
    http://www.w3.org/2001/SMIL20/ http://www.w3.org/ns/ttml http://www.w3.org/2007/app
    http://schemas.xmlsoap.org/soap/envelope/ http://schemas.xmlsoap.org/soap/encoding/ http://schemas.xmlsoap.org/wsdl/
    http://schemas.xmlsoap.org/wsdl/soap/ http://www.sitemaps.org/schemas/sitemap/0.9 http://docbook.org/ns/docbook
    http://creativecommons.org/ns# http://web.resource.org/cc/ http://ogp.me/ns# http://schema.org/ http://xmlns.com/foaf/0.1/
    http://purl.org/rss/1.0/ http://purl.org/rss/1.0/modules/content/ http://search.yahoo.com/mrss/
    http://www.itunes.com/dtds/podcast-1.0.dtd http://www.idpf.org/2007/ops http://www.idpf.org/2007/opf
    http://www.daisy.org/z3986/2005/ncx/ urn:oasis:names:tc:opendocument:xmlns:container
    http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd http://www.inkscape.org/namespaces/inkscape
    http://www.bohemiancoding.com/sketch/ns http://ns.adobe.com/AdobeIllustrator/10.0/ http://ns.adobe.com/AdobeSVGViewerExtensions/3.0/
    http://ns.adobe.com/Graphs/1.0/ http://ns.adobe.com/Extensibility/1.0/ http://ns.adobe.com/Flows/1.0/ http://ns.adobe.com/xap/1.0/
    adobe:ns:meta/ http://xml.apache.org/fop/extensions http://schemas.android.com/apk/res/android
    http://www.opengis.net/gml http://www.opengis.net/kml/2.2 http://www.topografix.com/GPX/1/1 http://earth.google.com/kml/2.0
    http://xml.openoffice.org/svg/export http://java.sun.com/xml/ns/javaee http://xmlns.jcp.org/xml/ns/javaee urn:hl7-org:v3 urn:hl7-org:v2xml
    http://hl7.org/fhir urn:ietf:params:xml:ns:xmpp-streams uuid:BDC6E3F0-6DA3-11d1-A2A3-00AA00C14882
    uuid:C2F41010-65B3-11d1-A29F-00AA00C14882 #RowsetSchema http://www.gnumeric.org/v10.dtd
    http://www.xbrl.org/2003/instance http://www.xbrl.org/2003/linkbase http://www.collada.org/2005/11/COLLADASchema
    """.split()
)
_VERSIONED = re.compile(
    r"http://maven\.apache\.org/[A-Z]{3,10}/[0-9.]{3,5}|http://www\.springframework\.org/schema/[a-z]{2,8}"
)


def is_public(uri: str) -> bool:
    """Whether a vocabulary is called so.

    >>> is_public("http://www.w3.org/1999/xlink"), is_public("http://www.w3.org/1999/zhangsan")
    (True, False)
    """
    return uri in _PUBLIC or _VERSIONED.fullmatch(uri) is not None or is_known(uri)
