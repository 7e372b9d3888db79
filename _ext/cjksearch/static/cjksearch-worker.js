/* The worker that runs Pagefind. When Pagefind cannot read a part of its index, it logs an error
   and searches as if the part were empty. Nothing else logs to the console of this worker, so a
   logged error makes the request fail.

   A request is {number, query, words}: index files with these words are read first; `query` is null
   to test whether the index can be read. A response is {number, ids, places}: the id of each record,
   and the first position of the query in it; or {number, error}. */
"use strict";

/** @type {string | null} */
let failure = null;
const logError = console.error;
console.error = (...values) => {
  failure ??= String(values[0]);
  logError.apply(console, values);
};

const opened = (async () => {
  const parameters = new URL(location.href).searchParams;
  const digest = parameters.get("digest");
  /** @type {Pagefind} */
  const pagefind = await import(`${parameters.get("pagefind")}?${digest}`);
  await pagefind.options({ exactDiacritics: true, metaCacheTag: digest });
  await pagefind.init();
  return pagefind;
})();

/** @param {WorkerQuestion} question */
async function answer({ number, query, words }) {
  try {
    const pagefind = await opened;
    await Promise.all(words.map((word) => pagefind.preload(word)));
    const { results } = query === null ? { results: [] } : await pagefind.search(query);
    if (failure) throw new Error(failure);
    const places = results.map(({ words }) =>
      words.reduce((least, place) => Math.min(least, place), Infinity),
    );
    postMessage({ number, ids: results.map(({ id }) => id), places });
  } catch (error) {
    postMessage({ number, error: failure ?? String(error?.message ?? error) });
  }
}

addEventListener("message", ({ data }) => answer(data));
