/**
 * A JSON reader for bytes that somebody may have tampered with: it refuses what JSON.parse lets pass silently —
 * duplicate keys, lone surrogates, numbers that overflow — and bounds depth. RFC 8259 grammar, I-JSON (RFC 7493) rules.
 */
import { CanonicalJsonError, canonicalize, maxDepth, type Json } from './canonicalize.ts';

const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const plainText = /[^"\\\u0000-\u001f]*/y; // oxlint-disable-line no-control-regex -- the grammar names them
const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  document(): Json {
    this.#space();
    const value = this.#value(0);
    this.#space();
    if (this.#at !== this.#source.length) this.#fail('text after the value');
    return value;
  }

  #fail(why: string): never {
    throw new CanonicalJsonError(`${why} at character ${this.#at}`);
  }

  #space(): void {
    for (;;) {
      const c = this.#source.charCodeAt(this.#at);
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return;
      this.#at += 1;
    }
  }

  #take(char: string): boolean {
    if (this.#source[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #value(depth: number): Json {
    if (depth > maxDepth) this.#fail(`deeper than ${maxDepth} levels`);
    switch (this.#source[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #word<V extends Json>(word: string, value: V): V {
    if (!this.#source.startsWith(word, this.#at)) this.#fail('unexpected character');
    this.#at += word.length;
    return value;
  }

  #number(): number {
    numberForm.lastIndex = this.#at;
    const found = numberForm.exec(this.#source);
    if (found === null) this.#fail('unexpected character');
    const value = Number(found[0]);
    if (!Number.isFinite(value)) this.#fail('number out of range');
    this.#at += found[0].length;
    return value;
  }

  #string(): string {
    this.#at += 1;
    let out = '';
    for (;;) {
      plainText.lastIndex = this.#at;
      const plain = plainText.exec(this.#source)?.[0] ?? '';
      out += plain;
      this.#at += plain.length;
      if (this.#take('"')) break;
      if (!this.#take('\\')) this.#fail('unended text or control character');
      out += this.#escape();
    }
    if (!out.isWellFormed()) this.#fail('lone surrogate');
    return out;
  }

  #escape(): string {
    const letter = this.#source[this.#at] ?? '';
    this.#at += 1;
    if (letter === 'u') {
      const hex = this.#source.slice(this.#at, this.#at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.#fail('wrong \\u escape');
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const plain = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (plain === undefined) this.#fail('unknown escape');
    return plain;
  }

  #array(depth: number): Json[] {
    this.#at += 1;
    const items: Json[] = [];
    this.#space();
    if (this.#take(']')) return items;
    for (;;) {
      this.#space();
      items.push(this.#value(depth + 1));
      this.#space();
      if (this.#take(']')) return items;
      if (!this.#take(',')) this.#fail('expected , or ]');
    }
  }

  #object(depth: number): Record<string, Json> {
    this.#at += 1;
    // A null prototype: the key "__proto__" is a key like any other.
    const members = Object.create(null) as Record<string, Json>;
    this.#space();
    if (this.#take('}')) return members;
    for (;;) {
      this.#space();
      if (this.#source[this.#at] !== '"') this.#fail('expected a key');
      const key = this.#string();
      if (Object.hasOwn(members, key)) this.#fail(`duplicate key ${JSON.stringify(key)}`);
      this.#space();
      if (!this.#take(':')) this.#fail('expected :');
      this.#space();
      members[key] = this.#value(depth + 1);
      this.#space();
      if (this.#take('}')) return members;
      if (!this.#take(',')) this.#fail('expected , or }');
    }
  }
}

/** Reads JSON text; throws CanonicalJsonError for anything that two readers could understand differently. */
export const parseStrict = (source: string): Json => new Reader(source).document();

/** Reads bytes or text that must already be in canonical form; any other spelling is refused. */
export const parseCanonical = (source: string | Uint8Array): Json => {
  let content: string;
  if (typeof source === 'string') content = source;
  else {
    try {
      content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(source);
    } catch {
      throw new CanonicalJsonError('bytes are not UTF-8');
    }
  }
  const value = parseStrict(content);
  if (canonicalize(value) !== content) throw new CanonicalJsonError('JSON is not in canonical form (RFC 8785)');
  return value;
};
