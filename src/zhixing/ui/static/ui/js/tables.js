// Tables on a phone become cards; each cell then shows the head of its column. Fills data-label where the template gave none.
const label = (table) => {
  const heads = [...table.querySelectorAll('thead th')].map((th) => (th.querySelector('.sr') ? '' : th.textContent.trim()));
  if (!heads.length) return;
  table.querySelectorAll('tbody tr:not(.grp):not(.open), tfoot tr').forEach((row) => {
    let column = 0;
    for (const cell of row.cells) {
      const head = heads[column];
      const named = cell.tagName === 'TD' && !('label' in cell.dataset) && !cell.querySelector('.ttl, :scope > .btn');
      if (named && head && cell.colSpan === 1 && cell.textContent.trim()) cell.dataset.label = head;
      // A dash says nothing on a card.
      if (cell.tagName === 'TD' && cell.textContent.trim() === '—') cell.dataset.none = '';
      column += cell.colSpan;
    }
  });
};

const all = (scope) => scope.querySelectorAll('table.tbl:not(.keep)').forEach(label);
all(document);
document.addEventListener('htmx:load', (event) => all(event.target.parentElement ?? document));
document.addEventListener('zx:swapped', (event) => all(event.target));
