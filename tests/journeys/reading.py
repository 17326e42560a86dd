"""What a reader of English meets: the language of every page, and Chinese that no element says is Chinese."""

import json
import re
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page

MARK = "zhida-read "
CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
# Runs in every page that opens. Chinese that is data stands in an element with lang; whatever else there is of it,
# in texts or in names for screen readers, is told to the console. A title can mark nothing.
WATCH = """
addEventListener('DOMContentLoaded', () => {
  const chinese = /[\\u3400-\\u9fff\\u{20000}-\\u{3ffff}]/u, unmarked = [], root = document.documentElement;
  const marked = (element) => element.closest('[lang]')?.lang.startsWith('zh');
  const note = (text, element) => {
    if (chinese.test(text) && element.localName !== 'title' && !marked(element))
      unmarked.push(`${element.localName}: ${text.trim()}`);
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) note(walker.currentNode.data, walker.currentNode.parentElement);
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-copied'])
    for (const element of document.querySelectorAll(`[${name}]`)) note(element.getAttribute(name), element);
  console.debug('MARK' + JSON.stringify(
    {path: location.pathname, language: root.lang, title: document.title, unmarked}));
});
""".replace("MARK", MARK)


@dataclass(frozen=True)
class Reading:
    """One page as it opened. `unmarked` is Chinese nobody says is Chinese, with the element it stands in."""

    path: str
    language: str
    title: str
    unmarked: list[str] = field(default_factory=list)

    def faults(self, *names: str) -> list[str]:
        """What is wrong with it in English; `names` are people, whom a page may be titled with."""
        faults = [] if self.language == "en" else [f"lang={self.language}"]
        title = re.sub("|".join(map(re.escape, names)), "", self.title) if names else self.title
        faults += [f"title: {title}"] if CHINESE.search(title) else []
        return [f"{self.path} {fault}" for fault in [*faults, *self.unmarked]]


def watch(page: Page) -> list[Reading]:
    """A list that grows by every page that opens from now on."""
    seen: list[Reading] = []

    def listen(message: ConsoleMessage) -> None:
        if message.text.startswith(MARK):
            seen.append(Reading(**json.loads(message.text.removeprefix(MARK))))

    page.on("console", listen)
    page.add_init_script(WATCH)
    return seen
