/** What people hold in their hands: one of each colour scheme. */
export const devices = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: 'dark' },
  desktop: { viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false, colorScheme: 'light' },
} as const

/** The name of a device. */
export type Device = keyof typeof devices

/** The names of all devices, for `describe.each`. */
export const deviceNames = Object.keys(devices) as Device[]
