import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A page of the documentation whose code blocks are run; each has a label behind its language. */
export interface DocsPage {
  readonly text: string
  readonly labels: readonly string[]
  /** The code of a block. */
  code(label: string): string
  /** The cells of the row of a table that begins with this text, the rest of them. */
  row(first: string): readonly string[]
  /** Writes a block, and what stands behind it, to a file that finds the packages of the repository; answers its path. */
  write(label: string, behind?: string): Promise<string>
  /** Runs a block as a module. */
  // biome-ignore lint/suspicious/noExplicitAny: blocks export what they like
  run(label: string): Promise<any>
  close(): Promise<void>
}

/** Opens a page with the texts in it replaced that are other ones in a test, such as addresses. */
export const openDocsPage = async (name: string, replaced: Readonly<Record<string, string>> = {}): Promise<DocsPage> => {
  const folder = await mkdtemp(join(root, 'node_modules/.docs-'))
  const written = await readFile(join(root, 'docs', name), 'utf8')
  const text = Object.entries(replaced).reduce((all, [from, to]) => all.replaceAll(from, to), written)
  const blocks = new Map([...text.matchAll(/^```\w* *(.*)\n([\s\S]*?)^```$/gm)].map(([, label = '', code = '']) => [label, code]))
  const code = (label: string): string => {
    const found = blocks.get(label)
    if (found === undefined) throw new Error(`docs/${name} has no block ${label}`)
    return found
  }
  const write = async (label: string, behind = ''): Promise<string> => {
    const path = join(folder, label)
    await writeFile(path, `${code(label)}\n${behind}`)
    return path
  }
  return {
    text,
    labels: [...blocks.keys()],
    code,
    row: (first) => {
      const line = text.split('\n').find((each) => each.startsWith(`| ${first} |`))
      if (line === undefined) throw new Error(`docs/${name} has no row ${first}`)
      return line
        .split(/(?<!\\)\|/)
        .slice(2, -1)
        .map((cell) => cell.trim())
    },
    write,
    run: async (label) => import(pathToFileURL(await write(label)).href),
    close: () => rm(folder, { recursive: true }),
  }
}
