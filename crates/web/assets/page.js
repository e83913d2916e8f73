// Enhances pages that work without it: times in the reader's zone, keys, live news. No dependency; nothing is
// made into markup from a string (Trusted Types), new parts arrive as parsed documents.

const all = (query, root = document) => [...root.querySelectorAll(query)];
const one = (query, root = document) => root.querySelector(query);

// Times ---------------------------------------------------------------------------------------------------

const english = document.documentElement.lang;
const format = (options) => new Intl.DateTimeFormat(english === "en" ? "en-GB" : english, options);
const clock = format({ hour: "2-digit", minute: "2-digit" });
const date = format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const full = format({ dateStyle: "full", timeStyle: "long" });
const weekday = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

function ago(at, now) {
  const seconds = (now - at) / 1000;
  const size = Math.abs(seconds);
  const said = (n, unit) => (seconds < 0 ? `in ${n} ${unit}` : `${n} ${unit} ago`);
  if (size < 50) return seconds < 0 ? "in a moment" : "just now";
  if (size < 3570) return said(Math.round(size / 60), "min");
  if (size < 86000) return said(Math.round(size / 3600), "h");
  if (size < 6.5 * 86400) return said(Math.round(size / 86400), Math.round(size / 86400) === 1 ? "day" : "days");
  return date.format(at);
}

function tellTimes(root = document) {
  const now = new Date();
  for (const time of all("time[data-time]", root)) {
    const at = new Date(time.dateTime);
    if (isNaN(at)) continue;
    const kind = time.dataset.time;
    const today = at.toDateString() === now.toDateString();
    const words = kind === "day" ? weekday.format(at) : kind === "ago" ? ago(at, now) : (today && kind === "exact" ? clock : date).format(at);
    if (time.textContent !== words) time.textContent = words;
    if (kind !== "day") time.title = full.format(at);
  }
}

tellTimes();
setInterval(tellTimes, 20_000);

// Keys ----------------------------------------------------------------------------------------------------

const dialog = one("#keys");
const keysButton = one(".foot .keys");
if (dialog && keysButton) {
  keysButton.hidden = false;
  one("button", keysButton).addEventListener("click", () => dialog.showModal());
}

const ITEM = ".story, [data-development]";

function step(by) {
  // What is folded cannot take the focus.
  const links = all(ITEM).map((item) => one("h2 a, h3 a, .head a, .cite a", item)).filter((link) => link?.checkVisibility());
  if (!links.length) return;
  const here = document.activeElement?.closest(ITEM);
  const at = links.findIndex((link) => link.closest(ITEM) === here);
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)];
  next.focus();
  next.closest(ITEM).scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  o: () => document.activeElement?.closest(ITEM) && document.activeElement.click(),
  f: () => one(".stay-tuned")?.click(),
  n: () => one(".news button:not([hidden])")?.click(),
  "/": () => one("#words, #q")?.select(),
  "?": () => dialog?.showModal(),
};

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

// Live ----------------------------------------------------------------------------------------------------

const KINDS = ["story_opened", "article_joined", "copy_folded", "headline_changed", "stories_merged", "story_split", "article_moved", "development_published", "development_withdrawn", "development_restored", "story_muted", "story_unmuted"];

/** The page's list as it is on the server now: a parsed, inert document, never a string of markup. */
function fetchPart(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.timeout = 20_000;
    request.onload = () => {
      const part = request.status === 200 && request.response && one("#live", request.response);
      part ? resolve(document.importNode(part, true)) : reject(new Error(`status ${request.status}`));
    };
    request.onerror = request.ontimeout = () => reject(new Error("no answer"));
    request.send();
  });
}

/** Puts `fresh` in the place of `old`; what was focused or unfolded stays so. */
function swap(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  for (const details of all("details[open][id]", old)) {
    const same = fresh.querySelector(`details[id="${CSS.escape(details.id)}"]`);
    if (same) same.open = true;
  }
  tellTimes(fresh);
  old.replaceWith(fresh);
  const href = focused?.getAttribute("href");
  document.dispatchEvent(new Event("swapped"));
  if (href) all("a", fresh).find((link) => link.getAttribute("href") === href)?.focus({ preventScroll: true });
}

/** What a reader sees of a card, without times, which run by themselves. */
const looks = (card) => {
  const copy = card.cloneNode(true);
  copy.classList.remove("fresh");
  // What only this reader sees.
  all("[data-follow]", copy).forEach((area) => area.remove());
  all(".unseen-yet", copy).forEach((item) => item.removeAttribute("class"));
  all("time", copy).forEach((time) => time.replaceWith(time.dateTime));
  return copy.outerHTML;
};

class Live {
  constructor(part, button, state) {
    Object.assign(this, { part, button, state });
    this.since = part.dataset.seq;
    this.story = part.dataset.storyId;
    this.articles = 0;
    this.stories = new Set();
    button.addEventListener("click", () => this.show());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.rest() : this.open()));
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", (event) => event.persisted && this.open());
    if (!document.hidden) this.open();
  }

  // A page in the background lets go of its connection after a minute: browsers allow only six to one host.
  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.close(), 60_000);
  }

  open() {
    clearTimeout(this.resting);
    if (this.source && this.source.readyState !== EventSource.CLOSED) return;
    const query = new URLSearchParams({ since: this.since });
    if (this.story) query.set("story", this.story);
    this.source = new EventSource(`/api/v1/events?${query}`);
    this.source.onopen = () => this.tell(true);
    this.source.onerror = () => {
      this.tell(false);
      // A refusal closes the source for good; a broken line reconnects by itself.
      if (this.source.readyState === EventSource.CLOSED) setTimeout(() => document.hidden || this.open(), 15_000 + Math.random() * 15_000);
    };
    for (const kind of KINDS) this.source.addEventListener(kind, (event) => this.hear(kind, event));
  }

  close() {
    this.source?.close();
    this.source = null;
  }

  tell(connected) {
    this.state.hidden = false;
    this.state.textContent = connected ? "live" : "reconnecting";
    this.state.classList.toggle("away", !connected);
  }

  hear(kind, event) {
    this.since = event.lastEventId;
    let story = 0;
    try {
      story = JSON.parse(event.data).story;
    } catch {
      return;
    }
    if (kind === "article_joined" || kind === "copy_folded") {
      this.articles += 1;
      this.stories.add(story);
    }
    // All readers hear the same event at once: spread their questions over a moment.
    this.asking ??= setTimeout(() => this.look(), 1200 + Math.random() * 1800);
  }

  /** Fetches the list, brings cards that are on the page up to date in place, and announces the rest. */
  async look() {
    this.asking = null;
    try {
      this.next = await fetchPart(this.part.dataset.from);
    } catch {
      this.asking ??= setTimeout(() => this.look(), 10_000 + Math.random() * 10_000);
      return;
    }
    if (this.story) return this.announce();
    const order = (root) => all("[data-story]", root).map((card) => card.dataset.story).join();
    for (const fresh of all("[data-story]", this.next)) {
      const old = one(`[data-story="${CSS.escape(fresh.dataset.story)}"]`, this.part);
      if (!old || old.className.replace(" fresh", "") !== fresh.className || looks(old) === looks(fresh)) continue;
      const copy = fresh.cloneNode(true);
      copy.classList.add("fresh");
      swap(old, copy);
    }
    if (order(this.part) === order(this.next)) this.forget();
    else this.announce();
  }

  announce() {
    if (this.story && looks(this.part) === looks(this.next)) return this.forget();
    const count = (n, unit, units) => `${n} new ${n === 1 ? unit : units}`;
    const stories = this.stories.size;
    const words = this.articles ? count(this.articles, "article", "articles") : "Something moved";
    this.button.textContent = `${words}${!this.story && this.articles && stories > 1 ? ` in ${stories} stories` : ""}: show`;
    this.button.hidden = false;
  }

  forget() {
    this.articles = 0;
    this.stories.clear();
    this.button.hidden = true;
  }

  show() {
    const known = new Set(all("[data-story], [data-article]", this.part).map((card) => card.dataset.story ?? card.dataset.article));
    const fresh = this.next.cloneNode(true);
    for (const card of all("[data-story], [data-article]", fresh)) {
      if (!known.has(card.dataset.story ?? card.dataset.article)) card.classList.add("fresh");
    }
    const focused = document.activeElement === this.button;
    swap(this.part, fresh);
    this.part = fresh;
    this.state = one(".live", fresh) ?? this.state;
    this.tell(this.source?.readyState === EventSource.OPEN);
    this.forget();
    if (focused) (one(".fresh a", fresh) ?? one("a", fresh))?.focus({ preventScroll: !this.story });
  }
}

const part = one("#live[data-live]");
const button = one(".news button");
const state = one(".live");
if (part && button && state && "EventSource" in window) new Live(part, button, state);
