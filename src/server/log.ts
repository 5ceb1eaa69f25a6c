import type { Log } from '../context.ts'

/** How urgent a line is; `silent` is above all. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent']

/** Says nothing. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const errorText = (value: unknown): string => {
  if (!(value instanceof Error)) return String(value)
  const text = value.stack ?? value.message
  return value.cause === undefined ? text : `${text}\ncaused by: ${errorText(value.cause)}`
}

const fieldText = ([name, value]: readonly [string, unknown]): string =>
  name === 'err' ? `\n${errorText(value)}` : ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`

/** Lines for a person: time, level, sentence, then what belongs to it. */
const textLog = (
  write: (line: string) => void,
  now: () => number,
): Record<Exclude<LogLevel, 'silent'>, (fields: object, text: string) => void> => {
  const line = (level: string) => (fields: object, text: string) => {
    const time = new Date(now()).toISOString().slice(11, 23)
    write(`${time} ${level.padEnd(5)} ${text}${Object.entries(fields).map(fieldText).join('')}\n`)
  }
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
}

/** A log on standard error: text for people, or one JSON object a line (pino) for machines. */
export const createLog = async (
  level: LogLevel,
  format: 'text' | 'json',
  now: () => number,
  write: (line: string) => void = (line) => process.stderr.write(line),
): Promise<Log> => {
  if (format === 'json' && level !== 'silent') {
    // Loaded only where it is used, because a development server starts without it.
    const { pino } = await import('pino')
    const lines = pino({ level, base: null, timestamp: () => `,"time":${now()}` }, { write })
    return {
      debug: (fields, text) => lines.debug(fields, text),
      info: (fields, text) => lines.info(fields, text),
      warn: (fields, text) => lines.warn(fields, text),
      error: (fields, text) => lines.error(fields, text),
    }
  }
  const lines = textLog(write, now)
  const say = (at: Exclude<LogLevel, 'silent'>) => (order.indexOf(at) < order.indexOf(level) ? () => {} : lines[at])
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') }
}
