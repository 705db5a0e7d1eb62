// Serves what a browser needs to read an e-book, on this machine only: a page for each engine, the engines' packages, and the book.

const { createServer } = require("node:http");
const { readFile } = require("node:fs/promises");
const { dirname, extname, join, normalize } = require("node:path");

const TYPES = {
  ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".xhtml": "application/xhtml+xml",
  ".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".otf": "font/otf", ".epub": "application/epub+zip",
}; // prettier-ignore

// Where the packages that engines consist of lie; a file of each is named, for that is what Node looks for.
const FOLDERS = {
  "foliate-js": dirname(require.resolve("foliate-js/view.js")),
  epubjs: dirname(require.resolve("epubjs/dist/epub.js")),
  jszip: dirname(require.resolve("jszip/dist/jszip.js")),
};

const SCRIPTS = { foliate: [], epubjs: ["/npm/jszip/jszip.js", "/npm/epubjs/epub.js"] };

// The scheme of the desktop is followed, as readers do; the rest of the page is the book's.
const page = (engine) => `<!DOCTYPE html>
<html lang="en">
<title>${engine}</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark }
body, foliate-view, .area { margin: 0; width: 100vw; height: 100vh; overflow: hidden; display: block }
dialog { position: absolute; inset: auto 0 0 0; box-sizing: border-box; width: 100%; height: 50%; margin: 0; padding: 0; border: 1px solid }
dialog foliate-view { width: 100%; height: 100% }
</style>
${SCRIPTS[engine].map((address) => `<script src="${address}"></script>`).join("\n")}
<script type="module" src="/engines/${engine}.mjs"></script>
</html>`;

// The file behind an address; nothing for one that leads out of its folder.
const fileOf = (address, { epub, folder }) => {
  const [, place, ...rest] = normalize(address).split("/");
  if (place === "book.epub") return epub;
  if (place === "book") return join(folder, ...rest);
  if (place === "engines") return join(__dirname, "engines", ...rest);
  if (place === "npm") return join(FOLDERS[rest[0]], ...rest.slice(1));
  return null;
};

const answer = async (address, book) => {
  const [, engine] = address.match(/^\/read\/(\w+)$/) ?? [];
  if (engine) return ["text/html", page(engine)];
  return [TYPES[extname(address)] ?? "application/octet-stream", await readFile(fileOf(address, book))];
};

// Takes the paths of the e-book and of the folder into which it was unpacked; gives the server and its address.
exports.serve = async (book) => {
  const server = createServer(async (request, response) => {
    try {
      const [type, body] = await answer(decodeURI(new URL(request.url, "http://host").pathname), book);
      response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://127.0.0.1:${server.address().port}` };
};
