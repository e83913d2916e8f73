// A reader's browser on the front page: what it asks for, what it complains about, and whether news appears
// without a reload. Usage: node live.mjs ADDRESS HEADLINE. Prints `ready`, then, once HEADLINE has appeared on the
// page by itself, one JSON line with what was seen. Ends with an error when it does not appear.
import { chromium } from "playwright-core";

const [address, headline] = process.argv.slice(2);
const PATIENCE_MS = 60_000;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
});

const seen = { foreign: [], complaints: [], navigations: 0 };
const page = await browser.newPage();
page.on("request", (request) => {
  if (!request.url().startsWith(address) && !request.url().startsWith("data:")) seen.foreign.push(request.url());
});
page.on("console", (message) => {
  if (["error", "warning"].includes(message.type())) seen.complaints.push(message.text());
});
page.on("pageerror", (error) => seen.complaints.push(String(error)));
page.on("framenavigated", () => (seen.navigations += 1));

await page.goto(`${address}/`, { waitUntil: "load" });
await page.locator(".live", { hasText: "live" }).first().waitFor({ state: "visible", timeout: PATIENCE_MS });
console.log("ready");
// A new story does not push the page about under the reader's eyes: it is announced, and shown on request.
const announced = page.getByRole("button", { name: /new article.*show/ });
await announced.waitFor({ state: "visible", timeout: PATIENCE_MS });
await announced.click();
await page.getByText(headline).first().waitFor({ state: "visible", timeout: PATIENCE_MS });

// On paper each time is a whole date, and the page says where and when it was printed.
const times = () => page.$$eval("time[data-time]:not([data-time=day])", (all) => all.map((time) => time.textContent));
seen.shown = await times();
await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
seen.printed = { times: await times(), line: await page.$eval(".printed", (line) => line.textContent) };
await page.evaluate(() => dispatchEvent(new Event("afterprint")));
seen.after = await times();

// The same page without script must hold the same story.
const plain = await browser.newContext({ javaScriptEnabled: false });
const bare = await plain.newPage();
await bare.goto(`${address}/`);
seen.withoutScript = await bare.getByText(headline).first().isVisible();
console.log(JSON.stringify(seen));
await browser.close();
