// The text of an article: roles shown or hidden, what stands behind words, words taken from the text into the form.
// Offsets are counted in code points, as Python counts them; a JavaScript string counts a pair of surrogates as two.
const text = document.getElementById("text");
const panel = document.getElementById("behind");
const take = document.getElementById("take");
const form = document.getElementById("mend");
const points = (string) => { let n = 0; for (const _ of string) n++; return n; };

for (const box of document.querySelectorAll("[data-role]")) {
  box.disabled = false;
  box.addEventListener("change", () => text.classList.toggle(`no-${box.dataset.role}`, !box.checked));
}

function showBehind(numbers) {
  const inside = panel.querySelector("div");
  inside.replaceChildren();
  for (const number of numbers) {
    const found = document.getElementById(`b${number}`);
    if (!found) continue;
    const copy = document.createElement("div");
    copy.className = "saying";
    for (const part of found.tagName === "TR" ? found.cells : [found]) {
      const line = document.createElement("div");
      if (part.dataset.label === "What") line.className = "what";
      line.append(...[...part.cloneNode(true).childNodes]);
      copy.append(line);
    }
    inside.append(copy);
  }
  panel.hidden = inside.childElementCount === 0;
}

text.addEventListener("click", (event) => {
  const piece = event.target.closest(".b");
  if (!piece || !document.getSelection().isCollapsed || event.target.closest(".graphic:not(.opened)") && document.documentElement.classList.contains("gentle")) return;
  showBehind(piece.dataset.b.split(" "));
});
panel.querySelector("[data-close]").addEventListener("click", () => { panel.hidden = true; });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") { panel.hidden = true; take.hidden = true; } });

// What is selected of the paragraphs, as offsets of the whole text; null where nothing of them is.
function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let start = null, end = null, words = "";
  for (const paragraph of text.querySelectorAll("[data-start]")) {
    if (!range.intersectsNode(paragraph)) continue;
    const whole = document.createRange();
    whole.selectNodeContents(paragraph);
    const part = whole.cloneRange();
    if (range.compareBoundaryPoints(Range.START_TO_START, whole) > 0) part.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, whole) < 0) part.setEnd(range.endContainer, range.endOffset);
    const own = part.toString();
    if (!own) continue;
    const before = whole.cloneRange();
    before.setEnd(part.startContainer, part.startOffset);
    const first = Number(paragraph.dataset.start) + points(before.toString());
    if (start === null) start = first; else if (first > end) words += "\n";
    end = first + points(own);
    words += own;
  }
  return start === null || !words.trim() ? null : { start, end, words };
}

let taken = null;
if (form) {
  document.addEventListener("selectionchange", () => {
    const now = selected();
    if (now) { taken = now; take.querySelector("q").textContent = now.words.trim().slice(0, 300); }
    take.hidden = !now;
  });
  const put = () => {
    if (!taken) return;
    for (const name of ["start", "end", "words"]) form.querySelector(`[name="${name}"]`).value = taken[name];
    form.open = true;
    take.hidden = true;
    document.getSelection().removeAllRanges();
    form.scrollIntoView({ block: "start" });
    (form.querySelector("#m-slot") || form.querySelector("#m-words")).focus();
  };
  take.querySelector("button").addEventListener("mousedown", (event) => event.preventDefault());
  take.querySelector("button").addEventListener("click", put);
  // Opened by its key while words are selected, the form takes these.
  form.querySelector("summary").addEventListener("click", (event) => {
    const now = selected();
    if (!now) return;
    event.preventDefault();
    taken = now;
    put();
  });
  const words = form.querySelector("#m-words");
  words.addEventListener("input", () => { for (const name of ["start", "end"]) form.querySelector(`[name="${name}"]`).value = ""; });
}
if (location.hash === "#mend" && form) form.open = true;

// Graphic wording that is hidden is a button: Tab reaches it, Enter or the space bar shows it.
const root = document.documentElement;
function buttons() {
  for (const passage of text.querySelectorAll(".graphic")) {
    const hides = root.classList.contains("gentle") && !passage.classList.contains("opened");
    for (const [name, value] of [["tabindex", "0"], ["role", "button"], ["aria-label", "Graphic wording: show it"]]) {
      if (hides) passage.setAttribute(name, value); else passage.removeAttribute(name);
    }
  }
}
text.addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === " ") && event.target.matches(".graphic[role=button]")) { event.preventDefault(); event.target.click(); }
});
text.addEventListener("click", () => setTimeout(buttons));
new MutationObserver(buttons).observe(root, { attributes: true, attributeFilter: ["class"] });
buttons();
