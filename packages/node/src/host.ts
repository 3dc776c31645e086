/** The worker's side: what runs on the loop's own thread. */
export { type HostStart, nodeHost, startHost } from './start-host.ts'
