import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import type { Duplex, Readable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createLineReader } from './line-reader.ts'
import { channel, longestModuleAnswer, type ModuleCall, type ModuleFrame } from './module-frames.ts'
import type { TryOutcome } from './trigger-target.ts'

/** What a module's process is started with, and who hears of it. */
export interface ModuleProcessSettings {
  readonly file: string
  /** Files and folders that it may read, besides the program itself. */
  readonly readable: readonly string[]
  /** Megabytes of JavaScript objects. */
  readonly memory: number
  onLoaded(exports: readonly string[]): void
  onPrinted(line: string): void
  /** It ended by itself. */
  onEnded(reason: string): void
}

/** A running process of a module. */
export interface ModuleProcess {
  /** Calls a handler once; never rejects. */
  call(call: Omit<ModuleCall, 'id'>): Promise<TryOutcome>
  /** Whether it takes calls: not after a time-out, since what did not answer in time may never answer again, nor after its end. */
  readonly usable: boolean
  /** Whether it ever answered a call. */
  readonly proven: boolean
  /** Ends it as soon as the calls under way are over. */
  retire(): void
  /** Ends it at once. */
  kill(): Promise<void>
  /** Resolves when it has ended, whatever the reason. */
  readonly ended: Promise<void>
}

const fromSource = import.meta.url.endsWith('.ts')
const entry = fileURLToPath(new URL(fromSource ? './module.worker.ts' : './module.worker.js', import.meta.url))
const here = dirname(entry)
// What the entry imports lies beside it, and the published program says in package.json what kind of modules they are.
const program = [here, join(here, '..', fromSource ? 'clock.ts' : 'package.json')]

const timedOut: TryOutcome = { kind: 'timed out' }

// Node.js 25 and newer close the network too, unless they are told.
const network = process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : []

const flags = ({ readable, memory }: ModuleProcessSettings): string[] => [
  '--permission',
  ...network,
  ...[...program, ...readable].map((path) => `--allow-fs-read=${path}`),
  `--max-old-space-size=${memory}`,
]

/** Starts a process for a module: no environment, no standard input, no leave to write or to read beyond `readable`. */
export const startModuleProcess = (settings: ModuleProcessSettings): ModuleProcess => {
  const { file, onLoaded, onPrinted, onEnded } = settings
  const child = spawn(process.execPath, [...flags(settings), entry, pathToFileURL(file).href], {
    cwd: dirname(file),
    env: {},
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  // Heard of below; unheard, it would end the server before that.
  child.on('error', () => {})
  const frames = child.stdio[channel] as Duplex
  const waiting = new Map<number, (outcome: TryOutcome) => void>()
  let lastId = 0
  let lastBegun = 0
  let heard = 0
  let proven = false
  let retired = false
  let broken: string | undefined

  const end = (): void => {
    retired = true
    child.kill('SIGKILL')
  }
  const settle = (id: number, outcome: TryOutcome): void => {
    waiting.get(id)?.(outcome)
    waiting.delete(id)
    if (retired && waiting.size === 0) end()
  }
  const settleAll = (sentence: string): void => {
    for (const id of waiting.keys()) settle(id, { kind: 'not invocable', sentence })
  }
  const retire = (): void => {
    retired = true
    if (waiting.size === 0) end()
  }

  /** Nobody listens any more: the call that blocks would do so again, the others are worth another try. */
  const abandon = (): void => {
    end()
    for (const id of waiting.keys()) {
      settle(id, id === lastBegun ? { kind: 'not invocable', sentence: 'the handler blocks the process of its module' } : timedOut)
    }
  }

  /** Runs out when there is no answer in time; shortly before, asks whether anybody listens. */
  const watch = (id: number, limit: number): (() => void) => {
    let before = 0
    const ask = (): void => {
      before = heard
      frames.write('null\n')
    }
    const expire = (): void => {
      retire()
      if (heard > before) settle(id, timedOut)
      else abandon()
    }
    const timers = [setTimeout(ask, limit - Math.min(500, limit / 4)), setTimeout(expire, limit)]
    return () => timers.forEach(clearTimeout)
  }

  const obey = (frame: ModuleFrame): void => {
    heard += 1
    if (frame.kind === 'loaded') onLoaded(frame.exports)
    else if (frame.kind === 'broken') broken = `the module can't be loaded: ${frame.sentence}`
    else if (frame.kind === 'begun') lastBegun = frame.id
    else if (frame.kind !== 'listening') {
      const { id, ...outcome } = frame
      proven = true
      settle(id, outcome)
    }
  }
  const refuse = (): void => {
    settleAll('the module wrote what is no answer')
    end()
  }

  const reader = createLineReader({
    longest: longestModuleAnswer + 1024,
    onLine: (line) => {
      try {
        obey(JSON.parse(line) as ModuleFrame)
      } catch {
        refuse()
      }
    },
    onTooLong: refuse,
  })
  frames.on('data', (chunk: Buffer) => reader.push(chunk)).on('error', () => {})
  for (const output of [child.stdout, child.stderr] as Readable[]) {
    const lines = createLineReader({ longest: 4096, onLine: onPrinted, onTooLong: (beginning) => onPrinted(`${beginning}...`) })
    output.on('data', (chunk: Buffer) => lines.push(chunk)).on('error', () => {})
  }

  const ended = new Promise<void>((resolve) => {
    const finish = (reason: string): void => {
      retired = true
      settleAll(broken ?? reason)
      if (!child.killed) onEnded(broken ?? reason)
      resolve()
    }
    child.once('error', ({ message }) => finish(`the module's process did not start: ${message}`))
    // After `exit` there may still be answers in the pipe.
    child.once('close', (code, signal) => finish(`the module's process ended (${signal ?? `exit code ${code}`})`))
  })

  return {
    call: (call) =>
      new Promise((resolve) => {
        lastId += 1
        const id = lastId
        const unwatch = watch(id, call.limit)
        waiting.set(id, (outcome) => {
          unwatch()
          resolve(outcome)
        })
        frames.write(`${JSON.stringify({ ...call, id } satisfies ModuleCall)}\n`)
      }),
    get usable() {
      return !retired
    },
    get proven() {
      return proven
    },
    retire,
    kill: () => {
      end()
      return ended
    },
    ended,
  }
}
