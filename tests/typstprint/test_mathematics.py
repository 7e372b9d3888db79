"""Formulas of all of TeX's environments are set, and stand between the margins."""

from pathlib import Path

import pytest

from conftest import Site
from printing import CONF
from test_layout import outside, overlapping, words
from test_nodes import printed
from typstprint.mathematics import to_typst

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "environment",
    [
        *("gather", "gather*", "multline", "multline*", "gathered", "multlined", "equation*"),
        *("displaymath", "math", "subequations"),
    ],
)
def test_lines_are_the_formula_s(environment: str) -> None:
    tex = rf"\begin{{{environment}}} a = b \\ c = d \end{{{environment}}}"
    assert to_typst(tex) == r"a = b \ c = d"


@pytest.mark.parametrize(
    "environment",
    [
        *("align", "align*", "aligned", "split", "flalign", "flalign*"),
        *("alignat}{2", "alignat*}{2", "alignedat}{2", "aligned}[t"),
    ],
)
def test_aligned_lines_keep_where_they_are_aligned(environment: str) -> None:
    name, _brace, rest = environment.partition("}")
    opening = rest and (f"{rest}]" if rest.startswith("[") else f"{rest}}}")
    tex = rf"\begin{{{name}}}{opening} a &= b \\ &= d \\ \end{{{name}}}"
    assert to_typst(tex) == r"a &= b \ &= d"


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        # One in another, and several with empty lines between them (as Sphinx has it).
        (
            r"\begin{equation*}\begin{split} a &= b \\ &= c \end{split}\end{equation*}",
            r"a &= b \ &= c",
        ),
        ("a = b\n\nc = d", r"a = b \ c = d"),
        (
            "\\begin{gather*} a \\\\ b \\end{gather*}\n \n\\begin{align} c &= d \\end{align}",
            r"a \ b \ c &= d",
        ),
        ("\\begin{cases} a \\\\\n\n b \\end{cases}", "cases(a, b)"),
        # Within a formula.
        (r"x = \begin{aligned} a \\ b \end{aligned}", "x = mat(delim: #none, a ; b)"),
        (
            r"\begin{gathered}a\end{gathered} + \begin{gathered}b\end{gathered}",
            "mat(delim: #none, a) + mat(delim: #none, b)",
        ),
        (r"\left\{\begin{aligned} a \\ b \end{aligned}\right.", "cases(a, b)"),
        (r"\begin{eqnarray*} a &=& b \\ c &=& d \end{eqnarray*}", r"a &= b \ c &= d"),
        # What is said of lines.
        (r"\begin{gather*} a \\[2ex] b \\* c \end{gather*}", r"a \ b \ c"),
        (
            r"\begin{align*} a \tag{A} \\ b \tag*{B} \end{align*}",
            r'a wide#text("(A)") \ b wide#text("B")',
        ),
        (r"\begin{align*} a \\ \intertext{and} b \end{align*}", r'a \ #text("and") \ b'),
        (r"\begin{multline*} \shoveleft{a} \\ b \end{multline*}", r"a \ b"),
        # What cannot be read.
        (r"\begin{picture} a \end{picture}", None),
        (r"\end{align} a \begin{align}", None),
        (r"\begin{align} \end{align}", None),
    ],
)
def test_what_stands_in_environments_is_set(tex: str, expected: str | None) -> None:
    assert to_typst(tex) == expected


TERM = r"\left( \alpha_i + \beta_i + \gamma_i \right)"
SUM = " + ".join("abcdefghijklmnopqrstuvwxyz" * 2)
CELLS = " & ".join(f"a_{{{number}}}" * 5 for number in range(1000, 1009))
PAGE = rf"""
T
=

Above

.. math:: N_{{total}} = \sum_{{i=1}}^n {TERM} \cdot {TERM}
   :label: one

.. math:: N_{{total}} = \sum_{{i=1}}^n {TERM} \cdot {TERM} \cdot {TERM} \cdot {TERM}
   :label: two

.. math::

   A &= {SUM} \\
     &= c

.. math:: \begin{{pmatrix}} {CELLS} \end{{pmatrix}}
   :label: three

.. math:: \underbrace{{{SUM}}}_{{n}}

- item

  .. math:: \left\| \frac{{{SUM}}}{{2}} \right\|
     :label: four

.. list-table::

   * - .. math:: {SUM}
     - .. math:: \begin{{gather*}} {SUM} \\ b \end{{gather*}}
          :label: five

Below
"""


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_wide_formulas_stand_between_the_margins(site: Site, paper: str) -> None:
    site.write({"conf.py": CONF})
    options = {"paper": paper}
    pdf: Path = printed(site, PAGE, typstprint_options=options, typstprint_standards=["ua-1"])
    edges = (20, 20, 210, 297) if paper == "a4" else (15, 15, 148, 210)
    assert outside(pdf, *edges) == []
    # Braces have boxes that are larger than they are.
    assert [pair for pair in overlapping(pdf) if "⏟" not in pair] == []
    found = [word.text for word in words(pdf)]
    assert {"(1)", "(2)", "(3)", "(4)", "(5)", "Above", "Below"} <= set(found)
