// The page that the screens are drawn in: which session is its own, and what becomes of it when the connection is lost.
"use strict";

const TRIES_EVERY = 1500;
const random = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

const terminal = document.getElementById("terminal");
const over = document.getElementById("over");
const said = document.getElementById("said");
const again = document.getElementById("again");

let tab = sessionStorage.getItem("tab");
if (!tab) sessionStorage.setItem("tab", (tab = random()));
const page = random();
terminal.dataset.sessionWebsocketUrl = `${terminal.dataset.websocket}/${tab}/${page}`;

const tell = (words, button) => {
  said.textContent = words;
  again.hidden = !button;
  if (button) again.textContent = button;
  // Whose session is over may have left the desk; what it showed is not for whoever comes by.
  terminal.style.visibility = button ? "hidden" : "";
  over.hidden = false;
  if (button) again.focus();
};

const ask = async () => {
  let answer;
  try {
    const response = await fetch(`/session?tab=${tab}&page=${page}`, { cache: "no-store" });
    if (response.status === 401) return location.replace("/sign-in");
    if (!response.ok) throw new Error(response.status);
    answer = await response.json();
  } catch {
    tell("The connection is lost. What the screen showed is saved, and what you were writing is kept.\n"
      + "Your session waits for two minutes; this page goes on as soon as the connection is there again.", "");
    return setTimeout(ask, TRIES_EVERY);
  }
  if (answer.how === "runs") return location.reload();
  tell(answer.words, answer.button);
};

again.addEventListener("click", () => location.reload());
// What draws the terminal says so by a class alone.
new MutationObserver((_, observer) => {
  if (!document.body.classList.contains("-closed")) return;
  observer.disconnect();
  ask();
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });
window.addEventListener("load", () => setTimeout(() => document.querySelector(".xterm-helper-textarea")?.focus(), 50));

// What a browser keeps for itself comes by another key, and what it does better by its own.
const KEPT = { KeyN: 78, KeyT: 84, KeyW: 87 };
document.addEventListener("keydown", (event) => {
  if (event.target.className !== "xterm-helper-textarea") return;
  if (event.ctrlKey && !event.altKey && event.code === "KeyV") event.stopPropagation(); // It is pasted.
  if (event.altKey && !event.ctrlKey && !event.metaKey && event.code in KEPT) {
    event.preventDefault();
    event.stopPropagation();
    const key = event.code.slice(3).toLowerCase();
    event.target.dispatchEvent(new KeyboardEvent("keydown",
      { key, code: event.code, keyCode: KEPT[event.code], which: KEPT[event.code], ctrlKey: true, bubbles: true, cancelable: true }));
  }
}, true);

// A file that is delivered is saved, without a window that a browser would have to be asked for.
const openWindow = window.open.bind(window);
window.open = (address, ...more) => {
  const to = new URL(address, location.href);
  if (to.origin === location.origin && to.pathname.startsWith("/download/")) {
    const link = Object.assign(document.createElement("a"), { href: to.href, download: "" });
    document.body.append(link);
    link.click();
    link.remove();
    return null;
  }
  return ["http:", "https:", "mailto:"].includes(to.protocol) ? openWindow(to.href, "_blank", "noopener") : null;
};
