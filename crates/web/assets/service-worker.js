// What a device does for its reader while no page is open: shows what was pushed, opens the story at what is new, keeps
// the push subscription alive, and keeps the pages last seen readable without a network. The server puts `SHELL` in
// front: the addresses of what the offline page needs.

const PAGES = "pages-1";
const ASSETS = "assets-1";
const TOLD = "told-1";
const MOST_PAGES = 60;
const KEPT_AT = "x-kept-at";
/** Longer than any turn takes: a push must be shown, whatever became of the page whose turn it is. */
const TURN_MS = 5_000;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

async function install() {
  await (await caches.open(ASSETS)).addAll(SHELL.all);
  await self.skipWaiting();
}

/** Lets go of what an earlier version of the site needed. */
async function activate() {
  const assets = await caches.open(ASSETS);
  const needed = new Set(SHELL.all.map((address) => new URL(address, location).href));
  for (const request of await assets.keys()) if (!needed.has(request.url)) await assets.delete(request);
  await self.clients.claim();
}

// Pushes --------------------------------------------------------------------------------------------------

self.addEventListener("push", (event) => event.waitUntil(inTurn(() => show(read(event.data)))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(event.action === "unfollow" ? unfollow(event.notification.data) : open(event.notification.data?.url));
});

/** Does `work` while no page and no other push of this site asks for notifications or shows one. Chromium, asked what is
 *  shown while it is about to show a notification, forgets that one, and a press on it is lost. Where there are no such
 *  turns, or one does not come, `work` is done all the same. */
async function inTurn(work) {
  let begun = false;
  const begin = () => {
    begun = true;
    return work();
  };
  try {
    return await navigator.locks.request("notifications", { signal: AbortSignal.timeout(TURN_MS) }, begin);
  } catch (error) {
    if (begun) throw error;
    return work();
  }
}

/** The notification that a push carries (declarative Web Push, which this browser leaves to us), or an empty one. */
function read(data) {
  try {
    const told = data.json().notification;
    return told && typeof told.title === "string" ? told : {};
  } catch {
    return {};
  }
}

/** Something is always shown: a push without a notification costs the reader's permission. */
async function show(told) {
  const { story = null, count = 1, development = 0 } = told.data ?? {};
  const data = { url: told.navigate ?? "/follows", story, count, development };
  const tag = typeof told.tag === "string" ? told.tag : "";
  if (tag) data.count += (await unread(tag)) + (await missed(tag, told.data));
  await self.registration.showNotification(told.title ?? "Staytuned", {
    body: counted(told.body ?? "Something you follow has news.", data.count - 1),
    tag,
    renotify: Boolean(tag && told.renotify),
    lang: told.lang ?? "",
    dir: ["ltr", "rtl"].includes(told.dir) ? told.dir : "auto",
    timestamp: told.timestamp ?? Date.now(),
    icon: SHELL.icon,
    badge: SHELL.badge,
    data,
    actions: data.story ? [{ action: "open", title: "Open" }, { action: "unfollow", title: "Unfollow" }] : [],
  });
  for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage({ told: data });
}

/** The developments that the notification of this story stands for which is still there. */
async function unread(tag) {
  const waiting = await self.registration.getNotifications({ tag });
  return waiting.reduce((sum, other) => sum + (other.data?.count ?? 1), 0);
}

/** The developments of this story that were sent and never came: a newer push took the place of theirs at the push
 *  service. Each push says how many this device was told in all; what was known before is kept here. */
async function missed(tag, data) {
  const all = Number(data?.told) || 0;
  if (!all) return 0;
  const kept = await caches.open(TOLD);
  const before = Number(await (await kept.match(`/${tag}`))?.text()) || 0;
  await kept.put(`/${tag}`, new Response(String(all)));
  const known = before && before < all ? before : all - data.count;
  return Math.max(0, all - data.count - known);
}

/** The body with how many developments more it stands for: those it was sent with, those it replaces here, and those
 *  that never came. */
function counted(body, more) {
  return more > 0 ? `${body.replace(/ · \+\d+$/, "")} · +${more}` : body;
}

/** Brings a window with the story to the front, or opens one. Only addresses of this site are opened. */
async function open(address) {
  const url = new URL(address ?? "/", location.origin);
  const target = url.origin === location.origin ? url : new URL("/", location.origin);
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const same = windows.find((one) => new URL(one.url).pathname === target.pathname);
  if (same) {
    try {
      await same.focus();
      return await same.navigate(target.href);
    } catch {
      // A window that this worker does not control cannot be led; a new one can.
    }
  }
  return self.clients.openWindow(target.href);
}

async function unfollow(data) {
  const state = await ask("GET", "/api/v1/follows");
  const follow = state.follows.find((one) => one.target.kind === "story" && one.target.of === data.story);
  if (follow) await ask("DELETE", `/api/v1/follows/${follow.id}`, state.token);
}

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

/** The browser ended a subscription: makes a new one and tells the server which it replaces. */
async function renew(event) {
  const state = await ask("GET", "/api/v1/follows");
  const old = event.oldSubscription?.endpoint ?? null;
  if (!state.push_key || !state.reader) return;
  const key = Uint8Array.from(atob(state.push_key.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const fresh = event.newSubscription
    ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  await ask("POST", "/api/v1/receivers/renew", state.token, { old, push: { ...fresh.toJSON(), key: state.push_key } });
}

async function ask(method, address, token, body) {
  const headers = { accept: "application/json" };
  if (token) headers["x-form-token"] = token;
  if (body) headers["content-type"] = "application/json";
  const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${address}: status ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

// Without a network ---------------------------------------------------------------------------------------

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(asset(event.request));
  else if (event.request.mode === "navigate") event.respondWith(page(event));
});

/** Assets are named by their content: one that is kept is the right one. A page kept since an older version of the site
 *  gets today's asset of the same name when there is no network. */
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const assets = await caches.open(ASSETS);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await assets.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    const name = (address) => new URL(address).pathname.replace(/-[0-9a-f]+\./, ".");
    const same = (await assets.keys()).find((one) => name(one.url) === name(request.url));
    if (!same) throw error;
    return assets.match(same);
  }
}

/** The page as it is, else as it was last seen, else the list of pages that can be read. */
async function page(event) {
  try {
    const fresh = await fetch(event.request);
    // What is nobody else's to keep (`no-store`) is not kept here either.
    const keeps = fresh.ok && !fresh.redirected && !(fresh.headers.get("cache-control") ?? "no-store").includes("no-store");
    if (keeps) event.waitUntil(keep(plain(event.request.url), fresh.clone()));
    return fresh;
  } catch {
    return (await caches.match(plain(event.request.url))) ?? (await caches.match(SHELL.offline)) ?? Response.error();
  }
}

/** A story is one page, wherever its reader came from. */
function plain(address) {
  const url = new URL(address);
  url.hash = "";
  url.searchParams.delete("new");
  return url.href;
}

async function keep(address, response) {
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.set(KEPT_AT, String(Date.now()));
  const kept = new Response(await response.blob(), { headers });
  const pages = await caches.open(PAGES);
  await pages.delete(address);
  await pages.put(address, kept);
  const all = await pages.keys();
  for (const old of all.slice(0, Math.max(0, all.length - MOST_PAGES))) await pages.delete(old);
}
