// The inquiry menu: marks chosen rows, counts items and agencies, offers "choose all" and "none". The page works without it.
const form = document.querySelector('[data-menu]');

function boxes() {
  return [...form.querySelectorAll('input[name="menu"]:not(:disabled)')];
}

function put(name, value) {
  document.querySelectorAll(`[data-menu-count="${name}"]`).forEach((place) => { place.textContent = value; });
}

function count() {
  const chosen = boxes().filter((box) => box.checked);
  boxes().forEach((box) => box.closest('tr').classList.toggle('picked', box.checked));
  const agencies = new Set(chosen.flatMap((box) => box.dataset.agencies.split(' ').filter(Boolean)));
  const marks = form.querySelectorAll('input[name="identifiers"]:checked, input[name="identifiers"][type="hidden"]');
  put('items', chosen.length);
  put('agencies', agencies.size);
  put('marks', marks.length);
  const wants = chosen.some((box) => box.dataset.period === 'true');
  form.querySelectorAll('[data-menu-period]').forEach((place) => { place.hidden = !wants && !place.querySelector('.is-bad'); });
}

function choose(which) {
  boxes().forEach((box) => { box.checked = which === 'first' && box.dataset.first === 'true'; });
  form.dispatchEvent(new Event('change', { bubbles: true }));
}

if (form) {
  form.addEventListener('change', count);
  form.querySelectorAll('[data-menu-pick]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => choose(button.dataset.menuPick));
  });
  count();
}
