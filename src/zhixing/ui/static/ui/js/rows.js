// Rows of a form: add one from the template, delete one. Names hold a number; numbers need not be without gaps.
let next = Date.now() % 100000;

const ready = (scope) => scope.querySelectorAll('[data-rows-add], [data-rows-del]').forEach((el) => { el.hidden = false; });

document.addEventListener('click', (event) => {
  const add = event.target.closest('[data-rows-add]');
  const del = event.target.closest('[data-rows-del]');
  if (add) {
    const set = add.closest('[data-rows]');
    const list = set.querySelector('[data-rows-list]');
    const known = list.querySelectorAll('[data-rows-row]').length;
    const copy = set.querySelector('[data-rows-blank]').content.cloneNode(true);
    const number = known < 1000 ? `${Math.max(known, Number(set.dataset.rowsNext || 0))}` : `${next++}`;
    set.dataset.rowsNext = String(Number(number) + 1);
    copy.querySelectorAll('*').forEach((el) => {
      for (const name of ['id', 'name', 'for', 'aria-describedby']) {
        const value = el.getAttribute(name);
        if (value?.includes('__n__')) el.setAttribute(name, value.replaceAll('__n__', number));
      }
    });
    list.append(copy);
    list.lastElementChild.querySelector('input, select, textarea')?.focus();
  }
  if (del) {
    const set = del.closest('[data-rows]');
    const known = set.querySelectorAll('[data-rows-row]').length;
    set.dataset.rowsNext = String(Math.max(known, Number(set.dataset.rowsNext || 0)));
    del.closest('[data-rows-row]').remove();
    set.querySelector('[data-rows-add]')?.focus();
  }
});
ready(document);
document.addEventListener('htmx:load', (event) => ready(event.target));
