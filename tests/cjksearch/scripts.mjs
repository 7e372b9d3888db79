/* Loads the scripts of the search as a page does, but for cjksearch.js, which needs a page. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";

const STATIC = new URL("../../_ext/cjksearch/static/", import.meta.url);

globalThis.window = globalThis;
globalThis.cjksearch = {
  address: (path) => `https://example.org/${path}`,
  script: (name) => `https://example.org/_static/cjksearch-${name}.js`,
  trusted: String,
};

export function load(...names) {
  for (const name of names) {
    const filename = fileURLToPath(new URL(`cjksearch-${name}.js`, STATIC));
    runInThisContext(readFileSync(filename, "utf-8"), { filename });
  }
  return globalThis.cjksearch;
}
