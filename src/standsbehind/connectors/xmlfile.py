"""An XML copy: read whole, with nothing in it that reaches out of the file or grows in memory."""

from lxml import etree

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import Copy
from standsbehind.errors import SourceError

__all__ = ["parsed", "refuse_document_type"]


def parsed(copy: Copy) -> etree._Element:
    """Read the copy without comments and return its root.

    Raises SourceError where it is cut off, is a web page, or declares a document type.
    """
    refuse_web_page(copy, "XML", is_xml=True)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(copy.content, parser)
    except etree.XMLSyntaxError as error:
        line = error.position[0]
        message = f"{copy.name}:{line}: not whole XML ({error.msg}); fetch it again"
        raise SourceError(message) from error
    refuse_document_type(copy, root)
    return root


def refuse_document_type(copy: Copy, root: etree._Element) -> None:
    """Raise SourceError where the file declares one: no list does, and bombs need one."""
    if root.getroottree().docinfo.internalDTD is not None:
        message = (
            f"{copy.name}: declares a document type, which the list never does; "
            "refused: fetch the file from the publisher"
        )
        raise SourceError(message)
