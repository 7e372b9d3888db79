/* What each page has of the search: it waits until somebody searches, then fetches the rest. */
"use strict";

// Themes that name Sphinx's own search scripts are given this one instead, perhaps twice.
window.cjksearch ??= (() => {
  const root = new URL(document.documentElement.dataset.content_root || "./", document.baseURI);
  const own = new URL("_static/", root);
  // The tag of all scripts together: any of them may be the one that has changed.
  const version = `?v=${document.currentScript?.dataset.version ?? ""}`;
  /** @type {Map<string, Promise<unknown>>} */
  const scripts = new Map();
  /** @type {Map<string, { digest: string, value: any }>} */
  const received = new Map();

  // Where a site's policy wants to know who names scripts (Trusted Types): the site's own alone.
  /** @param {string} url */
  function createScriptURL(url) {
    if (!url.startsWith(root.href)) throw new TypeError(`${url} is no script of this site`);
    return url;
  }

  let policy = { createScriptURL };
  try {
    policy = window.trustedTypes?.createPolicy("cjksearch", policy) ?? policy;
  } catch {
    // The site allows no policy of that name; its scripts may be allowed by another.
  }

  /**
   * The address of one of the site's scripts, as whatever runs it takes it.
   *
   * @param {URL | string} url
   */
  const trusted = (url) => policy.createScriptURL(String(url));

  /**
   * The address of a file of the site, from its root.
   *
   * @param {string} path
   */
  const address = (path) => new URL(path, root).href;

  /**
   * Run a script, once; scripts that are asked for together run in that order.
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
   * What a data script hands over: its name, the digest of what it is of, and what it holds.
   *
   * @param {string} name
   * @param {string} digest
   * @param {unknown} value
   */
  function receive(name, digest, value) {
    received.set(name, { digest, value });
  }

  /**
   * What the data script of that name holds; one of another digest is of another site by now.
   *
   * @param {string} name
   * @param {string} tag
   * @param {string} [digest]
   */
  async function data(name, tag, digest = "") {
    const url = `${address(`cjksearch/${name}.js`)}?${tag}`;
    await load(url);
    const got = received.get(name);
    if (got?.digest !== digest) {
      scripts.delete(url);
      throw new Error(`${url} is of another build`);
    }
    return got.value;
  }

  /**
   * The address of one of our own scripts.
   *
   * @param {string} name
   */
  const script = (name) => `${new URL(`cjksearch-${name}.js`, own)}${version}`;

  /** @type {Promise<unknown> | null} */
  let everything = null;

  function start() {
    const names = ["words", "engines", "search", "view"];
    everything ??= Promise.all(names.map((name) => load(script(name))));
    everything.catch(() => (everything = null));
    return everything;
  }

  // Where the theme leaves out what the page says of itself.
  /** @type {Record<string, string>} */
  const UNTOLD = { failed: "The search could not be read. Try again.", searching: "Searching…" };
  /** @type {() => HTMLMetaElement | null} */
  const meta = () => document.querySelector('meta[name="cjksearch"]');

  /**
   * What the page says of itself: the rest of what there is to say may be what cannot be read.
   *
   * @param {string} name
   */
  const told = (name) => meta()?.dataset[name] ?? UNTOLD[name];

  /** Where the results stand, on the search page: other pages may have a section of that id. */
  const results = () =>
    meta()?.content === "results" ? document.getElementById("search-results") : null;

  // Sphinx's constant is no property of the window.
  const options = () => (typeof DOCUMENTATION_OPTIONS === "undefined" ? {} : DOCUMENTATION_OPTIONS);

  // As a file is named, as some hosts show it, and as Sphinx's "dirhtml" does.
  const PAGES = ["search.html", "search", "search/"].map((name) => new URL(name, root).pathname);

  /**
   * Is it a field of this site's search? Others on the page are none of ours.
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

  // More characters than that are a text that was pasted, and no question.
  const LONGEST = 256;

  /**
   * Let a field hold no more than can be asked.
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
      // The next time somebody comes to the field, it is tried again.
      console.warn(`cjksearch: ${error.message}`);
    }
  }

  /** Bring a reader to the search: a field that is there, or one in a dialog; whether there is. */
  function open() {
    const all = fields();
    const field = all.find(isShown) ?? all.find((hidden) => hidden.closest("dialog"));
    if (!field) return false;
    const dialog = field.closest("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    field.focus();
    field.select();
    return true;
  }

  /** @param {EventTarget | null} target */
  function isTyping(target) {
    if (!(target instanceof Element)) return null;
    return target.closest('input, textarea, select, [contenteditable=""], [contenteditable="true"]');
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    // What fills in a form presses keys without a name.
    if (event.isComposing || !event.key) return;
    if (options().ENABLE_SEARCH_SHORTCUTS === false) return;
    const isPlain = event.key === "/" && !(event.ctrlKey || event.metaKey || event.altKey);
    const isChord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if ((isChord && !event.defaultPrevented) || (isPlain && !isTyping(event.target))) {
      if (open()) event.preventDefault();
    }
  }

  // A theme may have Ctrl+K for its search; whoever listens last sees whether it was its own.
  // Sphinx's own “/” finds no field in a dialog that is closed.
  document.addEventListener("DOMContentLoaded", () =>
    setTimeout(() => window.addEventListener("keydown", pressed)),
  );

  // An input method may begin before the rest has come.
  let composing = false;
  document.addEventListener("compositionstart", () => (composing = true), true);
  document.addEventListener("compositionend", () => (composing = false), true);
  const isComposing = () => composing;

  /**
   * While an input method composes, its keys are its own.
   *
   * @param {KeyboardEvent} event
   */
  const isOfInputMethod = (event) => event.isComposing || event.keyCode === 229 || composing;

  // Esc gives up what is composed, and no more; before a theme or a dialog hears of it.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !isOfInputMethod(event) || !isOurs(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  document.addEventListener("focusin", ({ target }) => {
    if (isOurs(target)) attach(target);
  });

  document.addEventListener("DOMContentLoaded", async () => {
    const query = new URLSearchParams(location.search).get("find")?.slice(0, LONGEST);
    if (isOurs(document.activeElement)) attach(document.activeElement);
    const shown = results();
    if (!shown && !query) return;
    try {
      await start();
      if (shown) await cjksearch.view.page(shown, fields());
      else if (query) await cjksearch.view.mark(query);
    } catch (error) {
      console.warn(`cjksearch: ${error.message}`);
      shown?.setAttribute("role", "status");
      shown?.replaceChildren(told("failed"));
    }
  });

  // A theme may have Sphinx's search begin with its page; ours begins by itself.
  window.Search ??= { loadIndex() {}, setIndex() {}, init() {} };

  // The other scripts add what is theirs.
  return /** @type {Cjksearch} */ ({
    address,
    data,
    isComposing,
    isOfInputMethod,
    limit,
    load,
    open,
    receive,
    results,
    script,
    told,
    trusted,
  });
})();
