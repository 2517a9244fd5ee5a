/** A simulated ONVIF device for a demonstration or a look by hand: `node simulators/onvif/main.ts --port 8580 --rtsp rtsp://127.0.0.1:8554/gate`. */
import { parseArgs } from 'node:util';
import { goodOnvif, startOnvifDevice } from './index.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8580' }, rtsp: { type: 'string', default: 'rtsp://127.0.0.1:8554/gate' }, name: { type: 'string', default: goodOnvif.name }, multicast: { type: 'boolean', default: false } } });
const [main, sub] = goodOnvif.streams;
const streams = main === undefined || sub === undefined ? [] : [{ ...main, url: values.rtsp }, { ...sub, url: `${values.rtsp}/sub` }];
const device = await startOnvifDevice({ port: Number(values.port), discoveryPort: values.multicast ? 3702 : 0, name: values.name, streams });
process.stdout.write(`${device.url} · discovery ${device.discoveryPort} · admin/admin\n`);
const stop = (): void => void device.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
