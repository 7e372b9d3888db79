/* The engines: Pagefind where the browser can run it, Sphinx's own index elsewhere. Both have

     phrase(tokens) → Map of row → field     records with these tokens in sequence
     prefix(word)   → Map of row → field     records with a word that begins like this

   The field is where the match is: 3 in the title, 2 in the names, 1 in the text, and ½ only in the
   titles of the page and of the sections that the record is in. */
"use strict";

cjksearch.engines = (() => {
  const TITLE = 3;
  const NAMES = 2;
  const TEXT = 1;
  const AROUND = 0.5;
  // The prefixes of terms in Sphinx's index, by field (fallback.py).
  const MARKS = new Map([["~", AROUND], ["", TEXT], ["@", NAMES]]);

  /** Return whether WebAssembly and fetch are allowed: not for file:, nor by a strict policy. */
  function mayRun() {
    if (location.protocol === "file:") return false;
    try {
      return !!new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    } catch {
      return false;
    }
  }

  /**
   * Return the row of a record: its id in hexadecimal digits, the last one first
   * (pagefind_metadata.py).
   *
   * @param {string} id
   */
  const rowOf = (id) => parseInt([...id].reverse().join(""), 16);

  /** The number of records whose texts may be read to verify that they match. */
  const FEW = 30;

  /**
   * Return the first few matches, without those whose texts do not contain the phrase.
   *
   * @param {Found} found
   * @param {string[]} phrase
   * @param {boolean} isPrefix
   * @param {RecordOf} recordOf
   */
  async function containing(found, phrase, isPrefix, recordOf) {
    const few = [...found].sort(([a], [b]) => a - b).slice(0, FEW);
    const isMatch = await Promise.all(
      few.map(async ([row]) => {
        const { title, names, text, parents } = await recordOf(row);
        // The end of a text that is cut (browser_data.py) is unknown.
        if (text.endsWith("…")) return true;
        const lines = [title, ...names, ...text.split("\n"), ...parents];
        return lines.some((line) => cjksearch.words.contains(line, phrase, isPrefix));
      }),
    );
    return new Map(few.filter((_one, at) => isMatch[at]));
  }

  class PagefindEngine {
    /**
     * @param {Site & { pagefind: PagefindIndex }} site
     * @param {RecordOf} recordOf
     */
    static async open(site, recordOf) {
      const engine = new PagefindEngine(site, recordOf);
      try {
        // Fails if the index cannot be read, so that the other one is used.
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
      this.sent = 0;
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
     * Send a request to the worker. `words` are in index files that have to be read first.
     *
     * @param {string | null} query
     * @param {string[]} [words]
     * @returns {Promise<WorkerAnswer>}
     */
    send(query, words = []) {
      return new Promise((resolve, reject) => {
        const number = this.sent++;
        this.waiting.set(number, { resolve, reject });
        this.worker.postMessage({ number, query, words });
      });
    }

    /** @param {{ number: number, error?: string } & WorkerAnswer} answered */
    receive({ number, error, ...answer }) {
      const request = this.waiting.get(number);
      this.waiting.delete(number);
      if (error) request?.reject(new Error(error));
      else request?.resolve(answer);
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
      // Pagefind reads only the file that would have the prefix itself.
      const further = this.index.borders.filter((border) => border.startsWith(word));
      const found = await this.ask(word, further);
      // If no word begins with the prefix, Pagefind finds words that are a prefix of it: then no
      // record has a match, so one record is enough to tell.
      const [row] = found.keys();
      if (row === undefined) return found;
      const record = await this.recordOf(Math.min(...found.keys()));
      if (record.text.endsWith("…")) return found;
      const lines = [record.title, ...record.names, record.text, ...record.parents];
      const all = lines.flatMap(cjksearch.words.texts);
      return all.some((token) => token.startsWith(word)) ? found : new Map();
    }
  }

  // Sphinx's index is a script, which is run once.
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
   * Return the rows that are in all of several lists.
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
      // A text with 今年 and 年度 may lack 今年度; of many matches hardly any is wrong.
      const isCertain = tokens.length === 2 || found.size > FEW;
      return isCertain ? found : containing(found, tokens, false, this.recordOf);
    }

    close() {}

    /** @param {string[]} terms */
    found(terms) {
      const found = new Map();
      for (const [mark, field] of MARKS) {
        const marked = terms.map((term) => this.terms.get(mark + term) ?? []);
        // Sphinx leaves terms of the title out of those of the text.
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

  // Once Pagefind has failed, Sphinx's index is used, if there is one.
  let hasFailed = false;

  /**
   * Return the engine for this site and this browser; `null` if there is none.
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
        warn(error);
      }
    }
    if (site.hasFallback) return SphinxEngine.open(site, recordOf);
    if (failure) throw failure;
    return null;
  }

  /**
   * Close an engine that has failed, and return whether there is another one.
   *
   * @param {Engine} engine
   * @param {Site} site
   * @param {Error} error
   */
  function giveUp(engine, site, error) {
    engine.close();
    if (!(engine instanceof PagefindEngine)) return false;
    hasFailed = true;
    warn(error);
    return site.hasFallback;
  }

  /** @param {Error} error */
  const warn = (error) => console.warn(`cjksearch: Pagefind cannot be used here: ${error.message}`);

  return { open, giveUp, containing, AROUND };
})();
