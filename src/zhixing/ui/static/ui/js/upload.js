// Files: size and kind are checked before anything is sent; progress is shown while sending. The server checks again.
import { toast } from './dialogs.js';
import { rest } from './forms.js';

const size = (n) => (n < 1048576 ? `${Math.max(1, Math.round(n / 1024))} KB` : `${(n / 1048576).toFixed(1)} MB`);

const tell = (input, text) => {
  const box = input.closest('.field') ?? input.parentElement;
  box.querySelector('[data-upload-msg]')?.remove();
  input.closest('.filebox')?.classList.toggle('is-bad', Boolean(text));
  if (text) input.setAttribute('aria-invalid', 'true'); else input.removeAttribute('aria-invalid');
  if (!text) return;
  const line = document.createElement('p');
  line.className = 'bad-msg';
  line.dataset.uploadMsg = '';
  line.setAttribute('role', 'alert');
  line.textContent = text;
  box.append(line);
};

const wrong = (input) => {
  const limit = Number(input.dataset.maxBytes || 0);
  const kinds = (input.accept || '').split(',').map((k) => k.trim().toLowerCase()).filter((k) => k.startsWith('.'));
  for (const file of input.files) {
    if (limit && file.size > limit) return `“${file.name}”有 ${size(file.size)}，最多 ${size(limit)}。请分册扫描或压缩后再选。`;
    if (file.size === 0) return `“${file.name}”是空文件，请重新选择。`;
    if (kinds.length && !kinds.some((k) => file.name.toLowerCase().endsWith(k))) return `“${file.name}”的类型不能上传，可选 ${kinds.join('、')}。`;
  }
  return '';
};

document.addEventListener('change', (event) => {
  if (event.target.matches?.('input[type="file"]')) tell(event.target, wrong(event.target));
});
for (const kind of ['dragenter', 'dragleave', 'drop']) {
  document.addEventListener(kind, (event) => event.target.closest?.('.filebox')?.classList.toggle('is-over', kind === 'dragenter'));
}

// On window and capturing: runs before the question of dialogs.js and before the busy state, so that a refused file
// leaves the form as it was.
window.addEventListener('submit', (event) => {
  const bad = [...event.target.querySelectorAll('input[type="file"]')].find((input) => wrong(input));
  if (!bad) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell(bad, wrong(bad));
  bad.focus();
}, true);

const send = (form, submitter) => {
  const bar = form.querySelector('.upload-bar');
  const call = new XMLHttpRequest();
  call.open('POST', form.action);
  call.setRequestHeader('X-Requested-With', 'XMLHttpRequest');
  call.upload.addEventListener('progress', (event) => {
    if (bar && event.lengthComputable) { bar.hidden = false; bar.value = (event.loaded / event.total) * 100; }
  });
  call.addEventListener('load', () => {
    // The answer is a page: after a redirect go there, otherwise show it (problems) in place of the form.
    const page = new DOMParser().parseFromString(call.responseText, 'text/html');
    if (call.status < 400 && call.responseURL && call.responseURL !== form.action) {
      // Fetching the page here used up the server's one-time message: carry it over.
      const said = page.querySelector('.msgbar')?.textContent.trim();
      try { if (said) sessionStorage.setItem('zx-said', said); } catch { /* the page itself still tells the state */ }
      location.assign(call.responseURL);
      return;
    }
    const fresh = page.getElementById(form.id);
    if (fresh && form.id) { form.replaceWith(document.adoptNode(fresh)); document.querySelector('[data-problems]')?.focus(); return; }
    const main = page.querySelector('main');
    if (main) document.querySelector('main').replaceChildren(...document.adoptNode(main).childNodes);
  });
  call.addEventListener('error', () => {
    rest(form);
    if (bar) bar.hidden = true;
    tell(form.querySelector('input[type="file"]'), '网络中断，文件没有上传，案件没有变化。请检查网络后再提交。');
  });
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  call.send(data);
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  const chosen = [...form.querySelectorAll('input[type="file"]')].some((input) => input.files.length);
  if (event.defaultPrevented || !form.matches('[data-upload]') || !chosen) return;
  event.preventDefault();
  send(form, event.submitter);
});

try {
  const said = sessionStorage.getItem('zx-said');
  if (said) { sessionStorage.removeItem('zx-said'); toast(said); }
} catch { /* storage forbidden */ }
