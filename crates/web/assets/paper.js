// What a page says on paper: there "2 h ago" and a bare clock time stay as they are, so each time is a whole date, and
// below stands where and when the page was printed.

const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const format = (options) => new Intl.DateTimeFormat(language, options);
const whole = format({ dateStyle: "medium", timeStyle: "short" });
const now = format({ dateStyle: "long", timeStyle: "long" });

/** What stood on the screen. */
let shown = new Map();

addEventListener("beforeprint", () => {
  for (const time of document.querySelectorAll("time[data-time]:not([data-time=day])")) {
    const at = new Date(time.dateTime);
    if (isNaN(at)) continue;
    shown.set(time, time.textContent);
    time.textContent = whole.format(at);
  }
  document.querySelector(".printed").textContent = `${location.href}, as it was on ${now.format(new Date())}`;
});
addEventListener("afterprint", () => {
  for (const [time, words] of shown) time.textContent = words;
  shown = new Map();
});
