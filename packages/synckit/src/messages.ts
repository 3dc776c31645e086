/** Types of what synckit's two ends send to each other. Only whoever names them has a use for them. */
import type { MessagePort } from 'node:worker_threads'

export interface MainToWorkerMessage<T extends unknown[]> {
  id: number
  args: T
}

export interface MainToWorkerCommandMessage {
  id: number
  cmd: string
}

export interface WorkerData {
  sharedBufferView: Int32Array
  workerPort: MessagePort
  pnpLoaderPath: string | undefined
}

export type DataMessage<T> = { error: unknown; properties?: object } | { result: T }

export interface StdioChunk {
  type: 'stderr' | 'stdout'
  chunk: Uint8Array | string
  encoding: BufferEncoding
}

export type WorkerToMainMessage<T> = DataMessage<T> & { id: number; stdio: StdioChunk[] }

export interface WorkerFailureMessage {
  workerFailure: true
  fatal: boolean
  error: unknown
  properties?: object
}

export interface PackageJson {
  type?: 'commonjs' | 'module'
}

export type ValueOf<T> = T[keyof T]
