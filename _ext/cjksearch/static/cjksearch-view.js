/* The user interface: results below a search field, the search page, highlights on result pages. */
"use strict";

cjksearch.view = (() => {
  // In milliseconds: from the last key to the search, and from there to a status.
  const PAUSE = 120;
  const LATE = 500;
  const IN_BOX = 8;
  const ON_PAGE = 10;
  const EXCERPT = 110;
  const MOST_MARKS = 1000;
  const MOST_WORDS = 6;
  // The margin and the sizes of results over a page, in pixels.
  const EDGE = 8;
  const WIDEST = 640;
  const HIGH = 640;
  const LOW = 240;

  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {Record<string, string | null>} [attributes]
   * @param {(Node | string | null)[]} children
   */
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  /**
   * Return a part of a text, with its matches marked.
   *
   * @param {string} text
   * @param {Ranges} marks
   * @param {number} [from]
   * @param {number} [to]
   */
  function marked(text, marks, from = 0, to = text.length) {
    const made = document.createDocumentFragment();
    let at = from;
    for (const [start, end] of marks) {
      if (end <= from || start >= to) continue;
      made.append(text.slice(at, Math.max(start, at)));
      made.append(element("mark", {}, text.slice(Math.max(start, at), Math.min(end, to))));
      at = Math.min(end, to);
    }
    made.append(text.slice(at, to));
    return made;
  }

  /**
   * Return the part of a text that has the most matches; the title is shown anyway.
   *
   * @param {SearchRecord} record
   * @param {Answer} answer
   */
  function excerpt({ title, text: whole }, answer) {
    const lines = whole.split("\n").filter((line) => line !== title);
    const text = lines.join(" ");
    if (!text) return null;
    const marks = cjksearch.search.marks(text, answer);
    let best = [0, 0];
    let after = 0;
    marks.forEach(([start], first) => {
      while (after < marks.length && marks[after][1] <= start + EXCERPT) after++;
      if (after - first > best[0]) best = [after - first, start];
    });
    let from = best[1] <= EXCERPT / 4 ? 0 : best[1] - Math.round(EXCERPT / 4);
    // Cut neither words of letters nor surrogate pairs.
    while (from > 0 && /[\w\udc00-\udfff]/.test(text[from]) && best[1] - from < EXCERPT / 2) from--;
    let to = Math.min(text.length, from + EXCERPT);
    while (to < text.length && /[\w\udc00-\udfff]/.test(text[to]) && to < from + EXCERPT + 20) to++;
    const made = element("span", { class: "cjksearch-excerpt" });
    if (from > 0) made.append("…");
    made.append(marked(text, marks, from, to));
    if (to < text.length) made.append("…");
    return made;
  }

  /**
   * Return the address of a record, with the words that are to be marked there.
   *
   * @param {SearchRecord} record
   * @param {Answer} answer
   */
  function addressOf(record, answer) {
    const url = new URL(record.url);
    const text = [record.title, ...record.names, record.text].join("\n");
    const found = cjksearch.search.marks(text, answer).map(([start, end]) => text.slice(start, end));
    const words = new Map(found.map((word) => [cjksearch.words.fold(cjksearch.words.normal(word)).toLowerCase(), word]));
    for (const word of [...words.values()].slice(0, MOST_WORDS)) url.searchParams.append("find", word);
    return url.href;
  }

  /**
   * Return the link that an event is in, if any.
   *
   * @param {Event} event
   */
  const linkOf = ({ target }) => (target instanceof Element ? target.closest("a") : null);

  // The comma of the site's language.
  const COMMA = /^(ja|zh)\b/i.test(document.documentElement.lang) ? "、" : ", ";

  /**
   * @param {SearchRecord} record
   * @param {Answer} answer
   * @param {Record<string, string>} attributes
   */
  function result(record, answer, attributes) {
    const within = record.parents.slice(1).join(" › ");
    const about = [record.shown.join(COMMA), within].filter(Boolean).join(" · ");
    const title = record.title || record.text.slice(0, 60).split("\n")[0] || outermost(record);
    /** @param {string} text */
    const shown = (text) => marked(text, cjksearch.search.marks(text, answer));
    return element(
      "a",
      { class: "cjksearch-result", href: addressOf(record, answer), ...attributes },
      element("span", { class: "cjksearch-title" }, shown(title)),
      about ? element("span", { class: "cjksearch-about" }, shown(about)) : null,
      record.title ? excerpt(record, answer) : null,
    );
  }

  /**
   * Group adjacent records of one event or page.
   *
   * @param {SearchRecord[]} records
   * @returns {Group[]}
   */
  function grouped(records) {
    /** @type {{ title: string, records: SearchRecord[] }[]} */
    const groups = [];
    for (const record of records) {
      const title = outermost(record);
      const last = groups.at(-1);
      if (last?.title === title) last.records.push(record);
      else groups.push({ title, records: [record] });
    }
    return groups.map((group) => {
      const date = common(group.records);
      return { ...group, date: says(group.title, date) ? "" : date };
    });
  }

  /**
   * Return whether a title says a date (ISO 8601) itself, in figures.
   *
   * @param {string} title
   * @param {string} date
   */
  function says(title, date) {
    return title.replace(/[^0-9]/g, "").includes(date.replaceAll("-", ""));
  }

  /**
   * Return the outermost title of a record; the site's name for text before any heading.
   *
   * @param {SearchRecord} record
   */
  function outermost({ parents, title }) {
    return parents[0] || title || cjksearch.pageText("site") || location.host || "…";
  }

  /**
   * Return the date that all records have, else the year, else nothing.
   *
   * @param {SearchRecord[]} records
   */
  function common(records) {
    /** @param {number} length */
    const shared = (length) => new Set(records.map(({ date }) => date.slice(0, length))).size === 1;
    const length = [10, 4].find(shared) ?? 0;
    return records[0].date.slice(0, length);
  }

  /**
   * Return a message with its count, formatted for the language of the page.
   *
   * @param {string} template
   * @param {number} count
   */
  function numbered(template, count) {
    let text;
    try {
      text = count.toLocaleString(document.documentElement.lang || undefined);
    } catch {
      // The browser does not know the language of the page.
      text = count.toLocaleString();
    }
    return template.replace("%(count)s", text);
  }

  /**
   * Set a status, unless it is unchanged: screen readers read it again at every change.
   *
   * @param {Element} status
   * @param {string} text
   */
  function setStatus(status, text) {
    if (status.textContent !== text) status.textContent = text;
  }

  /**
   * Log an error, forget all data so that the next search reads it again, and return a message.
   *
   * @param {Error} error
   */
  function reportFailure(error) {
    console.warn(`cjksearch: ${error.message}`);
    cjksearch.index.forget();
    return cjksearch.pageText("failed");
  }

  /**
   * @param {Known} site
   * @param {number} count
   */
  function counted(site, count) {
    if (!count) return site.messages.nothing;
    return numbered(count === 1 ? site.messages.one : site.messages.many, count);
  }

  /**
   * Say which words of a query were left out, and which were read as others.
   *
   * @param {Known} site
   * @param {Answer} answer
   */
  function notes({ messages }, answer) {
    const { meant, without, isPartial } = answer.notes;
    /** @type {(template: string, values: Record<string, string>) => string} */
    const filled = (template, values) => template.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
    /** @param {string[]} some */
    const quoted = (some) => some.map((word) => filled(messages.word, { word })).join(COMMA);
    return [
      ...(without.length ? [filled(messages.without, { words: quoted(without) })] : []),
      ...(isPartial ? [messages.partial] : []),
      ...meant.map(({ typed, meant: word }) => filled(messages.meant, { typed, meant: asWritten(word, answer) })),
    ];
  }

  /**
   * Return a word of the site as the first result writes it.
   *
   * @param {string} word
   * @param {Answer} answer
   */
  function asWritten(word, { seen: [record] }) {
    if (!record) return word;
    const text = [record.title, ...record.names, record.text].join("\n");
    const [place] = new cjksearch.words.Words(text).literal(word);
    return place ? text.slice(...place) : word;
  }

  /**
   * Listen for input, which is complete only when no input method composes text.
   *
   * @param {HTMLInputElement} field
   * @param {() => void} onTyped
   * @param {() => void} onBegin
   */
  function whenTyped(field, onTyped, onBegin) {
    field.addEventListener("compositionstart", onBegin);
    field.addEventListener("compositionend", onTyped);
    field.addEventListener("input", () => cjksearch.limit(field));
    field.addEventListener("input", () => (cjksearch.isComposing() ? onBegin() : onTyped()));
  }

  /**
   * Show a status if there is no answer for some time.
   *
   * @param {() => void} show
   */
  const whenLate = (show) => setTimeout(show, LATE);

  let boxes = 0;

  /** The results below a field while somebody types. */
  class ResultBox {
    /** @param {SearchField} field */
    constructor(field) {
      this.field = field;
      this.form = field.form;
      this.dialog = field.closest("dialog");
      this.turn = 0;
      this.active = -1;
      const id = `cjksearch-${boxes++}`;
      this.list = element("div", { id, role: "listbox", class: "cjksearch-list" });
      // Screen readers read a status only if its element is there before its text.
      this.status = element("div", { role: "status", class: "cjksearch-status cjksearch-heard" });
      this.head = element("div", { class: "cjksearch-head" });
      this.panel = element("div", { class: "cjksearch-panel", hidden: "" }, this.head, this.list);
      this.form.after(this.status, this.panel);
      for (const [name, value] of Object.entries({
        role: "combobox",
        "aria-expanded": "false",
        "aria-controls": id,
        "aria-autocomplete": "list",
        autocomplete: "off",
      })) {
        field.setAttribute(name, value);
      }
      whenTyped(field, () => this.wait(), () => this.stop());
      field.addEventListener("keydown", (event) => this.onKeyDown(event));
      field.addEventListener("focus", () => this.wait());
      this.panel.addEventListener("keydown", (event) => this.onKeyDown(event));
      // The field keeps the focus when somebody clicks into the panel, except on links.
      this.panel.addEventListener("mousedown", (event) => linkOf(event) || event.preventDefault());
      this.panel.addEventListener("click", (event) => this.onFollow(event));
      document.addEventListener("pointerdown", ({ target }) => {
        if (target instanceof Node && !this.panel.contains(target) && target !== field) this.close();
      });
      /** @param {FocusEvent} event */
      const left = ({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !this.holds(relatedTarget)) this.close();
      };
      this.form.addEventListener("focusout", left);
      this.panel.addEventListener("focusout", left);
      document.addEventListener("keydown", (event) => this.onEscape(event), true);
      this.dialog?.addEventListener("close", () => this.close());
      if (!this.dialog) this.useOverlay();
      cjksearch.search.prepare();
      this.wait();
    }

    /** Show results over the page, at the field, because it is not in a dialog. */
    useOverlay() {
      this.panel.classList.add("cjksearch-over");
      // In the top layer, which no theme clips; older browsers show it in the page.
      if ("showPopover" in this.panel) this.panel.popover = "manual";
      const place = () => this.panel.hidden || this.place();
      window.addEventListener("resize", place);
      document.addEventListener("scroll", (event) => event.target !== this.panel && place(), {
        capture: true,
        passive: true,
      });
    }

    place() {
      const { left, top, bottom } = this.field.getBoundingClientRect();
      const { clientWidth, clientHeight } = document.documentElement;
      const width = Math.min(WIDEST, clientWidth - 2 * EDGE);
      const below = clientHeight - bottom - 2 * EDGE;
      const above = top - 2 * EDGE;
      const isBelow = below >= LOW || below >= above;
      Object.assign(this.panel.style, {
        left: `${Math.max(EDGE, Math.min(left, clientWidth - width - EDGE))}px`,
        width: `${width}px`,
        top: isBelow ? `${bottom + EDGE / 2}px` : "auto",
        bottom: isBelow ? "auto" : `${clientHeight - top + EDGE / 2}px`,
        maxHeight: `${Math.max(LOW / 2, Math.min(isBelow ? below : above, HIGH))}px`,
      });
    }

    /** @param {Node | null} node */
    holds(node) {
      return this.panel.contains(node) || this.form.contains(node);
    }

    /** Cancel the current search. */
    stop() {
      clearTimeout(this.timer);
      this.turn++;
      this.list.removeAttribute("aria-busy");
    }

    wait() {
      this.stop();
      // The selected result belongs to another query.
      this.choose(-1);
      this.timer = setTimeout(() => this.show(), PAUSE);
    }

    async show() {
      const query = this.field.value;
      if (!query.trim() || cjksearch.isComposing()) return this.close();
      const turn = ++this.turn;
      this.list.setAttribute("aria-busy", "true");
      const late = whenLate(() => {
        if (turn === this.turn && this.panel.hidden) this.open(cjksearch.pageText("searching"), null);
      });
      try {
        const site = await cjksearch.index.open();
        const found = await cjksearch.search.find(query);
        const records = await cjksearch.search.results(found, IN_BOX);
        // Ignore an answer after a newer request.
        if (turn !== this.turn) return;
        this.stop();
        this.fill(site, found, records, query);
      } catch (error) {
        if (turn !== this.turn) return;
        this.stop();
        this.open(reportFailure(error), null);
      } finally {
        clearTimeout(late);
      }
    }

    /**
     * @param {Known} site
     * @param {Answer} found
     * @param {SearchRecord[]} records
     * @param {string} query
     */
    fill(site, found, records, query) {
      let number = 0;
      const groups = grouped(records).map(({ title, date, records: all }) => {
        const label = `${this.list.id}-group-${number}`;
        const options = all.map((record) =>
          result(record, found, {
            id: `${this.list.id}-${number++}`,
            role: "option",
            tabindex: "-1",
            "aria-selected": "false",
          }),
        );
        const head = element("div", { class: "cjksearch-group", id: label, role: "presentation" }, title);
        if (date) head.append(element("span", { class: "cjksearch-date" }, date));
        return element("div", { role: "group", "aria-labelledby": label }, head, ...options);
      });
      this.list.setAttribute("aria-label", site.messages.results);
      const all = element("a", { class: "cjksearch-all", href: this.pageAddress(query) }, site.messages.all);
      const text = [counted(site, cjksearch.search.total(found)), ...notes(site, found)].join(" ");
      this.open(text, groups.length ? all : null, groups);
    }

    /**
     * Show a status and results.
     *
     * @param {string} text
     * @param {Node | null} all
     * @param {Node[]} [groups]
     */
    open(text, all, groups = []) {
      // Show nothing after somebody has left the field.
      if (!this.holds(document.activeElement)) return this.close();
      this.list.replaceChildren(...groups);
      this.list.hidden = !groups.length;
      this.head.replaceChildren(element("span", { "aria-hidden": "true" }, text), ...(all ? [all] : []));
      setStatus(this.status, text);
      this.panel.hidden = false;
      if (!this.dialog) {
        if (this.panel.popover && !this.panel.matches(":popover-open")) this.panel.showPopover();
        this.place();
      }
      this.panel.scrollTop = 0;
      this.field.setAttribute("aria-expanded", String(groups.length > 0));
      this.choose(-1);
    }

    /** @param {string} query */
    pageAddress(query) {
      const url = new URL(this.form.getAttribute("action") || location.href, document.baseURI);
      url.search = url.hash = "";
      url.searchParams.set("q", query);
      return url.href;
    }

    get options() {
      /** @type {NodeListOf<HTMLElement>} */
      const options = this.list.querySelectorAll('[role="option"]');
      return [...options];
    }

    /** @param {number} index */
    choose(index) {
      const options = this.options;
      this.active = index;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
      const option = options[index];
      if (option) {
        this.field.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else this.field.removeAttribute("aria-activedescendant");
    }

    /**
     * Close the results, or the dialog, at Esc, wherever the focus is.
     *
     * @param {KeyboardEvent} event
     */
    onEscape(event) {
      if (event.key !== "Escape" || cjksearch.isOfInputMethod(event)) return;
      if (this.panel.hidden && !this.dialog?.open) return this.stop();
      this.close();
      // In a dialog the browser clears the field, too.
      if (this.dialog) return this.dialog.close();
      event.preventDefault();
      event.stopPropagation();
      this.field.focus();
      this.stop();
    }

    /** @param {KeyboardEvent} event */
    onKeyDown(event) {
      if (cjksearch.isOfInputMethod(event)) return;
      const isInField = event.target === this.field;
      const count = isInField ? this.options.length : 0;
      /** @type {Record<string, number>} */
      const moves = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key === "ArrowDown" && isInField && this.panel.hidden) {
        event.preventDefault();
        this.show();
      } else if (event.key in moves && count && !this.panel.hidden) {
        event.preventDefault();
        const next = this.active + moves[event.key];
        this.choose(next < -1 ? count - 1 : next >= count ? -1 : next);
      } else if (event.key === "Enter" && isInField && this.active >= 0) {
        event.preventDefault();
        this.options[this.active].click();
      }
    }

    /**
     * Close the results when somebody follows one: it may be on this page.
     *
     * @param {MouseEvent} event
     */
    onFollow(event) {
      const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button;
      if (isElsewhere || !linkOf(event)) return;
      // Whoever comes back goes on with this query.
      const cjksearchAsked = this.field.value;
      history.replaceState({ ...history.state, cjksearchAsked }, "");
      this.close();
      this.dialog?.close();
    }

    close() {
      this.stop();
      if (!this.panel.hidden && this.panel.popover) this.panel.hidePopover();
      this.panel.hidden = true;
      setStatus(this.status, "");
      this.field.setAttribute("aria-expanded", "false");
      this.choose(-1);
    }
  }

  /** @type {WeakSet<Element>} */
  const attached = new WeakSet();

  /** @param {SearchField} field */
  function attach(field) {
    if (attached.has(field) || cjksearch.results()) return;
    attached.add(field);
    new ResultBox(field);
  }

  /** Return what the page has to show where nothing is found: the content of its template. */
  function nothing() {
    const template = document.getElementById("cjksearch-nothing");
    return template instanceof HTMLTemplateElement ? [template.content.cloneNode(true)] : [];
  }

  /** Return the parameters of the page's address. */
  const parameters = () => new URLSearchParams(location.search);

  /** The search page. Its address has the query, for bookmarks and the browser's history. */
  class SearchPage {
    /**
     * @param {HTMLElement} results
     * @param {SearchField} field
     * @param {Known} site
     */
    constructor(results, field, site) {
      this.field = field;
      this.site = site;
      /** @type {Chosen} */
      this.chosen = new Map();
      this.turn = 0;
      this.results = results;
      this.status = element("p", { role: "status", class: "cjksearch-status" });
      this.order = this.orderChooser();
      this.facets = element("div", { class: "cjksearch-facets" });
      this.hasChoices = Object.keys(site.filters).length > 0;
      const wide = matchMedia("(min-width: 48rem)");
      wide.addEventListener("change", () => (this.narrowing.open = wide.matches));
      this.narrowing = element(
        "details",
        { class: "cjksearch-narrowing", open: wide.matches ? "" : null },
        element("summary", {}, site.messages.narrow),
        this.facets,
      );
      this.list = element("div", { class: "cjksearch-found" });
      this.more = element("button", { type: "button", class: "cjksearch-more", hidden: "" }, site.messages.more);
      this.more.addEventListener("click", () => this.showMore());
      const main = element("div", { class: "cjksearch-main" }, element("div", { class: "cjksearch-bar" }, this.status, this.order), this.list, this.more);
      results.classList.add("cjksearch-page");
      // Reserve the space of filters, so that nothing moves when they appear.
      this.showNarrowing(this.hasChoices);
      results.replaceChildren(this.narrowing, main);
      whenTyped(field, () => this.wait(), () => this.stop());
      results.addEventListener("click", (event) => linkOf(event) && this.keep());
      field.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.wait(0);
      });
      window.addEventListener("popstate", () => {
        this.field.value = parameters().get("q") ?? "";
        cjksearch.limit(this.field);
        this.read();
      });
      this.read();
    }

    orderChooser() {
      const select = element("select", { "aria-label": this.site.messages.order, hidden: "" });
      const { relevance, date } = this.site.messages;
      for (const [value, label] of Object.entries({ relevance, date })) {
        select.append(element("option", { value }, label));
      }
      select.addEventListener("change", () => this.wait(0));
      return select;
    }

    /** Read the state from the address, except for a query that is typed already. */
    read() {
      this.order.value = parameters().get("sort") === "date" ? "date" : "relevance";
      this.chosen = new Map();
      for (const name of Object.keys(this.site.filters)) {
        const values = parameters().getAll(name);
        if (values.length) this.chosen.set(name, new Set(values));
      }
      // The number of results and the scroll position are those from before leaving the page.
      const { shown = ON_PAGE, top = 0 } = history.state?.cjksearch ?? {};
      this.shown = shown;
      if (this.field.value !== (parameters().get("q") ?? "")) this.write();
      return this.show().then(() => top && !scrollY && scrollTo(0, top));
    }

    /** Save the number of results and the scroll position in the history. */
    keep() {
      const cjksearch = { shown: this.shown, top: scrollY };
      history.replaceState({ ...history.state, cjksearch }, "");
    }

    stop() {
      clearTimeout(this.timer);
      this.turn++;
      this.list.removeAttribute("aria-busy");
    }

    wait(pause = PAUSE) {
      this.stop();
      this.timer = setTimeout(() => {
        this.shown = ON_PAGE;
        this.write();
        this.show();
      }, pause);
    }

    write() {
      const url = new URL(location.href);
      url.search = "";
      if (this.field.value) url.searchParams.set("q", this.field.value);
      if (this.order.value !== "relevance") url.searchParams.set("sort", this.order.value);
      for (const [name, values] of this.chosen) {
        for (const value of values) url.searchParams.append(name, value);
      }
      history.replaceState({ ...history.state, cjksearch: null }, "", url);
    }

    async show() {
      if (cjksearch.isComposing()) return;
      const turn = ++this.turn;
      const isCurrent = () => turn === this.turn;
      this.list.setAttribute("aria-busy", "true");
      const late = whenLate(() => isCurrent() && setStatus(this.status, cjksearch.pageText("searching")));
      try {
        await this.fill(isCurrent, () => clearTimeout(late));
      } catch (error) {
        if (!isCurrent()) return;
        this.list.replaceChildren();
        this.more.hidden = true;
        setStatus(this.status, reportFailure(error));
      } finally {
        clearTimeout(late);
      }
      if (isCurrent()) this.list.removeAttribute("aria-busy");
    }

    /**
     * @param {() => boolean} isCurrent
     * @param {() => void} isSeen
     */
    async fill(isCurrent, isSeen) {
      const { search } = cjksearch;
      const query = this.field.value;
      const isSearch = query.trim() || this.chosen.size;
      const found = await search.find(query, this.chosen, this.order.value);
      const records = isSearch ? await search.results(found, this.shown) : [];
      if (!isCurrent()) return;
      isSeen();
      const count = isSearch ? search.total(found) : 0;
      setStatus(this.status, isSearch ? [counted(this.site, count), ...notes(this.site, found)].join(" ") : "");
      this.list.replaceChildren(...grouped(records).map((group) => this.group(group, found)));
      this.results.classList.toggle("cjksearch-start", !isSearch);
      if (isSearch && !records.length) {
        this.list.append(element("p", {}, this.site.messages.tried), ...nothing());
        // Nothing moves when it turns out that there is nothing to choose from.
        this.showNarrowing(this.chosen.size > 0);
      }
      this.list.dataset.query = query;
      this.more.hidden = records.length < this.shown || count <= this.shown;
      this.order.hidden = count < 2;
      const counts = await this.choices(found);
      if (isCurrent()) this.showFacets(counts);
    }

    /**
     * Return the filters with counts; none if they cannot be read, as results are useful without.
     *
     * @param {Answer} found
     */
    async choices(found) {
      if (!this.hasChoices) return [];
      try {
        return await cjksearch.search.countBy(found, this.chosen);
      } catch (error) {
        console.warn(`cjksearch: ${error.message}`);
        return [];
      }
    }

    async showMore() {
      /** @returns {NodeListOf<HTMLElement>} */
      const results = () => this.list.querySelectorAll(".cjksearch-result");
      const at = results().length;
      this.shown += ON_PAGE;
      await this.show();
      this.keep();
      results()[at]?.focus();
    }

    /**
     * @param {Group} group
     * @param {Answer} found
     */
    group({ title, date, records }, found) {
      const head = element("h2", { class: "cjksearch-group" }, title);
      if (date) head.append(element("span", { class: "cjksearch-date" }, date));
      const items = records.map((record) => element("li", {}, result(record, found, {})));
      return element("section", {}, head, element("ul", { class: "cjksearch-list" }, ...items));
    }

    /** @param {CountedFilter[]} counts */
    showFacets(counts) {
      const { activeElement } = document;
      const focused = activeElement instanceof HTMLElement && activeElement.dataset.cjksearch;
      const shown = counts.map((filter) => this.facet(filter)).filter((facet) => facet !== null);
      this.facets.replaceChildren(...shown);
      this.showNarrowing(shown.length > 0);
      if (!focused) return;
      /** @type {HTMLElement | null} */
      const same = this.facets.querySelector(`[data-cjksearch="${CSS.escape(focused)}"]`);
      same?.focus();
    }

    /** @param {boolean} isShown */
    showNarrowing(isShown) {
      this.narrowing.hidden = !isShown;
      this.results.classList.toggle("cjksearch-narrowed", isShown);
    }

    /** @param {CountedFilter} filter */
    facet({ name, label, values }) {
      const chosen = this.chosen.get(name) ?? new Set();
      const offered = values.filter(({ value, count }) => count || chosen.has(value));
      if (!offered.length) return null;
      if (this.site.newest.includes(name)) offered.sort((a, b) => (a.value < b.value ? 1 : -1));
      else offered.sort((a, b) => b.count - a.count);
      const items = offered.map(({ value, count }) => {
        const box = element("input", { type: "checkbox", "data-cjksearch": `${name}=${value}` });
        box.checked = chosen.has(value);
        box.addEventListener("change", () => this.toggle(name, value, box.checked));
        return element("li", {}, element("label", {}, box, element("span", { class: "cjksearch-value" }, value), element("span", { class: "cjksearch-count" }, String(count))));
      });
      const isOpen = this.opened(name) ?? (chosen.size > 0 || offered.length <= 6);
      return element(
        "details",
        { "data-name": name, open: isOpen ? "" : null },
        element("summary", {}, label),
        element("ul", { "aria-label": label }, ...items),
      );
    }

    /** @param {string} name */
    opened(name) {
      /** @type {HTMLDetailsElement | null} */
      const details = this.facets.querySelector(`details[data-name="${CSS.escape(name)}"]`);
      return details?.open;
    }

    /**
     * @param {string} name
     * @param {string} value
     * @param {boolean} isChosen
     */
    toggle(name, value, isChosen) {
      const values = this.chosen.get(name) ?? new Set();
      if (isChosen) values.add(value);
      else values.delete(value);
      if (values.size) this.chosen.set(name, values);
      else this.chosen.delete(name);
      this.wait(0);
    }
  }

  /**
   * @param {HTMLElement} results
   * @param {SearchField[]} fields
   */
  async function page(results, fields) {
    const field = fields.find((shown) => shown.getClientRects().length) ?? fields[0];
    if (!field) return;
    field.value ||= parameters().get("q") ?? "";
    cjksearch.limit(field);
    new SearchPage(results, field, await cjksearch.index.open());
  }

  /**
   * Highlight words on this page, without a change to its document, until somebody puts that away.
   *
   * @param {string[]} found
   */
  async function mark(found) {
    // A bookmark, or a link that somebody sends, is to the page.
    const url = new URL(location.href);
    url.searchParams.delete("find");
    history.replaceState(history.state, "", url);
    if (!CSS.highlights) return;
    const within =
      document.querySelector('main article, [role="main"] article') ??
      document.querySelector('[role="main"], main, article') ??
      document.body;
    const highlight = new Highlight();
    for (const range of rangesWithin(within, found)) {
      highlight.add(range);
      if (highlight.size === MOST_MARKS) break;
    }
    if (!highlight.size) return;
    CSS.highlights.set("cjksearch", highlight);
    const { messages } = await cjksearch.index.open();
    const button = element("button", { type: "button", class: "cjksearch-unmark" }, messages.unmark);
    const away = () => {
      CSS.highlights.delete("cjksearch");
      button.remove();
    };
    button.addEventListener("click", away);
    document.body.append(button);
  }

  /**
   * @param {Element} element
   * @param {string[]} found
   */
  function* rangesWithin(element, found) {
    for (const block of blocks(element)) {
      const pieces = textsOf(block);
      const text = new cjksearch.words.Words(pieces.map((piece) => piece.data).join(""));
      yield* rangesOf(pieces, cjksearch.words.merged(found.flatMap((word) => text.literal(word))));
    }
  }

  const BLOCK = "p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, pre, figcaption, caption, summary, .sd-card-title, .line, .code-block-caption";

  /**
   * Return the blocks of text that contain no other blocks.
   *
   * @param {Element} within
   */
  const blocks = (within) => [...within.querySelectorAll(BLOCK)].filter((block) => !block.querySelector(BLOCK) || block.matches("li, dd, td"));

  /**
   * Return the text nodes of a block, without those of blocks within it.
   *
   * @param {Element} block
   */
  function textsOf(block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (text) =>
      text.parentElement?.closest(BLOCK) === block ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP,
    );
    /** @type {Text[]} */
    const found = [];
    while (walker.nextNode()) found.push(/** @type {Text} */ (walker.currentNode));
    return found;
  }

  /**
   * Yield the ranges of sorted positions in a text that consists of several nodes.
   *
   * @param {Text[]} pieces
   * @param {Ranges} places
   */
  function* rangesOf(pieces, places) {
    let number = 0;
    let before = 0;
    /** @type {(place: number, isEnd: boolean) => [Text, number]} */
    const at = (place, isEnd) => {
      while (before + pieces[number].length < place + (isEnd ? 0 : 1)) before += pieces[number++].length;
      return [pieces[number], place - before];
    };
    for (const [start, end] of places) {
      const range = document.createRange();
      range.setStart(...at(start, false));
      range.setEnd(...at(end, true));
      yield range;
    }
  }

  return { attach, page, mark };
})();
