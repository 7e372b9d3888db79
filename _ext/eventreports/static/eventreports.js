/* Slides and videos in place, pictures that open large, keys from session to session, and days in
   tabs that open for what is in them. Without it a page has plain links. */
"use strict";
{
  const words = document.currentScript.dataset;

  /* Another host learns nothing before a button is pressed, and then which site it was. */
  const frameOf = (button) => {
    const frame = document.createElement("iframe");
    const link = button.parentElement.querySelector("a[href]");
    frame.title = button.dataset.title;
    if (button.dataset.player) {
      frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      frame.setAttribute(
        "sandbox",
        "allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts",
      );
    }
    frame.src = button.dataset.player || link.href;
    const box = document.createElement("div");
    box.className = "event-frame";
    box.append(frame);
    return box;
  };

  const addPlayer = (button) => {
    let box = null;
    const close = () => {
      box.remove();
      box = null;
      button.setAttribute("aria-expanded", "false");
      button.focus();
    };
    const closeByKey = (event) => {
      if (event.key === "Escape" && box) {
        close();
      }
    };
    button.addEventListener("keydown", closeByKey);
    button.addEventListener("click", () => {
      if (box) {
        close();
        return;
      }
      box = frameOf(button);
      (button.closest("dl.event-facts") || button.closest("p")).after(box);
      button.setAttribute("aria-expanded", "true");
    });
    button.disabled = false;
  };

  /* A page from a disk is nobody, and players refuse it; a phone shows no PDF within a page. */
  const isPossible = (button) =>
    button.dataset.player ? location.protocol.startsWith("http") : navigator.pdfViewerEnabled;

  const openLarge = (link, picture) => {
    const dialog = document.createElement("dialog");
    dialog.className = "event-dialog";
    dialog.setAttribute("aria-label", picture.alt);
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", words.close);
    button.textContent = "×";
    const large = new Image();
    large.src = link.href;
    large.alt = picture.alt;
    dialog.append(button, large);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  const hasModifier = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

  /* The link of the session that one reads; before the first one, that to the first. */
  const linkOfSession = (rel) => {
    const top = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    const bars = [...document.querySelectorAll(".event-bar")];
    const isPassed = ({ parentElement: section }) => {
      const place = section.getBoundingClientRect().top;
      /* The last ones cannot be scrolled to the top. */
      const isTarget = section.id === decodeURIComponent(location.hash.slice(1));
      return place <= top + 2 || (isTarget && place < innerHeight);
    };
    const bar = bars.filter(isPassed).pop();
    if (bar || rel === "prev") {
      return bar && bar.querySelector(`a[rel="${rel}"]`);
    }
    const section = bars[0].parentElement;
    return Object.assign(document.createElement("a"), { href: `#${section.id}` });
  };

  const moveByKey = (event) => {
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    /* Where the arrows do something already, they go on doing that. */
    const isTaken = event.target.closest("input, textarea, select, dialog, audio, video, [tabindex]");
    if (!rel || isTaken || event.defaultPrevented || hasModifier(event)) {
      return;
    }
    const link = linkOfSession(rel);
    if (link) {
      event.preventDefault();
      link.click();
    }
  };

  /* What an address leads to is seen, whatever the day. */
  const openDay = () => {
    const target = document.getElementById(location.hash.slice(1));
    const day = target && target.closest(".event-schedule .sd-tab-content");
    const input = day && document.getElementById(day.previousElementSibling.htmlFor);
    if (input && !input.checked) {
      input.checked = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", openDay);
  openDay();

  const isSeen = (part) => {
    const { left, top, height } = part.getBoundingClientRect();
    return part.contains(document.elementFromPoint(left + 1, top + height / 2));
  };

  /* The choice of a day is where its name is. */
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".event-schedule .sd-tab-set > input")) {
      const label = target.labels[0];
      if (label && !isSeen(label)) {
        label.scrollIntoView({ block: "nearest" });
      }
    }
  });
  if (document.querySelector(".event-bar")) {
    document.addEventListener("keydown", moveByKey);
  }
  for (const button of document.querySelectorAll(".event-player")) {
    if (isPossible(button)) {
      addPlayer(button);
    } else {
      button.remove();
    }
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const picture = link && link.querySelector(":scope > img.event-large");
    /* With a key held down, browsers open a link elsewhere. */
    if (picture && !hasModifier(event)) {
      event.preventDefault();
      openLarge(link, picture);
    }
  });
}
