import { readFileSync } from 'node:fs'

// Linux counts in hundredths of a second for every program, whatever the kernel's own clock is.
const ticksPerSecond = 100

/** The CPU time in seconds that a process has used in all its threads so far (Linux). */
export const cpuSeconds = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name of the program stands in brackets and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** The memory in MB (10^6 bytes) that a process occupies now. */
export const residentMegabytes = (pid: number): number =>
  (Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024) / 1e6
