// epub.js as a reader: the engine of many readers on the web, and of libraries. It knows no pop-ups: a note is jumped to.

const NIGHT = { body: { background: "#121212 !important", color: "#e0e0e0 !important" }, "a:link": { color: "#9cf !important" } };

const trail = [];
let book = null;
let rendition = null;

// Its addresses are relative to the package document; those of the e-book are the paths in its zip.
const folder = () => book.container.packagePath.replace(/[^/]*$/, "");
const outward = (href) => folder() + href;
const inward = (href) => (href.startsWith(folder()) ? href.slice(folder().length) : href); // a CFI stays as it is

const entries = (items) =>
  items.flatMap(({ label, href, subitems }) => [{ label: label.trim(), href: outward(href) }, ...entries(subitems)]);

const remember = (contents) => {
  const note = ({ target }) => trail.push(contents.cfiFromNode(target.closest("a") ?? target));
  contents.document.addEventListener("click", note, { capture: true });
};

globalThis.reader = {
  popsUp: false,

  async open(url) {
    const area = document.createElement("div");
    area.className = "area";
    document.body.append(area);
    book = ePub(url);
    rendition = book.renderTo(area, { width: "100%", height: "100%", flow: "paginated", spread: "none" });
    await rendition.display();
    await book.loaded.pageList;
    // It keeps no history: its readers do, and note where they were before the engine follows a link.
    rendition.hooks.content.register(remember);
    rendition.getContents().forEach(remember);
  },
  contents: () => entries(book.navigation.toc),
  // It keeps no labels, but the numbers in them; of others it knows only where they lead.
  pages: () =>
    (book.pageList.pageList ?? []).map(({ page, href }) => ({ label: Number.isNaN(page) ? null : `${page}`, href: outward(href) })),
  goTo: (href) => rendition.display(inward(href)).then(() => true, () => false),
  page: () => null,
  place: () => (rendition.location ? outward(rendition.location.start.href) : null),
  documents: () => rendition.getContents().map((contents) => contents.document),
  popup: () => null,
  closePopup: () => {},
  back: () => rendition.display(trail.pop()),
  async search(query, href) {
    const section = book.spine.get(inward(href));
    await section.load(book.load.bind(book));
    return section.search(query).map(({ cfi }) => cfi);
  },
  setNight() {
    rendition.themes.register("night", NIGHT);
    rendition.themes.select("night");
  },
  setLargeText: () => rendition.themes.fontSize("200%"),
};
