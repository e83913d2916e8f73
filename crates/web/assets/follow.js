// Stay tuned, by script: asks the browser's permission from the press itself, subscribes this device to pushes, tells the
// server, and shows at once where things stand. Without it the same buttons are links to pages with forms. Also here:
// what is new since the reader looked, and the pages that can be read without a network.

const all = (query, root = document) => [...root.querySelectorAll(query)];
const one = (query, root = document) => root.querySelector(query);

/** A browser's push service may never answer; a reader must not wait for ever. */
const PATIENCE_MS = 20_000;
/** No person answers a question as quickly as this. */
const UNASKED_MS = 150;
const DAY_MS = 86_400_000;
const pushKey = one('meta[name="push-key"]')?.content;

// The server ----------------------------------------------------------------------------------------------

let state = null;

async function ask(method, address, body) {
  const headers = { accept: "application/json" };
  // A press can come before the page has learned who is here.
  const token = method === "GET" ? null : (state ?? (await learn())).token;
  if (token) headers["x-form-token"] = token;
  if (body) headers["content-type"] = "application/json";
  const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  const said = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw new Stop("failed", said?.error);
  return said;
}

const learn = async () => (state = await ask("GET", "/api/v1/follows"));
const known = (area) => state?.follows.find((follow) => follow.target.kind === area.dataset.kind && String(follow.target.of) === area.dataset.of);

// The device ----------------------------------------------------------------------------------------------

/** Why a device cannot be told, or nothing was kept: names the part of the dialogue that says what to do. */
class Stop extends Error {
  constructor(why, words = "") {
    super(words);
    this.why = why;
  }
}

const stopped = (error) => (error instanceof Stop ? error : new Stop("failed", error.message));

const workers = window.trustedTypes?.createPolicy("staytuned-worker", { createScriptURL: () => "/service-worker.js" });
const worker = () => navigator.serviceWorker.register(workers?.createScriptURL("") ?? "/service-worker.js");

function within(promise, why) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Stop(why)), PATIENCE_MS)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function obstacle() {
  const apple = /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.platform) && navigator.maxTouchPoints > 1);
  if (!isSecureContext) return "insecure";
  if (apple && !navigator.standalone && !("PushManager" in window)) return "home-screen";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "unsupported";
  return pushKey ? null : "no-key";
}

/** Must be called from the press itself: browsers ask only then. */
async function permit() {
  const before = Notification.permission;
  const asked = performance.now();
  const answer = await Notification.requestPermission();
  if (answer === "granted") return;
  if (answer === "default") throw new Stop("dismissed");
  throw new Stop(before === "default" && performance.now() - asked < UNASKED_MS ? "private" : "denied");
}

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const keyOf = (subscription) => subscription.options.applicationServerKey && text(subscription.options.applicationServerKey);

/** This device's subscription, made with the key that is in use. */
async function subscribe() {
  const registration = await worker().catch(() => {
    throw new Stop("private");
  });
  await within(navigator.serviceWorker.ready, "slow");
  const old = await registration.pushManager.getSubscription();
  if (old && keyOf(old) === pushKey) return old;
  await old?.unsubscribe();
  const made = registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(pushKey) });
  return within(made, "slow").catch((error) => {
    throw error instanceof Stop ? error : new Stop(error.name === "NotAllowedError" ? "private" : "service", error.message);
  });
}

const written = (subscription) => ({ ...subscription.toJSON(), key: keyOf(subscription) ?? pushKey });

const HERE = "This device is told when something new happens. You can close this page.";

/** This device's subscription, as the server takes it. To be called from a press. */
async function reach() {
  const why = obstacle();
  if (why) throw new Stop(why);
  await permit();
  return written(await subscribe());
}

/** Makes this device a place where its reader is told, once `push` is there. */
async function tellHere(push) {
  const made = await ask("POST", "/api/v1/receivers", { kind: "push", push: await push, name: deviceName() });
  localStorage.setItem("receiver", String(made.receiver));
  localStorage.setItem("renewed", String(Date.now()));
}

function deviceName() {
  const agent = navigator.userAgent;
  const browser = [["Edg/", "Edge"], ["OPR/", "Opera"], ["SamsungBrowser", "Samsung Internet"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]];
  const system = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["CrOS", "ChromeOS"], ["Mac OS", "Mac"], ["Linux", "Linux"]];
  const named = (list, otherwise) => list.find(([mark]) => agent.includes(mark))?.[1] ?? otherwise;
  return `${named(browser, "Browser")} on ${named(system, "this device")}`;
}

/** Keeps the subscription of a device that is known here: after a new key, a lost subscription, and now and then so that
 *  the server knows that the device is in use. */
async function keepSubscription() {
  const receiver = localStorage.getItem("receiver");
  if (!receiver || !pushKey || obstacle() || Notification.permission !== "granted") return;
  const registration = await navigator.serviceWorker.getRegistration("/");
  const old = await registration?.pushManager.getSubscription();
  const fits = old && keyOf(old) === pushKey;
  if (fits && Date.now() - Number(localStorage.getItem("renewed")) < DAY_MS) return;
  state ?? (await learn());
  if (!state.receivers.some((one) => String(one.id) === receiver)) return localStorage.removeItem("receiver");
  const push = written(fits ? old : await subscribe());
  await ask("POST", "/api/v1/receivers/renew", { receiver: Number(receiver), old: old?.endpoint ?? null, push });
  localStorage.setItem("renewed", String(Date.now()));
}

// The button ----------------------------------------------------------------------------------------------

/** Shows in an area where its follow stands. */
function draw(area, busy = "") {
  const button = one(".stay-tuned", area);
  const follows = Boolean(known(area));
  area.classList.toggle("followed", follows);
  area.classList.toggle("busy", Boolean(busy));
  button.setAttribute("role", "button");
  button.setAttribute("aria-pressed", String(follows));
  one("span", button).textContent = busy || (follows ? "Following" : "Stay tuned");
}

const say = (area, words) => (one(".said", area).textContent = words);

async function press(area) {
  if (area.classList.contains("busy")) return;
  const leaving = Boolean(known(area));
  try {
    await (leaving ? leave(area) : follow(area));
  } catch (error) {
    draw(area);
    leaving ? explain(stopped(error), area, "failed") : fallShort(stopped(error), area);
  }
}

/** Follows whatever this device can do, then lets the device be told. The browser's question is asked from the press
 *  itself, so it goes out first; the follow does not wait for its answer. */
async function follow(area) {
  draw(area, "One moment…");
  const push = reach();
  // Its failure is told below, after the follow is kept.
  push.catch(() => null);
  const { kind, of } = area.dataset;
  await ask("POST", "/api/v1/follows", { kind, of });
  await learn();
  await tellHere(push);
  draw(area);
  say(area, HERE);
}

/** A follow that this device is not told of: with another place to be told a word is enough, else what to do is shown. */
function fallShort(stop, area) {
  if (!known(area)) return explain(stop, area);
  const places = state.receivers.filter((receiver) => receiver.state === "active").map((receiver) => receiver.name);
  if (places.length) return say(area, `Followed. You are told on ${places.join(", ")}, not on this device.`);
  say(area, "Followed. Nothing notifies you on this device yet.");
  explain(stop, area);
}

async function leave(area) {
  draw(area, "One moment…");
  await ask("DELETE", `/api/v1/follows/${known(area).id}`);
  await learn();
  draw(area);
  say(area, "Not followed any more.");
}

const dialog = one("#stay");

/** How it stands with an area when something stopped: the heading of the dialogue. */
const standing = (stop, area) => (known(area) ? "followed" : stop.why === "failed" ? "failed" : "untold");

/** Opens the dialogue at what stands in the way, with the ways round it. */
function explain(stop, area, stands = standing(stop, area)) {
  for (const part of all("[data-why]", dialog)) part.hidden = !part.dataset.why.split(" ").includes(stop.why);
  for (const part of all("[data-stands]", dialog)) part.hidden = part.dataset.stands !== stands;
  one(".detail", dialog).textContent = stop.message;
  one("a.ways", dialog).href = one("a.ways", area)?.getAttribute("href") ?? area.dataset.ways ?? "/follows#told-title";
  dialog.area = area;
  dialog.showModal();
  one(".again:not([hidden]), a.ways", dialog).focus();
}

dialog?.addEventListener("close", () => one(".stay-tuned, button", dialog.area)?.focus());
dialog?.addEventListener("click", (event) => {
  // A link to a part of this very page does not close it by itself.
  if (event.target.closest("a, .again")) dialog.close();
  // The browser is asked once more, from this press.
  if (event.target.closest(".again")) addDevice(dialog.area);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".stay-tuned");
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  press(button.closest("[data-follow]"));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.(".stay-tuned")) return;
  event.preventDefault();
  event.target.click();
});

// What I follow -------------------------------------------------------------------------------------------

/** Adds this browser as a device, without following anything more. */
async function addDevice(area) {
  try {
    await tellHere(reach());
    if (!one(".said", area)) return location.reload();
    await learn();
    draw(area);
    say(area, HERE);
  } catch (error) {
    explain(stopped(error), area);
  }
}

function enhanceFollows() {
  for (const field of all('input[name="zone"]')) field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  const mine = localStorage.getItem("receiver");
  for (const device of all("[data-receiver]")) device.classList.toggle("mine", device.dataset.receiver === mine);
  const add = one("#add-device");
  if (!add) return;
  add.hidden = Boolean(one(".mine[data-receiver]"));
  one("button", add).addEventListener("click", () => addDevice(add));
}

// New since you looked ------------------------------------------------------------------------------------

let looked = null;

/** Marks what came since the last look, or since the development that a notification led to. */
function markNew() {
  const list = one("[data-developments]");
  if (!list) return;
  const asked = Number(new URLSearchParams(location.search).get("new")) || 0;
  const from = looked ?? (asked ? asked - 1 : null);
  if (from === null) return;
  const items = all("[data-development]", list);
  for (const item of items) item.classList.toggle("unseen-yet", Number(item.dataset.development) > from);
  const count = one("[data-unseen]", list);
  const unseen = items.filter((item) => item.classList.contains("unseen-yet")).length;
  count.hidden = unseen === 0;
  count.textContent = `${unseen} since you looked`;
}

const newestShown = () => Math.max(0, ...all("[data-development]").map((item) => Number(item.dataset.development)));

/** What the page shows now counts as looked at. */
async function look() {
  const area = one('[data-follow][data-kind="story"]');
  const follow = area && known(area);
  const newest = newestShown();
  if (!follow) return;
  looked ??= follow.looked ?? null;
  markNew();
  if (newest > (follow.looked ?? 0)) await ask("POST", `/api/v1/follows/${follow.id}/looked`, { development: newest });
}

/** Takes away the notification of a story that its reader has come to by another way. One that tells what this page does
 *  not show yet stays. */
async function putAway() {
  const story = one('[data-follow][data-kind="story"]')?.dataset.of;
  const registration = story && (await navigator.serviceWorker?.getRegistration("/"));
  if (!registration) return;
  const close = async () => {
    const shown = await registration.getNotifications({ tag: `story-${story}` });
    for (const one of shown) if ((one.data?.development ?? 0) <= newestShown()) one.close();
  };
  // Not while the service worker shows one: see `inTurn` there.
  await (navigator.locks?.request("notifications", close) ?? close());
}

// Without a network ---------------------------------------------------------------------------------------

const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"' };
const plain = (markup) => markup.replace(/&(?:#(x?)([0-9a-f]+)|(\w+));/gi, (whole, hex, number, name) =>
  number ? String.fromCodePoint(parseInt(number, hex ? 16 : 10)) : (NAMED[name] ?? whole));

/** The pages that this browser has kept, newest first. */
async function listKept() {
  const list = one("#kept ul");
  if (!list || !("caches" in window)) return;
  const pages = await caches.open("pages-1");
  for (const request of (await pages.keys()).reverse()) {
    const markup = await (await pages.match(request)).text();
    const link = document.createElement("a");
    link.href = request.url;
    link.textContent = plain(/<title>([^<]*)<\/title>/.exec(markup)?.[1] ?? request.url).replace(/ · Staytuned$/, "");
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  list.parentElement.hidden = !list.children.length;
}

const offline = one("#offline");
const tellOffline = () => offline && (offline.hidden = navigator.onLine);
addEventListener("online", tellOffline);
addEventListener("offline", tellOffline);
tellOffline();

// Start ---------------------------------------------------------------------------------------------------

const drawAll = () => all("[data-follow]").forEach((area) => draw(area));

async function start() {
  drawAll();
  enhanceFollows();
  if (isSecureContext && "serviceWorker" in navigator) await worker().catch(() => null);
  await listKept();
  if (one("[data-follow]")) {
    await learn();
    drawAll();
    markNew();
    await look();
    await putAway();
  }
  await keepSubscription();
}

// A live page was brought up to date: its new parts know nothing of this reader yet.
document.addEventListener("swapped", () => {
  drawAll();
  markNew();
  look().catch(() => null);
});
navigator.serviceWorker?.addEventListener("message", () => document.hidden || look().catch(() => null));
markNew();
start().catch(() => null);
