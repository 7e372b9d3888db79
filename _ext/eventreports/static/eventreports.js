/* Slides and videos in place, and pictures that open large. Without it a page has plain links. */
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
    if (picture && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      openLarge(link, picture);
    }
  });
}
