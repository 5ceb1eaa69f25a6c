/** A number as people read it: without digits after the point. */
export const whole = (value: number): string => value.toFixed(0)

/** With two of them. */
export const two = (value: number): string => value.toFixed(2)

/** With so many that three digits count, and commas between thousands. */
export const short = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2))
