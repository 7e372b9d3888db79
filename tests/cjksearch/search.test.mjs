/* A query → rows in their order, with an engine of a few words; filters, and what is read anew. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { load } from "./scripts.mjs";

const RECORDS = [
  ["a.html", "GKE batch", ["Days"], "", [], "2020-01-02", ["Days"]],
  ["b.html", "GKE", ["Days"], "batch", [], "2020-01-01", ["Days"]],
  ["c.html", "Kubernetes", ["Days"], "GKE", [], "", []],
];
const SITE = {
  digest: "1",
  counts: [2, 1],
  total: 3,
  pagefind: null,
  hasFallback: true,
  filters: { year: "Year", kind: "Kind" },
  synonyms: [["Kubernetes", "k8s"]],
};
/* Rows are told as differences. */
const FACETS = { year: [["2019", []], ["2020", [0, 1]]], kind: [["talk", [0, 2]], ["panel", [1]]] };
/* Fields: 3 in the title, 2 in names, 1 in the text, a half around. */
const PHRASES = {
  gke: [[0, 3], [1, 3], [2, 1]],
  batch: [[0, 3], [1, 1]],
  "gke batch": [[0, 3]],
  kubernetes: [[2, 3]],
  days: [[0, 0.5], [1, 0.5], [2, 0.5]],
  バ: [[1, 1]],
};
const PREFIXES = { ba: [[0, 3], [1, 1]], kube: [[2, 3]] };

let search;
let read;
let engine;
let given;

class FewWords {
  async phrase(tokens) {
    return new Map(PHRASES[tokens.join(" ")]);
  }

  async prefix(word) {
    return new Map(PREFIXES[word]);
  }

  close() {
    this.isClosed = true;
  }
}

globalThis.location = { protocol: "https:" };

beforeEach(() => {
  ({ search } = load("words", "engines", "search"));
  read = [];
  given = [];
  engine = new FewWords();
  cjksearch.data = async (name) => {
    read.push(name);
    const rows = { "records/0": RECORDS.slice(0, 2), "records/1": RECORDS.slice(2) };
    return { site: SITE, facets: FACETS, ...rows }[name];
  };
  cjksearch.engines = {
    ...cjksearch.engines,
    open: async () => engine,
    giveUp: (_engine, _site, error) => {
      given.push(error.message);
      engine = new FewWords();
      return true;
    },
  };
});

const rows = async (...typed) => (await search.find(...typed)).rows;

test("titles come before texts, and of equal ones the newer first", async () => {
  assert.deepEqual(await rows("gke"), [0, 1, 2]);
  assert.deepEqual(await rows("kubernetes gke"), [2]);
});

test("pieces are all to be found, together first", async () => {
  const { rows: found, scores } = await search.find("gke batch");
  assert.deepEqual(found, [0, 1]);
  assert.ok(scores.get(0) > scores.get(1) + 4);
});

test("what has begun is found after what is whole", async () => {
  const begun = await search.find("ba");
  const whole = await search.find("batch");
  assert.deepEqual(begun.rows, whole.rows);
  assert.ok(begun.scores.get(0) < whole.scores.get(0));
  assert.deepEqual(await rows('"ba"'), []);
});

test("what is only in the titles around is no find by itself", async () => {
  assert.deepEqual(await rows("days"), []);
  assert.deepEqual(await rows("days batch"), [0, 1]);
});

test("a synonym is found as the word is", async () => {
  assert.deepEqual(await rows("k8s"), [2]);
});

test("parts of a compound are found apart", async () => {
  assert.deepEqual(await rows("GKEバ"), [1]);
});

test("where nothing is found, particles go", async () => {
  const { query, rows: found } = await search.find("GKEのバ");
  assert.equal(query, "GKE バ");
  assert.deepEqual(found, [1]);
});

test("nothing typed finds all, in the order of the site", async () => {
  assert.deepEqual(await rows(" "), [0, 1, 2]);
});

test("by date is the order of the site, whatever the words are worth", async () => {
  assert.deepEqual(await rows("gke", new Map(), "date"), [0, 1, 2]);
  assert.deepEqual(await rows("batch ba", new Map(), "date"), [0, 1]);
});

test("any value of a filter, and each filter", async () => {
  const chosen = (values) => new Map(Object.entries(values).map(([k, v]) => [k, new Set(v)]));
  assert.deepEqual(await rows("gke", chosen({ kind: ["talk", "panel"] })), [0, 1, 2]);
  assert.deepEqual(await rows("gke", chosen({ kind: ["talk"], year: ["2020"] })), [0]);
  assert.deepEqual(await rows("gke", chosen({ year: ["2019"] })), []);
  assert.deepEqual(await rows("gke", chosen({ year: ["1999"] })), []);
});

test("each value tells how many it would leave, with the other filters as they are", async () => {
  const { scores } = await search.find("gke");
  const chosen = new Map([["kind", new Set(["panel"])], ["year", new Set(["1999"])]]);
  const counts = await search.count(scores, new Map([["kind", new Set(["panel"])]]));
  assert.deepEqual(counts, [
    { name: "year", label: "Year", values: [{ value: "2019", count: 0 }, { value: "2020", count: 1 }] },
    { name: "kind", label: "Kind", values: [{ value: "talk", count: 2 }, { value: "panel", count: 1 }] },
  ]);
  // What is chosen and no value any more is there to be given up.
  const [year] = await search.count(scores, chosen);
  assert.deepEqual(year.values.at(-1), { value: "1999", count: 0 });
});

test("a record is read from the file that has its row", async () => {
  const record = await search.recordOf(2);
  assert.equal(record.url, "https://example.org/c.html");
  assert.equal(record.title, "Kubernetes");
  assert.deepEqual(read, ["site", "records/1"]);
});

test("filters are not read before something is chosen or counted", async () => {
  await search.find("gke");
  assert.deepEqual(read, ["site"]);
});

test("an engine that fails is given up once, and the other answers", async () => {
  engine.phrase = async () => {
    throw new Error("broken");
  };
  const found = await Promise.all([search.find("gke"), search.find("batch")]);
  assert.deepEqual(found.map(({ rows: all }) => all), [[0, 1, 2], [0, 1]]);
  assert.deepEqual(given, ["broken"]);
});

test("a browser without an engine has nothing to answer with", async () => {
  engine = null;
  const { isMissing, rows: found } = await search.find("gke");
  assert.ok(isMissing);
  assert.deepEqual(found, []);
});

test("what could not be read is read again; what is forgotten is, too", async () => {
  const { data } = cjksearch;
  cjksearch.data = async () => {
    throw new Error("no network");
  };
  await assert.rejects(search.find("gke"), /no network/);
  cjksearch.data = data;
  assert.deepEqual(await rows("kube"), [2]);
  const opened = engine;
  search.forget();
  await rows("kube");
  assert.deepEqual(read, ["site", "site"]);
  assert.ok(opened.isClosed);
});
