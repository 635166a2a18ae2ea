// Charts of the command hall on echarts. Kinds: lines, bars, treemap, heat, sankey. Colours come from the tokens.
// Tooltips are drawn on the canvas (richText): the page policy forbids inline styles.
import * as echarts from '../../vendor/echarts.esm.min.js';

const css = getComputedStyle(document.documentElement);
const v = (name) => css.getPropertyValue(name).trim();
const text = v('--text'), text2 = v('--text-2'), text3 = v('--text-3'), line = v('--line'), surface = v('--surface');
const INK = ['#7fb0de', '#4f86b8', '#2f5f8e', '#b7c6d6'];
const TONES = { ink: INK[0], ink2: INK[1], ink3: INK[2], brass: v('--brass-600'), done: v('--done-600'), warn: v('--warn-400'), late: v('--late-600') };
const LATE = ['#17324d', '#24527c', '#7a3a3c', '#b23a36'];
const HEAT = { red: ['#142a40', '#3a2229', '#6b2b2e', '#a43a37', '#e0574c'], amber: ['#142a40', '#33290f', '#5e4818', '#9c7424', '#e0a23c'] };
const tone = (name, i = 0) => TONES[name] ?? INK[i % INK.length];
const axis = { axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { color: text3, fontSize: 14 }, splitLine: { lineStyle: { color: line, opacity: 0.6 } } };
const legend = { top: 0, left: 0, itemWidth: 14, itemHeight: 4, icon: 'rect', textStyle: { color: text2, fontSize: 14 } };
const base = () => ({ textStyle: { fontFamily: v('--font'), fontSize: 14, color: text2 }, animation: false,
  tooltip: { renderMode: 'richText', confine: true, backgroundColor: surface, borderColor: line, textStyle: { color: text, fontSize: 14 } } });

const kinds = {
  // {x: [...], series: [{name, values, tone, dashed, area}]}
  lines: (d) => ({ legend, grid: { left: 48, right: 16, top: 30, bottom: 26 }, tooltip: { ...base().tooltip, trigger: 'axis' },
    xAxis: { ...axis, type: 'category', boundaryGap: false, data: d.x, splitLine: { show: false } },
    yAxis: { ...axis, type: 'value', axisLine: { show: false }, splitNumber: 4, minInterval: 1 },
    series: d.series.map((s, i) => ({ name: s.name, type: 'line', data: s.values, symbol: 'none', itemStyle: { color: tone(s.tone, i) },
      lineStyle: { color: tone(s.tone, i), width: s.dashed ? 1.5 : 3, type: s.dashed ? [4, 4] : 'solid' }, areaStyle: s.area ? { color: tone(s.tone, i), opacity: 0.12 } : undefined })) }),
  // {y: [...], series: [{name, values, tone}], totals: ["586  1.62 亿元", …]}: stacked, lying
  bars: (d) => ({ legend: { ...legend, itemHeight: 12 }, grid: { left: 76, right: 130, top: 34, bottom: 6 },
    xAxis: { ...axis, type: 'value', axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false } },
    yAxis: { ...axis, type: 'category', inverse: true, data: d.y, axisLine: { show: false }, axisLabel: { color: text, fontSize: 15 } },
    series: d.series.map((s, i) => ({ name: s.name, type: 'bar', stack: 'all', data: s.values, barMaxWidth: 24, itemStyle: { color: tone(s.tone, i) },
      label: d.totals && i === d.series.length - 1 ? { show: true, position: 'right', color: text, fontSize: 15, formatter: (p) => d.totals[p.dataIndex] } : undefined })) }),
  // {items: [{name, value, note, level, href}]}: area = value, colour = level 0…3
  treemap: (d) => ({ series: [{ type: 'treemap', roam: false, nodeClick: false, breadcrumb: { show: false }, sort: false, left: 0, right: 0, top: 0, bottom: 0, squareRatio: 0.9,
    itemStyle: { borderColor: surface, borderWidth: 0, gapWidth: 3 },
    label: { fontSize: 15, color: '#fff', lineHeight: 19, overflow: 'truncate', formatter: (p) => `${p.name}\n{n|${Number(p.value).toLocaleString()}}\n{s|${p.data.note ?? ''}}`,
      rich: { n: { fontSize: 16, fontWeight: 600, color: '#fff', lineHeight: 20 }, s: { fontSize: 14, color: '#dbe6f0', lineHeight: 17 } } },
    data: d.items.map((it) => ({ ...it, itemStyle: { color: LATE[it.level ?? 0] } })) }] }),
  // {x: [...], y: [...], cells: [[x, y, step 0…4, "red"|"amber", words]]}
  heat: (d) => ({ grid: { left: 66, right: 4, top: 6, bottom: 74 }, tooltip: { ...base().tooltip, formatter: (p) => `${d.y[p.value[1]]}　${d.x[p.value[0]]}\n${p.data.words ?? ''}` },
    xAxis: { type: 'category', data: d.x, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: text2, fontSize: 13, lineHeight: 14, interval: 0, formatter: (s) => [...s].join('\n') } },
    yAxis: { type: 'category', data: d.y, inverse: true, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: text2, fontSize: 14 } },
    series: [{ type: 'heatmap', itemStyle: { borderColor: surface, borderWidth: 2, borderRadius: 2 }, data: d.cells.map(([x, y, n, kind, words]) => ({ value: [x, y, n], words, itemStyle: { color: (HEAT[kind] ?? HEAT.red)[n] } })) }] }),
  // {nodes: [{name, tone, words}], links: [[from, to, value]]}
  sankey: (d) => ({ series: [{ type: 'sankey', left: 4, right: 150, top: 6, bottom: 6, nodeWidth: 12, nodeGap: 12, draggable: false, emphasis: { disabled: true },
    data: d.nodes.map((n, i) => ({ name: n.name, words: n.words, itemStyle: { color: tone(n.tone, i), borderWidth: 0 } })), links: d.links.map(([source, target, value]) => ({ source, target, value })),
    lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 }, label: { color: text, fontSize: 14, formatter: (p) => `${p.name} ${p.data.words ?? ''}` } }] }),
};

export const draw = (el, kind, source) => {
  const make = kinds[kind];
  if (!make) return;
  let chart = echarts.getInstanceByDom(el);
  if (!chart) {
    chart = echarts.init(el);
    new ResizeObserver(() => chart.resize()).observe(el);
    chart.on('click', (p) => { if (p.data?.href) location.assign(p.data.href); });
  }
  chart.setOption({ ...base(), ...make(source) }, true);
};
