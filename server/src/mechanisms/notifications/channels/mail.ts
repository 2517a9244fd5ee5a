/** Mail by SMTP. Each attempt has its own connection and its own limit: a server that hangs holds up nothing but that attempt. */
import type { MailSettings } from '../../../../../contract/notifications.ts';
import { systemClock, type Timer } from '../../../base/clock.ts';
import { secondMs } from '../../../base/units.ts';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface MailServer {
  settings: MailSettings;
  password: string | null;
  limitMs: number;
}

const withLimit = async <T>(work: Promise<T>, limitMs: number, end: () => void): Promise<T> => {
  // A socket's time is the machine's, whatever clock the room's deadlines go by.
  let timer: Timer | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = systemClock.after(limitMs, () => {
      end();
      reject(new Error(`no answer within ${Math.round(limitMs / secondMs)} s`));
    });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer?.cancel();
    work.catch(() => undefined);
  }
};

/** Resolves with what the server said; rejects with why not. */
export const sendMail = async ({ settings, password, limitMs }: MailServer, mail: Mail): Promise<string> => {
  const { createTransport } = await import('nodemailer'); // loaded with the first mail
  const transport = createTransport({
    host: settings.host, port: settings.port, secure: settings.encryption === 'tls', requireTLS: settings.encryption === 'starttls', ignoreTLS: settings.encryption === 'none',
    ...(settings.user === null || password === null ? {} : { auth: { user: settings.user, pass: password } }),
    connectionTimeout: limitMs, greetingTimeout: limitMs, socketTimeout: limitMs, dnsTimeout: limitMs, disableFileAccess: true, disableUrlAccess: true,
  });
  try {
    const sent = await withLimit(transport.sendMail({ from: settings.sender, to: mail.to, subject: mail.subject, text: mail.text, headers: { 'auto-submitted': 'auto-generated' } }), limitMs, () => transport.close());
    return sent.response;
  } finally {
    transport.close();
  }
};
