import { describe, expect, it } from 'vitest';
import { faultsOf, namePathOf } from './fault-paths.ts';

describe('field faults of a refusal', () => {
  it('find their field by the path of the contract', () => {
    expect(namePathOf('body.administrator.account')).toEqual(['administrator', 'account']);
    expect(namePathOf('/body/roles/0')).toEqual(['roles', 0]);
    expect(namePathOf('url')).toEqual(['url']);
  });
  it('are read from a refusal and from nothing else', () => {
    const fields = [{ path: 'url', zh: '甲', en: 'a' }];
    expect(faultsOf({ refusal: { fields } })).toEqual(fields);
    expect(faultsOf(new Error('x'))).toEqual([]);
    expect(faultsOf(null)).toEqual([]);
  });
});
