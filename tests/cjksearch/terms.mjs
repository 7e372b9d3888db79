/* For each line, a function and a list of texts in JSON, what the function makes of each:
   test_terms.py asks. */
import { createInterface } from "node:readline";

import { load } from "./scripts.mjs";

const { words, sounds } = load("words", "sounds");
const functions = {
  terms: (text) => [...words.terms(text)],
  sounds: (word) => [...sounds.sounds(word).keys()],
};
for await (const line of createInterface({ input: process.stdin })) {
  const { name, texts } = JSON.parse(line);
  console.log(JSON.stringify(texts.map(functions[name])));
}
