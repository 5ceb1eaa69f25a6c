import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// As main.ts does, before anything else is loaded.
if (import.meta.url.endsWith('.js')) enableCompileCache(fileURLToPath(new URL('.cache', import.meta.url)))
const { runWorker } = await import('./run-worker.ts')
runWorker()
