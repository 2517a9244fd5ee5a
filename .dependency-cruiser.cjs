/** House rule 1: arrows point down, the layer is the folder. Asserted "modules cruised > 0" by scripts/check.mjs. */
const above = (layer) => {
  const layers = ['base', 'platform', 'mechanisms', 'modules', 'oversight', 'app'];
  return layers.slice(layers.indexOf(layer) + 1).map((l) => `^server/src/${l}/`).join('|');
};
const layerRule = (layer) => ({
  name: `layer-${layer}`, severity: 'error', comment: `${layer}/ may not import a layer above it`,
  from: { path: `^server/src/${layer}/`, pathNot: '/testing/|\\.test\\.ts$' }, to: { path: above(layer) },
});
const ours = '^(server|recorder|web|verify|simulators|bench|formats|contract)/';
module.exports = {
  forbidden: [
    // A page that is loaded when it is opened may look at the list of pages: the lazy step is no cycle.
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } } },
    ...['base', 'platform', 'mechanisms', 'modules', 'oversight'].map(layerRule),
    { name: 'formats-pure', severity: 'error', from: { path: '^formats/', pathNot: '\\.test\\.ts$' }, to: { path: ours, pathNot: '^formats/' } },
    { name: 'contract-pure', severity: 'error', from: { path: '^contract/' }, to: { path: ours, pathNot: '^(formats|contract)/' } },
    { name: 'recorder-reach', severity: 'error', from: { path: '^recorder/', pathNot: '\\.test\\.ts$|/testing/' }, to: { path: ours, pathNot: '^(recorder|formats|contract|server/src/base)/' } },
    { name: 'simulators-reach', severity: 'error', from: { path: '^simulators/', pathNot: '\\.test\\.ts$' }, to: { path: ours, pathNot: '^(simulators|formats|contract)/' } },
    { name: 'verify-reach', severity: 'error', from: { path: '^verify/', pathNot: '\\.test\\.ts$' }, to: { path: ours, pathNot: '^(verify|formats)/' } },
    { name: 'web-reach', severity: 'error', from: { path: '^web/src/' }, to: { path: ours, pathNot: '^(web|formats|contract)/' } },
    { name: 'server-reach', severity: 'error', from: { path: '^server/src/', pathNot: '\\.test\\.ts$|/testing/|^server/src/app/commands/' }, to: { path: ours, pathNot: '^(server|formats|contract|verify)/' } },
    { name: 'commands-reach', severity: 'error', comment: 'commands also use what the recorder offers as a library (fsck)', from: { path: '^server/src/app/commands/' }, to: { path: ours, pathNot: '^(server|formats|contract|verify|recorder)/' } },
    { name: 'bench-is-a-leaf', severity: 'error', from: { pathNot: '^bench/' }, to: { path: '^bench/' } },
    {
      name: 'one-door', severity: 'error', comment: 'a module or mechanism is entered by its index.ts; tests may also use what another lays out for tests',
      from: { path: '^server/src/(?:mechanisms|modules|oversight)/([^/]+)/' },
      to: { path: '^server/src/(?:mechanisms|modules|oversight)/([^/]+)/', pathNot: ['^server/src/(?:mechanisms|modules|oversight)/$1/', '/index\\.ts$', '/testing/'] },
    },
    { name: 'testing-stays-in-tests', severity: 'error', from: { pathNot: '\\.test\\.ts$|\\.e2e\\.ts$|/testing/|^bench/|vitest' }, to: { path: '/testing/' } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, exclude: { path: '^(dist|node_modules)' } },
};
