/* The types that the scripts in static/ share. Only the type checker reads this file. */

/** Positions: [start, end) of each match. */
type Ranges = [number, number][];

/** A text in which words are looked for (cjksearch-words.js). */
interface Words {
  bare: string;
  phrase(phrase: string): Ranges;
  words(terms: Iterable<string>): Ranges;
  sequence(terms: string[]): Ranges;
  literal(found: string): Ranges;
}

/** What somebody types: see `parse` in cjksearch-query.js. */
interface Parsed {
  quoted: string[];
  unwanted: string[];
  dates: { text: string; term: string }[];
  words: string[];
}

/**
 * A part of a word in one script: of each row the fields that have it as it is, and in other forms;
 * and what it looks like in a text.
 */
interface Part {
  whole: Uint8Array;
  other: Uint8Array;
  phrase?: string;
  terms?: Set<string>;
  sequence?: string[];
}

/** A word of a query, with its parts in each way to write it. */
interface Word {
  text: string;
  whole: Uint8Array;
  all: Uint8Array;
  ways: Part[][];
  isDate?: boolean;
  /** What is marked instead of its parts. */
  literals?: string[];
  /** Whether it is the site's word for one that is nowhere. */
  isGuess?: boolean;
  quoted?: string;
}

/**
 * Words that were left out, whether of the others each result has but some, and words that were
 * read as others.
 */
interface Notes {
  meant: { typed: string; meant: string }[];
  without: string[];
  isPartial: boolean;
}

interface Found {
  parsed: Parsed;
  words: Word[];
  found: Uint8Array;
  score: Float32Array;
  notes: Notes;
}

/** The rows that were found, best first, and the records that have been looked at so far. */
interface Answer extends Found {
  typed: string;
  rows: number[];
  isByDate: boolean;
  seen: SearchRecord[];
  at: number;
}

/** A record in a file of records (index.py). */
type RecordRow = [
  url: string,
  title: string,
  parents: string[],
  text: string,
  names: string[],
  date: string,
  shown: string[],
];

interface SearchRecord {
  row: number;
  url: string;
  title: string;
  parents: string[];
  text: string;
  names: string[];
  shown: string[];
  date: string;
}

/** A search field, which is always in a form. */
type SearchField = HTMLInputElement & { form: HTMLFormElement };

/** Adjacent records of one event or page, and their common date. */
interface Group {
  title: string;
  date: string;
  records: SearchRecord[];
}

/** The data of the site (update.py, extension.py). */
interface Site {
  tag: string;
  files: number;
  /** The beginnings of words that are parted further, with the letters that stand next. */
  parted: Record<string, string>;
  /** The first row of each page, the oldest first, told as differences. */
  starts: number[];
  lengths: string;
  total: number;
  filters: Record<string, string>;
  /** The filters whose values are listed newest first. */
  newest: string[];
  synonyms: string[][];
  messages: Record<
    | "results" | "nothing" | "one" | "many" | "all" | "more" | "narrow" | "order" | "relevance"
    | "date" | "word" | "without" | "partial" | "meant" | "tried" | "unmark",
    string
  >;
}

/** What is known of the site and of the rows of its index. */
interface Known extends Omit<Site, "lengths" | "parted"> {
  size: number;
  /** Of each row its place among rows that are worth the same, from the end; and the other way. */
  place: Int32Array;
  rowAt: Int32Array;
  lengths: Uint8Array;
  isThere: Uint8Array;
  parted: Map<string, string>;
}

/** The values of each filter, with the differences between the rows that have them. */
type Facets = Record<string, [value: string, differences: number[]][]>;

/** The chosen values of each filter. */
type Chosen = Map<string, Set<string>>;

interface Filter {
  name: string;
  label: string;
  values: Map<string, number[]>;
}

interface CountedFilter {
  name: string;
  label: string;
  values: { value: string; count: number }[];
}

interface Stemmer {
  stemWord(word: string): string;
}

interface Cjksearch {
  address(path: string): string;
  data(name: "site", tag: string): Promise<Site>;
  data(name: "facets", tag: string): Promise<Facets>;
  data(name: "stemmer", tag: string): Promise<Stemmer>;
  data(name: `i/${number}`, tag: string): Promise<string>;
  data(name: `r/${number}`, tag: string): Promise<RecordRow[]>;
  forget(): void;
  isComposing(): boolean;
  isOfInputMethod(event: KeyboardEvent): boolean;
  limit(field: HTMLInputElement): void;
  load(url: string): Promise<unknown>;
  open(): SearchField | null;
  receive(name: string, value: unknown): void;
  results(): HTMLElement | null;
  site(): Promise<Site>;
  pageText(name: "failed" | "searching"): string;
  pageText(name: "site"): string | undefined;
  trusted(url: URL | string): string;

  words: {
    Words: new (text: string) => Words;
    fold(text: string): string;
    forms(word: string): [term: string, from: number, to: number][];
    isSingle(term: string): boolean;
    merged(ranges: Ranges): Ranges;
    normal(text: string): string;
    runs(folded: string): string[];
    spellings(text: string): string[];
    terms(text: string): Set<string>;
  };
  sounds: {
    isNear(kana: string, latin: string): boolean;
    sounds(word: string): Map<string, string>;
  };
  index: {
    TEXT: number;
    NAMES: number;
    TITLE: number;
    AROUND: number;
    filters(): Promise<Filter[]>;
    forget(): void;
    mark(rows: Uint8Array, lists?: string[]): Uint8Array;
    open(): Promise<Known>;
    recordOf(row: number): Promise<SearchRecord>;
    rowsOf(term: string): Promise<Uint8Array>;
    termsBeginning(begin: string): Promise<Map<string, string[]>>;
    termsBeside(term: string): Promise<Map<string, string[]>>;
  };
  query: {
    alike(text: string): Promise<Word | null>;
    apart(text: string): Promise<Word | null>;
    inBoth(one: Uint8Array, other: Uint8Array): Uint8Array;
    inEither(one: Uint8Array, other: Uint8Array): Uint8Array;
    isAnywhere(rows: Uint8Array): boolean;
    meantBy(text: string): Promise<string | null>;
    parse(typed: string): Parsed;
    partsOf(word: string): string[];
    prepare(): Promise<void>;
    telling(words: string[]): string[];
    wordOf(text: string, names?: string[]): Promise<Word>;
    wordOfDate(date: { text: string; term: string }): Promise<Word>;
  };
  search: {
    countBy(answer: Answer, chosen: Chosen): Promise<CountedFilter[]>;
    find(typed: string, chosen?: Chosen, order?: string): Promise<Answer>;
    marks(text: string, answer: Answer): Ranges;
    prepare(): Promise<void>;
    results(answer: Answer, wanted: number): Promise<SearchRecord[]>;
    total(answer: Answer): number;
  };
  view: {
    attach(field: SearchField): void;
    page(results: HTMLElement, fields: SearchField[]): Promise<void>;
    mark(found: string[]): Promise<void>;
  };
}

// Globals of pages: our scripts', and those of Sphinx and its themes.
declare var cjksearch: Cjksearch;
declare var Search: { setIndex(index: never): void; loadIndex?(): void; init?(): void } | undefined;
declare var DOCUMENTATION_OPTIONS: Record<string, unknown>;

// TypeScript has no types for Trusted Types yet.
interface Window {
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): string };
  };
}
