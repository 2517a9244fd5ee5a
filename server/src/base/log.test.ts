import { expect, test } from 'vitest';
import { createLog, withoutSecrets } from './log.ts';

test.each([
  ['rtsp://admin:Geheim1@10.0.0.1/x', 'rtsp://***@10.0.0.1/x'],
  ['rtsp://10.0.0.1:554/user=admin&password=Geheim1&channel=1', 'rtsp://10.0.0.1:554/user=admin&password=***&channel=1'],
  ['rtsp://10.0.0.1/user=admin_password=Geheim1_channel=1.sdp', 'rtsp://10.0.0.1/user=admin_password=***'],
  ['rtsp://10.0.0.1/x?usr=a&pwd=Geheim1', 'rtsp://10.0.0.1/x?usr=a&pwd=***'],
  ['{"password":"Geheim1 with, spaces"}', '{"password":"***"}'],
  ['Authorization: Basic R2VoZWltMQ==', 'Authorization: ***'],
  ['cookie: vigil_session=Geheim1', 'cookie: ***'],
  ['the path /bypass/1 stays', 'the path /bypass/1 stays'],
])('%s is written as %s', (text, written) => {
  expect(withoutSecrets(text)).toBe(written);
});

test('fields are cleaned however deep, and errors too', () => {
  const lines: string[] = [];
  const log = createLog({ name: 'test', sink: { write: (line) => void lines.push(line) } });
  log.info('a', { camera: { password: 'Geheim1', more: [{ token: 'Geheim1', url: 'rtsp://a:Geheim1@h/' }] }, error: new Error('rtsp://a:Geheim1@h/') });
  expect(lines.join('')).not.toContain('Geheim1');
});
