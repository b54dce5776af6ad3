// Where messages come from: protocols and clients that were seen, as chips; one of each can be all that is shown.

import { el, fill } from "./dom.js";

const MOST = 12;

/** `chosen` is told {protocol} or {from}, empty for all of them, and when one is chosen that the other stays as it is. */
export function chips(query, chosen) {
  const seen = { protocol: new Map(), from: new Map() };
  const node = el("div", { cls: "live-chips row", role: "group", "aria-label": "Where it comes from" });

  function draw() {
    fill(node, ["protocol", "from"].map((kind) => {
      const only = query[kind] ?? "";
      const names = [...seen[kind].keys()];
      if (only !== "" && !names.includes(only)) names.unshift(only);
      return names.map((name) => el("button", {
        type: "button", cls: "chip " + (kind === "protocol" && /^[a-z]{1,10}$/.test(name) ? name : ""), text: name, "aria-pressed": String(name === only),
        title: name === only ? "Show all again" : "Show only what comes from " + name, onclick: () => {
          chosen({ [kind]: name === only ? "" : name });
          draw();
        },
      }));
    }));
  }

  draw();
  return {
    node,
    /** These `rows` were seen; of many clients those that spoke last have chips. */
    add(rows) {
      let more = false;
      for (const row of rows) for (const kind of ["protocol", "from"]) {
        if (seen[kind].has(row[kind])) continue;
        seen[kind].set(row[kind], true);
        if (seen[kind].size > MOST) seen[kind].delete(seen[kind].keys().next().value);
        more = true;
      }
      if (more) draw();
    },
  };
}
