// What can be measured in a document that a browser shows. Loaded into every page and frame before its own content.
"use strict";

globalThis.measure = (() => {
  const SLACK = 1; // CSS pixel: browsers round
  const UNIT = 1 / 64; // CSS pixel: what a browser's layout counts in, so that it errs by that much from column to column

  // ---------------------------------------------------------------------------------------------------------------- lines

  const styleOf = (element) => element.ownerDocument.defaultView.getComputedStyle(element);

  // Words for those who listen, which are clipped away to nothing for those who look.
  const isClipped = (element) => element !== null && (styleOf(element).clipPath === "inset(50%)" || isClipped(element.parentElement));

  const everyText = function* (doc) {
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.data.trim()) yield walker.currentNode;
  };

  const isDrawn = ({ parentElement }) => parentElement.closest("svg") !== null;

  // The texts that are set in lines. Those of a drawing are a part of it.
  const texts = (doc) => [...everyText(doc)].filter((node) => !isDrawn(node));

  const seenTexts = (doc) => texts(doc).filter((node) => !isClipped(node.parentElement));

  const rectsOf = (node) => {
    const range = node.ownerDocument.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
  };

  const told = (node) => `«${node.data.trim().replace(/\s+/g, " ").slice(0, 40)}»`;

  // The box in which lines stand beside each other as columns, if there are columns: that of the root, or of the body.
  const columns = (doc) => {
    for (const element of [doc.body, doc.documentElement]) {
      const style = styleOf(element);
      const width = Number.parseFloat(style.columnWidth);
      if (Number.isNaN(width)) continue;
      const box = element.getBoundingClientRect();
      const inside = box.width - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      const gap = Number.parseFloat(style.columnGap) || 0;
      const count = Math.max(1, Math.floor((inside + gap) / (width + gap)));
      const left = box.left + Number.parseFloat(style.paddingLeft);
      const used = (inside + gap) / count - gap;
      return { left, width: used, pitch: used + gap };
    }
    return null;
  };

  // Lines and pictures that stick out at the side of their column, or of the window.
  const overflow = (doc) => {
    const { left, width, pitch } = columns(doc) ?? { left: 0, width: doc.documentElement.clientWidth, pitch: Infinity };
    const out = ({ left: at, width: wide }) => {
      const slack = SLACK + ((at - left) / pitch) * UNIT;
      const column = Math.floor((at - left + slack) / pitch);
      const start = at - left - (column && column * pitch); // the only column, of no pitch, is the first
      return start < -slack || start + wide > width + slack;
    };
    const lines = seenTexts(doc).filter((node) => rectsOf(node).some(out)).map(told);
    const pictures = [...doc.querySelectorAll("img, svg")].filter((one) => out(one.getBoundingClientRect()));
    const all = [...lines, ...pictures.map((one) => `<${one.localName}>`)];
    if (!all.length && pitch === Infinity && doc.documentElement.scrollWidth > width + SLACK) all.push("a box without text");
    return all;
  };

  // ------------------------------------------------------------------------------------------------------- order, and words

  const isBlock = (element) => !getComputedStyle(element).display.startsWith("inline");

  const blockOf = (node) => {
    let element = node.parentElement;
    while (!isBlock(element)) element = element.parentElement;
    return element;
  };

  // Each block that has words of its own, in the order of the document, with the box of those words.
  const boxes = (doc) => {
    const found = new Map();
    for (const node of seenTexts(doc))
      for (const { left, top, right, bottom } of rectsOf(node)) {
        const box = found.get(blockOf(node)) ?? { node, left, top, right, bottom };
        box.left = Math.min(box.left, left);
        box.right = Math.max(box.right, right);
        box.bottom = Math.max(box.bottom, bottom);
        found.set(blockOf(node), box);
      }
    return [...found.values()];
  };

  // Blocks that are seen before the one that is read before them: above it, or left of it in the same row.
  const disorder = (doc) => {
    const all = boxes(doc);
    return all
      .slice(1)
      .filter((box, index) => box.top < all[index].top - SLACK || (box.bottom <= all[index].bottom && box.right <= all[index].left))
      .map(({ node }) => told(node));
  };

  // The words that are shown, in the order of the document. Capitals by CSS are not other words, nor is a soft hyphen a letter.
  const words = (doc) =>
    texts(doc)
      .filter((node) => rectsOf(node).length)
      .map((node) => node.data)
      .join(" ")
      .split(/\s+/)
      .filter(Boolean);

  // Words that only the style sheet says: without it, and read aloud by some, they are not there.
  const saidByStyle = (doc) =>
    [...doc.body.querySelectorAll("*")].flatMap((element) =>
      ["::before", "::after"].filter((part) => /\p{L}/u.test(getComputedStyle(element, part).content.replace(/^(none|normal)$/, ""))).map(
        (part) => `${element.localName}${part}`,
      ),
    );

  // -------------------------------------------------------------------------------------------------------------- colours

  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);

  // Relative luminance and contrast ratio: WCAG 2.2, section 8 (definitions).
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  const over = ([r, g, b, alpha = 1], ground) => [r, g, b].map((part, index) => part * alpha + ground[index] * (1 - alpha));

  const groundOf = (element, page) => {
    const chain = [];
    for (let one = element; one; one = one.parentElement) chain.unshift(numbers(styleOf(one).backgroundColor));
    return chain.reduce((ground, colour) => over(colour, ground), page);
  };

  // Texts whose computed colour stands out less than `least` from its ground; `page` is the ground where nothing has a colour.
  const faint = (doc, page, least) =>
    [...everyText(doc)].flatMap((node) => {
      const { color, fill } = styleOf(node.parentElement);
      const ground = groundOf(node.parentElement, page);
      const ratio = contrast(over(numbers(isDrawn(node) ? fill : color), ground), ground);
      return rectsOf(node).length && ratio < least ? [`${told(node)} ${ratio.toFixed(1)}`] : [];
    });

  const unseen = (doc) =>
    [...doc.querySelectorAll("img, svg")]
      .filter((one) => {
        const { width, height } = one.getBoundingClientRect();
        const { opacity, visibility } = styleOf(one);
        return width < 1 || height < 1 || opacity === "0" || visibility === "hidden" || one.naturalWidth === 0;
      })
      .map((one) => one.getAttribute("alt") || `<${one.localName}>`);

  // The commonest colour of a picture (a data: address): the ground of a page of text.
  const ground = async (address) => {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    const pixels = new Uint32Array(canvas.getImageData(0, 0, picture.width, picture.height).data.buffer);
    const counted = new Map();
    for (const pixel of pixels) counted.set(pixel, (counted.get(pixel) ?? 0) + 1);
    const [commonest] = [...counted].reduce((one, other) => (other[1] > one[1] ? other : one));
    return [commonest & 255, (commonest >> 8) & 255, (commonest >> 16) & 255];
  };

  // ---------------------------------------------------------------------------------------------------------------- places

  // Where an element is in the window, across the frames that it is in; nothing if it is not in sight.
  const sight = (element) => {
    let box = [...element.getClientRects()][0];
    if (!box) return null;
    let { left, top } = box;
    for (let view = element.ownerDocument.defaultView; view !== globalThis.top; view = view.parent) {
      const frame = view.frameElement.getBoundingClientRect();
      left += frame.left;
      top += frame.top;
    }
    const inside = left >= -SLACK && left < innerWidth && top >= -SLACK && top < innerHeight;
    return inside ? { x: left + box.width / 2, y: top + box.height / 2 } : null;
  };

  // Whether nothing of a document is in sight: a reader has opened it at an empty page.
  const blank = (doc) => ![...seenTexts(doc).map((node) => node.parentElement), ...doc.querySelectorAll("img, svg")].some(sight);

  return { blank, overflow, disorder, words, saidByStyle, faint, unseen, ground, luminance, sight };
})();
