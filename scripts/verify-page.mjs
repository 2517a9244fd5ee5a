/** Makes verify.html: one file, style and program inside, nothing fetched, so that it works from a stick. The same sources give the same bytes. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'verify', 'page');
export const output = join(root, 'dist', 'verify-page', 'verify.html');

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export const makePage = async () => {
  const { build } = await import('vite');
  const result = await build({
    configFile: false, root: folder, logLevel: 'warn',
    build: { write: false, target: 'es2023', minify: true, modulePreload: false, lib: { entry: join(folder, 'main.ts'), formats: ['iife'], name: 'vigilVerify', fileName: 'verify' } },
  });
  const [{ output: chunks }] = Array.isArray(result) ? result : [result];
  // A program inside a page must not hold the word that ends it.
  const program = chunks.find(({ type }) => type === 'chunk').code.replaceAll('</script', '<\\/script').trim();
  const style = readFileSync(join(folder, 'page.css'), 'utf8').trim();
  const policy = `default-src 'none'; script-src ${hash(program)}; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>证据核验 · Evidence verification</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="root"><noscript>请允许本页运行脚本，或用说明中的命令核验。 Allow this page to run its script, or verify by the commands of the README.</noscript></div>
<script>${program}</script>
</body>
</html>
`;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = await makePage();
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, page);
}
