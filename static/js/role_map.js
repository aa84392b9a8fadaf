// The map of roles brings the moves of one role forward: the one pointed at, or the one
// the keyboard is on. Arrow keys follow the moves, buttons change the size.

const HEAD = "url(#move-head)";
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const SIZES = ["", "2", "3", "4"];

function liven(frame) {
  const svg = frame.querySelector(".role-map");
  const view = frame.querySelector(".map-view");
  if (!svg) return;
  const nodes = [...svg.querySelectorAll(".node")];
  const moves = [...svg.querySelectorAll(".move")];
  const byRole = new Map(nodes.map((node) => [node.dataset.role, node]));
  let pinned = svg.querySelector(".node[data-focus]");
  let shown = pinned;

  function flag(node, worth) {
    node.dataset.near = "";
    node.querySelector(".worth-flag text").textContent = worth ?? "";
  }

  function bringForward(node) {
    if (node === shown) return;
    shown = node;
    for (const each of nodes) {
      delete each.dataset.focus;
      delete each.dataset.near;
    }
    const role = node?.dataset.role;
    for (const move of moves) {
      const { from, to, worth } = move.dataset;
      const isOn = role === from || role === to;
      move.toggleAttribute("data-on", isOn);
      if (!isOn) {
        move.removeAttribute("marker-end");
        continue;
      }
      move.setAttribute("marker-end", HEAD);
      move.parentNode.append(move); // over the quiet ones
      flag(byRole.get(role === from ? to : from), worth);
    }
    if (node) node.dataset.focus = "";
    frame.querySelector(".map-now").hidden = !node;
    frame.querySelector(".map-quiet").hidden = Boolean(node);
    if (node) frame.querySelector(".map-now strong").textContent = node.dataset.name;
  }

  function quieten() {
    pinned = null;
    bringForward(null);
  }

  // One stop for the Tab key, and the arrows from there

  let stop = pinned ?? nodes[0];
  for (const node of nodes) node.setAttribute("tabindex", node === stop ? "0" : "-1");

  function stand(node) {
    stop?.setAttribute("tabindex", "-1");
    stop = node;
    stop.setAttribute("tabindex", "0");
  }

  function ahead(node, key) {
    if (key === "Home") return nodes[0];
    if (key === "End") return nodes.at(-1);
    return byRole.get(node.dataset.arrows.split(" ")[KEYS.indexOf(key)]);
  }

  svg.addEventListener("keydown", (event) => {
    const node = event.target.closest(".node");
    if (!node || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") quieten();
    if (![...KEYS, "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const next = ahead(node, event.key);
    next?.focus();
    next?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  svg.addEventListener("focusin", (event) => {
    const node = event.target.closest(".node");
    if (!node) return;
    stand(node);
    bringForward(node);
  });
  svg.addEventListener("focusout", () => bringForward(pinned));
  svg.addEventListener("pointerover", (event) => {
    const node = event.target.closest(".node");
    if (node) bringForward(node);
  });
  svg.addEventListener("pointerleave", () => {
    bringForward(svg.contains(document.activeElement) ? stop : pinned);
  });

  // Size, and drawing the map about

  const buttons = frame.querySelectorAll("button[data-zoom]");
  let size = 0;

  function resize(to) {
    const middle = [
      (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth,
      (view.scrollTop + view.clientHeight / 2) / view.scrollHeight,
    ];
    size = Math.min(Math.max(to, 0), SIZES.length - 1);
    if (size) svg.dataset.zoom = SIZES[size];
    else delete svg.dataset.zoom;
    view.scrollLeft = middle[0] * view.scrollWidth - view.clientWidth / 2;
    view.scrollTop = middle[1] * view.scrollHeight - view.clientHeight / 2;
    for (const button of buttons) {
      const isLast = size === SIZES.length - 1;
      const isIdle = button.dataset.zoom === "in" ? isLast : size === 0;
      // Not `disabled`, which would take the keyboard's place away
      button.setAttribute("aria-disabled", isIdle);
    }
  }

  frame.querySelector(".map-zoom").hidden = false;
  frame.addEventListener("click", (event) => {
    const way = event.target.closest("button[data-zoom]")?.dataset.zoom;
    if (way) resize({ in: size + 1, out: size - 1, whole: 0 }[way]);
  });

  let hold = null;

  view.addEventListener("pointerdown", (event) => {
    if (!size || event.button || event.pointerType === "touch") return;
    hold = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop };
  });
  window.addEventListener("pointermove", (event) => {
    if (!hold || !event.buttons) return;
    const [x, y] = [event.clientX - hold.x, event.clientY - hold.y];
    hold.moved ||= Math.hypot(x, y) > 4;
    if (!hold.moved) return;
    view.dataset.held = "";
    view.scrollLeft = hold.left - x;
    view.scrollTop = hold.top - y;
  });
  window.addEventListener("pointerup", () => {
    delete view.dataset.held;
    // The click that ends a pull is none; it comes right after this.
    setTimeout(() => (hold = null));
  });
  view.addEventListener("click", (event) => hold?.moved && event.preventDefault(), true);
  view.addEventListener("dragstart", (event) => event.preventDefault());
}

document.querySelectorAll("[data-role-map]").forEach(liven);
