"""What a reader of English meets: the language of every page, and Chinese that no element says is Chinese."""

from playwright.sync_api import ConsoleMessage, Page

MARK = "zhida-read "
# Runs in every page that opens. Chinese that is data stands in an element with lang; whatever else there is of it,
# in texts, names for screen readers or options, is reported with the address.
WATCH = """
addEventListener('DOMContentLoaded', () => {
  const chinese = /[\\u3400-\\u9fff\\u{20000}-\\u{3ffff}]/u, found = [], root = document.documentElement;
  const told = (element) => { const own = element.closest('[lang]'); return own && own.lang.startsWith('zh'); };
  const note = (text, element) => {
    if (chinese.test(text || '') && !told(element)) found.push(`${element.localName}: ${text.trim()}`);
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) note(walker.currentNode.data, walker.currentNode.parentElement);
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-copied'])
    document.querySelectorAll(`[${name}]`).forEach((element) => note(element.getAttribute(name), element));
  console.debug('MARK' + JSON.stringify({path: location.pathname, language: root.lang, found}));
});
""".replace("MARK", MARK)


def watch(page: Page) -> list[str]:
    """A list that grows by one JSON text for every page that opens from now on: path, language, found."""
    pages: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.text.startswith(MARK):
            pages.append(message.text.removeprefix(MARK))

    page.on("console", listen)
    page.add_init_script(WATCH)
    return pages
