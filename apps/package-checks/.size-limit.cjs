/**
 * Sizes as they reach whoever bundles a package: minified, compressed by brotli, in kilobytes of 1,000 bytes. An adapter is
 * measured with what it brings along, and without core, which is measured by itself.
 */
const dist = (name) => `../../packages/${name}/dist/index.js`
const core = ['@ambisync/core', '@ambisync/core/adapter']
const modifyEsbuildConfig = (config) => ({ ...config, platform: 'node', format: 'esm' })

module.exports = [
  // The aim for core is 16 kB. It is far from it; these keep it from growing.
  { name: 'core', path: dist('core'), limit: '28.8 kB' },
  { name: 'core, startLoop only', path: dist('core'), import: '{ startLoop }', limit: '23.5 kB' },
  { name: 'worker-threads, without core', path: dist('worker-threads'), ignore: core, limit: '4 kB' },
  { name: 'atomics with its codec, without core', path: dist('atomics'), ignore: core, limit: '20 kB' },
].map((check) => ({ ...check, modifyEsbuildConfig }))
