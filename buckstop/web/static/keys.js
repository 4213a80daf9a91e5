// Keys for the desk: j and k move through the list, Enter opens, / finds, a letter acts.
"use strict";

const rows = [...document.querySelectorAll(".queue tr[data-peek]")];
let chosen = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");

async function choose(next) {
  if (!rows.length) return;
  rows[chosen]?.removeAttribute("aria-selected");
  chosen = Math.max(0, Math.min(rows.length - 1, next));
  const row = rows[chosen];
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
  const answer = await fetch(row.dataset.peek, { headers: { "HX-Request": "true" } });
  const peek = document.getElementById("peek");
  if (answer.ok && rows[chosen] === row && peek) peek.innerHTML = await answer.text();
}

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find")?.focus();
  } else if (rows.length && event.key === "j") {
    choose(chosen + 1);
  } else if (rows.length && event.key === "k") {
    choose(chosen - 1);
  } else if (rows.length && event.key === "Enter" && !event.target.closest("a, button, summary")) {
    rows[chosen]?.querySelector("a")?.click();
  } else if (/^[a-z]$/.test(event.key)) {
    document.querySelector(`[data-key="${event.key}"]`)?.click();
  }
});
