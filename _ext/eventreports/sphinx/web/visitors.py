"""HTML visitors of what only pages of web sites have: covers, signs, folds, figures, bars."""

import posixpath
import re
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _ as _sphinx
from sphinx.writers.html5 import HTML5Translator

from ...render.covers import Size, cover
from ...render.icons import svg
from ...render.labels import _
from ...render.nodes import (
    counted,
    event_cover,
    event_figures,
    event_icon,
    event_initials,
    event_logo,
    fact,
    fold,
    note_picture,
    page_links,
    player,
    repeated_date,
    search_field,
    session_bar,
    title_text,
    year_bar,
    year_list,
)
from .titles import with_breaks

#: Characters of days on a cover that leave room beside them: 24–25 reaches the moon of a small one.
_LONG = 4


def setup(app: Sphinx) -> None:
    """Register the nodes with their visitors."""
    app.add_node(event_cover, html=(_visit_event_cover, None))
    app.add_node(event_icon, html=(_visit_icon, None))
    app.add_node(event_initials, html=(_visit_initials, None))
    app.add_node(event_figures, html=(_visit_figures, None))
    app.add_node(session_bar, html=(_visit_session_bar, None))
    app.add_node(repeated_date, html=(_skip, None))
    app.add_node(search_field, html=(_visit_search_field, None))
    app.add_node(year_list, html=(_visit_year_list, _depart_year_list))
    app.add_node(year_bar, html=(_visit_year_bar, None))
    app.add_node(counted, html=(_visit_counted, _depart_counted))
    app.add_node(title_text, html=(_visit_title_text, None))
    app.add_node(player, html=(_visit_player, None))
    for image in (event_logo, note_picture):
        app.add_node(image, html=(_visit_picture, HTML5Translator.depart_image))
    app.add_node(fact, html=(_visit_fact, _depart_fact))
    app.add_node(fold, html=(_visit_fold, _depart_fold))
    app.add_node(page_links, html=(_visit_page_links, _depart_page_links))


def _visit_event_cover(self: HTML5Translator, node: nodes.Element) -> None:
    """Write a cover or the picture that is shown instead, and the day over it.

    The day also stands beside, for those who do not see covers.
    """
    size = Size[node["size"]]
    kind = f"event-cover-frame event-cover-{size.name.lower()}"
    self.body.append(self.starttag(node, "div", CLASS=kind))
    if image := next(node.findall(nodes.image), None):
        name = self.builder.images[image["uri"]]
        source = posixpath.join(self.builder.imgpath, quote(name))
        width, height = size.value
        # The others are what one sees first.
        loading = {"loading": "lazy"} if size is Size.CARD else {}
        self.body.append(
            self.emptytag(
                nodes.image(),
                "img",
                CLASS="event-cover",
                src=source,
                alt="",
                width=str(width),
                height=str(height),
                **loading,
            )
        )
    else:
        self.body.append(cover(node["event"], node["date"], node["color"], size))
    if node["large"]:
        beside = "<br />".join(self.encode(text) for text in node["beside"])
        is_long = len(node["large"]) > _LONG
        self.body.append(
            f'<p class="event-dateblock{" event-dateblock-long" * is_long}" aria-hidden="true">'
            f'<span class="event-dateblock-day">{self.encode(node["large"])}</span>'
            f' <span class="event-dateblock-month">{beside}</span></p>'
        )
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _visit_icon(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(svg(node["name"], node.get("label", "")))
    raise nodes.SkipNode


def _visit_player(self: HTML5Translator, node: nodes.Element) -> None:
    """Write a button, which the script of the page enables."""
    word = _("Play here") if node["icon"] == "video" else _("Open here")
    attributes = {
        "CLASS": "event-player",
        "type": "button",
        "data-player": node["address"],
        "data-title": node["subject"],
        "aria-label": f"{word}: {node['subject']}",
        "aria-expanded": "false",
        "disabled": "disabled",
    }
    button = self.starttag(nodes.Element(), "button", "", **attributes)
    self.body.append(f"{button}{self.encode(word)}{svg('next')}</button>")
    raise nodes.SkipNode


def _visit_picture(self: HTML5Translator, node: nodes.image) -> None:
    """Write a picture, which need not be decoded for the text around it to be shown."""
    if "label" in node:
        # In the tree the text would be found by searches, beside the caption that it may be.
        node["alt"] = node["label"]
    self.visit_image(node)
    if not self.builder.embedded:
        tag = self.body[-1].replace(" />", ' decoding="async" />', 1)
        if "ratio" in node:
            tag = tag if 'style="' in tag else tag.replace(" />", ' style="" />', 1)
            tag = tag.replace('style="', f'style="aspect-ratio: {node["ratio"]}; ', 1)
        self.body[-1] = tag


def _skip(_self: HTML5Translator, _node: nodes.Element) -> None:
    raise nodes.SkipNode


def _visit_title_text(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(with_breaks(node.astext()))
    raise nodes.SkipNode


def _visit_fact(self: HTML5Translator, node: nodes.Element) -> None:
    if not self.builder.embedded:
        self.body.append(self.starttag(node, "div", ""))


def _depart_fact(self: HTML5Translator, _node: nodes.Element) -> None:
    if not self.builder.embedded:
        self.body.append("</div>\n")


def _visit_fold(self: HTML5Translator, node: nodes.Element) -> None:
    hint = node.get("hint", "")
    shown = f'<span class="event-fold-hint">{self.encode(hint)}</span>' if hint else ""
    self.body.append(self.starttag(node, "details", CLASS="event-fold"))
    label = self.encode(node["label"])
    self.body.append(f'<summary><span class="event-fold-label">{label}</span>{shown}</summary>\n')


def _depart_fold(self: HTML5Translator, _node: nodes.Element) -> None:
    self.body.append("</details>\n")


def _visit_page_links(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "nav", **{"aria-label": node["label"]}))


def _depart_page_links(self: HTML5Translator, _node: nodes.Element) -> None:
    self.body.append("</nav>\n")


def _visit_figures(self: HTML5Translator, node: nodes.Element) -> None:
    figures = "".join(f"<li>{_with_large_number(self.encode(one))}</li>" for one in node["figures"])
    self.body.append(f'<ul class="event-figures" role="list">{figures}</ul>\n')
    raise nodes.SkipNode


def _with_large_number(text: str) -> str:
    return re.sub(
        r"\d[\d.,\u00a0\u202f’]*", r'<span class="event-figure">\g<0></span>', text, count=1
    )


def _visit_session_bar(self: HTML5Translator, node: nodes.Element) -> None:
    def step(rel: str, key: str, icon: str, url: str, label: str) -> str:
        if not url:
            return f'<span class="event-bar-none">{svg(icon)}</span>'
        return (
            f'<a rel="{rel}" href="{self.attval(url)}" aria-label="{label}" title="{label}"'
            f' aria-keyshortcuts="{key}">{svg(icon)}</a>'
        )

    number, total = node["number"], node["total"]
    name = self.attval(_("Session {number} of {total}").format(number=number, total=total))
    self.body.append(
        f'<nav class="event-bar" aria-label="{name}">'
        f'<span class="event-bar-title" aria-hidden="true">{self.encode(node["title"])}</span>'
        f'<span class="event-bar-count">{number}<span>/{total}</span></span>'
        + step(
            "prev", "ArrowLeft", "previous", node["previous"], self.attval(_("Previous session"))
        )
        + step("next", "ArrowRight", "next", node["next"], self.attval(_("Next session")))
        + "</nav>\n"
    )
    raise nodes.SkipNode


def _visit_search_field(self: HTML5Translator, _node: nodes.Element) -> None:
    """Write the form that themes have, for the page that Sphinx makes of each site."""
    page = self.builder.get_relative_uri(self.builder.current_docname, "search")
    says = self.attval(str(self.builder.theme_options.get("search_bar_text") or _sphinx("Search")))
    self.body.append(
        f'<form class="event-search" action="{page}" method="get" role="search">{svg("search")}'
        f'<input type="search" name="q" placeholder="{says}" aria-label="{says}"'
        ' autocomplete="off" autocapitalize="off" spellcheck="false" />'
        '<button type="submit" class="event-button event-button-first">'
        f"{self.encode(_sphinx('Search'))}</button></form>\n"
    )
    raise nodes.SkipNode


def _visit_year_list(self: HTML5Translator, node: nodes.Element) -> None:
    # Each has its width before the next is read, so that none moves.
    self.body.append(self.starttag(node, "ul", style=f"--event-years: {node['number']}"))


def _depart_year_list(self: HTML5Translator, _node: nodes.Element) -> None:
    self.body.append("</ul>\n")


def _visit_year_bar(self: HTML5Translator, node: nodes.Element) -> None:
    blocks = [f'<i style="--event-color: {color}"></i>' for color in node["colors"]]
    if not blocks and node["number"]:
        blocks = [f'<i style="--event-number: {node["number"]}"></i>']
    self.body.append(
        f'<span class="event-year-bar" aria-hidden="true" style="--event-most: {node["most"]}">'
        f"{''.join(blocks)}</span>"
    )
    raise nodes.SkipNode


def _visit_counted(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "span", ""))
    if not self.builder.embedded:
        self.body.append(f"{node['number']}</span>")
        raise nodes.SkipNode


def _depart_counted(self: HTML5Translator, _node: nodes.Element) -> None:
    self.body.append("</span>")


def _visit_initials(self: HTML5Translator, node: nodes.Element) -> None:
    text = self.encode(node["letters"])
    self.body.append(f'<span class="event-initials" aria-hidden="true">{text}</span>')
    raise nodes.SkipNode
