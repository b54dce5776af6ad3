// Who may do what, and who did what.

import * as api from "./api.js";
import { el, fill } from "./dom.js";
import { age, clock, iso } from "./format.js";
import { table } from "./table.js";

const ACTIONS = ["publish", "subscribe", "request", "kv.read", "kv.write", "device.call", "file.read", "file.send", "ivy.die", "link", "admin.read", "admin.operate", "admin.write"];
const PAGE = 1000;

export async function openAccess(page, node) {
  const answer = el("div");
  const user = el("input", { required: true, placeholder: "alice", "aria-label": "User", value: page.query.user ?? "" });
  const action = el("select", { "aria-label": "Action" }, ACTIONS.map((name) => el("option", { value: name, text: name, selected: page.query.action === name })));
  const topic = el("input", { required: true, cls: "mono", placeholder: "robot/7/pose", "aria-label": "Topic", value: page.query.topic ?? "", spellcheck: "false" });
  const test = el("form", {
    cls: "row",
    onsubmit: async (event) => {
      event.preventDefault();
      page.keep({ user: user.value, action: action.value, topic: topic.value });
      try {
        const told = await api.get("/acl", { user: user.value, action: action.value, topic: topic.value }, page.signal);
        fill(answer, el("div", { cls: "notice " + (told.verdict === "allowed" ? "ok" : told.verdict === "denied" ? "bad" : "warn"), role: "status" },
          el("b", { text: told.verdict }), " ", told.reason, told.groups && el("span", { cls: "muted", text: "  " + told.user + " is in " + told.groups })));
      } catch (refused) {
        fill(answer, el("div", { cls: "notice bad", role: "alert", text: refused.message }));
      }
    },
  }, el("b", { text: "May" }), user, action, el("span", { text: "on" }), topic, el("button", { type: "submit", text: "Ask" }));
  const audit = el("div");
  fill(node, el("div", { cls: "head" }, el("h1", { text: "Access" }), el("span", { cls: "muted", text: "who may do what, and who did what" })),
    el("section", { cls: "card asks" }, test, answer), audit);
  if (!page.may("admin")) {
    fill(audit, el("div", { cls: "empty", text: "The audit is for admins." }));
    return {};
  }
  const verdict = el("span", { cls: "row" });
  const list = table({
    name: "audit", page, id: (row) => row.id, empty: "Nothing was done yet that is written down.",
    tools: [el("button", { text: "Verify", title: "Whether the log is as it was written", onclick: verify }), verdict],
    columns: [
      { key: "id", label: "#", num: true },
      { key: "time", label: "When", cell: (row) => el("span", { title: iso(row.time), text: clock(row.time).slice(0, 8) + "  " + age(row.time) }), sort: (row) => Date.parse(row.time) },
      { key: "who", label: "Who", cell: (row) => row.who || "nobody known" },
      { key: "where", label: "From", cls: "mono" },
      { key: "action", label: "Did", cls: "mono" },
      { key: "target", label: "To", cls: "mono" },
      { key: "outcome", label: "Outcome", cell: (row) => el("span", { cls: "chip " + ({ done: "ok", refused: "bad", failed: "warn" }[row.outcome] ?? ""), text: row.outcome }) },
      { key: "detail", label: "Detail", wrap: true },
    ],
  });
  fill(audit, list.node);

  async function verify() {
    const told = await api.get("/audit/verify", {}, page.signal);
    fill(verdict, el("span", { cls: "chip " + (told.sound ? "ok" : "bad"), title: told.faults.join("\n"), text: told.sound ? told.entries + " entries, as they were written" : told.faults.length + " faults" }));
  }

  // each reading of the audit is an entry of it: it is read when somebody comes, and when somebody asks
  const rows = [];
  for (let from = 1; ; ) {
    const told = (await api.get("/audit", { from, limit: PAGE }, page.signal)).items;
    rows.push(...told);
    if (told.length < PAGE || rows.length >= 20 * PAGE) break;
    from = told.at(-1).id + 1;
  }
  list.rows(rows.reverse());
  return {};
}
