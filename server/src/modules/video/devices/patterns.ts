/** How the makers of recorders name their channels. Pure. */
import type { Brand } from './store.ts';

export interface ChannelAddresses {
  main: string;
  sub: string;
}

const paths: Readonly<Record<Brand, (channel: number) => ChannelAddresses>> = {
  // 101: first channel, main stream; 1602: sixteenth, sub stream.
  hikvision: (channel) => ({ main: `/Streaming/Channels/${channel}01`, sub: `/Streaming/Channels/${channel}02` }),
  dahua: (channel) => ({ main: `/cam/realmonitor?channel=${channel}&subtype=0`, sub: `/cam/realmonitor?channel=${channel}&subtype=1` }),
  uniview: (channel) => ({ main: `/unicast/c${channel}/s0/live`, sub: `/unicast/c${channel}/s1/live` }),
};

export const channelAddresses = (brand: Brand, host: string, port: number, channel: number): ChannelAddresses => {
  const base = `rtsp://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const { main, sub } = paths[brand](channel);
  return { main: `${base}${main}`, sub: `${base}${sub}` };
};

/** A host as people type it, without brackets; null: none. */
export const readHost = (typed: string): string | null => {
  const host = typed.trim().replace(/^\[|\]$/g, '');
  const url = `rtsp://${host.includes(':') ? `[${host}]` : host}:554/`;
  return host !== '' && !/[\s/@?#\\]/.test(host) && URL.canParse(url) && new URL(url).port === '554' ? host : null;
};
