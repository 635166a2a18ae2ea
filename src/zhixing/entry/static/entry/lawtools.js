// The print view: one button. Without script the browser's own menu prints as well.
document.querySelectorAll('[data-print]').forEach((button) => {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
});

// The address ends in #result, and the browser's own jump there takes the focus away from the list of problems.
window.addEventListener('load', () => setTimeout(() => document.querySelector('[data-problems]')?.focus(), 0));
