/** The verdict first, then what to compare by eye, then what it rests on, and what was not looked at. */
import { localTime, type ClipStatement } from '../../formats/evidence-bundle/index.ts';
import type { BundleReport } from '../bundle/index.ts';
import { element, factList, type Child } from './elements.ts';
import { words, type Language, type WordKey } from './words.ts';

export type Say = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;
export const sayIn = (language: Language): Say => (key, values = {}) => words[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

const marks = { intact_and_anchored: '●', intact_not_anchored: '●', altered_or_incomplete: '◆' } as const;

const clipView = (clip: ClipStatement, report: BundleReport, language: Language, say: Say): HTMLElement => {
  const time = (at: number): string => localTime(at, report.utcOffsetMinutes);
  const span = ({ from, until }: { from: number; until: number }): string => `${time(from)} – ${time(until)}`;
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} ${say('seconds')}`;
  const gaps: Child = clip.gaps.length === 0 ? say('none') : element('ul', {}, ...clip.gaps.map((gap) => element('li', {}, `${span(gap)} · ${seconds(gap.until - gap.from)} · ${gap.reason}`)));
  const rows: (readonly [string, Child])[] = [[say('asked'), span(clip.asked)], [say('contained'), clip.contained === null ? say('nothing') : span(clip.contained)]];
  if (clip.contained !== null) rows.push([say('lead'), seconds(clip.leadInMs)], [say('tail'), seconds(clip.tailMs)]);
  rows.push([say('gaps'), gaps]);
  return element('section', { class: 'clip', lang: language === 'zh' ? 'zh-CN' : 'en' }, element('h3', {}, clip.label), clip.file === null ? null : element('code', {}, clip.file), factList(rows));
};

const findingsView = (report: BundleReport, language: Language, say: Say): HTMLElement => {
  if (report.findings.length === 0) return element('p', {}, say('noFindings'));
  const faults = report.findings.filter(({ severity }) => severity === 'fault').length;
  return element(
    'div', {},
    element('ul', { class: 'findings' }, ...report.findings.map((one) => element('li', { class: one.severity }, `${one.severity === 'fault' ? '◆' : '●'} ${one[language]}`))),
    report.faultCount > faults ? element('p', {}, say('faultsInAll', { n: report.faultCount })) : null,
  );
};

const restsOn = (report: BundleReport, say: Say): HTMLElement =>
  factList([
    [say('exported'), report.exportedAt === null ? say('noLedger') : localTime(report.exportedAt, report.utcOffsetMinutes)],
    [say('files'), `${report.fileCount} · ${report.sizeBytes.toLocaleString('en-US')} B`],
    [say('segments'), say('recomputed', { n: report.segments, m: report.segmentsRecomputed })],
    [say('ledger'), report.checkpointSignedAt === null ? say('noLedger') : `${report.origin ?? ''} · ${say('ledgerAt', { n: report.checkpointSize, at: localTime(report.checkpointSignedAt, report.utcOffsetMinutes) })}`],
    [say('anchored'), say('anchoredTo', { n: report.anchorsUsed, m: report.anchoredSize })],
  ]);

export const resultView = (report: BundleReport, options: { language: Language; keyGiven: boolean; wholeHash: HTMLElement }): HTMLElement => {
  const { language } = options;
  const say = sayIn(language);
  const altered = report.verdict === 'altered_or_incomplete';
  const encrypted = report.findings.some(({ code }) => code === 'encrypted');
  const trusted = options.keyGiven && report.fingerprint !== null && !report.findings.some(({ code }) => code === 'key_not_trusted');
  return element(
    'div', { class: 'result' },
    element('div', { class: `verdict ${report.verdict}`, role: 'status' }, element('strong', {}, `${marks[report.verdict]} ${report.sentence[language]}`), element('span', {}, encrypted ? say('encryptedHint') : altered ? say('altered') : say(trusted ? 'intactTrusted' : 'intact'))),
    report.number === null ? null : element('p', { class: 'number' }, `${report.number} · ${say('copy', { n: report.copy ?? 1 })}`),
    report.fingerprint === null
      ? null
      : element('section', {}, element('h2', {}, say('fingerprint')), element('code', { class: 'fingerprint' }, report.fingerprint), element('p', { class: 'hint' }, trusted ? `● ${say('trusted')}` : say('compare'))),
    element('section', {}, element('h2', {}, say('findings')), findingsView(report, language, say)),
    report.clips.length === 0 ? null : element('section', {}, element('h2', {}, say('footage')), ...report.clips.map((clip) => clipView(clip, report, language, say))),
    report.fingerprint === null ? null : element('section', {}, element('h2', {}, say('basis')), restsOn(report, say)),
    element('section', {}, element('h2', {}, say('unchecked')), element('ul', {}, ...report.unchecked.map((one) => element('li', {}, one[language])))),
    element(
      'section', {}, element('h2', {}, say('page')),
      report.verifierSha256 === null ? null : element('p', {}, say('pageHash'), element('br'), element('code', {}, report.verifierSha256)),
      element('p', { class: 'hint' }, say('pageHow')), options.wholeHash,
    ),
  );
};
