/**
 * What people may see of a camera's address. Every maker puts the password elsewhere (…/user=admin_password=x_channel=1, …?pwd=x,
 * …/admin:x/1), so values are shown by a list of keys known to be harmless and hidden otherwise, not the other way round.
 * What stands in the path without any key is shown: technicians know the stream of a model by it.
 */

const harmless = new Set(
  (
    'user username usr channel channelid channelno chn chid ch camera cameraid cam stream streams streamid streamno streamtype subtype type unicast multicast ' +
    'proto protocol transport transportmode transmode mode profile profileid idc ids inst instance resolution res codec videocodec video audio audiocodec ' +
    'fps width height bitrate track trackid starttime endtime caching index line'
  ).split(' '),
);

/** `key=` wherever a separator allows one; an encoded = counts too. */
const keyOfValue = /(^|[/?#&;,_\s]|%26|%3f)([a-z0-9.-]+)(=|%3d)/gi;

const withoutPairs = (text: string): string => text.replace(/([^/?#&;,_:]+):[^/?#&;,]+/g, '$1:***');

/** The address without credentials, and with *** wherever a password may stand. */
export const shownAddress = (url: string): string => {
  const parsed = new URL(url);
  const tail = `${parsed.pathname}${parsed.search}${parsed.hash}`;
  const keys = [...tail.matchAll(keyOfValue)];
  let shown = withoutPairs(tail.slice(0, keys[0]?.index ?? tail.length));
  for (const [index, key] of keys.entries()) {
    const valueAt = key.index + key[0].length;
    // A hidden value reaches to the next key: it may hold any separator.
    const value = tail.slice(valueAt, keys[index + 1]?.index ?? tail.length);
    shown += key[0] + (harmless.has((key[2] ?? '').toLowerCase()) ? withoutPairs(value) : '***');
  }
  return `${parsed.protocol}//${parsed.host}${shown}`;
};
