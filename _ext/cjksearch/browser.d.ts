/* The types of what the scripts in static/ hand each other. Read by the type checker alone. */

/** A piece of a text that is searched by, and where it starts and ends there. */
interface Token {
  text: string;
  start: number;
  end: number;
}

/** One way to write a piece of a query; what is quoted is found as it is alone. */
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

/** Where something stands: [start, end] of each place. */
type Ranges = [number, number][];

/** Rows of records → in which field they were found, or how well they answer. */
type Found = Map<number, number>;

/** A record as the files of records have it (browser_data.py). */
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

/** The places from which names and text begin in Pagefind's records; see pagefind.py. */
interface PagefindIndex {
  names: number;
  text: number;
  borders: string[];
}

/** A search field: it is always in a form. */
type SearchField = HTMLInputElement & { form: HTMLFormElement };

/** Records of one event or page that follow each other, and the date that all have. */
interface Group {
  title: string;
  date: string;
  records: SearchRecord[];
}

/** What the site says of its search (extension.py). */
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

/** Of each filter its values, each with the differences between the rows that have it. */
type Facets = Record<string, [value: string, differences: number[]][]>;

/** Values that are chosen, by filter. */
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
  asked: Query;
  rows: number[];
  scores: Found;
  isMissing: boolean;
}

interface Engine {
  phrase(tokens: string[]): Promise<Found>;
  prefix(word: string): Promise<Found>;
  close(): void;
}

/** Of Pagefind's own module what the worker uses; `words` are the places of what is asked. */
interface Pagefind {
  options(options: { exactDiacritics: boolean; metaCacheTag: string | null }): Promise<void>;
  init(): Promise<void>;
  preload(word: string): Promise<void>;
  search(query: string): Promise<{ results: { id: string; words: number[] }[] }>;
}

/** What the worker is asked, and what it answers (cjksearch-worker.js). */
interface WorkerQuestion {
  number: number;
  query: string | null;
  words: string[];
}

interface WorkerAnswer {
  ids: string[];
  places: number[];
}

/** Terms → the row, or the rows, that have them: Sphinx's index. */
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
  told(name: "failed" | "searching"): string;
  told(name: "site"): string | undefined;
  trusted(url: URL | string): string;

  words: {
    tokens(text: string): Token[];
    texts(text: string): string[];
    isWord(token: string): boolean;
    isNumber(token: string): boolean;
    cut(tokens: string[]): string[][];
    parse(query: string, synonyms?: string[][]): Query;
    withoutParticles(query: string): string;
    stands(text: string, phrase: string[], isPrefix: boolean): boolean;
    marks(text: string, asked: Query): Ranges;
  };
  engines: {
    open(site: Site, recordOf: RecordOf): Promise<Engine | null>;
    giveUp(engine: Engine, site: Site, error: Error): boolean;
    standing(found: Found, phrase: string[], isPrefix: boolean, recordOf: RecordOf): Promise<Found>;
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

// What the pages have: our scripts, and what Sphinx and its themes put there.
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
