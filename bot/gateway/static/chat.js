// Makes the chat page smoother. Without it, or when anything here goes wrong, the form is sent as any form is.
//
// A turn is fetched and the new page's conversation takes the old one's place. After a person's own turn the focus goes
// to the new question; what else was said is read out by a live region of its own, as a live transcript would be read
// again from its start by some screen readers.

const conversation = () => document.getElementById("conversation");
const READ_FOR = 4000; // milliseconds that a line stays in the live region

let sending = false;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-answer]")) return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  send(form, event.submitter).finally(() => { sending = false; });
});

document.addEventListener("click", (event) => {
  const leave = event.target instanceof Element && event.target.closest("[data-leave]");
  if (!leave) return;
  event.preventDefault();
  document.title = "Weather";
  document.body.replaceChildren();
  window.location.replace(leave.href);
});

async function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter && submitter.name) body.append(submitter.name, submitter.value);
  const typed = form.elements.text ? form.elements.text.value : "";
  const isCommand = submitter && submitter.name === "say";
  hide("offline");
  let html, ok;
  try {
    const slow = window.setTimeout(() => read("Sending. Please wait."), 1500);
    const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } })
      .finally(() => window.clearTimeout(slow));
    if (new URL(reply.url).pathname !== "/chat") {
      window.location.assign(reply.url);
      return;
    }
    ok = reply.ok;
    html = await reply.text();
  } catch {
    offline();
    return;
  }
  try {
    show(html, ok, isCommand ? typed : "");
  } catch {
    window.location.assign("/chat#now");
  }
}

function show(html, ok, typed) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.getElementById("conversation");
  if (!next) throw new Error("not the chat page");
  const before = new Set([...document.querySelectorAll("[data-id]")].map((line) => line.dataset.id));
  conversation().replaceWith(document.adoptNode(next));
  // A letter, or a first document of the plan, may have come with this turn.
  document.querySelector(".beside").replaceWith(document.adoptNode(page.querySelector(".beside")));
  document.title = page.title;
  const box = document.getElementById("text");
  if (typed && box && !box.value) box.value = typed;
  const problem = conversation().querySelector("[data-focus]");
  const target = problem || document.getElementById("now");
  target.focus({ preventScroll: true });
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const recent = conversation().querySelector(":scope > ol.said");
  (problem || recent || target).scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
  if (ok) {
    const said = [...conversation().querySelectorAll(":scope > ol.said > [data-id]")];
    said.filter((line) => !before.has(line.dataset.id)).forEach((line) => read(line.textContent));
  }
}

function read(words) {
  const line = document.createElement("p");
  line.textContent = words.replace(/\s+/g, " ").trim();
  document.getElementById("live").append(line);
  window.setTimeout(() => line.remove(), READ_FOR);
}

function offline() {
  hide("offline");
  const box = document.createElement("div");
  box.className = "offline";
  box.id = "offline";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = "We could not reach Sevensteps. Your words are still in the box. "
    + "When you are connected again, press the button once more. It will not count twice.";
  box.append(words);
  conversation().prepend(box);
  box.scrollIntoView({ block: "nearest" });
}

function hide(id) {
  const found = document.getElementById(id);
  if (found) found.remove();
}

// Somebody who arrives by a link to the question, or by the Back button, starts at the question as well.
const problem = document.querySelector("[data-focus]");
if (problem) problem.focus();
else if (window.location.hash === "#now") document.getElementById("now").focus({ preventScroll: true });
