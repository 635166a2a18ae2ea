// Tabs and segments. Without this script tabs are links to anchors (or pages) and segments are links: all works.
const current = (el) => el.hasAttribute('aria-current') || el.getAttribute('aria-pressed') === 'true' || el.getAttribute('aria-selected') === 'true';

const mark = (group, chosen) => {
  group.querySelectorAll('a, button').forEach((el) => {
    if (el.hasAttribute('aria-pressed')) el.setAttribute('aria-pressed', String(el === chosen));
    else if (el === chosen) el.setAttribute('aria-current', 'true');
    else el.removeAttribute('aria-current');
  });
};

// <nav class="tabs" data-tabs> with href="#pane": only the chosen pane is shown.
const showPane = (tabs, link) => {
  tabs.querySelectorAll('a[href^="#"]').forEach((el) => {
    const pane = document.getElementById(el.hash.slice(1));
    if (pane) pane.hidden = el !== link;
  });
  mark(tabs, link);
};

const start = (scope) => scope.querySelectorAll('[data-tabs]').forEach((tabs) => {
  const links = [...tabs.querySelectorAll('a[href^="#"]')];
  const wanted = links.find((el) => el.hash === location.hash) ?? links.find(current) ?? links[0];
  if (wanted) showPane(tabs, wanted);
});

// <… data-filter="#table">: rows with another data-kind are hidden; group heads without rows too.
const filter = (group, value) => {
  const scope = document.querySelector(group.dataset.filter);
  scope?.querySelectorAll('[data-kind]').forEach((row) => {
    row.classList.toggle('filterout', Boolean(value) && !row.dataset.kind.split(' ').includes(value));
  });
};

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-tabs] a[href^="#"]');
  if (link) {
    event.preventDefault();
    showPane(link.closest('[data-tabs]'), link);
    history.replaceState(null, '', link.hash);
    return;
  }
  const choice = event.target.closest('.seg[data-filter] a, .seg[data-filter] button');
  if (choice) {
    event.preventDefault();
    mark(choice.parentElement, choice);
    filter(choice.parentElement, choice.dataset.value ?? '');
  } else {
    const button = event.target.closest('.seg button[aria-pressed]');
    if (button) mark(button.parentElement, button);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const group = event.target.closest?.('.tabs, .seg');
  if (!group) return;
  const stops = [...group.querySelectorAll('a, button')];
  const at = stops.indexOf(event.target) + (event.key === 'ArrowRight' ? 1 : -1);
  stops.at(at % stops.length)?.focus();
});

start(document);
document.addEventListener('htmx:load', (event) => start(event.target));
