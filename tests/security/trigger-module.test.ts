import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TriggerOutcome } from '../../src/triggers/triggers.ts'
import { startHttpFunction } from '../support/http-function.ts'
import { createModuleFolder, type ModuleFolder } from '../support/module-folder.ts'
import { functionArn, openTriggers, signUpEvent, type TestTriggers } from '../support/open-triggers.ts'

let folder: ModuleFolder
let triggers: TestTriggers | undefined

beforeEach(async () => {
  folder = await createModuleFolder()
})
afterEach(async () => {
  await triggers?.close()
  triggers = undefined
  await folder.remove()
})

type Limits = Parameters<typeof openTriggers>[1]

/** Opens one file with the functions of these exports; its process is running when this resolves. */
const opened = async (name: string, code: string, limits: Limits = {}, exports: readonly string[] = ['']) => {
  const file = await folder.write(name, code)
  await triggers?.close()
  const targets = Object.fromEntries(exports.map((each) => [each || 'fn', each === '' ? file : `${file}#${each}`]))
  triggers = await openTriggers(targets, limits)
  return triggers
}

const call = async (code: string, { name = 'fn.mjs', ...limits }: Limits & { name?: string } = {}): Promise<TriggerOutcome> =>
  (await opened(name, code, { limit: 10_000, ...limits })).invoke(functionArn('fn'), signUpEvent)

/** What an expression is within a handler, or the message of what it throws. */
const found = async (expression: string, limits: Limits & { name?: string } = {}): Promise<unknown> => {
  const code = `export const handler = async (event, context) => {
    try { return { value: await (${expression}) } } catch (error) { return { value: error.code ?? error.message } }
  }`
  const outcome = await call(code, limits)
  if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome))
  return (outcome.answer as { value: unknown }).value
}

const answered = (answer: unknown): TriggerOutcome => ({ kind: 'answered', answer })
const threw = (message: unknown) => ({ kind: 'threw', message })
const exited = (how: string) => threw(expect.stringMatching(new RegExp(`^RequestId: [\\da-f-]{36} Error: Runtime exited ${how}$`)))

describe('a handler', () => {
  it.each([
    ['async in an ES module', 'fn.mjs', 'export const handler = async (event) => ({ ...event, response: 1 })'],
    [
      'in TypeScript',
      'fn.ts',
      'type E = { response: unknown }\nexport const handler = async (event: E) => ({ ...event, response: 1 as const })',
    ],
    ['a default export', 'fn.mjs', 'export default async (event) => ({ ...event, response: 1 })'],
    ['in CommonJS', 'fn.cjs', 'exports.handler = async (event) => ({ ...event, response: 1 })'],
    ['in CommonJS by assignment', 'fn.cjs', 'module.exports = { handler: async (event) => ({ ...event, response: 1 }) }'],
    [
      'in CommonJS that tools made',
      'fn.cjs',
      'const make = () => ({ handler: async (event) => ({ ...event, response: 1 }) }); module.exports = make()',
    ],
    [
      'with a callback',
      'fn.mjs',
      'export const handler = (event, context, callback) => { setTimeout(() => callback(null, { ...event, response: 1 }), 5) }',
    ],
    [
      'with context.succeed',
      'fn.mjs',
      'export const handler = (event, context) => { setTimeout(() => context.succeed({ ...event, response: 1 }), 5) }',
    ],
    ['with context.done', 'fn.mjs', 'export const handler = (event, context) => { context.done(null, { ...event, response: 1 }) }'],
    ['that returns without a promise', 'fn.mjs', 'export const handler = (event) => ({ ...event, response: 1 })'],
    ['in a package', 'package/fn.js', 'export const handler = async (event) => ({ ...event, response: 1 })'],
  ])('answers: %s', async (_, name, code) => {
    await folder.write('package.json', '{"type":"module"}')
    expect(await call(code, { name })).toEqual(answered({ ...signUpEvent, response: 1 }))
  })

  it.each([
    ['an error', "export const handler = async () => { throw new RangeError('no') }", 'no'],
    ['text', "export const handler = async () => { throw 'no' }", 'no'],
    ['an error before its first await', "export const handler = () => { throw new Error('no') }", 'no'],
    ['nothing', 'export const handler = async () => { throw undefined }', 'undefined'],
    ['what has no text', 'export const handler = async () => { throw Object.create(null) }', 'Unknown error'],
    [
      'an error whose message is no text',
      'export const handler = async () => { throw Object.assign(new Error(), { message: undefined }) }',
      'undefined',
    ],
    ['an error to its callback', "export const handler = (event, context, callback) => callback(new Error('no'))", 'no'],
    ['text to context.fail', "export const handler = (event, context) => context.fail('no')", 'no'],
    [
      'by answering what is no JSON',
      'export const handler = async () => ({ n: 1n })',
      expect.stringContaining('Unable to stringify response body'),
    ],
    [
      'by answering a circle',
      'export const handler = async () => { const a = {}; a.a = a; return a }',
      expect.stringContaining('Unable to stringify'),
    ],
  ])('throws %s', async (_, code, message) => {
    expect(await call(code)).toEqual(threw(message))
  })

  it.each([
    ['nothing', 'export const handler = async () => {}'],
    ['by a promise that nothing will settle', 'export const handler = () => new Promise(() => {})'],
    ['by a callback that it never calls', 'export const handler = (event, context, callback) => {}'],
    ['a function', 'export const handler = async () => () => 1'],
  ])('answers null, as on Lambda, when it answers %s', async (_, code) => {
    expect(await call(code)).toEqual(answered(null))
  })

  it('knows its call', async () => {
    const context = (await found('({ ...context, left: context.getRemainingTimeInMillis() })', { limit: 4000 })) as Record<string, unknown>
    expect(context).toMatchObject({ functionName: 'fn', invokedFunctionArn: functionArn('fn'), functionVersion: '$LATEST' })
    expect(context['awsRequestId']).toMatch(/^[0-9a-f-]{36}$/)
    expect(context['left']).toBeGreaterThan(3000)
    expect(context['left']).toBeLessThanOrEqual(4000)
  })

  it('shares its process with the other functions of its module, and keeps what the module keeps', async () => {
    const code = `let count = 0
      export const one = async () => [process.pid, ++count]
      export const two = async () => [process.pid, ++count]`
    const { invoke } = await opened('fn.mjs', code, {}, ['one', 'two'])
    const answers = [await invoke(functionArn('one'), signUpEvent), await invoke(functionArn('two'), signUpEvent)]
    const [first, second] = answers.map((outcome) => (outcome as { answer: [number, number] }).answer)
    expect(first?.[0]).toBe(second?.[0])
    expect([first?.[1], second?.[1]]).toEqual([1, 2])
    expect(first?.[0]).not.toBe(process.pid)
  })

  it('may be called while another call is under way', async () => {
    const code = `let release
      export const handler = async (event) => {
        if (event.userName === 'first') await new Promise((resolve) => { release = resolve; setTimeout(resolve, 9000) })
        else release()
        return event.userName
      }`
    const { invoke } = await opened('fn.mjs', code, { limit: 10_000 })
    const first = invoke(functionArn('fn'), { ...signUpEvent, userName: 'first' })
    await sleep(20)
    expect(await invoke(functionArn('fn'), { ...signUpEvent, userName: 'second' })).toEqual(answered('second'))
    expect(await first).toEqual(answered('first'))
  })

  it('may call the server that is calling it', async () => {
    const server = await startHttpFunction((_request, reply) => void reply.end('"from the server"'))
    expect(await found(`fetch('${server.url}').then((reply) => reply.json())`)).toBe('from the server')
    await server.close()
  })
})

describe('a module', () => {
  it('that throws when it is loaded is not invocable, and says why', async () => {
    expect(await call("throw new Error('broken')")).toEqual({ kind: 'not invocable', sentence: "the module can't be loaded: broken" })
    expect(triggers?.lines).toContainEqual(expect.objectContaining({ level: 'error', reason: "the module can't be loaded: broken" }))
  })

  it.each([
    ['what is no JavaScript', 'export const = 1'],
    ['without the function', 'export const other = async () => 1'],
    ['that imports what is not there', "import './missing.mjs'\nexport const handler = async () => 1"],
  ])('%s is not invocable', async (_, code) => {
    expect(await call(code)).toMatchObject({ kind: 'not invocable' })
  })

  it.each([
    ['fn.ts', 'export const handler = async () => 1', '.mts'],
    ['below/fn.ts', "import { type } from 'node:os'\nexport const handler = async () => type()", '.mts'],
    ['fn.js', "import { type } from 'node:os'\nexport const handler = async () => type()", '.mjs'],
    ['below/fn.js', 'export const handler = async () => 1', '.mjs'],
  ])('with `import` or `export` in a package of CommonJS is told what to do: %s', async (name, code, ending) => {
    await folder.write('package.json', '{ "type": "commonjs" }')
    expect(await call(code, { name })).toEqual({
      kind: 'not invocable',
      sentence: `the module can't be loaded: it is an ES module, but package.json says "type": "commonjs": end its name in ${ending}, or say "type": "module"`,
    })
  })

  it('that is no CommonJS is told apart from a package of it that is none', async () => {
    await folder.write('package.json', '{ "type": "commonjs" }')
    await folder.write('node_modules/odd/package.json', '{ "type": "commonjs" }')
    await folder.write('node_modules/odd/index.js', 'export const odd = 1')
    expect(await call("const { odd } = require('odd')\nexports.handler = async () => odd", { name: 'fn.js' })).toEqual({
      kind: 'not invocable',
      sentence: "the module can't be loaded: Unexpected token 'export'",
    })
  })

  it('may be an ES module without a word where package.json names no type', async () => {
    await folder.write('package.json', '{}')
    expect(await call('export const handler = async () => 1', { name: 'fn.ts' })).toEqual(answered(1))
    await triggers?.close()
    expect(triggers?.lines).toEqual([])
  })

  it('that imports what it may not read is told what that is', async () => {
    await folder.write('secret.mjs', 'export default 1')
    expect(await call("import '../secret.mjs'\nexport const handler = async () => 1", { name: 'a/fn.mjs' })).toEqual({
      kind: 'not invocable',
      sentence: `the module can't be loaded: it may not read ${folder.path}/secret.mjs, which is neither in its folder nor a package`,
    })
  })

  it('is missed when the server starts', async () => {
    await expect(openTriggers({ fn: '/nowhere/fn.mjs' })).rejects.toThrow(
      `There is no file /nowhere/fn.mjs, to which the trigger ${functionArn('fn')} is mapped.`,
    )
    const started = await opened('fn.mjs', 'export const other = 1')
    started.start()
    await expect
      .poll(() => started.lines, { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ level: 'error', export: 'handler' }))
  })

  it('that ends itself has thrown, in the words of Lambda, and works again at the next call', async () => {
    const code = "export const handler = async (event) => { if (event.userName === 'exit') process.exit(7); return event.userName }"
    const { invoke, lines } = await opened('fn.mjs', code)
    const outcome = await invoke(functionArn('fn'), { ...signUpEvent, userName: 'exit' })
    expect(outcome).toEqual(exited('with error: exit status 7'))
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error', reason: "the module's process ended (exit code 7)" }))
    expect(await invoke(functionArn('fn'), signUpEvent)).toEqual(answered('ana'))
  })

  it.each([
    ['while it is loaded', 'process.exit(0)', 'without providing a reason'],
    ['in a call', 'export const handler = async () => process.exit(0)', 'without providing a reason'],
    ['while it is loaded, with a code', 'process.exit(3)', 'with error: exit status 3'],
  ])('that ends itself %s has thrown', async (_, code, how) => {
    expect(await call(code)).toEqual(exited(how))
  })

  it('that ends itself tells every call by its own request', async () => {
    const code = `let calls = 0
      export const handler = async (event, { awsRequestId }) => {
        calls += 1
        if (calls === 2) process.exit(1)
        await new Promise((resolve) => setTimeout(resolve, 9000))
      }`
    const { invoke } = await opened('fn.mjs', code, { limit: 10_000 })
    const outcomes = await Promise.all([invoke(functionArn('fn'), signUpEvent), invoke(functionArn('fn'), signUpEvent)])
    expect(outcomes).toEqual([exited('with error: exit status 1'), exited('with error: exit status 1')])
    expect(outcomes[0]).not.toEqual(outcomes[1])
  })

  it.each([
    ['an error in a timer', "setTimeout(() => { throw new Error('later') }, 1); await new Promise((resolve) => setTimeout(resolve, 5000))"],
    [
      'a promise that nobody looks at',
      "void Promise.reject(new Error('later')); await new Promise((resolve) => setTimeout(resolve, 5000))",
    ],
  ])('that fails by %s takes nobody with it', async (_, code) => {
    expect(await call(`export const handler = async () => { ${code} }`, { limit: 20_000 })).toEqual(exited('with error: exit status 1'))
  })

  it('that fails by memory without end takes nobody with it', async () => {
    const code = 'export const handler = async () => { const all = []; for (;;) all.push(new Array(100000).fill({})) }'
    const outcome = await call(code, { limit: 20_000 })
    expect(outcome).toMatchObject({ kind: 'not invocable', sentence: expect.stringContaining('ended') })
  })

  it('that goes on failing rests, longer each time, and is not started for every call', async () => {
    const { invoke, lines } = await opened('fn.mjs', 'process.exit(3)')
    for (let count = 0; count < 50; count += 1)
      expect(await invoke(functionArn('fn'), signUpEvent)).toEqual(exited('with error: exit status 3'))
    expect(lines.filter(({ level }) => level === 'error').length).toBeLessThan(6)
  })

  it('that blocks is replaced, and calls of others are answered', async () => {
    const code = "export const handler = async (event) => { if (event.userName === 'loop') for (;;); return [event.userName, process.pid] }"
    const { invoke } = await opened('fn.mjs', code, { limit: 400 })
    const before = await invoke(functionArn('fn'), signUpEvent)
    const looping = invoke(functionArn('fn'), { ...signUpEvent, userName: 'loop' })
    await sleep(100)
    const after = await invoke(functionArn('fn'), signUpEvent)
    expect(after).toEqual(answered(['ana', expect.any(Number)]))
    expect(after).not.toEqual(before)
    // Its next try would block again.
    expect(await looping).toEqual({ kind: 'not invocable', sentence: 'the handler blocks the process of its module' })
    expect(await invoke(functionArn('fn'), signUpEvent)).toMatchObject({ kind: 'answered' })
  })

  it('that waits too long is called three times, and others go on', async () => {
    const code = `let calls = 0
      export const handler = async (event) => {
        calls += 1
        if (event.userName === 'slow') await new Promise((resolve) => setTimeout(resolve, 60_000))
        if (event.userName === 'medium') await new Promise((resolve) => setTimeout(resolve, 500))
        return [event.userName, process.pid, calls]
      }`
    const { invoke, invocations } = await opened('fn.mjs', code, { limit: 2000 })
    const [slow, medium] = await Promise.all(
      ['slow', 'medium'].map(async (userName, at) => {
        await sleep(at * 500)
        return invoke(functionArn('fn'), { ...signUpEvent, userName })
      }),
    )
    expect(medium).toEqual(answered(['medium', expect.any(Number), 2]))
    expect(slow).toEqual({ kind: 'not invocable', sentence: 'the function did not answer within 2000 ms, 3 times', timedOut: true })
    expect(invocations().map(({ tries }) => tries)).toEqual([3, 1])
  })

  it('leaves no process behind', async () => {
    const code = "export const handler = async (event) => { if (event.userName === 'loop') for (;;); return process.pid }"
    const { invoke, close } = await opened('fn.mjs', code, { limit: 3000 })
    const { answer: pid } = (await invoke(functionArn('fn'), signUpEvent)) as { answer: number }
    expect(() => process.kill(pid, 0)).not.toThrow()
    const looping = invoke(functionArn('fn'), { ...signUpEvent, userName: 'loop' })
    await sleep(50)
    await close()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect(await looping).toMatchObject({ kind: 'not invocable' })
  })

  it('prints into the log', async () => {
    await call("export const handler = async () => { console.log('one\\ntwo \\x1b[31mred'); console.error('three'); return 1 }")
    const printed = () => triggers?.lines.filter(({ text }) => text === 'a trigger module printed').map(({ arn, line }) => [arn, line])
    await expect.poll(printed).toEqual(expect.arrayContaining(['one', 'two  [31mred', 'three'].map((line) => [functionArn('fn'), line])))
  })

  it('that prints without end does not fill the log', async () => {
    const code =
      "export const handler = async () => { for (let n = 0; n < 20000; n += 1) console.log('x'.repeat(100)); process.stdout.write('y'.repeat(1e6)); return 1 }"
    expect(await call(code)).toEqual(answered(1))
    expect(triggers?.lines.length).toBeLessThan(500)
    expect(Math.max(...(triggers?.lines ?? []).map(({ line }) => String(line).length))).toBeLessThan(5000)
  })

  it('that answers 10 MB is not invocable, and goes on working', async () => {
    const code = "export const handler = async (event) => event.userName === 'big' ? 'x'.repeat(10_000_000) : 'small'"
    const { invoke } = await opened('fn.mjs', code, { limit: 10_000 })
    const big = await invoke(functionArn('fn'), { ...signUpEvent, userName: 'big' })
    expect(big).toEqual({ kind: 'not invocable', sentence: 'the handler answered more than 6291456 bytes' })
    expect(await invoke(functionArn('fn'), signUpEvent)).toEqual(answered('small'))
  })

  it.each([
    ['garbage', "fs.writeSync(3, 'garbage\\n')"],
    ['JSON that is no answer', "fs.writeSync(3, 'null\\n')"],
    ['an outcome that there is not', 'fs.writeSync(3, \'{\\"kind\\":\\"passed\\",\\"id\\":1}\\n\')'],
    ['30 MB without an end', "for (let n = 0; n < 30_000_000;) { try { n += fs.writeSync(3, 'x'.repeat(65536)) } catch {} }"],
  ])('that writes %s where answers go is ended', async (_, code) => {
    const outcome = await call(`import fs from 'node:fs'\nexport const handler = async () => { ${code}; return 1 }`)
    expect(outcome).toEqual({ kind: 'not invocable', sentence: 'the module wrote what is no answer' })
  })

  it('that writes an error without text where answers go does not end the server', async () => {
    const code = `import fs from 'node:fs'
      export const handler = async () => { fs.writeSync(3, '{"kind":"threw","id":1}\\n'); await new Promise((resolve) => setTimeout(resolve, 5000)) }`
    const { send, lines } = await opened('fn.mjs', code)
    await send(functionArn('fn'), signUpEvent)
    await expect.poll(() => lines, { timeout: 10_000 }).toContainEqual(expect.objectContaining({ reason: 'the function threw: undefined' }))
  })

  it('is loaded again when its file has changed, where that is wanted', async () => {
    const { invoke } = await opened('fn.mjs', 'export const handler = async () => 1', { reload: true })
    expect(await invoke(functionArn('fn'), signUpEvent)).toEqual(answered(1))
    await sleep(20)
    await folder.write('fn.mjs', 'export const handler = async () => 2')
    expect(await invoke(functionArn('fn'), signUpEvent)).toEqual(answered(2))
  })
})

describe('the process of a module', () => {
  it('has no environment', async () => {
    process.env['POOLHOUSE_TEST_SECRET'] = 'geheim'
    expect(await found('process.env')).toEqual({})
    delete process.env['POOLHOUSE_TEST_SECRET']
  })

  it('reads its own folder and its packages', async () => {
    await folder.write('words.txt', 'words')
    await folder.write('.env', 'COLOUR=green')
    await folder.write('node_modules/tool/index.js', "module.exports = 'a tool'")
    const file = (name: string) => `new URL('${name}', import.meta.url)`
    const fs = "process.getBuiltinModule('node:fs')"
    expect(await found(`${fs}.readFileSync(${file('../words.txt')}, 'utf8')`, { name: 'a/fn.mjs' })).toBe('ERR_ACCESS_DENIED')
    expect(await found(`${fs}.readFileSync(${file('words.txt')}, 'utf8')`)).toBe('words')
    expect(await found("import('tool').then((tool) => tool.default)", { name: 'a/fn.mjs' })).toBe('a tool')
    expect(await found(`(process.loadEnvFile(${file('.env')}), process.env.COLOUR)`)).toBe('green')
  })

  it.each([
    ['reads the data folder', "fs.readFileSync('DATA/poolhouse.db')"],
    ['lists the data folder', "fs.readdirSync('DATA')"],
    ['lists the folder above the data folder, its own', "fs.readdirSync('DATA/..')"],
    ['reads the settings file', "fs.readFileSync('DATA/../poolhouse.yaml')"],
    ['reads the machine', "fs.readFileSync('/etc/passwd')"],
    ["reads the server's environment", `fs.readFileSync('/proc/${process.pid}/environ')`],
    ['reads its own process', "fs.readdirSync('/proc/self/fd')"],
    ['links to the data folder', "fs.symlinkSync('DATA', 'DATA/../link')"],
    ['writes beside itself', "fs.writeFileSync('DATA/../words.txt', '')"],
    ['starts programs', "process.getBuiltinModule('node:child_process').spawnSync('true')"],
    ['starts threads', "new (process.getBuiltinModule('node:worker_threads').Worker)('1', { eval: true })"],
    ['signals the server', 'process.kill(process.ppid, 0)'],
    ['debugs the server', 'process._debugProcess(process.ppid)'],
    ['reaches into Node.js', "process.binding('process_wrap')"],
    ['opens Unix sockets', "process.getBuiltinModule('node:net').connect('DATA/poolhouse.sock')"],
    ['opens Unix sockets by option', "new (process.getBuiltinModule('node:net').Socket)().connect({ path: 'DATA/poolhouse.sock' })"],
    ['posts to Unix sockets', "process.getBuiltinModule('node:http').request({ socketPath: 'DATA/poolhouse.sock' })"],
    [
      'opens Unix sockets with the handle of a pipe',
      "(({ constructor: Pipe }) => new Pipe(0).connect({}, 'DATA/poolhouse.sock'))(process.stdout._handle)",
    ],
  ])('is refused when it %s', async (_, expression) => {
    await folder.write('.poolhouse/poolhouse.db', 'secrets')
    await folder.write('poolhouse.yaml', 'trigger-secret: secrets')
    await folder.write('words.txt', 'words')
    const data = `${folder.path}/.poolhouse`
    const code = `(await import('node:fs').then(async ({ default: fs }) => ${expression.replaceAll('DATA', data)}))`
    expect(await found(code, { hidden: [data, `${folder.path}/poolhouse.yaml`] })).toBe('ERR_ACCESS_DENIED')
  })

  it('holds no file of the server open', async () => {
    const { invoke } = await opened('fn.mjs', 'export const handler = async () => process.pid')
    const { answer: pid } = (await invoke(functionArn('fn'), signUpEvent)) as { answer: number }
    const held = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
    expect(held.length).toBeGreaterThan(3)
    const ours = new Set(readdirSync('/proc/self/fd').flatMap((fd) => linkOf(`/proc/self/fd/${fd}`)))
    const shared = held.filter((target) => ours.has(target) && !target.startsWith('anon_inode') && target !== '/dev/null')
    // What this process inherited itself, from whoever started it, is not its own to close.
    expect(shared.filter((target) => !target.startsWith('pipe:'))).toEqual([])
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toBe('')
  })
})

const linkOf = (path: string): string[] => {
  try {
    return [readlinkSync(path)]
  } catch {
    return []
  }
}
