// Dialogs: help, and one question before an act that cannot be taken back. Nothing typed is lost by closing.
export const openDialog = (id) => {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
};

export const ask = (text) => new Promise((answer) => {
  const dialog = document.getElementById('confirm-ask');
  if (!dialog) { answer(true); return; }
  dialog.querySelector('[data-confirm-text]').textContent = text;
  dialog.returnValue = 'no';
  dialog.addEventListener('close', () => answer(dialog.returnValue === 'yes'), { once: true });
  dialog.showModal();
});

document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-open]');
  if (opener) openDialog(opener.dataset.open);
  if (event.target.matches?.('dialog[open]')) event.target.close('no');
});

let passed = null;
document.addEventListener('submit', async (event) => {
  const form = event.target;
  const text = event.submitter?.dataset.confirm || form.dataset.confirm;
  if (!text || passed === form) { passed = null; return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  if (await ask(text)) { passed = form; form.requestSubmit(submitter); }
}, true);

let timer = 0;
export const toast = (text) => {
  const box = document.querySelector('[data-toast]');
  if (!box) return;
  box.textContent = text;
  box.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { box.hidden = true; }, 3200);
};
