// htmx, where a page uses hx-* attributes: forgery token on each call, errors said in words. Settings (no eval, no inline
// styles) are in the meta element of ui/_head.html.
import { toast } from './dialogs.js';

const token = () => document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? '';

document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.verb !== 'get') event.detail.headers['X-CSRFToken'] = token();
});
document.addEventListener('htmx:responseError', (event) => {
  const status = event.detail.xhr.status;
  toast(status === 403 ? '这项内容不对您开放。' : `没有办成（${status}），请稍候再试。`);
});
document.addEventListener('htmx:sendError', () => toast('网络中断，没有办成，请稍候再试。'));
