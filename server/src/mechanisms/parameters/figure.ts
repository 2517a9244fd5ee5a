/** Figures of the board to which purposes can be bound (packs/figures.yaml). */
import { z } from 'zod';

export const Figure = z.strictObject({
  key: z.string().regex(/^[a-z0-9_]+$/), zh: z.string().min(1), en: z.string().min(1), unit: z.string().nullable(), better: z.enum(['higher', 'lower']), target: z.number(),
});
export type Figure = z.output<typeof Figure>;
export const FiguresFile = z.strictObject({ figures: z.array(Figure) });
