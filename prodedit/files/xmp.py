# SPDX-License-Identifier: Apache-2.0
"""The XMP packet that tells how a picture came about, for marketplaces and laws that ask for it."""

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

# https://cv.iptc.org/newscodes/digitalsourcetype/
SOURCE_TYPES = frozenset(
    {
        "algorithmicMedia",
        "algorithmicallyEnhanced",
        "composite",
        "compositeCapture",
        "compositeSynthetic",
        "compositeWithTrainedAlgorithmicMedia",
        "computationalCapture",
        "dataDrivenMedia",
        "digitalCapture",
        "digitalCreation",
        "humanEdits",
        "negativeFilm",
        "positiveFilm",
        "print",
        "screenCapture",
        "trainedAlgorithmicMedia",
        "virtualRecording",
    }
)
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/{source_type}"/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def provenance_packet(source_type: str) -> bytes:
    """XMP with IPTC's DigitalSourceType; b"" for "". Problem("unknown-provenance") for others."""
    if not source_type:
        return b""
    if source_type not in SOURCE_TYPES:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "There is no kind of picture called “{name}”."),
            code="unknown-provenance",
            name=source_type,
        )
    return _PACKET.format(source_type=source_type).encode()
