import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import react from '@vitejs/plugin-react';

/** Every browser that runs Vigil reads woff2; the older copies of 400 font files would only fill the disk. */
const onlyWoff2 = (): Plugin => ({
  name: 'only-woff2',
  enforce: 'pre',
  transform: (code, id) => (id.includes('@fontsource') && id.endsWith('.css') ? code.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, '') : null),
});

const outFolder = join(import.meta.dirname, '..', 'dist', 'web');
const smallestWorthBytes = 1_024;

/** Compressed once, here, as well as gzip can: the server hands out what stands beside a file and compresses nothing itself. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  closeBundle: () => {
    for (const name of readdirSync(outFolder, { recursive: true, encoding: 'utf8' })) {
      const path = join(outFolder, name);
      if (!/\.(js|css|svg|html|json)$/.test(name) || statSync(path).size < smallestWorthBytes) continue;
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }));
    }
  },
});

const server = 'http://localhost:8480';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [onlyWoff2(), react(), compressed()],
  build: {
    outDir: outFolder,
    emptyOutDir: true,
    target: 'es2022',
    // Fonts as files: inlined ones would be downloaded whether needed or not, and the content policy allows no data: fonts.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
  server: {
    port: 8481,
    proxy: { '/api/live': { target: server, ws: true }, '/api': server },
  },
});
