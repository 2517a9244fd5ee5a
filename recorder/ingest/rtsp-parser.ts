/**
 * What comes over an RTSP connection (RFC 2326): responses, requests of the camera, and interleaved `$` frames (section 10.12), in any
 * cut. Frames are handed on in place in the receive buffer; only one that straddles two reads is joined in a small carry buffer first.
 * Everything is bounded, and the first fault ends this camera with its reason.
 */
export interface RtspMessage {
  /** Response: its status; request: null. */
  status: number | null;
  /** Reason phrase of a response, method of a request. */
  text: string;
  /** Names in lower case; a header that comes twice has two values. */
  headers: ReadonlyMap<string, readonly string[]>;
  body: Buffer;
}

export interface RtspHandler {
  onMessage(message: RtspMessage): void;
  /** An interleaved frame's content [start, end); valid during the call. */
  onFrame(channel: number, bytes: Buffer, start: number, end: number): void;
  /** The stream is no RTSP from here on; called once. */
  onFault(detail: string): void;
}

export const headerLimitBytes = 16_384;
export const bodyLimitBytes = 65_536;
const headerCountLimit = 100;
const dollar = 0x24;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const frameHeaderBytes = 4;
const firstCarryBytes = 2_048;

class Fault extends Error {}

const isUpper = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;

/** First line, judged as soon as it is there: a web or SSH server is known by it. */
const parseStartLine = (line: string): { status: number | null; text: string } => {
  const response = /^RTSP\/\d\.\d (\d{3})(?: (.*))?$/.exec(line);
  if (response !== null) return { status: Number(response[1]), text: response[2] ?? '' };
  const request = /^([A-Z_]{1,32}) \S{1,2048} RTSP\/\d\.\d$/.exec(line);
  if (request !== null) return { status: null, text: request[1] ?? '' };
  throw new Fault('the answer is not RTSP');
};

const parseHeaders = (lines: readonly string[]): Map<string, string[]> => {
  if (lines.length > headerCountLimit) throw new Fault('too many headers');
  const headers = new Map<string, string[]>();
  let last: string[] | null = null;
  for (const line of lines) {
    if (/^[ \t]/.test(line) && last !== null) {
      last.push(`${last.pop() ?? ''} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) continue; // cameras write stray lines; nothing is built on them
    const name = line.slice(0, colon).trim().toLowerCase();
    last = headers.get(name) ?? [];
    last.push(line.slice(colon + 1).trim());
    headers.set(name, last);
  }
  return headers;
};

const bodyLength = (headers: ReadonlyMap<string, readonly string[]>): number => {
  const values = new Set(headers.get('content-length') ?? ['0']);
  const [value = ''] = values;
  if (values.size !== 1 || !/^\d{1,9}$/.test(value)) throw new Fault('wrong content length');
  const length = Number(value);
  if (length > bodyLimitBytes) throw new Fault('body too long');
  return length;
};

interface Head {
  status: number | null;
  text: string;
  headers: ReadonlyMap<string, readonly string[]>;
  /** Bytes of head and body. */
  totalBytes: number;
  headBytes: number;
}

/** Offset behind the empty line, or -1. */
const headEnd = (bytes: Buffer, start: number, end: number): number => {
  for (let at = bytes.indexOf(lineFeed, start); at >= 0 && at + 1 < end; at = bytes.indexOf(lineFeed, at + 1)) {
    if (bytes[at + 1] === lineFeed) return at + 2;
    if (bytes[at + 1] === carriageReturn && at + 2 < end && bytes[at + 2] === lineFeed) return at + 3;
  }
  return -1;
};

export class RtspParser {
  readonly #handler: RtspHandler;
  #carry = Buffer.allocUnsafe(0);
  #carried = 0;
  #head: Head | null = null;
  /** The start line of the message in progress was judged. */
  #startSeen = false;
  #ended = false;
  /** Interleaved frames are possible only once a SETUP named a channel. */
  framesAllowed = false;

  constructor(handler: RtspHandler) {
    this.#handler = handler;
  }

  /** No more is handed on; to be called when the connection ends, also from within a handler. */
  end(): void {
    this.#ended = true;
    this.#carry = Buffer.allocUnsafe(0);
    this.#carried = 0;
  }

  push(bytes: Buffer, end: number): void {
    try {
      let at = 0;
      while (at < end && !this.#ended) {
        if (this.#carried > 0) at = this.#resume(bytes, at, end);
        else if (bytes[at] === dollar && this.framesAllowed) at = this.#frame(bytes, at, end);
        else at = this.#fresh(bytes, at, end);
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.end();
      this.#handler.onFault(error.message);
    }
  }

  #frame(bytes: Buffer, at: number, end: number): number {
    const from = at + frameHeaderBytes;
    // Bytes one by one here and in every packet's header: Buffer's readers check what is known already.
    const stop = from + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    if (from > end || stop > end) return this.#keep(bytes, at, end);
    this.#handler.onFrame(bytes[at + 1] ?? 0, bytes, from, stop);
    return stop;
  }

  #fresh(bytes: Buffer, at: number, end: number): number {
    const first = bytes[at] ?? 0;
    if (first === dollar) throw new Fault('media before it was asked for');
    if (first === carriageReturn || first === lineFeed) return at + 1;
    if (!isUpper(first)) throw new Fault('neither RTSP nor media');
    const used = this.#message(bytes, at, end);
    return used < 0 ? this.#keep(bytes, at, end) : at + used;
  }

  /** Goes on with what is in the carry buffer. */
  #resume(bytes: Buffer, at: number, end: number): number {
    if (this.#carry[0] === dollar) return this.#resumeFrame(bytes, at, end);
    const room = (this.#head?.totalBytes ?? headerLimitBytes) - this.#carried;
    const before = this.#carried;
    const taken = Math.min(room, end - at);
    this.#add(bytes, at, at + taken);
    const used = this.#message(this.#carry, 0, this.#carried);
    if (used < 0) return at + taken;
    this.#carried = 0;
    return at + used - before;
  }

  #resumeFrame(bytes: Buffer, at: number, end: number): number {
    let from = at;
    if (this.#carried < frameHeaderBytes) {
      const taken = Math.min(frameHeaderBytes - this.#carried, end - from);
      this.#add(bytes, from, from + taken);
      from += taken;
      if (this.#carried < frameHeaderBytes) return from;
    }
    const total = frameHeaderBytes + this.#carry.readUInt16BE(2);
    const taken = Math.min(total - this.#carried, end - from);
    this.#add(bytes, from, from + taken);
    from += taken;
    if (this.#carried < total) return from;
    this.#carried = 0;
    this.#handler.onFrame(this.#carry[1] ?? 0, this.#carry, frameHeaderBytes, total);
    return from;
  }

  /** Bytes used by the message at `start`, or -1 when it is not all there yet. */
  #message(bytes: Buffer, start: number, end: number): number {
    this.#head ??= this.#readHead(bytes, start, end);
    const head = this.#head;
    if (head === null || end - start < head.totalBytes) return -1;
    this.#head = null;
    this.#startSeen = false;
    const body = Buffer.from(bytes.subarray(start + head.headBytes, start + head.totalBytes));
    this.#handler.onMessage({ status: head.status, text: head.text, headers: head.headers, body });
    return head.totalBytes;
  }

  #readHead(bytes: Buffer, start: number, end: number): Head | null {
    if (!this.#startSeen) {
      const lineEnd = bytes.subarray(start, end).indexOf(lineFeed);
      if (lineEnd < 0 && end - start >= headerLimitBytes) throw new Fault('the first line does not end');
      if (lineEnd < 0) return null;
      parseStartLine(bytes.toString('latin1', start, start + lineEnd).replace(/\r$/, ''));
      this.#startSeen = true;
    }
    const stop = headEnd(bytes, start, end);
    if (stop < 0 ? end - start >= headerLimitBytes : stop - start > headerLimitBytes) throw new Fault('headers too long');
    if (stop < 0) return null;
    const [first = '', ...lines] = bytes.toString('latin1', start, stop).split(/\r?\n/);
    const headers = parseHeaders(lines.filter((line) => line !== ''));
    const headBytes = stop - start;
    return { ...parseStartLine(first), headers, headBytes, totalBytes: headBytes + bodyLength(headers) };
  }

  #keep(bytes: Buffer, at: number, end: number): number {
    this.#carried = 0;
    this.#add(bytes, at, end);
    return end;
  }

  #add(bytes: Buffer, start: number, end: number): void {
    const needed = this.#carried + end - start;
    if (needed > this.#carry.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(firstCarryBytes, 2 ** Math.ceil(Math.log2(needed))));
      this.#carry.copy(grown, 0, 0, this.#carried);
      this.#carry = grown;
    }
    bytes.copy(this.#carry, this.#carried, start, end);
    this.#carried = needed;
  }
}
