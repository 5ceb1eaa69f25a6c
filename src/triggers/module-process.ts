import { type ChildProcess, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import type { Duplex, Readable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createLineReader } from './line-reader.ts'
import { createModuleCalls } from './module-calls.ts'
import type { ModuleEnd } from './module-end.ts'
import { channel, longestAnswer, type ModuleCall, type ModuleFrame } from './module-frames.ts'
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
  onEnded(end: ModuleEnd): void
}

/** A running process of a module. */
export interface ModuleProcess {
  /** Calls a handler once; never rejects. */
  call(call: Omit<ModuleCall, 'id'>): Promise<TryOutcome>
  /** Whether it takes calls: not after one has timed out, nor when it has ended. */
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

// Node.js 25 and newer close the network too, unless they are told.
const network = process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : []

const flags = ({ readable, memory }: ModuleProcessSettings): string[] => [
  '--permission',
  // A package.json that names no type is no fault.
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  ...network,
  ...[...program, ...readable].map((path) => `--allow-fs-read=${path}`),
  `--max-old-space-size=${memory}`,
]

/** Hears what the process writes where answers go; what is no answer is refused. */
const listen = (frames: Duplex, obey: (frame: ModuleFrame) => void, refuse: () => void): void => {
  const reader = createLineReader({
    longest: longestAnswer + 1024,
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
}

const pass = (output: Readable, onPrinted: (line: string) => void): void => {
  const lines = createLineReader({ longest: 4096, onLine: onPrinted, onTooLong: (beginning) => onPrinted(`${beginning}...`) })
  output.on('data', (chunk: Buffer) => lines.push(chunk)).on('error', () => {})
}

/** Resolves when a process has ended, or could not begin. */
const endOf = (child: ChildProcess): Promise<ModuleEnd> =>
  new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ reason: `the module's process did not start: ${message}` }))
    // After `exit` there may still be answers in the pipe.
    child.once('close', (code, signal) =>
      resolve({ reason: `the module's process ended (${signal ?? `exit code ${code}`})`, exitCode: code ?? undefined }),
    )
  })

/** Starts a process for a module: no environment, no standard input, no leave to write or to read beyond `readable`. */
export const startModuleProcess = (settings: ModuleProcessSettings): ModuleProcess => {
  const { file, onLoaded, onPrinted, onEnded } = settings
  const child = spawn(process.execPath, [...flags(settings), entry, pathToFileURL(file).href], {
    cwd: dirname(file),
    env: {},
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const end = endOf(child)
  const frames = child.stdio[channel] as Duplex
  const calls = createModuleCalls({ ask: () => frames.write('null\n'), end: () => child.kill('SIGKILL') })
  let proven = false
  let broken: ModuleEnd | undefined

  const refuse = (): void => {
    broken = { reason: 'the module wrote what is no answer' }
    calls.fail(broken)
    calls.retire()
  }
  const obey = (frame: ModuleFrame): void => {
    const { kind } = frame
    calls.heard()
    if (kind === 'loaded') onLoaded(frame.exports)
    else if (kind === 'broken') broken = { reason: `the module can't be loaded: ${frame.sentence}` }
    else if (kind === 'begun') calls.begun(frame.id)
    else if (kind === 'answered' || kind === 'threw' || kind === 'not invocable') {
      const { id, ...outcome } = frame
      proven = true
      // The module may have written it, and a log that takes it for text would end the server.
      calls.settle(id, outcome.kind === 'threw' ? { ...outcome, message: String(outcome.message) } : outcome)
    }
    // Whatever else a module may write there itself is never taken for an outcome.
    else if (kind !== 'listening') refuse()
  }
  listen(frames, obey, refuse)
  for (const output of [child.stdout, child.stderr]) if (output !== null) pass(output, onPrinted)

  const ended = end.then((met) => {
    calls.fail(broken ?? met)
    if (broken !== undefined || !child.killed) onEnded(broken ?? met)
  })
  return {
    call: (call) => {
      const { id, outcome } = calls.add(call)
      frames.write(`${JSON.stringify({ ...call, id } satisfies ModuleCall)}\n`)
      return outcome
    },
    get usable() {
      return calls.open
    },
    get proven() {
      return proven
    },
    retire: calls.retire,
    kill: () => {
      child.kill('SIGKILL')
      return ended
    },
    ended,
  }
}
