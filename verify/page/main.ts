/** The verifier as one page that is opened from a file: a package is dropped on it, read in pieces, and judged by the same code as the command. */
import { createSha256, pureCrypto } from '../../formats/pure-crypto/index.ts';
import { toHex } from '../../formats/tlog/index.ts';
import { crc32, type ByteSource } from '../../formats/zip/index.ts';
import { verifyBundle, zipPackage, type BundleReport } from '../bundle/index.ts';
import { element } from './elements.ts';
import { resultView, sayIn } from './result-view.ts';
import type { Language } from './words.ts';

const pieceBytes = 4 * 1024 * 1024;
const crypto = { ...pureCrypto, createSha256 };

const sourceOf = (file: File): ByteSource => ({ sizeBytes: file.size, readAt: async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()) });

const hashOf = async (file: File, progress: (done: number, total: number) => void): Promise<string> => {
  const hash = createSha256();
  const source = sourceOf(file);
  for (let at = 0; at < file.size; at += pieceBytes) {
    hash.update(await source.readAt(at, pieceBytes));
    progress(Math.min(file.size, at + pieceBytes), file.size);
  }
  return toHex(hash.digest());
};

const isZip = async (file: File): Promise<boolean> => {
  const [a, b] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return a === 0x50 && b === 0x4b;
};

type State =
  | { kind: 'waiting' }
  | { kind: 'working'; name: string }
  | { kind: 'done'; file: File; report: BundleReport; keyGiven: boolean }
  | { kind: 'other'; name: string; sha256: string }
  | { kind: 'failed'; name: string; why: string };

const root = document.getElementById('root');
if (root === null) throw new Error('the page has lost its root');
let language: Language = navigator.languages.some((one) => one.startsWith('zh')) || navigator.languages.length === 0 ? 'zh' : 'en';
let state: State = { kind: 'waiting' };
/** Kept when the language changes and when another package is verified. */
const typed = { expected: '', anchors: '' };
/** A package that was dropped later wins. */
let turn = 0;

const progress = element('progress', { max: '1', value: '0' });
const showProgress = (done: number, total: number): void => {
  progress.value = total === 0 ? 1 : done / total;
};

const become = (next: State): void => {
  state = next;
  draw();
};

const take = async (file: File): Promise<void> => {
  turn += 1;
  const mine = turn;
  showProgress(0, 1);
  become({ kind: 'working', name: file.name });
  try {
    if (!(await isZip(file))) {
      const sha256 = await hashOf(file, showProgress);
      if (mine === turn) become({ kind: 'other', name: file.name, sha256 });
      return;
    }
    const keyGiven = typed.expected.trim() !== '';
    const report = await verifyBundle(crypto, await zipPackage(sourceOf(file), crc32), { anchors: typed.anchors, onProgress: showProgress, ...(keyGiven ? { trustedKeys: [typed.expected] } : {}) });
    if (mine === turn) become({ kind: 'done', file, report, keyGiven });
  } catch (error) {
    if (mine === turn) become({ kind: 'failed', name: file.name, why: error instanceof Error ? error.message : String(error) });
  }
};

const wholeHash = (file: File): HTMLElement => {
  const say = sayIn(language);
  const button = element('button', { type: 'button' }, `${say('whole')}: ${say('count')}`);
  const place = element('p', {}, button);
  button.addEventListener('click', () => {
    button.disabled = true;
    void hashOf(file, (done, total) => (button.textContent = `${Math.floor((done / total) * 100)} %`)).then(
      (sha256) => place.replaceChildren(say('whole'), element('br'), element('code', {}, sha256)),
      () => place.replaceChildren(say('failed')),
    );
  });
  return place;
};

const chooser = (): HTMLElement => {
  const say = sayIn(language);
  const input = element('input', { type: 'file', id: 'file', accept: '.zip,.html' });
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) void take(file);
  });
  const field = (id: 'expected' | 'anchors'): HTMLElement => {
    const area = element('textarea', { id, rows: id === 'anchors' ? '3' : '2', spellcheck: 'false' });
    area.value = typed[id];
    area.addEventListener('input', () => (typed[id] = area.value));
    return element('div', { class: 'field' }, element('label', { for: id }, say(id)), area);
  };
  return element('div', {}, element('div', { class: 'drop' }, element('p', {}, say('drop')), element('label', { for: 'file', class: 'button' }, say('choose')), input, element('p', { class: 'hint' }, say('intro'))), field('expected'), field('anchors'));
};

const body = (): HTMLElement => {
  const say = sayIn(language);
  const again = (): HTMLElement => {
    const button = element('button', { type: 'button' }, say('again'));
    button.addEventListener('click', () => become({ kind: 'waiting' }));
    const print = element('button', { type: 'button' }, say('print'));
    print.addEventListener('click', () => window.print());
    return element('p', { class: 'acts' }, button, print);
  };
  if (state.kind === 'waiting') return chooser();
  if (state.kind === 'working') return element('div', { class: 'working' }, element('label', {}, `${say('working')} ${state.name}`, progress));
  if (state.kind === 'other') return element('div', {}, element('p', {}, say('otherFile')), element('p', {}, state.name), element('code', {}, state.sha256), again());
  if (state.kind === 'failed') return element('div', {}, element('p', { role: 'alert' }, `◆ ${say('failed')}: ${state.name}`), element('p', { class: 'hint' }, state.why), again());
  return element('div', {}, resultView(state.report, { language, keyGiven: state.keyGiven, wholeHash: wholeHash(state.file) }), again());
};

const draw = (): void => {
  const say = sayIn(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = say('title');
  const change = element('button', { type: 'button', class: 'plain', lang: language === 'zh' ? 'en' : 'zh-CN' }, say('other'));
  change.addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh';
    draw();
  });
  root.replaceChildren(element('header', {}, element('h1', {}, say('title')), change), element('main', {}, body()));
};

for (const kind of ['dragover', 'drop'] as const) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    const file = kind === 'drop' ? event.dataTransfer?.files[0] : undefined;
    if (file !== undefined) void take(file);
  });
}
draw();
