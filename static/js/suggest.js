// <suggest-field src="…" letters="2"> around an input: suggestions from so many letters
// on, as the combobox pattern of the ARIA practices has it. Options are links, so choosing
// one is following it. Enter without a choice sends the form, as without this script.

const WAIT = 120;

const element = (name, attributes = {}, ...content) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
};

// The text with the beginnings that were typed marked.
const marked = (text, spans) => {
  const pieces = [];
  let at = 0;
  for (const [start, end] of spans) {
    pieces.push(text.slice(at, start), element("mark", { "data-kind": "word" }, text.slice(start, end)));
    at = end;
  }
  return [...pieces, text.slice(at)];
};

class SuggestField extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    const input = (this.input = this.querySelector("input"));
    this.key = `${input.id}-options`;
    this.list = element("div", { id: this.key, role: "listbox", "aria-label": "Suggestions", class: "suggest-list", hidden: "" });
    this.status = element("p", { class: "unseen", role: "status" });
    this.append(this.list, this.status);
    for (const [key, value] of Object.entries({
      role: "combobox", autocomplete: "off", autocorrect: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-controls": this.key, "aria-expanded": "false",
    })) input.setAttribute(key, value);
    input.addEventListener("input", (event) => event.isComposing || this.later());
    input.addEventListener("compositionend", () => this.later());
    input.addEventListener("keydown", (event) => this.press(event));
    // The field keeps the focus while a pointer is on the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest("a")) return;
      this.chosen();
    });
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.close());
  }

  disconnectedCallback() {
    this.close();
  }

  get options() {
    return [...this.list.querySelectorAll("a")];
  }

  get active() {
    return this.list.querySelector("[aria-selected=true]");
  }

  later() {
    this.stop();
    if (this.input.value.trim().length < this.getAttribute("letters")) return this.close();
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  async ask() {
    const asking = (this.asking = new AbortController());
    const asked = new URLSearchParams(new FormData(this.input.form));
    asked.set(this.input.name, this.input.value);
    asked.set("field", this.input.name);
    try {
      const response = await fetch(`${this.getAttribute("src")}?${asked}`, { signal: asking.signal });
      const { groups } = response.ok ? await response.json() : { groups: [] };
      if (!asking.signal.aborted && document.activeElement === this.input) this.show(groups);
    } catch {
      // Without suggestions the field is a plain one.
    }
  }

  show(groups) {
    let number = 0;
    this.list.replaceChildren(
      ...groups.map(({ kind, label, options }) => {
        const name = `${this.key}-${kind}`;
        return element("div", { role: "group", "aria-labelledby": name },
          element("p", { id: name, role: "presentation", class: "suggest-head" }, label),
          ...options.map((option) => this.option(option, kind, number++)));
      }),
    );
    window.htmx?.process(this.list);
    this.select(null);
    this.open(number > 0);
    this.status.textContent = number ? `${number} suggestion${number > 1 ? "s" : ""}` : "No suggestions";
  }

  option({ label, detail, count, url, matched, matched_detail }, kind, number) {
    const name = element("b", kind === "credential" ? { class: "code-plain" } : {}, ...marked(label, matched));
    return element("a", { id: `${this.key}-${number}`, role: "option", "aria-selected": "false", tabindex: "-1", href: url },
      element("span", {}, name, ...(detail ? [" ", element("small", {}, ...marked(detail, matched_detail))] : [])),
      " ",
      element("span", { class: "n" }, count.toLocaleString("en-US"), element("span", { class: "unseen" }, " open")));
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", isOpen);
  }

  close() {
    this.stop();
    this.open(false);
    this.select(null);
    this.status.textContent = "";
  }

  select(option) {
    this.active?.setAttribute("aria-selected", "false");
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // The words typed are answered by where the option leads; they must not come along.
  chosen() {
    this.close();
    this.input.blur();
  }

  press(event) {
    const { key, altKey, isComposing } = event;
    if (isComposing) return;
    const isOpen = !this.list.hidden;
    const { options, active } = this;
    if ((key === "ArrowDown" || key === "ArrowUp") && options.length) {
      event.preventDefault();
      if (!isOpen) this.open(true);
      if (altKey) return key === "ArrowUp" && this.close();
      // Before the first and after the last stands the field itself.
      const ring = [null, ...options];
      const step = key === "ArrowDown" ? 1 : ring.length - 1;
      this.select(ring[(ring.indexOf(active) + step) % ring.length]);
    } else if (key === "Enter") {
      if (isOpen && active) {
        event.preventDefault();
        active.click();
      } else this.close();
    } else if (key === "Escape") {
      event.preventDefault();
      if (!isOpen) this.input.value = "";
      this.close();
    } else if (key === "Home" || key === "End" || key === "ArrowLeft" || key === "ArrowRight") {
      this.select(null);
    }
  }
}

customElements.define("suggest-field", SuggestField);
