// Forms: busy state (one click sends once), leave guard, focus on what must be mended.
const busy = (form, submitter) => {
  const button = submitter ?? form.querySelector('[type="submit"]');
  if (!button) return;
  button.setAttribute('aria-busy', 'true');
  const words = button.querySelector('[data-busy-text]');
  if (words) { words.dataset.was = words.textContent; words.textContent = words.dataset.busyText; }
  const status = form.querySelector('[data-busy-status]');
  if (status) status.textContent = words?.dataset.busyText ?? '正在提交';
  form.dataset.sent = '1';
};

export const rest = (form) => {
  delete form.dataset.sent;
  form.querySelectorAll('[aria-busy="true"]').forEach((button) => {
    button.removeAttribute('aria-busy');
    const words = button.querySelector('[data-busy-text]');
    if (words?.dataset.was) words.textContent = words.dataset.was;
  });
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-busy]')) return;
  // Disabling the button would drop its name and value from what is sent; the mark is enough.
  if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  busy(form, event.submitter);
});

// Coming back by the back button: the page may be kept with its busy state.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) document.querySelectorAll('form[data-busy]').forEach(rest);
});

const touched = new WeakSet();
document.addEventListener('input', (event) => {
  const form = event.target.closest?.('form[data-guard]');
  if (form) touched.add(form);
});
window.addEventListener('beforeunload', (event) => {
  const open = [...document.querySelectorAll('form[data-guard]')].some((form) => touched.has(form) && !form.dataset.sent);
  if (open) event.preventDefault();
});

document.querySelector('[data-problems]')?.focus();
