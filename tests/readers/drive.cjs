// Reads an e-book as readers do, and says what came of it.
// usage: NODE_PATH=… node drive.cjs < JOB     prints a JSON list of {engine, step, result, message}
// A job names the e-book (epub), the folder into which it was unpacked (folder), the browser (browser), what the e-book says of itself
// (book), the steps by engine (steps), and the folder for pictures (pictures), if they are wanted.

const { readFileSync } = require("node:fs");
const { mkdir } = require("node:fs/promises");
const { basename, join } = require("node:path");
const { chromium } = require("playwright-core");

const { STEPS: DOCUMENT_STEPS } = require("./documents.cjs");
const { PHONE, STEPS } = require("./scenario.cjs");
const { serve } = require("./server.cjs");

const BARE = "browser"; // no engine: the documents themselves

const start = async (page, engine, address) => {
  if (engine === BARE) return DOCUMENT_STEPS;
  await page.goto(`${address}/read/${engine}`);
  await page.waitForFunction(() => globalThis.reader);
  await page.evaluate((url) => reader.open(url), `${address}/book.epub`);
  return STEPS;
};

const photographer = (page, folder, engine, step) => async (document) => {
  if (!folder) return;
  const place = join(folder, engine);
  await mkdir(place, { recursive: true });
  const of = document ? `-${basename(document, ".xhtml")}` : "";
  await page.screenshot({ path: join(place, `${step}${of}.png`) });
};

// Each step has a reader of its own, so that none rests on what another left behind.
const take = async (browser, engine, step, { address, book, pictures }) => {
  const context = await browser.newContext({ viewport: PHONE });
  await context.addInitScript({ path: join(__dirname, "measure.js") });
  const page = await context.newPage();
  try {
    const steps = await start(page, engine, address);
    const message = await steps[step](page, { ...book, address }, photographer(page, pictures, engine, step));
    return { engine, step, result: "passed", message: message ?? "" };
  } catch (error) {
    return { engine, step, result: error.skipped ? "skipped" : "failed", message: error.message.split("\n")[0] };
  } finally {
    await context.close();
  }
};

const main = async (job) => {
  const { server, address } = await serve(job);
  const browser = await chromium.launch({ executablePath: job.browser, args: ["--no-sandbox", "--disable-gpu"] });
  const results = [];
  for (const [engine, steps] of Object.entries(job.steps))
    for (const step of steps) results.push(await take(browser, engine, step, { ...job, address }));
  await browser.close();
  server.close();
  return results;
};

main(JSON.parse(readFileSync(0, "utf8"))).then((results) => console.log(JSON.stringify(results)));
