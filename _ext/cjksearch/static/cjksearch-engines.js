/* Who answers: Pagefind where it may run, Sphinx's own index elsewhere. Both are asked alike:

     phrase(tokens) → Map of row → field     these tokens, one after the other
     prefix(word)   → Map of row → field     words that begin so

   A field tells in what it was found: 3 in the title, 2 in the names, 1 in the text, and a half
   in nothing but the titles of the page and of the sections around. */
"use strict";

cjksearch.engines = (() => {
  const TITLE = 3;
  const NAMES = 2;
  const TEXT = 1;
  const AROUND = 0.5;
  // What the terms of each begin with in Sphinx's index (fallback.py).
  const MARKS = new Map([["~", AROUND], ["", TEXT], ["@", NAMES]]);

  /** May WebAssembly and fetch be used at all? A page from a file, or a strict policy, may not. */
  function mayRun() {
    if (location.protocol === "file:") return false;
    try {
      return !!new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    } catch {
      return false;
    }
  }

  /**
   * Records are named by their rows, in hexadecimal digits, the last one first (pagefind_metadata.py).
   *
   * @param {string} id
   */
  const rowOf = (id) => parseInt([...id].reverse().join(""), 16);

  /** So many records may be looked at before they are told as found. */
  const FEW = 30;

  /**
   * Of the first few that are found, those in which the phrase really stands.
   *
   * @param {Found} found
   * @param {string[]} phrase
   * @param {boolean} isPrefix
   * @param {RecordOf} recordOf
   */
  async function standing(found, phrase, isPrefix, recordOf) {
    const few = [...found].sort(([a], [b]) => a - b).slice(0, FEW);
    const stands = await Promise.all(
      few.map(async ([row]) => {
        const { title, names, text, parents } = await recordOf(row);
        // What is cut (browser_data.py) cannot tell.
        if (text.endsWith("…")) return true;
        const lines = [title, ...names, ...text.split("\n"), ...parents];
        return lines.some((line) => cjksearch.words.stands(line, phrase, isPrefix));
      }),
    );
    return new Map(few.filter((_one, at) => stands[at]));
  }

  class PagefindEngine {
    /**
     * @param {Site & { pagefind: PagefindIndex }} site
     * @param {RecordOf} recordOf
     */
    static async open(site, recordOf) {
      const engine = new PagefindEngine(site, recordOf);
      try {
        // An index that cannot be read is found out here, and the other is used.
        await engine.send(null);
      } catch (error) {
        engine.close();
        throw error;
      }
      return engine;
    }

    /**
     * @param {Site & { pagefind: PagefindIndex }} site
     * @param {RecordOf} recordOf
     */
    constructor(site, recordOf) {
      this.index = site.pagefind;
      this.recordOf = recordOf;
      /** @type {Map<number, { resolve(answer: WorkerAnswer): void, reject(error: Error): void }>} */
      this.waiting = new Map();
      this.asked = 0;
      const url = new URL(cjksearch.script("worker"));
      url.searchParams.set("pagefind", cjksearch.address("cjksearch/pagefind/pagefind.js"));
      url.searchParams.set("digest", site.digest);
      this.worker = new Worker(cjksearch.trusted(url), { type: "module" });
      this.worker.addEventListener("message", ({ data }) => this.receive(data));
      this.worker.addEventListener("error", (event) => {
        event.preventDefault();
        this.fail(new Error(event.message || "its worker cannot be run"));
      });
    }

    /**
     * What the worker answers; `words` are those of further files to be read before.
     *
     * @param {string | null} query
     * @param {string[]} [words]
     * @returns {Promise<WorkerAnswer>}
     */
    send(query, words = []) {
      return new Promise((resolve, reject) => {
        const number = this.asked++;
        this.waiting.set(number, { resolve, reject });
        this.worker.postMessage({ number, query, words });
      });
    }

    /** @param {{ number: number, error?: string } & WorkerAnswer} answered */
    receive({ number, error, ...answer }) {
      const asked = this.waiting.get(number);
      this.waiting.delete(number);
      if (error) asked?.reject(new Error(error));
      else asked?.resolve(answer);
    }

    /** @param {Error} error */
    fail(error) {
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    }

    close() {
      this.worker.terminate();
      this.fail(new Error("it was closed"));
    }

    /**
     * @param {string} query
     * @param {string[]} [words]
     * @returns {Promise<Found>}
     */
    async ask(query, words) {
      const { ids, places } = await this.send(query, words);
      const { names, text } = this.index;
      return new Map(
        ids.map((id, at) => {
          const place = places[at];
          const field =
            place < names ? TITLE : place < text ? NAMES : place < Infinity ? TEXT : AROUND;
          return [rowOf(id), field];
        }),
      );
    }

    /** @param {string[]} tokens */
    phrase(tokens) {
      return this.ask(`"${tokens.join(" ")}"`);
    }

    /** @param {string} word */
    async prefix(word) {
      // Pagefind reads the one file in which the beginning itself would stand.
      const further = this.index.borders.filter((border) => border.startsWith(word));
      const found = await this.ask(word, further);
      // Where no word begins so, Pagefind looks for words that are the beginning of it; then
      // none of the records has one, and one of them tells.
      const [row] = found.keys();
      if (row === undefined) return found;
      const record = await this.recordOf(Math.min(...found.keys()));
      if (record.text.endsWith("…")) return found;
      const said = [record.title, ...record.names, record.text, ...record.parents];
      const all = said.flatMap(cjksearch.words.texts);
      return all.some((token) => token.startsWith(word)) ? found : new Map();
    }
  }

  // Sphinx's index is a script, which runs once.
  /** @type {Map<string, Promise<SphinxIndex>>} */
  const indexes = new Map();

  /**
   * @param {string} digest
   * @returns {Promise<SphinxIndex>}
   */
  function sphinxIndex(digest) {
    const url = `${cjksearch.address("cjksearch/searchindex.js")}?${digest}`;
    let read = indexes.get(url);
    if (!read) {
      const before = window.Search;
      read = new Promise((resolve, reject) => {
        window.Search = { setIndex: resolve };
        cjksearch.load(url).then(() => reject(new Error("the index is none")), reject);
      }).finally(() => (window.Search = before));
      read.catch(() => indexes.delete(url));
      indexes.set(url, read);
    }
    return read;
  }

  /**
   * The rows that are in each of several lists.
   *
   * @param {number[][]} lists
   */
  function inAll(lists) {
    const [first, ...others] = [...lists].sort((a, b) => a.length - b.length);
    const sets = others.map((some) => new Set(some));
    return first.filter((row) => sets.every((some) => some.has(row)));
  }

  class SphinxEngine {
    /**
     * @param {Site} site
     * @param {RecordOf} recordOf
     */
    static async open({ digest }, recordOf) {
      return new SphinxEngine(await sphinxIndex(digest), recordOf);
    }

    /**
     * @param {SphinxIndex} index
     * @param {RecordOf} recordOf
     */
    constructor({ terms, titleterms }, recordOf) {
      this.recordOf = recordOf;
      this.terms = new Map(Object.entries(terms));
      this.titles = new Map(Object.entries(titleterms));
    }

    /** @param {string[]} tokens */
    async phrase(tokens) {
      const { isWord, isNumber } = cjksearch.words;
      if (tokens.length === 1) return this.found(tokens);
      const pairs = tokens.slice(1).map((token, at) => {
        const isAlike = [isWord, isNumber].some((kind) => kind(tokens[at]) && kind(token));
        const blank = isAlike ? " " : "";
        return `${tokens[at]}${blank}${token}`;
      });
      const aroundSymbols = tokens
        .slice(2)
        .map((token, at) => [tokens[at], tokens[at + 1], token])
        .filter(([, middle]) => ".+#".includes(middle))
        .map((three) => three.join(""));
      const found = this.found([...pairs, ...aroundSymbols]);
      // 今年 and 年度 may stand apart. Of many, hardly any is wrong.
      const isSure = tokens.length === 2 || found.size > FEW;
      return isSure ? found : standing(found, tokens, false, this.recordOf);
    }

    close() {}

    /** @param {string[]} terms */
    found(terms) {
      const found = new Map();
      for (const [mark, field] of MARKS) {
        const marked = terms.map((term) => this.terms.get(mark + term) ?? []);
        // What is in the title is not among the terms of the text again.
        const titles = mark ? [] : terms.map((term) => this.titles.get(term) ?? []);
        const rows = marked.map((some, at) => [some, titles[at] ?? []].flat());
        for (const row of inAll(rows)) found.set(row, field);
      }
      const titles = terms.map((term) => [this.titles.get(term) ?? []].flat());
      for (const row of inAll(titles)) found.set(row, TITLE);
      return found;
    }

    /** @param {string} word */
    async prefix(word) {
      /** @type {Found} */
      const found = new Map();
      /** @type {(term: string, rows: number | number[], field: number) => void} */
      const add = (term, rows, field) => {
        if (!term.startsWith(word) || !cjksearch.words.isWord(term)) return;
        for (const row of [rows].flat()) found.set(row, Math.max(field, found.get(row) ?? 0));
      };
      for (const [term, rows] of this.terms) {
        const field = MARKS.get(term[0]);
        if (field) add(term.slice(1), rows, field);
        else add(term, rows, TEXT);
      }
      for (const [term, rows] of this.titles) add(term, rows, TITLE);
      return found;
    }
  }

  // Once Pagefind has failed, Sphinx's index is asked, where there is one.
  let hasFailed = false;

  /**
   * The engine of this site and this browser; `null` where there is none.
   *
   * @param {Site} site
   * @param {RecordOf} recordOf
   * @returns {Promise<Engine | null>}
   */
  async function open(site, recordOf) {
    let failure = null;
    if (site.pagefind && mayRun() && !(hasFailed && site.hasFallback)) {
      try {
        return await PagefindEngine.open({ ...site, pagefind: site.pagefind }, recordOf);
      } catch (error) {
        failure = error;
        tell(error);
      }
    }
    if (site.hasFallback) return SphinxEngine.open(site, recordOf);
    if (failure) throw failure;
    return null;
  }

  /**
   * Give up an engine that failed; whether there may be another.
   *
   * @param {Engine} engine
   * @param {Site} site
   * @param {Error} error
   */
  function giveUp(engine, site, error) {
    engine.close();
    if (!(engine instanceof PagefindEngine)) return false;
    hasFailed = true;
    tell(error);
    return site.hasFallback;
  }

  /** @param {Error} error */
  const tell = (error) => console.warn(`cjksearch: Pagefind cannot be used here: ${error.message}`);

  return { open, giveUp, standing, AROUND };
})();
