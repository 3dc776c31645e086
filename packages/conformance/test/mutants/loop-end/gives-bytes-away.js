/** What a task returns is moved to its caller instead of copied. */
import { MessagePort } from 'node:worker_threads'

const { postMessage } = MessagePort.prototype
MessagePort.prototype.postMessage = function (message, transfer = []) {
  const value = Array.isArray(message) ? message[1] : undefined
  const moved = new Set(ArrayBuffer.isView(value) ? [...transfer, value.buffer] : transfer)
  return postMessage.call(this, message, [...moved])
}
