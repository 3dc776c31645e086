/** What a task returns is moved to its caller instead of copied. */
import { MessagePort } from 'node:worker_threads'

const { postMessage } = MessagePort.prototype
MessagePort.prototype.postMessage = function (message, transfer = []) {
  const value = Array.isArray(message) ? message[1] : undefined
  const isOurs = transfer.length === 0 && ArrayBuffer.isView(value)
  return postMessage.call(this, message, isOurs ? [value.buffer] : transfer)
}
