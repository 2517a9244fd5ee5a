/** Looks of the printed sheets: A4, black on white, no web font, no script; a table row is never torn in two. */
export const sheetStyle = `
@page { size: A4; margin: 16mm 15mm 18mm; }
* { box-sizing: border-box; }
html { background: #f0f1f3; }
body { margin: 0 auto; max-width: 210mm; padding: 16mm 15mm; background: #fff; color: #111; font: 10.5pt/1.5 "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 18pt; margin: 0; letter-spacing: .08em; }
h1 small { display: block; font-size: 10.5pt; font-weight: 400; letter-spacing: 0; color: #444; }
h2 { font-size: 11.5pt; margin: 6mm 0 2mm; padding-bottom: 1mm; border-bottom: .4pt solid #111; break-after: avoid; }
h2 span, th span, td span.en { color: #555; font-weight: 400; font-size: 9pt; }
table { width: 100%; border-collapse: collapse; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 1.2mm 2mm 1.2mm 0; border-bottom: .3pt solid #bbb; overflow-wrap: anywhere; }
th { font-weight: 600; }
table.facts th { width: 25%; }
thead { display: table-header-group; }
code { font: 9pt/1.45 "Noto Sans Mono", Consolas, Menlo, monospace; overflow-wrap: anywhere; }
.head { display: flex; justify-content: space-between; align-items: end; border-bottom: 1.2pt solid #111; padding-bottom: 3mm; }
.number { text-align: right; font-weight: 600; font-size: 12pt; }
.none { color: #555; }
.sign { display: grid; grid-template-columns: 1fr 1fr; gap: 12mm; margin-top: 10mm; break-inside: avoid; }
.sign div { border-top: .5pt solid #111; padding-top: 1.5mm; min-height: 22mm; }
@media print { html, body { background: none; } body { padding: 0; max-width: none; } }
@media (max-width: 600px) { body { padding: 5mm; } .head { display: block; } .number { text-align: left; margin-top: 2mm; } }
`;

export const escapeHtml = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** A sheet opens no connection and runs nothing, whatever somebody typed into a field of it. */
export const sheet = (title: string, body: string): string =>
  `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${sheetStyle}</style></head>
<body><main>
${body}
</main></body></html>
`;

export const factsTable = (rows: readonly (readonly [zh: string, en: string, value: string])[]): string =>
  `<table class="facts">${rows.map(([zh, en, value]) => `<tr><th scope="row">${zh} <span>${en}</span></th><td>${value === '' ? '<span class="none">—</span>' : value}</td></tr>`).join('')}</table>`;
