// Money fields: 608530.09 is shown as 608,530.09 when the field is left. The server reads both. Text only, no arithmetic.
const group = (text) => {
  const plain = text.replaceAll(/[,，\s]/g, '');
  const found = /^(-?)(\d{1,16})(?:\.(\d{0,2}))?$/.exec(plain);
  if (!found) return text;
  const whole = found[2].replace(/^0+(?=\d)/, '').replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${found[1]}${whole}.${(found[3] ?? '').padEnd(2, '0')}`;
};

document.addEventListener('focusout', (event) => {
  if (event.target.matches?.('[data-money]') && event.target.value.trim()) event.target.value = group(event.target.value);
});
document.addEventListener('focusin', (event) => {
  const el = event.target;
  if (!el.matches?.('[data-money]') || el.readOnly || !el.value.includes(',')) return;
  el.value = el.value.replaceAll(',', '');
  el.select();
});
document.querySelectorAll('[data-money]').forEach((el) => { if (el.value.trim()) el.value = group(el.value); });
