// <button class="copy" data-copy="text">: copies, says so. Needs a secure origin; elsewhere the text is selected instead.
import { toast } from './dialogs.js';

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    toast(`已复制：${text.length > 24 ? `${text.slice(0, 24)}…` : text}`);
  } catch {
    const near = button.previousElementSibling;
    if (near) getSelection().selectAllChildren(near);
    toast('本机不允许自动复制，已选中，请按 Ctrl+C。');
  }
});
