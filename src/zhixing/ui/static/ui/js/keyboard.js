// Keys: / find, J K next and previous row, A R the buttons marked data-key, ? help. Enter is the browser's own: the row's link has focus.
import { openDialog } from './dialogs.js';

const ROWS = '[data-row] .btn:not([disabled]), a[data-row-link]';
const typing = (el) => el.matches('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable]');
const visible = (el) => el.checkVisibility?.() ?? el.offsetParent !== null;

const step = (by) => {
  const stops = [...document.querySelectorAll(ROWS)].filter(visible);
  const rows = stops.filter((el, i) => i === 0 || el.closest('[data-row]') === null || el.closest('[data-row]') !== stops[i - 1].closest('[data-row]'));
  if (!rows.length) return;
  const here = rows.findIndex((el) => el === document.activeElement || (el.closest('[data-row]')?.contains(document.activeElement) ?? false));
  const at = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, here + by));
  rows[at].focus();
  rows[at].scrollIntoView({ block: 'nearest' });
};

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    document.querySelectorAll('details[data-dropdown][open]').forEach((el) => { el.open = false; el.querySelector('summary')?.focus(); });
    if (event.target.matches?.('#q')) event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector('dialog[open]')) return;
  const key = event.key.toLowerCase();
  if (key === '/') {
    const q = document.getElementById('q');
    if (q && visible(q)) { event.preventDefault(); q.focus(); q.select(); }
  } else if (key === '?') {
    openDialog('keys-help');
  } else if (key === 'j' || key === 'k') {
    step(key === 'j' ? 1 : -1);
  } else if (key === 'a' || key === 'r') {
    // Only where the page offers such a button; approving asks again (data-confirm on its form).
    const button = document.querySelector(`[data-key="${key}"]:not([disabled])`);
    if (button) { event.preventDefault(); button.focus(); button.click(); }
  }
});

document.addEventListener('click', (event) => {
  document.querySelectorAll('details[data-dropdown][open]').forEach((el) => { if (!el.contains(event.target)) el.open = false; });
});
