// Comparison table of an opened packet: details under each line fold, verdict segments filter. Without it everything is open.
const rows = [...document.querySelectorAll('[data-cmp-line]')];
const details = (row) => document.getElementById(row.dataset.cmpLine);

function fold(row, isOpen) {
  const button = row.querySelector('[data-cmp-toggle]');
  details(row).hidden = !isOpen;
  button.setAttribute('aria-expanded', String(isOpen));
  button.textContent = isOpen ? '收起' : button.dataset.cmpToggle;
}

function show(kind) {
  rows.forEach((row) => {
    const fits = !kind || row.dataset.kind === kind;
    row.hidden = !fits;
    if (!fits) fold(row, false);
  });
}

rows.forEach((row) => {
  const button = row.querySelector('[data-cmp-toggle]');
  button.hidden = false;
  button.addEventListener('click', () => fold(row, details(row).hidden));
  fold(row, 'cmpOpen' in row.dataset);
});

document.querySelectorAll('[data-cmp-filter]').forEach((button) => {
  button.addEventListener('click', () => {
    document.querySelectorAll('[data-cmp-filter]').forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
    show(button.dataset.cmpFilter);
  });
});

// The plan: the sum of what is ticked, against the ceiling.
const plan = document.querySelector('[data-plan]');
const cents = (text) => Math.round(Number(text.replaceAll(',', '').replaceAll('，', '')) * 100) || 0;

function sum() {
  let total = 0;
  let count = 0;
  plan.querySelectorAll('input[name="use"]:checked').forEach((box) => {
    total += cents(plan.querySelector(`input[name="amount-${box.value}"]`).value);
    count += 1;
  });
  const text = (total / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  document.querySelectorAll('[data-plan-total]').forEach((place) => { place.textContent = text; });
  document.querySelectorAll('[data-plan-count]').forEach((place) => { place.textContent = count; });
  const send = plan.querySelector('[data-plan-send]');
  if (send) send.disabled = count === 0;
}

if (plan) {
  plan.addEventListener('input', sum);
  plan.addEventListener('change', sum);
  sum();
}
