/** Everything a simulated camera can be told to do at run time: lasting settings here, single acts in `CameraControl`. */

export type AuthScheme = 'basic' | 'digest-md5' | 'digest-sha256' | 'digest-both';
export interface Auth {
  scheme: AuthScheme;
  username: string;
  password: string;
}

export type RtspMethod = 'OPTIONS' | 'DESCRIBE' | 'SETUP' | 'PLAY' | 'GET_PARAMETER';

export type Mangle =
  | 'none'
  | 'random_packets' // well-framed packets of random bytes
  | 'random_bytes' // random bytes in place of the interleaved framing
  | 'wrong_length' // the framing says more than follows
  | 'endless_unit' // fragments of one NAL unit that never ends
  | 'wrong_aggregate' // STAP-A whose lengths point past its end
  | 'endless_header' // the answer to DESCRIBE is one header line without end
  | 'endless_body' // the answer to DESCRIBE promises terabytes and goes on
  | 'no_video'; // the description offers sound only

export interface Behaviour {
  /** burst: the whole picture at once · spread: its packets 120 µs apart · even: its packets over the picture's interval */
  arrival: 'burst' | 'spread' | 'even';
  /** What does not fit into a send buffer of this size is lost, as on a small camera. Null: no limit short of the machine's own. */
  sendBufferBytes: number | null;
  /** Keeps the connection and sends nothing more. */
  stalled: boolean;
  /** The same picture again and again, from the next key picture on. */
  frozen: boolean;
  /** Answers `method` with this status. */
  refuse: { status: number; method: RtspMethod } | null;
  /** Keeps the connection and answers no request any more. */
  mute: boolean;
  auth: Auth | null;
  /** Leaves sprop-parameter-sets out of the SDP. */
  omitSdpParameterSets: boolean;
  /** Leaves parameter sets out of the stream. */
  omitStreamParameterSets: boolean;
  /** Camera clock minus true time, ms, in sender reports and in the pictures. Setting it is a step of that clock. */
  clockOffsetMs: number;
  /** How much faster the camera's clock runs, parts per million, counted from when this is set. */
  clockDriftPpm: number;
  mangle: Mangle;
  /** Sends the other stream's pictures (and parameter sets) under the same address from the next key picture on. */
  swapped: boolean;
  sessionTimeoutSeconds: number;
  /** Over UDP: `swap` lets every second packet overtake the one before it, `double` sends each twice. */
  onTheWay: 'straight' | 'swap' | 'double';
  /** Ends sessions that gave no sign of life for the time-out. */
  enforceTimeout: boolean;
}

export const goodBehaviour: Behaviour = {
  arrival: 'burst',
  sendBufferBytes: null,
  stalled: false,
  frozen: false,
  refuse: null,
  mute: false,
  auth: null,
  omitSdpParameterSets: false,
  omitStreamParameterSets: false,
  clockOffsetMs: 0,
  clockDriftPpm: 0,
  mangle: 'none',
  swapped: false,
  sessionTimeoutSeconds: 60,
  onTheWay: 'straight',
  enforceTimeout: true,
};

export interface CameraFigures {
  viewers: number;
  packetsSent: number;
  picturesSent: number;
  bytesSent: number;
  /** By order (`drop`) or because the send buffer was full. */
  packetsDropped: number;
  connections: number;
}

export interface CameraControl {
  behaviour(): Readonly<Behaviour>;
  set(change: Partial<Behaviour>): void;
  /** Loses the next n packets on their way to every viewer. */
  drop(packets: number): void;
  /** Cuts all connections to this camera; `reset` sends RST instead of FIN. */
  cut(reset?: boolean): void;
  figures(): CameraFigures;
}
