"""What a page draws: where colours are one's own, and where nothing may move."""

from playwright.sync_api import Page

# What is drawn by colour alone where colours are one's own: each must be told from its ground.
DRAWN = """() => [...document.querySelectorAll('.govuk-tag, .zd-switch__button, .govuk-button, .govuk-input, .zd-card')]
  .filter((one) => one.checkVisibility()).filter((one) => {
    const style = getComputedStyle(one);
    return parseFloat(style.borderTopWidth) === 0 && parseFloat(style.outlineWidth) === 0;
  }).map((one) => one.className)"""
LINES = """() => [...document.querySelectorAll('svg[role=img] line, svg[role=img] circle, svg[role=img] rect')]
  .filter((one) => one.checkVisibility()).map((one) => getComputedStyle(one))
  .filter((style) => style.stroke === 'none' && ['none', 'rgb(255, 255, 255)'].includes(style.fill)).length"""
MOVES = """() => [...document.querySelectorAll('*')].filter((one) => {
  const style = getComputedStyle(one);
  const runs = style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
  return runs || style.scrollBehavior === 'smooth';
}).length"""


def without_edges(page: Page) -> list[str]:
    """Controls without an edge, and lines of pictures that are not told from their ground."""
    invisible = page.evaluate(LINES)
    return [*page.evaluate(DRAWN), *([f"{invisible} lines invisible"] if invisible else [])]


def moving(page: Page) -> list[str]:
    """Whether anything moves by itself or glides."""
    return [f"{page.evaluate(MOVES)} move"] if page.evaluate(MOVES) else []
