// Makes nodes. Whatever comes from the bus is text and stays text: nothing here parses markup.

/** Signs that nobody sees, and that turn the direction of those after them: names could look like others. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const SVG = "http://www.w3.org/2000/svg";

/** A node: properties, attributes and listeners (onclick) by name; texts and nodes as children. */
export function el(name, props = {}, ...kids) {
  return furnish(document.createElement(name), props, kids);
}

/** The same of a picture. */
export function svg(name, props = {}, ...kids) {
  return furnish(document.createElementNS(SVG, name), props, kids);
}

function furnish(node, props, kids) {
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "text") node.textContent = seen(value);
    else if (key === "value" || key === "checked" || key === "disabled" || key === "selected") node[key] = value;
    else node.setAttribute(key === "cls" ? "class" : key, value === true ? "" : String(value));
  }
  add(node, kids);
  return node;
}

/** `text` in which every sign can be seen. */
export function seen(text) {
  return String(text).replace(HIDDEN, (sign) => "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0"));
}

/** Puts texts and nodes into `node`, leaving out what is not there. */
export function add(node, kids) {
  for (const kid of [kids].flat(9)) {
    if (kid !== undefined && kid !== null && kid !== false) node.append(kid instanceof Node ? kid : seen(kid));
  }
  return node;
}

/** Makes `kids` all that is in `node`. */
export function fill(node, ...kids) {
  node.replaceChildren();
  return add(node, kids);
}

/** The same for what has no listeners: nodes that are there already stay, with what is selected in them. */
export function renew(node, ...kids) {
  settle(node, add(node.cloneNode(false), kids));
}

function settle(node, fresh) {
  const had = [...node.childNodes];
  const now = [...fresh.childNodes];
  now.forEach((kid, i) => {
    const was = had[i];
    if (was === undefined) node.append(kid);
    else if (was.isEqualNode(kid)) return;
    else if (was instanceof Text && kid instanceof Text) was.data = kid.data;
    else if (was instanceof Element && was.cloneNode(false).isEqualNode(kid.cloneNode(false))) settle(was, kid);
    else was.replaceWith(kid);
  });
  had.slice(now.length).forEach((kid) => kid.remove());
}

/** Says `text` in `node`, if it says anything else. */
export function say(node, text) {
  const said = seen(text);
  if (node.textContent !== said) node.textContent = said;
  return node;
}

/** Shows `node` or not. */
export function show(node, yes) {
  node.hidden = !yes;
  return node;
}

/** The value of a colour or another property of the style sheet. */
export function style(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Has the browser keep `text` as a file. */
export function keep(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  download(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Has the browser keep what is at `url` as a file. */
export function download(url, name) {
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}
