// What the page is shown, kept as `hawser record` writes it; bounded, and saved as a file when it ends.

import { el, keep, say } from "./dom.js";
import { number } from "./format.js";

const MOST_SIGNS = 32 << 20;

/** A button that begins and ends; `tell` says what became of a recording. */
export function recorder(tell) {
  let lines = null;
  let signs = 0;
  let begun = 0;
  let past = 0;
  const button = el("button", { type: "button", cls: "plain", "aria-pressed": "false", title: "Keep what is shown from now on, as hawser record does", onclick: () => (lines === null ? begin() : end()) }, "Record");

  function begin() {
    lines = [];
    signs = 0;
    begun = 0;
    past = 0;
    button.setAttribute("aria-pressed", "true");
    count();
  }

  function count() {
    say(button, "Stop recording, " + number(lines.length));
  }

  function end(why = "") {
    const text = lines.map((line) => line + "\n").join("");
    const said = lines.length + (lines.length === 1 ? " message is" : " messages are") + " kept";
    lines = null;
    button.setAttribute("aria-pressed", "false");
    say(button, "Record");
    if (text !== "") keep("live-recording.ndjson", "application/x-ndjson", text);
    tell(past > 0 ? "warn" : "ok", why + said + (past > 0 ? "; " + past + " more came and were sampled away, or were too long: hawser record keeps all" : ""));
  }

  return {
    button,
    /** `rows` are shown, of `came` that came. */
    add(rows, came) {
      if (lines === null) return;
      const whole = rows.filter((row) => !row.cut);
      past += Math.max(0, came - whole.length);
      for (const row of whole) {
        if (lines.length === 0) begun = row.time;
        const line = written(lines.length + 1, Math.max(0, row.time - begun), row);
        lines.push(line);
        signs += line.length;
      }
      count();
      if (signs > MOST_SIGNS) end("It is as long as it may be: ");
    },
    end: () => lines !== null && end(),
  };
}

/** A line of a recording. */
function written(n, at, row) {
  return '{"n":' + n + ',"at":' + (at / 1000).toFixed(6) + ',"time":' + JSON.stringify(new Date(row.time).toISOString()) + ',"topic":' + JSON.stringify(row.topic)
    + ',"from":' + JSON.stringify(row.protocol + ":" + row.from) + ',"fields":' + JSON.stringify(row.fields) + ',"types":' + JSON.stringify(row.types ?? {}) + "}";
}
