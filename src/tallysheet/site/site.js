// Filters and sorts the table of records. All rows stand in the page; the script keeps them and shows the first of those
// that match, so that ten thousand rows are laid out only when they are asked for. Nothing is fetched, nothing is kept.
"use strict";

(() => {
  const STEP = 200;
  const table = document.getElementById("records");
  const form = document.getElementById("filters");
  if (!table || !form) return;

  const body = table.tBodies[0];
  const told = document.getElementById("shown");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const all = Array.from(body.rows, (row, place) => ({ row, place, text: fold(row.textContent), keys: new Map() }));
  const filters = ["kind", "condition", "year", "status"];
  for (const entry of all) {
    entry.facts = Object.fromEntries(filters.map((name) => [name, (entry.row.dataset[name] || "").split(" ")]));
  }
  const more = document.createElement("button");
  more.type = "button";
  more.className = "more";
  table.after(more);
  const heads = Array.from(table.tHead.rows[0].cells);
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const state = { column: -1, down: false, limit: STEP, found: all };

  function keyOf(entry, column, kind) {
    if (!entry.keys.has(column)) {
      const cell = entry.row.cells[column];
      const shown = cell.dataset.sort || cell.textContent.trim();
      entry.keys.set(column, kind === "number" ? (shown === "" ? null : Number(shown)) : shown);
    }
    return entry.keys.get(column);
  }

  function inOrder(entries) {
    if (state.column < 0) return entries;
    const kind = heads[state.column].dataset.sort;
    const sign = state.down ? -1 : 1;
    return entries.slice().sort((one, other) => {
      const a = keyOf(one, state.column, kind);
      const b = keyOf(other, state.column, kind);
      const missing = (a === null || a === "") - (b === null || b === "");
      if (missing) return missing; // what is not given stands last, whichever way
      const order = kind === "number" ? a - b : collator.compare(a, b);
      return order ? sign * order : one.place - other.place;
    });
  }

  function draw() {
    body.replaceChildren(...state.found.slice(0, state.limit).map((entry) => entry.row));
    const left = state.found.length - state.limit;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(left, STEP).toLocaleString("en")} more of ${left.toLocaleString("en")}`;
  }

  function tell() {
    const found = state.found.length.toLocaleString("en");
    told.textContent = `${found} of ${all.length.toLocaleString("en")} records`;
  }

  function remember(asked) {
    const place = new URLSearchParams(asked);
    if (state.column >= 0) place.set("sort", `${state.down ? "-" : ""}${state.column}`);
    const hash = place.toString();
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : "#");
  }

  function apply() {
    const asked = Object.entries(Object.fromEntries(new FormData(form))).filter(([, value]) => value.trim() !== "");
    const words = fold(form.elements.text.value).split(/\s+/).filter(Boolean);
    const chosen = asked.filter(([name]) => filters.includes(name));
    const found = all.filter(
      (entry) =>
        chosen.every(([name, value]) => entry.facts[name].includes(value)) &&
        words.every((word) => entry.text.includes(word)),
    );
    state.found = inOrder(found);
    state.limit = STEP;
    draw();
    tell();
    remember(asked);
  }

  function sortBy(column) {
    state.down = state.column === column && !state.down;
    state.column = column;
    mark();
    apply();
  }

  function mark() {
    heads.forEach((head, place) => {
      if (place === state.column) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  function recall() {
    const place = new URLSearchParams(location.hash.slice(1));
    for (const element of form.elements) {
      if (element.name && place.has(element.name)) element.value = place.get(element.name);
    }
    const sort = /^(-?)([0-9]{1,2})$/.exec(place.get("sort") || "");
    if (sort && Number(sort[2]) < heads.length) {
      state.down = sort[1] === "-";
      state.column = Number(sort[2]);
      mark();
    }
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sortBy(column));
    head.replaceChildren(button);
  });
  let waiting = 0;
  form.addEventListener("input", () => {
    cancelAnimationFrame(waiting); // one drawing for all that was typed since the last
    waiting = requestAnimationFrame(apply);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => requestAnimationFrame(apply));
  more.addEventListener("click", () => {
    const first = state.found[state.limit];
    state.limit += STEP;
    draw();
    first.row.querySelector("a").focus(); // the button moved away from under who pressed it
  });
  addEventListener("beforeprint", () => {
    state.limit = state.found.length;
    draw();
  });
  form.hidden = false;
  recall();
  apply();
})();
