/** Requests as a camera reads them (RFC 2326): a byte stream of text messages with '$' frames between. Refuses what is too long. */

export interface RtspRequest {
  method: string;
  uri: string;
  headers: Map<string, string>;
}
export type Incoming = { kind: 'request'; request: RtspRequest } | { kind: 'frame'; channel: number };

const maxHeadBytes = 16_384;
const maxBodyBytes = 65_536;

export class RequestReader {
  #held: Buffer = Buffer.alloc(0);

  /** Whole messages in `chunk` and what was held before. Throws on what cannot be RTSP. */
  push(chunk: Buffer): Incoming[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const found: Incoming[] = [];
    for (let next = this.#take(); next !== null; next = this.#take()) found.push(next);
    return found;
  }

  #take(): Incoming | null {
    const held = this.#held;
    if (held[0] === 0x24) {
      if (held.length < 4) return null;
      const end = 4 + held.readUInt16BE(2);
      if (held.length < end) return null;
      this.#held = held.subarray(end);
      return { kind: 'frame', channel: held[1] ?? 0 };
    }
    const headEnd = held.indexOf('\r\n\r\n');
    if (headEnd < 0) {
      if (held.length > maxHeadBytes) throw new Error('request head too long');
      return null;
    }
    const lines = held.toString('latin1', 0, headEnd).split('\r\n');
    const [method = '', uri = '', version = ''] = (lines[0] ?? '').split(' ');
    if (!version.startsWith('RTSP/1.')) throw new Error('not RTSP');
    const headers = new Map<string, string>();
    for (const line of lines.slice(1)) {
      const colon = line.indexOf(':');
      if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    const bodyBytes = Number(headers.get('content-length') ?? '0');
    if (!Number.isInteger(bodyBytes) || bodyBytes < 0 || bodyBytes > maxBodyBytes) throw new Error('request body too long');
    const end = headEnd + 4 + bodyBytes;
    if (held.length < end) return null;
    this.#held = held.subarray(end);
    return { kind: 'request', request: { method, uri, headers } };
  }
}

const reasons: Record<number, string> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  453: 'Not Enough Bandwidth',
  454: 'Session Not Found',
  455: 'Method Not Valid in This State',
  461: 'Unsupported Transport',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export const responseText = (status: number, cseq: string, headers: [string, string][], body = ''): string => {
  const lines = [`RTSP/1.0 ${status} ${reasons[status] ?? 'Refused'}`, `CSeq: ${cseq}`, 'Server: Vigil simulated camera'];
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
};
