// The messages as they come, 5,000 at most; only the rows that can be seen are nodes.

import { el, fill, say, show } from "./dom.js";
import { clock, gist } from "./format.js";

const MOST = 5000;
const HIGH = 26;

/** `chosen` is told the row that is chosen, and the one before it on the same topic. */
export function tail(chosen) {
  let rows = [];
  let picked = null;
  let sticky = true;
  let asked = false;
  const space = el("div", { cls: "tail-space" });
  const more = show(el("button", { cls: "tail-more", text: "↓ Newest", onclick: () => stick() }), false);
  const box = el("div", { cls: "tail-box", tabindex: 0, role: "listbox", "aria-label": "Messages", onkeydown: keys }, space);
  const node = el("section", { cls: "live-tail", "aria-label": "Messages" }, box, more);
  box.addEventListener("scroll", () => {
    sticky = box.scrollTop + box.clientHeight >= box.scrollHeight - HIGH;
    show(more, !sticky);
    later();
  });
  new ResizeObserver(later).observe(box);

  function later() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  }

  function stick() {
    sticky = true;
    later();
  }

  function draw() {
    const high = rows.length * HIGH + "px";
    if (space.style.height !== high) space.style.height = high;
    if (sticky) box.scrollTop = box.scrollHeight;
    const from = Math.max(0, Math.floor(box.scrollTop / HIGH) - 4);
    const to = Math.min(rows.length, Math.ceil((box.scrollTop + box.clientHeight) / HIGH) + 4);
    const wanted = to - from;
    while (space.childElementCount > wanted) space.lastChild.remove();
    while (space.childElementCount < wanted) space.append(line());
    for (let i = 0; i < wanted; i++) write(space.children[i], rows[from + i], from + i);
  }

  function line() {
    return el("div", { cls: "tail-row", role: "option", onclick: (event) => pick(event.currentTarget.row) },
      el("span", { cls: "mono muted time" }), el("span", { cls: "chip" }), el("span", { cls: "topic" }), el("span", { cls: "from muted" }), el("span", { cls: "mono said" }));
  }

  function write(node, row, place) {
    node.style.top = place * HIGH + "px";
    node.setAttribute("aria-selected", String(row === picked));
    if (node.row === row) return;
    node.row = row;
    const [time, protocol, topic, from, said] = node.children;
    say(time, clock(row.time));
    say(protocol, row.protocol);
    protocol.className = "chip " + (/^[a-z]{1,10}$/.test(row.protocol) ? row.protocol : "");
    say(topic, row.topic);
    topic.title = row.topic;
    say(from, row.from);
    say(said, gist(row).slice(0, 400));
  }

  function pick(row) {
    picked = row;
    const place = rows.indexOf(row);
    let before = null;
    for (let i = place - 1; i >= 0 && before === null; i--) if (rows[i].topic === row.topic) before = rows[i];
    chosen(row, before);
    later();
  }

  function keys(event) {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20 }[event.key];
    if (by === undefined || rows.length === 0) return;
    event.preventDefault();
    const place = picked === null ? rows.length - 1 : rows.indexOf(picked) + by;
    const next = Math.max(0, Math.min(rows.length - 1, place));
    pick(rows[next]);
    const top = next * HIGH;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + HIGH > box.scrollTop + box.clientHeight) box.scrollTop = top + HIGH - box.clientHeight;
  }

  return {
    node,
    add(told) {
      if (told.length === 0) return;
      rows.push(...told);
      if (rows.length > MOST) {
        const gone = rows.length - MOST;
        rows = rows.slice(gone);
        if (!sticky) box.scrollTop -= gone * HIGH;
      }
      later();
    },
    all: () => rows,
    clear() {
      rows = [];
      picked = null;
      fill(space);
      later();
    },
  };
}
