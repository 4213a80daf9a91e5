// Stops what the server would have to turn away while it still stands in the page, names the
// files that were chosen, and counts the characters of a long text.
"use strict";

const told = document.getElementById("limits")?.dataset ?? {};
const MEGABYTE = 1024 * 1024;

function say(form, words) {
  let note = form.querySelector(".stopped");
  if (!note) {
    note = document.createElement("p");
    note.className = "note bad stopped";
    note.setAttribute("role", "alert");
    form.append(note);
  }
  note.textContent = words;
  note.scrollIntoView({ block: "center" });
}

function tooMuch(form) {
  const files = [...form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files]);
  const large = files.find((file) => file.size > told.file * MEGABYTE);
  if (large) return `${large.name}：${told.fileSays}`;
  if (files.reduce((sum, file) => sum + file.size, 0) > told.all * MEGABYTE) return told.allSays;
  const texts = [...form.querySelectorAll("textarea, input:not([type=file])")];
  const typed = new Blob(texts.map((one) => one.value)).size;
  return typed > told.text * MEGABYTE ? told.textSays : "";
}

function count(area) {
  const over = area.value.length - told.characters;
  let line = area.parentElement.querySelector(".counted");
  if (over < -told.characters / 10) {
    line?.remove();
    return;
  }
  if (!line) {
    line = document.createElement("p");
    line.className = "help counted";
    line.setAttribute("role", "status");
    area.after(line);
  }
  line.textContent = told.countSays.replace("#", area.value.length);
  line.classList.toggle("error", over > 0);
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    const words = tooMuch(form);
    if (!words) return;
    event.preventDefault();
    say(form, words);
  });
}
document.addEventListener("input", (event) => {
  if (event.target.matches("textarea")) count(event.target);
});
document.addEventListener("change", (event) => {
  if (!event.target.matches(".filepick input[type=file]")) return;
  event.target.form.querySelector(".stopped")?.remove();
  const names = [...event.target.files].map((file) => file.name);
  if (names.length) event.target.closest("label").querySelector("span").textContent = names.join("、");
});
