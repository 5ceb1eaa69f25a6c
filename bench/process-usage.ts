import { readFileSync } from 'node:fs'

// Linux counts in hundredths of a second for every program, whatever the kernel's own clock is.
const ticksPerSecond = 100

/** The numbers of /proc/PID/stat that follow the name of the program, which stands in brackets and may hold blanks. */
const statOf = (pid: number): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

const secondsIn = (fields: readonly string[], ...at: readonly number[]): number =>
  at.reduce((sum, field) => sum + Number(fields[field]), 0) / ticksPerSecond

/** The CPU time in seconds that a process has used in all its threads so far (Linux). */
export const cpuSeconds = (pid: number): number => secondsIn(statOf(pid), 11, 12)

/** The same of a process and those that it has started, ended ones too (Linux). */
export const familyCpuSeconds = (pid: number): number => {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  return children.reduce((sum, child) => sum + cpuSecondsOrNone(child), secondsIn(statOf(pid), 11, 12, 13, 14))
}

const cpuSecondsOrNone = (pid: number): number => {
  try {
    return cpuSeconds(pid)
  } catch {
    // It ended a moment ago.
    return 0
  }
}

/** The CPU time in seconds, of all cores, that was wanted here and that the hypervisor gave to other machines so far (Linux). */
export const stolenSeconds = (): number => {
  const [all = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1)
  return Number(all.split(/\s+/)[8]) / ticksPerSecond
}

/** The process that started another one (Linux). */
export const parentOf = (pid: number): number => Number(statOf(pid)[1])

/** The CPU time in seconds that this process has used so far. */
export const ownCpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const megabytes = (pid: number, field: string): number =>
  (Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024) / 1e6

/** The memory in MB (10^6 bytes) that a process occupies now. */
export const residentMegabytes = (pid: number): number => megabytes(pid, 'VmRSS')

/** The most memory in MB (10^6 bytes) that it has ever occupied. */
export const peakMegabytes = (pid: number): number => megabytes(pid, 'VmHWM')
