import js from "@eslint/js";
import globals from "globals";

const rules = {
  ...js.configs.recommended.rules,
  "eqeqeq": "error",
  "no-unused-expressions": ["error", { allowShortCircuit: true }],
  "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
  "prefer-template": "error",
  "strict": ["error", "global"],
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    // The scripts of the search. Each adds to one global; cjksearch.js makes it.
    files: ["_ext/*/static/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: { ...globals.browser, cjksearch: "writable", DOCUMENTATION_OPTIONS: "readonly" },
    },
    rules,
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: { ...globals.node, cjksearch: "writable" } },
    rules,
  },
  {
    // Rhino runs it, which knows no newer JavaScript.
    files: ["tests/accessible/validate.js"],
    languageOptions: {
      ecmaVersion: 5,
      sourceType: "script",
      globals: {
        Packages: "readonly",
        arguments: "readonly",
        java: "readonly",
        javax: "readonly",
        print: "readonly",
      },
    },
    rules: { ...js.configs.recommended.rules },
  },
  { ignores: ["_build/", "build/", ".venv*/"] },
];
