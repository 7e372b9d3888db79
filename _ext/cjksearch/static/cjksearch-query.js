/* What somebody types: words to find, words to leave out, dates; and words of the site for those
   that are nowhere. */
"use strict";

cjksearch.query = (() => {
  const { fold, forms, isSingle, normal, runs, spellings } = cjksearch.words;
  // Of a phrase of more pairs than these every second one is asked for: what is shown is looked at
  // again in its text.
  const MOST_PAIRS = 5;
  // The number of records whose texts are read to tell whether they have a phrase.
  const FEW = 8;
  const SHORTEST_SLIP = 5;
  const SHORTEST_TWO_SLIPS = 9;
  // Words that questions are made of, which never decide what is found.
  const FUNCTION_WORDS = new Set(
    ("a an and any are about at be been by can could did do does for from had has have how i if in into is it its " +
      "me my of on or our show tell than that the their them there these this those to us was we were what when " +
      "where which who whom whose why will with would you your talk talks about " +
      "の は が を に で と へ も や か ね よ から まで より など する した して しない される された いる いた ある あった なる " +
      "です ます でした ました ですか ますか なに 何 どう どの どこ だれ 誰 いつ なぜ どうやって 話 話題 方法 について に関する とは " +
      "やり方 使い方 仕方 教えて 知りたい こと もの ため とき よう").split(" "),
  );
  // Parts of what is typed without blanks: カタカナ, ひらがな, 漢字, and all else.
  const SCRIPTS = /[\u30a1-\u30fa\u30fc]+|[\u3041-\u3096\u30fc]+|[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]+|[^\s\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]+/gu;
  const QUOTES = /["\u201c\u201d\uff02]([^"\u201c\u201d\uff02]*)["\u201c\u201d\uff02]?/g;
  const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
  const MONTH = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
  /** @type {Record<string, number>} */
  const ERAS = { 令和: 2018, 平成: 1988, 昭和: 1925 };
  const NOWHERE = new Uint8Array(0);

  /** @param {string | number} number */
  const two = (number) => String(number).padStart(2, "0");
  /** @param {string} name */
  const month = (name) => two(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
  /** @type {[RegExp, (...found: string[]) => string][]} */
  const DATES = [
    [/(?<!\d)((?:19|20)\d\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?(?!\d)/g, (_all, y, m, d) => `=${y}-${two(m)}-${two(d)}`],
    [/(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)/g, (_all, y, m, d) => `=${y}-${m}-${d}`],
    [/(?<!\d)((?:19|20)\d\d)[-/年]\s?(1[0-2]|0?[1-9])月?(?!\d)/g, (_all, y, m) => `=${y}-${two(m)}`],
    [/(?<!\d)((?:19|20)\d\d)年/g, (_all, y) => y],
    [/(?<![\d.])(1[0-2]|0?[1-9])[/月](3[01]|[12]\d|0?[1-9])日?(?!\d)/g, (_all, m, d) => `=${two(m)}-${two(d)}`],
    [new RegExp(`\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+((?:19|20)\\d\\d)\\b`, "gi"), (_all, m, d, y) => `=${y}-${month(m)}-${two(d)}`],
    [new RegExp(`\\b(\\d{1,2})\\s+${MONTH},?\\s+((?:19|20)\\d\\d)\\b`, "gi"), (_all, d, m, y) => `=${y}-${month(m)}-${two(d)}`],
    [new RegExp(`\\b${MONTH},?\\s+((?:19|20)\\d\\d)\\b`, "gi"), (_all, m, y) => `=${y}-${month(m)}`],
    [new RegExp(`\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b`, "gi"), (_all, m, d) => `=${month(m)}-${two(d)}`],
  ];

  /**
   * Take the dates out of a query.
   *
   * @param {string} query
   */
  function datesIn(query) {
    /** @type {{ text: string, term: string }[]} */
    const dates = [];
    query = query.replace(/(令和|平成|昭和)(元|\d+)年/g, (_all, era, year) => `${ERAS[era] + (year === "元" ? 1 : Number(year))}年`);
    for (const [pattern, term] of DATES) {
      query = query.replace(pattern, (...found) => {
        dates.push({ text: found[0].trim(), term: term(...found) });
        return " ";
      });
    }
    return { query, dates };
  }

  /**
   * Parse what somebody types.
   *
   * @param {string} typed
   * @returns {Parsed}
   */
  function parse(typed) {
    const quoted = [...typed.matchAll(QUOTES)].map((match) => match[1].trim()).filter(Boolean);
    const bare = typed.replace(QUOTES, " ").normalize("NFKC");
    const unwanted = [...bare.matchAll(/(?:^|\s)[-\u2212]([^\s-]\S*)/g)].map((match) => match[1]);
    const { query, dates } = datesIn(bare.replace(/(^|\s)[-\u2212][^\s-]\S*/g, " "));
    const words = query.split(/[\s、。，．,;；!！?？「」『』()（）[\]【】]+/).filter((word) => runs(fold(normal(word))).length);
    return { quoted, unwanted, dates, words };
  }

  /** @param {string} word */
  const isFunctionWord = (word) => FUNCTION_WORDS.has(word.toLowerCase());

  /**
   * Return the words of a query that say what is looked for; all, if none does.
   *
   * @param {string[]} words
   */
  function telling(words) {
    const found = words.filter((word) => !isFunctionWord(word));
    return found.length ? found : words;
  }

  /**
   * Return the parts of a word in different scripts, without those that questions are made of:
   * GKEでバッチ処理する方法 → GKE, バッチ, 処理.
   *
   * @param {string} word
   */
  function partsOf(word) {
    const parts = normal(word).match(SCRIPTS) ?? [];
    return parts.filter((part) => !isFunctionWord(part) && !(/^[\u3041-\u3096]+$/.test(part) && part.length < 3));
  }

  // Rows: of each row the fields

  /** @type {(one: Uint8Array, other: Uint8Array, how: (a: number, b: number) => number) => Uint8Array} */
  function join(one, other, how) {
    const found = new Uint8Array(one.length);
    for (let row = 0; row < found.length; row++) found[row] = how(one[row], other[row]);
    return found;
  }

  /** @type {(one: Uint8Array, other: Uint8Array) => Uint8Array} */
  const inBoth = (one, other) => join(one, other, (a, b) => (a && b ? a | b : 0));
  /** @type {(one: Uint8Array, other: Uint8Array) => Uint8Array} */
  const inSame = (one, other) => join(one, other, (a, b) => a & b);
  /** @type {(one: Uint8Array, other: Uint8Array) => Uint8Array} */
  const inEither = (one, other) => join(one, other, (a, b) => a | b);
  /** @param {Uint8Array} rows */
  const isAnywhere = (rows) => rows.some(Boolean);

  // Words

  /** @type {{ stemWord(word: string): string } | null} */
  let stemmer = null;
  /** @type {Map<string, string>} */
  const stems = new Map();

  /** Read what takes the endings off English words; without it, they are found by their beginnings. */
  async function prepare() {
    stemmer ??= await cjksearch.data("stemmer", "").catch(() => null);
  }

  /**
   * Return what forms of an English word have in common; who does it is a form, too: parser, parsing;
   * tenancy, tenant.
   *
   * @param {string} word
   */
  function stem(word) {
    if (!stemmer || !/^[a-z]{3,}$/.test(word)) return word;
    let found = stems.get(word);
    if (found === undefined) {
      found = stemmer.stemWord(word).replace(/(?<=[ae])nc$/, "nt").replace(/(?<=.{3})(?:er|or|ion)$/, "");
      stems.set(word, found);
    }
    return found;
  }

  /**
   * Return the rows in which characters stand one after the other, in one field.
   *
   * @param {string} phrase
   */
  async function rowsOfPhrase(phrase) {
    const all = [...phrase];
    const pairs = all.length < 2 ? all : all.slice(1).map((one, at) => all[at] + one);
    const last = pairs.length - 1;
    const some = pairs.length > MOST_PAIRS ? pairs.filter((_pair, at) => at % 2 === 0 || at === last) : pairs;
    const found = (await Promise.all([...new Set(some)].map(cjksearch.index.rowsOf))).reduce(inSame);
    // A text with 今年 and 年度 may lack 今年度; of many matches hardly any is wrong.
    return all.length > 2 ? verified(found, (words) => words.phrase(phrase).length > 0) : found;
  }

  /**
   * Return the rows whose texts have what is looked for; of many, all.
   *
   * @param {Uint8Array} rows
   * @param {(words: Words) => boolean} has
   */
  async function verified(rows, has) {
    /** @type {number[]} */
    const few = [];
    rows.forEach((fields, row) => fields && few.length <= FEW && few.push(row));
    if (few.length > FEW) return rows;
    for (const record of await Promise.all(few.map(cjksearch.index.recordOf))) {
      const { title, names, parents, text, row } = record;
      const words = new cjksearch.words.Words([title, ...names, ...parents, text].join("\n"));
      if (!text.endsWith("\u2026") && !has(words)) rows[row] = 0;
    }
    return rows;
  }

  /**
   * Return the rows with a word of letters: as it is, and with words that begin so, that are other
   * forms of it, or that it is made of.
   *
   * @param {string} written
   * @returns {Promise<Part>}
   */
  async function rowsOfWord(written) {
    const { index } = cjksearch;
    const [[own], , ...within] = forms(written);
    const { size } = await index.open();
    const beside = await index.termsBeginning(own);
    const whole = index.mark(new Uint8Array(size), beside.get(own));
    /** @type {Uint8Array} */
    let other = new Uint8Array(size);
    const terms = new Set([own]);
    if (own.length > 1 && !/^\d+$/.test(own)) {
      const root = stem(own);
      for (const [term, lists] of beside) {
        const isLike = term.startsWith(own) || (root.length > 2 && term[0] === own[0] && stem(term) === root);
        if (!isLike || term === own || isSingle(term)) continue;
        index.mark(other, lists);
        terms.add(term);
      }
    }
    // 37signals is 37 signals, too.
    const sequence = within.map(([term]) => term);
    if (sequence.length > 1 && !/[.+#]/.test(own)) {
      const found = await rowsOfSequence(sequence);
      other = inEither(other, found);
      return { whole, other, terms, sequence };
    }
    return { whole, other, terms };
  }

  /**
   * Return the rows with words one after the other; of many rows, those with all of them.
   *
   * @param {string[]} terms
   */
  async function rowsOfSequence(terms) {
    const rows = (await Promise.all(terms.map(cjksearch.index.rowsOf))).reduce(inSame);
    return verified(rows, (words) => words.sequence(terms).length > 0);
  }

  /**
   * Return the rows with a run of characters or letters.
   *
   * @param {string} run
   * @returns {Promise<Part>}
   */
  async function rowsOfRun(run) {
    if (!isSingle(run)) return rowsOfWord(run);
    const whole = await rowsOfPhrase(run);
    return { whole, other: new Uint8Array(whole.length), phrase: run };
  }

  /**
   * Return a word as typed, in any spelling, or by another name.
   *
   * @param {string} text
   * @param {string[]} [names]
   * @returns {Promise<Word>}
   */
  async function wordOf(text, names = []) {
    const spelled = [...spellings(text), ...names.flatMap(spellings)];
    /** @type {Map<string, string[]>} */
    const ways = new Map();
    for (const one of spelled) {
      const found = runs(fold(normal(one)));
      if (found.length) ways.set(found.join(" "), found);
    }
    const all = await Promise.all([...ways.values()].map(async (some) => {
      const parts = await Promise.all(some.map(rowsOfRun));
      return {
        parts,
        whole: parts.map(({ whole }) => whole).reduce(inBoth),
        any: parts.map(({ whole, other }) => inEither(whole, other)).reduce(inBoth),
      };
    }));
    const { size } = await cjksearch.index.open();
    const none = new Uint8Array(size);
    const whole = all.map((way) => way.whole).reduce(inEither, none);
    return { text, whole, all: all.map(({ any }) => any).reduce(inEither, whole), ways: all.map(({ parts }) => parts) };
  }

  /**
   * Return the rows of a date, which results need not say in the same words.
   *
   * @param {{ text: string, term: string }} date
   * @returns {Promise<Word>}
   */
  async function wordOfDate({ text, term }) {
    // As names of files and titles have it: 20180419.
    const digits = term.replace(/\D/g, "");
    const written = await wordOf(text);
    const [dated, joined] = await Promise.all([term, digits].map(cjksearch.index.rowsOf));
    const all = [dated, joined, written.whole].reduce(inEither);
    // No part of it is marked by itself: no 年 of 2018年4月19日.
    return { text, whole: all, all, ways: [], literals: [text, digits], isDate: true };
  }

  // Words that are nowhere

  /**
   * Return whether two words differ by so many slips: a letter more, less, another one, or two that
   * are turned.
   *
   * @param {string} one
   * @param {string} other
   * @param {number} most
   */
  function isSlip(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return false;
    /** @type {number[]} */
    let last = [];
    let row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) {
        const isSame = one[i - 1] === other[j - 1];
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (isSame ? 0 : 1));
        const isTurned = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (isTurned) next[j] = Math.min(next[j], last[j - 2] + 1);
      }
      if (Math.min(...next) > most) return false;
      [last, row] = [row, next];
    }
    return row[other.length] <= most;
  }

  /**
   * Return the word of the site that was meant by one that is nowhere, if a slip or two explain it.
   *
   * @param {string} text
   */
  async function meantBy(text) {
    const written = normal(text);
    const isKana = /^[\u3041-\u3096\u30a1-\u30fa\u30fc]+$/.test(written);
    const word = isKana ? fold(written) : fold(written).toLowerCase();
    if (word.length < SHORTEST_SLIP || !(isKana || /^\p{L}+$/u.test(word))) return null;
    const most = word.length < SHORTEST_TWO_SLIPS ? 1 : 2;
    // What begins otherwise is in other files: two letters that are turned, another vowel.
    const vowels = /^[aeiou]$/.test(word[1]) ? [..."aeiou"] : [];
    const begins = isKana
      ? [`=${word}`]
      : [word, word[1] + word[0] + word.slice(2), ...vowels.map((vowel) => word[0] + vowel + word.slice(2))];
    let best = null;
    for (const begin of begins) {
      for (const [term, lists] of await cjksearch.index.termsBeside(begin)) {
        const isWord = isKana ? term[0] === "=" : !isSingle(term) && !"=~".includes(term[0]);
        const bare = isKana ? term.slice(1) : term;
        if (!isWord || bare.length < SHORTEST_SLIP - 1) continue;
        const slips = [1, 2].find((count) => count <= most && isSlip(word, bare, count));
        if (!slips || (isKana && isOther(word, bare))) continue;
        const size = lists.join("").length;
        if (!best || slips < best.slips || (slips === best.slips && size > best.size)) best = { bare, slips, size };
      }
    }
    return best?.bare ?? null;
  }

  /**
   * Return whether the end of a word of カタカナ makes it another one: オートスケーラー is no slip of
   * オートスケール.
   *
   * @param {string} one
   * @param {string} other
   */
  const isOther = (one, other) => one.length !== other.length && one.at(-1) !== other.at(-1);

  /**
   * Return what the site has for a word of another script that sounds like it, or for initials.
   *
   * @param {string} text
   * @returns {Promise<Word | null>}
   */
  async function alike(text) {
    const written = fold(normal(text));
    const isKana = /^[\u30a1-\u30f4\u30fc]+$/.test(written);
    const isLatin = /^[A-Za-z]+$/.test(written);
    if ((!isKana && !isLatin) || written.length < 2) return null;
    /** @type {Map<string, string[]>} */
    const names = new Map();
    /** @type {(sound: string, isMeant: (name: string) => boolean) => Promise<void>} */
    const take = async (sound, isMeant) => {
      const begin = `~${sound}:`;
      for (const [term, lists] of await cjksearch.index.termsBeside(begin)) {
        const name = term.slice(begin.length);
        if (term.startsWith(begin) && isMeant(name)) names.set(name, lists);
      }
    };
    const own = written.length > 2 ? cjksearch.sounds.sounds(isKana ? written : written.toLowerCase()) : [];
    for (const [sound, said] of own) {
      if (sound.length < 3 && written.length < 4) continue;
      await take(sound, (name) => {
        const other = /[a-z]/.test(name) === isKana ? cjksearch.sounds.sounds(name).get(sound) : undefined;
        return other !== undefined && (isKana ? cjksearch.sounds.isNear(said, other) : cjksearch.sounds.isNear(other, said));
      });
    }
    if (isLatin && written.length < 6) await take(written.toUpperCase(), () => true);
    if (!names.size) return null;
    const { size } = await cjksearch.index.open();
    const whole = new Uint8Array(size);
    for (const lists of names.values()) cjksearch.index.mark(whole, lists);
    return { text, whole, all: whole, ways: [...names.keys()].map(partsOfName), isGuess: true };
  }

  /**
   * @param {string} name
   * @returns {Part[]}
   */
  function partsOfName(name) {
    if (isSingle(name)) return [{ whole: NOWHERE, other: NOWHERE, phrase: name }];
    const sequence = name.split(" ");
    const terms = new Set([sequence.join("")]);
    return sequence.length > 1
      ? sequence.map((one) => ({ whole: NOWHERE, other: NOWHERE, terms: new Set([...terms, one]) }))
      : [{ whole: NOWHERE, other: NOWHERE, terms }];
  }

  /**
   * Return two words that stand side by side on the site, and are one as typed: tailwindcss is
   * Tailwind CSS.
   *
   * @param {string} text
   * @returns {Promise<Word | null>}
   */
  async function apart(text) {
    const word = fold(normal(text)).toLowerCase();
    if (!/^[a-z]{6,}$/.test(word)) return null;
    const begins = [...(await cjksearch.index.termsBeside(word)).keys()].filter((term) => term.length > 2 && word.startsWith(term) && word.length - term.length > 2);
    for (const begin of begins.sort((a, b) => b.length - a.length)) {
      const rest = word.slice(begin.length);
      const terms = [...(await cjksearch.index.termsBeside(rest)).keys()];
      for (const other of terms.filter((term) => !isSingle(term) && stem(term) === stem(rest))) {
        const sequence = [begin, other];
        const whole = await rowsOfSequence(sequence);
        if (isAnywhere(whole)) return { text, whole, all: whole, ways: [[{ whole, other: whole, sequence }]] };
      }
    }
    return null;
  }

  return { alike, apart, inBoth, inEither, isAnywhere, meantBy, parse, partsOf, prepare, telling, wordOf, wordOfDate };
})();
