// Real browsers for tests: started on a profile of their own, led to a push service of ours, and ended by themselves.
// And the line to the test that runs the program: one JSON question out, one JSON answer in.
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

/** Nothing that these tests wait for takes longer, even on a busy machine. */
export const PATIENCE_MS = 60_000;

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Asks the test to do something and waits until it is done. */
export async function ask(what, values = {}) {
  console.log(JSON.stringify({ ask: what, ...values }));
  const { value, done } = await lines.next();
  if (done) throw new Error(`the test went away at ${what}`);
  return JSON.parse(value);
}

/** Says what was seen and ends. */
export function tell(seen) {
  console.log(JSON.stringify({ seen }));
  process.stdin.destroy();
}

/** Waits until `look` gives something; looks again whenever the browser could have moved on. */
export async function until(what, look) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`);
    await new Promise((soon) => setTimeout(soon, 25));
  }
}

const FIREFOX = (service) => ({
  // The automation's own preferences would turn the push connection off.
  "remote.prefs.recommended": false,
  "dom.push.connection.enabled": true,
  "dom.push.serverURL": service.ws,
  "dom.push.testing.allowInsecureServerURL": true,
  "alerts.useSystemBackend": false,
  "network.proxy.type": 0,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
});

const CHROMIUM = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-component-update", "--no-first-run",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/** A browser on `profile`, with pushes from `service`. */
export function launch(name, profile, service, more = {}) {
  const common = { headless: true, userDataDir: profile, protocolTimeout: PATIENCE_MS, timeout: PATIENCE_MS, ...more };
  if (name === "firefox") {
    const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
    return puppeteer.launch({ browser: "firefox", executablePath, extraPrefsFirefox: { ...FIREFOX(service), ...more.preferences }, ...common });
  }
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return puppeteer.launch({
    executablePath, args: [...CHROMIUM, ...(service?.flags ?? []), ...(more.args ?? [])],
    ignoreDefaultArgs: ["--disable-background-networking"], ...common,
  });
}

/** Answers the browser's question whether the site may notify. */
export const permit = (browser, origin) => browser.defaultBrowserContext().overridePermissions(origin, ["notifications"]);

/** The notifications that the browser shows for the site of `page`; asked for in turn, as the site itself does. */
export const notifications = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  const shown = await navigator.locks.request("notifications", () => registration.getNotifications());
  return shown.map(({ title, body, tag, lang, dir, data }) => ({ title, body, tag, lang, dir, data }));
});

/** Takes away the notifications with this tag, or all. */
export const sweep = (page, filter = {}) => page.evaluate(async (filter) => {
  const registration = await navigator.serviceWorker.ready;
  await navigator.locks.request("notifications", async () => {
    for (const shown of await registration.getNotifications(filter)) shown.close();
  });
}, filter);

/** What the server knows of the reader in `page`. */
export const mine = (page) => page.evaluate(async () => (await fetch("/api/v1/follows")).json());
