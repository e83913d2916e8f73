// A reader's way through Stay tuned in a real browser: press the button, be told of a development with the page open,
// with the page closed and after a restart, refuse what was tampered with, and unsubscribe.
// Usage: node stay.mjs firefox|chromium FOLDER. The test that runs the program answers on standard input.
import { join } from "node:path";
import { PATIENCE_MS, ask, launch, mine, notifications, permit, tell, until } from "./rig.mjs";
import { mozilla } from "./push-mozilla.mjs";
import { google } from "./push-google.mjs";

const [name, folder] = process.argv.slice(2);
const service = name === "firefox" ? await mozilla() : await google(folder);
const profile = join(folder, "profile");
const seen = { complaints: [] };

const { address, stories } = await ask("serve", { hosts: service.hosts ?? [], authority: service.authority ?? null });
let browser = await launch(name, profile, service);

async function open(path) {
  const page = await browser.newPage();
  page.on("console", (message) => message.type() === "error" && seen.complaints.push(message.text()));
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  await page.goto(`${address}${path}`);
  return page;
}

async function follow(story) {
  const page = await open(`/story/${story}`);
  await page.waitForSelector('.stay-tuned[role="button"]');
  await page.click(".stay-tuned");
  await settled(page);
  const stopped = await page.evaluate(() => document.querySelector("#stay[open]")?.innerText ?? null);
  if (stopped) throw new Error(`not told here: ${stopped}`);
  return page;
}

/** The press is answered, one way or the other. */
const settled = (page) => page.waitForFunction(
  () => document.querySelector("[data-follow].followed:not(.busy) .said:not(:empty)") || document.querySelector("#stay[open]"), { timeout: PATIENCE_MS });

/** The browser's question is closed once; asked again from the dialogue it is answered. */
async function hesitate(story) {
  const page = await open(`/story/${story}`);
  await page.waitForSelector('.stay-tuned[role="button"]');
  await page.evaluate(() => {
    const ask = Notification.requestPermission;
    Notification.requestPermission = async () => {
      Notification.requestPermission = ask;
      return "default";
    };
  });
  await page.click(".stay-tuned");
  await settled(page);
  const first = await mine(page);
  await page.click("#stay .again");
  await page.waitForFunction(() => document.querySelector(".said").textContent.startsWith("This device"), { timeout: PATIENCE_MS });
  const then = await mine(page);
  return [first, then].map(({ follows, receivers }) => [follows.length, receivers.length]).concat([[await page.evaluate(() => document.activeElement.className)]]);
}

/** The one notification of a story, once it stands for what was published last. */
const told = (page, story, words) => until(`a notification of story ${story} with ${words}`, async () => {
  const shown = (await notifications(page)).filter((one) => one.tag === `story-${story}`);
  return shown.some((one) => words.some((some) => one.body.includes(some))) && shown;
});

// Press the button; a development comes while the page is open.
await permit(browser, address);
seen.hesitated = await hesitate(stories.c);
let page = await follow(stories.a);
seen.said = await page.$eval(".stay .said", (said) => said.textContent);
seen.button = await page.$eval(".stay-tuned", (button) => [button.textContent.trim(), button.getAttribute("aria-pressed")]);
seen.receiver = (await mine(page)).receivers.map(({ kind, state, name }) => ({ kind, state, name }));
const first = await ask("publish", { story: "a", outlet: 2 });
seen.open = await told(page, stories.a, first.words);

// The page is closed; only an empty tab is left.
await (await follow(stories.b)).close();
await page.goto("about:blank");
const second = await ask("publish", { story: "b", outlet: 2 });
if (service.acks) await until("the push of a closed page to be shown", () => service.acks.filter((ack) => ack.code === 100).length >= 2);
page = await open("/about");
seen.closed = await told(page, stories.b, second.words);

// The browser is closed; two developments of one story wait at the push service, the newer in the place of the older.
await browser.close();
const posted = service.posted.length;
const left = (count) => until("a push to leave", () => service.posted.length >= posted + count);
await ask("publish", { story: "c", outlet: 2 });
await left(1);
const fourth = await ask("publish", { story: "c", outlet: 3 });
await left(2);
browser = await launch(name, profile, service);
await permit(browser, address);
page = await open("/about");
seen.restarted = await told(page, stories.c, fourth.words);

// One bit is turned over on the way: the browser refuses it. Only Mozilla's protocol says so.
if (service.acks) {
  service.tamper = true;
  await ask("publish", { story: "a", outlet: 3 });
  await until("the tampered push to be refused", () => service.acks.some((ack) => ack.code === 101));
  service.tamper = false;
  seen.acks = service.acks.map((ack) => ack.code);
  seen.tampered = (await notifications(page)).filter((one) => one.tag === `story-${stories.a}`).map((one) => one.body);
}

// Unsubscribed behind the site's back: the service says 410, and nothing is sent there any more.
seen.unsubscribed = await page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.pushManager.getSubscription()).unsubscribe();
});
await ask("publish", { story: "b", outlet: 3 });
await until("the receiver to go", async () => (await mine(page)).receivers.every((one) => one.state === "gone"));
seen.gone = (await mine(page)).receivers.map((one) => one.trouble);

await browser.close();
service.close();
tell(seen);
