// The operator makes a new key: a visit renews the subscription by itself, and the reader goes on being told. In Firefox.
// Usage: node renew.mjs FOLDER. The test that runs the program answers on standard input.
import { join } from "node:path";
import { PATIENCE_MS, ask, launch, mine, notifications, permit, tell, until } from "./rig.mjs";
import { mozilla } from "./push-mozilla.mjs";

const [folder] = process.argv.slice(2);
const service = await mozilla();
const { address, stories } = await ask("serve", { hosts: [] });
const browser = await launch("firefox", join(folder, "profile"), service);
await permit(browser, address);
const page = await browser.newPage();
await page.goto(`${address}/story/${stories.a}`);
await page.waitForSelector('.stay-tuned[role="button"]');
await page.click(".stay-tuned");
await page.waitForSelector("[data-follow].followed:not(.busy)", { timeout: PATIENCE_MS });

/** The subscription: its endpoint, and the key that it was made with. */
const subscription = () => page.evaluate(async () => {
  const one = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  const key = one && [...new Uint8Array(one.options.applicationServerKey)].join();
  return one && { endpoint: one.endpoint, key };
});
const before = { ...(await subscription()), receiver: (await mine(page)).receivers[0].id };
// Twice: the oldest key has a follower and must not be forgotten.
await ask("rotate");
await ask("rotate");
// The program takes the new key up while it runs.
const offered = () => page.evaluate(async () => (await (await fetch("/api/v1/follows")).json()).push_key);
const first = await page.$eval('meta[name="push-key"]', (meta) => meta.content);
await until("the new key to be offered", async () => (await offered()) !== first);
await until("the page to have it", async () => {
  await page.reload();
  return (await page.$eval('meta[name="push-key"]', (meta) => meta.content)) === (await offered());
});
const after = await until("the subscription to be renewed", async () => {
  const now = await subscription().catch(() => null);
  return now && now.key !== before.key && now;
});
const { words } = await ask("publish", { story: "a", outlet: 2 });
const told = await until("a notification after the renewal", async () =>
  (await notifications(page)).find((one) => words.some((some) => one.body.includes(some))));
const { receivers } = await mine(page);
await browser.close();
service.close();
tell({
  renewed: before.endpoint !== after.endpoint, told: told.title, same: receivers.length === 1 && receivers[0].id === before.receiver,
  statuses: service.posted,
});
