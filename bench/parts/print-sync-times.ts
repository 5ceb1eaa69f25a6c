// A process of its own, so that the shim can be preloaded: `node print-sync-times.ts FOLDER`.
import { syncTimes } from './sync-time.ts'

process.stdout.write(JSON.stringify(syncTimes(process.argv[2] ?? '.')))
