// How numbers, times and values are written.

const UNITS = ["", "k", "M", "G", "T"];

/** 1234 as 1.23 k; small numbers with what matters of them. */
export function number(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && size < 1) return value.toPrecision(2);
  let unit = 0;
  let scaled = value;
  while (Math.abs(scaled) >= 10000 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit++;
  }
  const digits = Number.isInteger(scaled) || Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  return scaled.toFixed(digits) + (unit ? " " + UNITS[unit] : "");
}

/** Bytes in powers of 1024. */
export function bytes(value) {
  if (!Number.isFinite(value) || value < 0) return "–";
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let scaled = value;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return (unit === 0 || scaled >= 100 ? scaled.toFixed(0) : scaled.toFixed(1)) + " " + units[unit];
}

/** Seconds as 1.2 ms, 3 s, 5 min. */
export function seconds(value) {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0 ms";
  if (value < 0.001) return (value * 1e6).toFixed(0) + " µs";
  if (value < 1) return (value * 1e3).toFixed(value < 0.01 ? 1 : 0) + " ms";
  if (value < 120) return value.toFixed(value < 10 ? 1 : 0) + " s";
  if (value < 7200) return Math.round(value / 60) + " min";
  if (value < 172800) return Math.round(value / 3600) + " h";
  return Math.round(value / 86400) + " d";
}

/** When that was, in milliseconds: a number, or text as the hub writes times. */
export function millis(time) {
  return typeof time === "number" ? time : Date.parse(time);
}

/** How long ago `time` was. */
export function age(time, now = Date.now()) {
  const past = (now - millis(time)) / 1000;
  if (!Number.isFinite(past)) return "–";
  return past < 1 ? "now" : seconds(Math.floor(past)) + " ago";
}

/** The time of day, to the millisecond. */
export function clock(time) {
  const date = new Date(millis(time));
  return Number.isNaN(date.getTime())
    ? "–"
    : date.toTimeString().slice(0, 8) + "." + String(date.getMilliseconds()).padStart(3, "0");
}

/** The whole time, for tool tips. */
export function iso(time) {
  const at = millis(time);
  return Number.isFinite(at) ? new Date(at).toISOString() : "";
}

/** A value of a message on one line. */
export function line(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The text of a message, else its fields, on one line. */
export function gist(row) {
  if (row.cut) return bytes(row.bytes) + ", too long to be shown here";
  const names = Object.keys(row.fields ?? {}).filter((name) => name !== "_dest");
  if (row.text !== undefined && names.length <= 1) return row.text;
  return names.map((name) => name + "=" + line(row.fields[name])).join("  ");
}
