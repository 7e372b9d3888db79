/* Texts as the index has them, by the rules of terms.py; and where words stand in a text. */
"use strict";

cjksearch.words = (() => {
  const SINGLE =
    "\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3105-\\u312f" +
    "\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97c\\uac00-\\ud7a3" +
    "\\uf900-\\ufaff\\u{20000}-\\u{3fffd}";
  const LETTER = `(?:(?![${SINGLE}])[\\p{L}\\p{N}])`;
  const RUN = new RegExp(`[${SINGLE}]+|\\.?${LETTER}+(?:[.'\\u2019_-]${LETTER}+)*[+#]*`, "gu");
  const IS_SINGLE = new RegExp(`^[${SINGLE}]`, "u");
  // Words within a word: load|Balancer, k|8|s, v|18.04, multi|tenant.
  const PARTS = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\p{Nd}+(?:\.\p{Nd}+)+|(?:(?!\p{Nd})[\p{L}\p{N}])+|\p{Nd}+/gu;
  const WITHIN = /['\u2019_-]/g;
  const AROUND = /^[.+#]+|[.+#]+$/g;
  // A character with its combining marks: か + ゛, e + ´, ｶﾞ.
  const CLUSTER =
    // eslint-disable-next-line no-misleading-character-class -- single combining marks are intended
    /[\u1100-\u11ff]+|[^][\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f]*/gu;
  const ACCENTED = /[\u00c0-\u1fff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]/g;
  // Between parts of one name: アイ・ビー・エム, 山田 太郎.
  const BETWEEN = new RegExp(`(?<=[${SINGLE}])[\u30fb ](?=[${SINGLE}])`, "gu");
  const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
  // A word of カタカナ or ひらがな that is long enough to be written without its ー.
  const KANA = /[\u30a1-\u30fa\u30fc]{3,64}|[\u3041-\u3096\u30fc]{3,64}/g;
  const OPEN_KANA = /([\u3041-\u3096\u30a1-\u30fa\u30fc]{2})\u30fc+$/u;
  const LONG = "\u30fc";
  /** @type {Record<string, string>} */
  const LETTERS = {
    ß: "ss", ς: "σ", ł: "l", ø: "o", đ: "d", æ: "ae", œ: "oe",
    ẞ: "SS", Ł: "L", Ø: "O", Đ: "D", Æ: "AE", Œ: "OE",
  };
  // Forms of 漢字 in which the same names are written, each before the one that stands for it
  // (variants.py).
  const VARIANTS =
    "亞亜惡悪壓圧圍囲醫医爲為壹壱隱隠榮栄營営衞衛驛駅圓円鹽塩緣縁應応歐欧毆殴櫻桜奧奥橫横溫温穩穏假仮價価畫画會会壞壊懷懐繪絵擴拡殼殻覺覚學学嶽岳樂楽卷巻陷陥勸勧寬寛關関歡歓觀観氣気" +
    "龜亀僞偽戲戯犧犠舊旧據拠擧挙峽峡挾挟狹狭鄕郷曉暁勳勲薰薫徑径惠恵溪渓經経繼継莖茎螢蛍輕軽鷄鶏藝芸缺欠儉倹劍剣圈圏檢検權権獻献縣県險険顯顕驗験嚴厳效効廣広恆恒黃黄鑛鉱號号國国黑黒" +
    "濟済碎砕齋斎劑剤册冊雜雑產産參参慘惨棧桟蠶蚕贊賛殘残絲糸齒歯兒児辭辞濕湿實実舍舎寫写釋釈壽寿收収從従澁渋獸獣縱縦肅粛處処緖緒敍叙尙尚奬奨將将燒焼稱称證証乘乗剩剰壤壌孃嬢條条淨浄" +
    "狀状疊畳讓譲釀醸囑嘱觸触寢寝愼慎晉晋眞真盡尽圖図粹粋醉酔隨随髓髄數数樞枢瀨瀬聲声靜静齊斉攝摂竊窃專専戰戦淺浅潛潜纖繊踐践錢銭禪禅雙双壯壮搜捜插挿巢巣爭争總総聰聡莊荘裝装騷騒增増" +
    "臟臓藏蔵卽即屬属續続墮堕體体對対帶帯滯滞臺台瀧滝擇択澤沢單単擔担膽胆團団彈弾斷断癡痴遲遅晝昼蟲虫鑄鋳廳庁聽聴鎭鎮遞逓鐵鉄轉転點点傳伝黨党盜盗燈灯當当德徳獨独讀読屆届繩縄貳弐惱悩" +
    "腦脳霸覇廢廃拜拝賣売麥麦發発髮髪拔抜蠻蛮祕秘濱浜甁瓶拂払佛仏倂併竝並變変邊辺辨弁瓣弁辯弁舖舗步歩穗穂寶宝襃褒豐豊沒没飜翻槇槙萬万滿満默黙彌弥譯訳藥薬與与豫予餘余譽誉搖揺樣様謠謡" +
    "遙遥來来賴頼亂乱覽覧龍竜兩両獵猟綠緑壘塁淚涙勵励禮礼隸隷靈霊齡齢曆暦歷歴戀恋鍊錬爐炉勞労樓楼錄録灣湾髙高﨑崎嵜崎碕崎邉辺濵浜嶋島嶌島冨富渕淵淸清桒桑栁柳埜野峯峰穐秋邨村䑓台曻昇" +
    "曾曽逹達鈎鉤槗橋藪薮桧檜蔣蒋頴穎鶯鴬鷗鴎麴麹萊莱靑青塡填剝剥頰頬噓嘘潑溌";
  /** @type {Map<string, string>} */
  const alike = new Map(Object.entries(LETTERS));
  for (let at = 0; at < VARIANTS.length; at += 2) alike.set(VARIANTS[at], VARIANTS[at + 1]);

  /**
   * Return a text in one width, without signs that nobody sees.
   *
   * @param {string} text
   */
  const normal = (text) => text.normalize("NFKC").replace(UNSEEN, "");

  /** @param {string} letter */
  function alikeOf(letter) {
    const code = letter.charCodeAt(0);
    const isHiragana = (code > 0x3040 && code < 0x3097) || code === 0x309d || code === 0x309e;
    return isHiragana ? String.fromCharCode(code + 0x60) : (alike.get(letter) ?? letter);
  }

  /** @param {string} text */
  function withoutAccents(text) {
    return text.replace(ACCENTED, (letter) => letter.normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC"));
  }

  /**
   * Return a normal text without the differences that a search ignores, but for letter case.
   *
   * @param {string} text
   */
  function fold(text) {
    if (/^[\0-\x7f]*$/.test(text)) return text;
    return withoutAccents(text.replace(/[^\0-\x7f]/g, alikeOf)).replace(BETWEEN, "");
  }

  /** @type {Map<string, string>} */
  const folded = new Map();

  /** @param {string} cluster */
  function foldCluster(cluster) {
    let found = folded.get(cluster);
    if (found === undefined) folded.set(cluster, (found = fold(normal(cluster))));
    return found;
  }

  /**
   * Return a text as it is folded, with the place in the text of each of its units.
   *
   * @param {string} text
   */
  function placed(text) {
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
    for (const { index } of [...bare.matchAll(BETWEEN)].reverse()) {
      bare = bare.slice(0, index) + bare.slice(index + 1);
      starts.splice(index, 1);
      ends.splice(index, 1);
    }
    return { bare, starts, ends };
  }

  /** @param {string} folded */
  const runs = (folded) => folded.match(RUN) ?? [];
  /** @param {string} term */
  const isSingle = (term) => IS_SINGLE.test(term);

  /**
   * Return the terms of a word of letters and digits, each with where it stands in the word.
   *
   * @param {string} word
   * @returns {[term: string, from: number, to: number][]}
   */
  function forms(word) {
    const joined = word.replace(WITHIN, "").toLowerCase();
    const parts = [...word.matchAll(PARTS)].map(({ 0: part, index }) => ({ part, index }));
    const numbers = parts.flatMap(({ part, index }) =>
      part.includes(".") ? [...part.matchAll(/\p{Nd}+/gu)].map((found) => ({ part: found[0], index: index + found.index })) : [],
    );
    const within = parts.length + numbers.length > 1 ? [...parts, ...numbers] : [];
    const bare = joined.replace(AROUND, "");
    /** @type {[string, number, number][]} */
    const found = [[joined, 0, word.length], [bare, 0, word.length]];
    for (const { part, index } of within) found.push([part.toLowerCase(), index, index + part.length]);
    return found.filter(([term]) => term);
  }

  /**
   * Return the terms of a text, as terms.py has them.
   *
   * @param {string} text
   */
  function terms(text) {
    const written = normal(text);
    const found = new Set();
    /** @param {string} run */
    const addPairs = (run) => {
      const all = [...run];
      for (let at = 1; at < all.length; at++) found.add(all[at - 1] + all[at]);
    };
    for (const run of runs(fold(written))) {
      if (isSingle(run)) {
        for (const one of run) found.add(one);
        addPairs(run);
      } else for (const [term] of forms(run)) found.add(term);
    }
    for (const word of written.match(/[\u30a1-\u30fa\u30fc]{3,64}/g) ?? []) {
      if (word.length > 3) found.add(`=${word}`);
    }
    if (written.includes(LONG)) {
      const short = written.replace(/[\u30a1-\u30fa\u30fc]{3,64}/g, withoutLong);
      for (const run of runs(fold(short))) if (isSingle(run)) addPairs(run);
    }
    return found;
  }

  /** @param {string} word */
  const withoutLong = (word) => word.slice(0, 2) + word.slice(2).replaceAll(LONG, "");

  /**
   * Return かな without the ー at the end, and without every ー that may be left out:
   * サーバーレス, サーバレス.
   *
   * @param {string} text
   */
  function spellings(text) {
    const written = normal(text);
    return [...new Set([written.replace(OPEN_KANA, "$1"), written.replace(KANA, withoutLong)])];
  }

  /**
   * Return the words within a word, or the word itself, with where they stand.
   *
   * @param {string} run
   * @param {number} index
   */
  function partsOf(run, index) {
    const all = [...run.matchAll(PARTS)];
    const parts = all.length > 1 ? all : [{ 0: run, index: 0 }];
    return parts.map(({ 0: part, index: from }) => ({ term: part.toLowerCase(), from: index + from, to: index + from + part.length }));
  }

  /** A text in which words are looked for. */
  class Words {
    /** @param {string} text */
    constructor(text) {
      const { bare, starts, ends } = placed(text);
      this.bare = bare;
      this.starts = starts;
      this.ends = ends;
      /** @type {Map<string, [number, number][]> | null} */
      this.places = null;
      /** @type {{ bare: string, kept: number[] } | null} */
      this.short = null;
      /** @type {{ term: string, from: number, to: number }[] | null} */
      this.all = null;
    }

    /**
     * Return where characters stand one after the other, with or without their ー.
     *
     * @param {string} phrase
     * @returns {Ranges}
     */
    phrase(phrase) {
      const found = indexes(this.bare, phrase).map((at) => this.range(at, at + phrase.length));
      if (found.length || !this.bare.includes(LONG)) return found;
      this.short ??= this.shortened();
      const { bare, kept } = this.short;
      const short = phrase.replaceAll(LONG, "");
      if (!short) return [];
      return indexes(bare, short).map((at) => {
        let end = kept[at + short.length - 1] + 1;
        while (this.bare[end] === LONG) end++;
        return this.range(kept[at], end);
      });
    }

    /**
     * Return where a text stands as it is, but for case, width and accents.
     *
     * @param {string} found
     * @returns {Ranges}
     */
    literal(found) {
      const bare = fold(normal(found)).toLowerCase();
      if (!bare) return [];
      return indexes(this.bare.toLowerCase(), bare).map((at) => this.range(at, at + bare.length));
    }

    shortened() {
      const kept = this.starts.map((_start, at) => at).filter((at) => this.bare[at] !== LONG);
      return { bare: kept.map((at) => this.bare[at]).join(""), kept };
    }

    /**
     * Return where one of several terms stands, as a word or a part of one.
     *
     * @param {Iterable<string>} terms
     * @returns {Ranges}
     */
    words(terms) {
      if (!this.places) {
        this.places = new Map();
        for (const { 0: run, index } of this.bare.matchAll(RUN)) {
          if (isSingle(run)) continue;
          for (const [term, from, to] of forms(run)) {
            const all = this.places.get(term) ?? [];
            all.push([index + from, index + to]);
            this.places.set(term, all);
          }
        }
      }
      /** @type {Ranges} */
      const found = [];
      for (const term of terms) {
        for (const [from, to] of this.places.get(term) ?? []) found.push(this.range(from, to));
      }
      return found;
    }

    /**
     * Return where words stand one after the other: 37signals as 37 signals.
     *
     * @param {string[]} terms
     * @returns {Ranges}
     */
    sequence(terms) {
      const all = (this.all ??= [...this.bare.matchAll(RUN)].flatMap(({ 0: run, index }) => (isSingle(run) ? [] : partsOf(run, index))));
      /** @type {Ranges} */
      const found = [];
      for (let at = 0; at + terms.length <= all.length; at++) {
        if (terms.every((term, number) => all[at + number].term === term)) {
          found.push(this.range(all[at].from, all[at + terms.length - 1].to));
        }
      }
      return found;
    }

    /**
     * Return the range in the text of a range in its folded form.
     *
     * @param {number} from
     * @param {number} to
     * @returns {[number, number]}
     */
    range(from, to) {
      return [this.starts[from], this.ends[to - 1]];
    }
  }

  /**
   * @param {string} text
   * @param {string} part
   */
  function indexes(text, part) {
    const found = [];
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found.push(at);
    return found;
  }

  /**
   * Return ranges in their order, those that overlap as one.
   *
   * @param {Ranges} ranges
   */
  function merged(ranges) {
    /** @type {Ranges} */
    const found = [];
    for (const [start, end] of ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
      const last = found.at(-1);
      if (last && start < last[1]) last[1] = Math.max(end, last[1]);
      else found.push([start, end]);
    }
    return found;
  }

  return { Words, fold, forms, isSingle, merged, normal, runs, spellings, terms };
})();
