// The tab: what Teams shows in its iframe. Built to dist/tab and served by the product under /tab.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'tab',
  base: '/tab/',
  plugins: [react()],
  build: { outDir: '../dist/tab', emptyOutDir: true, chunkSizeWarningLimit: 900 },
})
