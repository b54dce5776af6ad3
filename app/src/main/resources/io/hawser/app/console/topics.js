// Who wants what, and who would receive what is said on a topic, and why not.

import * as api from "./api.js";
import { el, fill, show } from "./dom.js";
import { table } from "./table.js";

const VERDICTS = { yes: ["ok", "receives it"], if: ["warn", "if"], no: ["bad", "does not"] };

export async function openTopics(page, node) {
  const topic = el("input", { name: "for", cls: "mono", required: true, placeholder: "robot/7/pose", "aria-label": "Topic", value: page.query.for ?? "", spellcheck: "false" });
  const user = el("input", { name: "as", placeholder: "said by anybody", "aria-label": "User who says it", value: page.query.as ?? "" });
  const answer = el("div");
  const form = el("form", {
    cls: "row",
    onsubmit: (event) => {
      event.preventDefault();
      page.keep({ for: topic.value.trim(), as: user.value.trim() });
      hears();
    },
  }, el("b", { text: "Who receives" }), topic, el("span", { text: "said by" }), user, el("button", { type: "submit", text: "Ask" }));
  const list = table({
    name: "subscriptions", page, empty: "Nobody wants anything.",
    id: (row) => row.number,
    columns: [
      { key: "topic", label: "Topic", cls: "mono", cell: (row) => el("a", { href: "#/live?topic=" + encodeURIComponent(row.topic), title: "Look on", text: row.topic }) },
      { key: "owner", label: "Owner", cell: (row) => row.owner ?? "the hub" },
      { key: "kind", label: "Kind", cell: (row) => el("span", { cls: "chip " + (row.kind === "durable" ? "clever" : ""), text: row.kind ?? "own" }) },
      { key: "name", label: "Durable", cell: (row) => row.name ?? "" },
      { key: "regexp", label: "Regexp", cls: "mono", cell: (row) => row.regexp ?? "" },
      { key: "match", label: "Fields", cls: "mono", cell: (row) => (row.match ? JSON.stringify(row.match) : "") },
      { key: "channel", label: "Channel", cell: (row) => row.channel ?? "" },
    ],
  });
  fill(node, el("div", { cls: "head" }, el("h1", { text: "Topics" }), el("span", { cls: "muted", text: "who wants what" })),
    el("section", { cls: "card asks" }, form, answer), list.node);

  async function hears() {
    if (topic.value.trim() === "") return show(answer, false);
    show(answer, true);
    try {
      const told = await api.get("/subscriptions", { for: topic.value.trim(), as: user.value.trim(), limit: 1000 }, page.signal);
      fill(answer, told.items.length === 0 ? el("div", { cls: "empty", text: "Nobody: no subscription has to do with this topic." }) : el("table", {}, el("tbody", {}, told.items.map((row) => {
        const [kind, word] = VERDICTS[row.verdict] ?? ["", row.verdict];
        return el("tr", {},
          el("td", {}, el("span", { cls: "chip " + kind, text: row.kind === "publisher" ? (row.verdict === "yes" ? "may say it" : "may not say it") : word })),
          el("td", { text: row.owner ?? "the hub" }), el("td", { cls: "mono", text: row.name ?? row.topic }),
          el("td", { cls: "wrap" }, [row.why, row.delivery].filter((text) => text).join("; ")));
      }))));
    } catch (refused) {
      fill(answer, el("div", { cls: "notice bad", role: "alert", text: refused.message }));
    }
  }

  await hears();
  page.every(3000, async () => {
    const rows = await api.list("/subscriptions", {}, page.signal);
    list.rows(rows.map((row, number) => ({ ...row, number })));
  });
  return {};
}
