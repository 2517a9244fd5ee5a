/** Packs as they are shipped in the folder packs/: read once, checked by their schemas. Their texts are data; nothing in them is run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml } from '../../platform/data-file.ts';
import { programRoot } from '../../platform/process/program-root.ts';
import { CatalogueFile, makeCatalogue, type Catalogue } from './catalogue.ts';
import { ConflictsFile, type Conflict } from './conflict.ts';
import { FiguresFile, type Figure } from './figure.ts';
import { PackFile, type Pack } from './pack.ts';
import type { TrustedKeys } from './signature.ts';

export interface ShippedPacks {
  catalogue: Catalogue;
  conflicts: readonly Conflict[];
  figures: readonly Figure[];
  packs: readonly Pack[];
  /** Public halves of the keys that sign packs: packs/keys/<name>.pem. */
  keys: TrustedKeys;
}

export const packsFolder = (): string => join(programRoot(), 'packs');

const readPack = (folder: string): Pack => {
  const head = readYaml(join(folder, 'pack.yaml'));
  const clauses = readYaml(join(folder, 'clauses.yaml'));
  return PackFile.parse({ ...(head as object), clauses });
};

export const readCatalogue = (folder: string): Catalogue => makeCatalogue(CatalogueFile.parse(readYaml(join(folder, 'catalogue.yaml'))));

const readKeys = (folder: string): TrustedKeys =>
  new Map(readdirSync(folder).filter((name) => name.endsWith('.pem')).map((name) => [name.slice(0, -'.pem'.length), readFileSync(join(folder, name), 'utf8')]));

let shipped: ShippedPacks | undefined;

/** The packs of this program; a fault in them is a fault of the program. */
export const shippedPacks = (): ShippedPacks => {
  if (shipped !== undefined) return shipped;
  const folder = packsFolder();
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'pack.yaml'))).sort();
  shipped = {
    catalogue: readCatalogue(folder),
    conflicts: ConflictsFile.parse(readYaml(join(folder, 'conflicts.yaml'))).conflicts,
    figures: FiguresFile.parse(readYaml(join(folder, 'figures.yaml'))).figures,
    keys: readKeys(join(folder, 'keys')),
    packs: names.map((name) => readPack(join(folder, name))),
  };
  return shipped;
};
