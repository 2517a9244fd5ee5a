import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize, CanonicalJsonError, isCanonicalText, parseCanonical, parseStrict } from './index.ts';

describe('canonical JSON (RFC 8785)', () => {
  test('the examples of the RFC come out byte for byte', () => {
    // RFC 8785 3.2.3 and 3.2.4
    const value = { numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/', literals: [null, true, false] };
    expect(canonicalize(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const sorted = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' };
    expect(Object.values(JSON.parse(canonicalize(sorted)) as object)).toHaveLength(7);
    expect(canonicalize(sorted)).toBe('{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}');
  });

  test.each([
    ['0000000000000000', '0'], ['8000000000000000', '0'], ['0000000000000001', '5e-324'], ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'], ['4340000000000000', '9007199254740992'], ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'], ['44b52d02c7e14af6', '1e+23'], ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'], ['444b1ae4d6e2ef50', '1e+21'], ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'], ['3eb0c6f7a0b5ed8d', '0.000001'], ['41b3de4355555553', '333333333.3333332'],
  ])('number %s of RFC 8785 appendix B is written %s', (bits, written) => {
    expect(canonicalize(Buffer.from(bits, 'hex').readDoubleBE(0))).toBe(written);
  });

  test('what has no canonical form is refused', () => {
    for (const bad of [Number.NaN, Infinity, '\ud800', 'a\udc00', { '\ud800': 1 }, 1n, () => 1, new Date(0), Symbol('x'), [undefined]]) expect(() => canonicalize(bad)).toThrow(CanonicalJsonError);
  });

  test('every value survives, and reads back only in its one spelling', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const written = canonicalize(value);
        expect(canonicalize(parseCanonical(written))).toBe(written);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('duplicate keys, lone surrogates and other spellings are refused', () => {
    for (const bad of [
      '{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '{"x":{"k":1,"k":1}}', '"\\ud800"', '"\\udc00\\ud800"', '1e400', '01', '+1', '.5', '1.', '[1,]', '{"a":1,}', 'nul', '', ' ', '"\u0001"', '"\\x"', '"\\u12g4"', '{"a" 1}', '{a:1}', '[1 2]', '"abc', 'true false', `${'['.repeat(100)}${']'.repeat(100)}`,
    ]) expect(() => parseStrict(bad), bad).toThrow(CanonicalJsonError);
    for (const bad of ['{"b":1,"a":1}', '{ "a":1}', '1.0', '1E2', '-0', '"\\u0061"', '"\\/"', '[1, 2]']) {
      expect(() => parseStrict(bad)).not.toThrow();
      expect(() => parseCanonical(bad), bad).toThrow(CanonicalJsonError);
    }
    expect(() => parseCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(CanonicalJsonError);
    expect(() => parseCanonical(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toThrow(CanonicalJsonError);
  });

  test('the quick answer and the reader agree on what is canonical', () => {
    const quick = (text: string): boolean => {
      try {
        return isCanonicalText(JSON.parse(text), text);
      } catch {
        return false;
      }
    };
    const full = (text: string): boolean => {
      try {
        parseCanonical(text);
        return true;
      } catch {
        return false;
      }
    };
    const odd = ['{"10":1,"9":2}', '{"9":1,"10":2}', '{"b":1,"a":2}', '{"a":1,"a":1}', '"\\ud800"', '"\\ud83d\\ude00"', '"\\\\ud800"', '{"__proto__":1}', '-0', '1.0', `${'['.repeat(64)}${']'.repeat(64)}`, `${'['.repeat(66)}${']'.repeat(66)}`, `${'['.repeat(200_000)}${']'.repeat(200_000)}`, '{"toJSON":1}', '{"":1}'];
    for (const text of odd) expect(quick(text), text.slice(0, 40)).toBe(full(text));
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (value, sorted) => {
      const text = sorted ? canonicalize(value) : JSON.stringify(value);
      expect(quick(text)).toBe(full(text));
    }));
  });

  test('the key __proto__ is a key like any other', () => {
    const value = parseStrict('{"__proto__":{"x":1}}');
    expect(canonicalize(value)).toBe('{"__proto__":{"x":1}}');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('fuzz: the reader agrees with JSON.parse or refuses, and never fails otherwise', () => {
    const pieces = ['{', '}', '[', ']', ',', ':', '"', '\\', 'u', '0', '1', '-', 'e', '.', 'true', 'null', '"a"', ' ', '\n', '\ud800', '😀', '\\u0000', '\\ud83d'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 24 }), (parts) => {
        const source = parts.join('');
        let ours: unknown;
        try {
          ours = parseStrict(source);
        } catch (error) {
          expect(error).toBeInstanceOf(CanonicalJsonError);
          return;
        }
        expect(canonicalize(ours)).toBe(canonicalize(JSON.parse(source)));
      }),
      { numRuns: 3_000 },
    );
  });
});
