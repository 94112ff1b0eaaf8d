"""What of a page on a screen cannot be read or hit, as the browser measures it."""

from tests.pages.tab import Tab

LEAST_TEXT_PIXELS, LEAST_TARGET_PIXELS = 16, 24
"""Below 16 px a phone enlarges the page when a field is typed into; 24 px is WCAG 2.2, 2.5.8, without exceptions."""
WIDER_THAN_THE_SCREEN = """
(root => root.scrollWidth <= root.clientWidth ? [] : [...document.querySelectorAll("body *")]
  .filter(each => each.getBoundingClientRect().right > root.clientWidth || each.getBoundingClientRect().left < 0)
  .map(each => each.outerHTML))(document.documentElement)
"""
"""On a phone the window grows with the page, and tells nothing."""
SMALL_TEXTS = f"""
[...document.querySelectorAll("body *")]
  .filter(each => [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
  .concat([...document.querySelectorAll("input:not([type=hidden]), select, textarea")])
  .filter(each => parseFloat(getComputedStyle(each).fontSize) < {LEAST_TEXT_PIXELS})
  .map(each => each.outerHTML)
"""
SMALL_TARGETS = f"""
[...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter(each => each.checkVisibility())
  .map(each => [each.outerHTML, each.getBoundingClientRect()])
  .filter(([_, box]) => box.width < {LEAST_TARGET_PIXELS} || box.height < {LEAST_TARGET_PIXELS})
  .map(([html, box]) => `${{html}} ${{box.width}} x ${{box.height}}`)
"""
UNFOLDED = "document.querySelectorAll('details').forEach(each => each.open = true)"
FOCUS = """
(() => { const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {html: at.outerHTML, number: [...document.querySelectorAll("*")].indexOf(at),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), top: box.top + scrollY} })()
"""
FOCUSABLE = """
[...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter(each => each.checkVisibility())
  .map(each => [...document.querySelectorAll("*")].indexOf(each))
"""


def hard_to_use(tab: Tab) -> dict[str, list[str]]:
    """Give the elements that are wider than the screen, small to read, and small to hit; what has none is left out."""
    measures = {"wide": WIDER_THAN_THE_SCREEN, "small texts": SMALL_TEXTS, "small targets": SMALL_TARGETS}
    return {name: found for name, measure in measures.items() if (found := tab.evaluate(measure))}
