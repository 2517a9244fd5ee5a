import { describe, expect, it } from 'vitest';
import { Authorizer, chooseChallenge } from './digest.ts';

const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
const opaque = 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS';
const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
const rfc7616 = (algorithm: string): string => `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}"`;
const mufasa = { username: 'Mufasa', password: 'Circle of Life' };

const response = (challenge: string, method: string, uri: string, credentials = mufasa, nonceOfOurs = cnonce): string => {
  const chosen = chooseChallenge([challenge]);
  if (chosen === null) throw new Error('no challenge');
  return new Authorizer(chosen, credentials, () => nonceOfOurs).header(method, uri);
};

describe('digest', () => {
  it('answers as RFC 7616 section 3.9.1 with MD5', () => {
    expect(response(rfc7616('MD5'), 'GET', '/dir/index.html')).toContain('response="8ca523f5e9506fed4657c9700eebdbec"');
  });

  it('answers as RFC 7616 section 3.9.1 with SHA-256', () => {
    const header = response(rfc7616('SHA-256'), 'GET', '/dir/index.html');
    expect(header).toContain('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"');
    expect(header).toContain(`opaque="${opaque}"`);
    expect(header).toContain('nc=00000001');
  });

  it('answers as RFC 2617 section 3.5', () => {
    const challenge = 'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
    const header = response(challenge, 'GET', '/dir/index.html', { username: 'Mufasa', password: 'Circle Of Life' }, '0a4f113b');
    expect(header).toContain('response="6629fae49393a05397450978507c4ef1"');
  });

  it('answers without qop as RFC 2069 does, with no counter', () => {
    // Vector of the erratum to RFC 2069 section 2.4.
    const challenge = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
    const header = response(challenge, 'GET', '/dir/index.html', { username: 'Mufasa', password: 'CircleOfLife' });
    expect(header).toContain('response="1949323746fe6a43ef61f9606e7febea"');
    expect(header).not.toContain('nc=');
  });

  it('counts the nonce up', () => {
    const chosen = chooseChallenge([rfc7616('MD5')]);
    const authorizer = new Authorizer(chosen!, mufasa);
    authorizer.header('OPTIONS', 'rtsp://a/');
    expect(authorizer.header('DESCRIBE', 'rtsp://a/')).toContain('nc=00000002');
  });

  it('answers Basic as RFC 7617 section 2', () => {
    expect(response('Basic realm="WallyWorld"', 'DESCRIBE', '/', { username: 'Aladdin', password: 'open sesame' })).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
  });

  it('takes the strongest of several challenges, in one header or many', () => {
    const weak = 'Basic realm="x", Digest realm="x", nonce="n"';
    expect(chooseChallenge([weak])).toMatchObject({ scheme: 'digest', algorithm: 'MD5' });
    expect(chooseChallenge([weak, 'Digest realm="x", nonce="n", algorithm=SHA-256'])).toMatchObject({ algorithm: 'SHA-256' });
    expect(chooseChallenge(['Digest realm="x", nonce="n", algorithm=SHA-512-256', 'Basic realm="x"'])).toMatchObject({ scheme: 'basic' });
    expect(chooseChallenge(['Negotiate abc'])).toBeNull();
  });

  it('cannot be made to leave its quotes by what a camera sends', () => {
    const chosen = chooseChallenge(['Digest realm="a\\"b, evil=\\"1", nonce="n"']);
    expect(chosen).toMatchObject({ realm: 'a"b, evil="1' });
    expect(new Authorizer(chosen!, mufasa).header('OPTIONS', '/')).toContain('realm="a\\"b, evil=\\"1"');
  });
});
