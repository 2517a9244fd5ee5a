/** WS-Discovery: asks the link which cameras are there and gathers who answers. Answers are foreign text: bounded, and read for a few words only. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { randomUUID } from 'node:crypto';
import { wait, type Clock } from '../../../base/clock.ts';
import { readServiceAddress } from './address.ts';

export interface FoundOnLink {
  serviceUrl: string;
  host: string;
  name: string;
  hardware: string;
  profiles: string[];
}

export interface Target {
  address: string;
  port: number;
}

const multicast: Target = { address: '239.255.255.250', port: 3702 };
const mostAnswerBytes = 16_384;
const mostFound = 512;

const probe = (messageId: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">' +
  `<e:Header><w:MessageID>${messageId}</w:MessageID><w:To e:mustUnderstand="true">urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To><w:Action e:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>` +
  '<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>';

const between = (xml: string, tag: string): string => new RegExp(`<(?:\\w+:)?${tag}\\b[^>]{0,500}>([^<]{0,8000})<`).exec(xml)?.[1]?.trim() ?? '';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const scopeOf = (scopes: readonly string[], kind: string): string[] =>
  scopes.flatMap((scope) => {
    const match = new RegExp(`^onvif://www\\.onvif\\.org/${kind}/(.{1,100})$`, 'i').exec(scope);
    return match === null ? [] : [decoded(match[1] ?? '')];
  });

/** Null: no answer to this question, or none that leads back to who sent it. */
export const readMatch = (xml: string, from: string, messageId: string, allowLocal: boolean): FoundOnLink | null => {
  if (between(xml, 'RelatesTo') !== messageId) return null;
  const addresses = between(xml, 'XAddrs').split(/\s+/).flatMap((one) => {
    const read = one === '' ? 'address_wrong' : readServiceAddress(one, allowLocal);
    return typeof read === 'string' ? [] : [read];
  });
  // A device names several addresses; the one that it answers from is the one that works. Another's address is not believed.
  const mine = addresses.find(({ host }) => host === from);
  if (mine === undefined) return null;
  const scopes = between(xml, 'Scopes').split(/\s+/);
  return { serviceUrl: mine.url, host: mine.host, name: scopeOf(scopes, 'name')[0] ?? '', hardware: scopeOf(scopes, 'hardware')[0] ?? '', profiles: scopeOf(scopes, 'Profile') };
};

const opened = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    socket.once('error', reject);
    socket.bind(0, () => {
      socket.off('error', reject);
      socket.on('error', () => undefined); // an interface that went away costs its answers, not the search
      resolve(socket);
    });
  });

const outgoing = (): string[] => Object.values(networkInterfaces()).flatMap((all) => (all ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address));

const sendTo = async (socket: Socket, message: string, target: Target): Promise<boolean> =>
  new Promise((resolve) => {
    socket.send(message, target.port, target.address, (error) => resolve(error === null));
  });

/** One message by each interface: the machine may stand in the office's network and in the cameras'. */
const sendAll = async (socket: Socket, message: string, targets: readonly Target[] | null): Promise<boolean> => {
  let sent = false;
  for (const target of targets ?? []) sent = (await sendTo(socket, message, target)) || sent;
  if (targets !== null) return sent;
  for (const address of outgoing()) {
    socket.setMulticastInterface(address);
    sent = (await sendTo(socket, message, multicast)) || sent;
  }
  return sent;
};

/** Null: nothing could be sent. `targets` null: the multicast group of every interface. */
export const discover = async ({ clock, allowLocal, waitMs, targets = null }: { clock: Clock; allowLocal: boolean; waitMs: number; targets?: readonly Target[] | null }): Promise<FoundOnLink[] | null> => {
  const socket = await opened().catch(() => null);
  if (socket === null) return null;
  const messageId = `urn:uuid:${randomUUID()}`;
  const found = new Map<string, FoundOnLink>();
  socket.on('message', (message: Buffer, from: RemoteInfo) => {
    if (message.length > mostAnswerBytes || found.size >= mostFound) return;
    const match = readMatch(message.toString('utf8'), from.address, messageId, allowLocal);
    if (match !== null) found.set(match.serviceUrl, match);
  });
  try {
    const message = probe(messageId);
    if (!(await sendAll(socket, message, targets))) return null;
    // UDP loses messages: asked once more half way.
    await wait(clock, waitMs / 2);
    await sendAll(socket, message, targets);
    await wait(clock, waitMs / 2);
  } finally {
    socket.close();
  }
  return [...found.values()].toSorted((a, b) => a.host.localeCompare(b.host, 'en', { numeric: true }));
};
