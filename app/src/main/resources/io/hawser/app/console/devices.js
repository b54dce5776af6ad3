// The devices of Oracle IoT Cloud Service: all of them, and one.

import * as api from "./api.js";
import { el, fill } from "./dom.js";
import { openDevice } from "./device.js";
import { table } from "./table.js";

export async function openDevices(page, node) {
  if (page.names.length > 1) return openDevice(page, node);
  const list = table({
    name: "devices", page, id: (row) => row.endpoint,
    empty: ["No device is registered. Register one with ", el("code", { text: "hawser device register NAME" }), "."],
    columns: [
      { key: "online", label: "", sort: (row) => (row.online ? 0 : 1), text: (row) => (row.online ? "online" : "offline"),
        cell: (row) => el("span", { title: row.online ? "online" : "offline" }, el("span", { cls: "dot " + (row.online ? "ok" : "") }), el("span", { cls: "sr", text: row.online ? "online" : "offline" })) },
      { key: "device", label: "Device", cell: (row) => el("a", { href: "#/devices/" + encodeURIComponent(row.device), text: row.device }) },
      { key: "state", label: "State", cell: (row) => el("span", { cls: "chip " + ({ activated: "ok", disabled: "warn", decommissioned: "bad" }[row.state] ?? ""), text: row.state }) },
      { key: "models", label: "Models", cell: (row) => row.models ?? "", wrap: true },
      { key: "kind", label: "Kind" },
      { key: "gateway", label: "Behind", cell: (row) => row.gateway ?? "" },
      { key: "endpoint", label: "Endpoint", cls: "mono", off: true },
    ],
  });
  fill(node, el("div", { cls: "head" }, el("h1", { text: "Devices" })), list.node);
  page.every(2000, async () => {
    try {
      list.rows(await api.list("/devices", {}, page.signal));
    } catch (refused) {
      if (refused.status !== 404) throw refused;
      fill(node, el("div", { cls: "empty" }, "This hub lets no devices in: ", el("code", { text: "hawser.iot.enabled = true" }), "."));
      page.end();
    }
  });
  return {};
}
