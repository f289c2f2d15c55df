// The review widget. All text but the marked context is set as text; the context comes escaped from Python.
function element(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
}

function render({ model, el }) {
  const root = element("div", "newslab nl-review");
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Review: press a to accept, f to fix, r to reject");
  root.dataset.lmSuppressShortcuts = "true"; // JupyterLab would take single keys for its own commands

  const send = (what, more) => model.send({ do: what, at: model.get("card").at, ...more });
  const buttons = element("div", "nl-buttons");
  const add = (what, words, key) => {
    const button = element("button", `nl-button nl-do-${what}`, words);
    button.type = "button";
    button.setAttribute("aria-keyshortcuts", key);
    button.addEventListener("click", () => act(what));
    buttons.append(button);
  };
  add("back", "← Back", "ArrowLeft");
  add("accept", "Accept (a)", "a");
  add("fix", "Fix (f)", "f");
  add("reject", "Reject (r)", "r");
  add("undo", "Undo (u)", "u");
  add("next", "Next →", "ArrowRight");

  const place = element("p", "nl-note nl-place");
  const context = element("div", "nl-card-text");
  context.dir = "auto";
  const facts = element("dl", "nl-facts");
  const form = element("form", "nl-form");
  form.hidden = true;
  const taken = element("p", "nl-note nl-taken");
  const summary = element("p", "nl-note nl-summary");
  const problem = element("p", "nl-problem");
  problem.setAttribute("role", "alert");
  taken.setAttribute("aria-live", "polite");
  root.append(place, context, facts, buttons, form, problem, taken, summary);

  function act(what) {
    if (what === "fix") return open();
    close();
    send(what);
  }

  function close() {
    if (form.hidden) return;
    form.hidden = true;
    root.focus({ preventScroll: true });
  }

  function open() {
    form.replaceChildren();
    for (const { name, value, options } of model.get("card").fixable) {
      const label = element("label", "", name);
      const field = document.createElement(options ? "select" : "input");
      for (const option of options ? ["", ...options] : []) field.append(new Option(option || "(none)", option));
      field.name = name;
      field.value = value;
      label.append(field);
      form.append(label);
    }
    const save = element("button", "nl-button nl-do-save", "Save (Enter)");
    save.type = "submit";
    const cancel = element("button", "nl-button nl-do-cancel", "Cancel (Esc)");
    cancel.type = "button";
    cancel.addEventListener("click", close);
    form.append(save, cancel);
    form.hidden = false;
    form.querySelector("input, select")?.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fixes = {};
    for (const { name, value } of model.get("card").fixable) {
      const now = form.elements[name].value.trim();
      if (now !== value) fixes[name] = now;
    }
    close();
    send("fix", { fixes });
  });

  const KEYS = { a: "accept", f: "fix", r: "reject", u: "undo", ArrowLeft: "back", ArrowRight: "next" };
  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") return close();
    if (["INPUT", "SELECT"].includes(event.target.tagName) || !KEYS[event.key]) return;
    event.preventDefault();
    if (!event.repeat) act(KEYS[event.key]);
  });

  function draw() {
    const card = model.get("card");
    place.textContent = card.place;
    context.innerHTML = card.html; // escaped by newslab.drawing.markup
    facts.replaceChildren();
    for (const [name, value] of card.facts) facts.append(element("dt", "", name), element("dd", "", value));
    taken.textContent = card.taken;
    root.dataset.decision = card.decision;
    close();
  }
  const told = () => {
    summary.textContent = model.get("summary");
    problem.textContent = model.get("problem");
  };
  model.on("change:card", draw);
  model.on("change:summary", told);
  model.on("change:problem", told);
  draw();
  told();
  el.append(root);
}

export default { render };
