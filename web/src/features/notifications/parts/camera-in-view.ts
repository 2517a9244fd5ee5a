/** The camera that the person looks at: the tile that is visibly selected on the wall, else the one named in the address (playback). */
const cameraPattern = /^cam_[0-9a-z]{26}$/;

export const cameraInView = (): string | null => {
  const tile = document.querySelector<HTMLElement>('[data-camera][aria-selected="true"]')?.dataset['camera'];
  const named = new URLSearchParams(location.search).get('camera');
  return [tile, named].find((id) => id != null && cameraPattern.test(id)) ?? null;
};
