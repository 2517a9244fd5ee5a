/** One ffmpeg for each camera, copying into minute files: how Frigate, Shinobi and many others record. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { endChild } from './cameras.ts';

export interface Peers {
  pids: number[];
  lost(): number;
  stop(): Promise<void>;
}

export const startFfmpegRecorders = (urls: readonly string[], folder: string): Peers => {
  let lost = 0;
  const children = urls.map((url, i): ChildProcess => {
    const own = `${folder}/${i}`;
    mkdirSync(own, { recursive: true });
    const args = ['-nostdin', '-v', 'warning', '-rtsp_transport', 'tcp', '-i', url, '-c', 'copy', '-f', 'segment', '-segment_time', '60', '-reset_timestamps', '1', `${own}/%05d.mp4`];
    const child = spawn('ffmpeg', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (text: Buffer) => {
      for (const match of text.toString().matchAll(/missed (\d+) packets/g)) lost += Number(match[1]);
    });
    return child;
  });
  return {
    pids: children.flatMap((child) => (child.pid === undefined ? [] : [child.pid])),
    lost: () => lost,
    stop: async () => {
      await Promise.all(children.map((child) => endChild(child)));
    },
  };
};
