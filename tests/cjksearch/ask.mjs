/* node ask.mjs SITE: for each line, a query in JSON with how many results are wanted, the results
   and what is said of the query; as on a page that is read from a disk, and shows ten more each time. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runInThisContext } from "node:vm";

import { load } from "./scripts.mjs";

const [, , site] = process.argv;
const received = new Map();
globalThis.location = { protocol: "file:" };
cjksearch.address = (path) => path;
cjksearch.receive = (name, value) => received.set(name, value);
cjksearch.data = async (name) => {
  if (!received.has(name)) runInThisContext(readFileSync(join(site, `${name}.js`), "utf-8"));
  return received.get(name);
};
cjksearch.site = () => cjksearch.data("site");
const { search } = load("words", "sounds", "index", "query", "search");
for await (const line of createInterface({ input: process.stdin })) {
  const { query, wanted, chosen, order } = JSON.parse(line);
  const values = Object.entries(chosen).map(([name, some]) => [name, new Set(some)]);
  const answer = await search.find(query, new Map(values), order);
  for (let shown = 10; shown < wanted; shown += 10) await search.results(answer, shown);
  const records = await search.results(answer, wanted);
  const results = records.map((record) => ({
    ...record,
    marks: search.marks(record.text, answer).map(([start, end]) => record.text.slice(start, end)),
  }));
  const counts = await search.countBy(answer, new Map(values));
  console.log(JSON.stringify({ results, total: search.total(answer), notes: answer.notes, counts }));
}
