// The topics that are heard of, as a tree: how many messages a second, how long ago the last was, and what it said.

import { el, fill, say, show } from "./dom.js";
import { age, number } from "./format.js";

const MOST = 400;
const FRESH = 2000;
const STALE = 15000;

/** `chosen` is told the pattern of what is clicked, empty for everything. */
export function tree(chosen) {
  const root = branch("", "");
  const open = new Set();
  const shut = new Set();
  const lines = new Map();
  let on = "";
  let topics = 0;
  const body = el("div", { role: "tree", "aria-label": "Topics", cls: "tree" });
  const note = show(el("div", { cls: "table-note" }), false);
  const empty = el("div", { cls: "empty" }, "Nothing was said yet. Try ", el("code", { text: "hawser pub hello world" }), ".");
  const node = el("section", { cls: "live-tree", "aria-label": "Topics" }, empty, body, note);

  function branch(name, path) {
    return { name, path, kids: new Map(), own: 0, count: 0, rate: 0, time: 0, last: "", before: 0, at: performance.now() };
  }

  function add(told, beyond) {
    for (const each of told) {
      let here = root;
      let path = "";
      for (const part of each.topic.split("/")) {
        path = path === "" && here === root ? part : path + "/" + part;
        if (!here.kids.has(part)) here.kids.set(part, branch(part, path));
        here = here.kids.get(part);
      }
      if (here.own === 0) topics++;
      here.own = each.count;
      here.last = each.last;
      here.said = each.time;
    }
    show(say(note, number(beyond) + " messages on topics beyond the first 5 000"), beyond > 0);
  }

  function sum(at) {
    at.count = at.own;
    at.time = at.said ?? 0;
    for (const kid of at.kids.values()) {
      sum(kid);
      at.count += kid.count;
      at.time = Math.max(at.time, kid.time);
    }
    const now = performance.now();
    if (now - at.at >= 900) {
      const fresh = ((at.count - at.before) * 1000) / (now - at.at);
      at.rate = at.before === 0 ? fresh : at.rate * 0.4 + fresh * 0.6;
      at.before = at.count;
      at.at = now;
    }
  }

  const isOpen = (at, depth) => open.has(at.path) || (!shut.has(at.path) && (topics <= 40 || depth < 1));

  function flat(at, depth, list) {
    for (const kid of [...at.kids.values()].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))) {
      if (list.length >= MOST) return list;
      list.push([kid, depth]);
      if (kid.kids.size > 0 && isOpen(kid, depth)) flat(kid, depth + 1, list);
    }
    return list;
  }

  function line(at, depth) {
    const twist = el("button", {
      cls: "plain twist", tabindex: -1,
      onclick: (event) => {
        event.stopPropagation();
        toggle(at, depth);
      },
    });
    const made = {
      twist,
      dot: el("span", { cls: "dot" }),
      name: el("span", { cls: "name", text: at.name, title: at.path }),
      last: el("span", { cls: "last muted" }),
      rate: el("span", { cls: "num rate" }),
      age: el("span", { cls: "num age muted" }),
    };
    made.node = el("div", {
      role: "treeitem", tabindex: 0, "aria-level": depth + 1,
      onclick: () => choose(on === pattern(at) ? "" : pattern(at)),
      onkeydown: (event) => {
        if (event.key === "Enter") choose(on === pattern(at) ? "" : pattern(at));
        else if (event.key === "ArrowRight" && !isOpen(at, depth)) toggle(at, depth);
        else if (event.key === "ArrowLeft" && isOpen(at, depth)) toggle(at, depth);
        else if (event.key === "ArrowDown") made.node.nextElementSibling?.focus();
        else if (event.key === "ArrowUp") made.node.previousElementSibling?.focus();
        else return;
        event.preventDefault();
      },
    }, twist, made.dot, made.name, made.last, made.rate, made.age);
    made.node.style.paddingLeft = 6 + depth * 16 + "px";
    return made;
  }

  const pattern = (at) => (at.kids.size > 0 ? at.path + "/>" : at.path);

  function toggle(at, depth) {
    const opened = isOpen(at, depth);
    (opened ? open : shut).delete(at.path);
    (opened ? shut : open).add(at.path);
    draw();
  }

  function choose(what) {
    mark(what);
    chosen(what);
  }

  function mark(what) {
    on = what;
    draw();
  }

  function draw() {
    sum(root);
    const list = flat(root, 0, []);
    const seen = new Set();
    const now = Date.now();
    list.forEach(([at, depth], place) => {
      seen.add(at.path);
      let made = lines.get(at.path);
      if (!made) lines.set(at.path, (made = line(at, depth)));
      const past = now - at.time;
      made.dot.className = "dot " + (past < FRESH ? "ok" : past < STALE ? "warn" : "");
      say(made.twist, at.kids.size === 0 ? "" : isOpen(at, depth) ? "▾" : "▸");
      made.twist.setAttribute("aria-label", (isOpen(at, depth) ? "Close " : "Open ") + at.name);
      made.twist.className = "plain twist" + (at.kids.size > 0 ? "" : " none");
      say(made.last, at.kids.size > 0 && isOpen(at, depth) ? "" : at.last);
      say(made.rate, at.rate >= 0.05 ? number(at.rate) + "/s" : "");
      say(made.age, age(at.time).replace(" ago", ""));
      made.node.setAttribute("aria-selected", String(on === pattern(at)));
      if (at.kids.size > 0) made.node.setAttribute("aria-expanded", String(isOpen(at, depth)));
      if (body.children[place] !== made.node) body.insertBefore(made.node, body.children[place] ?? null);
    });
    for (const [path, made] of lines) {
      if (!seen.has(path)) {
        made.node.remove();
        lines.delete(path);
      }
    }
    show(empty, list.length === 0);
  }

  return {
    node, add, draw, mark, choose,
    clear() {
      root.kids.clear();
      topics = 0;
      lines.clear();
      fill(body);
      draw();
    },
  };
}
