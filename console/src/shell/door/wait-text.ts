/** How long somebody has to wait (milliseconds), in words: `in 12 seconds`, `in 3 minutes 5 seconds`. */
export const waitText = (milliseconds: number): string => {
  const all = Math.ceil(milliseconds / 1000)
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60]
  const counted = (count: number, unit: string) => (count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`])
  // Seconds are noise where hours are left.
  const parts = [...counted(hours, 'hour'), ...counted(minutes, 'minute'), ...(hours > 0 ? [] : counted(seconds, 'second'))]
  return `in ${parts.join(' ') || '0 seconds'}`
}
