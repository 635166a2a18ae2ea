// Type size: three buttons, remembered on this machine.
const root = document.documentElement;

const show = (size) => {
  document.querySelectorAll('.sizer button').forEach((b) => b.setAttribute('aria-pressed', String(b.dataset.size === size)));
};

const choose = (size) => {
  if (size) root.dataset.size = size; else delete root.dataset.size;
  try { localStorage.setItem('zx-size', size); } catch { /* storage forbidden: holds for this page only */ }
  show(size);
};

document.addEventListener('click', (event) => {
  const button = event.target.closest('.sizer button');
  if (button) choose(button.dataset.size);
});
show(root.dataset.size || '');
