// Lists of the hall refresh in place: the page is read again and every [data-part] takes the content of its namesake.
// Rows with a data-key that was not there before are marked for a moment. A part in use (focus inside) waits.
const SECONDS = 15;
const parts = () => document.querySelectorAll('[data-part][id]');
const keys = (el) => new Set([...el.querySelectorAll('[data-key]')].map((row) => row.dataset.key));

const renew = (part, fresh) => {
  if (part.innerHTML === fresh.innerHTML || (part !== document.activeElement && part.contains(document.activeElement))) return;
  const known = keys(part), top = part.scrollTop;
  part.replaceChildren(...document.importNode(fresh, true).childNodes);
  part.scrollTop = top;
  if (known.size) part.querySelectorAll('[data-key]').forEach((row) => row.classList.toggle('is-new', !known.has(row.dataset.key)));
};

const refresh = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { credentials: 'same-origin' });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    parts().forEach((part) => { const fresh = page.getElementById(part.id); if (fresh) renew(part, fresh); });
  } catch { /* the old lists stay; 数据至 says until when they are true */ }
};

setInterval(refresh, SECONDS * 1000);
