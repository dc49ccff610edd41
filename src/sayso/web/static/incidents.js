// The list of incidents: each change of a filter is shown at once, without loading the page anew. All that is asked stands
// in the address, so that going back, a link sent to a colleague and a page without JavaScript show the same.
import { makeMap } from "./map.js";

// By the very address that the page has it from: another would run it, with its keys, a second time.
const { localise, tell } = await import(document.querySelector('script[src^="/static/sayso.js"]').src);

const PARTS = ["list-head", "asked", "facets", "timeline", "results", "area"];
let running = null;
let map = null;

export async function show(address, { push = true } = {}) {
  const url = new URL(address, location.href);
  if (!url.search) url.search = "";
  running?.abort();
  running = new AbortController();
  document.getElementById("results").setAttribute("aria-busy", "true");
  let text = "";
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, signal: running.signal });
    text = await answer.text();
    if (!answer.ok) { location.assign(url); return; }
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
    return;
  }
  const made = new DOMParser().parseFromString(text, "text/html");
  if (!made.getElementById("results")) { location.assign(url); return; }
  const focused = document.activeElement?.id, opened = new Set([...document.querySelectorAll("#facets details[open]")].map((d) => d.id));
  for (const id of PARTS) {
    const fresh = made.getElementById(id), old = document.getElementById(id);
    if (fresh && old) old.replaceWith(document.adoptNode(fresh));
  }
  for (const details of document.querySelectorAll("#facets details")) details.open = opened.has(details.id);
  if (push) history.pushState({}, "", url);
  document.title = made.title;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  localise(document.getElementById("main"));
  prepare();
  tell(document.getElementById("count").textContent);
  map?.update();
}

// The form's address, without what is empty.
function asked(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) query.append(name, value.trim());
  return `/incidents?${query}`;
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.id === "filters") show(asked(form));
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "filters") return;
  event.preventDefault();
  show(asked(event.target));
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-asks]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link.getAttribute("href"));
});
window.addEventListener("popstate", () => show(location.href, { push: false }));

// j and k move between the rows, Enter opens, f leads to the facets.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  if (event.key === "f") {
    event.preventDefault();
    document.getElementById("fold-filters").open = true;
    (document.querySelector("#facets input[type=checkbox]") ?? document.getElementById("f-text")).focus();
  }
  if (event.key !== "j" && event.key !== "k") return;
  const rows = [...document.querySelectorAll("#results a.opens")];
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement);
  event.preventDefault();
  rows[here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + (event.key === "j" ? 1 : -1)))].focus();
});

function prepare() {
  const svg = document.querySelector("#timeline svg");
  if (svg) brush(svg);
}

// Drawing over the timeline chooses the days from the first bar touched to the last; arrows move between the bars.
function brush(svg) {
  const slots = [...svg.querySelectorAll("[data-period]")], links = slots.filter((slot) => slot.matches("a"));
  links.forEach((link, k) => link.setAttribute("tabindex", k ? "-1" : "0"));
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], here = links.indexOf(document.activeElement);
    if (!step || here < 0) return;
    event.preventDefault();
    links[Math.min(links.length - 1, Math.max(0, here + step))].focus();
  });
  const at = (event) => {
    const box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
    return Math.min(slots.length - 1, Math.max(0, Math.floor(view.x + ((event.clientX - box.left) / box.width) * view.width)));
  };
  let from = null, moved = false, mark = null;
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => { if (event.button === 0) { from = at(event); moved = false; } });
  svg.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const to = at(event);
    if (!moved && to === from) return;
    if (!moved) {
      moved = true;
      svg.setPointerCapture(event.pointerId);
      mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      mark.setAttribute("class", "brush");
      mark.setAttribute("y", "0");
      mark.setAttribute("height", "100");
      svg.append(mark);
    }
    mark.setAttribute("x", Math.min(from, to));
    mark.setAttribute("width", Math.abs(to - from) + 1);
  });
  const end = (event) => {
    if (from === null) return;
    const to = at(event), first = Math.min(from, to), last = Math.max(from, to);
    from = null;
    mark?.remove();
    if (!moved || event.type === "pointercancel") return;
    const query = new URLSearchParams(location.search);
    for (const name of ["period", "since", "until", "after"]) query.delete(name);
    query.set("since", slots[first].dataset.period);
    query.set("until", slots[last].dataset.period);
    show(`/incidents?${query}`);
  };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
  svg.addEventListener("click", (event) => { if (moved) { event.preventDefault(); event.stopPropagation(); moved = false; } }, true);
}

prepare();
map = makeMap(document.getElementById("map"), show);
