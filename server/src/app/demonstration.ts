/** The demonstration room's cameras: simulated, but they speak real RTSP and send real H.264 (simulators/camera). */

export interface NewCameraOfSite {
  name: string;
  number?: number;
  url: string;
  /** Of its small stream. */
  subUrl?: string;
  username: string | null;
  password: string | null;
}

const cameras = [
  { scene: 'gate', name: '东门岗' },
  { scene: 'lobby', name: '售票大厅' },
  { scene: 'hall', name: '候车厅' },
  { scene: 'carpark', name: '停车场' },
] as const;

const portsAway = 74;
const highestPort = 65_535;
/** A port of its own for each room on the machine. */
export const simulatorPort = (roomPort: number): number => {
  if (roomPort === 0) return 18_554;
  return roomPort + portsAway <= highestPort ? roomPort + portsAway : roomPort - portsAway;
};

export const simulatorArguments = (port: number): string[] => ['--port', String(port), '--cameras', cameras.map((camera) => camera.scene).join(','), '--arrival', 'spread'];

export const demonstrationCameras = (port: number): NewCameraOfSite[] =>
  cameras.map(({ scene, name }, index) => ({ name, number: index + 1, url: `rtsp://127.0.0.1:${port}/${scene}`, subUrl: `rtsp://127.0.0.1:${port}/${scene}/sub`, username: null, password: null }));
