import { CommanderError } from 'commander'
import { ConfigError } from '../server/config.ts'
import { printable } from './client/printable.ts'
import { createProgram } from './program.ts'
import { sentenceOf } from './sentence-of.ts'

/** Who reads the output may have had enough of it (`| head -1`); a server goes on without. */
const ignoreClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error
}

/** Runs the program with its arguments and answers the exit code: 0 done, 1 failed, 2 wrong usage or settings. */
export const run = async (argv: readonly string[]): Promise<number> => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe)
  try {
    const program = await createProgram(argv)
    await program.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    // Commander has printed its own message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    process.stderr.write(`poolhouse: ${printable(sentenceOf(error))}\n`)
    return error instanceof ConfigError ? 2 : 1
  }
}
