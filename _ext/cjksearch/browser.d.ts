/* The types that the scripts in static/ share. Only the type checker reads this file. */

/** A token of a text, and its position there. */
interface Token {
  text: string;
  start: number;
  end: number;
}

/** A way to write a piece of a query; a quoted one matches only as it is. */
interface Alternative {
  tokens: string[];
  isQuoted: boolean;
}

/** A parsed query: see `parse` in cjksearch-words.js. */
interface Query {
  pieces: Alternative[][];
  whole: Alternative[];
  phrase: string[];
}

/** Positions: [start, end) of each match. */
type Ranges = [number, number][];

/** The fields, or the scores, of records by row. */
type Found = Map<number, number>;

/** A record in a file of records (browser_data.py). */
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

type RecordOf = (row: number) => Promise<SearchRecord>;

/** The positions from which names and text begin in Pagefind's records; see pagefind.py. */
interface PagefindIndex {
  names: number;
  text: number;
  borders: string[];
}

/** A search field, which is always in a form. */
type SearchField = HTMLInputElement & { form: HTMLFormElement };

/** Adjacent records of one event or page, and their common date. */
interface Group {
  title: string;
  date: string;
  records: SearchRecord[];
}

/** The data of the site (extension.py). */
interface Site {
  digest: string;
  counts: number[];
  total: number;
  pagefind: PagefindIndex | null;
  hasFallback: boolean;
  filters: Record<string, string>;
  /** The filters whose values are listed newest first. */
  newest: string[];
  synonyms: string[][];
  messages: Record<
    | "results" | "nothing" | "one" | "many" | "all" | "more" | "narrow" | "order" | "relevance"
    | "date" | "missing",
    string
  >;
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

interface Answer {
  query: string;
  parsed: Query;
  rows: number[];
  scores: Found;
  isMissing: boolean;
}

interface Engine {
  phrase(tokens: string[]): Promise<Found>;
  prefix(word: string): Promise<Found>;
  close(): void;
}

/** The part of Pagefind's API that the worker uses; `words` are the positions of matches. */
interface Pagefind {
  options(options: { exactDiacritics: boolean; metaCacheTag: string | null }): Promise<void>;
  init(): Promise<void>;
  preload(word: string): Promise<void>;
  search(query: string): Promise<{ results: { id: string; words: number[] }[] }>;
}

/** A request to the worker (cjksearch-worker.js). */
interface WorkerQuestion {
  number: number;
  query: string | null;
  words: string[];
}

interface WorkerAnswer {
  ids: string[];
  places: number[];
}

/** Sphinx's index: the row, or the rows, of each term. */
interface SphinxIndex {
  terms: Record<string, number | number[]>;
  titleterms: Record<string, number | number[]>;
}

interface Cjksearch {
  address(path: string): string;
  data(name: "site", tag: string, digest?: string): Promise<Site>;
  data(name: "facets", tag: string, digest?: string): Promise<Facets>;
  data(name: `records/${number}`, tag: string, digest?: string): Promise<RecordRow[]>;
  isComposing(): boolean;
  isOfInputMethod(event: KeyboardEvent): boolean;
  limit(field: HTMLInputElement): void;
  load(url: string): Promise<unknown>;
  open(): boolean;
  receive(name: string, digest: string, value: unknown): void;
  results(): HTMLElement | null;
  script(name: string): string;
  pageText(name: "failed" | "searching"): string;
  pageText(name: "site"): string | undefined;
  trusted(url: URL | string): string;

  words: {
    tokens(text: string): Token[];
    texts(text: string): string[];
    isWord(token: string): boolean;
    isNumber(token: string): boolean;
    cut(tokens: string[]): string[][];
    parse(query: string, synonyms?: string[][]): Query;
    withoutParticles(query: string): string;
    contains(text: string, phrase: string[], isPrefix: boolean): boolean;
    marks(text: string, parsed: Query): Ranges;
  };
  engines: {
    open(site: Site, recordOf: RecordOf): Promise<Engine | null>;
    giveUp(engine: Engine, site: Site, error: Error): boolean;
    containing(found: Found, phrase: string[], isPrefix: boolean, recordOf: RecordOf): Promise<Found>;
    AROUND: number;
  };
  search: {
    settings(): Promise<Site>;
    prepare(): Promise<void>;
    find(typed: string, chosen?: Chosen, order?: string): Promise<Answer>;
    count(scores: Found, chosen: Chosen): Promise<CountedFilter[]>;
    recordOf: RecordOf;
    forget(): void;
  };
  view: {
    attach(field: SearchField): void;
    page(results: HTMLElement, fields: SearchField[]): Promise<void>;
    mark(query: string): Promise<void>;
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
