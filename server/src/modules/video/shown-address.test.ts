import { expect, test } from 'vitest';
import { shownAddress } from './shown-address.ts';

test.each([
  ['rtsp://10.0.0.1:554/Streaming/Channels/101', 'rtsp://10.0.0.1:554/Streaming/Channels/101'],
  ['rtsp://10.0.0.1/cam/realmonitor?channel=1&subtype=0&unicast=true&proto=Onvif', 'rtsp://10.0.0.1/cam/realmonitor?channel=1&subtype=0&unicast=true&proto=Onvif'],
  ['rtsp://10.0.0.1/user=admin_password=Ge_hei_m_channel=1_stream=0.sdp?real_stream', 'rtsp://10.0.0.1/user=admin_password=***_channel=1_stream=0.sdp?real_stream'],
  ['rtsp://10.0.0.1/user=admin&password=Geheim/x&channel=1', 'rtsp://10.0.0.1/user=admin&password=***&channel=1'],
  ['rtsp://10.0.0.1/live?pwd=Geheim', 'rtsp://10.0.0.1/live?pwd=***'],
  ['rtsp://10.0.0.1/live?PASSWORD=Geheim', 'rtsp://10.0.0.1/live?PASSWORD=***'],
  ['rtsp://10.0.0.1/live?x=Geheim&y=Geheim2', 'rtsp://10.0.0.1/live?x=***&y=***'],
  ['rtsp://10.0.0.1/live?password%3DGeheim', 'rtsp://10.0.0.1/live?password%3D***'],
  ['rtsp://10.0.0.1/live?auth_token=Geheim#tail', 'rtsp://10.0.0.1/live?auth_token=***'],
  ['rtsp://10.0.0.1/admin:Geheim/ch1', 'rtsp://10.0.0.1/admin:***/ch1'],
  ['rtsp://10.0.0.1/x?channel=1/admin:Geheim', 'rtsp://10.0.0.1/x?channel=1/admin:***'],
])('%s is shown as %s', (url, shown) => {
  expect(shownAddress(url)).toBe(shown);
  expect(shownAddress(shown)).toBe(shown);
});
