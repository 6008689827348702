"""Graph files: the entities and links of a snapshot as GraphML and as GEXF, with their evidence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from standsbehind.graph.reader import Reader
from standsbehind.model.citation import Citation
from standsbehind.model.dates import earliest, latest
from standsbehind.reports.exports.walked import Link, links, nodes_of_links

__all__ = ["gexf", "graphml", "in_a_line"]

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped (section 2.2)."""
_NODE = {
    "label": "string",
    "schema": "string",
    "countries": "string",
    "listed": "boolean",
}
_EDGE = {
    "label": "string",
    "schema": "string",
    "start": "string",
    "end": "string",
    "voice": "string",
    "origins": "int",
    "amount": "string",
    "summary": "string",
    "sources": "string",
}
Values = Mapping[str, str | int | bool]


def graphml(reader: Reader, day: date | None = None) -> Iterator[str]:
    """Write a directed graph as GraphML 1.0, entities before links.

    Only entities with a link are nodes. Of a link the dates stand as its sources give them.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for kind, columns in (("node", _NODE), ("edge", _EDGE)):
        for name, form in columns.items():
            yield (
                f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" '
                f'attr.type="{form}"/>\n'
            )
    yield f'<graph id={_quoted(reader.snapshot.id)} edgedefault="directed">\n'
    for key in nodes_of_links(reader, day):
        data = _graphml_data("node", _node(reader, key))
        yield f"<node id={_quoted(key)}>{data}</node>\n"
    for link in links(reader, day):
        data = _graphml_data("edge", _edge(link))
        ends = f"source={_quoted(link.source)} target={_quoted(link.target)}"
        yield f"<edge id={_quoted(_edge_id(link))} {ends}>{data}</edge>\n"
    yield "</graph>\n</graphml>\n"


def gexf(reader: Reader, day: date | None = None) -> Iterator[str]:
    """Write a directed graph as GEXF 1.3, with the days on which links may hold."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
    for kind, columns in (("node", _NODE), ("edge", _EDGE)):
        yield f'<attributes class="{kind}">\n'
        for name, form in columns.items():
            of = "integer" if form == "int" else form
            yield f'<attribute id="{kind}-{name}" title="{name}" type="{of}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for key in nodes_of_links(reader, day):
        values = _node(reader, key)
        named = f"id={_quoted(key)} label={_quoted(values['label'])}"
        yield f"<node {named}>{_gexf_values('node', values)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for link in links(reader, day):
        values = _edge(link)
        named = (
            f"id={_quoted(_edge_id(link))} source={_quoted(link.source)} "
            f"target={_quoted(link.target)} label={_quoted(values['label'])}"
        )
        yield f"<edge {named}{_spell(link)}>{_gexf_values('edge', values)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def in_a_line(citations: Sequence[Citation]) -> str:
    """Name sources in one line: publisher, date and address of each."""
    return "; ".join(
        ", ".join(filter(None, (one.publisher, one.published, one.url)))
        for one in citations
    )


def _node(reader: Reader, key: str) -> Values:
    row = reader.entities[key]
    return {
        "label": row["caption"],
        "schema": row["schema"],
        "countries": " ".join(row["countries"] or ()),
        "listed": reader.is_designated(key),
    }


def _edge(link: Link) -> Values:
    edge = link.edge
    return {
        "label": edge.role,
        "schema": edge.schema,
        "start": edge.interval.start or "",
        "end": edge.interval.end or "",
        "voice": str(edge.status),
        "origins": len(edge.origins),
        "amount": edge.amount,
        "summary": edge.summary,
        "sources": in_a_line(edge.citations),
    }


def _edge_id(link: Link) -> str:
    """Name a link; an edge with several ends stands more than once, and its id once only."""
    return f"{link.edge.id} {link.number}"


def _graphml_data(kind: str, values: Values) -> str:
    return "".join(
        f'<data key="{kind}-{name}">{_escaped(_written(value))}</data>'
        for name, value in values.items()
        if value != ""
    )


def _gexf_values(kind: str, values: Values) -> str:
    found = "".join(
        f'<attvalue for="{kind}-{name}" value={_quoted(_written(value))}/>'
        for name, value in values.items()
        if value != ""
    )
    return f"<attvalues>{found}</attvalues>"


def _spell(link: Link) -> str:
    """Write the first and the last day on which a link may hold, as GEXF wants whole dates."""
    start, end = link.edge.interval.start, link.edge.interval.end
    days = {"start": start and earliest(start), "end": end and latest(end)}
    return "".join(f' {name}="{day}"' for name, day in days.items() if day)


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _escaped(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _quoted(text: object) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", str(text)))
