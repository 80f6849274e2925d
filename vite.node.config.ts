// The three processes: product, simulator and database, each one plain JavaScript file in dist/node; what the product starts in a thread,
// and the command that rotates the master key.
// Packages lie in the bundles: reading fifteen hundred files of node_modules took more than half of a start.
import { defineConfig, type Plugin } from 'vite'

/** Each has files of its own that it finds beside itself: the start of a thread, a list, a compiled library. */
const besideThemselves = ['tinypool', 'email-providers', 'lmdb']

/** Node reads the map of a file together with the file; a map of packages would cost each copy 60 MB. */
const packagesWithoutMap: Plugin = {
  name: 'packages-without-map',
  transform: { filter: { id: /[\\/]node_modules[\\/]/ }, handler: (code) => ({ code, map: { mappings: '' } }) },
}

export default defineConfig({
  plugins: [packagesWithoutMap],
  ssr: { noExternal: true, external: besideThemselves },
  build: {
    ssr: true,
    outDir: 'dist/node',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      input: {
        server: 'server.ts',
        rotateKey: 'scripts/rotateKey.ts',
        cleaning: 'api/mailboxes/cleaning.ts',
        database: 'infra/embedded-mongo/main.ts',
        simulator: 'infra/simulator/main.ts',
      },
      output: { entryFileNames: '[name].js' },
    },
  },
})
