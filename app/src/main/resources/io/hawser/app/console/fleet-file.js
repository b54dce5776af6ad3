// Files for copters: first into the hub, then to each. A matrix, file by copter, tells how far each is, on whatever page one is.

import * as api from "./api.js";
import { bar } from "./bar.js";
import { el, fill, show } from "./dom.js";
import { upload } from "./upload.js";

const MOST = 8;

/** What was sent lately, the newest last: {file or kept, path, up, cells: a bar, and how it ended, for each copter}. */
let jobs = [];
let busy = false;
const matrix = el("table");
const again = el("button", { text: "Try failed ones again", onclick: () => run(jobs.map((job) => [job, failed(job)])) });
const close = el("button", { cls: "plain", text: "✕", "aria-label": "Close", onclick: () => {
  jobs = [];
  draw();
} });

/** Shows how transfers get on; one node for all pages, since they go on when one leaves. */
export const transfers = show(el("section", { cls: "card fleet-file" },
  el("div", { cls: "row" }, el("h2", { text: "Files to copters" }), el("span", { cls: "grow" }), again, close), el("div", { cls: "matrix" }, matrix)), false);

/** Asks for files and sends them to `copters`. */
export async function pushFiles(page, copters) {
  if (copters.length === 0) return page.tell("warn", "No copter is here.");
  const input = el("input", { type: "file", required: true, multiple: true });
  const wish = await page.confirm({
    title: "Send files to " + copters.length + (copters.length === 1 ? " copter" : " copters"), action: "Send",
    text: "A copter whose motors are armed is not sent one.",
    fields: [
      el("label", { cls: "field" }, "Files", input),
      where("animation.csv", "Where they put it; the folder, or . for their own, if there are several"),
    ],
  });
  if (!wish || input.files.length === 0) return;
  const files = [...input.files];
  const folder = files.length > 1 || wish.path.endsWith("/");
  const start = wish.path.replace(/^\.$|\/+$/, "");
  const path = (file) => (folder ? (start === "" ? "" : start + "/") + file.name : wish.path);
  await begin(files.map((file) => ({ file, name: file.name, path: path(file) })), copters);
}

/** Asks which copters shall get the file that the hub has as `kept`: {owner, name}. */
export async function pushKept(page, kept) {
  const here = (await api.list("/fleet", {}, page.signal)).filter((row) => row.state === "online").map((row) => row.copter);
  if (here.length === 0) return page.tell("warn", "No copter is here.");
  here.sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  const boxes = here.map((name) => el("input", { type: "checkbox", value: name, checked: true }));
  const name = kept.name.split("/").at(-1);
  const wish = await page.confirm({
    title: "Send " + name + " to copters", action: "Send",
    text: "A copter whose motors are armed is not sent one.",
    fields: [
      where(name, "Where they put it"),
      el("div", { cls: "row" }, boxes.map((box) => el("label", { cls: "row" }, box, box.value))),
    ],
  });
  const copters = boxes.filter((box) => box.checked).map((box) => box.value);
  if (wish && copters.length > 0) await begin([{ kept, name, path: wish.path }], copters);
}

const where = (value, label) => el("label", { cls: "field" }, label, el("input", { name: "path", required: true, value, spellcheck: "false" }));

const failed = (job) => [...job.cells].filter(([, cell]) => cell.done === false).map(([copter]) => copter);

async function begin(wishes, copters) {
  const added = wishes.map((wish) => ({ ...wish, up: bar(), cells: new Map(copters.map((copter) => [copter, { bar: bar() }])) }));
  jobs = [...jobs, ...added].slice(-Math.max(MOST, added.length));
  await run(added.map((job) => [job, copters]));
}

async function run(work) {
  busy = true;
  const todo = work.filter(([, copters]) => copters.length > 0);
  for (const [job, copters] of todo) copters.forEach((copter) => {
    const cell = job.cells.get(copter);
    cell.done = undefined;
    cell.bar.begin("waits");
  });
  draw();
  for (const [job, copters] of todo) await push(job, copters);
  busy = false;
  draw();
}

async function push(job, copters) {
  const end = (copter, done, reason) => {
    const cell = job.cells.get(copter);
    if (cell === undefined || cell.done !== undefined) return;
    cell.done = done;
    cell.bar.end(done, reason);
  };
  let why = "the hub told nothing more";
  try {
    const source = job.kept ?? (await upload(job.file, {}, job.up.at));
    if (job.file) job.up.end(true);
    const files = [{ ...source, path: job.path, copters }];
    for await (const line of api.lines("POST", "/fleet/file", { body: { files, force: false } })) {
      if (line.done !== undefined) end(line.copter, line.done, line.reason);
      else if (line.copter !== undefined) job.cells.get(line.copter)?.bar.at(line.sent, line.size);
    }
  } catch (refused) {
    why = refused.message;
  }
  copters.forEach((copter) => end(copter, false, why));
}

function draw() {
  show(transfers, jobs.length > 0);
  const copters = [...new Set(jobs.flatMap((job) => [...job.cells.keys()]))].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  fill(matrix,
    el("thead", {}, el("tr", {}, el("th", { cls: "plainhead", scope: "col", text: "Copter" }), jobs.map((job) =>
      el("th", { cls: "plainhead", scope: "col" }, el("div", { text: job.name + " → " + job.path }), job.file && job.up.node)))),
    el("tbody", {}, copters.map((copter) => el("tr", {}, el("th", { cls: "plainhead", scope: "row", text: copter }), jobs.map((job) =>
      el("td", {}, job.cells.get(copter)?.bar.node ?? ""))))));
  show(again, !busy && jobs.some((job) => failed(job).length > 0));
  show(close, !busy);
}
