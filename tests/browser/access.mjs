// What stands in the way of readers on each page of the demo, on a phone and a desk, by day and by night: what axe finds
// against WCAG 2.2 AA, and what is wider than the screen. Usage: node access.mjs ADDRESS LOGIN. Prints one JSON list.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [address, login] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
});

/** The pages of one story and everything that it leads to here, and the others. */
async function pages() {
  const { stories } = await (await fetch(`${address}/api/v1/stories`)).json();
  const largest = stories.toSorted((one, other) => other.articles - one.articles)[0].id;
  const story = `/story/${largest}`;
  const html = await (await fetch(address + story)).text();
  const linked = (pattern) => pattern.exec(html)?.[0].replaceAll("&amp;", "&");
  const ways = [/\/article\/\d+(?=")/, /\/actor\/\d+(?=")/, /\/place\/[^"]+/, /\/development\/\d+(?=")/].map(linked);
  const actor = ways.find((way) => way?.startsWith("/actor/"));
  if (actor) ways.push(`${actor}/acts`);
  const [one, other] = [...html.matchAll(/<option value="(\d+)"/g)].map(([, actor]) => actor);
  if (other) ways.push(`${story}/compare?a=${one}&b=${other}`);
  const others = ["/", "/actors", "/follows", `/follow?kind=story&of=${largest}`, "/outlets", "/about", "/search?q=talks", "/login", "/feeds", `${story}/correct`, `${story}/correct/check?kind=mute`];
  return [story, ...others, ...ways.filter(Boolean)];
}

const found = [];
const all = await pages();
for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    await page.goto(login);
    for (const path of all) {
      const answer = await page.goto(address + path);
      const where = `${path} ${viewport.width} ${colorScheme}`;
      if (!answer.ok()) found.push(`${where}: status ${answer.status()}`);
      await page.evaluate(axe);
      const violations = await page.evaluate(async (values) => (await globalThis.axe.run(document, { runOnly: values })).violations, RULES);
      for (const { id, nodes } of violations) found.push(`${where}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" ")}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (wide) found.push(`${where}: wider than the screen`);
    }
    await context.close();
  }
}
console.log(JSON.stringify({ pages: all, found }));
await browser.close();
