// What happens to single messages of one client, for a while.

import * as api from "./api.js";
import { el, fill, say, show } from "./dom.js";
import { age, bytes, clock, iso, seconds } from "./format.js";

const MOST = 1000;

/** A card that traces `client`; a trace that goes on stands in the address. */
export function tracing(page, client) {
  let id = page.query.trace ?? "";
  let after = 0;
  const state = el("span", { cls: "muted" });
  const time = el("input", { type: "number", min: 1, max: 3600, value: 60, required: true, "aria-label": "Seconds" });
  const begin = el("form", {
    cls: "row",
    onsubmit: (event) => {
      event.preventDefault();
      attempt(async () => {
        id = (await api.post("/traces", { client, seconds: Number(time.value) })).trace;
        after = 0;
        fill(rows);
        page.keep({ trace: id });
        await turn();
      });
    },
  }, el("button", { type: "submit", text: "Trace" }), "for", time, "seconds");
  const end = el("button", { text: "End the trace", onclick: () => attempt(async () => {
    await api.remove("/traces/" + api.part(id));
    over("ended");
  }) });
  const rows = el("tbody");
  const node = el("section", { cls: "card trace" },
    el("div", { cls: "row" }, el("h2", { text: "Trace" }), state, el("span", { cls: "grow" }), page.may("operator") && [begin, end]),
    el("div", { cls: "trace-rows" }, el("table", { "aria-label": "Trace" }, rows)));
  draw();

  function draw() {
    show(begin, id === "");
    show(end, id !== "");
  }

  function over(text) {
    id = "";
    page.keep({ trace: "" });
    say(state, text);
    draw();
  }

  async function attempt(work) {
    try {
      await work();
    } catch (refused) {
      page.tell("bad", refused.message);
    }
  }

  async function turn() {
    if (id === "") return;
    draw();
    try {
      const told = await api.get("/traces/" + api.part(id), { after }, page.signal);
      after = told.items.at(-1)?.number ?? after;
      rows.prepend(...told.items.toReversed().map(line));
      while (rows.childElementCount > MOST) rows.lastChild.remove();
      say(state, "goes on for " + seconds(Math.max(0, (Date.parse(told.until) - Date.now()) / 1000)));
    } catch (refused) {
      if (refused.status !== 404) throw refused;
      over("is over");
    }
  }

  return { node, turn };
}

function line(event) {
  return el("tr", {},
    el("td", { cls: "mono muted", title: iso(event.time) + ", " + age(event.time), text: clock(event.time) }),
    el("td", {}, el("span", { cls: "chip " + (event.step === "dropped" || event.step === "refused" ? "bad" : ""), text: event.step.replaceAll("_", " ") })),
    el("td", { cls: "mono", text: event.topic }),
    el("td", { text: event.from + (event.to ? " → " + event.to : "") }),
    el("td", { cls: "num muted", text: bytes(event.bytes) }),
    el("td", { cls: "wrap", text: event.detail ?? "" }));
}
