// What every page has: dates in the reader's locale, keys, graphic wording behind a click, the CSRF token for htmx.
const token = document.querySelector('meta[name="csrf"]').content;
document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRF-Token"] = token; });

const locale = navigator.language || "en";
export function localise(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(time.dateTime);
    if (!match) continue;
    const day = new Date(Date.UTC(+match[1], (match[2] || 1) - 1, match[3] || 1));
    const parts = { year: "numeric", month: match[2] ? "long" : undefined, day: match[3] ? "numeric" : undefined, timeZone: "UTC" };
    time.textContent = new Intl.DateTimeFormat(locale, parts).format(day);
    time.title = time.dateTime;
  }
}
localise(document);
document.addEventListener("htmx:load", (event) => localise(event.detail.elt));

export function tell(words) { document.getElementById("live").textContent = words; }

// What was done is told once: it has the focus, or else what it changed has, and is gone from the address, so that loading
// the page anew does not tell it again.
const asked = new URLSearchParams(location.search), once = ["told", "added", "also", "apart", "what"];
if (["told", "added"].some((name) => asked.has(name))) {
  for (const name of once) asked.delete(name);
  history.replaceState(history.state, "", location.pathname + (asked.size ? `?${asked}` : "") + location.hash);
  const notice = document.querySelector(".told[tabindex]"), changed = document.getElementById("at");
  (changed ?? notice)?.focus({ preventScroll: Boolean(changed) });
  if (changed && notice) tell(notice.textContent);
}

// On a narrow screen the navigation is one row that scrolls: where one is has to be in sight.
const nav = document.querySelector(".top nav"), here = nav?.querySelector("[aria-current]");
if (here) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;

const hide = document.getElementById("hide-graphic");
if (hide) {
  hide.checked = localStorage.getItem("hide-graphic") === "yes";
  const show = () => document.documentElement.classList.toggle("gentle", hide.checked);
  hide.addEventListener("change", () => { localStorage.setItem("hide-graphic", hide.checked ? "yes" : "no"); show(); });
  show();
  document.addEventListener("click", (event) => {
    const passage = event.target.closest?.(".graphic:not(.opened)");
    if (passage && hide.checked) event.preventDefault(); // the first click shows, the next one follows a link in it
    passage?.classList.add("opened");
  });
}

// One key, one deed: elements carry data-key; keys count only where nobody is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/") { event.preventDefault(); document.getElementById("find").focus(); return; }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) { event.preventDefault(); target.focus(); target.click(); }
});
