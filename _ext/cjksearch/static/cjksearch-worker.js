/* Runs Pagefind, away from the page. Pagefind says on the console alone that it could not read
   a part of its index, and answers as if the part were empty; this console is Pagefind's alone,
   so what it is told fails the question.

   Asked with {number, query, words}, answers {number, ids, places}: of each record found its id and
   the first place of what is asked in it; {number, error} where that cannot be known. The files
   of the index that begin with `words` are read before. No query asks whether all is well. */
"use strict";

/** @type {string | null} */
let failure = null;
const tell = console.error;
console.error = (...told) => {
  failure ??= String(told[0]);
  tell.apply(console, told);
};

const opened = (async () => {
  const told = new URL(location.href).searchParams;
  const digest = told.get("digest");
  /** @type {Pagefind} */
  const pagefind = await import(`${told.get("pagefind")}?${digest}`);
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
