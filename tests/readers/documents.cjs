// What holds for each document of an e-book by itself, as a browser without any engine shows it: with and without its style sheet,
// in a narrow window, at twice the size. The same kind of steps as in scenario.cjs.

const assert = require("node:assert/strict");

const NARROW = { width: 320, height: 640 }; // CSS pixels: WCAG 2.2, success criterion 1.4.10

const LARGE = "html { font-size: 200% }"; // success criterion 1.4.4

const open = async (page, address, { styled = true, large = false } = {}) => {
  await page.goto(address);
  await page.evaluate(
    ([keep, css]) => {
      for (const sheet of document.styleSheets) sheet.disabled = !keep;
      const style = document.createElement("style");
      style.textContent = css;
      document.head.append(style);
    },
    [styled, large ? LARGE : ""],
  );
  await page.evaluate(() => document.fonts.ready.then(() => {}));
};

const everyDocument = async (page, book, measured) => {
  const wrong = [];
  for (const document of book.documents) {
    const found = await measured(`${book.address}/book/${document}`, document);
    if (found.length) wrong.push(`${document}: ${found.slice(0, 3).join(", ")}`);
  }
  assert.deepEqual(wrong, [], wrong.join("; "));
  return `${book.documents.length} documents`;
};

// Without its style sheet a document says the same words in the same order, and they are seen in the order in which they are read.
const order = (page, book, picture) =>
  everyDocument(page, book, async (address, document) => {
    await open(page, address);
    const [styled, seen, said] = await page.evaluate(() => [measure.words(document), measure.disorder(document), measure.saidByStyle(document)]);
    await open(page, address, { styled: false });
    await picture(document);
    const [plain, unstyled] = await page.evaluate(() => [measure.words(document), measure.disorder(document)]);
    const differs = plain.findIndex((word, index) => word !== styled[index]);
    return [
      ...seen.map((text) => `${text} is seen before what is read before it`),
      ...unstyled.map((text) => `${text} is, without style, seen before what is read before it`),
      ...(plain.length !== styled.length || differs >= 0 ? [`other words without style: «${plain[differs]}»`] : []),
      ...said.map((part) => `words by style in ${part}`),
    ];
  });

const fitting = (options) => async (page, book, picture) => {
  await page.setViewportSize(NARROW);
  return everyDocument(page, book, async (address, document) => {
    await open(page, address, options);
    await picture(document);
    return page.evaluate(() => (measure.blank(document) ? ["opens at an empty page"] : measure.overflow(document)));
  });
};

exports.STEPS = { order, narrow: fitting({}), large: fitting({ large: true }) };
