// Asked of an open page: what somebody who looks, listens or only touches would stumble over. Gives a list of faults.
({ language, elder, target, known }) => {
  const faults = [], root = document.documentElement;
  const shown = (one) => one.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true });
  const told = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 110);

  // Language: of the page, and of Chinese that stands on a page in another language.
  if (root.lang.toLowerCase() !== language) faults.push(`lang=${root.lang}`);
  if (language === "en") {
    const chinese = /[\u3400-\u9fff\u{20000}-\u{3ffff}]/u;
    const marked = (one) => one.closest("[lang]").lang.startsWith("zh");
    const note = (text, one) => {
      if (one.localName !== "title" && chinese.test(text) && !marked(one)) faults.push(`Chinese unmarked: ${text.trim().slice(0, 60)} in ${told(one)}`);
    };
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) note(walker.currentNode.data, walker.currentNode.parentElement);
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      for (const one of document.querySelectorAll(`[${name}]`)) note(one.getAttribute(name), one);
  }

  // Headings: one of the first level, none skipped on the way down.
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
  const levels = headings.map((one) => Number(one.localName[1]));
  const tops = levels.filter((level) => level === 1).length;
  if (tops !== 1) faults.push(`${tops} headings of the first level`);
  levels.forEach((level, place) => {
    if (place && level > levels[place - 1] + 1) faults.push(`h${levels[place - 1]} is followed by ${told(headings[place])}`);
  });

  // The way past the head of the page: the first stop of the keyboard, to a place that takes the focus.
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && shown(one));
  const main = document.querySelector("main#main");
  if (!main || main.tabIndex !== -1 || !stops[0] || !stops[0].matches('a[href="#main"]')) faults.push("no way to skip to the content");

  // Nothing runs out while somebody reads.
  if (document.querySelector('meta[http-equiv="refresh"]')) faults.push("the page goes away by itself");

  // Width: the page fits; what is wider scrolls in a place that has a name and takes the focus.
  const beyond = root.scrollWidth - root.clientWidth;
  if (beyond > 0) {
    const widest = [...document.querySelectorAll("main *, header *, nav *, footer *")]
      .filter((one) => shown(one) && !one.closest(".zd-table-scroll"))
      .reduce((most, one) => (one.getBoundingClientRect().right > (most ? most.getBoundingClientRect().right : 0) ? one : most), null);
    faults.push(`scrolls sideways by ${beyond} px at ${root.clientWidth} px: ${widest && told(widest)}`);
  }
  for (const one of document.querySelectorAll("main *")) {
    if (one.scrollWidth <= one.clientWidth + 1 || !["auto", "scroll"].includes(getComputedStyle(one).overflowX)) continue;
    if (one.matches("textarea, select, input")) continue;
    const named = one.getAttribute("aria-label") || one.getAttribute("aria-labelledby");
    if (one.tabIndex !== 0 || !named || !one.getAttribute("role")) faults.push(`scrolls without name or focus: ${told(one)}`);
  }

  // Targets: full size, but for links inside running text.
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (!box.width || !shown(one) || one.type === "hidden" || one.closest(".govuk-visually-hidden, .govuk-skip-link")) continue;
    if (one.matches("a") && style.display === "inline" && one.closest("p, .zd-card, .govuk-task-list")) continue;
    if (box.height < target - 0.5 || box.width < target - 0.5)
      faults.push(`smaller than ${target}: ${Math.round(box.width)} × ${Math.round(box.height)} ${told(one)}`);
  }

  // Elder mode: no text under 18 pixels.
  if (elder) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = new Set();
    while (walker.nextNode()) {
      const one = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || small.has(one) || one.closest("svg, script, option, .govuk-visually-hidden") || !shown(one)) continue;
      small.add(one);
      const size = parseFloat(getComputedStyle(one).fontSize);
      if (size < 17.9) faults.push(`text of ${size} px: ${told(one)}`);
    }
  }

  // The focus is to be seen on each kind of control, here or on its label.
  const drawn = (one) => JSON.stringify([one, ...(one.labels || [])].flatMap((part) => [null, "::before", "::after"].map((where) => {
    const style = getComputedStyle(part, where);
    return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor, style.borderWidth];
  })));
  const seen = new Set(known), fresh = [];
  for (const one of stops) {
    const kind = `${one.localName} ${one.type || ""} ${one.className}`;
    if (seen.has(kind)) continue;
    seen.add(kind);
    fresh.push(kind);
    if (document.activeElement) document.activeElement.blur();
    const plain = drawn(one);
    one.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== one || plain === drawn(one)) faults.push(`focus not to be seen: ${told(one)}`);
    one.blur();
  }
  return { faults, title: document.title, kinds: fresh };
}
