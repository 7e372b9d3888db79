/* Words that sound alike in カタカナ and in Latin letters, by the rules of sounds.py. */
"use strict";

cjksearch.sounds = (() => {
  const ROWS = {
    "": "アイウエオ", k: "カキクケコ", g: "ガギグゲゴ", s: "サシスセソ", z: "ザジズゼゾ", t: "タチツテト",
    d: "ダヂヅデド", n: "ナニヌネノ", h: "ハヒフヘホ", b: "バビブベボ", p: "パピプペポ", m: "マミムメモ",
    r: "ラリルレロ",
  };
  /** @type {Record<string, string>} */
  const SYLLABLES = { ヤ: "ya", ユ: "yu", ヨ: "yo", ワ: "wa", ヲ: "o", ン: "n", ヴ: "bu" };
  for (const [consonant, row] of Object.entries(ROWS)) {
    [...row].forEach((kana, at) => (SYLLABLES[kana] = consonant + "aiueo"[at]));
  }
  /** @type {Record<string, string>} */
  const SMALL = { ァ: "a", ィ: "i", ゥ: "u", ェ: "e", ォ: "o", ャ: "a", ュ: "u", ョ: "o", ヮ: "a" };
  /** @type {[string, string[]][]} */
  const LATIN = [
    ["tch", ["t"]], ["sch", ["sk"]], ["ck", ["k"]], ["ch", ["t", "k"]], ["sh", ["s"]], ["ph", ["h"]],
    ["th", ["s", "t"]], ["wh", ["w"]], ["qu", ["ku"]], ["gh", [""]], ["dg", ["s"]], ["ts", ["t"]],
    ["x", ["ks"]],
  ];
  /** @type {[RegExp, string][]} */
  const AMBIGUOUS = [
    [/g(?=[eiy])/g, "s"],
    [/(?<=[aeiou])r(?![aeiouy]|$)|(?<=[aeiou])re?$/g, ""],
  ];
  const FEWEST = 2;
  const MOST = 8;
  // How far vowels may be from those that one would hear, for each consonant.
  const FAR = 0.25;
  // Vowels of カタカナ by the letters that are read so.
  /** @type {Map<string, string[]>} */
  const HEARD = new Map(
    `a:a e ei o ea|e:e i a ei ie|i:i ai e a|o:o ou a u au|u:u a o iu i|ea:i e ia ea ei|ee:i|oo:u o|
    ou:o au u a ou|ai:ei e a ai|au:o au a|ie:i ai ie e|ue:u iu ue e|ui:u i ui|io:io aio o|ia:ia aia a ea|
    oa:o oa|oi:oi o|eu:iu u eu|ei:ei ai i e|eo:eo io i|ae:ae e a|oe:o oe u|iu:iu|ua:ua a|uo:uo|aiu:ai`
      .split("|")
      .map((line) => line.trim().split(":"))
      .map(([letters, heard]) => [letters, heard.split(" ")]),
  );

  /** @param {string} said */
  const classes = (said) => said.replace(/[gzdbvfjlmcq]/g, (one) => "kstpphsrnkk"["gzdbvfjlmcq".indexOf(one)]);

  /**
   * Return カタカナ in Latin letters, without ー and ッ.
   *
   * @param {string} kana
   */
  function romaji(kana) {
    let said = "";
    for (const sign of kana) {
      if (sign in SMALL) {
        const isGlide = said.endsWith("u") && /(^|[aeiou])u$/.test(said);
        said = said.slice(0, -1) + (isGlide ? "w" : "") + SMALL[sign];
      } else said += SYLLABLES[sign] ?? "";
    }
    return said;
  }

  /** @param {string} said */
  function vowels(said) {
    return said
      .replace(/w(?![aeiou])/g, "u")
      .replace(/y(?=u|[^aeiou]|$)|(?<=[^aeiou])y/g, "i")
      .replace(/([^aeiou])\1+/g, "$1");
  }

  /** @param {string} said */
  function skeleton(said) {
    const heard = vowels(said);
    return (/^[aeiou]/.test(heard) ? "a" : "") + heard.replace(/[aeiou]+/g, "");
  }

  /** @param {string} word */
  function waysOf(word) {
    const heard = word
      .replace(/^wr/, "r").replace(/^[kg]n/, "n").replace(/mb$/, "m").replace(/gn$/, "n")
      .replace(/(?<=[aeiou])h(?![aeiou])/g, "").replace(/[tcs]i(?=[ao])/g, "s").replace(/c(?=[eiy])/g, "s");
    let ways = [heard];
    for (const [pattern, said] of AMBIGUOUS) {
      ways = [...ways, ...ways.filter((one) => one.search(pattern) >= 0).map((one) => one.replace(pattern, said))];
    }
    for (const [spelled, said] of LATIN) {
      ways = ways.flatMap((one) => (one.includes(spelled) ? said : said.slice(0, 1)).map((sound) => one.replaceAll(spelled, sound)));
    }
    return ways.map(classes);
  }

  /**
   * Return how a word may be said, in カタカナ or in small Latin letters, each by its sound.
   *
   * @param {string} word
   * @returns {Map<string, string>}
   */
  function sounds(word) {
    const isKana = /^[\u30a1-\u30f4\u30fc]+$/.test(word);
    const [first, ...others] = isKana ? [[classes(romaji(word))]] : word.split(" ").map(waysOf);
    // Of a second word, a vowel at its beginning is heard with the first.
    const ways = others.reduce((all, some) => all.flatMap((one) => some.map((other) => `${one}${other}`)).slice(0, MOST * MOST), first);
    const found = new Map();
    for (const way of ways) {
      const sound = skeleton(way);
      if (sound.length >= FEWEST && !found.has(sound) && found.size < MOST) found.set(sound, way);
    }
    return found;
  }

  /**
   * Split what is said into vowels, those before each consonant and those behind the last.
   *
   * @param {string} said
   */
  const between = (said) => vowels(said).split(/[^aeiou]/);

  /**
   * Return how far the vowels that are heard are from letters: 0 to 0.6.
   *
   * @param {string} heard
   * @param {string} letters
   * @param {boolean} isLast
   * @returns {number}
   */
  function distance(heard, letters, isLast) {
    // カタカナ has u, o or i where Latin letters have no vowel; and none for letters that nobody hears.
    if (!letters) return /^[uoi]?$/.test(heard) ? 0 : 0.6;
    if (!heard) return isLast ? 0 : 0.4;
    const said = HEARD.get(letters) ?? [letters];
    if (said.includes(heard)) return heard[0] === letters[0] ? 0 : 0.15;
    return heard[0] === letters[0] ? 0.3 : 0.6;
  }

  /**
   * Return whether what is said in カタカナ is near to what is said in Latin letters; both have the
   * same consonants.
   *
   * @param {string} kana
   * @param {string} latin
   */
  function isNear(kana, latin) {
    const spelled = between(latin);
    const all = between(kana).map((heard, at, { length }) => {
      const bare = heard.replace(/(.)\1+/g, "$1");
      return distance(bare, (spelled[at] ?? "").replace(/([^eo])\1+/g, "$1"), at === length - 1);
    });
    return all.reduce((sum, one) => sum + one, 0) / Math.max(all.length - 1, 1) <= FAR;
  }

  return { isNear, sounds };
})();
