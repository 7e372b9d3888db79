/* The script that each page loads. It loads the other ones when somebody searches. */
"use strict";

// Themes that load Sphinx's search scripts get this one instead, some twice.
window.cjksearch ??= (() => {
  const root = new URL(document.documentElement.dataset.content_root || "./", document.baseURI);
  // One version for all scripts: a change of any of them changes it.
  const version = `?v=${document.currentScript?.dataset.version ?? ""}`;
  /** @type {Map<string, Promise<unknown>>} */
  const scripts = new Map();
  /** @type {Map<string, any>} */
  const received = new Map();

  // For sites that require Trusted Types: only scripts of the site itself are allowed.
  /** @param {string} url */
  function createScriptURL(url) {
    if (!url.startsWith(root.href)) throw new TypeError(`${url} is no script of this site`);
    return url;
  }

  let policy = { createScriptURL };
  try {
    policy = window.trustedTypes?.createPolicy("cjksearch", policy) ?? policy;
  } catch {
    // The site allows no policy of this name; another one may allow its scripts.
  }

  /**
   * Return the address of a script of the site as browsers accept it.
   *
   * @param {URL | string} url
   */
  const trusted = (url) => policy.createScriptURL(String(url));

  /**
   * Return the address of a file of the site.
   *
   * @param {string} path
   */
  const address = (path) => new URL(path, root).href;

  /**
   * Run a script once; scripts that are loaded together run in that order.
   *
   * @param {string} url
   * @returns {Promise<unknown>}
   */
  function load(url) {
    let loaded = scripts.get(url);
    if (!loaded) {
      loaded = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.async = false;
        script.src = trusted(url);
        script.onload = resolve;
        script.onerror = () => reject(new Error(`${url} cannot be read`));
        document.head.append(script);
      });
      loaded.catch(() => scripts.delete(url));
      scripts.set(url, loaded);
    }
    return loaded;
  }

  /**
   * Take the data of a data script, which calls this.
   *
   * @param {string} name
   * @param {unknown} value
   */
  function receive(name, value) {
    received.set(name, value);
  }

  /**
   * Return the data of a data script.
   *
   * @param {string} name
   * @param {string} tag What makes the browser read the data of a new build again.
   */
  async function data(name, tag) {
    const url = `${address(`cjksearch/${name}.js`)}${tag ? `?${tag}` : ""}`;
    await load(url);
    if (!received.has(name)) {
      scripts.delete(url);
      throw new Error(`${url} has no data`);
    }
    return received.get(name);
  }

  /** @type {Promise<unknown> | null} */
  let everything = null;

  /** Load the other scripts, which are in one file, and what a first query needs beside them. */
  function start() {
    everything ??= load(`${address("cjksearch/all.js")}${version}`);
    everything.catch(() => (everything = null));
    // What cannot be read is reported when somebody searches.
    site().catch(() => null);
    data("stemmer", "").catch(() => null);
    return everything;
  }

  /** @type {Promise<Site> | null} */
  let known = null;

  /** Return the data of the site; after `forget`, that of now. */
  function site() {
    // What makes the browser ask for it again.
    known ??= data("site", location.protocol === "file:" ? "" : `ts=${Date.now()}`);
    known.catch(() => (known = null));
    return known;
  }

  /** Let the data of the site be read again. */
  function forget() {
    known = null;
  }

  // For themes that leave out the metadata of the page.
  /** @type {Record<string, string>} */
  const DEFAULT_TEXTS = { failed: "The search could not be read. Try again.", searching: "Searching…" };
  /** @type {() => HTMLMetaElement | null} */
  const meta = () => document.querySelector('meta[name="cjksearch"]');

  /**
   * Return a text from the metadata of the page, for when other files cannot be read.
   *
   * @param {string} name
   */
  const pageText = (name) => meta()?.dataset[name] ?? DEFAULT_TEXTS[name];

  /** Return the element for results on the search page; others may have a section with this id. */
  const results = () =>
    meta()?.content === "results" ? document.getElementById("search-results") : null;

  // A constant of Sphinx, which is not a property of the window.
  const options = () => (typeof DOCUMENTATION_OPTIONS === "undefined" ? {} : DOCUMENTATION_OPTIONS);

  // The search page as a file, as some hosts name it, and as the builder dirhtml does.
  const PAGES = ["search.html", "search", "search/"].map((name) => new URL(name, root).pathname);

  /**
   * Return whether an element is a field of this site's search, and not of another one.
   *
   * @param {EventTarget | null} field
   * @returns {field is SearchField}
   */
  function isOurs(field) {
    if (!(field instanceof HTMLInputElement) || field.name !== "q" || !field.form) return false;
    const action = new URL(field.form.getAttribute("action") || location.href, document.baseURI);
    if (action.origin !== root.origin) return false;
    const pages = [...PAGES, new URL(`search${options().LINK_SUFFIX ?? ""}`, root).pathname];
    const isHere = action.pathname === location.pathname;
    return pages.includes(action.pathname) || (results() !== null && isHere);
  }

  const fields = () => [...document.querySelectorAll('form input[name="q"]')].filter(isOurs);
  /** @param {Element} field */
  const isShown = (field) => field.getClientRects().length > 0;

  // The maximum number of characters of a query; more are a text that was pasted.
  const LONGEST = 256;

  /**
   * Limit the length of a field.
   *
   * @param {HTMLInputElement} field
   */
  function limit(field) {
    field.maxLength = LONGEST;
    if (field.value.length > LONGEST) field.value = field.value.slice(0, LONGEST);
  }

  /** @param {SearchField} field */
  async function attach(field) {
    limit(field);
    try {
      await start();
      cjksearch.view.attach(field);
    } catch (error) {
      // This is tried again when the field gets the focus again.
      console.warn(`cjksearch: ${error.message}`);
    }
  }

  /** Focus a field that is shown, or one in a dialog, and return it. */
  function open() {
    const all = fields();
    const field = all.find(isShown) ?? all.find((hidden) => hidden.closest("dialog"));
    if (!field) return null;
    const dialog = field.closest("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    field.focus();
    field.select();
    return field;
  }

  /** @param {EventTarget | null} target */
  function isTyping(target) {
    if (!(target instanceof Element)) return null;
    return target.closest('input, textarea, select, [contenteditable=""], [contenteditable="true"]');
  }

  /** @param {KeyboardEvent} event */
  function onKeyDown(event) {
    // Programs that fill in forms send keys without a name.
    if (event.isComposing || !event.key) return;
    if (options().ENABLE_SEARCH_SHORTCUTS === false) return;
    const isPlain = event.key === "/" && !(event.ctrlKey || event.metaKey || event.altKey);
    const isChord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if ((isChord && !event.defaultPrevented) || (isPlain && !isTyping(event.target))) {
      if (open()) event.preventDefault();
    }
  }

  // A theme may use Ctrl+K for its search; the last listener sees whether it has.
  // The “/” of Sphinx finds no field in a closed dialog.
  document.addEventListener("DOMContentLoaded", () =>
    setTimeout(() => window.addEventListener("keydown", onKeyDown)),
  );

  // A composition may start before the other scripts are loaded.
  let composing = false;
  document.addEventListener("compositionstart", () => (composing = true), true);
  document.addEventListener("compositionend", () => (composing = false), true);
  const isComposing = () => composing;

  /**
   * Return whether a key belongs to an input method that composes text.
   *
   * @param {KeyboardEvent} event
   */
  const isOfInputMethod = (event) => event.isComposing || event.keyCode === 229 || composing;

  // Esc cancels a composition, and nothing else: this comes before listeners of themes and dialogs.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !isOfInputMethod(event) || !isOurs(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  /** Go on with the query whose result somebody comes back from. */
  function askAgain() {
    const { cjksearchAsked: asked, ...state } = history.state ?? {};
    if (!asked) return;
    history.replaceState(state, "");
    const field = open();
    if (!field) return;
    field.value = asked;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  window.addEventListener("pageshow", ({ persisted }) => persisted && askAgain());

  document.addEventListener("focusin", ({ target }) => {
    if (isOurs(target)) attach(target);
  });

  document.addEventListener("DOMContentLoaded", async () => {
    const found = new URLSearchParams(location.search).getAll("find").map((word) => word.slice(0, LONGEST));
    if (isOurs(document.activeElement)) attach(document.activeElement);
    askAgain();
    const shown = results();
    if (!shown && !found.length) return;
    try {
      await start();
      if (shown) await cjksearch.view.page(shown, fields());
      else await cjksearch.view.mark(found);
    } catch (error) {
      console.warn(`cjksearch: ${error.message}`);
      shown?.setAttribute("role", "status");
      shown?.replaceChildren(pageText("failed"));
    }
  });

  // Themes may start Sphinx's search; ours starts by itself.
  window.Search ??= { loadIndex() {}, setIndex() {}, init() {} };

  // The other scripts add their parts.
  return /** @type {Cjksearch} */ (/** @type {unknown} */ ({
    address,
    data,
    forget,
    isComposing,
    isOfInputMethod,
    limit,
    load,
    open,
    pageText,
    receive,
    results,
    site,
    trusted,
  }));
})();
