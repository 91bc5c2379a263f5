/*
 * What every page can do beyond its HTML. No page needs it for its essentials: links lead somewhere, forms post.
 *
 * data-log              link: opens the quick log in the dialog (also key L)
 * data-dialog-open=ID   link or button: opens that dialog, loading href/data-src into it when it has one
 * data-close            button in a dialog: closes it          data-dismiss: closes a toast
 * data-menu             <details> used as a menu: arrows, Esc, click elsewhere
 * data-confirm=TEXT     form or submit button: asks first (data-confirm-yes: the word on the button)
 * data-once             form: a second submit while the first is under way does nothing
 * data-draft=KEY        form: what is typed survives an accident (this tab only, forgotten when saved or signed out)
 * data-row              one row of a list for J and K; Enter follows its first link
 * data-focus            takes the focus when it appears        data-width=PERCENT: sets a width through the CSSOM
 * data-through          a client's page: where its neighbours in the list are (data-way=next, previous)
 * data-submit-on-change form: sends itself when a choice changes
 *
 * From the server (HX-Trigger header): "lawcrm:close" closes the open dialog, "lawcrm:toast" {"text": ..., "late": bool,
 * "url": ..., "link": ...}
 * says something, "lawcrm:reload" reloads the page.
 */
(() => {
  "use strict";
  const doc = document;
  const body = doc.body;
  const find = (selector, within = doc) => within.querySelector(selector);
  const all = (selector, within = doc) => [...within.querySelectorAll(selector)];
  const words = () => find("#toasts")?.dataset ?? {};

  // -- toasts -----------------------------------------------------------------------------------
  function toast(text, { late = false, url = "", link = "", undo = "" } = {}) {
    const list = find("#toasts");
    if (!list || !text) return;
    const line = doc.createElement("div");
    line.className = late ? "toast-line is-late" : "toast-line";
    const said = doc.createElement("p");
    said.textContent = text;
    if (url) {
      const way = doc.createElement("a");
      way.href = url;
      way.textContent = link;
      said.append(" ", way);
    }
    if (undo) {
      const back = doc.createElement("button");
      back.type = "button";
      back.className = "btn btn-sm";
      back.textContent = link;
      back.onclick = () => {
        line.remove();
        htmx.ajax("POST", undo, { source: body, swap: "none" });
      };
      said.append(" ", back);
      line.dataset.stays = "10000";
    }
    const close = doc.createElement("button");
    close.type = "button";
    close.dataset.dismiss = "";
    close.setAttribute("aria-label", words().closeLabel ?? "");
    close.textContent = "×";
    line.append(said, close);
    list.append(line);
    leaveLater(line);
  }
  function leaveLater(line) {
    if (line.classList.contains("is-late")) return;
    let timer = setTimeout(() => line.remove(), Number(line.dataset.stays) || (find("a", line) ? 20000 : 7000));
    line.addEventListener("mouseenter", () => clearTimeout(timer));
    line.addEventListener("focusin", () => clearTimeout(timer));
  }

  // -- dialogs ----------------------------------------------------------------------------------
  let cameFrom = null;
  function open(dialog) {
    if (dialog.open) return;
    cameFrom = doc.activeElement === body ? null : doc.activeElement;
    dialog.showModal();
  }
  function close(dialog) {
    if (dialog?.open) dialog.close();
  }
  function load(dialog, url, target) {
    const kept = target.dataset.loaded === url && find("form[data-dirty]", target);
    open(dialog);
    if (kept) return find("textarea, input:not([type=hidden])", target)?.focus();
    target.dataset.loaded = url;
    target.setAttribute("aria-busy", "true");
    htmx.ajax("GET", url, { target, swap: "innerHTML" }).then(() => {
      target.removeAttribute("aria-busy");
      focusFirst(target);
    });
  }
  function focusFirst(within) {
    const first =
      find("[autofocus]", within) ||
      find("[data-focus]", within) ||
      find("textarea, select, input:not([type=hidden]):not([type=radio]):not([type=checkbox])", within) ||
      find("button, a", within);
    first?.focus();
  }
  function openLog(url) {
    const dialog = find("#log-dialog");
    if (!dialog || !window.htmx) return false;
    const client = body.dataset.client;
    const address = new URL(url || body.dataset.logUrl, location.href);
    const known = ["client", "draft", "follow_up"].some((name) => address.searchParams.has(name));
    if (client && !known) {
      address.searchParams.set("client", client);
      if (body.dataset.matter) address.searchParams.set("matter", body.dataset.matter);
    }
    load(dialog, address.pathname + address.search, find("#log-body"));
    return true;
  }
  doc.addEventListener("close", (event) => {
    if (!event.target.matches?.("dialog[data-dialog]")) return;
    if (cameFrom?.isConnected) cameFrom.focus();
    cameFrom = null;
  }, true);
  // A click on the veil closes, unless something has been typed.
  doc.addEventListener("mousedown", (event) => {
    if (event.target.matches?.("dialog[data-dialog]") && !find("form[data-dirty]", event.target)) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) close(event.target);
    }
  });

  // -- clicks -----------------------------------------------------------------------------------
  doc.addEventListener("click", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    const on = (selector) => event.target.closest(selector);
    const dismiss = on("[data-dismiss]");
    if (dismiss) return dismiss.closest(".toast-line").remove();
    const closer = on("[data-close]");
    if (closer) return close(closer.closest("dialog"));
    const logger = on("[data-log]");
    if (logger && plain && openLog(logger.getAttribute("href"))) return event.preventDefault();
    const opener = on("[data-dialog-open]");
    if (opener && plain) {
      const dialog = find("#" + opener.dataset.dialogOpen);
      const source = opener.dataset.src || opener.getAttribute("href");
      const target = dialog && find("[data-dialog-body]", dialog);
      if (!dialog) return undefined;
      event.preventDefault();
      return source && target ? load(dialog, source, target) : (open(dialog), focusFirst(dialog));
    }
    all("details[data-menu][open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
    return undefined;
  });

  // -- asking first, sending once -----------------------------------------------------------------
  let agreed = null;
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const question = button?.dataset.confirm || form.dataset.confirm;
    if (question && agreed !== form) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return ask(question, button?.dataset.confirmYes || form.dataset.confirmYes, () => {
        agreed = form;
        form.requestSubmit(button);
        agreed = null;
      });
    }
    if (form.dataset.sending) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return undefined;
    }
    if ("once" in form.dataset) {
      form.dataset.sending = "1";
      all("button:not([type=button])", form).forEach((each) => each.setAttribute("aria-busy", "true"));
    }
    if ("endsSession" in form.dataset || "forgetDrafts" in form.dataset) forgetDrafts();
    if (form.dataset.draft && !form.hasAttribute("hx-post")) sessionStorage.removeItem(draftKey(form));
    delete form.dataset.dirty;
    return undefined;
  }, true);
  function ask(question, yes, then) {
    const dialog = find("#confirm-dialog");
    if (!dialog) return then();
    find("#confirm-text").textContent = question;
    const button = find("[data-yes]", dialog);
    button.textContent = yes || button.dataset.word;
    button.onclick = () => {
      close(dialog);
      then();
    };
    open(dialog);
    return button.focus();
  }
  function ready(form) {
    delete form.dataset.sending;
    all("[aria-busy]", form).forEach((each) => each.removeAttribute("aria-busy"));
  }
  window.addEventListener("pageshow", () => all("form[data-sending]").forEach(ready));

  // -- nothing typed is lost ------------------------------------------------------------------------
  const draftKey = (form) => `draft:${body.dataset.user}:${form.dataset.draft}`;
  function forgetDrafts() {
    Object.keys(sessionStorage).filter((key) => key.startsWith("draft:")).forEach((key) => sessionStorage.removeItem(key));
  }
  function keepDraft(form) {
    const values = {};
    all("textarea, input[type=text], input:not([type])", form).forEach((input) => {
      if (input.name && input.value && input.value !== input.defaultValue) values[input.name] = input.value;
    });
    if (Object.keys(values).length) sessionStorage.setItem(draftKey(form), JSON.stringify(values));
    else sessionStorage.removeItem(draftKey(form));
  }
  function restoreDraft(form) {
    const stored = sessionStorage.getItem(draftKey(form));
    if (!stored) return;
    Object.entries(JSON.parse(stored)).forEach(([name, value]) => {
      const input = form.elements.namedItem(name);
      if (input && !input.value) {
        input.value = value;
        form.dataset.dirty = "1";
      }
    });
  }
  doc.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || form.getAttribute("role") === "search" || !(form.method === "post" || form.hasAttribute("hx-post"))) return;
    form.dataset.dirty = "1";
    if (form.dataset.draft) keepDraft(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (find("form[method=post][data-dirty]:not([data-sending]):not([data-draft])")) event.preventDefault();
  });
  doc.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) form.requestSubmit();
  });

  // -- keys -----------------------------------------------------------------------------------------
  const typing = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  doc.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return focusSearch(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (menuKeys(event)) return;
    if (typing(event.target) || find("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "/") focusSearch(event);
    else if (key === "l" && body.dataset.logUrl && openLog()) event.preventDefault();
    else if (key === "j") walk(1, event);
    else if (key === "k") walk(-1, event);
    else if (key === "enter" && event.target === body) find(".is-current a[href]")?.click();
  });
  doc.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form?.method === "post") {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
  function focusSearch(event) {
    const box = find("#search");
    if (!box || find("dialog[open]")) return;
    event.preventDefault();
    if (box.offsetParent) {
      box.focus();
      box.select();
    } else location.assign(box.form.action);
  }
  // On a client's page J and K go through the list one came from (its address, kept for this tab), elsewhere down and
  // up the rows of the page.
  const through = find("[data-through]");
  const came = through && sessionStorage.getItem("list");
  if (came !== null && through) {
    all("[data-way]", through).forEach((way) => (way.href = `${through.dataset.through}?${came}&way=${way.dataset.way}`));
    find("[data-through-list]").href += came ? `?${came}` : "";
    through.hidden = false;
  }
  function walk(by, event) {
    if (!through || through.hidden) return step(by, event);
    event.preventDefault();
    return find(`[data-way=${by > 0 ? "next" : "previous"}]`, through).click();
  }
  function step(by, event) {
    const rows = all("main [data-row]");
    if (!rows.length) return;
    event.preventDefault();
    const at = rows.findIndex((row) => row.classList.contains("is-current"));
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    rows[at]?.classList.remove("is-current");
    next.classList.add("is-current");
    (find("a[href]", next) ?? next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  function menuKeys(event) {
    const menu = event.target.closest("details[data-menu]");
    if (!menu?.open) return false;
    const items = all(".menu-item", menu);
    const at = items.indexOf(doc.activeElement);
    if (event.key === "Escape") {
      menu.open = false;
      find("summary", menu).focus();
    } else if (event.target.matches("input")) return false;
    else if (event.key === "ArrowDown") items[(at + 1) % items.length]?.focus();
    else if (event.key === "ArrowUp") items[(at - 1 + items.length) % items.length]?.focus();
    else return false;
    event.preventDefault();
    return true;
  }

  // -- the search box: lines appear under it; arrows choose, Enter follows, Esc puts them away ------------
  const box = find("#search");
  const lines = find("#search-results");
  let chosen = -1;
  function choose(number) {
    const found = all("[role=option]", lines);
    chosen = found.length ? (number + found.length) % found.length : -1;
    found.forEach((line, i) => line.setAttribute("aria-selected", String(i === chosen)));
    if (chosen < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", found[chosen].id);
      found[chosen].scrollIntoView({ block: "nearest" });
    }
  }
  function showLines(shown) {
    lines.hidden = !shown || !lines.childElementCount;
    box.setAttribute("aria-expanded", String(!lines.hidden));
    if (lines.hidden) {
      chosen = -1;
      box.removeAttribute("aria-activedescendant");
    }
  }
  if (box && lines) {
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        showLines(true);
        choose(event.key === "ArrowDown" ? chosen + 1 : chosen - 1);
      } else if (event.key === "Enter" && chosen >= 0) all("[role=option]", lines)[chosen].click();
      else if (event.key === "Escape" && !lines.hidden) showLines(false);
      else return;
      event.preventDefault();
    });
    box.addEventListener("focus", () => showLines(true));
    box.form.addEventListener("focusout", (event) => box.form.contains(event.relatedTarget) || showLines(false));
    lines.addEventListener("htmx:afterSwap", () => {
      chosen = -1;
      box.removeAttribute("aria-activedescendant");
      showLines(doc.activeElement === box);
    });
  }

  // -- htmx -----------------------------------------------------------------------------------------
  let waiting = 0;
  const bar = (by) => {
    waiting = Math.max(0, waiting + by);
    find("#waiting")?.classList.toggle("htmx-request", waiting > 0);
  };
  body.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = find("meta[name=csrf-token]").content;
  });
  // Signed out and in again in another tab, the forms of this page hold a token that no longer counts: before the
  // next request a fresh one is fetched, if the same person is signed in.
  let signedOut = false;
  body.addEventListener("htmx:confirm", (event) => {
    if (!signedOut) return;
    event.preventDefault();
    freshToken().then((token) => {
      const form = event.target.closest?.("form");
      if (!token) return toast(words().signedOut, { late: true }), form && ready(form);
      signedOut = false;
      all("#toasts .is-late").forEach((line) => line.remove());
      find("meta[name=csrf-token]").content = token;
      all("input[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token));
      return event.detail.issueRequest(true);
    });
  });
  async function freshToken() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.body.dataset.user === body.dataset.user ? find("meta[name=csrf-token]", page)?.content : "";
  }
  body.addEventListener("htmx:beforeRequest", () => bar(1));
  body.addEventListener("htmx:afterRequest", (event) => {
    bar(-1);
    const form = event.target.closest?.("form");
    if (!form) return;
    ready(form);
    if (!event.detail.successful) form.dataset.dirty = "1";
    else if (form.dataset.draft) sessionStorage.removeItem(draftKey(form));
  });
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) =>
    body.addEventListener(name, (event) => {
      signedOut ||= [401, 403].includes(event.detail.xhr?.status);
      toast(signedOut ? words().signedOut : words().offline, { late: true });
    }),
  );
  // A whole page where a fragment was asked for (sign-in, an error): never put that into the page, and never
  // reload over what somebody typed.
  body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (!/<html/i.test(xhr.responseText.slice(0, 400))) return;
    event.detail.shouldSwap = false;
    if (xhr.status >= 400) return; // said by htmx:responseError
    if (requestConfig.verb === "get" && !event.target.closest?.("dialog")) return location.reload();
    signedOut = true;
    toast(words().signedOut, { late: true });
  });
  body.addEventListener("lawcrm:toast", (event) => toast(event.detail.text, event.detail));
  body.addEventListener("click", (event) => event.target.closest("[data-print]") && window.print());
  body.addEventListener("lawcrm:reload", () => location.reload());
  body.addEventListener("lawcrm:close", () => {
    const dialog = find("dialog[open]");
    if (!dialog) return;
    const target = find("[data-loaded]", dialog);
    close(dialog);
    target?.replaceChildren();
    target?.removeAttribute("data-loaded");
  });

  // What is wider than the window begins with what it is about: `what` in the middle of its frame.
  function toMiddle(frame, what) {
    if (!what || frame.scrollWidth <= frame.clientWidth) return;
    const place = what.getBoundingClientRect();
    const window = frame.getBoundingClientRect();
    frame.scrollLeft += place.left + place.width / 2 - window.left - window.width / 2;
  }

  // -- what appears ---------------------------------------------------------------------------------
  function settle(within) {
    all("[data-width]", within).forEach((element) => (element.style.width = `${element.dataset.width}%`));
    all("form[data-draft]", within).forEach(restoreDraft);
    all("[data-middle]", within).forEach((frame) => toMiddle(frame, find(frame.dataset.middle, frame)));
    all(".tabs", within).forEach((tabs) => toMiddle(tabs, find("[aria-current]", tabs)));
    all("[data-focus]", within).find((each) => !each.closest("[data-sample]"))?.focus();
  }
  body.addEventListener("htmx:afterSettle", (event) => settle(event.target));
  settle(doc);
  all(".toast-line").forEach(leaveLater);
})();
