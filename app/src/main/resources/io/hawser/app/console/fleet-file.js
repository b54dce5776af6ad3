// A file for copters: first into the hub, piece by piece, then to each, with how far it is.

import * as api from "./api.js";
import { el, fill, say } from "./dom.js";
import { bytes } from "./format.js";

const PIECE = 256 << 10;

/** Asks for a file and sends it to `copters`; `place` shows how they get on. */
export async function pushFile(page, copters, place) {
  if (copters.length === 0) return page.tell("warn", "No copter is here.");
  const file = el("input", { type: "file", required: true });
  const wish = await page.confirm({
    title: "Send a file to " + copters.length + (copters.length === 1 ? " copter" : " copters"), action: "Send",
    text: "A copter whose motors are armed is not sent one.",
    fields: [
      el("label", { cls: "field" }, "File", file),
      el("label", { cls: "field" }, "Where they put it", el("input", { name: "path", required: true, value: "animation.csv", spellcheck: "false" })),
    ],
  });
  if (!wish || file.files.length === 0) return;
  if (!globalThis.crypto?.subtle) return page.tell("bad", "This browser makes digests only over https:// or on the hub's own machine; use hawser fleet file.");
  const bars = new Map(copters.map((name) => [name, bar(name)]));
  const up = bar("into the hub");
  fill(place, el("div", { cls: "card fleet-file" }, el("h2", { text: file.files[0].name + " → " + wish.path }), up.node, [...bars.values()].map((each) => each.node)));
  try {
    const sent = await upload(file.files[0], up);
    const files = [{ ...sent, path: wish.path, copters }];
    for await (const line of api.lines("POST", "/fleet/file", { body: { files, force: false }, signal: page.signal })) {
      const one = bars.get(line.copter);
      if (one && line.done !== undefined) one.end(line.done, line.reason);
      else if (one) one.at(line.sent, line.size);
    }
  } catch (refused) {
    page.tell("bad", refused.message);
    bars.forEach((each) => each.end(false, refused.message));
  }
}

async function upload(file, up) {
  const whole = await file.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  const { upload: id } = await api.post("/uploads", { size: whole.byteLength });
  for (let at = 0; at < whole.byteLength; at += PIECE) {
    await api.postBytes("/uploads/" + api.part(id) + "?offset=" + at, whole.slice(at, at + PIECE));
    up.at(Math.min(whole.byteLength, at + PIECE), whole.byteLength);
  }
  up.end(true);
  return { upload: id, sha256: [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}

function bar(name) {
  const inside = el("span");
  const meter = el("span", { cls: "meter" }, inside);
  const said = el("span", { cls: "muted" });
  let ended = false;
  return {
    node: el("div", { cls: "row" }, el("span", { cls: "who", text: name }), meter, said),
    at(done, all) {
      if (ended) return;
      inside.style.width = (all > 0 ? (done / all) * 100 : 100) + "%";
      say(said, bytes(done) + " of " + bytes(all));
    },
    end(good, reason = "") {
      if (ended) return;
      ended = true;
      inside.style.width = good ? "100%" : inside.style.width;
      meter.className = "meter " + (good ? "" : "bad");
      say(said, good ? "✓ done" : "✗ " + reason);
      said.className = good ? "ok" : "bad";
    },
  };
}
