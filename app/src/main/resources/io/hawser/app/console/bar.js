// How far something is: a bar, and a text beside it.

import { el, say } from "./dom.js";
import { bytes } from "./format.js";

/** A bar in one node; `at` and `end` move it, `begin` takes it back to its beginning. */
export function bar() {
  const inside = el("span");
  const meter = el("span", { cls: "meter" }, inside);
  const said = el("span", { cls: "muted" });
  return {
    node: el("span", { cls: "bar" }, meter, said),
    begin(text) {
      inside.style.width = "0%";
      meter.className = "meter";
      said.className = "muted";
      say(said, text);
    },
    at(done, all, text = bytes(done) + " of " + bytes(all)) {
      inside.style.width = (all > 0 ? (done / all) * 100 : 100) + "%";
      say(said, text);
    },
    end(good, reason = "") {
      if (good) inside.style.width = "100%";
      meter.className = "meter " + (good ? "" : "bad");
      said.className = good ? "ok" : "bad";
      said.title = reason;
      say(said, good ? "✓ done" : "✗ " + reason);
    },
  };
}
