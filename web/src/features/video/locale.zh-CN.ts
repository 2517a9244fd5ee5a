/** Words of wall, playback and snapshots. */
export const zh = {
  wall: '实时画面',
};
