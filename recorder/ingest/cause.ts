/** Why a connection ended: once for the gap that people see, once for the test button, and a detail for technicians without secrets. */
import type { CameraSource, GapReason, ProbeOutcome } from '../../contract/recorder.ts';
import { withoutSecrets } from '../../server/src/base/log.ts';

export interface EndCause {
  reason: GapReason;
  outcome: Exclude<ProbeOutcome, 'ok'>;
  detail: string;
}

const longestDetail = 200;

type Secrets = Pick<CameraSource, 'username' | 'password'>;

/** Text that a camera may have had a say in: a hostile one echoes what it was sent. */
export const cleanDetail = (text: string, secrets: Secrets): string => {
  let clean = text;
  if (secrets.password !== null && secrets.password !== '') {
    const { username, password } = secrets;
    const basic = Buffer.from(`${username ?? ''}:${password}`, 'utf8').toString('base64');
    // latin1: the reason phrase is read so, whatever the camera meant.
    for (const secret of [basic, password, encodeURIComponent(password), Buffer.from(password, 'utf8').toString('latin1')]) clean = clean.replaceAll(secret, '***');
  }
  // oxlint-disable-next-line no-control-regex -- logs and screens take no control characters from a camera
  return withoutSecrets(clean.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')).slice(0, longestDetail);
};

/** A socket error, before or after the connection stood. */
export const socketCause = (error: NodeJS.ErrnoException, wasConnected: boolean): EndCause => {
  const detail = error.code ?? error.message;
  if (wasConnected) return { reason: 'network', outcome: 'unreachable', detail };
  // TLS was asked of something that does not speak it.
  if (error.code === 'EPROTO' || error.code?.startsWith('ERR_SSL') === true) return { reason: 'camera_unreachable', outcome: 'not_rtsp', detail };
  if (error.code === 'ECONNREFUSED') return { reason: 'camera_unreachable', outcome: 'port_closed', detail };
  return { reason: 'camera_unreachable', outcome: 'unreachable', detail };
};

const statusOutcome: Readonly<Record<number, EndCause['outcome']>> = { 404: 'path_unknown', 410: 'path_unknown', 451: 'path_unknown', 454: 'path_unknown', 461: 'transport_refused', 453: 'camera_busy', 503: 'camera_busy' };

/**
 * What stands beside the reason of a gap. A camera refuses for many causes, and a wrong path must not read like a wrong password: which it
 * was comes first, in the words of the test button (ProbeOutcome).
 */
export const gapDetail = ({ reason, outcome, detail }: EndCause): string => (reason === 'camera_refused' ? `${outcome}: ${detail}` : detail);

/** A refusal in RTSP. 401 is told apart by whether a user was given. */
export const statusCause = (method: string, status: number, phrase: string, credentialsGiven: boolean): EndCause => {
  const detail = `${method}: ${status} ${phrase}`.trim();
  if (status === 401) return { reason: 'camera_refused', outcome: credentialsGiven ? 'password_wrong' : 'password_needed', detail };
  if (status === 403 && credentialsGiven) return { reason: 'camera_refused', outcome: 'password_wrong', detail };
  return { reason: 'camera_refused', outcome: statusOutcome[status] ?? 'camera_error', detail };
};
