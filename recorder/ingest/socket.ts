/**
 * The connection to a camera: plain, or with TLS (rtsps://). A camera's certificate is seldom signed by anybody: it is trusted when the
 * machine trusts who signed it and it names the camera's address, or when its fingerprint is the one that was noted with the camera.
 */
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecure, getCACertificates, type TLSSocket } from 'node:tls';
import type { EndCause } from './cause.ts';

export interface Destination {
  /** Resolved and checked; the connection goes there. */
  address: string;
  /** As it stands in the URL: what a certificate must name. */
  host: string;
  port: number;
  /** Null: plain. `fingerprint`: SHA-256 of the certificate in hexadecimal, null where the machine's own trust decides. */
  secure: { fingerprint: string | null } | null;
}

export interface SocketHandlers {
  onReady(): void;
  /** Answers whether to go on reading. */
  onRead(length: number, bytes: Buffer): boolean;
  /** The certificate is not the right one; the connection is of no use. */
  onUntrusted(cause: EndCause): void;
}

let trusted: string[] | null = null;
/** Those that come with the runtime and those of this machine; read when the first camera with TLS is there. */
const trustedCertificates = (): string[] => (trusted ??= [...new Set([...getCACertificates('bundled'), ...getCACertificates('system')])]);

const hexadecimal = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();

const certificateCause = (socket: TLSSocket, pinned: string | null): EndCause | null => {
  const { fingerprint256 } = socket.getPeerCertificate();
  if (typeof fingerprint256 !== 'string') return { reason: 'camera_refused', outcome: 'certificate_unknown', detail: 'no certificate was shown' };
  if (pinned !== null) {
    return hexadecimal(fingerprint256) === hexadecimal(pinned) ? null : { reason: 'camera_refused', outcome: 'certificate_differs', detail: `SHA-256 ${hexadecimal(fingerprint256)}` };
  }
  if (socket.authorized) return null;
  return { reason: 'camera_refused', outcome: 'certificate_unknown', detail: `SHA-256 ${hexadecimal(fingerprint256)} (${String(socket.authorizationError)})` };
};

/** `shared`: where plain sockets read into, one buffer for all of them. */
export const openSocket = (to: Destination, shared: Buffer, handlers: SocketHandlers): Socket => {
  const { address, host, port, secure } = to;
  if (secure === null) {
    const socket = connect({ host: address, port, noDelay: true, onread: { buffer: shared, callback: (length, bytes) => handlers.onRead(length, bytes as Buffer) } });
    socket.once('connect', () => handlers.onReady());
    return socket;
  }
  const name = host.replace(/^\[|\]$/g, '');
  const socket = connectSecure({
    host: address,
    port,
    ca: trustedCertificates(),
    // Judged below, so that an unknown certificate has a sentence of its own and its fingerprint.
    rejectUnauthorized: false,
    ...(isIP(name) === 0 ? { servername: name } : {}),
  });
  socket.setNoDelay(true);
  socket.once('secureConnect', () => {
    const cause = certificateCause(socket, secure.fingerprint);
    if (cause === null) handlers.onReady();
    else handlers.onUntrusted(cause);
  });
  // What was decrypted comes in buffers of its own: there is no shared one to read into, nor a descriptor.
  socket.on('data', (chunk: Buffer) => void handlers.onRead(chunk.length, chunk));
  return socket;
};
