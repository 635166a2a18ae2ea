// Command hall: numbers refresh in place, charts are drawn from JSON in the page. Each chart element names its data:
// <div class="chart" data-chart="flow" data-source="id-of-json">, <script type="application/json" id="id-of-json">.
import './size.js';
import { draw } from './charts.js';

const read = (id) => JSON.parse(document.getElementById(id)?.textContent || 'null');

const charts = () => document.querySelectorAll('[data-chart]').forEach((el) => {
  const source = read(el.dataset.source);
  if (source) draw(el, el.dataset.chart, source);
});

// data-hall="/path" on <main>: the path answers {"numbers": {"name": "166,432"}, "charts": {"id": {...}}}.
const main = document.querySelector('[data-hall]');
const refresh = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(main.dataset.hall, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
    if (!answer.ok) return;
    const { numbers = {}, charts: fresh = {} } = await answer.json();
    for (const [name, text] of Object.entries(numbers)) {
      document.querySelectorAll(`[data-live="${CSS.escape(name)}"]`).forEach((el) => { if (el.textContent !== text) el.textContent = text; });
    }
    for (const [id, source] of Object.entries(fresh)) {
      document.querySelectorAll(`[data-source="${CSS.escape(id)}"]`).forEach((el) => draw(el, el.dataset.chart, source));
    }
  } catch { /* the old numbers stay, with the time they were true */ }
};

charts();
if (main) setInterval(refresh, Math.max(5, Number(main.dataset.hallSeconds || 15)) * 1000);
