// The three processes: product, simulator and database, each one plain JavaScript file in dist/node; what the product starts in a thread,
// and the command that rotates the master key.
// Packages stay outside the bundles and are resolved from node_modules.
import { defineConfig } from 'vite'

export default defineConfig({
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
