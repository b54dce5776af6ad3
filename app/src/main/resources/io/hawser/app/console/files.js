// Files that the hub keeps: whose they are, those of one owner; they come by button or by being dropped, and can go to copters.

import * as api from "./api.js";
import { bar } from "./bar.js";
import { download, el, fill, show } from "./dom.js";
import { pushKept, transfers } from "./fleet-file.js";
import { age, bytes, iso } from "./format.js";
import { table } from "./table.js";
import { upload } from "./upload.js";

/** What is on its way; one node for all visits, since uploads go on when one leaves the page. */
const uploads = el("div");

export async function openFiles(page, node) {
  const owner = page.names[1] ?? "";
  return owner === "" ? owners(page, node) : files(page, node, owner);
}

async function owners(page, node) {
  const list = table({
    name: "owners", page, id: (row) => row.owner,
    empty: ["The hub keeps no files. ", page.may("operator") && "Drop some here."],
    tools: [page.may("operator") && entrance(page, node, "", () => [])],
    columns: [
      { key: "owner", label: "Owner", cell: (row) => el("a", { href: "#/files/" + encodeURIComponent(row.owner), text: row.owner }) },
      { key: "bytes", label: "Bytes", num: true, cell: (row) => bytes(row.bytes) },
    ],
  });
  fill(node, el("div", { cls: "head" }, el("h1", { text: "Files" }), el("span", { cls: "muted", text: "whose the hub keeps" })), uploads, transfers, list.node);
  page.every(2000, async () => list.rows(await api.list("/files", {}, page.signal)));
  return {};
}

async function files(page, node, owner) {
  let rows = [];
  const path = (row) => "/files/" + api.part(owner) + "/" + row.name.split("/").map(api.part).join("/");
  const list = table({
    name: "files", page, id: (row) => row.name,
    empty: ["Nothing is kept for " + owner + ". ", page.may("operator") && "Drop files here."],
    tools: [page.may("operator") && entrance(page, node, owner, () => rows)],
    columns: [
      { key: "name", label: "File", cls: "mono" },
      { key: "size", label: "Size", num: true, cell: (row) => bytes(row.size), text: (row) => row.size },
      { key: "modified", label: "Changed", text: (row) => row.modified, cell: (row) => el("span", { title: iso(row.modified), text: age(row.modified) }), sort: (row) => -Date.parse(row.modified) },
      { key: "sha256", label: "SHA-256", cls: "mono", text: (row) => row.sha256, cell: (row) => el("span", { title: row.sha256, text: row.sha256.slice(0, 12) + "…" }) },
      { key: "do", label: "", text: () => "", cell: (row) => el("div", { cls: "row" },
        el("button", { cls: "plain", text: "Download", onclick: () => download("/api/v1" + path(row), row.name.split("/").at(-1)) }),
        page.may("operator") && [
          el("button", { cls: "plain", text: "To copters…", onclick: () => give(row) }),
          el("button", { cls: "plain", text: "Delete…", onclick: () => drop(row) }),
        ]) },
    ],
  });
  fill(node, el("div", { cls: "head" }, el("a", { href: "#/files", text: "Files" }), el("span", { cls: "muted", text: "›" }), el("h1", { text: owner })), uploads, transfers, list.node);

  async function give(row) {
    try {
      await pushKept(page, { owner, name: row.name });
    } catch (refused) {
      page.tell("bad", refused.status === 404 ? "This hub is no ground station: it has no copters." : refused.message);
    }
  }

  async function drop({ name }) {
    const row = rows.find((each) => each.name === name);
    if (!row) return;
    if (!(await page.confirm({ title: "Delete " + row.name + "?", text: bytes(row.size) + " of " + owner + ", changed " + age(row.modified) + ". Nobody can have it back.", action: "Delete", danger: true }))) return;
    try {
      await api.remove(path(row));
      await turn();
    } catch (refused) {
      page.tell("bad", refused.message);
    }
  }

  async function turn() {
    rows = await api.names("/files/" + api.part(owner), {}, page.signal);
    list.rows(rows);
  }

  page.every(2000, turn);
  return {};
}

/** The button that files come in by; they can be dropped anywhere on the page, too. */
function entrance(page, node, owner, there) {
  const input = show(el("input", { type: "file", multiple: true, "aria-label": "Files to upload", onchange: () => {
    ask([...input.files]);
    input.value = "";
  } }), false);
  const over = (yes) => node.classList.toggle("dropping", yes);
  const listen = (event, then) => document.addEventListener(event, then, { signal: page.signal });
  listen("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  listen("dragleave", (event) => over(event.relatedTarget !== null));
  listen("drop", (event) => {
    over(false);
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    ask([...event.dataTransfer.files]);
  });

  async function ask(files) {
    if (files.length === 0) return;
    const known = new Set(there().map((row) => row.name));
    const replaced = files.filter((file) => known.has(file.name)).map((file) => file.name);
    const wish = await page.confirm({
      title: "Upload " + files.length + (files.length === 1 ? " file" : " files"), action: "Upload",
      text: replaced.length > 0 ? replaced.join(", ") + (replaced.length === 1 ? " is" : " are") + " there already, and will be replaced." : "",
      details: el("div", { cls: "row" }, files.slice(0, 20).map((file) => el("span", { cls: "chip", text: file.name + "  " + bytes(file.size) })), files.length > 20 && "and " + (files.length - 20) + " more"),
      fields: [
        el("label", { cls: "field" }, "Whose", el("input", { name: "owner", required: true, value: owner, placeholder: "hawser", spellcheck: "false", pattern: "[^\\/]+" })),
        el("label", { cls: "field" }, "Folder, if they go into one", el("input", { name: "folder", spellcheck: "false" })),
      ],
    });
    if (!wish) return;
    const folder = wish.folder.replace(/\/+$/, "");
    files.forEach((file) => bring(page, file, { owner: wish.owner, name: (folder === "" ? "" : folder + "/") + file.name }));
  }

  return [el("button", { text: "Upload…", onclick: () => input.click() }), input];
}

/** Files come in one after the other. */
let before = Promise.resolve();

function bring(page, file, wish) {
  const ending = new AbortController();
  const way = bar();
  const end = el("button", { cls: "plain", text: "Stop", onclick: () => ending.abort() });
  const again = show(el("button", { text: "Go on", onclick: () => {
    node.remove();
    bring(page, file, wish);
  } }), false);
  const node = el("div", { cls: "row upload" }, el("span", { cls: "who", text: wish.owner + " / " + wish.name }), way.node, again, end);
  way.begin("waits");
  uploads.append(node);
  const work = async () => {
    try {
      ending.signal.throwIfAborted();
      const given = await upload(file, wish, way.at, ending.signal);
      await api.post("/uploads/" + api.part(given.upload) + "/commit", { sha256: given.sha256 });
      node.remove();
      page.tell("ok", wish.name + " is there, for " + wish.owner);
    } catch (failure) {
      way.end(false, failure.name === "AbortError" ? "stopped" : failure.message);
      show(again, true);
      end.replaceWith(el("button", { cls: "plain", text: "✕", "aria-label": "Close", onclick: () => node.remove() }));
    }
  };
  before = before.then(work);
}
