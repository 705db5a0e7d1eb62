// foliate-js as a reader: the engine of Foliate, GNOME's reader of e-books. What this file and its neighbours offer is the same.

import { FootnoteHandler } from "/npm/foliate-js/footnotes.js";
import { makeBook } from "/npm/foliate-js/view.js";

// As Foliate itself does it: the book follows the colour scheme of the desktop, and links get a colour that can be read on it.
const NIGHT = ":root { color-scheme: dark } a:link { color: lightblue }";
const LARGE = "html { font-size: 200% }";

const view = document.createElement("foliate-view");
const notes = new FootnoteHandler();
const styles = new Set();
let popup = null;
let box = null;

const dress = () => view.renderer.setStyles([...styles].join("\n"));

const entries = (items) => (items ?? []).flatMap(({ label, href, subitems }) => [{ label, href }, ...entries(subitems)]);

const textOf = ({ view: inside }) => inside.renderer.getContents()[0].doc.body.textContent;

notes.addEventListener("before-render", ({ detail }) => {
  closePopup();
  box = document.createElement("dialog");
  box.append(detail.view);
  document.body.append(box);
  box.show();
});
notes.addEventListener("render", ({ detail }) => {
  detail.view.renderer.setStyles([...styles].join("\n"));
  popup = textOf(detail);
});

const closePopup = () => {
  box?.remove();
  box = popup = null;
};

globalThis.reader = {
  popsUp: true,

  async open(url) {
    document.body.append(view);
    await view.open(await makeBook(url));
    view.addEventListener("link", (event) => notes.handle(view.book, event)?.catch(console.error));
    dress();
    await view.init({});
  },
  contents: () => entries(view.book.toc),
  pages: () => (view.book.pageList ?? []).map(({ label, href }) => ({ label, href })),
  goTo: async (href) => Boolean(await view.goTo(href)),
  page: () => view.lastLocation?.pageItem?.label ?? null,
  place: () => view.book.sections[view.renderer.getContents()[0]?.index]?.id ?? null,
  documents: () => view.renderer.getContents().map(({ doc }) => doc),
  popup: () => popup,
  closePopup,
  back: () => view.history.back(),
  async search(query, href) {
    const { index } = await view.resolveNavigation(href);
    const found = [];
    for await (const hit of view.search({ query, index })) if (hit.cfi) found.push(hit.cfi);
    return found;
  },
  setNight: () => dress(styles.add(NIGHT)),
  setLargeText: () => dress(styles.add(LARGE)),
};
