/* The index of the site: small scripts, read as they are needed (index.py). */
"use strict";

cjksearch.index = (() => {
  // The fields that have a term, as bits of a row.
  const TEXT = 1;
  const NAMES = 2;
  const TITLE = 4;
  const AROUND = 8;
  const FIELDS = 4;
  const ROWS_OF_FILE = 4;
  const SHORTEST_KEY = 2;
  const FIRST_CLASS = 40;
  // Of shorter words that have only begun, not all files of a large site are read.
  const SHORTEST_BEGINNING = 3;
  const DIGITS = Array.from({ length: 95 }, (_, at) => 32 + at).filter((code) => !"`\\$".includes(String.fromCharCode(code)));
  const BASE = DIGITS.length / 2;
  const VALUES = new Int16Array(127);
  DIGITS.forEach((code, value) => (VALUES[code] = value));

  /** @type {Promise<Known> | null} */
  let opened = null;
  /** @type {Map<string, Map<string, string[]>>} */
  let tables = new Map();
  /** @type {Promise<Filter[]> | null} */
  let facets = null;

  /** Return what is known of the site and of the rows of its index. */
  function open() {
    opened ??= cjksearch.site().then(withRows);
    opened.catch(() => (opened = null));
    return opened;
  }

  /** Forget all that has been read: the site may have been built again. */
  function forget() {
    cjksearch.forget();
    opened = facets = null;
    tables = new Map();
  }

  /**
   * @param {Site} site
   * @returns {Known}
   */
  function withRows(site) {
    let start = 0;
    const starts = site.starts.map((step) => (start += step));
    const size = site.lengths.length;
    // Of rows that are worth the same the newest page comes first, each in its order.
    const place = new Int32Array(size);
    starts.forEach((start, page) => {
      const end = starts[page + 1] ?? size;
      for (let row = start; row < end; row++) place[row] = start + end - 1 - row;
    });
    const rowAt = new Int32Array(size);
    place.forEach((at, row) => (rowAt[at] = row));
    const lengths = Uint8Array.from(site.lengths, (one) => Math.max(0, one.charCodeAt(0) - FIRST_CLASS));
    const isThere = Uint8Array.from(site.lengths, (one) => (one === " " ? 0 : 1));
    return { ...site, size, place, rowAt, lengths, isThere, parted: new Map(Object.entries(site.parted)) };
  }

  /**
   * @param {string} term
   * @param {Map<string, string>} parted
   */
  function keyOf(term, parted) {
    if (term[0] === "=") return term.slice(1, 3);
    if (term[0] === "~") return term.split(":")[0];
    if (cjksearch.words.isSingle(term)) return term;
    const letters = [...term];
    /** @param {number} length */
    const first = (length) => letters.slice(0, length).join("");
    let length = SHORTEST_KEY;
    while (parted.has(first(length)) && length < letters.length) length++;
    return first(length);
  }

  /**
   * @param {string} key
   * @param {number} files
   */
  function fileOf(key, files) {
    let number = 2166136261;
    for (const character of key) number = Math.imul(number ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
    return ((number ^ (number >>> 15)) >>> 0) % files;
  }

  /**
   * Return the terms of the file that would have a term, each with its rows by field.
   *
   * @param {string} term
   */
  async function termsBeside(term) {
    const known = await open();
    if (!known.files) return new Map();
    const name = /** @type {`i/${number}`} */ (`i/${fileOf(keyOf(term, known.parted), known.files)}`);
    const text = await cjksearch.data(name, known.tag);
    let found = tables.get(name);
    if (!found) {
      found = new Map(text.split("\n").filter(Boolean).map((line) => {
        const [one, ...lists] = line.split("\t");
        return [one, lists];
      }));
      tables.set(name, found);
    }
    return found;
  }

  /**
   * Return the terms of the files that have the words with a beginning, each with its rows by field.
   *
   * @param {string} begin
   */
  async function termsBeginning(begin) {
    const { parted } = await open();
    const begins = [begin];
    for (const one of begin.length < SHORTEST_BEGINNING ? [] : begins) {
      begins.push(...[...(parted.get(one) ?? "")].map((next) => one + next));
    }
    const all = await Promise.all(begins.map(termsBeside));
    return all.length > 1 ? new Map(all.flatMap((some) => [...some])) : all[0];
  }

  /**
   * Add the fields in which rows have a term.
   *
   * @param {Uint8Array} rows
   * @param {string[]} [lists]
   */
  function mark(rows, lists = []) {
    for (let field = 0; field < lists.length; field++) {
      const written = lists[field];
      const bit = 1 << field;
      let row = 0;
      let value = 0;
      let scale = 1;
      for (let at = 0; at < written.length; at++) {
        const digit = VALUES[written.charCodeAt(at)];
        if (digit < BASE) {
          row += value + digit * scale;
          rows[row] |= bit;
          value = 0;
          scale = 1;
        } else {
          value += (digit - BASE) * scale;
          scale *= BASE;
        }
      }
    }
    return rows;
  }

  /**
   * Return of each row the fields that have a term.
   *
   * @param {string} term
   */
  async function rowsOf(term) {
    const { size } = await open();
    return mark(new Uint8Array(size), (await termsBeside(term)).get(term));
  }

  /**
   * @param {number} row
   * @returns {Promise<SearchRecord>}
   */
  async function recordOf(row) {
    const { tag } = await open();
    const rows = await cjksearch.data(`r/${Math.floor(row / ROWS_OF_FILE)}`, tag);
    const [url, title, parents, text, names, date, shown] = rows[row % ROWS_OF_FILE];
    return { row, url: cjksearch.address(url), title, parents, text, names, shown, date };
  }

  /** Return the filters with their labels, and with the rows that have each of their values. */
  function filters() {
    facets ??= open().then(async ({ tag, filters: labels }) => {
      const data = await cjksearch.data("facets", tag);
      /** @param {number[]} differences */
      const rows = (differences) => {
        let row = 0;
        return differences.map((difference) => (row += difference));
      };
      return Object.entries(labels).map(([name, label]) => {
        /** @type {Map<string, number[]>} */
        const values = new Map();
        for (const [value, differences] of data[name]) values.set(value, rows(differences));
        return { name, label, values };
      });
    });
    facets.catch(() => (facets = null));
    return facets;
  }

  return { TEXT, NAMES, TITLE, AROUND, FIELDS, filters, forget, mark, open, recordOf, rowsOf, termsBeginning, termsBeside };
})();
