// A reader with a map: draws it about, looks closer, by mouse and by keys, and sees it without script. Usage: node map.mjs
// ADDRESS STORY. Prints one JSON line with what the picture showed at each step.
import { chromium } from "playwright-core";

const [address, story] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
});
const viewport = { width: 1280, height: 900 };
const page = await browser.newPage({ viewport });
const complaints = [];
page.on("pageerror", (error) => complaints.push(String(error)));
await page.goto(`${address}/story/${story}`, { waitUntil: "load" });
const map = page.locator("figure[data-map] svg.map.wide");
await map.scrollIntoViewIfNeeded();

/** Left, top, width and height of what is shown. */
const view = async () => (await map.getAttribute("viewBox")).split(" ").map(Number);
const seen = { complaints, steps: {} };
const step = async (name) => { seen.steps[name] = await view(); };
await step("whole");

await page.getByRole("button", { name: "Closer" }).click();
await step("closer");
const box = await map.boundingBox();
const middle = [box.x + box.width / 2, box.y + box.height / 2];
await page.mouse.move(...middle);
await page.mouse.down();
await page.mouse.move(middle[0] - 120, middle[1] - 60, { steps: 6 });
await page.mouse.up();
await step("dragged");
seen.stayed = page.url().endsWith(`/story/${story}`);

// The point under the pointer stays where it is when one looks closer there.
await page.keyboard.down("Control");
await page.mouse.wheel(0, -300);
await page.keyboard.up("Control");
await step("wheeled");

await page.getByRole("button", { name: "Whole map" }).click();
await step("again");
await page.keyboard.press("+");
await step("plus");
await page.keyboard.press("ArrowRight");
await step("right");
await page.keyboard.press("ArrowDown");
await step("down");
await page.keyboard.press("0");
await step("zero");

// A press on a place, after all that, leads to its page.
await map.locator("a.place circle").first().click();
await page.waitForURL(/\/place\/\d+/);
seen.place = (await page.locator("h1").textContent()).trim();

// Without script, on a phone: the same places, as a picture with links.
const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
const bare = await plain.newPage();
await bare.goto(`${address}/story/${story}`);
const narrow = bare.locator("figure[data-map] svg.map.narrow");
seen.withoutScript = await narrow.isVisible();
seen.names = await narrow.locator("a.place text").allTextContents();
seen.links = await narrow.locator("a.place").count();
seen.buttons = await bare.locator(".zoom").count();
console.log(JSON.stringify(seen));
await browser.close();
