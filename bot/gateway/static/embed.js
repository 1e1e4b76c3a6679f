// For a council's own page:  <script src="https://chat.example.gov.uk/embed.js" defer></script>
// It puts a link where the element with data-sevensteps is, or else where the script is. Nothing opens by itself.
(() => {
  const settings = __SETTINGS__;
  const script = document.currentScript;
  const place = document.querySelector("[data-sevensteps]") || script.parentNode.insertBefore(document.createElement("div"), script);

  const link = document.createElement("a");
  link.href = settings.address + "/";
  link.textContent = "Tell us what help your child needs";
  place.append(link);
  if (!settings.inPlace) return;

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Open it on this page";
  button.setAttribute("aria-expanded", "false");
  place.append(" ", button);

  let frame = null;
  button.addEventListener("click", () => {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.src = settings.address + "/";
      frame.title = "Sevensteps: questions about the help your child needs";
      frame.width = "100%";
      frame.height = "720";
      place.append(frame);
    } else {
      frame.hidden = !frame.hidden;
    }
    const open = !frame.hidden;
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Close it" : "Open it on this page";
  });
})();
