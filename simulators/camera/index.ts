/** Simulated cameras for tests, benches and the demonstration room. They speak real RTSP and send real H.264 and H.265. */
export { startCamera, startCameras, type CameraServer, type OneCamera, type OneCameraOptions } from './server.ts';
export { loadLoop, loadScene, isScene } from './loops.ts';
export { goodBehaviour, type Auth, type AuthScheme, type Behaviour, type CameraControl, type CameraFigures, type Mangle } from './behaviour.ts';
export { startControl, type ControlServer } from './control-http.ts';
export { readWallClock, wallClockUuid } from './wall-clock.ts';
export { hevcLoopFile, sceneFrames, sceneFramesPerSecond, sceneGop, sceneNames, sceneTitles, type SceneName } from './scenes/catalogue.ts';
