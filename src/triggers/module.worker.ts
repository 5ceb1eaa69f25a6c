import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../clock.ts'
import { callHandler, type Handler } from './call-handler.ts'
import { guardModule } from './guard-module.ts'
import { channel, longestAnswer, type ModuleCall, type ModuleFrame, usualExport } from './module-frames.ts'

// The process of a trigger module: the server starts it with the module's URL as its argument, with no environment and no leave to
// read anything but the module's folder (module-process.ts). It ends when the server does.

const server = new Socket({ fd: channel, readable: true, writable: true })
guardModule(server)

const textOf = (error: unknown): string => {
  try {
    return String(error instanceof Error ? error.message : error)
  } catch {
    return 'Unknown error'
  }
}

const file = process.argv[2] ?? ''

// How Node.js complains of `import` and `export` in what it takes for CommonJS: with a package.json beside the file, or further up.
const takenForCommonJs =
  /^(Unexpected token 'export'|Cannot use import statement outside a module|Cannot require\(\) ES Module .* in a cycle)/

/** `js` or `ts` where the module itself, and no package of it, is an ES module that Node.js takes for CommonJS. */
const mistakenLanguage = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !takenForCommonJs.test(error.message)) return undefined
  const [place = ''] = String(error.stack).split('\n')
  return place.includes(fileURLToPath(file)) ? /\.([jt]s)$/.exec(file)?.[1] : undefined
}

/** Why a module can't be loaded; Node.js leaves out what it would not let it read, and what to do about the wrong kind of module. */
const faultOf = (error: unknown): string => {
  const { resource } = (error ?? {}) as { resource?: unknown }
  if (typeof resource === 'string') return `it may not read ${resource}, which is neither in its folder nor a package`
  const language = mistakenLanguage(error)
  return language === undefined
    ? (textOf(error).split('\n')[0] ?? '')
    : `it is an ES module, but package.json says "type": "commonjs": end its name in .m${language}, or say "type": "module"`
}

const lineOf = (frame: ModuleFrame): string => JSON.stringify(frame)

const write = (frame: ModuleFrame): void => {
  server.write(`${lineOf(frame)}\n`)
}

const answerLine = (id: number, answer: unknown): string => {
  try {
    const json = JSON.stringify(answer ?? null) ?? 'null'
    if (Buffer.byteLength(json) <= longestAnswer) return `{"kind":"answered","id":${id},"answer":${json}}`
    return lineOf({ kind: 'not invocable', id, sentence: `the handler answered more than ${longestAnswer} bytes` })
  } catch (error) {
    // As Lambda's runtimes say it.
    return lineOf({ kind: 'threw', id, message: `Unable to stringify response body: ${textOf(error)}` })
  }
}

type Exports = Readonly<Record<string, unknown>>

const load = async (): Promise<Map<string, Handler>> => {
  const exported = (await import(file)) as Exports
  const { default: main } = exported
  // CommonJS modules arrive as a default export.
  const all: Exports = { ...(typeof main === 'object' ? (main as Exports) : {}), ...exported }
  const handlers = new Map(Object.entries(all).filter((entry): entry is [string, Handler] => typeof entry[1] === 'function'))
  const usual = handlers.get(usualExport) ?? handlers.get('default')
  return usual === undefined ? handlers : handlers.set(usualExport, usual)
}

/** Calls that the event loop still works on, each with what ends it without an answer. */
const running = new Map<number, () => void>()

const outcomeLine = async (handlers: ReadonlyMap<string, Handler>, call: ModuleCall): Promise<string> => {
  const { id, exportName = usualExport } = call
  const handler = handlers.get(exportName)
  if (handler === undefined) return lineOf({ kind: 'not invocable', id, sentence: `the module exports no function ${exportName}` })
  const nothing = new Promise<null>((resolve) => running.set(id, () => resolve(null)))
  try {
    return answerLine(id, await Promise.race([callHandler(handler, call, systemClock), nothing]))
  } catch (error) {
    return lineOf({ kind: 'threw', id, message: textOf(error) })
  }
}

const run = async (handlers: ReadonlyMap<string, Handler>, call: ModuleCall): Promise<void> => {
  // While a call is under way only what the handler waits for keeps the process alive, see beforeExit.
  server.unref()
  write({ kind: 'begun', id: call.id })
  const line = await outcomeLine(handlers, call)
  running.delete(call.id)
  if (running.size === 0) server.ref()
  server.write(`${line}\n`)
}

// A handler that waits for nothing and has not answered never will: Lambda answers null for it.
process.on('beforeExit', () => {
  for (const end of running.values()) end()
  server.ref()
})

let rest = ''
const takeLines = (text: string): string[] => {
  const lines = (rest + text).split('\n')
  rest = lines.pop() ?? ''
  return lines
}

const loading = load()
server.setEncoding('utf8').on('data', (text: string) => {
  for (const line of takeLines(text)) {
    const call = JSON.parse(line) as ModuleCall | null
    if (call === null) write({ kind: 'listening' })
    // A module that can't be loaded is told of below.
    else loading.then((handlers) => run(handlers, call)).catch(() => {})
  }
})
server.on('error', () => process.exit(1)).on('end', () => process.exit(0))

try {
  const handlers = await loading
  write({ kind: 'loaded', exports: [...handlers.keys()] })
} catch (error) {
  console.error(error)
  server.end(`${lineOf({ kind: 'broken', sentence: faultOf(error) })}\n`, () => process.exit(1))
}
