// What a press on a notification does, with a real notification on a real desktop bus: it opens the story at what is new,
// or ends the follow. In Chromium with windows. Usage: node press.mjs FOLDER. The test that runs the program answers on
// standard input.
import { join } from "node:path";
import { PATIENCE_MS, ask, launch, mine, permit, tell, until } from "./rig.mjs";
import { desktop } from "./desktop.mjs";
import { google } from "./push-google.mjs";

const [folder] = process.argv.slice(2);
const [service, screen] = [await google(folder), await desktop()];
const { address, stories } = await ask("serve", { hosts: service.hosts, authority: service.authority });
const browser = await launch("chromium", join(folder, "profile"), service, { headless: false, env: screen.env });
await permit(browser, address);
const seen = {};

async function follow(story) {
  const page = await browser.newPage();
  await page.goto(`${address}/story/${story}`);
  await page.waitForSelector('.stay-tuned[role="button"]');
  await page.click(".stay-tuned");
  await page.waitForSelector("[data-follow].followed:not(.busy)", { timeout: PATIENCE_MS });
  await page.close();
}
await follow(stories.a);
await follow(stories.b);

// The notification itself: a new tab opens at what is new.
const first = await ask("publish", { story: "a", outlet: 2 });
const shown = await screen.notified(first.words);
seen.shown = { title: shown.title, body: shown.body, actions: shown.actions.filter((_, at) => at % 2) };
screen.press(shown);
const opened = await until("the story to open", async () =>
  (await browser.pages()).find((page) => page.url().startsWith(`${address}/story/${stories.a}?new=`)));
await opened.waitForSelector(".unseen-yet", { timeout: PATIENCE_MS });
seen.unseen = await opened.$$eval(".unseen-yet", (all) => all.map((one) => one.innerText));
seen.inView = await until("what is new to be in view", () => opened.$eval(".unseen-yet", (one) => {
  const { top, bottom } = one.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}));
await until("the notification to go", () => screen.count() === 0);

// Opening the story oneself takes its notification away.
await opened.evaluateOnNewDocument(() => {
  const ask = ServiceWorkerRegistration.prototype.getNotifications;
  ServiceWorkerRegistration.prototype.getNotifications = async function (filter) {
    const shown = await ask.call(this, filter);
    document.documentElement.dataset.asked = shown.length;
    return shown;
  };
});
/** Opens a story and waits until the page has taken its notification away, if there was one. */
async function visit(story) {
  await opened.goto(`${address}/story/${story}`);
  await opened.waitForSelector("[data-asked]", { timeout: PATIENCE_MS });
}
const seenAnyway = await ask("publish", { story: "b", outlet: 2 });
await screen.notified(seenAnyway.words);
await visit(stories.b);
await until("the notification to go", () => screen.count() === 0);
await visit(stories.a);

// With the story open already, the press brings that very tab there.
const second = await ask("publish", { story: "a", outlet: 3 });
screen.press(await screen.notified(second.words));
await until("the notification to go", () => screen.count() === 0);
await until("the tab to be led there", () => opened.url().includes("?new="));
await opened.waitForSelector("[data-asked]", { timeout: PATIENCE_MS });
seen.tabs = (await browser.pages()).filter((page) => page.url().includes(`/story/${stories.a}`)).length;

// The action on it: not followed any more.
const third = await ask("publish", { story: "b", outlet: 3 });
screen.press(await screen.notified(third.words), "Unfollow");
await until("the follow to end", async () => (await mine(opened)).follows.every((one) => one.target.of !== stories.b));
seen.left = (await mine(opened)).follows.map((one) => one.target.of === stories.a);

await browser.close();
screen.close();
service.close();
tell(seen);
