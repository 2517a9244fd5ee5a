/** Names of the verbs that the pages ask for. */
export const notificationVerbs = {
  see: 'notifications.alarms.see',
  history: 'notifications.alarms.history',
  acknowledge: 'notifications.alarms.acknowledge',
  shelve: 'notifications.alarms.shelve',
  raise: 'notifications.alarms.raise',
  sound: 'notifications.sound.test',
  matrix: 'notifications.matrix.see',
  changeMatrix: 'notifications.matrix.change',
  channels: 'notifications.channels.see',
  changeChannels: 'notifications.channels.change',
} as const;
