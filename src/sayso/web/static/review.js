// The queue without loading whole pages: a verdict brings the next value, and a live region says what was done.

const queue = () => document.getElementById("queue");
const token = document.querySelector('meta[name="csrf"]').content;
const tell = (words) => { document.getElementById("live").textContent = words; };
let busy = false;

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-swap]");
  if (!form || !queue()) return;
  event.preventDefault();
  if (busy) return; // a key that is held down gives one verdict, not many
  busy = true;
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { "X-CSRF-Token": token }, body: new URLSearchParams(new FormData(form, event.submitter)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("queue");
    if (!next) { document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main"))); return; }
    queue().replaceWith(document.adoptNode(next));
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: queue() } }));
    tell(`${queue().dataset.told} ${document.getElementById("item").textContent.trim()}`);
    document.getElementById("item").focus({ preventScroll: answer.ok });
  } catch {
    tell("The workbench did not answer. Nothing was recorded: try again.");
  } finally { busy = false; }
});

document.addEventListener("toggle", (event) => {
  const details = event.target;
  if (details.matches?.(".correct") && details.open) details.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  const details = event.target.closest?.(".correct[open]");
  if (event.key === "Escape" && details) { details.open = false; document.getElementById("item").focus(); }
});
