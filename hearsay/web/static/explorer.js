// Lights what belongs together, puts judgement forms in place, folds filters on a phone. Every page works without it.
"use strict";

const LIT = "lit";

function unlight() {
  for (const e of document.querySelectorAll(`.${LIT}`)) e.classList.remove(LIT);
  for (const e of document.querySelectorAll(".network.dim")) e.classList.remove("dim");
}

// Light every part of a record: its marks in the text, its card, its stripe in the timeline.
function light(record) {
  for (const e of document.querySelectorAll(`[data-of~="${CSS.escape(record)}"], [data-record="${CSS.escape(record)}"]`)) e.classList.add(LIT);
}

// Light a party of the network, its arrows and whoever is at their other ends.
function lightNode(figure, id) {
  figure.classList.add("dim");
  for (const edge of figure.querySelectorAll("[data-ends]")) {
    const ends = edge.dataset.ends.split(" ");
    if (!ends.includes(id)) continue;
    edge.classList.add(LIT);
    for (const end of ends) figure.querySelector(`[data-node="${CSS.escape(end)}"]`)?.classList.add(LIT);
  }
}

// Bring a record's card into sight where cards stand in a column of their own; the text stays where it is.
function showCard(record) {
  const card = document.querySelector(`.cards [data-record="${CSS.escape(record)}"]`);
  const column = card?.parentElement;
  if (column && column.scrollHeight > column.clientHeight + 1) column.scrollTop = card.offsetTop - column.clientHeight / 4;
}

function pointedAt(target) {
  if (!(target instanceof Element)) return;
  unlight();
  const node = target.closest("[data-node]");
  if (node) return lightNode(node.closest(".network"), node.dataset.node);
  const mark = target.closest("[data-of]");
  if (mark) {
    const [record] = mark.dataset.of.split(" ");
    light(record);
    return showCard(record);
  }
  const card = target.closest("[data-record]");
  if (card) light(card.dataset.record);
}

document.addEventListener("pointerover", (event) => pointedAt(event.target));
document.addEventListener("focusin", (event) => pointedAt(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") unlight();
  const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    document.getElementById("quick-q")?.focus();
  }
});

// The form of a record comes when its box is opened; the server has escaped what is in it.
document.addEventListener("toggle", async (event) => {
  const box = event.target;
  if (!(box instanceof HTMLDetailsElement) || !box.open || !box.dataset.form) return;
  const address = box.dataset.form;
  delete box.dataset.form;
  const answer = await fetch(address);
  if (answer.ok) box.querySelector(".place").innerHTML = await answer.text();
}, true);

if (window.matchMedia("(max-width: 46rem)").matches) {
  for (const box of document.querySelectorAll("details.side, details.above")) box.open = false;
}
