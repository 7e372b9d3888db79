/* What is typed → what is asked, and where it stands. That tokens are those of folding.py is
   tested in test_folding.py. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./scripts.mjs";

const { words } = load("words");

/** Pieces as text: tokens with blanks between, what is quoted in quotes. */
const written = (alternatives) =>
  alternatives.map(({ tokens, isQuoted }) => (isQuoted ? `"${tokens.join(" ")}"` : tokens.join(" ")));
const pieces = (query, synonyms) => words.parse(query, synonyms).pieces.map(written);

test("tokens tell where they stand, in units of the text as it was", () => {
  const text = "ｶﾞ𠮷ﬁ㌔e\u0301";
  const found = words.tokens(text).map((token) => [token.text, text.slice(token.start, token.end)]);
  assert.deepEqual(found, [
    ["ガ", "ｶﾞ"],
    ["𠮷", "𠮷"],
    ["fi", "ﬁ"],
    ["キ", "㌔"],
    ["ロ", "㌔"],
    ["e", "e\u0301"],
  ]);
});

test("apostrophes within words are no part of them, and move no place", () => {
  const text = "I’m here, 'so'";
  const found = words.tokens(text).map((token) => [token.text, text.slice(token.start, token.end)]);
  assert.deepEqual(found, [["im", "I’m"], ["here", "here"], ["so", "so"]]);
});

test("words are runs of letters, numbers runs of digits", () => {
  assert.deepEqual(["gke", "é", "2", "漢", "ー", "+"].filter(words.isWord), ["gke", "é"]);
  assert.deepEqual(["2", "18", "４", "a2", "+"].filter(words.isNumber), ["2", "18", "４"]);
});

test("a query is cut where letters and 漢字 or かな meet", () => {
  const cut = (text) => words.cut(words.texts(text)).map((part) => part.join(" "));
  assert.deepEqual(cut("GKEバッチ"), ["gke", "バ ッ チ"]);
  assert.deepEqual(cut("3D解析"), ["3 d", "解 析"]);
  assert.deepEqual(cut("解析3D"), ["解 析 3", "d"]);
  assert.deepEqual(cut("node.js"), ["node . js"]);
  assert.deepEqual(cut(""), []);
});

test("a query is its pieces; what is quoted is one", () => {
  assert.deepEqual(pieces("GKE batch"), [["gke"], ["batch"]]);
  assert.deepEqual(pieces('"load balancer" GKE'), [['"load balancer"'], ["gke"]]);
  assert.deepEqual(pieces("“load balancer”＂GKE＂"), [['"load balancer"'], ['"gke"']]);
  // Quotes that are not closed reach to the end.
  assert.deepEqual(pieces('GKE "load bal'), [["gke"], ['"load bal"']]);
  assert.deepEqual(pieces(' "" … '), []);
});

test("a piece is found with the ー of カタカナ and without", () => {
  assert.deepEqual(pieces("サーバー"), [["サ ー バ"]]);
  assert.deepEqual(pieces("サーバーレス"), [["サ ー バ ー レ ス", "サ ー バ レ ス"]]);
  assert.deepEqual(pieces('"サーバー"'), [['"サ ー バ ー"']]);
});

test("synonyms are found as they are, in each spelling, and never within quotes", () => {
  const names = [["Kubernetes", "k8s"], ["サーバーレス", "machine learning"]];
  assert.deepEqual(pieces("k8s", names), [["k 8 s", '"kubernetes"']]);
  assert.deepEqual(pieces('"k8s"', names), [['"k 8 s"']]);
  assert.ok(pieces("さーばれす", names)[0].includes('"machine learning"'));
  // A name of several pieces is an alternative to all of them.
  const { whole, phrase } = words.parse("machine learning", names);
  assert.deepEqual(phrase, ["machine", "learning"]);
  assert.ok(written(whole).includes('"サ ー バ レ ス"'));
});

test("words that are written apart are found together, too", () => {
  assert.deepEqual(written(words.parse("load balancer").whole), ['"loadbalancer"']);
  assert.deepEqual(words.parse("load balancer").phrase, ["load", "balancer"]);
  assert.deepEqual(words.parse('"load" balancer').whole, []);
  assert.deepEqual(words.parse("load 2").whole, []);
  const { whole, phrase } = words.parse("load");
  assert.deepEqual([whole, phrase], [[], []]);
});

test("particles between what is no ひらがな may go, where nothing is quoted", () => {
  assert.equal(words.withoutParticles("GKEのバッチを運用"), "GKE バッチ 運用");
  assert.equal(words.withoutParticles('"GKEのバッチ"'), '"GKEのバッチ"');
  assert.equal(words.withoutParticles("ものの話"), "ものの話");
});

test("a phrase stands in a text in any spelling; its last word may have only begun", () => {
  assert.ok(words.contains("社内ｻｰﾊﾞｰの運用", words.texts("サーバ"), false));
  assert.ok(words.contains("サーバーレス", words.texts("サバレス"), false));
  assert.ok(words.contains("Cloud Pub/Sub", ["pub", "su"], true));
  assert.ok(!words.contains("Cloud Pub/Sub", ["pub", "su"], false));
  assert.ok(!words.contains("Cloud Pub/Sub", ["pu", "sub"], true));
  assert.ok(!words.contains("バッチ", words.texts("パッチ"), true));
});

const SYNONYMS = [["Kubernetes", "k8s"], ["サーバーレス", "FaaS"]];

for (const [query, text, expected] of [
  ["コンテナ", "ｺﾝﾃﾅ基盤のこんてな", ["ｺﾝﾃﾅ", "こんてな"]],
  ["kube", "Kubernetes, not cube", ["Kubernetes"]],
  ['"kube"', "Kubernetes, Kube", ["Kube"]],
  ["GKEバッチ", "GKEのバッチ", ["GKE", "バッチ"]],
  ["GKEバッチ", "GKEバッチ", ["GKEバッチ"]],
  ["サーバーレス", "サーバレスとサーバ", ["サーバレス"]],
  ["サーバレス", "サーバーレスなサーバー", ["サーバーレス"]],
  ["サーバー", "サーバとサーバー", ["サーバ", "サーバ"]],
  ["さーばー", "サーバとサーバー", ["サーバ", "サーバ"]],
  ["さーばーれすの", "サーバレスの運用", ["サーバレスの"]],
  ["FaaS", "サーバレスとサーバーレス", ["サーバレス", "サーバーレス"]],
  ["サーバレス", "FaaS", ["FaaS"]],
  ["さーばれす", "FaaS", ["FaaS"]],
  ["2.0 C++", "12.0, 2.0; C, C++", ["2.0", "C++"]],
  ["k8s", "Kubernetes and K8s", ["Kubernetes", "K8s"]],
  ["load balancer", "LoadBalancer, load", ["LoadBalancer", "load"]],
  ["バッチ", "パッチ", []],
]) {
  test(`${query} marks ${expected.join(" and ") || "nothing"} in ${text}`, () => {
    const marks = words.marks(text, words.parse(query, SYNONYMS));
    assert.deepEqual(marks.map(([start, end]) => text.slice(start, end)), expected);
  });
}
