// What stands in a reader's way and where it leads then: forced states of the browser, no script, no network; and the
// button on another site. In Chromium. Usage: node ways.mjs FOLDER. The test that runs the program answers on input.
import { createServer } from "node:http";
import { join } from "node:path";
import { PATIENCE_MS, ask, launch, mine, tell, until } from "./rig.mjs";

const [folder] = process.argv.slice(2);
const { address, stories, article } = await ask("serve", { hosts: [] });
const browser = await launch("chromium", join(folder, "profile"), null);
const story = `${address}/story/${stories.a}`;
const seen = { why: {}, focus: [], other: {}, left: {} };

/** A page of a browser in which `change` was made before any script of ours ran. */
async function visit(url, change = () => {}) {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(change);
  await page.goto(url);
  return page;
}

const button = (page) => page.$eval(".stay-tuned", (button) => [button.innerText.trim(), button.getAttribute("aria-pressed")]);

// Each obstacle is named, and the way round it leads somewhere; the story is followed whatever stands in the way.
const OBSTACLES = {
  // As a site looks whose operator has not said whom push services may write to.
  "no-key": () => {
    const find = Document.prototype.querySelector;
    Document.prototype.querySelector = function (query) {
      return query.includes("push-key") ? null : find.call(this, query);
    };
  },
  insecure: () => Object.defineProperty(window, "isSecureContext", { get: () => false }),
  denied: () => {
    Object.defineProperty(Notification, "permission", { get: () => "denied" });
    Notification.requestPermission = async () => "denied";
  },
  private: () => {
    Object.defineProperty(Notification, "permission", { get: () => "default" });
    Notification.requestPermission = async () => "denied";
  },
  dismissed: () => (Notification.requestPermission = async () => "default"),
  unsupported: () => delete window.PushManager,
  "home-screen": () => {
    delete window.PushManager;
    Object.defineProperty(navigator, "userAgent", { value: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15" });
  },
  slow: () => {
    Notification.requestPermission = async () => "granted";
    PushManager.prototype.subscribe = () => new Promise(() => {});
    // The page's patience ends at once.
    const wait = window.setTimeout;
    window.setTimeout = (act, ms, ...more) => wait(act, ms >= 20_000 ? 1 : ms, ...more);
  },
  service: () => {
    Notification.requestPermission = async () => "granted";
    PushManager.prototype.subscribe = async () => {
      throw new DOMException("push service error", "AbortError");
    };
  },
};
for (const [why, change] of Object.entries(OBSTACLES)) {
  const page = await visit(story, change);
  await page.waitForSelector('.stay-tuned[role="button"]');
  // The key `f` presses the button, wherever the focus is.
  await page.keyboard.press("f");
  await page.waitForSelector("#stay[open]", { timeout: PATIENCE_MS });
  const parts = await page.$$eval("#stay [data-why]", (all) => all.filter((part) => part.offsetParent).map((part) => part.dataset.why));
  const ways = await page.$eval("#stay a.ways", (link) => link.getAttribute("href"));
  const title = await page.$eval("#stay h2", (title) => title.innerText);
  seen.why[why] = { parts, title, ways: ways === `/follow?kind=story&of=${stories.a}#ways` };
  await page.keyboard.press("Escape");
  // The dialogue tells that it was closed a moment after the key; whatever has the focus then is what counts.
  const back = () => document.activeElement.classList.contains("stay-tuned");
  await page.waitForFunction(back, { timeout: PATIENCE_MS }).catch(() => {});
  seen.focus.push(await page.evaluate(() => document.activeElement.className));
  seen.other[why] = [(await mine(page)).follows.length, ...(await button(page))];
  // The second press ends it.
  await page.click(".stay-tuned");
  await page.waitForSelector("[data-follow]:not(.followed):not(.busy)", { timeout: PATIENCE_MS });
  seen.left[why] = (await mine(page)).follows.length;
  await page.close();
}

// With another place to be told, the press is answered beside the button.
const elsewhere = await visit(story, OBSTACLES.unsupported);
await elsewhere.waitForSelector('.stay-tuned[role="button"]');
await elsewhere.evaluate(async (place) => {
  const { token } = await (await fetch("/api/v1/follows")).json();
  const headers = { "content-type": "application/json", "x-form-token": token };
  const { status } = await fetch("/api/v1/receivers", { method: "POST", headers, body: JSON.stringify(place) });
  if (status !== 201) throw new Error(`status ${status}`);
}, { kind: "webhook", url: `${article}/hook` });
await elsewhere.reload();
await elsewhere.waitForSelector('.stay-tuned[role="button"]');
await elsewhere.click(".stay-tuned");
await elsewhere.waitForSelector("[data-follow].followed:not(.busy)", { timeout: PATIENCE_MS });
seen.elsewhere = { said: await elsewhere.$eval(".stay .said", (said) => said.textContent), dialog: await elsewhere.$eval("#stay", (dialog) => dialog.open) };
await elsewhere.click(".stay-tuned");
await elsewhere.waitForSelector("[data-follow]:not(.followed):not(.busy)", { timeout: PATIENCE_MS });
await elsewhere.close();

// Without script: by forms alone, in a browser of its own.
const bare = await browser.createBrowserContext();
const plain = await bare.newPage();
await plain.setJavaScriptEnabled(false);
await plain.goto(story);
const press = async (selector) => Promise.all([plain.waitForNavigation(), plain.click(selector)]);
await press("a.stay-tuned");
await press("button.stay-tuned");
seen.plain = { followed: await plain.$eval(".notice", (notice) => notice.textContent) };
await plain.goto(`${address}/follows`);
seen.plain.list = await plain.$$eval(".follows h2", (titles) => titles.map((title) => title.textContent.trim()));
await press(".follows form[action$=remove] button");
seen.plain.left = await plain.$$eval(".follows h2", (titles) => titles.length);
await bare.close();

// Without a network: what was seen can be read, what was not says so and lists what can be.
const page = await visit(story);
await page.evaluate(() => navigator.serviceWorker.ready);
await page.reload();
await until("the page to be kept", () => page.evaluate(async (url) => Boolean(await caches.match(url)), story));
await ask("stop");
await page.reload();
seen.offline = { title: await page.$eval("h1", (title) => title.textContent) };
await page.goto(`${address}/outlets`);
seen.offline.unseen = await page.$eval("h1", (title) => title.textContent);
await page.waitForSelector("#kept a");
seen.offline.kept = await page.$$eval("#kept a", (links) => links.map((link) => link.textContent));
seen.offline.styled = await page.evaluate(() => getComputedStyle(document.body).maxWidth !== "none");
await page.close();

// The button on an article's own site: another origin, with a policy as strict as ours.
const again = await ask("start");
await ask("follow");
const other = createServer((request, response) => {
  const html = `<!doctype html><title>Herald</title><link rel="canonical" href="${article}">
    <script src="${again.address}/button.js" async></script>
    <stay-tuned count><a href="${again.address}/follow?url=${encodeURIComponent(article)}">Stay tuned</a></stay-tuned>`;
  const policy = `default-src 'none'; script-src ${again.address}; connect-src ${again.address}; require-trusted-types-for 'script'`;
  response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy }).end(html);
});
await new Promise((ready) => other.listen(0, "127.0.0.1", ready));
const publisher = await browser.newPage();
const complaints = [];
publisher.on("console", (message) => message.type() === "error" && !message.text().includes("favicon") && complaints.push(message.text()));
await publisher.goto(`http://127.0.0.1:${other.address().port}/article`);
await publisher.waitForFunction(() => document.querySelector("stay-tuned").shadowRoot);
const link = "document.querySelector('stay-tuned').shadowRoot.querySelector('a')";
seen.button = { complaints, words: await publisher.evaluate(`${link}.querySelector('span').textContent`) };
const opened = new Promise((found) => browser.once("targetcreated", found));
await publisher.click("stay-tuned");
const dialogue = await (await opened).page();
await until("the dialogue", () => dialogue.$("h1 a").catch(() => null));
seen.button.leads = new URL(dialogue.url()).pathname;
seen.button.title = await dialogue.$eval("h1", (title) => title.textContent.trim());
const count = `document.querySelector('stay-tuned').shadowRoot?.querySelector('small').textContent`;
seen.button.count = await until("the count of followers", () => publisher.evaluate(count).catch(() => ""));

other.close();
other.closeAllConnections();
await browser.close();
tell(seen);
