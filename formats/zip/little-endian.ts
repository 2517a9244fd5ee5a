/** Bytes of a record of known length, little end first as ZIP wants them. */
export class RecordBytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    this.#bytes = new Uint8Array(length);
    this.#view = new DataView(this.#bytes.buffer);
  }

  u8(value: number): this {
    this.#view.setUint8(this.#at, value);
    this.#at += 1;
    return this;
  }

  u16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  /** From a safe integer. */
  u64(value: number): this {
    return this.u32(value >>> 0).u32(Math.floor(value / 0x1_0000_0000));
  }

  bytes(value: Uint8Array): this {
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  /** Throws when the record has another length than was said: a wrong count would shift everything behind it. */
  whole(): Uint8Array {
    if (this.#at !== this.#bytes.length) throw new Error(`a record of ${this.#bytes.length} bytes was filled with ${this.#at}`);
    return this.#bytes;
  }
}

/** Null when the number is larger than JavaScript counts exactly. */
export const u64In = (view: DataView, at: number): number | null => {
  const value = view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;
  return Number.isSafeInteger(value) ? value : null;
};
