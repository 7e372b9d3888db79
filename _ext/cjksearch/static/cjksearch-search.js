/* The records that match a query, in the order of results. */
"use strict";

cjksearch.search = (() => {
  const { index, query: asked, words } = cjksearch;
  const { TEXT, NAMES, TITLE, AROUND } = index;
  const OWN = TEXT | NAMES | TITLE;
  // Where no record has all words: the share of what the best one has that another must have, by how
  // rare the words are.
  const ENOUGH = 0.75;
  const MOST_ROWS = 2 ** 22;
  // What a date tells of a record beside its words.
  const OF_DATE = 0.3;
  // What other forms of a word tell, and what sounds like it.
  const OF_OTHER = 0.4;
  const MINOR = 0.5;

  /** Read what a first query needs, before somebody types. */
  async function prepare() {
    // Errors are reported when somebody searches.
    await asked.prepare().catch(() => null);
  }

  /**
   * What a field is worth by its length: the longer, the less a word in it tells. The numbers of
   * `length_of` in update.py: title, names, text, minor.
   *
   * @type {Float32Array[]}
   */
  const WORTH = Array.from({ length: 72 }, (_, length) => {
    const minor = length % 2;
    const text = (length >> 1) % 4;
    const names = (length >> 3) % 3;
    const title = Math.floor(length / 24);
    return Float32Array.from({ length: 16 }, (_one, fields) => {
      let sum = 0;
      if (fields & TITLE) sum += [6, 5, 4][title];
      if (fields & NAMES) sum += [0, 4.5, 2][names];
      if (fields & TEXT) sum += [0, 2.4, 2.2, 2][text];
      // A heading without text is no more than its words.
      if (!text && !(fields & NAMES)) sum *= 0.6;
      sum += fields & AROUND ? 0.5 : 0;
      return minor ? sum * MINOR : sum;
    });
  });

  /** @param {Uint8Array} rows */
  function count(rows) {
    let sum = 0;
    for (let row = 0; row < rows.length; row++) if (rows[row]) sum++;
    return sum;
  }

  /**
   * @param {Word} word
   * @param {Known} known
   */
  const rarity = (word, known) => Math.log(1 + known.total / (1 + count(word.all))) * (word.isDate ? OF_DATE : 1);

  /**
   * Return what each row is worth.
   *
   * @param {Word[]} all
   * @param {Uint8Array} found
   * @param {Known} known
   */
  function scored(all, found, known) {
    const score = new Float32Array(known.size);
    for (const word of all) {
      const weight = rarity(word, known) * (word.isGuess ? 0.5 : 1);
      for (let row = 0; row < known.size; row++) {
        const fields = word.all[row];
        if (!fields || !found[row]) continue;
        const worth = WORTH[known.lengths[row]];
        const whole = word.whole[row];
        score[row] += weight * (worth[whole] + OF_OTHER * worth[fields & ~whole]);
      }
    }
    return score;
  }

  /**
   * Return the rows that have all words; what only stands around a record finds it by a date alone.
   *
   * @param {Word[]} all
   */
  function inAll(all) {
    const isOfDates = all.every((word) => word.isDate);
    const found = all.map((word) => word.all).reduce(asked.inBoth);
    return isOfDates ? found : found.map((fields) => (fields & OWN ? fields : 0));
  }

  /**
   * Return the names of a thing by one of them.
   *
   * @param {string} text
   * @param {string[][]} synonyms
   */
  function namesOf(text, synonyms) {
    /** @param {string} one */
    const plain = (one) => words.fold(words.normal(one)).toLowerCase().replaceAll("\u30fc", "");
    const own = plain(text);
    return synonyms.filter((group) => group.some((name) => plain(name) === own)).flat().filter((name) => plain(name) !== own);
  }

  /** @returns {Notes} */
  const noNotes = () => ({ meant: [], without: [], isPartial: false });

  /**
   * Answer a query.
   *
   * @param {string} typed
   * @returns {Promise<Found>}
   */
  async function answer(typed) {
    const [known] = await Promise.all([index.open(), prepare()]);
    const parsed = asked.parse(typed);
    const notes = noNotes();
    const content = asked.telling(parsed.words);
    /** @param {string[]} texts */
    const ask = (texts) => Promise.all(texts.map((text) => asked.wordOf(text, namesOf(text, known.synonyms))));
    const needed = parsed.dates.length && content.every((word) => !asked.telling([word, " "]).includes(word)) ? [] : content;
    const [dates, quoted, plain, unwanted] = await Promise.all([
      Promise.all(parsed.dates.map(asked.wordOfDate)),
      Promise.all(parsed.quoted.map(async (text) => ({ ...(await asked.wordOf(text)), quoted: text }))),
      ask(needed),
      Promise.all(parsed.unwanted.map((text) => asked.wordOf(text))),
    ]);
    for (const word of quoted) word.all = word.whole;
    let all = [...dates, ...quoted, ...plain];
    if (!all.length) return { parsed, words: [], found: new Uint8Array(known.size), score: new Float32Array(known.size), notes };
    let found = inAll(all);
    const joined = await together(content, known);
    if (joined.length && !quoted.length) {
      const rest = [...dates, ...quoted];
      const more = rest.length ? [...rest, ...joined].map((word) => word.all).reduce(asked.inBoth) : joined.map((word) => word.all).reduce(asked.inEither);
      found = asked.inEither(found, more);
      all = [...all, ...joined];
    }
    if (!asked.isAnywhere(found)) [all, found] = await relaxed(all, notes, ask, known);
    for (const word of unwanted) found = found.map((fields, row) => (word.whole[row] ? 0 : fields));
    return { parsed, words: all, found, score: scored(all, found, known), notes };
  }

  /**
   * Return names of which the words of a query are one: machine learning is 機械学習, load balancer
   * LoadBalancer.
   *
   * @param {string[]} content
   * @param {Known} known
   */
  async function together(content, known) {
    if (content.length < 2) return [];
    const isPlain = content.every((word) => /^[A-Za-z0-9]+$/.test(word));
    const names = [...(isPlain ? [content.join("")] : []), ...namesOf(content.join(" "), known.synonyms)];
    const found = await Promise.all(names.map((name) => asked.wordOf(name)));
    return found.map((word) => ({ ...word, all: word.whole })).filter((word) => asked.isAnywhere(word.whole));
  }

  /**
   * Answer where no record has all words: parts of words for words, what was meant for what is
   * nowhere; then whole words are left out, the rarest kept.
   *
   * @param {Word[]} all
   * @param {Notes} notes
   * @param {(texts: string[]) => Promise<Word[]>} ask
   * @param {Known} known
   * @returns {Promise<[Word[], Uint8Array]>}
   */
  async function relaxed(all, notes, ask, known) {
    const better = (await Promise.all(all.map((word) => instead(word, notes, ask)))).flat();
    const inEach = inAll(better);
    if (asked.isAnywhere(inEach)) return [better, inEach];
    const there = better.filter((word) => asked.isAnywhere(word.all));
    const has = new Float32Array(known.size);
    for (const word of there) {
      const weight = rarity(word, known);
      for (let row = 0; row < has.length; row++) {
        const fields = word.all[row];
        if (fields & OWN || (fields && word.isDate)) has[row] += weight;
      }
    }
    const most = has.reduce((one, other) => Math.max(one, other), 0);
    const found = Uint8Array.from(has, (one) => (one && one >= ENOUGH * most ? OWN : 0));
    /** @type {(word: Word, has: boolean) => boolean} */
    const isThatAny = (word, has) => found.some((is, row) => is && Boolean(word.all[row]) === has);
    if (asked.isAnywhere(found)) {
      notes.without = [...new Set(better.filter((word) => !isThatAny(word, true)).map((word) => word.text))];
      notes.isPartial = !notes.without.length && better.some((word) => isThatAny(word, false));
    }
    return [there, found];
  }

  /**
   * Return what there is for a word that is nowhere.
   *
   * @param {Word} word
   * @param {Notes} notes
   * @param {(texts: string[]) => Promise<Word[]>} ask
   * @returns {Promise<Word[]>}
   */
  async function instead(word, notes, ask) {
    if (asked.isAnywhere(word.all) || word.isDate || word.quoted) return [word];
    const parts = asked.partsOf(word.text);
    if (parts.length > 1) {
      const found = await ask(parts);
      return (await Promise.all(found.map((one) => instead(one, notes, ask)))).flat();
    }
    const text = parts[0] ?? word.text;
    if (text !== word.text) {
      const [found] = await ask([text]);
      if (asked.isAnywhere(found.all)) return [found];
    }
    const alike = await asked.alike(text);
    if (alike) return [alike];
    const two = await asked.apart(text);
    if (two) return [two];
    const meant = await asked.meantBy(text);
    if (!meant) return [word];
    notes.meant.push({ typed: text, meant });
    const found = await asked.wordOf(meant);
    return [{ ...found, text, all: found.whole, isGuess: true }];
  }

  /**
   * Find records.
   *
   * @param {string} typed The query; an empty one matches all records.
   * @param {Chosen} chosen The chosen values by filter; a record needs one of each filter.
   * @param {string} order `relevance` or `date`
   * @returns {Promise<Answer>}
   */
  async function find(typed, chosen = new Map(), order = "relevance") {
    const known = await index.open();
    const everything = { parsed: asked.parse(""), words: [], found: known.isThere, score: new Float32Array(known.size), notes: noNotes() };
    const answered = typed.trim() ? await answer(typed) : everything;
    const wanted = chosen.size ? [...chosenRows(await index.filters(), chosen).values()] : [];
    /** @type {number[]} */
    const keys = [];
    answered.found.forEach((fields, row) => {
      if (!fields || !wanted.every((some) => some.has(row))) return;
      keys.push((order === "date" ? 0 : Math.round(answered.score[row] * 1000)) * MOST_ROWS + known.place[row]);
    });
    const rows = Array.from(Float64Array.from(keys).sort().reverse(), (key) => known.rowAt[key % MOST_ROWS]);
    return { ...answered, typed, rows, isByDate: order === "date", seen: [], at: 0 };
  }

  /**
   * Return the first results, each of which has been looked at in its text.
   *
   * @param {Answer} answer
   * @param {number} wanted
   * @returns {Promise<SearchRecord[]>}
   */
  async function results(answer, wanted) {
    while (answer.seen.length < wanted && answer.at < answer.rows.length) {
      const rows = answer.rows.slice(answer.at, answer.at + Math.max(wanted - answer.seen.length, 4));
      answer.at += rows.length;
      const records = await Promise.all(rows.map(index.recordOf));
      const right = records.filter((record) => isRight(record, answer));
      answer.seen.push(...(answer.isByDate ? right : ordered(right, answer)));
    }
    return answer.seen.slice(0, wanted);
  }

  /**
   * Return how many results there are, as far as they have been looked at.
   *
   * @param {Answer} answer
   */
  const total = (answer) => answer.rows.length - answer.at + answer.seen.length;

  /**
   * Return whether a record has the words for which the index has it.
   *
   * @param {SearchRecord} record
   * @param {Answer} answer
   */
  function isRight(record, { words: all }) {
    // The end of a text that is cut is unknown.
    if (record.text.endsWith("\u2026")) return true;
    const lines = [record.title, ...record.names, ...record.parents, record.text].join("\n");
    const text = new words.Words(lines);
    return all.every((word) => {
      const fields = word.all[record.row];
      if (!(fields & OWN) || word.isDate) return true;
      if (word.quoted) return text.bare.toLowerCase().includes(words.fold(words.normal(word.quoted)).toLowerCase());
      return word.ways.some((parts) => parts.every((part) => placesOf(text, part).length));
    });
  }

  /**
   * @param {Words} text
   * @param {Part} part
   */
  function placesOf(text, { phrase, terms, sequence }) {
    if (phrase) return text.phrase(phrase);
    return [...text.words(terms ?? []), ...(sequence ? text.sequence(sequence) : [])];
  }

  /**
   * Order results that are near to each other in worth: first what is called so, then what says the
   * words one after the other.
   *
   * @param {SearchRecord[]} records
   * @param {Answer} answer
   */
  function ordered(records, { parsed, score }) {
    const phrase = words.fold(words.normal(parsed.words.join(" "))).toLowerCase();
    if (!phrase) return records;
    const worth = new Map(records.map((record) => {
      const title = words.fold(words.normal(record.title)).toLowerCase();
      const text = words.fold(words.normal(`${record.title}\n${record.names.join("\n")}\n${record.text}`)).toLowerCase();
      const more = (title === phrase ? 1 : 0) + (text.includes(phrase) ? 0.3 : 0);
      return [record, score[record.row] * (1 + more)];
    }));
    return [...records].sort((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0));
  }

  /**
   * Find the words of a query in a text: [start, end) of each match, in order.
   *
   * @param {string} text
   * @param {Answer} answer
   * @returns {Ranges}
   */
  function marks(text, { words: all }) {
    const found = new words.Words(text);
    /** @type {(word: Word) => Ranges} */
    const places = ({ literals, ways }) =>
      literals?.flatMap((one) => found.literal(one)) ?? ways.flatMap((parts) => parts.flatMap((part) => placesOf(found, part)));
    return words.merged(all.flatMap(places));
  }

  /**
   * Return for each filter with chosen values the rows that have one of them.
   *
   * @param {Filter[]} choices
   * @param {Chosen} chosen
   * @returns {Map<string, Set<number>>}
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
   * @param {Answer} answer
   * @param {Chosen} chosen
   * @returns {Promise<CountedFilter[]>}
   */
  async function countBy({ found }, chosen) {
    const choices = await index.filters();
    const wanted = chosenRows(choices, chosen);
    return choices.map(({ name, label, values }) => {
      const others = [...wanted].filter(([other]) => other !== name).map(([, rows]) => rows);
      const counts = new Map();
      // A chosen value that no longer exists is among them, so that readers can deselect it.
      for (const value of new Set([...values.keys(), ...(chosen.get(name) ?? [])])) {
        let number = 0;
        for (const row of values.get(value) ?? []) {
          if (found[row] && others.every((rows) => rows.has(row))) number++;
        }
        counts.set(value, number);
      }
      return { name, label, values: [...counts].map(([value, count]) => ({ value, count })) };
    });
  }

  return { countBy, find, marks, prepare, results, total };
})();
