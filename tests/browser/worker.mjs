// What the service worker makes of a push, whatever it holds: in Chromium, which can be handed pushes directly.
// Usage: node worker.mjs FOLDER. The test that runs the program answers on standard input.
import { join } from "node:path";
import { ask, launch, notifications, permit, sweep, tell, until } from "./rig.mjs";

const [folder] = process.argv.slice(2);
const { address, stories } = await ask("serve", { hosts: [] });
const browser = await launch("chromium", join(folder, "profile"), null);
await permit(browser, address);
const page = await browser.newPage();
// Not the story itself: that page takes its notification away.
await page.goto(`${address}/about`);
await page.evaluate(() => navigator.serviceWorker.ready);

const line = await page.createCDPSession();
const registered = new Promise((found) => line.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => registrations.length && found(registrations[0].registrationId)));
await line.send("ServiceWorker.enable");
const registrationId = await registered;
const push = (data) => line.send("ServiceWorker.deliverPushMessage", { origin: address, registrationId, data });
const declarative = (notification) => JSON.stringify({ web_push: 8030, notification });
const shown = (what, wanted) => until(what, async () => (await notifications(page)).find(wanted));

const told = (body, more = {}) => declarative({
  title: "Talks", body, navigate: `${address}/story/${stories.a}?new=1`, tag: "story-1", lang: "ar", dir: "rtl",
  timestamp: 1790000000000, data: { story: 1, count: 1, development: 1 }, ...more,
});
const seen = {};
await push(told("First words\nHerald"));
seen.first = await shown("the first", (one) => one.body.startsWith("First"));
await push(told("Second words\nHerald · +2", { data: { story: 1, count: 3, development: 4 } }));
seen.second = await shown("the second", (one) => one.body.startsWith("Second"));
await push(told("Other words\nHerald", { tag: "story-2", navigate: "https://evil.example/" }));
seen.other = await shown("the other", (one) => one.tag === "story-2");
// A push whose one before never came: it says how many this device was told in all.
await push(told("Third words\nHerald", { tag: "story-3", data: { story: 3, count: 1, told: 1 } }));
await shown("the third", (one) => one.body.startsWith("Third"));
await sweep(page, { tag: "story-3" });
await until("the third to go", async () => (await notifications(page)).every((one) => one.tag !== "story-3"));
await push(told("Fifth words\nHerald", { tag: "story-3", data: { story: 3, count: 1, told: 3 } }));
seen.missed = await shown("the fifth", (one) => one.body.startsWith("Fifth"));
await push(told("Sixth words\nHerald", { tag: "story-3", data: { story: 3, count: 1, told: 4 } }));
seen.after = await shown("the sixth", (one) => one.body.startsWith("Sixth"));
seen.strange = [];
for (const strange of ["", "no json", "[]", "{}", "null", '{"notification":7}', '{"notification":{"title":{}}}']) {
  await sweep(page);
  await until("nothing to be shown", async () => (await notifications(page)).length === 0);
  await push(strange);
  seen.strange.push(await shown(strange, (one) => one.title === "Staytuned" && one.body.length > 10).then((one) => one.data.url));
}
await browser.close();
tell(seen);
