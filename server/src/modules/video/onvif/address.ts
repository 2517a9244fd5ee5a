/** The address of a device service as people write it. Pure. */
import { isLocalHost } from '../camera.ts';

export interface ServiceAddress {
  url: string;
  host: string;
  port: number;
  path: string;
  secure: boolean;
}

const devicePath = '/onvif/device_service';

/** A bare host or IP is completed; credentials in it are dropped. */
export const readServiceAddress = (typed: string, allowLocal: boolean): ServiceAddress | 'address_wrong' | 'address_local' => {
  const text = typed.trim();
  const whole = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(whole)) return 'address_wrong';
  const url = new URL(whole);
  if (!/^https?:$/.test(url.protocol) || url.hostname === '') return 'address_wrong';
  if (!allowLocal && isLocalHost(url.hostname)) return 'address_local';
  const secure = url.protocol === 'https:';
  const path = url.pathname === '/' ? devicePath : url.pathname;
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  return { url: `${url.protocol}//${url.host}${path}`, host: url.hostname.replace(/^\[|\]$/g, ''), port, path, secure };
};

/** The stream as the device names it, at the address by which it was reached: behind a router devices name an inner one, and a hostile one names another's. */
export const streamAddress = (named: string, host: string): string | null => {
  if (!URL.canParse(named)) return null;
  const url = new URL(named);
  if (!/^rtsps?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  url.hostname = host.includes(':') ? `[${host}]` : host;
  return url.toString();
};
