"""Have the index name people as the site does, whatever single events call them."""

from collections.abc import Iterable
from typing import Final

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from ...core.names import initial
from ..domain import EventDomain, event_domain
from ..domain.data import IndexedPerson, ObjectName

#: An entry of Sphinx's index: its type, what it says, its target, whether it is the main one, and
#: the heading that it stands below.
IndexEntry = tuple[str, str, str, str, str | None]
#: The attribute of the nodes of entries that are made here: the session.
OF_SESSION: Final = "event_session"


def index_entries(people: Iterable[IndexedPerson]) -> list[IndexEntry]:
    """Return the entries of people."""
    return [
        # A semicolon would separate an entry from its subentry.
        ("single", one.name.replace(";", ","), one.anchor, "", initial(one.reading or one.name))
        for one in people
    ]


def name_entries(_app: Sphinx, env: BuildEnvironment) -> None:
    """Name the people in the index when it is known who is one; other entries stay as they are."""
    domain = event_domain(env)
    docnames: Iterable[str] = domain.facts_before
    if domain.note_state("index", domain.subjects.sources):
        docnames = domain.indexed
        domain.known_people.clear()
    entries = env.domains.index_domain.entries
    for docname in docnames:
        if people := [_as_known(domain, one) for one in domain.indexed.get(docname, ())]:
            anchors = {one.anchor for one in people}
            others = [one for one in entries.get(docname, ()) if one[2] not in anchors]
            entries[docname] = [*others, *index_entries(people)]


def _as_known(domain: EventDomain, one: IndexedPerson) -> IndexedPerson:
    """Return a person by the name that the site gives them."""
    key = one.name, one.session
    if key not in domain.known_people:
        found = domain.subjects.all.find("person", one.name, *one.session)
        reading = next(iter(found.readings), "") if found else ""
        domain.known_people[key] = found.name if found else one.name, reading
    name, reading = domain.known_people[key]
    return one._replace(name=name, reading=reading or one.reading)


class IndexedPeople(SphinxPostTransform):
    """Name people in the index of LaTeX and Texinfo, which is made of the pages themselves."""

    default_priority = 5
    formats = ("latex", "texinfo")

    def run(self, **kwargs: object) -> None:
        domain = event_domain(self.env)
        for node in self.document.findall(addnodes.index):
            if session := node.get(OF_SESSION):
                names = [entry[1] for entry in node["entries"]]
                node["entries"] = index_entries(
                    _as_known(domain, IndexedPerson(node["entries"][0][2], name, "", session))
                    for name in names
                )


def note_indexed(
    domain: EventDomain, docname: str, session: ObjectName, anchor: str, people: str
) -> addnodes.index:
    """Note the people of a session.

    :param domain: The domain of events.
    :param docname: The page.
    :param session: The session.
    :param anchor: Where its section, its facts or its card is.
    :param people: Their names and readings, one a line with a tab between.
    :returns: The node of their entries.
    """
    found = [
        IndexedPerson(anchor, name, reading, session)
        for name, reading in (line.split("\t") for line in people.splitlines())
    ]
    domain.indexed.setdefault(docname, []).extend(found)
    index = addnodes.index(entries=index_entries(found))
    index[OF_SESSION] = session
    return index
