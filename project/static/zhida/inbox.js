// Single keys in the officials' lists. They add to pages that work without them, leave every key with Ctrl, Alt or Meta
// and everything typed into a field alone, and can be switched off (the table then lacks data-inbox-keys).
(() => {
  "use strict";
  const table = document.querySelector("[data-inbox-keys]");
  const dialog = document.getElementById("keys-dialog");
  if (!table && !dialog) return;
  const links = table ? [...table.querySelectorAll("tbody th a")] : [];
  const typing = (element) =>
    element.isContentEditable ||
    element.matches("textarea, select, input:not([type=checkbox]):not([type=submit]):not([type=button])");
  const rowOf = (element) => element.closest && element.closest("tbody tr");
  const here = () => links.findIndex((link) => rowOf(link) === rowOf(document.activeElement));

  const go = (step) => {
    const place = here();
    const next = place < 0 ? (step > 0 ? 0 : links.length - 1) : place + step;
    if (links[next]) links[next].focus();
  };
  const pick = () => {
    const link = links[here()];
    const box = link && rowOf(link).querySelector("input[type=checkbox]");
    if (box) box.click();
  };
  const open = () => { if (links[here()]) links[here()].click(); };
  const follow = (rel) => {
    const link = document.querySelector(`main a[rel="${rel}"]`);
    if (link) link.click();
  };
  const search = () => {
    const box = document.querySelector("input[type=search]");
    if (box) { box.focus(); box.select(); }
  };
  const help = () => { if (dialog && dialog.showModal) dialog.showModal(); };
  const ACTS = {
    j: () => go(1), k: () => go(-1), o: open, x: pick, n: () => follow("next"), p: () => follow("prev"),
    "/": search, "?": help,
  };
  const inList = (element) => links.length && table.contains(element);

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (typing(event.target) || (dialog && dialog.open)) return;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const act = arrow && inList(event.target) ? () => go(arrow) : ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
