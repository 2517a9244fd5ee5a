/** What people call a codec: "hvc1.1.6.L93.90" says nothing to an operator. */
export const codecWord = (codec: string): string => (/^(?:hvc1|hev1)/.test(codec) ? 'H.265' : codec.startsWith('avc1') ? 'H.264' : codec);
