// Keeps what is being typed on the server, so that closing the page loses nothing.
"use strict";

const form = document.querySelector("form[data-draft]");
let waiting = 0;

function keep() {
  const typed = new FormData(form);
  typed.delete("files");
  fetch(form.dataset.draft, { method: "POST", body: typed, keepalive: true }).catch(() => {});
}

form?.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  clearTimeout(waiting);
  waiting = setTimeout(keep, 1500);
});
form?.addEventListener("submit", () => clearTimeout(waiting));
