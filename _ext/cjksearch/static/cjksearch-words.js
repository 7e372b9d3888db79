/* Tokens of texts, by the rules of folding.py; parsed queries; the positions of matches. */
"use strict";

cjksearch.words = (() => {
  const SINGLE =
    "\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3105-\\u312f" +
    "\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97c\\uac00-\\ud7a3" +
    "\\uf900-\\ufaff\\u{20000}-\\u{3fffd}";
  const CLUSTER =
    // eslint-disable-next-line no-misleading-character-class -- single combining marks are intended
    /[\u1100-\u11ff]+|[^][\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f]*/gu;
  const LETTERS = `(?:(?![${SINGLE}])[\\p{L}\\p{Nl}\\p{No}])+`;
  const TOKEN = new RegExp(
    `[${SINGLE}]|\\p{Nd}+|${LETTERS}|\\.(?=[\\p{L}\\p{N}])` +
      "|(?:(?<=[\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}]\\+))[+#]",
    "gu",
  );
  const IS_SINGLE = new RegExp(`[${SINGLE}]`, "u");
  const WORD = new RegExp(`^${LETTERS}$`, "u");
  const LETTER = /[\p{L}\p{Nl}\p{No}]/u;
  const LONG = "\u30fc";
  // A word of カタカナ or ひらがな that is long enough to be written without its ー.
  const KANA = /[\u30a1-\u30fa\u30fc]{3,}|[\u3041-\u3096\u30fc]{3,}/gu;
  const OPEN_KANA = /([\u3041-\u3096\u30a1-\u30fa\u30fc]{2})\u30fc+$/u;

  // A particle between characters other than ひらがな, where it is no part of a word.
  const PARTICLE = /(?<=[^\u3041-\u3096\s])[\u304c\u3067\u3068\u306b\u306e\u306f\u3092](?=[^\u3041-\u3096\s])/gu;

  /** @type {Map<string, string>} */
  const folded = new Map();

  /** @param {string} cluster */
  function foldCluster(cluster) {
    let found = folded.get(cluster);
    if (found === undefined) {
      found = cluster
        .normalize("NFKC")
        .toLowerCase()
        .replaceAll("\u00df", "ss")
        .replaceAll("\u03c2", "\u03c3")
        .replace(/[\u3041-\u3096\u309d\u309e]/g, (kana) =>
          String.fromCharCode(kana.charCodeAt(0) + 0x60),
        );
      if (!IS_SINGLE.test(found) && /[^\0-\x7f]/.test(found)) {
        found = found.normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC");
      }
      folded.set(cluster, found);
    }
    return found;
  }

  /**
   * Return the tokens of a text, with their positions in it.
   *
   * @param {string} text
   * @returns {Token[]}
   */
  function tokens(text) {
    let bare = "";
    /** @type {number[]} */
    const starts = [];
    /** @type {number[]} */
    const ends = [];
    for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
      const one = foldCluster(cluster);
      for (let unit = 0; unit < one.length; unit++) {
        starts.push(index);
        ends.push(index + cluster.length);
      }
      bare += one;
    }
    // Leave out apostrophes within words, and keep the positions of the other characters.
    /** @type {number[]} */
    const kept = [];
    let joined = "";
    for (let at = 0; at < bare.length; at++) {
      const isWithin =
        /['\u2019]/.test(bare[at]) &&
        LETTER.test(before(bare, at)) &&
        LETTER.test(String.fromCodePoint(bare.codePointAt(at + 1) ?? 32));
      if (!isWithin) {
        kept.push(at);
        joined += bare[at];
      }
    }
    return Array.from(joined.matchAll(TOKEN), ({ 0: token, index }) => ({
      text: token,
      start: starts[kept[index]],
      end: ends[kept[index + token.length - 1]],
    }));
  }

  /**
   * @param {string} text
   * @param {number} at
   */
  function before(text, at) {
    if (at === 0) return " ";
    const isLow = /[\udc00-\udfff]/.test(text[at - 1]);
    return text.slice(at - (isLow && at > 1 ? 2 : 1), at);
  }

  /** @param {string} text */
  const texts = (text) => tokens(text).map((token) => token.text);
  /** @param {string} token */
  const isWord = (token) => WORD.test(token);
  /** @param {string} token */
  const isNumber = (token) => /^\p{Nd}+$/u.test(token);

  /**
   * Return かな without the ー at the end, and without every ー that may be left out:
   * サーバーレス, サーバレス.
   *
   * @param {string} text
   */
  function spellings(text) {
    const normal = text.normalize("NFKC");
    const open = normal.replace(OPEN_KANA, "$1");
    const short = normal.replace(
      KANA,
      (word) => word.slice(0, 2) + word.slice(2).replaceAll(LONG, ""),
    );
    return [...new Set([open, short])];
  }

  /**
   * Split tokens between letters and 漢字 or かな: GKEバッチ into GKE and バッチ, 3D解析 into 3D
   * and 解析.
   *
   * @param {string[]} all
   */
  function cut(all) {
    /** @type {string[][]} */
    const parts = [];
    /** @type {boolean | null} */
    let wasLetters = null;
    for (const token of all) {
      const isLetters = isWord(token);
      const isPart = isLetters || IS_SINGLE.test(token);
      const isAnother = isPart && wasLetters !== null && isLetters !== wasLetters;
      if (isPart) wasLetters = isLetters;
      if (!parts.length || isAnother) parts.push([token]);
      else parts[parts.length - 1].push(token);
    }
    return parts;
  }

  /**
   * Parse a query into pieces, all of which a record has to have, in any order. A piece is a list of
   * alternatives {tokens, isQuoted}; quoted ones match only as they are. Of several pieces, `whole`
   * has the alternatives to all of them, and `phrase` the tokens of all: records with the phrase
   * rank first.
   *
   * @param {string} query
   * @param {string[][]} [synonyms] Groups of names of one thing.
   * @returns {Query}
   */
  function parse(query, synonyms = []) {
    /** @param {string} name */
    const spelled = (name) => [name, ...spellings(name)].map(texts);
    const groups = synonyms.map((names) => names.flatMap(spelled));
    /** @param {string[]} tokens */
    const named = (tokens) => {
      const key = tokens.join(" ");
      return groups.filter((names) => names.some((name) => name.join(" ") === key)).flat();
    };
    /**
     * @param {string} text
     * @param {boolean} isQuoted
     * @returns {Alternative[]}
     */
    const piece = (text, isQuoted) => {
      const written = isQuoted ? [text] : spellings(text);
      const found = written.map(texts).filter((tokens) => tokens.length);
      const others = isQuoted ? [] : found.flatMap(named);
      const seen = new Set();
      return [
        ...found.map((tokens) => ({ tokens, isQuoted })),
        ...others.map((tokens) => ({ tokens, isQuoted: true })),
      ].filter(({ tokens }) => !seen.has(tokens.join(" ")) && seen.add(tokens.join(" ")));
    };
    const whole = spelled(query).flatMap(named);
    const pieces = [];
    for (const match of query.matchAll(/["\u201c\u201d\uff02]([^"\u201c\u201d\uff02]*)["\u201c\u201d\uff02]?|[^\s"\u201c\u201d\uff02]+/gu)) {
      const alternatives = piece(match[1] ?? match[0], match[1] !== undefined);
      if (alternatives.length) pieces.push(alternatives);
    }
    if (pieces.length < 2) return { pieces, whole: [], phrase: [] };
    const phrase = pieces.flatMap(([{ tokens }]) => tokens);
    // “load balancer” matches LoadBalancer, too.
    const isPlain = pieces.every(([{ isQuoted }]) => !isQuoted);
    if (isPlain && phrase.every(isWord)) whole.push([phrase.join("")]);
    return { pieces, whole: whole.map((tokens) => ({ tokens, isQuoted: true })), phrase };
  }

  /**
   * Return a query with spaces for particles, unless it has quotes: GKEのバッチ → GKE バッチ.
   *
   * @param {string} query
   */
  const withoutParticles = (query) =>
    /["\u201c\u201d\uff02]/.test(query) ? query : query.replace(PARTICLE, " ");

  /**
   * Find a phrase in a list of tokens: [start, end) of each match.
   *
   * @param {Token[]} all
   * @param {string[]} phrase
   * @param {boolean} isPrefix
   * @returns {Ranges}
   */
  function places(all, phrase, isPrefix) {
    /** @type {Ranges} */
    const found = [];
    const last = phrase.length - 1;
    for (let at = 0; at + last < all.length; at++) {
      const fits = phrase.every((token, index) => {
        const text = all[at + index].text;
        return text === token || (isPrefix && index === last && isWord(token) && text.startsWith(token));
      });
      if (fits) found.push([at, at + phrase.length]);
    }
    return found;
  }

  /**
   * Find a phrase of カタカナ in a list of tokens, with or without any ー.
   *
   * @param {Token[]} all
   * @param {string[]} phrase
   * @returns {Ranges}
   */
  function loosePlaces(all, phrase) {
    const kept = all.map((token, at) => at).filter((at) => all[at].text !== "\u30fc");
    const bare = phrase.filter((token) => token !== "\u30fc");
    if (!bare.some((token) => /[\u30a1-\u30fa]/.test(token))) return [];
    return places(kept.map((at) => all[at]), bare, false).map(([from, to]) => {
      let end = kept[to - 1] + 1;
      while (end < all.length && all[end].text === "\u30fc") end++;
      return [kept[from], end];
    });
  }

  /**
   * Return whether a text contains a phrase, in any spelling.
   *
   * @param {string} text
   * @param {string[]} phrase
   * @param {boolean} isPrefix
   */
  function contains(text, phrase, isPrefix) {
    const all = tokens(text);
    return places(all, phrase, isPrefix).length > 0 || loosePlaces(all, phrase).length > 0;
  }

  /**
   * Find a query in a text: [start, end) of each match; matches that overlap are merged.
   *
   * @param {string} text
   * @param {Query} query
   * @returns {Ranges}
   */
  function marks(text, query) {
    const all = tokens(text);
    /** @type {Ranges} */
    const found = [];
    for (const alternatives of [...query.pieces, query.whole]) {
      for (const { tokens: phrase, isQuoted } of alternatives) {
        let at = places(all, phrase, !isQuoted);
        if (!at.length) at = loosePlaces(all, phrase);
        if (!at.length && !isQuoted) {
          at = cut(phrase).flatMap((part) => places(all, part, true));
        }
        found.push(...at);
      }
    }
    found.sort(([a, b], [c, d]) => a - c || d - b);
    /** @type {Ranges} */
    const merged = [];
    for (const [from, to] of found) {
      const start = all[from].start;
      const end = all[to - 1].end;
      const last = merged.at(-1);
      if (last && start < last[1]) last[1] = Math.max(end, last[1]);
      else merged.push([start, end]);
    }
    return merged;
  }

  return { tokens, texts, isWord, isNumber, cut, parse, withoutParticles, contains, marks };
})();
