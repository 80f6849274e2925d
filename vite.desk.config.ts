// The desk: a page that plays Teams for the local trial. Built to dist/desk and served by the simulator under /desk.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'infra/simulator/desk',
  base: '/desk/',
  plugins: [react()],
  build: { outDir: '../../../dist/desk', emptyOutDir: true, chunkSizeWarningLimit: 600 },
})
