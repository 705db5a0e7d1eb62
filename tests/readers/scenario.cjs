// What a reader does with an e-book: each step drives an engine (`reader`, see engines/) through its page, and throws what is wrong.
// A step is given the page, what the e-book says of itself (ebook.py), and where pictures go; it may tell what it did.

const assert = require("node:assert/strict");

const WAIT = { timeout: 5000 };
const PHONE = { width: 390, height: 700 };
const NARROW = { width: 320, height: 640 };
const LEAST_CONTRAST = 4.5; // WCAG 2.2, success criterion 1.4.3
const DARK = 0.1; // relative luminance that no ground exceeds at night

const skip = (reason) => {
  throw Object.assign(new Error(reason), { skipped: true });
};

// ------------------------------------------------------------------------------------------------------------ reading on

const until = async (page, what, told, argument) => {
  await page.waitForFunction(what, argument, WAIT).catch(() => assert.fail(told));
};

const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));

const goTo = async (page, href) => {
  assert.ok(await page.evaluate((where) => reader.goTo(where), href), `the reader cannot go to ${href}`);
  const [document, id] = href.split("#");
  await shows(page, document, id);
};

// The reader is in the document, and if an id is given that element is in sight.
const shows = async (page, document, id) => {
  await until(page, (one) => reader.place() === one, `${document} is not shown`, document);
  const seen = (one) => !one || reader.documents().some((doc) => doc.getElementById(one) && measure.sight(doc.getElementById(one)));
  await until(page, seen, `${document} is shown, but not its #${id}`, id);
};

// A tap of the finger, at the place where the element is seen.
const tap = async (page, selector) => {
  await settled(page);
  const find = (one) => {
    const places = reader.documents().flatMap((doc) => [...doc.querySelectorAll(one)].map((element) => measure.sight(element)));
    return places.find(Boolean) ?? null;
  };
  const place = await page.evaluate(find, selector);
  assert.ok(place, `${selector} is not in sight`);
  await page.mouse.click(place.x, place.y);
};

const plain = (text) => text.replace(/\s+/g, " ").trim();

const compared = (expected, found, what) => {
  const wrong = expected.findIndex((one, index) => found[index] !== one);
  assert.equal(found.length, expected.length, `${found.length} ${what} are offered, ${expected.length} are in the book`);
  assert.ok(wrong < 0, `${what}: «${found[wrong]}» is offered where the book has «${expected[wrong]}»`);
};

const everyDocument = async (page, book, measured) => {
  const wrong = [];
  for (const document of book.documents) {
    await goTo(page, document);
    await settled(page);
    const blank = await page.evaluate(() => reader.documents().every((doc) => measure.blank(doc)));
    const found = blank ? ["opens at an empty page"] : await measured(document);
    if (found.length) wrong.push(`${document}: ${found.slice(0, 3).join(", ")}`);
  }
  assert.deepEqual(wrong, [], wrong.join("; "));
};

// ----------------------------------------------------------------------------------------------------------------- steps

const contents = async (page, book) => {
  const offered = await page.evaluate(() => reader.contents());
  compared(book.contents.map(({ label }) => label), offered.map(({ label }) => plain(label)), "entries of the contents");
  for (const { href } of offered) await goTo(page, href);
  return `${offered.length} entries`;
};

const pages = async (page, book) => {
  if (!book.pages.length) skip("the book has no print pages");
  const offered = await page.evaluate(() => reader.pages());
  compared(book.pages.map(({ href }) => href), offered.map(({ href }) => href), "pages");
  const wrong = offered.find(({ label }, index) => label !== null && label !== book.pages[index].label);
  assert.ok(!wrong, `page «${wrong?.label}» has another label than its marker`);
  const wanted = book.pages.find(({ label }) => label === "9") ?? book.pages[Math.floor(book.pages.length / 2)];
  await goTo(page, offered[book.pages.indexOf(wanted)].href);
  const told = await page.evaluate(() => reader.page());
  assert.ok(told === null || told === wanted.label, `on p. ${wanted.label} the reader tells page «${told}»`);
  return `${offered.length} pages; went to p. ${wanted.label}`;
};

// The pop-up says what the link leads to, and nothing else of its document.
const says = (page, text) => {
  const said = (wanted) => reader.popup()?.replace(/\s+/g, " ").trim() === wanted;
  return until(page, said, `the pop-up does not say «${text.slice(0, 40)}»`, text);
};

// Taps a link; the reader shows what it leads to in a pop-up or, if it knows none, goes there. It is then where it began.
const follow = async (page, link, picture) => {
  await goTo(page, `${link.document}#${link.id}`);
  await tap(page, `[id="${link.id}"]`);
  const popsUp = await page.evaluate(() => reader.popsUp);
  if (popsUp) await says(page, link.text);
  else await shows(page, link.target.split("#")[0], link.target.split("#")[1]);
  await settled(page);
  await picture();
  await page.evaluate((popped) => (popped ? reader.closePopup() : reader.back()), popsUp);
  await shows(page, link.document, link.id);
  return popsUp ? "in a pop-up" : "jumped to";
};

const note = async (page, book, picture) => {
  if (!book.notes.length) skip("the book has no notes");
  const [first, middle, last] = [0, book.notes.length >> 1, book.notes.length - 1].map((index) => book.notes[index]);
  await follow(page, first, () => {});
  await follow(page, last, () => {});
  return follow(page, middle, picture);
};

const backLink = async (page, book) => {
  if (!book.notes.length) skip("the book has no notes");
  const { target, document, id } = book.notes[book.notes.length >> 1];
  await goTo(page, target);
  await tap(page, `[id="${target.split("#")[1]}"] [role~="doc-backlink"]`);
  await shows(page, document, id);
};

const glossary = async (page, book, picture) => {
  if (!book.terms.length) skip("the book has no glossary");
  return follow(page, book.terms[book.terms.length >> 1], picture);
};

const search = async (page, book, picture) => {
  if (!book.phrases.length) skip("no print page begins within a paragraph");
  for (const { text, href } of book.phrases) {
    const found = await page.evaluate(([query, where]) => reader.search(query, where), [text, href]);
    assert.ok(found.length, `«${text}», across ${href}, is not found`);
    if (text === book.phrases[0].text) {
      await page.evaluate((place) => reader.goTo(place), found[0]);
      await shows(page, ...href.split("#"));
      await picture();
    }
  }
  return `${book.phrases.length} phrases, such as «${book.phrases[0].text}»`;
};

const night = async (page, book, picture) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.evaluate(() => void reader.setNight());
  await everyDocument(page, book, async (document) => {
    const shot = `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;
    await picture(document);
    return page.evaluate(
      async ([address, least, dark]) => {
        const ground = await measure.ground(address);
        return reader.documents().flatMap((doc) => [
          ...(doc.body.innerText.trim() && measure.luminance(ground) > dark ? [`the page is rgb(${ground})`] : []),
          ...measure.faint(doc, ground, least),
          ...measure.unseen(doc).map((one) => `the picture «${one}» is not seen`),
        ]);
      },
      [shot, LEAST_CONTRAST, DARK],
    );
  });
};

const overflowing = (page) => page.evaluate(() => reader.documents().flatMap((doc) => measure.overflow(doc)));

const large = async (page, book, picture) => {
  await page.evaluate(() => void reader.setLargeText());
  await everyDocument(page, book, async (document) => {
    await picture(document);
    return overflowing(page);
  });
};

const narrow = async (page, book, picture) => {
  await page.setViewportSize(NARROW);
  await everyDocument(page, book, async (document) => {
    await picture(document);
    return overflowing(page);
  });
};

exports.PHONE = PHONE;
exports.STEPS = { contents, pages, note, backLink, glossary, search, night, large, narrow };
