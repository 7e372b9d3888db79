/* Each engine on what it reads: Sphinx's index as fallback.py writes it, and Pagefind's answers. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { load } from "./scripts.mjs";

const RECORDS = [
  { title: "コンテナ基盤", names: ["Aoyama"], text: "Pub/Sub と GKE\n今年度の話", parents: ["Days"] },
  { title: "GKE", names: ["Shindo"], text: "今年 と 年度\ncubes", parents: ["Days"] },
];
const recordOf = async (row) => RECORDS[row];
const SITE = { digest: "1", hasFallback: true, pagefind: null };
const PAGEFIND = { names: 100, text: 200, borders: ["cub", "kub"] };
const WITH_PAGEFIND = { ...SITE, pagefind: PAGEFIND };
const UNREADABLE = { ids: [], places: [], error: "no index" };

/* The terms of the records above: "@" begins those of names, "~" those of titles around. */
const INDEX = {
  terms: {
    gke: [0, 1], pub: 0, sub: 0, "pub sub": 0, cubes: 1,
    今: [0, 1], 年: [0, 1], 度: [0, 1], 今年: [0, 1], 年度: [0, 1],
    "@aoyama": 0, "@shindo": 1, "~days": [0, 1],
  },
  titleterms: { コ: 0, ン: 0, コン: 0, gke: 1 },
};

/** What the worker is asked, and what it answers: `answer` is set by each test. */
let asked;
let answer;

globalThis.location = { protocol: "https:" };
globalThis.Worker = class {
  constructor(url) {
    this.url = url;
    this.listeners = {};
  }

  addEventListener(type, listener) {
    this.listeners[type] = listener;
  }

  postMessage({ number, query, words }) {
    if (query !== null) asked.push([query, words]);
    queueMicrotask(() => {
      if (!this.isTerminated) this.listeners.message({ data: { number, ...answer(query) } });
    });
  }

  terminate() {
    this.isTerminated = true;
  }
};

// What is told of an index that cannot be read.
mock.method(console, "warn", () => {});

let engines;

beforeEach(() => {
  asked = [];
  answer = () => ({ ids: [], places: [] });
  // Each test has an engine that has not failed yet.
  ({ engines } = load("words", "engines"));
  cjksearch.load = async () => globalThis.Search.setIndex(INDEX);
});

test("Sphinx's index tells in what a token was found", async () => {
  const engine = await engines.open(SITE, recordOf);
  assert.deepEqual(await engine.phrase(["gke"]), new Map([[0, 1], [1, 3]]));
  assert.deepEqual(await engine.phrase(["aoyama"]), new Map([[0, 2]]));
  assert.deepEqual(await engine.phrase(["days"]), new Map([[0, 0.5], [1, 0.5]]));
  assert.deepEqual(await engine.phrase(["none"]), new Map());
});

test("phrases are pairs of neighbours there, and of many pairs all stand together", async () => {
  const engine = await engines.open(SITE, recordOf);
  assert.deepEqual(await engine.phrase(["pub", "sub"]), new Map([[0, 1]]));
  // 今年 and 年度 are in both records, 今年度 in one.
  assert.deepEqual(await engine.phrase(["今", "年", "度"]), new Map([[0, 1]]));
});

test("words that begin so are found there, in whatever they stand", async () => {
  const engine = await engines.open(SITE, recordOf);
  assert.deepEqual(await engine.prefix("cu"), new Map([[1, 1]]));
  assert.deepEqual(await engine.prefix("gk"), new Map([[0, 1], [1, 3]]));
  assert.deepEqual(await engine.prefix("aoy"), new Map([[0, 2]]));
  assert.deepEqual(await engine.prefix("da"), new Map([[0, 0.5], [1, 0.5]]));
});

test("the place of what Pagefind finds tells the field, its id the row", async () => {
  answer = () => ({ ids: ["0", "1", "a1", "2"], places: [0, 150, 250, Infinity] });
  const engine = await engines.open(WITH_PAGEFIND, recordOf);
  const found = await engine.phrase(["pub", "sub"]);
  assert.deepEqual(found, new Map([[0, 3], [1, 2], [26, 1], [2, 0.5]]));
  assert.deepEqual(asked, [['"pub sub"', []]]);
});

test("Pagefind reads all files whose words may begin so", async () => {
  answer = () => ({ ids: ["1"], places: [250] });
  const engine = await engines.open(WITH_PAGEFIND, recordOf);
  assert.deepEqual(await engine.prefix("cu"), new Map([[1, 1]]));
  assert.deepEqual(asked, [["cu", ["cub"]]]);
});

test("what Pagefind finds by a shorter word begins otherwise, and is not found", async () => {
  answer = () => ({ ids: ["1"], places: [250] });
  const engine = await engines.open(WITH_PAGEFIND, recordOf);
  assert.deepEqual(await engine.prefix("cubesque"), new Map());
});

test("where Pagefind's index cannot be read, Sphinx's answers", async () => {
  answer = () => UNREADABLE;
  const engine = await engines.open(WITH_PAGEFIND, recordOf);
  assert.deepEqual(await engine.phrase(["aoyama"]), new Map([[0, 2]]));
  await assert.rejects(engines.open({ ...WITH_PAGEFIND, hasFallback: false }, recordOf), /no index/);
});

test("an engine that fails later is given up, and not tried again", async () => {
  const engine = await engines.open(WITH_PAGEFIND, recordOf);
  answer = () => UNREADABLE;
  await assert.rejects(engine.phrase(["gke"]), /no index/);
  assert.equal(engines.giveUp(engine, WITH_PAGEFIND, new Error("no index")), true);
  answer = () => ({ ids: [], places: [] });
  const other = await engines.open(WITH_PAGEFIND, recordOf);
  assert.equal((await other.phrase(["gke"])).size, 2);
  // There is no third one.
  assert.equal(engines.giveUp(other, WITH_PAGEFIND, new Error("no index")), false);
});

test("questions that are open when an engine is closed fail", async () => {
  const engine = await engines.open(WITH_PAGEFIND, recordOf);
  const question = engine.phrase(["gke"]);
  engine.close();
  await assert.rejects(question, /closed/);
});

test("a page from a file asks Sphinx's index; a site without any has no engine", async () => {
  globalThis.location = { protocol: "file:" };
  try {
    const engine = await engines.open(WITH_PAGEFIND, recordOf);
    assert.deepEqual(await engine.phrase(["aoyama"]), new Map([[0, 2]]));
    assert.equal(await engines.open({ ...WITH_PAGEFIND, hasFallback: false }, recordOf), null);
  } finally {
    globalThis.location = { protocol: "https:" };
  }
});

test("of many only the first few are looked at; what is cut cannot tell", async () => {
  const found = new Map([[1, 1], [0, 1]]);
  const containing = (phrase, of = recordOf) => engines.containing(found, phrase, false, of);
  assert.deepEqual(await containing(["今", "年", "度"]), new Map([[0, 1]]));
  const cut = async (row) => ({ ...RECORDS[row], text: `${RECORDS[row].text}…` });
  assert.deepEqual(await containing(["今", "年", "度"], cut), new Map([[0, 1], [1, 1]]));
});
