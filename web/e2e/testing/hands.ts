/** What every walk of a person needs: a passkey of the browser, a picture for who looks at screens, and what is wrong with the page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Window } from './product.ts';

const pictures = process.env['VIGIL_PICTURES'];

/** Taken when VIGIL_PICTURES names a folder. */
export const picture = async (page: Page, name: string, fullPage = false): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage });
};

/** Against accessibility, and wider than the screen. */
export const faultsOf = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...violations.map(({ id, nodes }) => `${id} ${String(nodes[0]?.target)}`), ...(tooWide > 0 ? [`${tooWide} px too wide`] : [])];
};

/** A security key of the browser that checks its person, and a passkey on it for whoever is signed in. */
export const givePasskey = async (window: Window): Promise<void> => {
  const cdp = await window.context.newCDPSession(window.page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  const made = await window.page.evaluate(async () => {
    const post = (path: string, body: unknown): Promise<Response> => fetch(`/api/identity/own-account/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const { passkey } = (await (await post('passkeys/options', {})).json()) as { passkey: PublicKeyCredentialCreationOptionsJSON };
    const credential = (await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(passkey) })) as PublicKeyCredential;
    const { id, rawId, type, response, clientExtensionResults } = credential.toJSON() as RegistrationResponseJSON;
    const { clientDataJSON, attestationObject } = response;
    return (await post('passkeys', { name: '测试', passkey: { id, rawId, type, clientExtensionResults, response: { clientDataJSON, attestationObject } } })).status;
  });
  expect(made).toBe(200);
};
