/** Units by name, so that no bare 60000 stands in the code. */
export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const kibibyte = 1_024;
export const mebibyte = 1_024 * kibibyte;
export const gibibyte = 1_024 * mebibyte;
/** RTP video clock, ticks a second (RFC 6184 section 5.1). */
export const videoTicksPerSecond = 90_000;
