/* The records that match a query, in the order of results. */
"use strict";

cjksearch.search = (() => {
  /** @type {Promise<Site> | null} */
  let site = null;
  /** @type {number[] | null} */
  let starts = null;
  /** @type {Promise<Engine | null> | null} */
  let engine = null;
  /** @type {Promise<Filter[]> | null} */
  let facets = null;

  // A tag that makes the browser fetch the data of the site again.
  const now = () => (location.protocol === "file:" ? "" : `ts=${Date.now()}`);

  /** Return the data of the site: labels, filters, sizes. */
  function settings() {
    site ??= cjksearch.data("site", now());
    site.catch(() => (site = null));
    return site;
  }

  /**
   * Return for each number the sum of those before it.
   *
   * @param {number[]} numbers
   */
  function sums(numbers) {
    let sum = 0;
    return numbers.map((number) => (sum += number) - number);
  }

  /**
   * @param {number} row
   * @returns {Promise<SearchRecord>}
   */
  async function recordOf(row) {
    const { counts, digest } = await settings();
    starts ??= sums(counts);
    let low = 0;
    let high = counts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle] <= row) low = middle;
      else high = middle - 1;
    }
    const rows = await cjksearch.data(`records/${low}`, digest, digest);
    const [url, title, parents, text, names, date, shown] = rows[row - starts[low]];
    return { row, url: cjksearch.address(url), title, parents, text, names, shown, date };
  }

  function engineOf() {
    engine ??= settings().then((known) => cjksearch.engines.open(known, recordOf));
    engine.catch(() => (engine = null));
    return engine;
  }

  /** Open the engine before somebody types. */
  async function prepare() {
    // Errors are reported when somebody searches.
    await engineOf().catch(() => null);
  }

  /** Forget all data, so that it is read again: the site may have been rebuilt. */
  function forget() {
    engine?.then((opened) => opened?.close()).catch(() => {});
    site = engine = facets = starts = null;
  }

  /** Return the filters with their labels, and with the rows that have each of their values. */
  function filters() {
    facets ??= settings().then(async ({ digest, filters: labels }) => {
      const data = await cjksearch.data("facets", digest, digest);
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

  /**
   * @param {Found} one
   * @param {Found} other
   * @returns {Found}
   */
  function both(one, other) {
    const kept = new Map();
    for (const [row, score] of one) {
      const further = other.get(row);
      if (further !== undefined) kept.set(row, score + further);
    }
    return kept;
  }

  /**
   * @param {Found} one
   * @param {Found} other
   */
  function either(one, other) {
    const all = new Map(one);
    for (const [row, score] of other) all.set(row, Math.max(score, all.get(row) ?? 0));
    return all;
  }

  // Scores: twice the field (1 parents, 2 text, 4 names, 6 title), ½ less for a prefix. The parts of
  // a compound that are apart have their mean less ½. The pieces of a query have their sum, plus the
  // score of the phrase of all pieces.
  /**
   * @param {Found} found
   * @param {(field: number) => number} scoreOf
   */
  const mapScores = (found, scoreOf) => new Map([...found].map(([row, field]) => [row, scoreOf(field)]));
  /** @param {Found} found */
  const exactScores = (found) => mapScores(found, (field) => 2 * field);
  /** @param {Found} found */
  const prefixScores = (found) => mapScores(found, (field) => (field < 1 ? field : 2 * field - 0.5));

  /**
   * @param {Engine} index
   * @param {string[]} tokens
   */
  async function answerPart(index, tokens) {
    if (tokens.length > 1 || !cjksearch.words.isWord(tokens[0])) return exactScores(await index.phrase(tokens));
    const [whole, begins] = await Promise.all([
      index.phrase(tokens),
      tokens[0].length > 1 ? index.prefix(tokens[0]) : new Map(),
    ]);
    return either(exactScores(whole), prefixScores(begins));
  }

  /**
   * Answer tokens of which the last is a prefix: Pub/Su, 37sig.
   *
   * @param {Engine} index
   * @param {string[]} tokens
   */
  async function answerPrefix(index, tokens) {
    const [first, last] = await Promise.all([
      index.phrase(tokens.slice(0, -1)),
      index.prefix(tokens[tokens.length - 1]),
    ]);
    const mean = mapScores(both(exactScores(first), prefixScores(last)), (score) => score / 2);
    const found = new Map([...mean].filter(([, score]) => score > 2 * cjksearch.engines.AROUND));
    return cjksearch.engines.containing(found, tokens, true, recordOf);
  }

  /**
   * @param {Engine} index
   * @param {Alternative} alternative
   */
  async function answerAlternative(index, { tokens, isQuoted }) {
    if (isQuoted) return exactScores(await index.phrase(tokens));
    const parts = cjksearch.words.cut(tokens);
    if (parts.length === 1) {
      const found = await answerPart(index, tokens);
      const hasBegun = tokens.length > 1 && cjksearch.words.isWord(tokens[tokens.length - 1]);
      return found.size || !hasBegun ? found : answerPrefix(index, tokens);
    }
    const [together, ...apart] = await Promise.all([
      index.phrase(tokens),
      ...parts.map((part) => answerPart(index, part)),
    ]);
    const share = mapScores(apart.reduce(both), (score) => score / parts.length - 0.5);
    return either(share, exactScores(together));
  }

  /**
   * @param {Engine} index
   * @param {Alternative[]} alternatives
   */
  async function answerPiece(index, alternatives) {
    const found = await Promise.all(alternatives.map((one) => answerAlternative(index, one)));
    return found.reduce(either, new Map());
  }

  /**
   * @param {Query} parsed
   * @param {Engine} index
   */
  async function scoresOf(parsed, index) {
    const [together, whole, ...pieces] = await Promise.all([
      parsed.phrase.length ? index.phrase(parsed.phrase).then(exactScores) : new Map(),
      ...[parsed.whole, ...parsed.pieces].map((piece) => answerPiece(index, piece)),
    ]);
    // A match in the titles of parents alone narrows a search, and is no result by itself.
    const around = 2 * cjksearch.engines.AROUND;
    /** @type {Found} */
    const scored = new Map();
    for (const [row, score] of pieces.reduce(both)) {
      const isOwn = pieces.some((piece) => (piece.get(row) ?? 0) > around);
      if (isOwn) scored.set(row, score + (together.get(row) ?? 0));
    }
    return either(scored, whole);
  }

  /**
   * Return the scores by row; `null` if this browser has no engine.
   *
   * @param {Query} parsed
   * @param {Site} known
   */
  async function answer(parsed, known) {
    if (!parsed.pieces.length || !known.total) return new Map();
    const opened = engineOf();
    const index = await opened;
    if (!index) return null;
    try {
      return await scoresOf(parsed, index);
    } catch (error) {
      // Of requests that fail together, the first closes the engine.
      const isOver = engine !== opened;
      if (!isOver) engine = null;
      if (!isOver && !cjksearch.engines.giveUp(index, known, error)) throw error;
      const other = await engineOf();
      if (!other) throw error;
      return scoresOf(parsed, other);
    }
  }

  /**
   * Answer a query; if nothing matches, answer it without its particles.
   *
   * @param {string} query
   * @param {Site} known
   */
  async function answerTyped(query, known) {
    let parsed = cjksearch.words.parse(query, known.synonyms);
    let scores = await answer(parsed, known);
    const apart = cjksearch.words.withoutParticles(query);
    if (scores?.size === 0 && apart !== query) {
      query = apart;
      parsed = cjksearch.words.parse(query, known.synonyms);
      scores = await answer(parsed, known);
    }
    return { query, parsed, scores };
  }

  /**
   * Find records: `rows`, the best first; `scores` by row, also of rows that filters leave out; the
   * `query` that was `parsed`; and `isMissing` if this browser has no engine.
   *
   * @param {string} typed The query; an empty one matches all records.
   * @param {Map<string, Set<string>>} chosen The chosen values by filter; a record needs one of each filter.
   * @param {"relevance"|"date"} order
   */
  async function find(typed, chosen = new Map(), order = "relevance") {
    const known = await settings();
    const { query, parsed, scores } = typed.trim()
      ? await answerTyped(typed, known)
      : {
          query: "",
          parsed: cjksearch.words.parse(""),
          scores: new Map(Array.from({ length: known.total }, (_, row) => [row, 0])),
        };
    if (!scores) return { query, parsed, rows: [], scores: new Map(), isMissing: true };
    const wanted = chosen.size ? [...chosenRows(await filters(), chosen).values()] : [];
    const rows = [...scores.keys()].filter((row) => wanted.every((some) => some.has(row)));
    rows.sort((a, b) => (order === "date" ? 0 : scores.get(b) - scores.get(a)) || a - b);
    return { query, parsed, rows, scores, isMissing: false };
  }

  /**
   * Return for each filter with chosen values the rows that have one of them.
   *
   * @param {Filter[]} choices
   * @param {Chosen} chosen
   */
  function chosenRows(choices, chosen) {
    const wanted = new Map();
    for (const { name, values } of choices) {
      const some = [...(chosen.get(name) ?? [])];
      if (some.length) wanted.set(name, new Set(some.flatMap((value) => values.get(value) ?? [])));
    }
    return wanted;
  }

  /**
   * Count the results that each value would leave, with the chosen values of other filters.
   *
   * @param {Found} scores
   * @param {Chosen} chosen
   * @returns {Promise<CountedFilter[]>}
   */
  async function count(scores, chosen) {
    const choices = await filters();
    const wanted = chosenRows(choices, chosen);
    return choices.map(({ name, label, values }) => {
      const others = [...wanted].filter(([other]) => other !== name).map(([, rows]) => rows);
      const counts = new Map();
      // A chosen value that no longer exists is among them, so that readers can deselect it.
      for (const value of new Set([...values.keys(), ...(chosen.get(name) ?? [])])) {
        let number = 0;
        for (const row of values.get(value) ?? []) {
          if (scores.has(row) && others.every((rows) => rows.has(row))) number++;
        }
        counts.set(value, number);
      }
      return { name, label, values: [...counts].map(([value, count]) => ({ value, count })) };
    });
  }

  return { settings, prepare, find, count, recordOf, forget };
})();
