/** Writes ISO 14496-12 boxes into one buffer that is used again for every fragment: a box's size is filled in when its content is known. */

const firstCapacity = 1_024;

export class BoxWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  /** `memory`: where it writes, for as long as that is enough; or how much to begin with. */
  constructor(memory: number | Uint8Array = firstCapacity) {
    this.#bytes = typeof memory === 'number' ? new Uint8Array(memory) : memory;
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
  }

  get length(): number {
    return this.#length;
  }

  /** Starts again from nothing; what `written` gave out before is overwritten from now on. */
  reset(): this {
    this.#length = 0;
    return this;
  }

  /** The bytes so far, not copied: valid until the next reset. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  box(type: string, content: () => void): this {
    const start = this.#length;
    this.u32(0).text(type);
    content();
    this.#view.setUint32(start, this.#length - start);
    return this;
  }

  fullBox(type: string, version: number, flags: number, content: () => void): this {
    return this.box(type, () => {
      this.u32(version * 0x1000000 + flags);
      content();
    });
  }

  u8(value: number): this {
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#grow(2);
    this.#view.setUint16(at, value);
    return this;
  }

  u32(value: number): this {
    const at = this.#grow(4);
    this.#view.setUint32(at, value);
    return this;
  }

  i32(value: number): this {
    const at = this.#grow(4);
    this.#view.setInt32(at, value);
    return this;
  }

  /** Unsigned 64 bits from a safe integer: no BigInt in the path of every fragment. */
  u64(value: number): this {
    return this.u32(Math.floor(value / 0x1_0000_0000)).u32(value >>> 0);
  }

  /** ASCII, four characters for a box type. */
  text(value: string): this {
    for (let i = 0; i < value.length; i += 1) this.u8(value.charCodeAt(i));
    return this;
  }

  bytes(value: Uint8Array): this {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  zeros(count: number): this {
    const at = this.#grow(count);
    this.#bytes.fill(0, at, at + count);
    return this;
  }

  /** Fills in a value that was not known when its place was written. */
  patchU32(at: number, value: number): void {
    this.#view.setUint32(at, value);
  }

  #grow(count: number): number {
    const at = this.#length;
    const need = at + count;
    if (need > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(need, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#length = need;
    return at;
  }
}
