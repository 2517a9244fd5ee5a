/**
 * Picture checks against labelled pictures: the drawn scenes, each as it is and distorted by ffmpeg, judged against a reference of another
 * moment. With `--held-out`: distortions of other strengths, on views of the scenes that no limit was tuned on. Prints one JSON line for each check with precision and recall, one for false alarms on good pictures, one for the cost of a look.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PictureCheck } from '../contract/health.ts';
import { judgePicture, type PictureLimits } from '../server/src/modules/health/picture/judge.ts';
import { measure, type Measures } from '../server/src/modules/health/picture/measure.ts';
import { readPpm } from '../server/src/modules/health/picture/plane.ts';
import { newView } from './parts/new-views.ts';
import { loopFile, sceneNames, type SceneName } from '../simulators/camera/scenes/catalogue.ts';

/** As packs/catalogue.yaml has them. */
const limits: PictureLimits = { blackBelow: 0.12, brightAbove: 0.85, sharpness: 0.6, covered: 0.4, shift: 0.05, cast: 0.3, noise: 0.02, frozenPictures: 3 };
const looksOfEach = 8;
const [width, height] = [640, 360];

interface Label {
  name: string;
  filter: string;
  /** null: a good picture. */
  is: PictureCheck | null;
}
const labels: readonly Label[] = [
  { name: 'as it is', filter: '', is: null }, { name: 'a little darker', filter: 'eq=brightness=-0.1', is: null }, { name: 'a little brighter', filter: 'eq=brightness=0.1', is: null },
  { name: 'grain of a small sensor', filter: 'noise=alls=5:allf=t', is: null }, { name: 'more contrast', filter: 'eq=contrast=1.2', is: null }, { name: 'somebody large in front', filter: 'drawbox=x=iw*0.4:y=ih*0.3:w=iw*0.2:h=ih*0.7:color=0x303848:t=fill', is: null },
  { name: 'lens cap', filter: 'eq=brightness=-0.9', is: 'black' }, { name: 'night without light', filter: 'eq=brightness=-0.6', is: 'black' },
  { name: 'sun in the lens', filter: 'eq=brightness=0.65', is: 'bright' }, { name: 'burnt out', filter: 'eq=brightness=0.8', is: 'bright' },
  { name: 'out of focus', filter: 'gblur=sigma=2', is: 'blurred' }, { name: 'far out of focus', filter: 'gblur=sigma=4', is: 'blurred' }, { name: 'dirty lens', filter: 'avgblur=sizeX=4:sizeY=4', is: 'blurred' },
  { name: 'board in front', filter: 'drawbox=x=0:y=0:w=iw*0.7:h=ih:color=gray:t=fill', is: 'covered' }, { name: 'leaves in front', filter: 'drawbox=x=0:y=0:w=iw:h=ih*0.65:color=0x284820:t=fill', is: 'covered' },
  { name: 'turned aside', filter: 'crop=iw*0.85:ih*0.85:iw*0.15:ih*0.1,scale=640:360', is: 'moved' }, { name: 'turned away', filter: 'crop=iw*0.6:ih*0.6:iw*0.4:0,scale=640:360', is: 'moved' }, { name: 'other view', filter: 'hflip', is: 'moved' },
  { name: 'red', filter: 'colorchannelmixer=rr=1.4:bb=0.7', is: 'colour_cast' }, { name: 'green', filter: 'colorchannelmixer=gg=1.35:rr=0.85:bb=0.85', is: 'colour_cast' },
  { name: 'noisy', filter: 'noise=alls=20:allf=t', is: 'noise' }, { name: 'very noisy', filter: 'noise=alls=45:allf=t', is: 'noise' },
];

/** Strengths, places and kinds that stand in none of `labels`. */
const heldOutLabels: readonly Label[] = [
  { name: 'as it is', filter: '', is: null }, { name: 'dusk', filter: 'eq=brightness=-0.07:saturation=0.7', is: null }, { name: 'flat light', filter: 'eq=contrast=0.85', is: null },
  { name: 'low bit rate', filter: 'scale=576:-2,scale=640:360', is: null }, { name: 'box in the hall', filter: 'drawbox=x=iw*0.1:y=ih*0.6:w=iw*0.25:h=ih*0.3:color=0x604020:t=fill', is: null },
  { name: 'tape over the lens', filter: 'eq=brightness=-0.75', is: 'black' }, { name: 'head lamps', filter: 'eq=brightness=0.7', is: 'bright' },
  { name: 'slightly out of focus', filter: 'gblur=sigma=1.6', is: 'blurred' }, { name: 'water on the lens', filter: 'boxblur=3:2', is: 'blurred' }, { name: 'shaking', filter: 'dblur=angle=30:radius=9', is: 'blurred' },
  { name: 'cloth from above', filter: 'drawbox=x=0:y=0:w=iw:h=ih*0.6:color=0x705850:t=fill', is: 'covered' }, { name: 'hand', filter: 'drawbox=x=iw*0.2:y=0:w=iw*0.8:h=ih*0.9:color=0x906858:t=fill', is: 'covered' },
  { name: 'pushed down', filter: 'crop=iw*0.88:ih*0.88:iw*0.06:ih*0.12,scale=640:360', is: 'moved' }, { name: 'hanging askew', filter: 'rotate=8*PI/180', is: 'moved' },
  { name: 'blue', filter: 'colorchannelmixer=bb=1.5:rr=0.7', is: 'colour_cast' }, { name: 'grainy', filter: 'noise=alls=28:allf=t', is: 'noise' },
];
const isHeldOut = process.argv.includes('--held-out');
const views = new Map<SceneName, Buffer>();
/** What ffmpeg reads, and which of its pictures are looked at. */
const sourceOf = (scene: SceneName): { from: readonly string[]; input: Buffer | undefined; pick: readonly string[] } => {
  if (!isHeldOut) return { from: ['-i', fileURLToPath(loopFile(scene, 'sub'))], input: undefined, pick: [`select='not(mod(n\\,37))'`] };
  const view = views.get(scene) ?? newView(scene, looksOfEach);
  views.set(scene, view);
  return { from: ['-f', 'h264', '-i', 'pipe:0'], input: view, pick: [] };
};

const pictures = (scene: SceneName, filter: string): Uint8Array[] => {
  const { from, input, pick } = sourceOf(scene);
  const chain = [...pick, ...(filter === '' ? ['null'] : [filter])].join(',');
  const done = spawnSync('ffmpeg', ['-v', 'error', ...from, '-vf', chain, '-fps_mode', 'passthrough', '-frames:v', String(looksOfEach), '-c:v', 'ppm', '-f', 'image2pipe', 'pipe:1'], { ...(input === undefined ? {} : { input }), maxBuffer: 1e9 });
  if (done.status !== 0) throw new Error(`ffmpeg: ${done.stderr.toString()}`);
  const size = width * height * 3 + `P6\n${width} ${height}\n255\n`.length;
  return Array.from({ length: Math.floor(done.stdout.length / size) }, (_, i) => done.stdout.subarray(i * size, (i + 1) * size));
};
const measured = (bytes: Uint8Array): Measures => {
  const picture = readPpm(bytes);
  if (picture === null) throw new Error('no picture');
  return measure(picture);
};

const tally = new Map<PictureCheck, { hits: number; missed: number; wrong: number }>();
const of = (check: PictureCheck): { hits: number; missed: number; wrong: number } => {
  const found = tally.get(check) ?? { hits: 0, missed: 0, wrong: 0 };
  tally.set(check, found);
  return found;
};
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const missedNames = new Map<string, number>();
const wrongNames = new Map<string, number>();
let [good, falseAlarms, looks, spentMs] = [0, 0, 0, 0];

for (const scene of sceneNames) {
  const reference = measured(pictures(scene, '')[0] ?? new Uint8Array());
  for (const { name, filter, is } of isHeldOut ? heldOutLabels : labels) {
    // The first picture is the reference itself.
    for (const bytes of pictures(scene, filter).slice(1)) {
      const begun = performance.now();
      const judged = judgePicture(measured(bytes), { references: [reference], before: [], limits });
      spentMs += performance.now() - begun;
      looks += 1;
      const found = judged.filter(({ bad }) => bad).map(({ check }) => check);
      if (is === null) {
        good += 1;
        falseAlarms += found.length > 0 ? 1 : 0;
        for (const check of found) wrongNames.set(`${check}: ${name}, ${scene}`, (wrongNames.get(`${check}: ${name}, ${scene}`) ?? 0) + 1);
      } else if (found.includes(is)) of(is).hits += 1;
      else {
        of(is).missed += 1;
        missedNames.set(`${is}: ${name}, ${scene}`, (missedNames.get(`${is}: ${name}, ${scene}`) ?? 0) + 1);
      }
      for (const check of found) if (check !== is) of(check).wrong += 1;
    }
  }
  // Frozen: the same picture again, against pictures that go on.
  const living = pictures(scene, '').map(measured);
  for (let i = 2; i < living.length; i += 1) {
    const [now, one, two] = [living[i], living[i - 1], living[i - 2]];
    if (now === undefined || one === undefined || two === undefined) continue;
    const frozen = (before: Measures[]): boolean => judgePicture(now, { references: [], before, limits }).some(({ check, bad }) => check === 'frozen' && bad);
    of('frozen')[frozen([now, now]) ? 'hits' : 'missed'] += 1;
    if (frozen([one, two])) of('frozen').wrong += 1;
  }
}
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
for (const [check, { hits, missed, wrong }] of tally) say({ bench: 'health', check, pictures: hits + missed, recall: rounded(hits / Math.max(1, hits + missed)), precision: rounded(hits / Math.max(1, hits + wrong)) });
say({ bench: 'health', goodPictures: good, falseAlarms, falseAlarmShare: rounded(falseAlarms / good) });
for (const [what, times] of missedNames) say({ bench: 'health', missed: what, times });
for (const [what, times] of wrongNames) say({ bench: 'health', falseAlarm: what, times });
say({ bench: 'health', looks, measureMs: rounded(spentMs / looks) });
