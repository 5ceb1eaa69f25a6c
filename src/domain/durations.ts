/** How long answers of the API took, as a histogram of Prometheus; bounds in seconds. */
export const durations = {
  name: 'poolhouse_api_request_duration_seconds',
  doc: 'How long the API took to answer, in seconds, with the time that requests stood in line and without that of reading their bodies. The calls of the console are left out.',
  bounds: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
} as const
