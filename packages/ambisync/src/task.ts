/** For task modules, which a strict package manager lets import nothing but what is installed by name. */
export type { Callback, RegisterClassOptions, TaskCall, TransferList } from '@ambisync/core/task'
export { getCall, registerClass, transferResult } from '@ambisync/core/task'
