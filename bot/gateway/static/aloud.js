// Reads what we said aloud, when somebody asks for it. Never by itself.
//
// Only voices that live on the device are used: others send the words to their maker. Where there is none, nothing is
// shown. The page is the same without this file.

const words = document.getElementById("aloud-words");
const synthesis = window.speechSynthesis;
const KEPT = "sevensteps-aloud"; // the voice and speed, on this device alone; nothing that was said

let speaking = null; // the button whose words are being read

function localVoices() {
  return synthesis.getVoices()
    .filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(document.documentElement.lang.slice(0, 2)))
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}

function rank(voice) {
  return voice.lang === "en-GB" ? 0 : 1;
}

function kept() {
  try {
    return JSON.parse(window.localStorage.getItem(KEPT)) || {};
  } catch {
    return {};
  }
}

function keep(changed) {
  try {
    window.localStorage.setItem(KEPT, JSON.stringify({ ...kept(), ...changed }));
  } catch { /* a browser that keeps nothing: the choice lasts for this page */ }
}

function stop() {
  synthesis.cancel();
  if (speaking) {
    speaking.setAttribute("aria-pressed", "false");
    speaking.querySelector("[data-aloud-label]").textContent = words.dataset.read;
  }
  speaking = null;
}

function speak(button, text) {
  const again = speaking === button;
  stop();
  if (again) return;
  const chosen = kept();
  const voices = localVoices();
  const voice = voices.find((one) => one.voiceURI === chosen.voice) || voices[0];
  speaking = button;
  button.setAttribute("aria-pressed", "true");
  button.querySelector("[data-aloud-label]").textContent = words.dataset.stop;
  const parts = text.match(/[^.!?]+[.!?]*\s*/g) || [text]; // a sentence at a time: some browsers cut longer speech off
  parts.forEach((part, number) => {
    const utterance = new SpeechSynthesisUtterance(part.trim());
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = Number(chosen.rate) || 1;
    if (number === parts.length - 1) utterance.onend = () => { if (speaking === button) stop(); };
    utterance.onerror = () => { if (speaking === button) stop(); };
    synthesis.speak(utterance);
  });
}

function button(textOf, about) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain-button aloud";
  made.setAttribute("aria-pressed", "false");
  const label = document.createElement("span");
  label.dataset.aloudLabel = "";
  label.textContent = words.dataset.read;
  const more = document.createElement("span");
  more.className = "govuk-visually-hidden";
  more.textContent = ` ${about}`;
  made.append(label, more);
  made.addEventListener("click", () => speak(made, textOf()));
  return made;
}

function plain(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".aloud, .govuk-visually-hidden, script").forEach((part) => part.remove());
  const parts = copy.querySelectorAll("p, li, h1, legend, label, dt, dd");
  const texts = parts.length ? [...parts].filter((part) => !part.querySelector("p, li, h1, label")) : [copy];
  return texts.map((part) => part.textContent.replace(/\s+/g, " ").trim()).filter(Boolean)
    .map((text) => (/[.!?:]$/.test(text) ? text : `${text}.`)).join(" ");
}

function question() {
  const form = document.querySelector("form[data-answer]");
  const caption = form.querySelector(".govuk-caption-l");
  const heading = document.getElementById("now");
  const more = document.getElementById("more");
  const options = [...form.querySelectorAll(".govuk-radios__label")].map((label) => {
    const [number, text] = label.children;
    return `${number.textContent.trim()}: ${text.textContent.trim().replace(/\.$/, "")}.`;
  });
  return [caption && plain(caption), heading && plain(heading), more && plain(more), ...options].filter(Boolean).join(" ");
}

function addButtons() {
  document.querySelectorAll("#conversation .said [data-id]").forEach((line) => {
    if (!line.querySelector(".aloud")) line.append(button(() => plain(line), words.dataset.message));
  });
  const now = document.getElementById("now");
  const form = document.querySelector("form[data-answer]");
  if (now && form && !form.querySelector(":scope > .aloud")) form.prepend(button(question, words.dataset.question));
}

function addSettings() {
  if (document.getElementById("aloud-settings")) return;
  const settings = document.getElementById("aloud-template").content.cloneNode(true);
  const pick = settings.getElementById("aloud-voice");
  const rate = settings.getElementById("aloud-rate");
  const chosen = kept();
  localVoices().forEach((voice) => {
    const option = new Option(voice.name, voice.voiceURI, false, voice.voiceURI === chosen.voice);
    pick.append(option);
  });
  if (chosen.rate) rate.value = chosen.rate;
  pick.addEventListener("change", () => { stop(); keep({ voice: pick.value }); });
  rate.addEventListener("change", () => { stop(); keep({ rate: rate.value }); });
  document.querySelector(".beside").append(settings);
}

function ready() {
  if (!localVoices().length) return;
  addButtons();
  addSettings();
}

if (synthesis && words) {
  ready();
  synthesis.addEventListener("voiceschanged", ready); // some browsers load their voices late
  new MutationObserver(() => {
    if (!localVoices().length) return;
    if (speaking && !speaking.isConnected) stop();
    addButtons();
    addSettings(); // a turn may bring a new column beside the chat
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
  window.addEventListener("pagehide", stop);
}
