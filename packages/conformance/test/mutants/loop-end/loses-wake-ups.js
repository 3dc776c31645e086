/** Each 1,999th time that this thread calls back, it leaves its caller's wake word as it is. */
import { MessagePort } from 'node:worker_threads'

const { postMessage } = MessagePort.prototype
const { add } = Atomics
let invocations = 0
let isLost = false

MessagePort.prototype.postMessage = function (message, transfer) {
  if (message.kind === 'invoke') isLost = ++invocations % 1_999 === 0
  return postMessage.call(this, message, transfer)
}
Atomics.add = (words, index, value) => {
  if (!isLost) return add(words, index, value)
  isLost = false
  return Atomics.load(words, index)
}
