import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createTerminal, writerTo } from './terminal.ts';

test('a terminal that has gone is not written to again, and breaks nothing', async () => {
  const heard: string[] = [];
  let isGone = false;
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      heard.push(chunk.toString());
      done(isGone ? Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }) : null);
    },
  });
  const terminal = createTerminal(writerTo(stream));
  terminal.line('one');
  isGone = true;
  const closed = new Promise((resolve) => stream.once('close', resolve));
  terminal.line('two');
  await closed;
  terminal.refuse(new Error('write EPIPE'));
  terminal.line('three');
  expect(heard).toEqual(['one\n', 'two\n']);
});
