/* For each line, a list of texts in JSON, the tokens of each: test_folding.py asks. */
import { createInterface } from "node:readline";

import { load } from "./scripts.mjs";

const { words } = load("words");
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(JSON.parse(line).map(words.texts)));
}
