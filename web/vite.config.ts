import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import react from '@vitejs/plugin-react';

/** Every browser that runs Vigil reads woff2; the older copies of 400 font files would only fill the disk. */
const onlyWoff2 = (): Plugin => ({
  name: 'only-woff2',
  enforce: 'pre',
  transform: (code, id) => (id.includes('@fontsource') && id.endsWith('.css') ? code.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, '') : null),
});

const server = 'http://localhost:8480';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [onlyWoff2(), react()],
  build: {
    outDir: '../dist/web',
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
