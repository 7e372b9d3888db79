/* A query → the records that answer it, in their order. */
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

  // A data script is asked for anew each time the site was built anew.
  const now = () => (location.protocol === "file:" ? "" : `ts=${Date.now()}`);

  /** What the site says of its search: labels, filters, sizes. */
  function settings() {
    site ??= cjksearch.data("site", now());
    site.catch(() => (site = null));
    return site;
  }

  /**
   * Before each number, what those before it come to.
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

  /** Get ready to answer, while somebody is about to type. */
  async function prepare() {
    // What goes wrong is told to whoever asks.
    await engineOf().catch(() => null);
  }

  /** What was read is read anew when next asked for: the site may have been built anew. */
  function forget() {
    engine?.then((opened) => opened?.close()).catch(() => {});
    site = engine = facets = starts = null;
  }

  /** What readers may choose by: of each filter its name, label, and values with their rows. */
  function filters() {
    facets ??= settings().then(async ({ digest, filters: labels }) => {
      const told = await cjksearch.data("facets", digest, digest);
      /** @param {number[]} differences */
      const rows = (differences) => {
        let row = 0;
        return differences.map((difference) => (row += difference));
      };
      return Object.entries(labels).map(([name, label]) => {
        /** @type {Map<string, number[]>} */
        const values = new Map();
        for (const [value, differences] of told[name]) values.set(value, rows(differences));
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

  // The scale of scores: twice the field (1 around, 2 text, 4 names, 6 title), ½ less for what only
  // begins so; parts found apart have their mean less ½, and pieces of a query their sum, with that
  // of all of them as one phrase.
  /**
   * @param {Found} found
   * @param {(field: number) => number} weigh
   */
  const weighed = (found, weigh) => new Map([...found].map(([row, field]) => [row, weigh(field)]));
  /** @param {Found} found */
  const exact = (found) => weighed(found, (field) => 2 * field);
  /** @param {Found} found */
  const begun = (found) => weighed(found, (field) => (field < 1 ? field : 2 * field - 0.5));

  /**
   * @param {Engine} ask
   * @param {string[]} tokens
   */
  async function answerPart(ask, tokens) {
    if (tokens.length > 1 || !cjksearch.words.isWord(tokens[0])) return exact(await ask.phrase(tokens));
    const [whole, begins] = await Promise.all([
      ask.phrase(tokens),
      tokens[0].length > 1 ? ask.prefix(tokens[0]) : new Map(),
    ]);
    return either(exact(whole), begun(begins));
  }

  /**
   * Words of which the last has only begun: Pub/Su, 37sig.
   *
   * @param {Engine} ask
   * @param {string[]} tokens
   */
  async function answerBegun(ask, tokens) {
    const [first, last] = await Promise.all([
      ask.phrase(tokens.slice(0, -1)),
      ask.prefix(tokens[tokens.length - 1]),
    ]);
    const mean = weighed(both(exact(first), begun(last)), (score) => score / 2);
    const found = new Map([...mean].filter(([, score]) => score > 2 * cjksearch.engines.AROUND));
    return cjksearch.engines.standing(found, tokens, true, recordOf);
  }

  /**
   * @param {Engine} ask
   * @param {Alternative} alternative
   */
  async function answerAlternative(ask, { tokens, isQuoted }) {
    if (isQuoted) return exact(await ask.phrase(tokens));
    const parts = cjksearch.words.cut(tokens);
    if (parts.length === 1) {
      const found = await answerPart(ask, tokens);
      const hasBegun = tokens.length > 1 && cjksearch.words.isWord(tokens[tokens.length - 1]);
      return found.size || !hasBegun ? found : answerBegun(ask, tokens);
    }
    const [together, ...apart] = await Promise.all([
      ask.phrase(tokens),
      ...parts.map((part) => answerPart(ask, part)),
    ]);
    const share = weighed(apart.reduce(both), (score) => score / parts.length - 0.5);
    return either(share, exact(together));
  }

  /**
   * @param {Engine} ask
   * @param {Alternative[]} alternatives
   */
  async function answerPiece(ask, alternatives) {
    const found = await Promise.all(alternatives.map((one) => answerAlternative(ask, one)));
    return found.reduce(either, new Map());
  }

  /**
   * @param {Query} asked
   * @param {Engine} ask
   */
  async function scoresOf(asked, ask) {
    const [together, whole, ...pieces] = await Promise.all([
      asked.phrase.length ? ask.phrase(asked.phrase).then(exact) : new Map(),
      ...[asked.whole, ...asked.pieces].map((piece) => answerPiece(ask, piece)),
    ]);
    // What is only in the titles around says where to look, and is no find by itself.
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
   * The scores by row; `null` where this browser has no engine.
   *
   * @param {Query} asked
   * @param {Site} known
   */
  async function answer(asked, known) {
    if (!asked.pieces.length || !known.total) return new Map();
    const opened = engineOf();
    const ask = await opened;
    if (!ask) return null;
    try {
      return await scoresOf(asked, ask);
    } catch (error) {
      // Of questions that fail together, the first gives the engine up.
      const isOver = engine !== opened;
      if (!isOver) engine = null;
      if (!isOver && !cjksearch.engines.giveUp(ask, known, error)) throw error;
      const other = await engineOf();
      if (!other) throw error;
      return scoresOf(asked, other);
    }
  }

  /**
   * The answer to what is typed, or, where that is nothing, to its words without particles.
   *
   * @param {string} query
   * @param {Site} known
   */
  async function answerTyped(query, known) {
    let asked = cjksearch.words.parse(query, known.synonyms);
    let scores = await answer(asked, known);
    const apart = cjksearch.words.withoutParticles(query);
    if (scores?.size === 0 && apart !== query) {
      query = apart;
      asked = cjksearch.words.parse(query, known.synonyms);
      scores = await answer(asked, known);
    }
    return { query, asked, scores };
  }

  /**
   * What answers: `rows`, best first; `scores` by row, of those not chosen too; the `query` that
   * was `asked`; whether this browser has none that answers.
   *
   * @param {string} typed Nothing finds all.
   * @param {Map<string, Set<string>>} chosen Values that are chosen, by filter: any of one filter's.
   * @param {"relevance"|"date"} order
   */
  async function find(typed, chosen = new Map(), order = "relevance") {
    const known = await settings();
    const { query, asked, scores } = typed.trim()
      ? await answerTyped(typed, known)
      : {
          query: "",
          asked: cjksearch.words.parse(""),
          scores: new Map(Array.from({ length: known.total }, (_, row) => [row, 0])),
        };
    if (!scores) return { query, asked, rows: [], scores: new Map(), isMissing: true };
    const wanted = chosen.size ? [...wantedRows(await filters(), chosen).values()] : [];
    const rows = [...scores.keys()].filter((row) => wanted.every((some) => some.has(row)));
    rows.sort((a, b) => (order === "date" ? 0 : scores.get(b) - scores.get(a)) || a - b);
    return { query, asked, rows, scores, isMissing: false };
  }

  /**
   * Of each filter in which something is chosen, the rows that have it.
   *
   * @param {Filter[]} choices
   * @param {Chosen} chosen
   */
  function wantedRows(choices, chosen) {
    const wanted = new Map();
    for (const { name, values } of choices) {
      const some = [...(chosen.get(name) ?? [])];
      if (some.length) wanted.set(name, new Set(some.flatMap((value) => values.get(value) ?? [])));
    }
    return wanted;
  }

  /**
   * How many of what is found each value would leave, the other filters' choices kept.
   *
   * @param {Found} scores
   * @param {Chosen} chosen
   * @returns {Promise<CountedFilter[]>}
   */
  async function count(scores, chosen) {
    const choices = await filters();
    const wanted = wantedRows(choices, chosen);
    return choices.map(({ name, label, values }) => {
      const others = [...wanted].filter(([other]) => other !== name).map(([, rows]) => rows);
      const counts = new Map();
      // What is chosen and no value any more is told too, so that it can be given up.
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
