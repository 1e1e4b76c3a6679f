// Saying it in place of typing, when somebody chooses to. The words go into the box, where they can be changed before
// they are sent. The recording never reaches us; where the browser sends it, it says so first.

const words = document.getElementById("say-words");
const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;

let listening = null;
let agreed = false;

async function onDevice() {
  if (typeof Recognition.available !== "function") return false;
  try {
    return await Recognition.available({ langs: ["en-GB"], processLocally: true }) === "available";
  } catch {
    return false;
  }
}

function add() {
  const box = document.getElementById("text");
  if (!box || document.getElementById("say-it")) return;
  const holder = document.createElement("div");
  holder.className = "say";
  const start = document.createElement("button");
  start.type = "button";
  start.id = "say-it";
  start.className = "plain-button";
  start.textContent = words.dataset.start;
  const status = document.createElement("p");
  status.className = "govuk-body-s say__status";
  status.setAttribute("role", "status");
  holder.append(start, status);
  box.after(holder);
  start.addEventListener("click", () => {
    if (listening) {
      listening.stop();
    } else if (agreed) {
      listen(box, start, status);
    } else {
      ask(box, start, status, holder);
    }
  });
}

function ask(box, start, status, holder) {
  if (document.getElementById("say-notice")) return;
  const notice = document.getElementById("say-template").content.cloneNode(true).firstElementChild;
  notice.querySelector("[data-yes]").addEventListener("click", () => {
    agreed = true;
    notice.remove();
    start.focus();
    listen(box, start, status);
  });
  notice.querySelector("[data-no]").addEventListener("click", () => {
    notice.remove();
    box.focus();
  });
  holder.append(notice);
  notice.querySelector("[data-yes]").focus();
}

async function listen(box, start, status) {
  const recognition = new Recognition();
  recognition.lang = "en-GB";
  recognition.continuous = true;
  recognition.interimResults = true;
  if (await onDevice()) recognition.processLocally = true;
  const before = box.value ? `${box.value.trimEnd()} ` : "";
  let failed = false;
  recognition.onresult = (event) => {
    box.value = before + [...event.results].map((result) => result[0].transcript.trim()).join(" ");
  };
  recognition.onerror = (event) => {
    failed = true;
    const known = { "not-allowed": words.dataset.blocked, "audio-capture": words.dataset.blocked, "no-speech": words.dataset.silent };
    status.textContent = known[event.error] || words.dataset.failed;
  };
  recognition.onend = () => {
    listening = null;
    start.textContent = words.dataset.start;
    start.setAttribute("aria-pressed", "false");
    if (!failed) status.textContent = box.value === before ? words.dataset.silent : words.dataset.done;
    box.focus();
  };
  try {
    recognition.start();
  } catch {
    status.textContent = words.dataset.failed;
    return;
  }
  listening = recognition;
  start.textContent = words.dataset.end;
  start.setAttribute("aria-pressed", "true");
  status.textContent = words.dataset.listening;
}

if (Recognition && words) {
  add();
  new MutationObserver(() => {
    if (listening && !document.getElementById("say-it")) listening.abort();
    add();
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
  window.addEventListener("pagehide", () => { if (listening) listening.abort(); });
}
