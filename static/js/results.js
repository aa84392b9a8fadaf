// Results change without a reload (htmx does the swapping). This keeps what the swap
// would lose: open disclosures, half-typed words, the reader's place in the page.

import "./tidy_form.js";

if (window.htmx) document.documentElement.dataset.live = "";

const results = () => document.getElementById("results");

const incoming = (event) =>
  event.detail.tasks
    .map(({ fragment }) => fragment?.querySelector?.("#results"))
    .find(Boolean);

document.addEventListener("htmx:before:swap", (event) => {
  const next = incoming(event);
  if (!next) return;
  for (const now of results().querySelectorAll("details[id]")) {
    const twin = next.querySelector(`#${CSS.escape(now.id)}`);
    if (twin) twin.open = now.open;
  }
  const typing = document.activeElement;
  if (typing?.matches("#results input:not([type=checkbox], [type=radio])")) {
    next.querySelector(`#${CSS.escape(typing.id)}`)?.setAttribute("value", typing.value);
  }
});

document.addEventListener("htmx:after:swap", () => {
  const heading = document.getElementById("results-title");
  if (!heading) return;
  document.getElementById("announcement").textContent = heading.textContent.trim();
  // A link that was followed is gone; reading goes on at the heading.
  if (document.activeElement === document.body) heading.focus({ preventScroll: true });
});

// The list is already narrowed by the time a thumb presses "Show 214 listings".
document.addEventListener("click", (event) => {
  if (!window.htmx || !event.target.closest("[data-shows-results]")) return;
  const facets = document.getElementById("facets");
  if (getComputedStyle(facets.querySelector("summary")).display === "none") return;
  event.preventDefault();
  facets.open = false;
  const heading = document.getElementById("results-title");
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
});
